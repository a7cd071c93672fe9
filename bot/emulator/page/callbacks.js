// The state of the Callback servers, if the bot has any: what waits for them and how the latest deliveries went.

import * as api from "./api.js";
import { element } from "./elements.js";
import { exactTime } from "./format.js";

const AGAIN_AFTER_MS = 1000;
const SHOWN_DELIVERIES = 20;

export class Callbacks {
  #asking = null;

  constructor(root) {
    this.root = root;
    this.none = root.querySelector(".callback-none");
    this.list = root.querySelector(".servers");
    root.querySelector(".callback-again").addEventListener("click", () => this.load());
  }

  async load() {
    const { servers } = await api.callback();
    this.none.hidden = servers.length > 0;
    this.list.replaceChildren(...servers.map(drawServer));
  }

  mayHaveChanged() {
    if (this.root.hidden || this.#asking !== null) return;
    this.#asking = setTimeout(() => {
      this.#asking = null;
      this.load().catch(() => {});
    }, AGAIN_AFTER_MS);
  }
}

function drawServer({ title, url, status, waiting, paused_until: pausedUntil, deliveries }) {
  const paused = pausedUntil && element("p", { class: "wrong" }, `Остановлен до ${exactTime(pausedUntil)}`);
  const shown = deliveries.slice(-SHOWN_DELIVERIES).reverse();
  return element("li", { class: "server" },
    element("p", { class: "server-name" }, element("strong", {}, title), ` ${status} · ждут: ${waiting}`),
    element("p", { class: "server-url" }, url), paused,
    element("ol", { class: "deliveries" }, ...shown.map(drawDelivery)));
}

function drawDelivery({ at, type, retry, status, body }) {
  const isTaken = status === 200 && body === "ok";
  const again = retry > 0 ? `, повтор ${retry}` : "";
  return element("li", { class: isTaken ? "delivery" : "delivery delivery-failed" },
    element("time", {}, exactTime(at)), ` ${type}${again} → ${status ?? "нет ответа"} ${body ?? ""}`);
}
