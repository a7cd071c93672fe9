// The campaign's clock in the header: it shows campaign time in the campaign's own offset, and moves it.

import * as api from "./api.js";
import { Panel } from "./panel.js";

const FACE = new Intl.DateTimeFormat("ru", {
  weekday: "short", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", timeZone: "UTC",
});
const TICK_MS = 1000;
const DAY_MS = 86_400_000;

export class CampaignClock {
  constructor(root) {
    this.root = root;
    this.face = root.querySelector("time");
    this.form = root.querySelector("form");
    this.wrong = root.querySelector(".wrong");
    this.panel = new Panel(root.querySelector(".clock-face"), this.form, () => this.#fill());
    for (const button of root.querySelectorAll("[data-advance]")) {
      button.addEventListener("click", () => this.#move({ advance_s: Number(button.dataset.advance) }));
    }
    for (const button of root.querySelectorAll("[data-until]")) {
      button.addEventListener("click", () => this.#set(this.#next(button.dataset.until)));
    }
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#set(this.form.elements.instant.value);
    });
    setInterval(() => this.#draw(), TICK_MS);
  }

  /** `clock`: as the control API tells it; null hides the clock. */
  show(clock) {
    this.root.hidden = clock === null;
    if (clock === null) return;
    [this.offset] = clock.now.match(/(?:Z|[+-]\d\d:?\d\d)$/) ?? ["Z"];
    this.instant = Date.parse(clock.now);
    this.readAt = performance.now();
    this.speed = clock.speed;
    this.root.querySelector(".clock-speed").textContent = [0, 1].includes(clock.speed) ? "" : `×${clock.speed}`;
    this.#draw();
  }

  /** The wall clock of the campaign, as if it were UTC: the reader's own time zone has no say. */
  get #wall() {
    const passed = (performance.now() - this.readAt) * this.speed;
    return new Date(this.instant + passed + offsetMs(this.offset));
  }

  /** The next time the wall shows `time` (HH:MM): later today, or tomorrow. */
  #next(time) {
    const wall = this.#wall.toISOString();
    if (wall.slice(11, 16) < time) return `${wall.slice(0, 10)}T${time}`;
    const tomorrow = new Date(this.#wall.getTime() + DAY_MS);
    return `${tomorrow.toISOString().slice(0, 10)}T${time}`;
  }

  /** local: YYYY-MM-DDTHH:MM on the campaign's wall clock. */
  #set(local) {
    this.#move({ set: `${local}:00${this.offset}` });
  }

  #draw() {
    if (this.root.hidden) return;
    const wall = this.#wall;
    const shown = FACE.format(wall).replace(" г.", "").replace(" в ", ", ");
    if (this.face.textContent !== shown) this.face.textContent = shown;
    this.face.dateTime = wall.toISOString().slice(0, 16);
  }

  #fill() {
    this.wrong.textContent = "";
    this.form.elements.instant.value = this.#wall.toISOString().slice(0, 16);
  }

  async #move(move) {
    try {
      this.show(await api.moveClock(move));
      this.#fill();
    } catch (error) {
      this.wrong.textContent = error.message;
    }
  }
}

function offsetMs(offset) {
  const [, sign, hours, minutes] = offset.match(/([+-])(\d\d):?(\d\d)/) ?? ["", "+", "0", "0"];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
