// The messages of one dialogue on the screen: in the order of their numbers, with a line between days.

import { element } from "./elements.js";
import { day, dayKey } from "./format.js";
import { perFrame } from "./frame.js";
import { keepFocus } from "./keyboard.js";
import { drawMessage } from "./messages.js";

const CLOSE_TO_BOTTOM_PX = 80;
const CLOSE_TO_END_PX = 300;
const MOST_SHOWN = 400; // what is far from the reader is taken out again: thousands of bubbles make a page slow

export class History {
  #shown = new Map();
  #atBottom = true;
  #extent = "";
  #missed = 0;
  #willFollow = false;
  #adorn = () => {};
  #followSoon = perFrame(() => { if (this.#atBottom) this.toBottom(); });

  /** Whether there are messages before the first and after the last one shown. */
  hasOlder = false;
  hasNewer = false;

  /**
   * context: what `drawMessage` needs. wanted: {older(), newer(), latest()}, called when the reader comes near the
   * first or the last message shown, and when the end of the dialogue has to be loaded.
   */
  constructor(root, context, wanted) {
    Object.assign(this, { context, wanted });
    this.scroller = root.querySelector(".history");
    this.list = root.querySelector(".messages");
    this.jump = root.querySelector(".to-bottom");
    this.scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.jump.addEventListener("click", () => (this.hasNewer ? this.wanted.latest() : this.toBottom()));
    this.resized = new ResizeObserver(() => { if (this.#atBottom) this.toBottom(); });
    this.resized.observe(this.scroller);
    this.resized.observe(this.list);
  }

  close() {
    this.resized.disconnect();
  }

  get oldest() {
    return Number(this.list.querySelector("[data-cmid]").dataset.cmid);
  }

  get newest() {
    return Number(this.list.lastElementChild.dataset.cmid);
  }

  get isEmpty() {
    return this.#shown.size === 0;
  }

  has(cmid) {
    return this.#shown.has(cmid);
  }

  /** The message with that number, if it is shown. */
  message(cmid) {
    return this.#shown.get(cmid)?.message ?? null;
  }

  /** The newest message that has buttons below it, if one is shown. */
  get latestWithButtons() {
    return this.list.querySelector(".message:nth-last-child(1 of :has(.keyboard))")?.dataset.cmid ?? null;
  }

  /** What is being read, {cmid, top}: a message in the middle and how high it stands; null at the end. */
  get place() {
    if (this.#atBottom || this.isEmpty) return null;
    const { top, height } = this.scroller.getBoundingClientRect();
    const items = [...this.#shown.values()].map(({ item }) => item);
    const middle = items.findLast((item) => item.getBoundingClientRect().top < top + height / 2) ?? items[0];
    return { cmid: Number(middle.dataset.cmid), top: middle.getBoundingClientRect().top - top };
  }

  /** Brings a `place` of another history back; false if its message is not loaded. */
  goTo({ cmid, top }) {
    const item = this.#shown.get(cmid)?.item;
    if (item === undefined) return false;
    this.#atBottom = false;
    this.scroller.scrollTop += item.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top - top;
    return true;
  }

  /** Lets `adorn(item, message)` add something to every message, those that come later included. */
  adornAll(adorn) {
    this.#adorn = adorn;
    for (const { item, message } of this.#shown.values()) adorn(item, message);
  }

  /** Brings a message into view and lets it be seen; false if it is not loaded. */
  reveal(cmid) {
    const item = this.#shown.get(cmid)?.item;
    if (item === undefined) return false;
    item.scrollIntoView({ block: "center" });
    item.classList.add("revealed");
    item.addEventListener("animationend", () => item.classList.remove("revealed"), { once: true });
    return true;
  }

  clear() {
    this.#shown.clear();
    this.list.replaceChildren();
    this.hasNewer = false;
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
    // The newest first: each then belongs at the very beginning.
    for (const message of messages.toReversed()) this.put(message);
    this.scroller.scrollTop = this.scroller.scrollHeight - before;
    this.hasNewer ||= this.#shown.size > MOST_SHOWN;
    while (this.#shown.size > MOST_SHOWN) this.remove(this.newest);
  }

  /** Newer messages go below what is being read. */
  append(messages) {
    for (const message of messages) this.put(message);
    const before = this.scroller.scrollHeight - this.scroller.scrollTop;
    this.#forgetOldest();
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
    const isOwn = message.from_id === this.context.person.id;
    const follows = isOwn || this.#atBottom;
    // Far from the end nothing is added there: it is loaded when the reader comes back.
    if (!follows && this.#shown.size >= MOST_SHOWN) this.hasNewer = true;
    if (this.hasNewer && isOwn) return this.wanted.latest();
    if (!this.hasNewer) this.put(message);
    if (follows) this.#atBottom = true;
    this.#miss(follows ? 0 : this.#missed + 1);
    if (!follows) return;
    this.#forgetOldest();
    this.#willFollow = true;
    this.#followSoon();
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
    this.#willFollow = false;
    this.#miss(0);
  }

  #forgetOldest() {
    this.hasOlder ||= this.#shown.size > MOST_SHOWN;
    while (this.#shown.size > MOST_SHOWN) this.remove(this.oldest);
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

  /** The oldest message shown that is newer. Nearly always there is none, or it is the first of all. */
  #after(cmid) {
    const first = this.list.querySelector("[data-cmid]");
    if (first && Number(first.dataset.cmid) > cmid) return first;
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
    item.dataset.from = message.action ? "" : message.from_id;
    this.#adorn(item, message);
    return item;
  }

  /** Puts the line of a new day before a message, or draws it closer to an earlier one of the same author. */
  #separate(item) {
    const earlier = previousMessage(item);
    if (isDay(item.previousElementSibling)) item.previousElementSibling.remove();
    const isNewDay = earlier?.dataset.day !== item.dataset.day;
    const { from } = item.dataset;
    item.classList.toggle("message-grouped", !isNewDay && from !== "" && earlier.dataset.from === from);
    if (isNewDay) item.before(element("li", { class: "day" }, element("span", {}, day(item.dataset.day / 1000))));
  }

  #scrolled() {
    if (this.isEmpty) return;
    // The page has changed around the reader (a keyboard below, a picture loaded), who wants to stay at the end.
    if (this.#atBottom && (this.#willFollow || this.#extent !== this.#measured())) return this.toBottom();
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    const below = scrollHeight - scrollTop - clientHeight;
    this.#atBottom = !this.hasNewer && below < CLOSE_TO_BOTTOM_PX;
    this.#miss(this.#atBottom ? 0 : this.#missed);
    if (scrollTop < CLOSE_TO_END_PX && this.hasOlder) this.wanted.older();
    if (below < CLOSE_TO_END_PX && this.hasNewer) this.wanted.newer();
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
