// The bot's buttons: drawing a keyboard and the spinner of a pressed button until its pop-up answers.

import { element, icon } from "./elements.js";
import { linkTo, webAddress } from "./links.js";

const PRESS_LIVES_MS = 60_000;
const REMEMBERED_TICKETS = 100;
const UNNAMED = {
  location: "Отправить местоположение",
  vkpay: "Оплатить через VK Pay",
  open_app: "Открыть приложение",
};

/**
 * Rows of buttons. `press(place, key)` gets {row, column} and the pressed element; `follow(link)` a deep link.
 */
export function drawKeyboard(keyboard, { community, press, follow }) {
  const rows = keyboard.buttons.map((buttons, row) =>
    element("div", { class: "keys" }, ...buttons.map((button, column) => {
      const place = { row, column };
      return drawKey(button, place, { community, press: (key) => press(place, key), follow });
    })));
  return element("div", { class: keyboard.inline ? "keyboard keyboard-inline" : "keyboard" }, ...rows);
}

function drawKey({ action, color }, { row, column }, { community, press, follow }) {
  const label = element("span", { class: "key-label" }, action.label ?? UNNAMED[action.type] ?? action.type);
  const attributes = { class: `key key-${color ?? "secondary"}`, "data-key": `${row}:${column}` };
  if (action.type === "open_link" && webAddress(action.link)) {
    return linkTo(action.link, community, follow, attributes, label, icon("link"));
  }
  const click = ({ currentTarget }) => press(currentTarget);
  return element("button", { type: "button", click, ...attributes }, label);
}

/** Moves the focus from a keyboard that is about to go to the same place of the one that replaces it. */
export function keepFocus(root, redraw, otherwise) {
  const focused = root.contains(document.activeElement) ? document.activeElement : null;
  redraw();
  if (focused === null || focused.isConnected) return;
  const same = focused.dataset.key ? root.querySelector(`[data-key="${focused.dataset.key}"]`) : null;
  (same ?? otherwise).focus({ preventScroll: true });
}

/** Pressed callback buttons that wait for the bot; the answer may overtake the press's own reply. */
export class Presses {
  #waiting = new Map();
  #answered = new Set();

  async during(key, pressed) {
    if (key.ariaBusy === "true") return null;
    key.ariaBusy = "true";
    try {
      const outcome = await pressed();
      if (outcome.ticket && !this.#answered.has(outcome.ticket)) this.#wait(outcome.ticket, key);
      else key.ariaBusy = null;
      return outcome;
    } catch (error) {
      key.ariaBusy = null;
      throw error;
    }
  }

  answered(ticket) {
    this.#answered.add(ticket);
    if (this.#answered.size > REMEMBERED_TICKETS) this.#answered.delete(this.#answered.values().next().value);
    this.#stop(ticket);
  }

  #wait(ticket, key) {
    this.#waiting.set(ticket, key);
    setTimeout(() => this.#stop(ticket), PRESS_LIVES_MS);
  }

  #stop(ticket) {
    const key = this.#waiting.get(ticket);
    if (key) key.ariaBusy = null;
    this.#waiting.delete(ticket);
  }
}
