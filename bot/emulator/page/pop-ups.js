// The bot's answers to presses, each for one pair of eyes: shown to the reader who looks as that person, or who pressed
// as that person and has gone on to another before the answer came.

import { isConversation, keyOf, ownDialogue } from "./address.js";
import { drawAvatar } from "./avatars.js";
import { element } from "./elements.js";
import { linkTo } from "./links.js";
import { toast } from "./toasts.js";

const PRESS_LIVES_MS = 60_000;

export class PopUps {
  #pressed = new Map();

  /** isOpen(view): somebody looks there; isAlone(): at nothing else; go(view, link): follow a link into a dialogue. */
  constructor({ messenger, isOpen, isAlone, go }) {
    Object.assign(this, { messenger, isOpen, isAlone, go });
  }

  /** A button was pressed here. */
  pressed(view) {
    this.#pressed.set(keyOf(view), Date.now());
  }

  show({ peer_id: peer, user_id: person, event_data: answer }) {
    const view = { peer, person };
    if (answer === null || !(this.isOpen(view) || this.#wasPressed(view))) return;
    const about = { whom: this.#whom(view) };
    if (answer.type === "show_snackbar") toast(answer.text, about);
    else if (answer.type === "open_link") toast(answer.link, { ...about, action: this.#link(person, answer.link) });
  }

  #wasPressed(view) {
    return Date.now() - (this.#pressed.get(keyOf(view)) ?? -Infinity) < PRESS_LIVES_MS;
  }

  /** Whose it is, where that is not plain: nobody else in the conversation sees it. */
  #whom({ peer, person }) {
    if (!isConversation(peer) && this.isAlone()) return null;
    const name = this.messenger.name(person);
    return [drawAvatar(person, name, "avatar-small"), element("strong", { dir: "auto" }, `Видит только ${name}`)];
  }

  #link(person, address) {
    const follow = (link) => this.go(ownDialogue(person), link);
    return linkTo(address, this.messenger.community, follow, { class: "toast-action" }, "Открыть");
  }
}
