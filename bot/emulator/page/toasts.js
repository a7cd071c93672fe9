// Pop-ups below the header: the bot's answers to presses and what went wrong.

import { element, icon } from "./elements.js";

const SHOWN_MS = 10_000; // as long as VK shows a snackbar
const MOST_AT_ONCE = 3;

/** Shows a text. whom: [avatar, line], who alone sees it; action: an element beside it (a link to open). */
export function toast(text, { kind = "answer", whom = null, action = null } = {}) {
  const all = document.querySelector(".toasts");
  const [avatar, line] = whom ?? [null, null];
  const attributes = { type: "button", class: "toast-close", "aria-label": "Закрыть", click: () => shown.remove() };
  const close = element("button", attributes, icon("close"));
  const said = element("div", { class: "toast-said" }, line, element("p", { dir: "auto" }, text));
  const role = kind === "error" ? "alert" : null;
  const shown = element("div", { class: `toast toast-${kind}`, role }, avatar, said, action, close);
  all.append(shown);
  while (all.children.length > MOST_AT_ONCE) all.firstElementChild.remove();
  setTimeout(() => shown.remove(), SHOWN_MS);
}

export const complain = (error) => toast(error.message, { kind: "error" });
