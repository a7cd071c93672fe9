// Below the messages: the input with what goes along, «Начать» in its place, and the bot's lasting keyboard.

import { asMessage, drawChips, emptyDraft, giveBack, isEmpty } from "./draft.js";
import { drawKeyboard, keepFocus } from "./keyboard.js";
import { Mentions } from "./mentions.js";
import { Oddities } from "./oddities.js";

const MOST_FILES = 10; // attachments of one message, as in VK
const PHOTO = /^image\/(?:jpeg|png|gif)$/;

export class Composer {
  #begun = true;
  #outside = false;
  #keyboard = null;
  #folded = false;
  #uploads = 0;

  /**
   * acts: {send(message), begin(link), upload(file, sort), press(place, key), follow(link), forge(told), choose(how),
   * fail(error)}.
   * peer: the dialogue that is written to; messenger: for names.
   */
  constructor(root, { messenger, peer, draft, acts }) {
    Object.assign(this, { root, messenger, peer, draft, acts });
    const find = (selector) => root.querySelector(selector);
    [this.start, this.form, this.input] = [find(".start"), find(".writing"), find("textarea")];
    [this.chosen, this.lasting, this.fold] = [find(".chosen"), find(".lasting"), find(".fold")];
    this.input.value = draft.text;
    this.#listen(find);
    this.mentions = new Mentions(root, { messenger, peer });
    this.oddities = new Oddities(root, {
      send: (message) => this.acts.send({ text: "", attachments: [], ...message }),
      upload: (file, sort) => this.acts.upload(file, sort),
      attach: (files, sort) => this.#attach(files, sort),
      forge: acts.forge,
      choose: acts.choose,
      fail: acts.fail,
    });
  }

  /** Shows what the dialogue offers now: `begun` is false before the first message, `outside` to who is no member. */
  show({ begun, keyboard, outside }) {
    this.#begun = begun;
    this.#outside = outside;
    this.#drawKeyboard(keyboard);
    this.redraw();
  }

  /** A deep link was opened: «Начать» or the next message will carry its ref. */
  opened(link) {
    Object.assign(this.draft, { link, writing: false });
    this.redraw();
    this.root.querySelector(".start-button").focus();
  }

  focus() {
    (this.form.hidden ? this.root.querySelector(".start-button") : this.input).focus({ preventScroll: true });
  }

  /** Shows the draft as it is now. */
  redraw() {
    const { link, writing } = this.draft;
    const starting = !this.#begun || (link !== null && !writing);
    this.root.hidden = this.#outside;
    this.start.hidden = !starting;
    this.form.hidden = starting;
    this.fold.hidden = this.#keyboard === null;
    this.fold.ariaExpanded = String(!this.#folded);
    this.lasting.hidden = starting || this.#folded || this.#keyboard === null;
    this.root.querySelector(".start-note").textContent = link?.ref ? `Вы перешли по ссылке: ${link.ref}` : "";
    this.root.querySelector(".start-write").hidden = !this.#begun;
    const chips = drawChips(this.draft, () => this.redraw());
    this.chosen.replaceChildren(...chips);
    this.chosen.hidden = chips.length === 0;
    this.#fit();
  }

  #listen(find) {
    const picker = find(".to-attach");
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.#send(); });
    this.input.addEventListener("input", () => { this.draft.text = this.input.value; this.#fit(); });
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("paste", (event) => this.#paste(event));
    find(".attach").addEventListener("click", () => picker.click());
    picker.addEventListener("change", () => { this.#attach([...picker.files]); picker.value = ""; });
    find(".start-button").addEventListener("click", () => this.#begin());
    find(".start-write").addEventListener("click", () => this.#writeInstead());
    this.fold.addEventListener("click", () => { this.#folded = !this.#folded; this.redraw(); });
  }

  #writeInstead() {
    this.draft.writing = true;
    this.redraw();
    this.input.focus();
  }

  #key(event) {
    if (event.defaultPrevented || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#send();
  }

  #paste(event) {
    const files = [...event.clipboardData.files];
    if (files.length === 0) return;
    event.preventDefault();
    this.#attach(files);
  }

  async #begin() {
    const button = this.root.querySelector(".start-button");
    button.disabled = true;
    try {
      await this.acts.begin(this.draft.link ?? {});
      this.draft.link = null;
      this.#begun = true;
      this.redraw();
      this.focus();
    } catch (error) {
      this.acts.fail(error);
    } finally {
      button.disabled = false;
    }
  }

  async #send() {
    if (this.#uploads > 0 || isEmpty(this.draft)) return;
    const unsent = { ...this.draft };
    // Cleared at once, so that Enter pressed twice does not send twice; given back if it could not be sent.
    Object.assign(this.draft, emptyDraft());
    this.#restore();
    if (await this.#deliver(asMessage(unsent, this.peer))) return;
    giveBack(this.draft, unsent);
    this.#restore();
  }

  /** Whether the message was sent; why not is told. */
  async #deliver(message) {
    try {
      await this.acts.send(message);
      return true;
    } catch (error) {
      this.acts.fail(error);
      return false;
    }
  }

  /** Pictures become photos and everything else documents, unless a `sort` is asked for. */
  async #attach(files, sort = null) {
    const free = MOST_FILES - this.draft.files.length - this.#uploads;
    if (files.length > free) this.acts.fail(new Error(`К сообщению можно приложить не больше ${MOST_FILES} файлов`));
    const sortOf = (file) => sort ?? (PHOTO.test(file.type) ? "photo" : "doc");
    await Promise.all(files.slice(0, Math.max(free, 0)).map((file) => this.#upload(file, sortOf(file))));
    this.input.focus();
  }

  async #upload(file, sort) {
    this.#uploads += 1;
    this.form.ariaBusy = "true";
    try {
      this.draft.files.push(await this.acts.upload(file, sort));
    } catch (error) {
      this.acts.fail(error);
    } finally {
      this.#uploads -= 1;
      this.form.ariaBusy = this.#uploads > 0 ? "true" : null;
      this.redraw();
    }
  }

  #restore() {
    this.input.value = this.draft.text;
    this.redraw();
  }

  #drawKeyboard(keyboard) {
    const wanted = keyboard && keyboard.buttons.length > 0 ? JSON.stringify(keyboard) : null;
    if (wanted === this.#keyboard) return;
    this.#keyboard = wanted;
    const { press, follow } = this.acts;
    const { community } = this.messenger;
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
