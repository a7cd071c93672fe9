// The open dialogues side by side; on a phone one at a time, with tabs to switch between them.

import { keyOf } from "./address.js";
import { element } from "./elements.js";

export class Columns {
  #open = new Map();
  #active = null;

  /** make(view): a Dialogue. used(view): the focus went into a column. */
  constructor(stage, { make, used, label }) {
    Object.assign(this, { stage, make, used, label });
    this.tabs = stage.querySelector(".tabs");
    stage.addEventListener("focusin", ({ target }) => {
      const column = target.closest(".dialogue");
      const view = [...this.#open.values()].find(({ root }) => root === column)?.view;
      if (view && keyOf(view) !== this.#active) this.used(view);
    });
  }

  get all() {
    return [...this.#open.values()];
  }

  get active() {
    return this.#open.get(this.#active) ?? null;
  }

  /** The dialogues with that peer: one for every member whose eyes are open. */
  of(peer) {
    return this.all.filter(({ view }) => view.peer === peer);
  }

  /** Opens, closes and puts in order what the address names; gives the dialogues that are new. */
  show({ views, active }) {
    const wanted = new Set(views.map(keyOf));
    for (const [key, dialogue] of this.#open) {
      if (wanted.has(key)) continue;
      dialogue.close();
      this.#open.delete(key);
    }
    const made = views.filter((view) => !this.#open.has(keyOf(view))).map((view) => this.#make(view));
    this.#order(views);
    this.use(active < 0 ? null : keyOf(views[active]));
    return made;
  }

  /** The column in use: the one that a phone shows. */
  use(key) {
    this.#active = key;
    for (const [other, { root }] of this.#open) root.classList.toggle("is-active", other === key);
    this.stage.dataset.open = this.#open.size;
    this.active?.root.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.#drawTabs();
  }

  /** Names may have changed. */
  known() {
    for (const dialogue of this.all) dialogue.known();
    this.#drawTabs();
  }

  #make(view) {
    const dialogue = this.make(view);
    this.#open.set(keyOf(view), dialogue);
    return dialogue;
  }

  /** In the order of the address. What stays in its place is not touched: moving takes focus and scrolling away. */
  #order(views) {
    let before = this.tabs;
    for (const view of views) {
      const { root } = this.#open.get(keyOf(view));
      if (before.nextElementSibling !== root) before.after(root);
      before = root;
    }
  }

  #drawTabs() {
    const hadFocus = this.tabs.contains(document.activeElement);
    this.tabs.hidden = this.#open.size < 2;
    const tabs = this.all.map(({ view }) => element("button", {
      type: "button", class: "tab", "aria-current": keyOf(view) === this.#active ? "true" : null,
      click: () => this.used(view),
    }, this.label(view)));
    this.tabs.replaceChildren(...tabs);
    if (hadFocus) this.tabs.querySelector("[aria-current]")?.focus();
  }
}
