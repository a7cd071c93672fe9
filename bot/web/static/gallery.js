// The strip of works: turns its pages slowly by itself, at once to a work that has just been shown, and by the arrows.

const TURNED_MS = 12_000;
const AGAIN_MS = 5_000;

export class Gallery {
  #strip = null;
  #known = new Set();
  #isLed = false;

  constructor(main) {
    this.main = main;
    setInterval(() => this.#isLed || this.turn(1), TURNED_MS);
    main.addEventListener("pointerdown", (event) => this.#lead(event));
    main.addEventListener("wheel", (event) => this.#lead(event), { passive: true });
    main.addEventListener("error", (event) => reload(event.target), true);
  }

  /** After every change of the content. */
  settle() {
    const strip = this.main.querySelector(".gallery");
    const keys = [...strip?.children ?? []].map((work) => work.dataset.key);
    const added = keys.findIndex((key) => !this.#known.has(key));
    if (strip !== this.#strip) this.#isLed = false;
    else if (added >= 0) strip.children[added].scrollIntoView({ block: "nearest", inline: "start" });
    this.#strip = strip;
    this.#known = new Set(keys);
  }

  /** One page further (1) or back (-1), from the last on to the first. */
  turn(by, isLed = false) {
    const strip = this.#strip;
    if (!strip) return;
    this.#isLed ||= isLed;
    const furthest = strip.scrollWidth - strip.clientWidth;
    const isAtEnd = by > 0 ? strip.scrollLeft >= furthest - 1 : strip.scrollLeft <= 1;
    if (isAtEnd) strip.scrollTo({ left: by > 0 ? 0 : furthest });
    else strip.scrollBy({ left: by * strip.clientWidth });
  }

  /** Whoever turns pages by hand is not to be interrupted. */
  #lead(event) {
    if (this.#strip?.contains(event.target)) this.#isLed = true;
  }
}

/** A picture that could not be loaded is asked for again. */
function reload(picture) {
  if (!(picture instanceof HTMLImageElement)) return;
  setTimeout(() => picture.setAttribute("src", picture.getAttribute("src")), AGAIN_MS);
}
