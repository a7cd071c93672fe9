// A picture over the whole page; Escape, the button or a click anywhere closes it.

import { element } from "./elements.js";

export function enlarge(address) {
  const viewer = document.getElementById("viewer");
  viewer.querySelector(".viewer-picture").replaceChildren(element("img", { src: address, alt: "Фотография крупно" }));
  viewer.onclick = () => viewer.close();
  viewer.showModal();
}
