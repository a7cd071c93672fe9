// One person's dialogue with the bot: loading, what happens live, and what the person does in it.

import * as api from "./api.js";
import { Composer } from "./composer.js";
import { fullName, initials } from "./format.js";
import { History } from "./history.js";
import { Presses } from "./keyboard.js";
import { linkTo } from "./links.js";
import { inOneLine } from "./messages.js";
import { Panel } from "./panel.js";
import { complain, toast } from "./toasts.js";

const TYPING_MS = 10_000;

export class Dialogue {
  #presses = new Presses();
  #held = null;
  #more = false;
  #loadingOlder = false;
  #sending = Promise.resolve();
  #typing = null;

  /** told: {openLink(), spoken(text)}: ask for a link to open; read a text to those who do not see it. */
  constructor(person, { community, draft, told }) {
    Object.assign(this, { person, community, told });
    this.offered = { begun: true, allowed: true, keyboard: null };
    this.root = document.getElementById("dialogue").content.cloneNode(true).firstElementChild;
    const follow = (link) => this.follow(link);
    const press = (message, place, key) => this.#press({ cmid: message.cmid, ...place }, key);
    this.history = new History(this.root, { community, person, follow, press }, () => this.#loadOlder());
    this.composer = new Composer(this.root.querySelector(".composer"), { community, draft, acts: this.#acts(follow) });
    this.#drawHead();
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
      const page = await api.dialogue(this.person.id);
      if (this.#held !== held) return;
      this.#held = null;
      this.#show(page);
      held.forEach(([kind, change]) => this.apply(kind, change));
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
      case "popup": return this.#popup(change);
      case "typing": return this.#startTyping();
      case "dialogue": return this.#offer({ allowed: change.allowed, keyboard: change.keyboard });
    }
  }

  /** Open a deep link as this person: nothing is sent until they press «Начать» or write. */
  follow(link) {
    if (link.ref) this.composer.opened(link);
    else this.composer.focus();
  }

  /** Everything shown is read, if somebody looks at it. */
  markRead() {
    if (document.visibilityState === "visible") api.read(this.person.id).catch(() => {});
  }

  #message({ message, keyboard }) {
    this.#stopTyping();
    const isNews = message.out && !this.history.has(message.cmid);
    this.history.arrived(message);
    this.#offer({ begun: true, keyboard });
    if (!isNews) return;
    this.told.spoken(inOneLine(message));
    this.markRead();
  }

  #edited({ message }) {
    if (this.history.has(message.cmid)) this.history.put(message);
  }

  #popup(popup) {
    this.#presses.answered(popup.ticket);
    const { event_data: answer, user_id: pressedBy } = popup;
    if (pressedBy !== this.person.id || answer === null) return;
    if (answer.type === "show_snackbar") toast(answer.text);
    else if (answer.type === "open_link") this.#openLink(answer.link);
  }

  #startTyping() {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#stopTyping(), TYPING_MS);
    this.#status("печатает…");
  }

  #show(page) {
    // After a long absence what is shown may end before this page begins: then anew, without a hole.
    if (!page.messages.some(({ cmid }) => this.history.has(cmid))) this.history.clear();
    if (this.history.isEmpty) this.#more = page.more;
    this.history.merge(page.messages);
    this.#offer({ begun: !page.begin_offered, allowed: page.allowed, keyboard: page.keyboard });
    if (page.typing) this.#startTyping();
    this.markRead();
  }

  async #loadOlder() {
    if (!this.#more || this.#loadingOlder || this.history.isEmpty) return;
    this.#loadingOlder = true;
    try {
      const page = await api.dialogue(this.person.id, this.history.oldest);
      this.history.prepend(page.messages);
      this.#more = page.more;
    } catch (error) {
      complain(error);
    } finally {
      this.#loadingOlder = false;
    }
  }

  #acts(follow) {
    const { id } = this.person;
    return {
      send: (message) => this.#inOrder(() => api.write(id, message)),
      begin: (link) => this.#inOrder(() => api.begin(id, link)),
      upload: (file) => api.upload(id, file),
      press: (place, key) => this.#press({ cmid: null, ...place }, key),
      follow,
      fail: complain,
    };
  }

  /** Two texts sent quickly arrive in their order. */
  #inOrder(act) {
    const done = this.#sending.then(act);
    this.#sending = done.catch(() => {});
    return done;
  }

  async #press(place, key) {
    try {
      await this.#presses.during(key, () => api.press(this.person.id, place));
    } catch (error) {
      complain(error);
    }
  }

  #openLink(address) {
    const action = linkTo(address, this.community, (link) => this.follow(link), { class: "toast-action" }, "Открыть");
    toast(address, { action });
  }

  /** What the dialogue lets the person do now; what is not named stays. */
  #offer(offered) {
    Object.assign(this.offered, offered);
    const { begun, allowed } = this.offered;
    this.root.querySelector(".nothing-yet").hidden = begun;
    this.root.querySelector(".denied").hidden = allowed || !begun;
    this.root.querySelector("[data-act=deny]").hidden = !allowed;
    this.root.querySelector("[data-act=allow]").hidden = allowed;
    this.composer.show(this.offered);
  }

  #status(text) {
    const status = this.root.querySelector(".status");
    status.textContent = text;
    status.classList.toggle("status-typing", this.#typing !== null);
  }

  #stopTyping() {
    clearTimeout(this.#typing);
    this.#typing = null;
    this.#status(`Вы — ${fullName(this.person)}`);
  }

  #drawHead() {
    this.root.setAttribute("aria-label", `Диалог: ${this.community.name} и ${fullName(this.person)}`);
    this.root.querySelector("h2").textContent = this.community.name;
    this.root.querySelector(".avatar").textContent = initials(this.community.name);
    this.root.querySelector(".nothing-yet").textContent = "Сообщений ещё нет. Нажмите «Начать», чтобы бот ответил.";
    this.#stopTyping();
    this.#listenToMenu();
  }

  #listenToMenu() {
    const menu = new Panel(this.root.querySelector(".menu-button"), this.root.querySelector(".menu"));
    const permit = (act) => act(this.person.id).catch(complain);
    const acts = { "open-link": this.told.openLink, deny: () => permit(api.deny), allow: () => permit(api.allow) };
    this.root.querySelector(".menu").addEventListener("click", ({ target }) => {
      const act = target.closest("[data-act]");
      if (act === null) return;
      menu.close();
      acts[act.dataset.act]();
    });
    this.root.querySelector(".denied button").addEventListener("click", acts.allow);
  }
}
