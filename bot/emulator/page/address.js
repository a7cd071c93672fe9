// Which dialogues are open, as the address tells it after #: `#/100001,2000000001:100002/2` is the own dialogue of
// person 100001 beside a conversation as its member 100002 sees it, and the second of the two is the one in use.
// `/0` in place of `/2` shows the list on a phone while both stay open.

export const MOST_OPEN = 4;
const FIRST_CONVERSATION = 2_000_000_000;
const ADDRESS = /^#\/(\d+(?::\d+)?(?:,\d+(?::\d+)?)*)(?:\/(\d))?$/;

export const isConversation = (peerId) => peerId > FIRST_CONVERSATION;

/** A person's own dialogue with the community. */
export const ownDialogue = (person) => ({ peer: person, person });

/** One view in the address; the same view is never open twice. */
export const keyOf = ({ peer, person }) => (peer === person ? `${person}` : `${peer}:${person}`);

/** {views: [{peer, person}], active}: `active` is the place of the one in use, -1 while the list is looked at. */
export function parsed(hash) {
  const [, open, active] = ADDRESS.exec(hash) ?? [];
  if (open === undefined) return { views: [], active: -1 };
  const keys = [...new Set(open.split(","))].slice(0, MOST_OPEN);
  const views = keys.map((key) => {
    const [peer, person = peer] = key.split(":").map(Number);
    return { peer, person };
  });
  return { views, active: Math.min(Number(active ?? 1), views.length) - 1 };
}

export function written({ views, active }) {
  if (views.length === 0) return "#/";
  const place = active === 0 ? "" : `/${active + 1}`; // nothing means the first
  return `#/${views.map(keyOf).join(",")}${place}`;
}

/** With a view opened: in place of the one in use, or beside all that are open. */
export function opened({ views, active }, view, { beside }) {
  const known = views.findIndex((other) => keyOf(other) === keyOf(view));
  if (known >= 0) return { views, active: known };
  if (beside && views.length > 0) return { views: [...views, view], active: views.length };
  const place = Math.max(active, 0);
  return { views: [...views.slice(0, place), view, ...views.slice(place + 1)], active: place };
}

export function closed({ views, active }, view) {
  const kept = views.filter((other) => keyOf(other) !== keyOf(view));
  return { views: kept, active: Math.min(active, kept.length - 1) };
}
