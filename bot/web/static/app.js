// Puts the page together: what the stream tells is shown, made to fit, and counted down.

import { listen } from "./controls.js";
import { Countdown } from "./countdown.js";
import { fit } from "./fit.js";
import { Gallery } from "./gallery.js";
import { Live } from "./live.js";
import { patch, read } from "./patch.js";

const REFITTED_AFTER_MS = 100;
const root = document.documentElement;
const main = document.querySelector("main");
const countdown = new Countdown(main);
const gallery = new Gallery(main);

/** After every change of the content, before the browser paints it. */
function settle() {
  countdown.tick();
  fit(main);
  gallery.settle();
}

function show({ html, version, ...moment }) {
  // The bot was replaced by another version: what it draws may need other scripts than these.
  if (version !== root.dataset.version) {
    location.reload();
    return;
  }
  countdown.set(moment);
  if (html !== undefined) patch(main, read(html));
  settle();
}

function tellState(state) {
  document.querySelector(".lost").hidden = state !== "lost";
  document.querySelector(".gone").hidden = state !== "gone";
}

let refitting = 0;
addEventListener("resize", () => {
  clearTimeout(refitting);
  refitting = setTimeout(settle, REFITTED_AFTER_MS);
});

settle();
listen(gallery);
new Live(location.pathname, { told: show, state: tellState }).open();
