// Puts the page together: who is chosen (in the address after #), the live stream, the column and the open dialogue.

import * as api from "./api.js";
import { CampaignClock } from "./clock.js";
import { emptyDraft } from "./composer.js";
import { Dialogue } from "./dialogue.js";
import { pasted } from "./links.js";
import { People } from "./people.js";
import { askLink, askNewPerson } from "./sheets.js";
import { follow } from "./stream.js";
import { complain } from "./toasts.js";

const OF_DIALOGUE = new Set(["message", "edited", "deleted", "popup", "typing", "dialogue"]);

class Page {
  #drafts = new Map();
  #held = null;

  constructor() {
    this.people = new People(document.querySelector(".people"));
    this.clock = new CampaignClock(document.querySelector(".clock"));
    this.stage = document.querySelector(".stage");
    this.dialogue = null;
    for (const button of document.querySelectorAll(".add-person")) {
      button.addEventListener("click", () => askNewPerson((names) => this.#add(names)));
    }
    addEventListener("hashchange", () => this.#route());
    document.addEventListener("visibilitychange", () => this.dialogue?.markRead());
  }

  /** Everything anew, after the start and after every gap in the stream. */
  async load() {
    const held = this.#held = [];
    try {
      const [community, persons] = await Promise.all([api.community(), api.persons()]);
      if (this.#held !== held) return;
      this.#show(community, persons);
    } finally {
      if (this.#held === held) this.#held = null;
    }
    held.forEach(([kind, change]) => this.#toPeople(kind, change));
    this.#count();
    if (!this.#route()) await this.dialogue?.load();
  }

  #show(community, persons) {
    this.community = community;
    document.querySelector(".community-name").textContent = community.name;
    this.clock.show(community.clock);
    this.people.load(persons);
  }

  told(kind, change) {
    if (kind === "clock") this.clock.show(change);
    if (this.#held) this.#held.push([kind, change]);
    else this.#toPeople(kind, change);
    if (OF_DIALOGUE.has(kind) && change.peer_id === this.dialogue?.person.id) this.dialogue.apply(kind, change);
    this.#count();
  }

  #toPeople(kind, change) {
    if (kind === "person") this.people.put(change);
    else if (kind === "message") this.people.message(change.message, { seen: this.#isLookedAt(change.peer_id) });
    else if (kind === "edited") this.people.edited(change.message);
    // What was read or deleted changes the counter and the last message: only the messenger can count them again.
    else if (kind === "dialogue" || kind === "deleted") this.#refresh(change.peer_id);
  }

  #isLookedAt(id) {
    return this.dialogue?.person.id === id && document.visibilityState === "visible";
  }

  async #refresh(id) {
    const person = await api.person(id).catch(() => null);
    if (person === null) return;
    this.people.put(person);
    this.#count();
  }

  async #add(names) {
    const person = await api.addPerson(names);
    this.people.put(person);
    location.hash = `#/${person.id}`;
  }

  /** Opens the dialogue that the address names; false if it is open already. */
  #route() {
    const id = Number(location.hash.match(/^#\/(\d+)$/)?.[1] ?? 0);
    const person = this.people.known.get(id) ?? null;
    if (person !== null && this.dialogue?.person.id === id) return false;
    this.dialogue?.close();
    this.dialogue = null;
    document.body.dataset.view = person === null ? "people" : "dialogue";
    this.people.choose(person?.id ?? null);
    if (person !== null) this.#open(person);
    return true;
  }

  #open(person) {
    if (!this.#drafts.has(person.id)) this.#drafts.set(person.id, emptyDraft());
    const told = { openLink: () => this.#askLink(), spoken: (text) => this.#spoken(text) };
    const draft = this.#drafts.get(person.id);
    this.dialogue = new Dialogue(person, { community: this.community, draft, told });
    this.stage.append(this.dialogue.root);
    const { dialogue } = this;
    // On a phone the focus would bring the screen's keyboard up over the messages.
    const focus = () => { if (matchMedia("(pointer: fine)").matches) dialogue.composer.focus(); };
    dialogue.load().then(focus).catch(complain);
  }

  #askLink() {
    askLink((text) => {
      const link = pasted(text, this.community);
      if (link !== null) this.dialogue?.follow(link);
      return link !== null;
    });
  }

  #spoken(text) {
    document.querySelector(".spoken").textContent = `${this.community.name}: ${text}`;
  }

  #count() {
    const { unread } = this.people;
    const name = this.community?.name ?? "Сообщения";
    document.title = unread > 0 ? `(${unread}) ${name}` : name;
  }
}

const page = new Page();

follow({
  told: (kind, change) => page.told(kind, change),
  missed: () => page.load().catch(complain),
  connected: (yes) => { document.querySelector(".connection").hidden = yes; },
});
