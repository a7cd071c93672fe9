// The left column: everybody who can write to the bot, with the last message and what is unread.

import { element } from "./elements.js";
import { fullName, initials, timeOrDay } from "./format.js";
import { inOneLine } from "./messages.js";

const AVATAR_COLORS = 6;

export class People {
  #rows = new Map();
  #chosen = null;

  constructor(root) {
    this.list = root.querySelector(".people-list");
    this.empty = root.querySelector(".people-empty");
    this.known = new Map();
  }

  /** These are all there are. */
  load(persons) {
    this.known = new Map(persons.map((person) => [person.id, person]));
    for (const [id, { item }] of this.#rows) {
      if (this.known.has(id)) continue;
      item.remove();
      this.#rows.delete(id);
    }
    persons.forEach((person) => this.#draw(person));
    this.empty.hidden = persons.length > 0;
  }

  /** Adds a person or shows them changed. */
  put(person) {
    this.known.set(person.id, person);
    this.#draw(person);
    this.empty.hidden = true;
  }

  choose(id) {
    this.#chosen = id;
    for (const [rowId, row] of this.#rows) row.button.ariaCurrent = rowId === id ? "true" : null;
    this.#rows.get(id)?.button.scrollIntoView({ block: "nearest" });
  }

  /** A new message; `seen`: its dialogue is open. One that is counted already (loaded meanwhile) changes nothing. */
  message(message, { seen }) {
    const person = this.known.get(message.peer_id);
    if (person === undefined) return;
    const { dialogue } = person;
    if (message.cmid <= (dialogue.last_message?.cmid ?? 0)) return;
    dialogue.last_message = message;
    dialogue.begin_offered = false;
    dialogue.unread = message.out && !seen ? dialogue.unread + 1 : 0;
    this.#draw(person);
  }

  edited(message) {
    const person = this.known.get(message.peer_id);
    if (person?.dialogue.last_message?.cmid !== message.cmid) return;
    person.dialogue.last_message = message;
    this.#draw(person);
  }

  get unread() {
    return [...this.known.values()].reduce((sum, person) => sum + person.dialogue.unread, 0);
  }

  #draw(person) {
    const row = this.#rows.get(person.id) ?? this.#newRow(person.id);
    row.button.replaceChildren(...this.#contents(person));
    row.button.ariaCurrent = person.id === this.#chosen ? "true" : null;
    this.#place(person, row);
  }

  #newRow(id) {
    const button = element("button", { type: "button", class: "person", "data-person": id,
      click: () => { location.hash = `#/${id}`; } });
    const row = { item: element("li", {}, button), button };
    this.#rows.set(id, row);
    return row;
  }

  #contents(person) {
    const { last_message: last, unread } = person.dialogue;
    const name = fullName(person);
    const said = last ? `${last.out ? "" : "Вы: "}${inOneLine(last)}` : "Ещё не писал боту";
    return [
      element("span", { class: `avatar avatar-${person.id % AVATAR_COLORS}`, "aria-hidden": "true" }, initials(name)),
      element("span", { class: "person-name", dir: "auto" }, name),
      element("span", { class: "person-time" }, last ? timeOrDay(last.date) : ""),
      element("span", { class: "person-said", dir: "auto" }, said),
      unread ? element("span", { class: "badge", "aria-label": `непрочитанных: ${unread}` }, String(unread)) : "",
    ];
  }

  /** Latest dialogue first. A row is moved only when it has to: moving takes the focus away. */
  #place(person, { item, button }) {
    const newer = (other) => writtenAt(other) - writtenAt(person) || person.id - other.id;
    let next = this.list.firstElementChild;
    while (next && (next === item || newer(this.known.get(Number(next.firstElementChild.dataset.person))) > 0)) {
      next = next.nextElementSibling;
    }
    if (item.isConnected && item.nextElementSibling === next) return;
    const focused = button === document.activeElement;
    this.list.insertBefore(item, next);
    if (focused) button.focus({ preventScroll: true });
  }
}

const writtenAt = (person) => person.dialogue.last_message?.date ?? 0;
