// The messages of one dialogue on the screen: in the order of their numbers, with a line between days.

import { element } from "./elements.js";
import { day, dayKey } from "./format.js";
import { keepFocus } from "./keyboard.js";
import { drawMessage } from "./messages.js";

const CLOSE_TO_BOTTOM_PX = 80;
const CLOSE_TO_TOP_PX = 300;

export class History {
  #shown = new Map();
  #atBottom = true;
  #extent = "";
  #missed = 0;

  /** context: what `drawMessage` needs; `older()` is called when the reader comes near the oldest message shown. */
  constructor(root, context, older) {
    this.context = context;
    this.scroller = root.querySelector(".history");
    this.list = root.querySelector(".messages");
    this.jump = root.querySelector(".to-bottom");
    this.scroller.addEventListener("scroll", () => this.#scrolled(older), { passive: true });
    this.jump.addEventListener("click", () => this.toBottom());
    this.resized = new ResizeObserver(() => { if (this.#atBottom) this.toBottom(); });
    this.resized.observe(this.scroller);
    this.resized.observe(this.list);
  }

  close() {
    this.resized.disconnect();
  }

  get oldest() {
    return Math.min(...this.#shown.keys());
  }

  get isEmpty() {
    return this.#shown.size === 0;
  }

  has(cmid) {
    return this.#shown.has(cmid);
  }

  clear() {
    this.#shown.clear();
    this.list.replaceChildren();
    this.toBottom();
  }

  /** The newest page of the dialogue: what it no longer holds was deleted meanwhile. */
  merge(messages) {
    const kept = new Set(messages.map(({ cmid }) => cmid));
    const first = messages[0]?.cmid ?? 0;
    for (const cmid of [...this.#shown.keys()]) if (cmid >= first && !kept.has(cmid)) this.remove(cmid);
    for (const message of messages) this.put(message);
    if (this.#atBottom) this.toBottom();
  }

  /** Older messages go above what is being read, which stays where it is. */
  prepend(messages) {
    const before = this.scroller.scrollHeight - this.scroller.scrollTop;
    for (const message of messages) this.put(message);
    this.scroller.scrollTop = this.scroller.scrollHeight - before;
  }

  /** Shows a message, or its newest version in place of the one shown. */
  put(message) {
    const shown = this.#shown.get(message.cmid);
    if (shown === undefined) this.#insert(message);
    else if ((message.edited_at ?? 0) >= (shown.message.edited_at ?? 0)) this.#replace(message, shown.item);
  }

  /** Like `put`, for a message that has just come: followed if the reader is at the end, else counted at the arrow. */
  arrived(message) {
    if (this.has(message.cmid)) return;
    const follows = this.#atBottom || !message.out;
    this.put(message);
    if (follows) this.toBottom();
    else this.#miss(this.#missed + 1);
  }

  remove(cmid) {
    const shown = this.#shown.get(cmid);
    if (shown === undefined) return;
    const next = nextMessage(shown.item);
    this.#shown.delete(cmid);
    if (isDay(shown.item.previousElementSibling)) shown.item.previousElementSibling.remove();
    shown.item.remove();
    if (next) this.#separate(next);
  }

  toBottom() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.#extent = this.#measured();
    this.#atBottom = true;
    this.#miss(0);
  }

  #insert(message) {
    const item = this.#drawn(message);
    this.#shown.set(message.cmid, { message, item });
    const next = this.#after(message.cmid);
    if (next && isDay(next.previousElementSibling)) next.previousElementSibling.remove();
    this.list.insertBefore(item, next);
    this.#separate(item);
    if (next) this.#separate(next);
  }

  /** The oldest message shown that is newer. Looked for from the end: nearly always there is none. */
  #after(cmid) {
    let next = null;
    let earlier = this.list.lastElementChild;
    while (earlier && Number(earlier.dataset.cmid) > cmid) {
      next = earlier;
      earlier = previousMessage(earlier);
    }
    return next;
  }

  #replace(message, old) {
    const item = this.#drawn(message);
    this.#shown.set(message.cmid, { message, item });
    keepFocus(this.list, () => old.replaceWith(item), this.scroller);
    item.classList.toggle("message-grouped", old.classList.contains("message-grouped"));
  }

  #drawn(message) {
    const item = drawMessage(message, this.context);
    item.dataset.day = dayKey(message.date);
    item.dataset.from = message.from_id;
    return item;
  }

  /** Puts the line of a new day before a message, or draws it closer to an earlier one of the same author. */
  #separate(item) {
    const earlier = previousMessage(item);
    if (isDay(item.previousElementSibling)) item.previousElementSibling.remove();
    const isNewDay = earlier?.dataset.day !== item.dataset.day;
    item.classList.toggle("message-grouped", !isNewDay && earlier.dataset.from === item.dataset.from);
    if (isNewDay) item.before(element("li", { class: "day" }, element("span", {}, day(item.dataset.day / 1000))));
  }

  #scrolled(older) {
    // The page has changed around the reader (a keyboard below, a picture loaded), who wants to stay at the end.
    if (this.#atBottom && this.#extent !== this.#measured()) return this.toBottom();
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    this.#atBottom = scrollHeight - scrollTop - clientHeight < CLOSE_TO_BOTTOM_PX;
    this.#miss(this.#atBottom ? 0 : this.#missed);
    if (scrollTop < CLOSE_TO_TOP_PX) older();
  }

  #measured() {
    return `${this.scroller.scrollHeight} of ${this.scroller.clientHeight}`;
  }

  #miss(count) {
    this.#missed = count;
    this.jump.hidden = this.#atBottom;
    const badge = this.jump.querySelector(".badge");
    badge.hidden = count === 0;
    badge.textContent = count;
    this.jump.ariaLabel = count === 0 ? "К последним сообщениям" : `К последним сообщениям, новых: ${count}`;
  }
}

const isDay = (item) => item?.classList.contains("day") ?? false;

function nextMessage(item) {
  const next = item.nextElementSibling;
  return isDay(next) ? next.nextElementSibling : next;
}

function previousMessage(item) {
  const previous = item.previousElementSibling;
  return isDay(previous) ? previous.previousElementSibling : previous;
}
