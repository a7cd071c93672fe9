// The stretches of a long dialogue: what lies before, after and far from what is shown is loaded when it is wanted.

import * as api from "./api.js";
import { complain } from "./toasts.js";

const PAGE = 50;

export class Pages {
  #isLoading = false;
  #begun = 0;

  /** `loadNewest()` shows the end of the dialogue. */
  constructor(peer, { history, messenger, loadNewest }) {
    Object.assign(this, { peer, history, messenger, loadNewest });
  }

  older() {
    return this.#join(this.history.oldest, (page) => {
      this.history.hasOlder = page.more;
      this.history.prepend(page.messages);
    });
  }

  newer() {
    const end = this.history.newest + PAGE;
    return this.#join(end + 1, ({ messages }) => {
      this.history.hasNewer = this.#goesOnAfter(end);
      // A stretch of deleted messages gives nothing to go on from.
      if (messages.length === 0 && this.history.hasNewer) this.latest();
      else this.history.append(messages);
    });
  }

  latest() {
    this.startAnew();
    this.loadNewest().catch(complain);
  }

  /** Shows a message of long ago with those around it. */
  reveal(cmid) {
    if (this.history.reveal(cmid)) return;
    const end = cmid + PAGE / 2;
    this.#join(end + 1, (page) => {
      this.startAnew();
      this.history.merge(page.messages);
      this.history.hasOlder = page.more;
      this.history.hasNewer = this.#goesOnAfter(end);
      this.history.reveal(cmid);
    });
  }

  /** Shows what was read elsewhere, at the same height. `place`: as the other history gives it. */
  goTo(place) {
    if (!this.history.goTo(place)) this.reveal(place.cmid);
  }

  /** Nothing that is on its way belongs to what will be shown. */
  startAnew() {
    this.#begun += 1;
    this.history.clear();
  }

  #goesOnAfter(cmid) {
    return cmid < this.messenger.lastCmid(this.peer);
  }

  /** Loads what is before a number and lets it be joined to what is shown, unless that is something else by then. */
  async #join(before, join) {
    if (this.#isLoading) return;
    this.#isLoading = true;
    const begun = this.#begun;
    try {
      const page = await api.dialogue(this.peer, before, PAGE);
      if (begun === this.#begun) join(page);
    } catch (error) {
      complain(error);
    } finally {
      this.#isLoading = false;
    }
  }
}
