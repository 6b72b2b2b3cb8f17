/** Short news at the edge of the page: what failed, what was done. */

import { h } from "./dom.js";
import { closeButton } from "./dialog.js";

const LIFE = 8_000;
const ECHO = 3_000;
const PATIENCE = 150;

/**
 * @typedef {object} Notices
 * @property {(text: string, kind?: "error" | "info") => void} show
 * @property {(text: string, kind?: "error" | "info") => void} hear shows what the server tells, unless
 *   the answer to what one just did says the same in its place
 * @property {(text: string) => void} saidElsewhere a notice with this text is not needed (any more)
 */

/**
 * @param {HTMLElement} root
 * @returns {Notices}
 */
export function createNotices(root) {
  /** @type {Map<string, HTMLElement>} */
  const shown = new Map();
  /** @type {Map<string, number>} */
  const silenced = new Map();

  const drop = (text) => {
    shown.get(text)?.remove();
    shown.delete(text);
  };

  const show = (text, kind = "info") => {
    const silent = (silenced.get(text) ?? 0) > Date.now();
    if (!text || silent || shown.has(text)) return;
    const role = kind === "error" ? "alert" : "status";
    const node = h(`div.notice.notice-${kind}`, { role, "data-testid": "notice" }, h("p", {}, text));
    node.append(closeButton(() => drop(text)));
    shown.set(text, node);
    topLayerOf(root).append(node);
    setTimeout(() => drop(text), LIFE);
  };

  return {
    show,
    hear: (text, kind) => setTimeout(() => show(text, kind), PATIENCE),
    saidElsewhere(text) {
      drop(text);
      silenced.set(text, Date.now() + ECHO);
    },
  };
}

/** While a modal is open only what is inside it can be seen and heard. */
function topLayerOf(root) {
  const dialog = [...document.querySelectorAll("dialog[open]")].at(-1);
  if (!dialog) return root;
  let place = dialog.querySelector(":scope > .notices");
  if (!place) {
    place = h("div.notices");
    dialog.append(place);
  }
  return place;
}
