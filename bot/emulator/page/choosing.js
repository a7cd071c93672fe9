// Choosing messages of a dialogue to reply to or to forward: every message becomes a switch until it is done.

import { element } from "./elements.js";
import { inOneLine } from "./messages.js";

export class Choosing {
  #chosen = new Map();
  #end = null;

  constructor(root, history) {
    this.history = history;
    this.bar = root.querySelector(".choosing");
    this.count = this.bar.querySelector(".choosing-count");
    this.where = this.bar.querySelector("select");
    this.done = this.bar.querySelector(".choosing-done");
    this.root = root;
    this.bar.querySelector("[data-cancel]").addEventListener("click", () => this.#finish(null));
    this.done.addEventListener("click", () => this.#finish([...this.#chosen.values()]));
    root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.#end) this.#finish(null);
    });
  }

  /** One message, or null if the reader thinks better of it. */
  one() {
    return this.#start({ several: false, places: [] }).then((chosen) => chosen?.messages[0] ?? null);
  }

  /** {messages, place}: some messages and the chosen one of `places` ([{name, value}]); or null. */
  several(places) {
    return this.#start({ several: true, places });
  }

  #start({ several, places }) {
    this.#end?.(null);
    this.#chosen.clear();
    this.isSeveral = several;
    const options = places.map(({ name }, at) => element("option", { value: at }, name));
    this.where.replaceChildren(...options);
    this.where.parentElement.hidden = places.length < 2;
    this.done.hidden = !several;
    this.places = places;
    this.bar.hidden = false;
    this.root.classList.add("is-choosing");
    this.history.adornAll((item, message) => this.#adorn(item, message));
    this.#count();
    [...this.root.querySelectorAll(".choose")].at(-1)?.focus();
    return new Promise((resolve) => { this.#end = resolve; });
  }

  #adorn(item, message) {
    if (message.action || item.querySelector(".choose")) return;
    const click = ({ currentTarget }) => this.#toggle(message, currentTarget);
    const attributes = { type: "button", class: "choose", "aria-pressed": String(this.#chosen.has(message.cmid)) };
    item.append(element("button", { ...attributes, "aria-label": `Выбрать: ${inOneLine(message)}`, click }));
  }

  #toggle(message, button) {
    if (!this.#chosen.delete(message.cmid)) this.#chosen.set(message.cmid, message);
    button.ariaPressed = String(this.#chosen.has(message.cmid));
    if (!this.isSeveral) this.#finish([message]);
    else this.#count();
  }

  #count() {
    const { size } = this.#chosen;
    const asked = this.isSeveral ? "Выберите сообщения" : "Выберите сообщение";
    this.count.textContent = size === 0 ? asked : `Выбрано: ${size}`;
    this.done.disabled = size === 0;
  }

  #finish(messages) {
    const end = this.#end;
    this.#end = null;
    this.bar.hidden = true;
    this.root.classList.remove("is-choosing");
    this.history.adornAll(() => {});
    for (const button of this.root.querySelectorAll(".choose")) button.remove();
    messages?.sort((one, other) => one.cmid - other.cmid);
    end?.(messages && { messages, place: this.places[Number(this.where.value || 0)]?.value ?? null });
  }
}
