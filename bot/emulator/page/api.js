// Requests to the control API of the local messenger. A refusal becomes `Refused`, worded for the reader.

export class Refused extends Error {
  constructor(status, detail) {
    super(inWords(status, detail));
    this.status = status;
  }
}

function inWords(status, detail) {
  switch (status) {
    case 0: return "Нет связи с мессенджером";
    case 404: return "Этого здесь уже нет";
    case 409: return "Этой кнопки на экране уже нет";
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
    throw new Refused(0, "");
  }
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(answer.status, told.error ?? answer.status);
  return told;
}

export const community = () => request("GET", "community");
export const persons = async () => (await request("GET", "persons")).persons;
export const person = (id) => request("GET", `persons/${id}`);
export const addPerson = (names) => request("POST", "persons", names);

/** A page of a dialogue; `before`: only messages older than that cmid. */
export function dialogue(peerId, before = null, count = 50) {
  const older = before === null ? "" : `before=${before}&`;
  return request("GET", `dialogues/${peerId}?${older}count=${count}`);
}

export const write = (id, message) => request("POST", `persons/${id}/write`, message);
export const begin = (id, link) => request("POST", `persons/${id}/begin`, link);
export const press = (id, place) => request("POST", `persons/${id}/press`, place);
export const read = (id) => request("POST", `persons/${id}/read`, {});
export const deny = (id) => request("POST", `persons/${id}/deny`, {});
export const allow = (id) => request("POST", `persons/${id}/allow`, {});

/** Stores a file; gives the attachment to be passed to `write`. */
export async function upload(id, file) {
  const form = new FormData();
  form.append("file", file, file.name);
  return (await request("POST", `persons/${id}/files`, form)).attachment;
}

export const moveClock = (move) => request("POST", "clock", move);
