// The community's settings that a bot has to live with: how many calls a second, keyboards and conversations allowed.

import * as api from "./api.js";

const SWITCHES = ["bot_capabilities", "bots_add_to_chat"];

export class Limits {
  constructor(root) {
    this.root = root;
    this.wrong = root.querySelector(".wrong");
    root.addEventListener("change", ({ target }) => {
      const { name, value, checked } = target;
      if (name === "calls_per_second") this.#attempt(() => api.limitCalls(value === "" ? null : Number(value)));
      else this.#attempt(() => api.setCommunity({ [name]: checked }));
    });
  }

  async load() {
    const { calls_per_second: limit, settings = {} } = await api.community();
    for (const radio of this.root.querySelectorAll("[name=calls_per_second]")) {
      radio.checked = radio.value === String(limit ?? "");
    }
    for (const name of SWITCHES) this.root.querySelector(`[name=${name}]`).checked = settings[name] ?? false;
  }

  async #attempt(act) {
    this.wrong.textContent = "";
    try {
      await act();
    } catch (error) {
      this.wrong.textContent = error.message;
      await this.load().catch(() => {});
    }
  }
}
