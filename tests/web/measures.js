// What an eye in the last row would say of the page: is anything cut off, how small is the smallest text, how faint the
// faintest. Evaluated in the page by `test_legibility.py`.

() => {
  const seen = [...texts(document.body)].filter(({ box }) => box.width > 0 && box.height > 0);
  const root = document.scrollingElement;
  return {
    scrolls: root.scrollHeight > innerHeight || root.scrollWidth > innerWidth,
    // Parts of the page whose content is higher or wider than their place.
    cut: [...document.querySelectorAll("main [data-fit], .band, .band-words, .timer, .scene, .turnout, .join")]
      .filter((part) => part.scrollHeight > part.clientHeight + 1 || part.scrollWidth > part.clientWidth + 1)
      .map((part) => `${part.className} ${part.scrollWidth}x${part.scrollHeight} in ${part.clientWidth}x${part.clientHeight}`),
    outside: seen.filter(({ box }) => box.left < 0 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1)
      .map(({ text }) => text.data.trim()),
    smallest: Math.min(...seen.map(({ style }) => parseFloat(style.fontSize))),
    faintest: seen.flatMap(({ element, style, text }) => behind(element).map((colour) => ({
      contrast: contrast(numbers(style.color), colour), text: text.data.trim(),
    }))).reduce((least, one) => (one.contrast < least.contrast ? one : least)),
  };

  function* texts(parent) {
    const walker = document.createTreeWalker(parent, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      if (!text.data.trim()) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      const element = text.parentElement;
      yield { text, element, box: range.getBoundingClientRect(), style: getComputedStyle(element) };
    }
  }

  /** Every colour that may be behind the text: of the nearest ground, and of the bar of its row. */
  function behind(element) {
    const fill = element.closest(".row")?.querySelector(".bar-fill");
    let ground = element;
    while (ground && numbers(getComputedStyle(ground).backgroundColor)[3] === 0) ground = ground.parentElement;
    const colours = [getComputedStyle(ground ?? document.body).backgroundColor];
    if (fill) colours.push(getComputedStyle(fill).fill);
    return colours.map(numbers);
  }

  function numbers(colour) {
    const found = colour.match(/[\d.]+/g).map(Number);
    return found.length === 3 ? [...found, 1] : found;
  }

  function contrast(one, other) {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }

  function luminance([red, green, blue]) {
    const [r, g, b] = [red, green, blue].map((value) => value / 255)
      .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }
}
