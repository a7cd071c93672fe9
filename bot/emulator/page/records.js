// A call of the bot or an event for it, made ready for the log: whom it concerns, how it went, what can be found in it.

import { innerCalls } from "./execute.js";

const MOST_PEERS = 3;

/** kind: "call" or "event"; told: as the control API tells it. */
export function recorded(kind, told) {
  return kind === "call" ? ofCall(told) : ofEvent(told);
}

function ofCall(told) {
  const { number, at, method, params, response, error } = told;
  const inner = method === "execute" ? innerCalls(told) : [];
  const failed = inner.filter((call) => call.error !== null);
  const code = error?.error_code ?? failed[0]?.error.error_code ?? null;
  const peers = inner.length > 0 ? inner.map((call) => peerOf(call.params)) : [peerOf(params)];
  const name = inner.length > 0 ? `execute × ${inner.length}` : method;
  const answer = error === undefined ? response : error;
  const peer = listed(peers);
  const found = [name, ...inner.map((call) => call.method), peer, code ?? ""].join(" ").toLowerCase();
  return { key: `call ${number}`, kind: "call", at, name, peer, code, inner, params, answer, found };
}

function ofEvent({ number, at, type, event_id: id, object }) {
  const peer = String(object.message?.peer_id ?? object.peer_id ?? object.user_id ?? "");
  const found = `${type} ${peer}`.toLowerCase();
  return { key: `event ${number}`, kind: "event", at, name: type, peer, code: null, id, object, found };
}

function peerOf(params) {
  return String(params.peer_id ?? params.peer_ids ?? params.user_id ?? params.user_ids ?? "");
}

function listed(peers) {
  const different = [...new Set(peers.flatMap((peer) => peer.split(",")).filter(Boolean))];
  const rest = different.length - MOST_PEERS;
  return different.slice(0, MOST_PEERS).join(", ") + (rest > 0 ? ` и ещё ${rest}` : "");
}
