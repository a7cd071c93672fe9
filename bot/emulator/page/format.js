// Times, days, sizes and names as Russian readers expect them.

const TIME = new Intl.DateTimeFormat("ru", { hour: "2-digit", minute: "2-digit" });
const EXACT_TIME = new Intl.DateTimeFormat("ru", {
  hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3,
});
const DAY = new Intl.DateTimeFormat("ru", { day: "numeric", month: "long" });
const SHORT_DAY = new Intl.DateTimeFormat("ru", { day: "numeric", month: "short" });
const DAY_AND_YEAR = new Intl.DateTimeFormat("ru", { day: "numeric", month: "long", year: "numeric" });
const PLURALS = new Intl.PluralRules("ru");
const ONE_DAY_MS = 86400_000;
const SIZES = ["Б", "КБ", "МБ", "ГБ"];

const instant = (seconds) => new Date(seconds * 1000);
const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());
const withoutYearMark = (text) => text.replace(/\s?г\.$/, "");

function daysAgo(date) {
  return Math.round((midnight(new Date()) - midnight(date)) / ONE_DAY_MS);
}

/** Messages of one local day share this; it separates the days of a dialogue. */
export const dayKey = (seconds) => midnight(instant(seconds)).getTime();

export const time = (seconds) => TIME.format(instant(seconds));

/** «12:30:01,250», for logs. */
export const exactTime = (seconds) => EXACT_TIME.format(instant(seconds));

/** «Сегодня», «Вчера», «12 ноября», «12 ноября 2017». */
export function day(seconds) {
  const date = instant(seconds);
  const ago = daysAgo(date);
  if (ago === 0) return "Сегодня";
  if (ago === 1) return "Вчера";
  const isThisYear = date.getFullYear() === new Date().getFullYear();
  return isThisYear ? DAY.format(date) : withoutYearMark(DAY_AND_YEAR.format(date));
}

/** The time of today's messages, the day of older ones. */
export function timeOrDay(seconds) {
  const date = instant(seconds);
  const ago = daysAgo(date);
  if (ago === 0) return TIME.format(date);
  return ago === 1 ? "вчера" : SHORT_DAY.format(date);
}

/** «980 Б», «1,2 МБ». */
export function size(bytes) {
  let left = bytes;
  let unit = 0;
  while (left >= 1000 && unit < SIZES.length - 1) {
    left /= 1024;
    unit += 1;
  }
  const digits = left < 10 && unit > 0 ? 1 : 0;
  return `${left.toLocaleString("ru", { maximumFractionDigits: digits })} ${SIZES[unit]}`;
}

/** «2 участника»: `forms` are those after 1, 2 and 5. */
export function counted(number, forms) {
  const form = { one: 0, few: 1 }[PLURALS.select(number)] ?? 2;
  return `${number} ${forms[form]}`;
}

export const fullName = (person) => `${person.first_name} ${person.last_name}`.trim();

/** One or two letters for an avatar: of the first and the last name, or of the only one. */
export function initials(name) {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? ["?"];
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return ends.map((word) => [...word][0].toUpperCase()).join("");
}
