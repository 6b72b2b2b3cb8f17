/** Lists from which one thing is chosen: the browser's own, which every keyboard and phone knows. */

import { h } from "../dom.js";
import { flatText } from "../blocks/text.js";
import { fieldNaming } from "./naming.js";
import { knownOptions } from "./offers.js";
import { chosenOf } from "./state.js";

/**
 * @param {import("./state.js").Element} element
 * @param {import("./index.js").Frame} frame
 * @returns {HTMLElement}
 */
export function select(element, frame) {
  const { block, surface } = frame;
  const chosen = chosenOf(element, surface.entry(block.block_id, element.action_id));
  const nothing = h("option", { value: "" }, flatText(element.placeholder) || "Choose…");
  const node = h("select.select", fieldNaming(element, frame), nothing, choices(element, surface.lexicon));
  node.value = chosen ?? "";
  const tint = () => node.classList.toggle("is-empty", node.value === "");
  node.addEventListener("change", () => {
    tint();
    surface.choose(block, element, node.value || null);
  });
  tint();
  return node;
}

function choices(element, lexicon) {
  if (!element.option_groups) return knownOptions(element, lexicon).map(drawOption);
  return element.option_groups.map((group) =>
    h("optgroup", { label: flatText(group.label) }, group.options.map(drawOption)),
  );
}

function drawOption(option) {
  return h("option", { value: option.value }, flatText(option.text));
}
