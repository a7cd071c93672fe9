// What the page knows of the messenger: the community, who is there, which conversations, what is unread.

import { fullName } from "./format.js";
import { isConversation } from "./address.js";

export class Messenger {
  community = null;
  persons = new Map();
  conversations = new Map();

  /** These are all there are. */
  load({ community, persons, conversations }) {
    this.community = community;
    this.persons = new Map(persons.map((person) => [person.id, person]));
    this.conversations = new Map(conversations.map((conversation) => [conversation.peer_id, conversation]));
  }

  /** Who wrote or did something: a person, or the community below zero. */
  name(id) {
    if (id < 0) return id === -this.community.id ? this.community.name : `Сообщество ${-id}`;
    const person = this.persons.get(id);
    return person === undefined ? `id${id}` : fullName(person);
  }

  firstName(id) {
    return this.persons.get(id)?.first_name ?? this.name(id);
  }

  /** Whether the view can be shown: both ends of it exist. */
  has({ peer, person }) {
    return this.persons.has(person) && (peer === person || this.conversations.has(peer));
  }

  isMember(peer, person) {
    return peer === person || this.conversations.get(peer).members.some(({ id }) => id === person);
  }

  /** The members of a conversation that are persons. */
  membersOf(peer) {
    return this.conversations.get(peer).members.filter(({ id }) => id > 0);
  }

  /** The number of the newest message there. */
  lastCmid(peer) {
    const { last_message: last } = this.conversations.get(peer) ?? this.persons.get(peer).dialogue;
    return last?.cmid ?? 0;
  }

  /** How the dialogue is called. */
  title(peer) {
    return isConversation(peer) ? this.conversations.get(peer).title : this.community.name;
  }

  /** A new message; `seenBy`: the persons whose dialogue is looked at. What is counted already changes nothing. */
  message(message, seenBy) {
    if (isConversation(message.peer_id)) return this.#toConversation(message, seenBy);
    const dialogue = this.persons.get(message.peer_id)?.dialogue;
    if (dialogue === undefined || isOld(dialogue, message)) return;
    dialogue.last_message = message;
    dialogue.begin_offered = false;
    dialogue.unread = message.out && !seenBy.has(message.peer_id) ? dialogue.unread + 1 : 0;
  }

  edited(message) {
    const shown = this.conversations.get(message.peer_id) ?? this.persons.get(message.peer_id)?.dialogue;
    if (shown?.last_message?.cmid === message.cmid) shown.last_message = message;
  }

  /** All that nobody has read yet in persons' own dialogues. */
  get unread() {
    return [...this.persons.values()].reduce((sum, person) => sum + person.dialogue.unread, 0);
  }

  #toConversation(message, seenBy) {
    const conversation = this.conversations.get(message.peer_id);
    if (conversation === undefined || isOld(conversation, message)) return;
    conversation.last_message = message;
    for (const { id } of this.membersOf(message.peer_id)) {
      const isSeen = seenBy.has(id) || message.from_id === id;
      conversation.unread[id] = isSeen ? 0 : (conversation.unread[id] ?? 0) + 1;
    }
  }
}

const isOld = ({ last_message: last }, message) => message.cmid <= (last?.cmid ?? 0);
