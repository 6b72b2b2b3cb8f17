/** Tables; the first row names the columns. */

import { h } from "../dom.js";
import { withEmoji } from "../emoji.js";
import { richText } from "./rich_text.js";

/**
 * @param {{rows: object[][], column_settings?: ({align?: string, is_wrapped?: boolean} | null)[]}} block
 * @param {import("../entities.js").Lexicon} lexicon
 * @returns {HTMLElement}
 */
export function table(block, lexicon) {
  const columns = block.column_settings ?? [];
  const draw = (row, tag) =>
    h(
      "tr",
      {},
      row.map((cell, index) => drawCell(cell, tag, columns[index], lexicon)),
    );
  const [head, ...body] = block.rows;
  const rows = body.map((row) => draw(row, "td"));
  const inside = h("table", {}, h("thead", {}, draw(head, "th")), h("tbody", {}, rows));
  return h("div.table-scroll", { tabindex: "0", role: "region", "aria-label": "Table" }, inside);
}

function drawCell(cell, tag, column, lexicon) {
  const align = column?.align ?? "left";
  const node = h(tag, { class: `align-${align}`, scope: tag === "th" ? "col" : null });
  if (column?.is_wrapped) node.classList.add("wrapped");
  if (cell?.type === "rich_text") node.append(...richText(cell, lexicon));
  else node.append(withEmoji(String(cell?.text ?? cell?.value ?? "")));
  return node;
}
