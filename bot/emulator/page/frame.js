// Drawing once per frame, however often it is asked for: a burst of changes must not freeze the page.

const WHEN_HIDDEN_MS = 250; // a hidden tab gets no frames

/** A function that lets `draw()` run in the next frame; asked again before it, it changes nothing. */
export function perFrame(draw) {
  let isAsked = false;
  const run = () => {
    isAsked = false;
    draw();
  };
  return () => {
    if (isAsked) return;
    isAsked = true;
    if (document.visibilityState === "visible") requestAnimationFrame(run);
    else setTimeout(run, WHEN_HIDDEN_MS);
  };
}
