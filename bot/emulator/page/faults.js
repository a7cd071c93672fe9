// The switches that make VK misbehave, and what is still going to go wrong.

import * as api from "./api.js";
import { element } from "./elements.js";
import { perFrame } from "./frame.js";

const AGAIN_AFTER_MS = 400;
const NAMES = {
  http_502: "502 вместо ответа",
  reset_after: "ответ теряется после отправки",
  reset_before: "связь рвётся до отправки",
  hang: "VK молчит",
  slow: "VK отвечает медленно",
  duplicate: "события дважды",
  reorder: "события вперемешку",
};
const CALLS = [
  ["502 вместо ответа", { kind: "http_502" }],
  ["Ответ теряется после отправки", { kind: "reset_after" }],
  ["Связь рвётся до отправки", { kind: "reset_before" }],
  ["Ошибка 6: слишком часто", { kind: "error", code: 6 }],
  ["Ошибка 9: флуд", { kind: "error", code: 9 }],
  ["Ошибка 10: сбой VK", { kind: "error", code: 10 }],
  ["VK отвечает 1 с", { kind: "slow", delay_s: 1 }],
  ["VK отвечает 30 с", { kind: "slow", delay_s: 30 }],
];
const EVENTS = [
  ["События дважды", { kind: "duplicate", method: "events" }],
  ["Callback вперемешку", { kind: "reorder", method: "callback" }],
];
const LOSSES = [["Ключ Long Poll устарел", "expire_key"], ["История потеряна", "trim"], ["Сеанс потерян", "restart"]];
const PROPOSED = {
  "*": "любой вызов", execute: "отправка пачкой", "messages.send": "отправка", "messages.edit": "правка",
  "messages.sendMessageEventAnswer": "ответ на нажатие", a_check: "Long Poll",
};
const METHODS = { "*": "любой вызов", a_check: "Long Poll", events: "события", callback: "Callback" };

export class Faults {
  #asking = null;
  #waiting = [];
  #drawSoon = perFrame(() => this.#draw());

  constructor(root) {
    this.root = root;
    this.list = root.querySelector(".faults-active");
    this.wrong = root.querySelector(".wrong");
    this.form = root.querySelector("form");
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.#drawPresets();
    root.querySelector(".faults-clear").addEventListener("click", () => this.#attempt(api.clearFaults));
  }

  async load() {
    this.#waiting = await api.faults();
    this.#drawSoon();
  }

  /** A call may have met one of them: only the messenger knows which are left. Asked seldom, and not if there are none. */
  mayBeUsed() {
    if (this.#waiting.length === 0 || this.#asking !== null) return;
    this.#asking = setTimeout(() => {
      this.#asking = null;
      this.load().catch(() => {});
    }, AGAIN_AFTER_MS);
  }

  /** What a button says, for the method and the number of times that were chosen; some know their method themselves. */
  #fault(said) {
    const { method, times } = this.form.elements;
    return { method: method.value.trim() || "*", times: times.value === "" ? null : Number(times.value), ...said };
  }

  #drawPresets() {
    const preset = ([text, fault]) => drawPreset(text, () => this.#attempt(() => api.addFault(this.#fault(fault))));
    const losses = LOSSES.map(([text, act]) => drawPreset(text, () => this.#attempt(() => api.loseLongPoll(act))));
    this.root.querySelector("[data-presets=calls]").append(...CALLS.map(preset));
    this.root.querySelector("[data-presets=events]").append(...EVENTS.map(preset), ...losses);
    const options = Object.entries(PROPOSED).map(([value, text]) => element("option", { value }, text));
    this.root.querySelector("datalist").append(...options);
  }

  async #attempt(act) {
    this.wrong.textContent = "";
    try {
      await act();
      await this.load();
    } catch (error) {
      this.wrong.textContent = error.message;
    }
  }

  #draw() {
    this.root.querySelector(".faults-none").hidden = this.#waiting.length > 0;
    this.list.replaceChildren(...this.#waiting.map((fault) => element("li", { class: "fault" },
      element("span", {}, inWords(fault)),
      element("span", { class: "fault-left" }, fault.times === null ? "всегда" : `осталось: ${fault.times}`))));
  }
}

const drawPreset = (text, click) => element("button", { type: "button", class: "soft", click }, text);

function inWords({ kind, code, method, delay_s: delay }) {
  const what = kind === "error" ? `ошибка ${code}` : kind === "slow" ? `ответ через ${delay} с` : NAMES[kind] ?? kind;
  return kind === "duplicate" || kind === "reorder" ? what : `${what} — ${METHODS[method] ?? method}`;
}
