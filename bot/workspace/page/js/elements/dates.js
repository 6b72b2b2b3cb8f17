/** Dates and times, in the zone of the person who looks. */

import { h } from "../dom.js";
import { cityOf, instantOfLocal, localValue } from "../time.js";
import { fieldNaming, wordsFor } from "./naming.js";
import { chosenOf } from "./state.js";

/**
 * @typedef {import("./index.js").Frame} Frame
 * @typedef {import("./state.js").Element} Element
 */

/**
 * @param {Element} element
 * @param {Frame} frame
 * @returns {HTMLElement}
 */
export function datePicker(element, frame) {
  return field(element, frame, { type: "date", read: (text) => text || null, write: (value) => value ?? "" });
}

/**
 * @param {Element} element
 * @param {Frame} frame
 * @returns {HTMLElement}
 */
export function timePicker(element, frame) {
  const own = { type: "time", read: (text) => text || null, write: (value) => value ?? "" };
  return field(element, frame, own, element.timezone);
}

/**
 * @param {Element} element
 * @param {Frame} frame
 * @returns {HTMLElement}
 */
export function dateTimePicker(element, frame) {
  const { zone } = frame.surface.lexicon;
  const own = {
    type: "datetime-local",
    read: (text) => (text ? instantOfLocal(text, zone).getTime() / 1000 : null),
    write: (value) => (value ? localValue(new Date(Number(value) * 1000), zone) : ""),
  };
  return field(element, frame, own, zone);
}

function field(element, frame, { type, read, write }, zone) {
  const { block, surface } = frame;
  const chosen = chosenOf(element, surface.entry(block.block_id, element.action_id));
  const title = frame.fieldId ? null : wordsFor(element, block);
  const node = h("input.field", { ...fieldNaming(element, frame), type, title, value: write(chosen) });
  node.addEventListener("change", () => surface.choose(block, element, read(node.value)));
  return zone ? h("span.field-with-zone", {}, node, h("small.quiet", {}, cityOf(zone))) : node;
}
