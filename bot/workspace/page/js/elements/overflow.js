/** The button with the dots, behind which a few more actions wait. */

import { h } from "../dom.js";
import { flatText } from "../blocks/text.js";
import { openLink } from "../entities.js";
import { icon } from "../icons.js";
import { openMenu } from "../popover.js";
import { hooks } from "./naming.js";

/**
 * @param {import("./state.js").Element} element
 * @param {import("./index.js").Frame} frame
 * @returns {HTMLElement}
 */
export function overflow(element, { block, surface }) {
  const node = h(
    "button.button.button-icon",
    { type: "button", "aria-label": "More actions", "aria-haspopup": "menu", ...hooks(element) },
    icon("dots"),
  );
  const items = element.options.map((option) => ({
    label: flatText(option.text),
    hint: flatText(option.description),
    data: { "data-option-value": option.value },
    choose: async () => {
      if (!(await surface.agrees(element))) return;
      openLink(option.url);
      surface.press(block, element, option.value);
    },
  }));
  node.addEventListener("click", () => openMenu(node, items, "More actions"));
  return node;
}
