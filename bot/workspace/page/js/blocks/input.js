/** Input blocks: a label, a field, a hint, and what is wrong with what was typed. */

import { freshId, h } from "../dom.js";
import { drawElement } from "../elements/index.js";
import { withEmoji } from "../emoji.js";

/** Elements of several controls, which are named as a group instead of by a `<label>`. */
const GROUPS = new Set(["checkboxes", "radio_buttons"]);

/**
 * @param {import("./index.js").Block} block
 * @param {import("../surface.js").Surface} surface
 * @returns {Node[]}
 */
export function input(block, surface) {
  const error = surface.errorOf(block.block_id);
  const fieldId = freshId("field");
  const labelId = freshId("label");
  const hint = block.hint && h("p.input-hint", { id: freshId("hint") }, withEmoji(block.hint.text));
  const fault = error && h("p.input-error", { id: freshId("error"), role: "alert" }, withEmoji(error));
  const describedBy = [fault?.id, hint?.id].filter(Boolean).join(" ") || null;
  const frame = { block, surface, fieldId, labelId, describedBy, invalid: Boolean(error) };
  return [label(block, fieldId, labelId), drawElement(block.element, frame), fault, hint].filter(Boolean);
}

function label(block, fieldId, labelId) {
  const group = GROUPS.has(block.element.type);
  const tag = group ? "span.input-label" : "label.input-label";
  const optional = block.optional && h("span.input-optional", {}, " (optional)");
  return h(tag, { id: labelId, for: group ? null : fieldId }, withEmoji(block.label.text), optional);
}
