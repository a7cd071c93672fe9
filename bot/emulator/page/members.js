// The sheet with a conversation's members: who is there, who may what, inviting and excluding - the community too.

import * as api from "./api.js";
import { drawAvatar } from "./avatars.js";
import { element } from "./elements.js";

let shown = null;

/** Opens the sheet; the person of the view is the one who acts. */
export function showMembers(view, messenger) {
  const sheet = document.getElementById("members");
  const find = (selector) => sheet.querySelector(selector);
  shown = { view, messenger, sheet, find };
  find(".wrong").textContent = "";
  find("[data-close]").onclick = () => sheet.close();
  find("form").onsubmit = (event) => {
    event.preventDefault();
    const member = Number(find("[name=member]").value);
    if (member) attempt(() => api.invite(view.peer, view.person, member));
  };
  const [seesAll, refusing] = [find("[name=sees_all]"), find("[name=refused_with]")];
  seesAll.onchange = () => attempt(() => api.setRights(view.peer, { sees_all: seesAll.checked }));
  refusing.onchange = () => attempt(() => api.refuse(view.peer, Number(refusing.value) || null));
  sheet.onclose = () => { shown = null; };
  draw();
  sheet.showModal();
}

/** The conversation has changed: so does the open sheet. */
export function membersChanged(peer) {
  if (shown?.view.peer === peer) draw();
}

function draw() {
  const { view, messenger, find } = shown;
  const conversation = messenger.conversations.get(view.peer);
  find("h2").textContent = `Участники: ${conversation.title}`;
  find(".members-by").textContent = `Действует ${messenger.name(view.person)}`;
  find(".members-list").replaceChildren(...conversation.members.map(drawMember));
  const present = new Set(conversation.members.map(({ id }) => id));
  const absent = [-messenger.community.id, ...messenger.persons.keys()].filter((id) => !present.has(id));
  find("[name=member]").replaceChildren(...absent.map((id) => element("option", { value: id }, messenger.name(id))));
  find(".members-invite").hidden = absent.length === 0;
  find("[name=sees_all]").checked = conversation.bot.sees_all;
  find("[name=sees_all]").disabled = !conversation.bot.present;
  find("[name=refused_with]").value = String(conversation.refused_with ?? "");
}

function drawMember({ id, is_admin: isAdmin, is_owner: isOwner }) {
  const { view, messenger } = shown;
  const name = messenger.name(id);
  const change = () => attempt(() => api.setRights(view.peer, { member: id, is_admin: !isAdmin }));
  const kick = () => attempt(() => api.leave(view.peer, view.person, id));
  const role = isOwner ? "создатель" : isAdmin ? "администратор" : "";
  const isSelf = id === view.person;
  return element("li", { class: "member" },
    drawAvatar(id, name, "avatar-small"),
    element("span", { class: "member-name", dir: "auto" }, name, role && element("small", {}, role)),
    isOwner ? null : action(isAdmin ? "Снять права" : "В админы", name, change),
    action(isSelf ? "Выйти" : "Исключить", name, kick));
}

function action(text, name, click) {
  return element("button", { type: "button", class: "plain", "aria-label": `${text}: ${name}`, click }, text);
}

async function attempt(act) {
  const { find, messenger } = shown;
  find(".wrong").textContent = "";
  try {
    const conversation = await act();
    messenger.conversations.set(conversation.peer_id, conversation);
  } catch (error) {
    find(".wrong").textContent = error.message;
  }
  if (shown) draw();
}
