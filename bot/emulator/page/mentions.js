// Mentioning the community in a conversation, without which the bot may not hear: a button, and completion after @.

import { isConversation } from "./address.js";
import { element } from "./elements.js";

const BEGUN = /(?<=^|\s)@([\w.]*)$/u;

export class Mentions {
  constructor(root, { messenger, peer }) {
    this.messenger = messenger;
    [this.input, this.offer] = [root.querySelector("textarea"), root.querySelector(".mention-offer")];
    const button = root.querySelector(".mention-button");
    button.hidden = !isConversation(peer);
    if (button.hidden) return;
    button.addEventListener("click", () => this.#mention());
    this.offer.addEventListener("click", () => this.#accept());
    this.input.addEventListener("input", () => this.#propose());
    this.input.addEventListener("blur", ({ relatedTarget }) => { this.offer.hidden = relatedTarget !== this.offer; });
    // Before the composer, for which Enter sends.
    this.input.addEventListener("keydown", (event) => this.#key(event), { capture: true });
  }

  /** The part of a mention that was typed up to the caret, or null. */
  get #begun() {
    const { value, selectionStart: caret } = this.input;
    const typed = BEGUN.exec(value.slice(0, caret))?.[1].toLowerCase();
    const { screen_name: name } = this.messenger.community;
    return typed !== undefined && typed !== name && name.startsWith(typed) ? typed : null;
  }

  #propose() {
    const { name, screen_name: screenName } = this.messenger.community;
    this.offer.hidden = this.#begun === null;
    this.offer.replaceChildren(element("strong", {}, `@${screenName}`), ` ${name}`);
  }

  #key(event) {
    if (this.offer.hidden) return;
    if (event.key === "Escape") this.offer.hidden = true;
    else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey) this.#accept();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #accept() {
    const caret = this.input.selectionStart;
    this.#insert(`@${this.messenger.community.screen_name} `, caret - (this.#begun?.length ?? 0) - 1, caret);
  }

  #mention() {
    const { value, selectionStart: caret } = this.input;
    const space = caret > 0 && !/\s$/.test(value.slice(0, caret)) ? " " : "";
    this.#insert(`${space}@${this.messenger.community.screen_name} `, caret, this.input.selectionEnd);
  }

  #insert(text, start, end) {
    this.input.setRangeText(text, start, end, "end");
    this.offer.hidden = true;
    this.input.dispatchEvent(new Event("input"));
    this.input.focus();
  }
}
