/** What an element is called, for people who hear the page and for tests that look for it. */

import { flatText } from "../blocks/text.js";

/** @typedef {import("./index.js").Frame} Frame */

/**
 * The attributes that tell which element of which block this is.
 *
 * @param {import("./state.js").Element} element
 * @returns {Record<string, string>}
 */
export function hooks(element) {
  return { "data-action-id": element.action_id, "data-element": element.type };
}

/**
 * The attributes that name a field: by its label in an input block, otherwise in words.
 *
 * @param {import("./state.js").Element} element
 * @param {Frame} frame
 * @returns {Record<string, unknown>}
 */
export function fieldNaming(element, frame) {
  return {
    id: frame.fieldId,
    "aria-label": frame.fieldId ? null : wordsFor(element, frame.block),
    "aria-describedby": frame.describedBy,
    "aria-invalid": frame.invalid ? "true" : null,
    "data-autofocus": element.focus_on_load,
    ...hooks(element),
  };
}

/**
 * The attributes that name a group of controls.
 *
 * @param {import("./state.js").Element} element
 * @param {Frame} frame
 * @returns {Record<string, unknown>}
 */
export function groupNaming(element, frame) {
  return {
    ...fieldNaming(element, frame),
    "aria-labelledby": frame.labelId,
    "aria-label": frame.labelId ? null : wordsFor(element, frame.block),
  };
}

/**
 * @param {import("./state.js").Element} element
 * @param {import("../blocks/index.js").Block} block
 * @returns {string}
 */
export function wordsFor(element, block) {
  const words = [flatText(element.placeholder), flatText(block.type === "section" ? block.text : undefined)];
  return words.find(Boolean) ?? "Choices";
}
