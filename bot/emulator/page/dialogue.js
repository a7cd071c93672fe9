// One open dialogue - a person's own with the bot, or a conversation as one of its members sees it: loading, what
// happens live, and what the person does in it.

import { isConversation, ownDialogue } from "./address.js";
import * as api from "./api.js";
import { Choosing } from "./choosing.js";
import { Composer } from "./composer.js";
import { Eyes } from "./eyes.js";
import { Head } from "./head.js";
import { History } from "./history.js";
import { Presses } from "./keyboard.js";
import { inOneLine } from "./messages.js";
import { Pages } from "./pages.js";
import { complain } from "./toasts.js";

const TYPING_MS = 10_000;
const PHONE = matchMedia("(max-width: 720px)");

export class Dialogue {
  #presses = new Presses();
  #held = null;
  #sending = Promise.resolve();
  #typing = null;
  #reading = null;
  #place = null;

  /**
   * told: {openLink(dialogue), spoken(text), go(view), lookAs(dialogue, person), close(view), draftOf(view),
   * pressed(view)}: ask for a link; read a text to those who do not see it; open another view in place of this one;
   * the same conversation as another member; close it; what is unsent in a view; a button is pressed.
   */
  constructor(view, { messenger, told }) {
    Object.assign(this, { view, messenger, told, person: messenger.persons.get(view.person) });
    this.offered = { begun: true, allowed: true, keyboard: null, outside: false };
    this.root = document.getElementById("dialogue").content.cloneNode(true).firstElementChild;
    const follow = (link) => this.follow(link);
    const press = (message, place, key) => this.#press({ cmid: message.cmid, ...place }, key);
    const context = { messenger, person: this.person, follow, press };
    this.history = new History(this.root, context, {
      older: () => this.pages.older(),
      newer: () => this.pages.newer(),
      latest: () => this.pages.latest(),
    });
    this.pages = new Pages(view.peer, { history: this.history, messenger, loadNewest: () => this.load() });
    this.choosing = new Choosing(this.root, this.history);
    const composer = this.root.querySelector(".composer");
    const draft = told.draftOf(view);
    this.composer = new Composer(composer, { messenger, peer: view.peer, draft, acts: this.#acts(follow) });
    this.head = new Head(this.root, view, { messenger, told: this.#ofHead() });
    this.eyes = new Eyes(this.root.querySelector(".eyes"), view, { messenger, lookAs: (as) => told.lookAs(this, as) });
    this.known();
  }

  close() {
    this.history.close();
    clearTimeout(this.#typing);
    this.root.remove();
  }

  /** Loads the newest messages; what happens meanwhile is applied on top of them. */
  async load() {
    const held = this.#held = [];
    this.root.querySelector(".loading").hidden = !this.history.isEmpty;
    try {
      const page = await api.dialogue(this.view.peer);
      if (this.#held !== held) return;
      this.#held = null;
      this.#show(page);
      held.forEach(([kind, change]) => this.apply(kind, change));
      if (this.#place) this.pages.goTo(this.#place);
      this.#place = null;
    } finally {
      if (this.#held === held) this.#held = null;
      this.root.querySelector(".loading").hidden = true;
    }
  }

  /** A change of this dialogue, from the stream. */
  apply(kind, change) {
    if (this.#held) {
      this.#held.push([kind, change]);
      return;
    }
    switch (kind) {
      case "message": return this.#message(change);
      case "edited": return this.#edited(change);
      case "deleted": return this.history.remove(change.cmid);
      case "popup": return this.#presses.answered(change.ticket);
      case "typing": return this.#startTyping();
      case "dialogue": return this.#offer({ allowed: change.allowed, keyboard: change.keyboard });
    }
  }

  /** The conversation's title, members or rights have changed, or who is known. */
  known() {
    const { peer, person } = this.view;
    this.#offer({ outside: !this.messenger.isMember(peer, person) });
    this.head.draw();
    if (isConversation(peer)) this.eyes.draw();
  }

  /** A new one is not shown from its end but as it was read by other eyes. `place`: of the other history. */
  readFrom(place) {
    if (this.history.isEmpty) this.#place = place;
  }

  /** Open a deep link as this person: nothing is sent until they press «Начать» or write. */
  follow(link) {
    if (isConversation(this.view.peer)) this.told.go(ownDialogue(this.person.id), link);
    else if (link.ref) this.composer.opened(link);
    else this.composer.focus();
  }

  /** Whether somebody can see it now: on a phone all but one of the open ones are hidden. */
  get isLookedAt() {
    return document.visibilityState === "visible" && (!PHONE.matches || this.root.classList.contains("is-active"));
  }

  /** Everything shown is read, if somebody looks at it. Not asked twice at once: a burst of messages is one reading. */
  markRead() {
    if (!this.isLookedAt || this.offered.outside) return;
    if (this.#reading) {
      this.#reading.again = true;
      return;
    }
    const reading = this.#reading = { again: false };
    api.read(this.view).catch(() => {}).then(() => {
      this.#reading = null;
      if (reading.again) this.markRead();
    });
  }

  #message({ message, keyboard }) {
    if (message.out) this.#stopTyping();
    const isNews = message.from_id !== this.person.id && !this.history.has(message.cmid);
    this.history.arrived(message);
    this.#offer({ begun: true, keyboard });
    if (!isNews) return;
    if (!message.action) this.told.spoken(`${this.messenger.name(message.from_id)}: ${inOneLine(message)}`);
    this.markRead();
  }

  #edited({ message }) {
    if (this.history.has(message.cmid)) this.history.put(message);
  }

  #startTyping() {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#stopTyping(), TYPING_MS);
    this.head.typing(true);
  }

  #stopTyping() {
    clearTimeout(this.#typing);
    this.head.typing(false);
  }

  #show(page) {
    // After a long absence what is shown may end before this page begins: then anew, without a hole.
    if (!page.messages.some(({ cmid }) => this.history.has(cmid))) this.pages.startAnew();
    if (this.history.isEmpty) this.history.hasOlder = page.more;
    this.history.merge(page.messages);
    const begun = isConversation(this.view.peer) || !page.begin_offered;
    this.#offer({ begun, allowed: page.allowed, keyboard: page.keyboard });
    if (page.typing) this.#startTyping();
    this.markRead();
  }

  #acts(follow) {
    const { view } = this;
    return {
      send: (message) => this.#inOrder(() => api.write(view, message)),
      begin: (link) => this.#inOrder(() => api.begin(view.person, link)),
      upload: (file, sort) => api.upload(view.person, file, sort),
      press: (place, key) => this.#press({ cmid: null, ...place }, key),
      forge: (told) => this.#forge(told),
      choose: (how) => this.#choose(how),
      follow,
      fail: complain,
    };
  }

  #ofHead() {
    const { told, pages } = this;
    const lookAs = (person) => told.lookAs(this, person);
    return { ...told, lookAs, openLink: () => told.openLink(this), reveal: (cmid) => pages.reveal(cmid) };
  }

  /** Two texts sent quickly arrive in their order. */
  #inOrder(act) {
    const done = this.#sending.then(act);
    this.#sending = done.catch(() => {});
    return done;
  }

  async #press(place, key) {
    this.told.pressed(this.view);
    try {
      await this.#presses.during(key, () => api.press(this.view, place));
    } catch (error) {
      complain(error);
    }
  }

  /** A press of a button that the bot never offered: below the newest message with buttons, or as a text. */
  #forge({ kind, label, payload }) {
    if (kind === "text") return this.#inOrder(() => api.write(this.view, { text: label, payload }));
    this.told.pressed(this.view);
    const cmid = this.history.latestWithButtons;
    return api.forgePress(this.view, payload, cmid === null ? null : Number(cmid));
  }

  async #choose(how) {
    const { view } = this;
    if (how === "answer") {
      const answered = await this.choosing.one();
      if (answered) this.told.draftOf(view).answered = answered;
    } else {
      const chosen = await this.choosing.several(this.#places());
      if (chosen) this.told.draftOf(chosen.place).forwarded.push(...chosen.messages);
      if (chosen && chosen.place !== view) return this.told.go(chosen.place);
    }
    this.composer.redraw();
    this.composer.focus();
  }

  /** Where this person can forward messages to: here first. */
  #places() {
    const { view, messenger } = this;
    const { person } = view;
    const theirs = [...messenger.conversations.keys()].filter((peer) => messenger.isMember(peer, person));
    const all = [ownDialogue(person), ...theirs.map((peer) => ({ peer, person }))];
    const others = all.filter(({ peer }) => peer !== view.peer).map((value) => ({ name: messenger.title(value.peer), value }));
    return [{ name: "Сюда", value: view }, ...others];
  }

  /** What the dialogue lets the person do now; what is not named stays. */
  #offer(offered) {
    Object.assign(this.offered, offered);
    const { begun, allowed, outside } = this.offered;
    this.root.querySelector(".nothing-yet").hidden = begun;
    this.root.querySelector(".denied").hidden = allowed || !begun;
    this.root.querySelector(".outside").hidden = !outside;
    this.head.permission(allowed);
    this.composer.show(this.offered);
  }
}
