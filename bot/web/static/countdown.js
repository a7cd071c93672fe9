// The timers: they run between the events of the stream, and go on when it is lost.

const TICK_MS = 100;
const LAST_MS = 60_000;

export class Countdown {
  constructor(main) {
    this.main = main;
    this.set({ now: Number(main.dataset.now), speed: Number(main.dataset.speed) });
    setInterval(() => this.tick(), TICK_MS);
  }

  /** now: campaign time in milliseconds; speed: how many of its seconds pass in a real one. */
  set({ now, speed }) {
    Object.assign(this, { now, speed, readAt: performance.now() });
  }

  tick() {
    const now = this.now + (performance.now() - this.readAt) * this.speed;
    for (const timer of this.main.querySelectorAll("[data-ends-at], [data-left]")) {
      const { endsAt, left } = timer.dataset;
      draw(timer, Math.max(0, endsAt ? Number(endsAt) - now : Number(left)));
    }
  }
}

function draw(timer, left) {
  const digits = timer.querySelector(".digits");
  const shown = clock(Math.ceil(left / 1000));
  if (digits.textContent !== shown) digits.textContent = shown;
  timer.toggleAttribute("data-long", shown.length > 5);
  timer.toggleAttribute("data-last", left <= LAST_MS);
  timer.toggleAttribute("data-over", left === 0);
}

/** «25:00»; from an hour on «1:25:00». */
function clock(seconds) {
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
  const hours = Math.floor(seconds / 3600);
  const shown = parts.map((part) => String(part).padStart(2, "0"));
  return (hours ? [hours, ...shown] : shown).join(":");
}
