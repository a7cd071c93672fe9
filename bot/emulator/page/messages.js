// One message as a bubble: its author, what it quotes, its text, attachments, time, and the buttons below it.

import { isConversation } from "./address.js";
import { drawAttachment, named } from "./attachments.js";
import { drawAvatar } from "./avatars.js";
import { drawCarousel } from "./carousel.js";
import { element } from "./elements.js";
import { time } from "./format.js";
import { drawKeyboard } from "./keyboard.js";
import { linked } from "./links.js";
import { drawService } from "./service.js";

/** context: {messenger, person, press(message, place, key), follow(link)}; `person`: whose eyes look. */
export function drawMessage(message, context) {
  if (message.action) return drawService(message, context.messenger);
  const { messenger, person } = context;
  const isOwn = message.from_id === person.id;
  const hasAuthor = isConversation(message.peer_id) && !isOwn;
  const name = messenger.name(message.from_id);
  const item = element("li", { class: `message message-${isOwn ? "own" : "theirs"}`, "data-cmid": message.cmid },
    hasAuthor ? drawAvatar(message.from_id, name, "avatar-author") : null,
    drawBubble(message, context, { name: isOwn ? "Вы" : name, hasAuthor }),
    ...drawButtons(message, context));
  item.classList.toggle("message-signed", hasAuthor);
  return item;
}

/** The message in one line, for lists and for screen readers. */
export function inOneLine(message) {
  const text = message.text.replace(/\[(?:id|club|public)\d+\|([^\]\n]+)\]/g, "$1").replace(/\s+/g, " ").trim();
  const attached = message.attachments.map(named).join(", ");
  return text || attached || (message.forwards.length > 0 ? "Пересланное сообщение" : "…");
}

function drawBubble(message, context, { name, hasAuthor }) {
  const { messenger, follow } = context;
  const { text } = message;
  return element("div", { class: "bubble" },
    hasAuthor
      ? element("p", { class: "author", dir: "auto" }, name)
      : element("span", { class: "visually-hidden" }, `${name}: `),
    message.reply_to ? drawQuote(message.reply_to, context) : null,
    text ? element("p", { class: "text", dir: "auto" }, linked(text, messenger.community, follow)) : null,
    ...message.attachments.map(drawAttachment),
    ...message.forwards.map((quote) => drawForward(quote, context)),
    drawTime(message));
}

function drawButtons(message, context) {
  const { follow } = context;
  const { community } = context.messenger;
  const told = { community, follow, press: (place, key) => context.press(message, place, key) };
  const { keyboard, template } = message;
  return [
    template?.type === "carousel" ? drawCarousel(template, told) : null,
    keyboard && keyboard.buttons.length > 0 ? drawKeyboard(keyboard, told) : null,
  ];
}

function drawTime(message) {
  const edited = message.edited_at === null ? null : element("span", { class: "edited" }, "изменено ");
  return element("span", { class: "meta" }, edited, element("time", {}, time(message.date)));
}

const authorOf = (quote, { messenger, person }) => (quote.from_id === person.id ? "Вы" : messenger.name(quote.from_id));

function drawQuote(quote, context) {
  const text = quote.text || quote.attachments.map(named).join(", ");
  return element("blockquote", { class: "quote" },
    element("strong", {}, authorOf(quote, context)), element("span", { dir: "auto" }, text));
}

function drawForward(quote, context) {
  const text = quote.text && linked(quote.text, context.messenger.community, context.follow);
  return element("blockquote", { class: "quote quote-forwarded" },
    element("strong", {}, authorOf(quote, context)),
    text ? element("p", { class: "quoted-text", dir: "auto" }, text) : null,
    ...quote.attachments.map(drawAttachment));
}
