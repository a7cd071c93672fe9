// Makes the text of an area as large as its place on the wall allows, and leaves out what does not fit.
//
// `data-fit="members:1.2 sizes:1-1.6"`: ways to show the area, the richest first, each with the least scale at which it
// is worth it and the largest; scale 1 is the smallest text that the last row can read. The style sheet hears of it by
// `data-shows` and `--scale`. If nothing fits, the area scrolls.

const SCALES = [1, 1.1, 1.2, 1.3, 1.45, 1.6, 1.8, 2, 2.25, 2.5];
/** Where the page is a wall; elsewhere it is a sheet that scrolls. The style sheets say the same. */
const WALL = matchMedia("(min-width: 761px) and (min-height: 481px)");

export function fit(main) {
  for (const area of main.querySelectorAll("[data-fit]")) {
    const ways = area.dataset.fit.split(" ").map(way);
    if (WALL.matches) settle(area, ways);
    else show(area, ways[0].shows, 1);
  }
}

function way(written) {
  const [, shows, least, most = Infinity] = written.match(/^(\w+):([\d.]+)(?:-([\d.]+))?$/);
  return { shows, scales: SCALES.filter((scale) => scale >= Number(least) && scale <= Number(most)) };
}

function settle(area, ways) {
  for (const { shows, scales } of ways) {
    if (!fits(area, shows, scales[0])) continue;
    show(area, shows, largest(scales, (scale) => fits(area, shows, scale)));
    return;
  }
}

/** The largest scale that holds; the first does, and one that does makes all smaller ones do. */
function largest(scales, holds) {
  let [low, high] = [0, scales.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (holds(scales[middle])) low = middle;
    else high = middle;
  }
  return scales[low];
}

function fits(area, shows, scale) {
  show(area, shows, scale);
  return area.scrollHeight <= area.clientHeight + 1 && area.scrollWidth <= area.clientWidth + 1;
}

function show(area, shows, scale) {
  area.dataset.shows = shows;
  area.style.setProperty("--scale", scale);
}
