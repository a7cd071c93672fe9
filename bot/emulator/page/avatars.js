// The round pictures of people, the square ones of the community and of conversations.

import { element } from "./elements.js";
import { initials } from "./format.js";

const COLORS = 6;

const colour = (id) => `avatar-${id % COLORS}`;

/** `size`: an additional class. Names stand beside avatars, so nobody has to hear them twice. */
export function drawAvatar(id, name, size = "") {
  const look = id < 0 ? "avatar-community" : colour(id);
  return element("span", { class: `avatar ${look} ${size}`, "aria-hidden": "true" }, initials(name));
}

export function drawConversationAvatar(peerId, title, size = "") {
  const classes = `avatar avatar-conversation ${colour(peerId)} ${size}`;
  return element("span", { class: classes, "aria-hidden": "true" }, initials(title));
}
