/** Instants and the wall clocks of people: everything a person reads is in that person's zone. */

const LANGUAGE = "en-GB";
const DAY = 86_400_000;

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/**
 * @param {string} zone an IANA name; one the browser does not know is read as UTC
 * @param {Intl.DateTimeFormatOptions} options
 * @returns {Intl.DateTimeFormat}
 */
function format(zone, options) {
  const key = zone + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, makeFormat(zone, options));
  return formats.get(key);
}

function makeFormat(zone, options) {
  try {
    return new Intl.DateTimeFormat(LANGUAGE, { ...options, timeZone: zone || "UTC" });
  } catch {
    return new Intl.DateTimeFormat(LANGUAGE, { ...options, timeZone: "UTC" });
  }
}

/**
 * @param {string} ts a message's "seconds.microseconds"
 * @returns {Date}
 */
export function instantOf(ts) {
  return new Date(Number.parseFloat(ts) * 1000);
}

/**
 * @param {Date} at
 * @param {string} zone
 * @returns {{year: number, month: number, day: number, hour: number, minute: number, second: number}}
 */
export function wallClock(at, zone) {
  const options = {
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
    hourCycle: "h23",
  };
  const parts = format(zone, options).formatToParts(at);
  return Object.fromEntries(parts.filter((p) => p.type !== "literal").map((p) => [p.type, Number(p.value)]));
}

/**
 * The instant at which the wall clock in `zone` shows this; an hour that summer time skips becomes
 * the one after it.
 *
 * @param {{year: number, month: number, day: number, hour: number, minute: number}} wall
 * @param {string} zone
 * @returns {Date}
 */
export function instantAt(wall, zone) {
  const wanted = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);
  let guess = wanted;
  for (let round = 0; round < 2; round += 1) guess += wanted - shownAsUtc(new Date(guess), zone);
  return new Date(guess);
}

function shownAsUtc(at, zone) {
  const shown = wallClock(at, zone);
  return Date.UTC(shown.year, shown.month - 1, shown.day, shown.hour, shown.minute, shown.second);
}

/** @param {number} number */
const two = (number) => String(number).padStart(2, "0");

/**
 * @param {Date} at
 * @param {string} zone
 * @returns {string} "2026-11-24", also good for telling days apart
 */
export function dateOf(at, zone) {
  const wall = wallClock(at, zone);
  return `${wall.year}-${two(wall.month)}-${two(wall.day)}`;
}

/**
 * @param {Date} at
 * @param {string} zone
 * @returns {string} "08:05"
 */
export function timeOf(at, zone) {
  const wall = wallClock(at, zone);
  return `${two(wall.hour)}:${two(wall.minute)}`;
}

/**
 * @param {Date} at
 * @param {string} zone
 * @returns {string} what an `<input type="datetime-local">` holds
 */
export function localValue(at, zone) {
  return `${dateOf(at, zone)}T${timeOf(at, zone)}`;
}

/**
 * @param {string} value of an `<input type="datetime-local">`
 * @param {string} zone
 * @returns {Date}
 */
export function instantOfLocal(value, zone) {
  const [year, month, day, hour, minute] = value.split(/[-T:]/).map(Number);
  return instantAt({ year, month, day, hour, minute }, zone);
}

/**
 * @param {Date} at
 * @param {string} zone
 * @param {Intl.DateTimeFormatOptions} options
 * @returns {string}
 */
export function dateText(at, zone, options) {
  return format(zone, options).format(at).replace(",", "");
}

/**
 * @param {Date} at
 * @param {string} zone
 * @returns {string} "Tue 24 Nov"
 */
export function shortDay(at, zone) {
  return dateText(at, zone, { weekday: "short", day: "numeric", month: "short" });
}

/**
 * How a day is called by someone who lives on the day of `now`.
 *
 * @param {Date} at
 * @param {Date} now
 * @param {string} zone
 * @returns {string} "Today", "Yesterday", "Tuesday 24 November", with the year if it is another one
 */
export function dayName(at, now, zone) {
  const near = nearDay(at, now, zone);
  if (near) return near;
  const sameYear = wallClock(at, zone).year === wallClock(now, zone).year;
  const year = sameYear ? {} : { year: "numeric" };
  return dateText(at, zone, { weekday: "long", day: "numeric", month: "long", ...year });
}

/**
 * @param {Date} at
 * @param {Date} now
 * @param {string} zone
 * @returns {string} "Today", "Yesterday", "Tomorrow" or nothing
 */
export function nearDay(at, now, zone) {
  const day = dateOf(at, zone);
  if (day === dateOf(now, zone)) return "Today";
  if (day === dateOf(new Date(now.getTime() - DAY), zone)) return "Yesterday";
  return day === dateOf(new Date(now.getTime() + DAY), zone) ? "Tomorrow" : "";
}

/**
 * @param {string} zone
 * @returns {string} "Warsaw" for "Europe/Warsaw"
 */
export function cityOf(zone) {
  return (zone || "UTC").split("/").at(-1).replaceAll("_", " ");
}

/** @returns {string[]} the zones a person may be put into */
export function allZones() {
  return ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];
}
