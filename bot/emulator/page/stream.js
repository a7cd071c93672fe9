// What happens in the messenger, live: the event stream, which comes back by itself after it was lost.

const KINDS = ["message", "edited", "deleted", "popup", "typing", "person", "dialogue", "clock"];
const AGAIN_AFTER_MS = 1500;

/**
 * Calls `told(kind, change)` for everything that happens. `missed()` is called at the start and after every gap: then
 * everything has to be loaded anew. `connected(yes)` tells whether the stream is there.
 */
export function follow({ told, missed, connected }) {
  const source = new EventSource("/control/stream");
  for (const kind of KINDS) source.addEventListener(kind, (event) => told(kind, JSON.parse(event.data)));
  source.addEventListener("lagged", missed);
  source.addEventListener("open", () => {
    connected(true);
    missed();
  });
  source.addEventListener("error", () => {
    connected(false);
    // A browser gives up after an answer that is no stream (a proxy's 502), though not after a lost connection.
    if (source.readyState === EventSource.CLOSED) setTimeout(() => follow({ told, missed, connected }), AGAIN_AFTER_MS);
  });
  addEventListener("pagehide", () => source.close(), { once: true });
}
