// Puts the page together: the live stream, the lists, the dialogues that the address names, the workings of VK.

import { closed, isConversation, keyOf, MOST_OPEN, opened, parsed, written } from "./address.js";
import * as api from "./api.js";
import { CampaignClock } from "./clock.js";
import { Columns } from "./columns.js";
import { Conversations } from "./conversations.js";
import { Dialogue } from "./dialogue.js";
import { emptyDraft } from "./draft.js";
import { putIcons } from "./elements.js";
import { pasted } from "./links.js";
import { membersChanged } from "./members.js";
import { Messenger } from "./messenger.js";
import { People } from "./people.js";
import { PopUps } from "./pop-ups.js";
import { askLink, askNewConversation, askNewPerson } from "./sheets.js";
import { follow } from "./stream.js";
import { complain } from "./toasts.js";
import { Workings } from "./workings.js";

const STEPS = { ArrowDown: 1, ArrowUp: -1 };
const OF_DIALOGUE = new Set(["message", "edited", "deleted", "popup", "typing", "dialogue"]);

class Page {
  #drafts = new Map();
  #held = null;
  #loading = null;

  constructor() {
    const lists = document.querySelector(".lists");
    const open = (view, how) => this.#open(view, how);
    this.messenger = new Messenger();
    this.people = new People(lists, this.messenger, open);
    this.conversations = new Conversations(lists, this.messenger, open);
    this.clock = new CampaignClock(document.querySelector(".clock"));
    this.workings = new Workings(document.querySelector(".workings"), document.querySelector(".workings-button"));
    this.columns = new Columns(document.querySelector(".stage"), {
      make: (view) => new Dialogue(view, { messenger: this.messenger, told: this.#told() }),
      used: (view) => this.#use(view),
      label: (view) => this.#label(view),
    });
    this.popUps = new PopUps({
      messenger: this.messenger,
      isOpen: (view) => this.columns.of(view.peer).some((dialogue) => dialogue.view.person === view.person),
      isAlone: () => this.columns.all.length < 2,
      go: (view, link) => this.#go(view, link),
    });
    this.#listen();
  }

  /** Everything anew, after the start and after every gap in the stream; a gap while loading means once more. */
  load() {
    if (this.#loading) {
      this.#loading.again = true;
      return;
    }
    const loading = this.#loading = { again: false };
    this.#load().catch(complain).then(() => {
      this.#loading = null;
      if (loading.again) this.load();
    });
  }

  told(kind, change) {
    if (kind === "clock") this.clock.show(change);
    if (kind === "popup") this.popUps.show(change);
    if (this.#held) this.#held.push([kind, change]);
    else this.#toLists(kind, change);
    if (!OF_DIALOGUE.has(kind)) return;
    for (const dialogue of this.columns.of(change.peer_id)) dialogue.apply(kind, change);
  }

  async #load() {
    const held = this.#held = [];
    try {
      const all = Promise.all([api.community(), api.persons(), api.conversations()]);
      const [community, persons, conversations] = await all;
      this.messenger.load({ community, persons, conversations });
    } finally {
      this.#held = null;
    }
    document.querySelector(".community-name").textContent = this.messenger.community.name;
    this.clock.show(this.messenger.community.clock);
    this.people.load();
    this.conversations.load();
    held.forEach(([kind, change]) => this.#toLists(kind, change));
    const kept = this.columns.all;
    this.#route();
    this.#count();
    this.workings.missed();
    await Promise.all(kept.filter(({ root }) => root.isConnected).map((dialogue) => dialogue.load()));
  }

  #toLists(kind, change) {
    if (kind === "person") this.#person(change);
    else if (kind === "conversation") this.#conversation(change);
    else if (kind === "message") this.#message(change.message);
    else if (kind === "edited") this.#edited(change.message);
    // What was read or deleted changes the counter and the last message: only the messenger can count them again.
    else if (kind === "dialogue" || kind === "deleted") this.#refresh(change.peer_id);
    this.#count();
  }

  #person(person) {
    this.messenger.persons.set(person.id, person);
    this.people.draw(person.id);
  }

  #conversation(conversation) {
    this.messenger.conversations.set(conversation.peer_id, conversation);
    this.conversations.draw(conversation.peer_id);
    for (const dialogue of this.columns.of(conversation.peer_id)) dialogue.known();
    membersChanged(conversation.peer_id);
  }

  #message(message) {
    const looking = this.columns.of(message.peer_id).filter(({ isLookedAt }) => isLookedAt);
    this.messenger.message(message, new Set(looking.map(({ view }) => view.person)));
    this.#draw(message.peer_id);
  }

  #edited(message) {
    this.messenger.edited(message);
    this.#draw(message.peer_id);
  }

  #draw(peer) {
    if (isConversation(peer)) this.conversations.draw(peer);
    else this.people.draw(peer);
  }

  async #refresh(peer) {
    const read = isConversation(peer) ? api.conversation(peer) : api.person(peer);
    const fresh = await read.catch(() => null);
    if (fresh === null) return;
    if (isConversation(peer)) this.#conversation(fresh);
    else this.#person(fresh);
    this.#count();
  }

  #told() {
    return {
      openLink: (dialogue) => this.#askLink(dialogue),
      spoken: (text) => { document.querySelector(".spoken").textContent = text; },
      go: (view, link) => this.#go(view, link),
      lookAs: (dialogue, person) => this.#lookAs(dialogue, person),
      close: (view) => this.#show(closed(this.#address, view)),
      draftOf: (view) => this.#draftOf(view),
      pressed: (view) => this.popUps.pressed(view),
    };
  }

  #draftOf(view) {
    const key = keyOf(view);
    if (!this.#drafts.has(key)) this.#drafts.set(key, emptyDraft());
    return this.#drafts.get(key);
  }

  get #address() {
    return parsed(location.hash);
  }

  #show(address) {
    location.hash = written(address);
  }

  #open(view, { beside }) {
    if (beside && this.#address.views.length === MOST_OPEN) {
      return complain(new Error(`Рядом помещаются ${MOST_OPEN} диалога: закройте один`));
    }
    this.#show(opened(this.#address, view, { beside }));
  }

  /** Another view in the place of the one in use, and there the link that brought the reader. */
  #go(view, link = null) {
    this.#show(opened(this.#address, view, { beside: false }));
    this.#route();
    if (link?.ref) this.columns.active?.follow(link);
  }

  /** The same conversation as another member, who goes on reading where this one was. */
  #lookAs({ view, history }, person) {
    const { place } = history;
    this.#go({ ...view, person });
    this.columns.active?.readFrom(place);
  }

  /** The focus or a tab chose a column: the address says so without a step back in the browser's history. */
  #use(view) {
    const { views } = this.#address;
    const active = views.findIndex((other) => keyOf(other) === keyOf(view));
    if (active < 0) return;
    history.replaceState(null, "", written({ views, active }));
    this.#route();
  }

  /** Opens what the address names. What does not exist (any more) is left out. */
  #route() {
    if (this.messenger.community === null) return;
    const { views, active } = this.#address;
    const known = views.filter((view) => this.messenger.has(view));
    const place = known.length < views.length ? Math.min(active, known.length - 1) : active;
    const made = this.columns.show({ views: known, active: place });
    document.body.dataset.view = place < 0 ? "people" : "dialogue";
    const inUse = known[place] ?? null;
    const own = known.filter(({ peer, person }) => peer === person);
    this.people.rows.choose(own.map(({ person }) => person), inUse?.peer);
    this.conversations.rows.choose(known.map(({ peer }) => peer), inUse?.peer);
    if (inUse && isConversation(inUse.peer)) this.conversations.used(inUse);
    for (const dialogue of made) this.#begin(dialogue);
    for (const { eyes } of made) eyes.reveal();
    if (!made.includes(this.columns.active)) this.columns.active?.markRead();
  }

  #begin(dialogue) {
    // On a phone the focus would bring the screen's keyboard up over the messages.
    const isWanted = () => matchMedia("(pointer: fine)").matches && this.columns.active === dialogue;
    dialogue.load().then(() => { if (isWanted()) dialogue.composer.focus(); }).catch(complain);
  }

  #label({ peer, person }) {
    const name = this.messenger.firstName(person);
    return isConversation(peer) ? `${this.messenger.title(peer)}: ${name}` : name;
  }

  #askLink(dialogue) {
    askLink((text) => {
      const link = pasted(text, this.messenger.community);
      if (link !== null) dialogue.follow(link);
      return link !== null;
    });
  }

  async #addPerson(names) {
    const person = await api.addPerson(names);
    this.#person(person);
    this.#open({ peer: person.id, person: person.id }, { beside: false });
  }

  async #addConversation(told) {
    const conversation = await api.createConversation(told);
    this.#conversation(conversation);
    this.#open({ peer: conversation.peer_id, person: told.owner }, { beside: false });
  }

  #listen() {
    for (const button of document.querySelectorAll(".add-person")) {
      button.addEventListener("click", () => askNewPerson((names) => this.#addPerson(names)));
    }
    document.querySelector(".add-conversation").addEventListener("click", () => {
      if (this.messenger.persons.size === 0) return complain(new Error("Сначала добавьте человека"));
      askNewConversation(this.messenger, (told) => this.#addConversation(told));
    });
    document.querySelector(".stage").addEventListener("click", (event) => this.#toList(event));
    addEventListener("hashchange", () => this.#route());
    addEventListener("keydown", (event) => this.#step(event));
    document.addEventListener("visibilitychange", () => this.columns.all.forEach((dialogue) => dialogue.markRead()));
  }

  /** Alt with an arrow key: the next member of the conversation in use, wherever the focus is. */
  #step(event) {
    const by = event.altKey ? STEPS[event.key] : undefined;
    const dialogue = this.columns.active;
    if (by === undefined || !dialogue || !isConversation(dialogue.view.peer)) return;
    if (event.target.matches("select") || document.querySelector("dialog[open]")) return; // the key means theirs
    event.preventDefault();
    dialogue.eyes.step(by);
  }

  /** Back to the list on a phone; with several dialogues open all stay open. */
  #toList(event) {
    if (event.target.closest(".back") === null) return;
    const { views } = this.#address;
    if (views.length < 2) return;
    event.preventDefault();
    this.#show({ views, active: -1 });
  }

  #count() {
    const { unread } = this.messenger;
    const name = this.messenger.community?.name ?? "Сообщения";
    document.title = unread > 0 ? `(${unread}) ${name}` : name;
  }
}

for (const root of [document, document.getElementById("dialogue").content]) putIcons(root);
const page = new Page();

follow({
  told: (kind, change) => page.told(kind, change),
  worked: (kind, text) => page.workings.told(kind, text),
  missed: () => page.load(),
  connected: (yes) => { document.querySelector(".connection").hidden = yes; },
});
