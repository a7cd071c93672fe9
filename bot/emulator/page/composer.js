// Below the messages: the input with files, «Начать» in its place, and the bot's lasting keyboard.

import { element, icon } from "./elements.js";
import { size } from "./format.js";
import { drawKeyboard, keepFocus } from "./keyboard.js";

const MOST_FILES = 10; // attachments of one message, as in VK

/** What a person has not sent yet; kept while another dialogue is open. `link`: the deep link that was opened. */
export const emptyDraft = () => ({ text: "", files: [], link: null, writing: false });

export class Composer {
  #begun = true;
  #keyboard = null;
  #folded = false;
  #uploads = 0;

  /** acts: {send(message), begin(link), upload(file), press(place, key), follow(link), fail(error)}. */
  constructor(root, { community, draft, acts }) {
    Object.assign(this, { root, community, draft, acts });
    const find = (selector) => root.querySelector(selector);
    [this.start, this.form, this.input] = [find(".start"), find(".writing"), find("textarea")];
    [this.chosen, this.lasting, this.fold] = [find(".chosen"), find(".lasting"), find(".fold")];
    this.input.value = draft.text;
    this.#listen(find);
  }

  /** Shows what the dialogue offers now: `begun` is false before the first message. */
  show({ begun, keyboard }) {
    this.#begun = begun;
    this.#drawKeyboard(keyboard);
    this.#draw();
  }

  /** A deep link was opened: «Начать» or the next message will carry its ref. */
  opened(link) {
    Object.assign(this.draft, { link, writing: false });
    this.#draw();
    this.root.querySelector(".start-button").focus();
  }

  focus() {
    (this.form.hidden ? this.root.querySelector(".start-button") : this.input).focus({ preventScroll: true });
  }

  #listen(find) {
    const picker = find("input[type=file]");
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.#send(); });
    this.input.addEventListener("input", () => { this.draft.text = this.input.value; this.#fit(); });
    this.input.addEventListener("keydown", (event) => this.#key(event));
    find(".attach").addEventListener("click", () => picker.click());
    picker.addEventListener("change", () => { this.#attach([...picker.files]); picker.value = ""; });
    find(".start-button").addEventListener("click", () => this.#begin());
    find(".start-write").addEventListener("click", () => this.#writeInstead());
    this.fold.addEventListener("click", () => { this.#folded = !this.#folded; this.#draw(); });
  }

  #writeInstead() {
    this.draft.writing = true;
    this.#draw();
    this.input.focus();
  }

  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#send();
  }

  async #begin() {
    const button = this.root.querySelector(".start-button");
    button.disabled = true;
    try {
      await this.acts.begin(this.draft.link ?? {});
      this.draft.link = null;
      this.#begun = true;
      this.#draw();
      this.focus();
    } catch (error) {
      this.acts.fail(error);
    } finally {
      button.disabled = false;
    }
  }

  async #send() {
    const { text, files, link } = this.draft;
    if (this.#uploads > 0 || !(text.trim() || files.length > 0)) return;
    // Cleared at once, so that Enter pressed twice does not send twice; given back if it could not be sent.
    Object.assign(this.draft, emptyDraft());
    this.#restore();
    try {
      await this.acts.send({ text, ...link, attachments: files });
    } catch (error) {
      this.draft.text = [text, this.draft.text].filter(Boolean).join("\n");
      Object.assign(this.draft, { files: [...files, ...this.draft.files], link, writing: true });
      this.#restore();
      this.acts.fail(error);
    }
  }

  async #attach(files) {
    const free = MOST_FILES - this.draft.files.length - this.#uploads;
    if (files.length > free) this.acts.fail(new Error(`К сообщению можно приложить не больше ${MOST_FILES} файлов`));
    await Promise.all(files.slice(0, Math.max(free, 0)).map((file) => this.#upload(file)));
    this.input.focus();
  }

  async #upload(file) {
    this.#uploads += 1;
    this.form.ariaBusy = "true";
    try {
      this.draft.files.push(await this.acts.upload(file));
    } catch (error) {
      this.acts.fail(error);
    } finally {
      this.#uploads -= 1;
      this.form.ariaBusy = this.#uploads > 0 ? "true" : null;
      this.#draw();
    }
  }

  #restore() {
    this.input.value = this.draft.text;
    this.#fit();
    this.#draw();
  }

  #draw() {
    const { link, writing } = this.draft;
    const starting = !this.#begun || (link !== null && !writing);
    this.start.hidden = !starting;
    this.form.hidden = starting;
    this.fold.hidden = this.#keyboard === null;
    this.fold.ariaExpanded = String(!this.#folded);
    this.lasting.hidden = starting || this.#folded || this.#keyboard === null;
    this.root.querySelector(".start-note").textContent = link?.ref ? `Вы перешли по ссылке: ${link.ref}` : "";
    this.root.querySelector(".start-write").hidden = !this.#begun;
    this.#drawChosen();
    this.#fit();
  }

  #drawChosen() {
    const files = this.draft.files.map((file) => drawChip("file", `${file.doc.title}, ${size(file.doc.size)}`, () => {
      this.draft.files.splice(this.draft.files.indexOf(file), 1);
      this.#draw();
    }));
    const { link } = this.draft;
    const forget = () => {
      this.draft.link = null;
      this.#draw();
    };
    if (link !== null) files.unshift(drawChip("link", `По ссылке: ${link.ref}`, forget));
    this.chosen.replaceChildren(...files);
    this.chosen.hidden = files.length === 0;
  }

  #drawKeyboard(keyboard) {
    const wanted = keyboard && keyboard.buttons.length > 0 ? JSON.stringify(keyboard) : null;
    if (wanted === this.#keyboard) return;
    this.#keyboard = wanted;
    const { community, acts } = this;
    const { press, follow } = acts;
    const drawn = wanted === null ? [] : [drawKeyboard(keyboard, { community, press, follow })];
    keepFocus(this.lasting, () => this.lasting.replaceChildren(...drawn), this.input);
    this.#folded = false;
  }

  /** As high as the text, up to the limit of the style sheet. */
  #fit() {
    this.input.style.height = "auto";
    if (this.input.value) this.input.style.height = `${this.input.scrollHeight}px`;
  }
}

function drawChip(picture, text, remove) {
  const label = `Убрать: ${text}`;
  return element("li", { class: "chip" }, icon(picture), element("span", { dir: "auto" }, text),
    element("button", { type: "button", "aria-label": label, title: "Убрать", click: remove }, icon("close")));
}
