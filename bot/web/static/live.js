// The stream of changes, which comes back by itself for ever, whatever happened to it.

const SILENT_MS = 35_000; // the server says every 12 s that it lives
const CHECKED_MS = 5_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
const ANSWERED_WITHIN_MS = 10_000;

/**
 * `told(event)` gets everything that the stream tells; each event is complete. `state(word)` is called with "here",
 * "lost" (it is being looked for) and "gone" (the address is no longer valid; still asked for, now and then).
 *
 * A browser would reconnect by itself after a lost connection, but not after an answer that is no stream, and it would
 * not notice a connection that died without a word. So all of it is done here.
 */
export class Live {
  #address;
  #listener;
  #source = null;
  #heardAt = 0;
  #pause = FIRST_PAUSE_MS;
  #waiting = 0;

  constructor(address, listener) {
    this.#address = address;
    this.#listener = listener;
    setInterval(() => this.#check(), CHECKED_MS);
    document.addEventListener("visibilitychange", () => this.#check());
    addEventListener("online", () => {
      if (!this.#source) this.#again();
    });
    addEventListener("pagehide", () => this.#close());
    addEventListener("pageshow", (event) => {
      if (event.persisted) this.open();
    });
  }

  open() {
    this.#close();
    this.#heardAt = Date.now();
    const source = this.#source = new EventSource(`${this.#address}/events`);
    source.addEventListener("screen", (event) => this.#heard(event));
    source.addEventListener("beat", (event) => this.#heard(event));
    source.addEventListener("error", () => this.#lost("lost"));
  }

  #heard(event) {
    this.#heardAt = Date.now();
    this.#pause = FIRST_PAUSE_MS;
    this.#listener.state("here");
    this.#listener.told(JSON.parse(event.data));
  }

  #check() {
    if (this.#source && Date.now() - this.#heardAt > SILENT_MS) this.#lost("lost");
  }

  #lost(state) {
    this.#close();
    this.#listener.state(state);
    // Not all at once: a restarted bot finds every screen at its door.
    this.#waiting = setTimeout(() => this.#again(), this.#pause * (0.75 + Math.random() / 2));
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MS);
  }

  /** Only a page's answer tells a wrong address from a bot that is down: a stream fails without a reason. */
  async #again() {
    this.#close();
    const status = await answered(this.#address);
    if (this.#source) return; // somebody was quicker
    if (status === 200) this.open();
    else this.#lost(status === 404 ? "gone" : "lost");
  }

  #close() {
    clearTimeout(this.#waiting);
    this.#source?.close();
    this.#source = null;
  }
}

/** The status of a page, 0 if there is no answer. */
async function answered(address) {
  const patience = new AbortController();
  const late = setTimeout(() => patience.abort(), ANSWERED_WITHIN_MS);
  try {
    return (await fetch(address, { cache: "no-store", signal: patience.signal })).status;
  } catch {
    return 0;
  } finally {
    clearTimeout(late);
  }
}
