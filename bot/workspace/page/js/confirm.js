/** "Are you sure?", in the app's own words. */

import { flatText, textNodes } from "./blocks/text.js";
import { h } from "./dom.js";
import { openDialog } from "./dialog.js";

/**
 * @param {{title?: object, text?: object, confirm?: object, deny?: object, style?: string}} question
 * @param {import("./entities.js").Lexicon} lexicon
 * @returns {Promise<boolean>}
 */
export function confirmed(question, lexicon) {
  return new Promise((resolve) => {
    let answer = false;
    const deny = h("button.button", { type: "button" }, flatText(question.deny) || "Cancel");
    const style = question.style === "danger" ? "danger" : "primary";
    const accept = h(`button.button.${style}`, { type: "submit" }, flatText(question.confirm) || "Yes");
    const dialog = openDialog({
      title: flatText(question.title) || "Are you sure?",
      body: [h("div.text", {}, textNodes(question.text, lexicon))],
      footer: [deny, accept],
      onSubmit: () => {
        answer = true;
        dialog.close();
      },
      onClosed: () => resolve(answer),
    });
    deny.addEventListener("click", dialog.close);
  });
}
