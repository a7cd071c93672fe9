// Requests to the control API of the local messenger. A refusal becomes `Refused`, worded for the reader.

export class Refused extends Error {
  constructor(status, detail, path) {
    super(inWords(status, detail, path));
    this.status = status;
  }
}

function inWords(status, detail, path) {
  switch (status) {
    case 0: return "Нет связи с мессенджером";
    case 404: return "Этого здесь уже нет";
    case 409: return /\/press$/.test(path) ? "Этой кнопки на экране уже нет" : `Сейчас так нельзя: ${detail}`;
    case 413: return "Файл слишком большой";
    default: return `Не получилось: ${detail}`;
  }
}

async function request(method, path, body) {
  const options = { method };
  if (body instanceof FormData) options.body = body;
  else if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers = { "Content-Type": "application/json" };
  }
  let answer;
  try {
    answer = await fetch(`/control/${path}`, options);
  } catch {
    throw new Refused(0, "", path);
  }
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(answer.status, told.error ?? answer.status, path);
  return told;
}

const get = (path) => request("GET", path);
const post = (path, body = {}) => request("POST", path, body);
const remove = (path) => request("DELETE", path);

// Who is there

export const community = () => get("community");
export const setCommunity = (switches) => post("community", switches);
export const persons = async () => (await get("persons")).persons;
export const person = (id) => get(`persons/${id}`);
export const addPerson = (names) => post("persons", names);

// What a person does. `view`: {peer, person}; the own dialogue needs no address.

const where = ({ peer, person: id }) => (peer !== id ? { peer_id: peer } : {});

/** A page of a dialogue; `before`: only messages older than that cmid. */
export function dialogue(peerId, before = null, count = 50) {
  const older = before === null ? "" : `before=${before}&`;
  return get(`dialogues/${peerId}?${older}count=${count}`);
}

export const write = (view, message) => post(`persons/${view.person}/write`, { ...message, ...where(view) });
export const begin = (id, link) => post(`persons/${id}/begin`, link);
export const press = (view, place) => post(`persons/${view.person}/press`, { ...place, ...where(view) });
/** A press of a callback button that is not there; `cmid`: the message below which it pretends to hang, or null. */
export const forgePress = (view, payload, cmid) => press(view, { payload, cmid });
export const read = (view) => post(`persons/${view.person}/read`, where(view));
export const deny = (id) => post(`persons/${id}/deny`);
export const allow = (id) => post(`persons/${id}/allow`);
export const joinCommunity = (id) => post(`persons/${id}/join`);
export const leaveCommunity = (id) => post(`persons/${id}/leave`);

/** Stores a file as "doc", "photo" or "voice"; gives the attachment to be passed to `write`. */
export async function upload(id, file, sort = "doc") {
  const form = new FormData();
  form.append("file", file, file.name);
  const how = sort === "doc" ? "" : `?as=${sort}`;
  return (await post(`persons/${id}/files${how}`, form)).attachment;
}

// Conversations

export const conversations = async () => (await get("conversations")).conversations;
export const conversation = (peer) => get(`conversations/${peer}`);
export const createConversation = (told) => post("conversations", told);
export const invite = (peer, by, member) => post(`conversations/${peer}/members`, { by, member });
export const leave = (peer, by, member) => remove(`conversations/${peer}/members/${member}?by=${by}`);
export const rename = (peer, by, title) => post(`conversations/${peer}/title`, { by, title });
export const setRights = (peer, rights) => post(`conversations/${peer}/rights`, rights);
export const refuse = (peer, code) => post(`conversations/${peer}/refuse`, { code });

// The workings of VK

export const calls = async () => (await get("calls")).calls;
export const events = async () => (await get("events")).events;
export const repeatEvent = (id) => post(`events/${encodeURIComponent(id)}/repeat`);
export const faults = async () => (await get("faults")).faults;
export const addFault = (fault) => post("faults", fault);
export const clearFaults = () => remove("faults");
export const loseLongPoll = (act) => post("long-poll", { act });
export const limitCalls = (most) => post("limits", { calls_per_second: most });
export const callback = () => get("callback");
export const moveClock = (move) => post("clock", move);
