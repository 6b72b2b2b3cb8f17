/** How people, apps and conversations are named and drawn. */

import { h } from "./dom.js";

/**
 * @typedef {{id: string, name: string, real_name?: string, tz: string, is_bot?: boolean,
 *   deleted?: boolean, guest?: boolean, you?: boolean}} Person
 * @typedef {{id: string, name: string, kind: "channel" | "private" | "im" | "mpim", topic?: string,
 *   members: string[], archived?: boolean, unread?: number, with?: string[], joined?: boolean,
 *   last_ts?: string}} Channel
 */

/** Hues far enough apart to tell people from each other at a glance. */
const HUES = [210, 24, 262, 330, 96, 190, 44, 290, 0, 168];

/**
 * @param {Person | undefined} person
 * @returns {string}
 */
export function nameOf(person) {
  return person?.name || person?.real_name || "Someone";
}

/** @param {string} name */
function initialsOf(name) {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  const letters =
    words.length > 1 ? [words[0], words.at(-1)].map((word) => [...word][0]) : [...name].slice(0, 2);
  return letters.join("").toUpperCase();
}

/** @param {string} id the same id has the same hue on every visit */
function hueOf(id) {
  const digits = Number.parseInt(id.replace(/\D/g, ""), 10);
  const seed = Number.isNaN(digits)
    ? [...id].reduce((sum, char) => sum + char.codePointAt(0), 0)
    : digits - 1;
  return HUES[Math.abs(seed) % HUES.length];
}

/**
 * @param {Person | undefined} person
 * @returns {HTMLElement} decoration: the name stands beside it or names the control around it
 */
export function avatar(person) {
  const name = nameOf(person);
  const kind = person?.is_bot ? "avatar.avatar-app" : "avatar";
  const node = h(`span.${kind}`, { "aria-hidden": "true" }, initialsOf(name));
  node.style.setProperty("--hue", String(hueOf(person?.id ?? name)));
  return node;
}

/**
 * @param {Channel} channel
 * @param {string} me
 * @param {(id: string) => Person | undefined} findPerson
 * @returns {string} "general" for a channel, the names of the others for a direct message
 */
export function titleOf(channel, me, findPerson) {
  if (channel.kind === "channel" || channel.kind === "private") return channel.name;
  const ids = channel.with?.length ? channel.with : (channel.members ?? []);
  const others = ids.filter((id) => id !== me).map((id) => nameOf(findPerson(id)));
  return others.join(", ") || channel.name || "You";
}
