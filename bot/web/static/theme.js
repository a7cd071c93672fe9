// Before anything is painted: the colours that were chosen on this page, else those that the system prefers.
// A classic script, because modules run only after the first painting.

(() => {
  const light = matchMedia("(prefers-color-scheme: light)").matches;
  let kept = null;
  try {
    kept = localStorage.getItem("screen-theme");
  } catch {
    // The browser keeps nothing for this page: then every opening begins with what the system prefers.
  }
  document.documentElement.dataset.theme = kept ?? (light ? "light" : "dark");
})();
