/** Buttons. One that waits for its app says so and takes no second click meanwhile. */

import { h } from "../dom.js";
import { textNodes } from "../blocks/text.js";
import { openLink } from "../entities.js";
import { hooks } from "./naming.js";

/** @typedef {import("./index.js").Frame} Frame */

/**
 * @param {import("./state.js").Element} element
 * @param {Frame} frame
 * @returns {HTMLElement}
 */
export function button(element, frame) {
  return drawButton(element, element, frame, element.style ?? "plain");
}

/**
 * @param {import("./state.js").Element} element a pair of thumbs
 * @param {Frame} frame
 * @returns {HTMLElement}
 */
export function feedbackButtons(element, frame) {
  const pair = [element.positive_button, element.negative_button];
  return h(
    "span.button-pair",
    hooks(element),
    pair.map((one) => drawButton(one, element, frame, "plain")),
  );
}

function drawButton({ text, value, url, accessibility_label: name }, element, frame, style) {
  const { block, surface } = frame;
  const node = h(`button.button.${style}`, { type: "button", "aria-label": name, ...hooks(element) });
  node.append(...textNodes(text, surface.lexicon));
  node.addEventListener("click", async () => {
    if (node.getAttribute("aria-busy") === "true" || !(await surface.agrees(element))) return;
    openLink(url);
    node.setAttribute("aria-busy", "true");
    await surface.press(block, element, element.type === "feedback_buttons" ? value : undefined);
    node.removeAttribute("aria-busy");
  });
  return node;
}
