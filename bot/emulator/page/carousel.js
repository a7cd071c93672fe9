// A carousel: cards side by side, each with a picture, words and buttons. It scrolls, and is never wider than a bubble.

import { drawPhoto } from "./attachments.js";
import { element } from "./elements.js";
import { drawKeyboard } from "./keyboard.js";
import { linkTo, webAddress } from "./links.js";

/** told: {community, follow(link), press({row, column}, key)}: the row is the card. */
export function drawCarousel(template, told) {
  const cards = template.elements.map((card, place) => drawCard(card, place, told));
  const label = `Карусель, карточек: ${cards.length}`;
  return element("ul", { class: "carousel", tabindex: 0, "aria-label": label }, ...cards);
}

function drawCard(card, place, { community, follow, press }) {
  const { title, description, photo, action, buttons = [] } = card;
  const head = element("div", { class: "card-head" },
    title ? element("p", { class: "card-title", dir: "auto" }, title) : null,
    description ? element("p", { class: "card-about", dir: "auto" }, description) : null);
  const leads = action?.type === "open_link" && webAddress(action.link) !== null;
  // One button below the other, as VK's apps put them in a card.
  const rows = buttons.map((button) => [button]);
  return element("li", { class: "card" },
    photo ? drawPhoto(photo) : null,
    leads ? linkTo(action.link, community, follow, { class: "card-link" }, head) : head,
    drawKeyboard({ inline: false, buttons: rows }, {
      community, follow, press: ({ row }, key) => press({ row: place, column: row }, key),
    }));
}
