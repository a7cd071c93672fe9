// Above the input of a conversation: its members in a row, each a click away from being the one who looks and acts.

import { drawAvatar } from "./avatars.js";
import { element } from "./elements.js";
import { keepFocus } from "./keyboard.js";

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

export class Eyes {
  #drawn = "";

  /** lookAs(person): the reader chose a member. */
  constructor(row, view, { messenger, lookAs }) {
    Object.assign(this, { row, view, messenger, lookAs });
    row.addEventListener("keydown", (event) => this.#key(event));
  }

  /** The members as they are now; one alone has nobody to change with. */
  draw() {
    const { peer, person } = this.view;
    const ids = this.messenger.membersOf(peer).map(({ id }) => id);
    this.row.hidden = !ids.some((id) => id !== person);
    const names = ids.map((id) => this.#shortName(id, ids));
    const drawn = JSON.stringify([ids, names]);
    // Every reading of a member changes the conversation: only a change of members moves the row.
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const eyes = ids.map((id, place) => this.#eye(id, names[place]));
    keepFocus(this.row, () => this.row.replaceChildren(...eyes), this.row);
    this.#rove(this.#current ?? this.row.firstElementChild);
  }

  /** The current member comes into view once the row is on the page. */
  reveal() {
    this.#current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /** Look as the next member, or with -1 as the one before. */
  step(by) {
    const eyes = [...this.row.children];
    if (this.row.hidden || eyes.length === 0) return;
    const at = eyes.indexOf(this.#current);
    eyes.at((Math.max(at, by < 0 ? 0 : -1) + by) % eyes.length).click();
  }

  get #current() {
    return this.row.querySelector("[aria-current]");
  }

  #eye(id, name) {
    const isCurrent = id === this.view.person;
    const full = this.messenger.name(id);
    return element("button", {
      type: "button", class: "eye", "data-key": id, tabindex: -1, "aria-current": isCurrent ? "true" : null,
      "aria-label": `Вы — ${full}`, title: `${full} (Alt+↑ и Alt+↓ — соседний участник)`,
      click: () => { if (!isCurrent) this.lookAs(id); },
    }, drawAvatar(id, full), element("span", { dir: "auto" }, name));
  }

  /** The first name, with as much of the last one as tells two of one name apart. */
  #shortName(id, ids) {
    const name = this.messenger.firstName(id);
    if (!ids.some((other) => other !== id && this.messenger.firstName(other) === name)) return name;
    const last = this.messenger.name(id).slice(name.length).trim();
    return last ? `${name} ${[...last][0]}.` : name;
  }

  /** One stop of the Tab key for the whole row; the arrow keys go on inside it. */
  #rove(eye) {
    for (const other of this.row.children) other.tabIndex = -1;
    if (eye) eye.tabIndex = 0;
  }

  #key(event) {
    const step = event.altKey ? undefined : STEPS[event.key];
    const eyes = [...this.row.children];
    const eye = eyes[eyes.indexOf(document.activeElement) + step];
    if (eye === undefined) return;
    event.preventDefault();
    this.#rove(eye);
    eye.focus();
  }
}
