// A list of dialogues in the left column: latest first, walked through with the arrow keys, opened by Enter - with
// Shift, or with the button at its end, beside what is open already.

import { element, icon } from "./elements.js";
import { timeOrDay } from "./format.js";
import { perFrame } from "./frame.js";

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

export class Rows {
  #rows = new Map();
  #asked = new Set();
  #chosen = new Set();
  #current = null;
  #drawSoon = perFrame(() => this.#drawAsked());

  /**
   * kind: the class of a row. described(id): {avatar, name, said, unread, at, mark?}.
   * open(id, {beside}): the reader chose one.
   */
  constructor(list, { kind, described, open }) {
    Object.assign(this, { list, kind, described, open });
    list.addEventListener("keydown", (event) => this.#key(event));
    list.addEventListener("focusin", ({ target }) => this.#rove(target.closest("li")));
  }

  /** These are all there are. */
  load(ids) {
    const kept = new Set(ids);
    for (const [id, { item }] of this.#rows) {
      if (kept.has(id)) continue;
      item.remove();
      this.#rows.delete(id);
    }
    for (const id of ids) this.#asked.add(id);
    this.#drawAsked();
  }

  /** Adds a row or shows it changed. */
  draw(id) {
    this.#asked.add(id);
    this.#drawSoon();
  }

  /** The rows of what is open; `current`: the one in use, brought into view. */
  choose(ids, current) {
    this.#chosen = new Set(ids);
    this.#current = current;
    for (const [id, row] of this.#rows) this.#mark(id, row);
    this.#rows.get(current)?.button.scrollIntoView({ block: "nearest" });
  }

  #drawAsked() {
    for (const id of this.#asked) {
      const row = this.#rows.get(id) ?? this.#newRow(id);
      const described = this.described(id);
      row.button.replaceChildren(...contents(described));
      row.beside.ariaLabel = `Открыть рядом: ${described.name}`;
      row.at = described.at;
      this.#mark(id, row);
      this.#place(id, row);
    }
    this.#asked.clear();
    if (!this.list.querySelector(".row[tabindex='0']")) this.#rove(this.list.firstElementChild);
  }

  #mark(id, { item, button }) {
    button.ariaCurrent = id === this.#current ? "true" : null;
    item.classList.toggle("row-open", this.#chosen.has(id));
  }

  #newRow(id) {
    const click = ({ shiftKey }) => this.open(id, { beside: shiftKey });
    const button = element("button", { type: "button", class: `row ${this.kind}`, "data-row": id, tabindex: -1, click });
    const aside = { type: "button", class: "round beside", title: "Открыть рядом", tabindex: -1 };
    const beside = element("button", { ...aside, click: () => this.open(id, { beside: true }) }, icon("columns"));
    const row = { item: element("li", {}, button, beside), button, beside, at: 0 };
    this.#rows.set(id, row);
    return row;
  }

  /** Latest first. A row is moved only when it has to: moving takes the focus away. */
  #place(id, { item, at }) {
    const isNewer = (other) => {
      const otherId = Number(other.firstElementChild.dataset.row);
      return (this.#rows.get(otherId).at - at || id - otherId) > 0;
    };
    let next = this.list.firstElementChild;
    while (next && (next === item || isNewer(next))) next = next.nextElementSibling;
    if (item.isConnected && item.nextElementSibling === next) return;
    const focused = item.contains(document.activeElement) ? document.activeElement : null;
    this.list.insertBefore(item, next);
    focused?.focus({ preventScroll: true });
  }

  /** One stop of the Tab key for the whole list: the row that was used last, and its button. */
  #rove(item) {
    for (const button of this.list.querySelectorAll("[tabindex='0']")) button.tabIndex = -1;
    for (const button of item?.children ?? []) button.tabIndex = 0;
  }

  #key(event) {
    const item = event.target.closest("li");
    const rows = [...this.list.children];
    const at = rows.indexOf(item);
    const next = { Home: 0, End: rows.length - 1 }[event.key] ?? at + (STEPS[event.key] ?? NaN);
    const row = rows[next];
    if (row === undefined) return;
    event.preventDefault();
    row.firstElementChild.focus();
  }
}

function contents({ avatar, name, said, unread, at, mark = null }) {
  return [
    avatar,
    element("span", { class: "row-name", dir: "auto" }, name),
    element("span", { class: "row-time" }, at ? timeOrDay(at) : ""),
    element("span", { class: "row-said", dir: "auto" }, said),
    unread
      ? element("span", { class: "badge", "aria-label": `непрочитанных: ${unread}` }, String(unread))
      : mark ?? "",
  ];
}
