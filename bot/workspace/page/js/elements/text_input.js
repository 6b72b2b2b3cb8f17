/** Fields to type into. */

import { calmly, h } from "../dom.js";
import { flatText } from "../blocks/text.js";
import { fieldNaming } from "./naming.js";
import { chosenOf } from "./state.js";

/** @typedef {import("./index.js").Frame} Frame */

/** What the browser should know of each type; numbers stay text, so that a slip is not swallowed. */
const KINDS = {
  plain_text_input: () => ({ type: "text" }),
  number_input: (element) => ({
    type: "text",
    inputmode: element.is_decimal_allowed ? "decimal" : "numeric",
  }),
  email_text_input: () => ({ type: "email" }),
  url_text_input: () => ({ type: "url" }),
};

const QUIET = 250;

/** From this share of the allowed length on, the length is shown. */
const NEARLY_FULL = 0.8;

/**
 * @param {import("./state.js").Element} element
 * @param {Frame} frame
 * @returns {HTMLElement}
 */
export function textInput(element, frame) {
  const { block, surface } = frame;
  const attributes = {
    ...fieldNaming(element, frame),
    placeholder: flatText(element.placeholder),
    value: chosenOf(element, surface.entry(block.block_id, element.action_id)) ?? "",
    autocomplete: "off",
  };
  const node = element.multiline
    ? h("textarea.field", { ...attributes, rows: "4" })
    : h("input.field", { ...attributes, ...KINDS[element.type](element) });
  listen(node, element, frame);
  return element.max_length ? h("span.field-counted", {}, node, counter(node, element.max_length)) : node;
}

function listen(node, element, { block, surface }) {
  const value = () => node.value || null;
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const onlyOnEnter = Boolean(block.dispatch_action) && !triggers.includes("on_character_entered");
  // A field that was drawn anew meanwhile speaks for itself: what the old one held is no longer what is typed.
  const tell = calmly(() => node.isConnected && surface.choose(block, element, value()), QUIET);
  node.addEventListener("input", () => {
    surface.draft(block, element, value());
    if (!onlyOnEnter) tell();
  });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || element.multiline || !block.dispatch_action) return;
    event.preventDefault();
    tell.cancel();
    surface.choose(block, element, value());
  });
}

function counter(node, limit) {
  const shown = h("small.field-count", { "aria-hidden": "true" });
  const count = () => {
    const { length } = node.value;
    shown.textContent = length >= limit * NEARLY_FULL ? `${length} / ${limit}` : "";
    shown.classList.toggle("too-long", length > limit);
  };
  node.addEventListener("input", count);
  count();
  return shown;
}
