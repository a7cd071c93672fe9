// «Внутренности»: what goes on between the bot and VK, and VK misbehaving on purpose. Nothing is kept or drawn while
// the panel is closed.

import { Callbacks } from "./callbacks.js";
import { Faults } from "./faults.js";
import { Limits } from "./limits.js";
import { Log } from "./log.js";
import { complain } from "./toasts.js";

const TABS = { ArrowLeft: -1, ArrowRight: 1 };

export class Workings {
  constructor(root, button) {
    Object.assign(this, { root, button });
    this.log = new Log(root.querySelector("#log"));
    this.faults = new Faults(root.querySelector("#faults"));
    this.limits = new Limits(root.querySelector("#limits"));
    this.callbacks = new Callbacks(root.querySelector("#callback"));
    this.tabs = [...root.querySelectorAll("[role=tab]")];
    for (const tab of this.tabs) tab.addEventListener("click", () => this.#choose(tab));
    root.querySelector("[role=tablist]").addEventListener("keydown", (event) => this.#key(event));
    root.querySelector(".workings-close").addEventListener("click", () => this.close());
    root.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) this.close();
    });
    button.addEventListener("click", () => (root.hidden ? this.open() : this.close()));
  }

  get isOpen() {
    return !this.root.hidden;
  }

  open() {
    this.root.hidden = false;
    this.button.ariaExpanded = "true";
    this.tabs.find(({ ariaSelected }) => ariaSelected === "true").focus();
    this.missed();
  }

  close() {
    this.root.hidden = true;
    this.button.ariaExpanded = "false";
    this.log.forget();
    this.button.focus();
  }

  /** A call or an event, as JSON. */
  told(kind, text) {
    if (!this.isOpen) return;
    this.log.told(kind, text);
    this.faults.mayBeUsed();
    if (kind === "event") this.callbacks.mayHaveChanged();
  }

  /** Loads what is kept, after opening and after every gap in the stream. */
  missed() {
    if (!this.isOpen) return;
    const parts = [this.log, this.faults, this.limits, this.callbacks];
    for (const part of parts) part.load().catch(complain);
  }

  #choose(tab) {
    for (const other of this.tabs) {
      other.ariaSelected = String(other === tab);
      other.tabIndex = other === tab ? 0 : -1;
      this.root.querySelector(`#${other.getAttribute("aria-controls")}`).hidden = other !== tab;
    }
    tab.focus();
  }

  #key(event) {
    const step = TABS[event.key];
    if (step === undefined) return;
    const shown = this.tabs.filter(({ hidden }) => !hidden);
    this.#choose(shown.at((shown.indexOf(event.target) + step) % shown.length));
  }
}
