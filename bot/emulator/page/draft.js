// What a person has not sent yet: it is kept while another dialogue is open, and shown as chips above the input.

import { named } from "./attachments.js";
import { element, icon } from "./elements.js";
import { size } from "./format.js";
import { inOneLine } from "./messages.js";

/**
 * link: the deep link that was opened · writing: «Написать сообщение» was chosen in place of «Начать» ·
 * answered: the message that is replied to · forwarded: messages of this or another dialogue.
 */
export const emptyDraft = () => ({ text: "", files: [], link: null, writing: false, answered: null, forwarded: [] });

export function isEmpty({ text, files, forwarded }) {
  return !(text.trim() || files.length > 0 || forwarded.length > 0);
}

/** The draft as the control API takes it, to be sent to that peer. */
export function asMessage({ text, files, link, answered, forwarded }, peer) {
  const message = { text, ...link, attachments: files };
  if (answered) message.reply_to = answered.cmid;
  const isFromHere = forwarded.every(({ peer_id: from }) => from === peer);
  if (forwarded.length > 0) {
    message.forwards = forwarded.map(({ peer_id, cmid }) => (isFromHere ? cmid : { peer_id, cmid }));
  }
  return message;
}

/** What could not be sent goes back in front of what was written meanwhile. */
export function giveBack(draft, unsent) {
  Object.assign(draft, unsent, {
    text: [unsent.text, draft.text].filter(Boolean).join("\n"),
    files: [...unsent.files, ...draft.files],
    forwarded: [...unsent.forwarded, ...draft.forwarded],
    writing: true,
  });
}

/** One chip for each thing that goes with the text; `changed()` is called after one was taken out. */
export function drawChips(draft, changed) {
  const without = (change) => () => {
    change();
    changed();
  };
  const chips = draft.files.map((file) => drawChip(...pictured(file), without(() => {
    draft.files.splice(draft.files.indexOf(file), 1);
  })));
  const { link, answered, forwarded } = draft;
  if (forwarded.length > 0) {
    const text = `Пересылается: ${forwarded.length}`;
    chips.unshift(drawChip("forward", text, without(() => { draft.forwarded = []; })));
  }
  if (answered) {
    const text = `Ответ: ${inOneLine(answered)}`;
    chips.unshift(drawChip("reply", text, without(() => { draft.answered = null; })));
  }
  if (link !== null) chips.unshift(drawChip("link", `По ссылке: ${link.ref}`, without(() => { draft.link = null; })));
  return chips;
}

function pictured(file) {
  if (file.type === "doc") return ["file", `${file.doc.title}, ${size(file.doc.size)}`];
  return [file.type === "photo" ? "picture" : "voice", named(file)];
}

function drawChip(picture, text, remove) {
  const label = `Убрать: ${text}`;
  return element("li", { class: "chip" }, icon(picture), element("span", { dir: "auto" }, text),
    element("button", { type: "button", "aria-label": label, title: "Убрать", click: remove }, icon("close")));
}
