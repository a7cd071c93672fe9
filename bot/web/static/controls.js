// The two buttons in the corner, and the keys: T light or dark, F full screen, arrows through the works.

export function listen(gallery) {
  const acts = {
    KeyT: changeTheme,
    KeyF: changeFullScreen,
    ArrowRight: () => gallery.turn(1, true),
    ArrowLeft: () => gallery.turn(-1, true),
  };
  document.querySelector(".theme-button").addEventListener("click", changeTheme);
  document.querySelector(".full-button").addEventListener("click", changeFullScreen);
  document.addEventListener("keydown", (event) => {
    const act = acts[event.code];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
  document.addEventListener("visibilitychange", stayAwake);
  stayAwake();
}

function changeTheme() {
  const root = document.documentElement;
  root.dataset.theme = root.dataset.theme === "light" ? "dark" : "light";
  try {
    localStorage.setItem("screen-theme", root.dataset.theme);
  } catch {
    // The browser keeps nothing for this page; it is light or dark until it is closed.
  }
}

async function changeFullScreen() {
  try {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await document.documentElement.requestFullscreen();
  } catch {
    // Not allowed here; the browser's own key still is.
  }
}

/** A laptop that falls asleep takes the projector along. Browsers offer this on secure addresses only. */
async function stayAwake() {
  if (document.visibilityState !== "visible") return;
  try {
    await navigator.wakeLock?.request("screen");
  } catch {
    // The battery is low, or the browser thinks otherwise.
  }
}
