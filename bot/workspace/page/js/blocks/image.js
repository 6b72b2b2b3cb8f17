/** Pictures; one that cannot be loaded leaves its description in its place. */

import { h } from "../dom.js";
import { withEmoji } from "../emoji.js";

/**
 * @param {string} url
 * @param {string} alt
 * @param {string} [kind] class of the picture
 * @returns {HTMLElement}
 */
export function picture(url, alt, kind = "picture") {
  const node = h("img", { class: kind, src: url, alt, loading: "lazy", referrerpolicy: "no-referrer" });
  node.addEventListener("error", () => node.replaceWith(missing(alt, kind)), { once: true });
  return node;
}

function missing(alt, kind) {
  return h("span", { class: `${kind} picture-missing`, role: "img", "aria-label": alt }, alt);
}

/**
 * @param {{image_url?: string, slack_file?: {url?: string}, alt_text: string, title?: {text: string}}} block
 * @returns {HTMLElement}
 */
export function image(block) {
  const shown = picture(addressOf(block), block.alt_text);
  const caption = block.title && h("figcaption", {}, withEmoji(block.title.text));
  return h("figure", {}, caption, shown);
}

/**
 * @param {{image_url?: string, slack_file?: {url?: string}}} element
 * @returns {string}
 */
export function addressOf(element) {
  return element.image_url ?? element.slack_file?.url ?? "";
}
