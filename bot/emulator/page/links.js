// Text with its links: addresses become clickable, mentions show their name, deep links to us stay in the page.

import { element } from "./elements.js";

const MENTION = String.raw`\[(?:id|club|public)\d+\|([^\]\n]+)\]`;
const ADDRESS = String.raw`https?:\/\/[^\s<>"«»]+`;
const HOST = String.raw`(?<![\p{L}\p{N}@._-])(?:[\p{L}\p{N}-]+\.)+(?:ru|su|рф|com|me|org|net)`;
const BARE = String.raw`${HOST}(?![\p{L}\p{N}_-]|\.\p{L})(?:\/[^\s<>"«»]*)?`;
const FOUND = new RegExp(`${MENTION}|${ADDRESS}|${BARE}`, "giu");
const TRAILING = /[.,;:!?'"…\]]+$/u;
const REF = /^[\p{L}\p{N}_.~=-]{1,512}$/u;

/** The text as nodes. `follow(link)` is called for a click on a deep link to this community. */
export function linked(text, community, follow) {
  const parts = document.createDocumentFragment();
  let done = 0;
  for (const match of text.matchAll(FOUND)) {
    const shown = match[1] === undefined ? withoutTrailing(match[0]) : match[0];
    const made = match[1] === undefined ? anchor(shown, community, follow) : mention(match[1]);
    if (made === null) continue;
    parts.append(text.slice(done, match.index), made);
    done = match.index + shown.length;
  }
  parts.append(text.slice(done));
  return parts;
}

const mention = (name) => element("span", { class: "mention" }, name);

function withoutTrailing(address) {
  const kept = address.replace(TRAILING, "");
  const count = (sign) => kept.split(sign).length;
  // A bracket closed inside the address belongs to it, one that was opened before it does not.
  return kept.endsWith(")") && count(")") > count("(") ? withoutTrailing(kept.slice(0, -1)) : kept;
}

function anchor(shown, community, follow) {
  const url = webAddress(/^https?:/i.test(shown) ? shown : `https://${shown}`);
  return url === null ? null : linkTo(url.href, community, follow, {}, shown);
}

/** An anchor to a web address; one into our dialogue calls `follow` in place of leaving the page. */
export function linkTo(address, community, follow, attributes, ...children) {
  const link = deepLink(address, community);
  const leaving = link ? {} : { target: "_blank", rel: "noopener noreferrer" };
  const clicked = (event) => {
    if (link === null) return;
    event.preventDefault();
    follow(link);
  };
  return element("a", { href: address, click: clicked, ...leaving, ...attributes }, ...children);
}

/** A parsed http(s) address, or null for anything else. */
export function webAddress(text) {
  try {
    const url = new URL(text);
    return ["http:", "https:"].includes(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

/** What a link into the community's dialogue carries, {ref, ref_source}; null if the address leads elsewhere. */
export function deepLink(address, community) {
  const url = webAddress(address);
  if (url === null) return null;
  const host = url.hostname.replace(/^(?:www|m)\./, "");
  const name = url.pathname.replaceAll("/", "").toLowerCase();
  const names = [community.screen_name.toLowerCase(), `club${community.id}`, `public${community.id}`];
  const isWriting = /^vk\.(?:com|ru)$/.test(host) && name === `write-${community.id}`;
  const isOurs = isWriting || (host === "vk.me" && names.includes(name));
  return isOurs ? carried(url.searchParams) : null;
}

function carried(parameters) {
  const link = {};
  for (const name of ["ref", "ref_source"]) {
    const value = parameters.get(name);
    if (value) link[name] = value;
  }
  return link;
}

/** What a person pasted into «Открыть ссылку»: a deep link, with or without scheme, or a bare ref. Null: neither. */
export function pasted(text, community) {
  const entered = text.trim();
  const link = deepLink(entered, community) ?? deepLink(`https://${entered}`, community);
  if (link !== null) return link;
  return REF.test(entered) && !/^(?:vk\.|www\.)/i.test(entered) ? { ref: entered } : null;
}
