/** Text objects. */

import { withEmoji } from "../emoji.js";
import { mrkdwn, unescape } from "../mrkdwn.js";

/**
 * @typedef {{type: "plain_text" | "mrkdwn", text: string, verbatim?: boolean}} TextObject
 */

/**
 * @param {TextObject | undefined} object
 * @param {import("../entities.js").Lexicon} lexicon
 * @returns {Node[]}
 */
export function textNodes(object, lexicon) {
  if (!object) return [];
  if (object.type === "mrkdwn") return mrkdwn(object.text, { lexicon, mentions: !object.verbatim });
  return [document.createTextNode(flatText(object))];
}

/**
 * @param {TextObject | undefined} object
 * @returns {string} for places that only take characters: options of a select, names of controls
 */
export function flatText(object) {
  if (!object) return "";
  return withEmoji(unescape(object.text));
}
