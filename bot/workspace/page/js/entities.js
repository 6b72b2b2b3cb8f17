/** The parts of a text that stand for something: people, channels, calls to everyone, dates, links. */

import { h } from "./dom.js";
import { instantOf, dateText, nearDay, timeOf } from "./time.js";
import { nameOf } from "./people.js";

/**
 * What a text needs to know of the world to be drawn.
 *
 * @typedef {object} Lexicon
 * @property {string} me
 * @property {string} zone of the person who looks
 * @property {() => Date} now
 * @property {(id: string) => import("./people.js").Person | undefined} person
 * @property {(id: string) => import("./people.js").Channel | undefined} channel
 * @property {() => import("./people.js").Person[]} people
 * @property {() => import("./people.js").Channel[]} channels
 * @property {(id: string) => void} openChannel
 */

const SAFE_LINK = /^(https?:|mailto:|tel:|slack:)/i;

/**
 * @param {string} id
 * @param {Lexicon} lexicon
 * @param {string} [label]
 * @returns {HTMLElement}
 */
export function mention(id, lexicon, label) {
  const person = lexicon.person(id);
  const name = person ? nameOf(person) : label || id;
  const kind = id === lexicon.me ? "span.mention.mention-me" : "span.mention";
  return h(kind, { "data-user": id }, `@${name}`);
}

/**
 * @param {string} id
 * @param {Lexicon} lexicon
 * @param {string} [label]
 * @returns {HTMLElement}
 */
export function channelLink(id, lexicon, label) {
  const channel = lexicon.channel(id);
  const name = `#${channel?.name || label || "private-channel"}`;
  if (!channel) return h("span.mention", { "data-channel-link": id }, name);
  const onclick = () => lexicon.openChannel(id);
  return h("button.mention.mention-link", { type: "button", "data-channel-link": id, onclick }, name);
}

/**
 * A call to everyone is drawn loudly: one that slips out of an app by mistake must be seen.
 *
 * @param {string} range "here", "channel" or "everyone"
 * @returns {HTMLElement}
 */
export function broadcast(range) {
  return h("strong.mention.mention-loud", { "data-broadcast": range }, `@${range}`);
}

/**
 * @param {string} url
 * @param {string | Node[]} [label]
 * @returns {HTMLElement | Text}
 */
export function link(url, label) {
  const shown = label?.length ? [label].flat() : [url.replace(/^mailto:/, "")];
  if (!SAFE_LINK.test(url)) return h("span", {}, shown);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, shown);
}

const HALF_A_YEAR = 183 * 86_400_000;

/** A year that goes without saying is left out. */
function yearOf(at, now) {
  return Math.abs(at - now) < HALF_A_YEAR ? {} : { year: "numeric" };
}

/**
 * Opens what a button links to, if it is an address at all.
 *
 * @param {string | undefined} url
 */
export function openLink(url) {
  if (url && SAFE_LINK.test(url)) window.open(url, "_blank", "noopener");
}

/** The pieces from which a date is spelled; "pretty" ones prefer "Today" over the date. */
const DATE_PIECES = {
  date_num: (at, zone) => dateText(at, zone, { year: "numeric", month: "2-digit", day: "2-digit" }),
  date: (at, zone, now) => dateText(at, zone, { ...yearOf(at, now), month: "long", day: "numeric" }),
  date_short: (at, zone, now) => dateText(at, zone, { ...yearOf(at, now), month: "short", day: "numeric" }),
  date_long: (at, zone, now) =>
    dateText(at, zone, { weekday: "long", ...yearOf(at, now), month: "long", day: "numeric" }),
  time: timeOf,
  time_secs: (at, zone) =>
    dateText(at, zone, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }),
  day_divider_pretty: (at, zone) => dateText(at, zone, { weekday: "long", day: "numeric", month: "long" }),
};

/**
 * @param {number} seconds
 * @param {string} pattern such as "{date_short_pretty} at {time}"
 * @param {Lexicon} lexicon
 * @returns {HTMLElement}
 */
export function dateElement(seconds, pattern, lexicon) {
  const at = instantOf(String(seconds));
  const text = pattern.replace(/\{(\w+)\}/g, (code, piece) => spell(piece, at, lexicon) ?? code);
  return h("time", { datetime: at.toISOString() }, text);
}

function spell(piece, at, lexicon) {
  if (piece === "ago") return agoText(at, lexicon.now());
  const plain = piece.replace(/_pretty$/, "");
  if (plain !== piece) {
    const near = nearDay(at, lexicon.now(), lexicon.zone);
    if (near) return near.toLowerCase();
  }
  const write = DATE_PIECES[piece] ?? DATE_PIECES[plain];
  return write?.(at, lexicon.zone, lexicon.now());
}

const UNITS = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

function agoText(at, now) {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(Math.round(seconds / size), unit);
}
