// The live log of calls and events: bounded, filtered, paused, and drawn once per frame whatever comes.

import * as api from "./api.js";
import { drawLine } from "./log-line.js";
import { perFrame } from "./frame.js";
import { recorded } from "./records.js";

const MOST_KEPT = 2000;
const MOST_SHOWN = 400;
const CLOSE_TO_END_PX = 40;

export class Log {
  #kept = [];
  #fresh = [];
  #isPaused = false;
  #held = null;
  #drawSoon = perFrame(() => this.#drawFresh());

  constructor(root) {
    const find = (selector) => root.querySelector(selector);
    [this.list, this.state, this.pause] = [find(".log-lines"), find(".log-state"), find(".log-pause")];
    [this.text, this.errors] = [find("[name=found]"), find("[name=errors]")];
    this.text.addEventListener("input", () => this.#drawAnew());
    this.errors.addEventListener("change", () => this.#drawAnew());
    this.pause.addEventListener("click", () => this.#setPaused(!this.#isPaused));
    find(".log-clear").addEventListener("click", () => this.forget());
  }

  /** Everything that the messenger still keeps; what happens meanwhile comes after it. */
  async load() {
    const held = this.#held = [];
    const [calls, events] = await Promise.all([api.calls(), api.events()]);
    if (this.#held !== held) return;
    this.#held = null;
    const kept = [...calls.map((call) => recorded("call", call)), ...events.map((event) => recorded("event", event))];
    kept.sort((one, other) => one.at - other.at);
    const known = new Set(kept.map(({ key }) => key));
    this.#kept = [...kept, ...held.filter(({ key }) => !known.has(key))].slice(-MOST_KEPT);
    this.#drawAnew();
  }

  told(kind, text) {
    const record = recorded(kind, JSON.parse(text));
    if (this.#held) this.#held.push(record);
    else this.#fresh.push(record);
    this.#drawSoon();
  }

  forget() {
    this.#kept = [];
    this.#fresh = [];
    this.#drawAnew();
  }

  #setPaused(isPaused) {
    this.#isPaused = isPaused;
    this.pause.ariaPressed = String(isPaused);
    if (!isPaused) this.#drawSoon();
    this.#drawState();
  }

  get #isWanted() {
    const text = this.text.value.trim().toLowerCase();
    return ({ found, code }) => found.includes(text) && (!this.errors.checked || code !== null);
  }

  #drawFresh() {
    if (this.#fresh.length > MOST_KEPT) this.#fresh = this.#fresh.slice(-MOST_KEPT);
    if (this.#isPaused) return this.#drawState();
    const fresh = this.#fresh;
    this.#fresh = [];
    this.#kept.push(...fresh);
    // Cut seldom: to take one record from the front costs as much as to take many.
    if (this.#kept.length > MOST_KEPT * 1.5) this.#kept = this.#kept.slice(-MOST_KEPT);
    this.#append(fresh.filter(this.#isWanted));
  }

  #drawAnew() {
    this.list.replaceChildren();
    this.#append(this.#kept.filter(this.#isWanted));
    this.list.scrollTop = this.list.scrollHeight;
  }

  #append(records) {
    if (records.length > 0) {
      const { scrollHeight, scrollTop, clientHeight } = this.list;
      const follows = scrollHeight - scrollTop - clientHeight < CLOSE_TO_END_PX;
      this.list.append(...records.slice(-MOST_SHOWN).map(drawLine));
      while (this.list.children.length > MOST_SHOWN) this.list.firstElementChild.remove();
      if (follows) this.list.scrollTop = this.list.scrollHeight;
    }
    this.#drawState();
  }

  #drawState() {
    const isEmpty = this.list.children.length === 0;
    const paused = this.#isPaused ? `Пауза, новых: ${this.#fresh.length}` : "";
    this.state.textContent = paused || (isEmpty ? "Здесь появятся вызовы бота и события VK" : "");
  }
}
