// What hangs on a message: documents to download, photos, recordings, and a word for everything the page does not show.

import { element, icon } from "./elements.js";
import { size } from "./format.js";
import { webAddress } from "./links.js";
import { enlarge } from "./viewer.js";

const NAMES = {
  sticker: "Стикер",
  audio: "Аудиозапись",
  video: "Видео",
  wall: "Запись на стене",
  link: "Ссылка",
  poll: "Опрос",
  gift: "Подарок",
  market: "Товар",
  story: "История",
  graffiti: "Граффити",
};

/** A line for lists, quotes and screen readers. */
export function named(attachment) {
  const { type } = attachment;
  if (type === "doc") return attachment.doc.title;
  if (type === "photo") return "Фотография";
  if (type === "audio_message") return `Голосовое сообщение, ${attachment.audio_message.duration ?? 0} с`;
  return NAMES[type] ?? "Вложение";
}

export function drawAttachment(attachment) {
  switch (attachment.type) {
    case "doc": return drawDocument(attachment.doc);
    case "photo": return drawPhoto(attachment.photo);
    case "audio_message": return drawRecording(attachment);
    case "sticker": return drawSticker(attachment.sticker.sticker_id);
    default: return element("p", { class: "other-attachment" }, named(attachment));
  }
}

/** A photo, enlarged by a click. */
export function drawPhoto(photo) {
  const [largest] = [...(photo.sizes ?? [])].sort((one, other) => other.width - one.width);
  if (largest === undefined) return element("p", { class: "other-attachment" }, "Фотография");
  const address = stored(largest.url);
  // Width and height are told before the picture has come, so that the dialogue does not jump.
  const picture = element("img", { src: address, alt: "Фотография", width: largest.width, height: largest.height });
  const click = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a new tab was asked for
    event.preventDefault();
    enlarge(address);
  };
  return element("a", { class: "photo", href: address, target: "_blank", rel: "noopener", click }, picture);
}

/** VK's stickers are its own pictures, which are not here: a face with the number stands for all of them. */
export function drawSticker(id) {
  return element("span", { class: "sticker", role: "img", "aria-label": `Стикер ${id}` },
    icon("sticker"), element("span", { class: "sticker-number" }, String(id)));
}

function drawDocument(doc) {
  const about = element("span", { class: "doc-about" },
    element("span", { class: "doc-title" }, doc.title),
    element("span", { class: "doc-size" }, [doc.ext?.toUpperCase(), size(doc.size ?? 0)].filter(Boolean).join(" · ")));
  return element("a", { class: "doc", href: stored(doc.url), target: "_blank", rel: "noopener" },
    element("span", { class: "doc-icon" }, icon("file")), about);
}

function drawRecording(attachment) {
  const label = element("span", { class: "recording-name" }, icon("voice"), named(attachment));
  const address = stored(attachment.audio_message.link_ogg ?? "");
  const player = address && element("audio", { controls: true, preload: "none", src: address });
  return element("div", { class: "recording" }, label, player);
}

/**
 * The address of a stored file at the host that the page came from: the messenger names one of its addresses, and after
 * a restart on another port an old one.
 */
function stored(address) {
  const url = webAddress(address);
  if (url === null) return null;
  return url.pathname.startsWith("/files/") ? url.pathname + url.search : url.href;
}
