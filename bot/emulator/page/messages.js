// One message as a bubble: what it quotes, its text, attachments, time, and the buttons below it.

import { drawAttachment, named } from "./attachments.js";
import { element } from "./elements.js";
import { time } from "./format.js";
import { drawKeyboard } from "./keyboard.js";
import { linked } from "./links.js";

/**
 * context: {community, person, press(message, place, key), follow(link)}.
 */
export function drawMessage(message, context) {
  const { community, follow, press } = context;
  const author = message.out ? community.name : "Вы";
  const bubble = element("div", { class: "bubble" },
    element("span", { class: "visually-hidden" }, `${author}: `),
    ...quotes(message, context),
    message.text ? element("p", { class: "text", dir: "auto" }, linked(message.text, community, follow)) : null,
    ...message.attachments.map(drawAttachment),
    drawTime(message));
  const keyboard = message.keyboard && message.keyboard.buttons.length > 0
    ? drawKeyboard(message.keyboard, { community, follow, press: (place, key) => press(message, place, key) })
    : null;
  const side = message.out ? "theirs" : "own";
  return element("li", { class: `message message-${side}`, "data-cmid": message.cmid }, bubble, keyboard);
}

/** The message in one line, for the list of people and for screen readers. */
export function inOneLine(message) {
  const text = message.text.replace(/\s+/g, " ").trim();
  return text || message.attachments.map(named).join(", ") || "Пересланное сообщение";
}

function drawTime(message) {
  const edited = message.edited_at === null ? null : element("span", { class: "edited" }, "изменено ");
  return element("span", { class: "meta" }, edited, element("time", {}, time(message.date)));
}

function quotes(message, context) {
  const shown = message.forwards.map((quote) => drawQuote(quote, context));
  return message.reply_to ? [drawQuote(message.reply_to, context), ...shown] : shown;
}

function drawQuote(quote, { community, person }) {
  const author = quote.from_id < 0 ? community.name : quote.from_id === person.id ? person.first_name : "Сообщение";
  const text = quote.text || quote.attachments.map(named).join(", ");
  return element("blockquote", { class: "quote" },
    element("strong", {}, author), element("span", { dir: "auto" }, text));
}
