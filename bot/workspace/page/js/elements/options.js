/** Checkboxes and radio buttons: real inputs with real labels. */

import { freshId, h } from "../dom.js";
import { textNodes } from "../blocks/text.js";
import { groupNaming } from "./naming.js";
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
export function checkboxes(element, frame) {
  const read = (inputs) => inputs.filter((input) => input.checked).map((input) => input.dataset.optionValue);
  return drawOptions(element, frame, { type: "checkbox", role: "group", read });
}

/**
 * @param {Element} element
 * @param {Frame} frame
 * @returns {HTMLElement}
 */
export function radioButtons(element, frame) {
  const read = (inputs) => inputs.find((input) => input.checked)?.dataset.optionValue ?? null;
  return drawOptions(element, frame, { type: "radio", role: "radiogroup", read });
}

function drawOptions(element, frame, { type, role, read }) {
  const { block, surface } = frame;
  const chosen = [chosenOf(element, surface.entry(block.block_id, element.action_id))].flat();
  const name = freshId(type);
  const rows = element.options.map((option) => drawOption(option, type, name, chosen, surface.lexicon));
  const group = h("div.options", { role, ...groupNaming(element, frame) }, rows);
  group.addEventListener("change", () => {
    surface.choose(block, element, read([...group.querySelectorAll("input")]));
  });
  return group;
}

function drawOption(option, type, name, chosen, lexicon) {
  const text = h("span.option-text", { id: freshId("option") }, textNodes(option.text, lexicon));
  const about =
    option.description &&
    h("span.option-about", { id: freshId("about") }, textNodes(option.description, lexicon));
  const input = h("input", {
    type,
    name,
    checked: chosen.includes(option.value),
    "aria-labelledby": text.id,
    "aria-describedby": about?.id,
    "data-option-value": option.value,
  });
  return h("label.option", {}, input, h("span.option-words", {}, text, about));
}
