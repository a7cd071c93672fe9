// The head of an open dialogue: who talks with whom, the actions, and the notices below it.

import { isConversation, ownDialogue } from "./address.js";
import * as api from "./api.js";
import { drawAvatar, drawConversationAvatar } from "./avatars.js";
import { element } from "./elements.js";
import { counted, fullName } from "./format.js";
import { showMembers } from "./members.js";
import { inOneLine } from "./messages.js";
import { Panel } from "./panel.js";
import { askTitle } from "./sheets.js";
import { complain } from "./toasts.js";

export class Head {
  #pinned = null;
  #isTyping = false;

  /** told: {openLink(), go(view), lookAs(person), close(view), reveal(cmid)}. */
  constructor(root, view, { messenger, told }) {
    Object.assign(this, { root, view, messenger, told });
    this.find = (selector) => root.querySelector(selector);
    this.isConversation = isConversation(view.peer);
    this.find(".nothing-yet").textContent = "Сообщений ещё нет. Нажмите «Начать», чтобы бот ответил.";
    this.find(".close").addEventListener("click", () => told.close(view));
    this.find(".as select").addEventListener("change", ({ target }) => this.#lookAs(target));
    this.find(".pinned").addEventListener("click", () => told.reveal(this.#pinned));
    this.find(".absent button").addEventListener("click", () => this.#permit(this.#invite()));
    for (const part of root.querySelectorAll("[data-of]")) {
      part.hidden = part.dataset.of !== (this.isConversation ? "conversation" : "dialogue");
    }
    this.#listenToMenu();
  }

  draw() {
    const { person } = this.view;
    const title = this.messenger.title(this.view.peer);
    const what = this.isConversation ? "Беседа" : "Диалог";
    this.root.setAttribute("aria-label", `${what}: ${title}, ${this.messenger.name(person)}`);
    this.find("h2").textContent = title;
    this.find(".dialogue-avatars").replaceChildren(
      this.isConversation ? drawConversationAvatar(this.view.peer, title) : drawAvatar(-1, title),
      drawAvatar(person, this.messenger.name(person), "avatar-as"));
    const { is_member: isMember } = this.messenger.persons.get(person);
    this.find("[data-act=join]").hidden = this.isConversation || isMember;
    this.find("[data-act=part]").hidden = this.isConversation || !isMember;
    if (this.isConversation) this.#drawConversation();
    this.#drawStatus();
  }

  typing(isTyping) {
    this.#isTyping = isTyping;
    this.#drawStatus();
  }

  /** Offers to forbid or to allow the community's messages. */
  permission(allowed) {
    this.find("[data-act=deny]").hidden = this.isConversation || !allowed;
    this.find("[data-act=allow]").hidden = this.isConversation || allowed;
  }

  /** Another column may show that already: then this one stays as it was. */
  #lookAs(select) {
    const person = Number(select.value);
    select.value = this.view.person;
    this.told.lookAs(person);
  }

  get #conversation() {
    return this.messenger.conversations.get(this.view.peer);
  }

  #drawStatus() {
    const status = this.find(".status");
    status.classList.toggle("status-typing", this.#isTyping);
    status.textContent = this.#isTyping ? "печатает…" : this.#who();
  }

  #who() {
    if (!this.isConversation) return `Вы — ${fullName(this.messenger.persons.get(this.view.person))}`;
    return counted(this.#conversation.members.length, ["участник", "участника", "участников"]);
  }

  #drawConversation() {
    const { bot, refused_with: code, pinned_cmid: pinned } = this.#conversation;
    this.find(".as").hidden = false;
    this.#drawEyes();
    this.find(".absent").hidden = bot.present;
    this.find(".refusing").hidden = code === null;
    this.find(".refusing").textContent = `Отправка сюда отклоняется ошибкой ${code}`;
    if (pinned !== this.#pinned) this.#pin(pinned).catch(complain);
  }

  /** Everybody whose eyes the reader can borrow; one who has left stays listed while looked through. */
  #drawEyes() {
    const { person } = this.view;
    const ids = this.messenger.membersOf(this.view.peer).map(({ id }) => id);
    const all = ids.includes(person) ? ids : [person, ...ids];
    const options = all.map((id) => element("option", { value: id, selected: id === person }, this.messenger.name(id)));
    const select = this.find(".as select");
    // An open list of options would be closed by drawing it anew.
    const isSame = select.textContent === options.map(({ textContent }) => textContent).join("");
    if (!isSame) select.replaceChildren(...options);
  }

  async #pin(cmid) {
    this.#pinned = cmid;
    const bar = this.find(".pinned");
    bar.hidden = cmid === null;
    if (cmid === null) return;
    const { messages } = await api.dialogue(this.view.peer, cmid + 1, 1);
    if (this.#pinned === cmid && messages.length > 0) bar.querySelector("span").textContent = inOneLine(messages[0]);
  }

  #invite() {
    return api.invite(this.view.peer, this.view.person, -this.messenger.community.id);
  }

  async #became(joining) {
    this.messenger.persons.set(this.view.person, await joining);
    this.draw();
  }

  #permit(act) {
    return act.catch(complain);
  }

  #listenToMenu() {
    const menu = new Panel(this.find(".menu-button"), this.find(".menu"));
    const { peer, person } = this.view;
    const { told, messenger } = this;
    const acts = {
      "open-link": told.openLink,
      deny: () => this.#permit(api.deny(person)),
      allow: () => this.#permit(api.allow(person)),
      join: () => this.#permit(this.#became(api.joinCommunity(person))),
      part: () => this.#permit(this.#became(api.leaveCommunity(person))),
      members: () => showMembers(this.view, messenger),
      rename: () => askTitle(this.#conversation.title, (title) => api.rename(peer, person, title)),
      "own-dialogue": () => told.go(ownDialogue(person)),
      leave: () => this.#permit(api.leave(peer, person, person)),
    };
    this.find(".menu").addEventListener("click", ({ target }) => {
      const act = target.closest("[data-act]");
      if (act === null) return;
      menu.close();
      acts[act.dataset.act]();
    });
    this.find(".denied button").addEventListener("click", acts.allow);
  }
}
