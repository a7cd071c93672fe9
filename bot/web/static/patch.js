// Makes the page look like newly drawn content, keeping every node that stands for the same thing: so bars grow instead
// of blinking, pictures stay loaded, and who uses the keyboard keeps their place.
//
// `data-key` says what an element stands for among its siblings. The inside of `data-client` belongs to a script.

/** Set by scripts only; the server never draws them. */
const OWN = new Set(["style", "data-shows", "data-long", "data-last", "data-over"]);

/** The drawn content as a detached element. */
export function read(html) {
  return new DOMParser().parseFromString(html, "text/html").body;
}

/** Gives `parent` the children of `fresh`. */
export function patch(parent, fresh) {
  const kept = new Map([...parent.children].filter(keyOf).map((child) => [keyOf(child), child]));
  const wanted = new Set([...fresh.children].map(keyOf));
  let at = parent.firstChild;
  for (const next of [...fresh.childNodes]) {
    while (at && keyOf(at) && !wanted.has(keyOf(at))) at = removed(at);
    const same = keyOf(next) ? kept.get(keyOf(next)) : at;
    if (!same || !isAlike(same, next)) {
      parent.insertBefore(document.adoptNode(next), at);
      continue;
    }
    if (same === at) at = at.nextSibling;
    else parent.insertBefore(same, at);
    renew(same, next);
  }
  while (at) at = removed(at);
}

function renew(node, fresh) {
  if (node.nodeType !== Node.ELEMENT_NODE) {
    if (node.data !== fresh.data) node.data = fresh.data;
    return;
  }
  for (const { name } of [...node.attributes]) {
    if (!fresh.hasAttribute(name) && !OWN.has(name)) node.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
  if (!isClients(node)) patch(node, fresh);
}

function isAlike(node, fresh) {
  return node.nodeName === fresh.nodeName && keyOf(node) === keyOf(fresh) && isClients(node) === isClients(fresh);
}

function isClients(node) {
  return node.dataset?.client !== undefined;
}

function keyOf(node) {
  return node.dataset?.key;
}

function removed(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}
