// The people who can write to the bot, with the last message of their own dialogue and what is unread.

import { ownDialogue } from "./address.js";
import { drawAvatar } from "./avatars.js";
import { fullName } from "./format.js";
import { inOneLine } from "./messages.js";
import { Rows } from "./rows.js";

export class People {
  /** `open(view, {beside})`: the reader chose a person. */
  constructor(root, messenger, open) {
    Object.assign(this, { messenger, empty: root.querySelector(".people-empty") });
    this.rows = new Rows(root.querySelector(".people-list"), {
      kind: "person",
      described: (id) => describe(messenger.persons.get(id)),
      open: (id, how) => open(ownDialogue(id), how),
    });
  }

  load() {
    this.rows.load([...this.messenger.persons.keys()]);
    this.empty.hidden = this.messenger.persons.size > 0;
  }

  /** Somebody is new, or their dialogue has changed. */
  draw(id) {
    if (!this.messenger.persons.has(id)) return;
    this.rows.draw(id);
    this.empty.hidden = true;
  }
}

function describe(person) {
  const { last_message: last, unread } = person.dialogue;
  const name = fullName(person);
  const said = last ? `${last.out ? "" : "Вы: "}${inOneLine(last)}` : "Ещё не писал боту";
  return { avatar: drawAvatar(person.id, name), name, said, unread, at: last?.date ?? 0 };
}
