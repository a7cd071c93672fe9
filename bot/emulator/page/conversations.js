// The list of group conversations, each seen as the member whose eyes were used last.

import { parsed } from "./address.js";
import { drawConversationAvatar } from "./avatars.js";
import { element } from "./elements.js";
import { inOneLine } from "./messages.js";
import { Rows } from "./rows.js";
import { inWords } from "./service.js";

export class Conversations {
  #usedAs = new Map();

  /** `open(view, {beside})`: the reader chose a conversation. */
  constructor(root, messenger, open) {
    Object.assign(this, { messenger, empty: root.querySelector(".conversations-empty") });
    this.rows = new Rows(root.querySelector(".conversations-list"), {
      kind: "conversation",
      described: (peer) => this.#describe(messenger.conversations.get(peer)),
      open: (peer, how) => open({ peer, person: how.beside ? this.#otherEyes(peer) : this.#eyes(peer) }, how),
    });
  }

  load() {
    this.rows.load([...this.messenger.conversations.keys()]);
    this.empty.hidden = this.messenger.conversations.size > 0;
  }

  draw(peer) {
    if (!this.messenger.conversations.has(peer)) return;
    this.rows.draw(peer);
    this.empty.hidden = true;
  }

  /** The conversation is looked at as this member from now on. */
  used({ peer, person }) {
    this.#usedAs.set(peer, person);
    this.draw(peer);
  }

  #eyes(peer) {
    const members = this.messenger.membersOf(peer);
    const used = this.#usedAs.get(peer);
    const isStillThere = members.some(({ id }) => id === used);
    return isStillThere ? used : (members.find(({ is_owner: isOwner }) => isOwner) ?? members[0])?.id ?? used;
  }

  /** Beside itself a conversation is opened as a member whose eyes are not open yet. */
  #otherEyes(peer) {
    const { views } = parsed(location.hash);
    const isFree = ({ id }) => !views.some((view) => view.peer === peer && view.person === id);
    const used = this.#eyes(peer);
    return isFree({ id: used }) ? used : this.messenger.membersOf(peer).find(isFree)?.id ?? used;
  }

  #describe(conversation) {
    const { peer_id: peer, title, last_message: last, unread, bot } = conversation;
    const avatar = drawConversationAvatar(peer, title);
    const mark = bot.present ? null : element("span", { class: "row-mark" }, "без бота");
    const said = last ? this.#said(last) : "Сообщений ещё нет";
    return { avatar, name: title, said, unread: unread[this.#eyes(peer)] ?? 0, at: last?.date ?? 0, mark };
  }

  #said(message) {
    if (message.action) return inWords(message, this.messenger);
    return `${this.messenger.firstName(message.from_id)}: ${inOneLine(message)}`;
  }
}
