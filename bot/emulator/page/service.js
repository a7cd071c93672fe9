// What a conversation tells about itself: who invited, left, renamed, pinned. VK's apps word it by the action's type.

import { element } from "./elements.js";

const ENDS_LIKE_HER = /[ая]$/i;
const HER_SURNAME = /(?:ов|ев|ёв|ин|ын)а$|ая$/i;
const HIS_NAMES = new Set(
  "илья никита фома лука кузьма савва данила гаврила миша саша паша дима лёша леша коля ваня петя вова".split(" "));

/** One line for a message that has an action. */
export function inWords(message, messenger) {
  const { action, from_id: by } = message;
  const who = by < 0 ? "Сообщество" : messenger.name(by);
  const did = (his, hers) => (by < 0 ? itDid(his) : isHer(messenger.persons.get(by)) ? hers : his);
  return (WORDS[action.type] ?? unknown)({ action, by, who, did, messenger });
}

/** A centred line among the bubbles. */
export function drawService(message, messenger) {
  return element("li", { class: "service", "data-cmid": message.cmid },
    element("span", { dir: "auto" }, inWords(message, messenger)));
}

const WORDS = {
  chat_create: ({ action, who, did }) => `${who} ${did("создал", "создала")} беседу «${action.text ?? ""}»`,
  chat_invite_user: ({ action, by, who, did, messenger }) => {
    if (action.member_id === by) return `${who} ${did("вернулся", "вернулась")} в беседу`;
    return `${who} ${did("пригласил", "пригласила")} ${whom(action.member_id, messenger)}`;
  },
  chat_kick_user: ({ action, by, who, did, messenger }) => {
    if (action.member_id === by) return `${who} ${did("вышел", "вышла")} из беседы`;
    return `${who} ${did("исключил", "исключила")} ${whom(action.member_id, messenger)}`;
  },
  chat_title_update: ({ action, who, did }) => `${who} ${did("назвал", "назвала")} беседу «${action.text ?? ""}»`,
  chat_pin_message: ({ who, did }) => `${who} ${did("закрепил", "закрепила")} сообщение`,
  chat_unpin_message: ({ who, did }) => `${who} ${did("открепил", "открепила")} сообщение`,
  chat_photo_update: ({ who, did }) => `${who} ${did("обновил", "обновила")} фотографию беседы`,
  chat_photo_remove: ({ who, did }) => `${who} ${did("удалил", "удалила")} фотографию беседы`,
  chat_invite_user_by_link: ({ who, did }) => `${who} ${did("пришёл", "пришла")} в беседу по ссылке`,
};

const itDid = (his) => his.replace(/лся$/, "лось").replace(/ш[её]л$/, "шло").replace(/л$/, "ло");

const unknown = ({ action, who }) => `${who}: ${action.type}`;

/** Names are not declined: after a colon they need no case. */
const whom = (id, messenger) => (id < 0 ? "сообщество" : `участника: ${messenger.name(id)}`);

// VK knows the sex of its people, the local messenger does not: the name has to tell.
function isHer(person) {
  if (person === undefined) return false;
  if (HER_SURNAME.test(person.last_name)) return true;
  return ENDS_LIKE_HER.test(person.first_name) && !HIS_NAMES.has(person.first_name.toLowerCase());
}
