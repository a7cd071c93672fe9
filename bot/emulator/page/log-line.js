// One line of the log. What it holds is written out when it is opened, and never shows a token.

import * as api from "./api.js";
import { element } from "./elements.js";
import { exactTime } from "./format.js";
import { complain } from "./toasts.js";

const SECRET_NAMES = /^(?:access_token|token|secret|secret_key|key)$/;
const KINDS = { call: { name: "вызов", arrow: "→" }, event: { name: "событие", arrow: "←" } };
const TOKEN = /vk1\.a\.[\w-]+/g;

export function drawLine(record) {
  const { kind, at, name, peer, code } = record;
  const summary = element("summary", {},
    element("time", {}, exactTime(at)),
    element("span", { class: `log-${kind}`, role: "img", "aria-label": KINDS[kind].name }, KINDS[kind].arrow),
    element("span", { class: "log-name" }, name),
    element("span", { class: "log-peer" }, peer),
    code === null ? "" : element("span", { class: "log-error" }, `ошибка ${code}`));
  const toggle = ({ target }) => {
    if (!target.open) return;
    if (target.children.length === 1) target.append(drawBody(record));
    target.scrollIntoView({ block: "nearest" });
  };
  return element("li", {}, element("details", { toggle }, summary));
}

function drawBody(record) {
  if (record.kind === "event") return drawEvent(record);
  const { inner, params, answer } = record;
  if (inner.length === 0) return element("div", { class: "log-body" }, ...drawCall({ params, answer }));
  return element("div", { class: "log-body" }, ...inner.map(({ method, params: own, answer: said, error }) =>
    element("section", { class: error ? "log-inner log-inner-failed" : "log-inner" },
      element("h4", {}, method), ...drawCall({ params: own, answer: error ?? said }))));
}

function drawCall({ params, answer }) {
  return [drawPart("Параметры", params), drawPart("Ответ", answer)];
}

function drawEvent({ id, object }) {
  const repeat = () => api.repeatEvent(id).catch(complain);
  return element("div", { class: "log-body" },
    drawPart(`Событие ${id}`, object),
    element("button", { type: "button", class: "soft", click: repeat }, "Доставить ещё раз"));
}

function drawPart(title, value) {
  return element("div", {}, element("h5", {}, title), element("pre", { tabindex: 0 }, pretty(value)));
}

/** JSON for reading: texts that are JSON themselves are unfolded, secrets are not told. */
function pretty(value) {
  const told = (name, one) => (SECRET_NAMES.test(name) && typeof one === "string" ? "скрыто" : unfolded(one));
  return (JSON.stringify(value, told, 2) ?? "—").replace(TOKEN, "vk1.a.…");
}

function unfolded(value) {
  if (typeof value !== "string" || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
