// What happens in the messenger, live: the event stream, which comes back by itself after it was lost.

const KINDS = ["message", "edited", "deleted", "popup", "typing", "person", "dialogue", "conversation", "clock"];
const OF_WORKINGS = ["call", "event"];
const AGAIN_AFTER_MS = 1500;

/**
 * Calls `told(kind, change)` for everything that happens. `missed()` is called at the start and after every gap: then
 * everything has to be loaded anew. `connected(yes)` tells whether the stream is there. `worked(kind, text)` gets the
 * calls and events of the bot as JSON that nobody has parsed: a thousand a second may come, and mostly unwatched.
 */
export function follow(listener) {
  const { told, worked, missed, connected } = listener;
  const source = new EventSource("/control/stream");
  for (const kind of KINDS) source.addEventListener(kind, (event) => told(kind, JSON.parse(event.data)));
  for (const kind of OF_WORKINGS) source.addEventListener(kind, (event) => worked(kind, event.data));
  source.addEventListener("lagged", missed);
  source.addEventListener("open", () => {
    connected(true);
    missed();
  });
  source.addEventListener("error", () => {
    connected(false);
    // A browser gives up after an answer that is no stream (a proxy's 502), though not after a lost connection.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => follow(listener), AGAIN_AFTER_MS);
  });
  addEventListener("pagehide", () => source.close(), { once: true });
}
