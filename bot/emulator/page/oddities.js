// The composer's «ещё»: everything a person can send that is neither a text nor a file - and what only a tampered app
// sends.

import { drawSticker } from "./attachments.js";
import { element } from "./elements.js";
import { Panel } from "./panel.js";
import { askForgery } from "./sheets.js";
import { recording } from "./voice.js";

const STICKERS = [9, 21, 63, 86, 134, 3462];
const SPOKEN_S = 3;

export class Oddities {
  /** acts: {send(message), upload(file, sort), attach(files, sort), choose(how), forge(told), fail(error)}. */
  constructor(root, acts) {
    this.acts = acts;
    const menu = root.querySelector(".odd-menu");
    this.panel = new Panel(root.querySelector(".odd-button"), menu, () => this.#showStickers(false));
    this.stickers = menu.querySelector(".stickers");
    this.stickers.replaceChildren(...STICKERS.map((id) => this.#sticker(id)));
    this.picker = root.querySelector(".as-document");
    this.picker.addEventListener("change", () => {
      acts.attach([...this.picker.files], "doc");
      this.picker.value = "";
    });
    menu.addEventListener("click", ({ target }) => this.#do(target.closest("[data-odd]")?.dataset.odd));
  }

  #do(what) {
    if (what === undefined) return;
    if (what === "sticker") return this.#showStickers(true);
    this.panel.close();
    const acts = {
      document: () => this.picker.click(),
      voice: () => this.#speak(),
      answer: () => this.acts.choose("answer"),
      forward: () => this.acts.choose("forward"),
      forge: () => askForgery((forged) => this.acts.forge(forged)),
    };
    acts[what]();
  }

  async #speak() {
    try {
      const said = await this.acts.upload(recording(SPOKEN_S), "voice");
      await this.acts.send({ attachments: [said] });
    } catch (error) {
      this.acts.fail(error);
    }
  }

  #showStickers(shown) {
    this.stickers.hidden = !shown;
    if (shown) this.stickers.querySelector("button").focus();
  }

  #sticker(id) {
    const send = () => {
      this.panel.close();
      this.acts.send({ sticker_id: id }).catch(this.acts.fail);
    };
    return element("button", { type: "button", "aria-label": `Стикер ${id}`, click: send }, drawSticker(id));
  }
}
