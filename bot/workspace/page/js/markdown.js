/** The everyday part of Markdown, for markdown blocks: headings, lists, quotations, code, emphasis. */

import { h } from "./dom.js";
import { emojiOf } from "./emoji.js";
import { link } from "./entities.js";

/**
 * @param {string} text
 * @returns {Node[]}
 */
export function markdown(text) {
  return text.split(/(^```[\s\S]+?^```)/m).flatMap((part) => {
    const code = /^```\w*\n([\s\S]*?)\n?```$/.exec(part);
    return code ? [h("pre", {}, h("code", {}, code[1]))] : paragraphs(part);
  });
}

function paragraphs(text) {
  return text
    .split(/\n{2,}/)
    .filter((part) => part.trim())
    .flatMap((part) => chunks(part.trim().split("\n")));
}

/** Neighbouring lines of the same kind make one chunk: a list, a quotation, a paragraph. */
function chunks(rows) {
  const groups = [];
  for (const row of rows) {
    const kind = kindOf(row);
    if (groups.at(-1)?.kind === kind && kind !== "heading") groups.at(-1).rows.push(row);
    else groups.push({ kind, rows: [row] });
  }
  return groups.map(({ kind, rows: own }) => DRAW[kind](own));
}

function kindOf(row) {
  if (/^#{1,6} /.test(row)) return "heading";
  if (/^(?:---+|\*\*\*+)$/.test(row)) return "rule";
  if (/^\s*[-*+] /.test(row)) return "bullets";
  if (/^\s*\d+[.)] /.test(row)) return "numbers";
  return row.startsWith(">") ? "quote" : "text";
}

const DRAW = {
  heading: ([row]) => h("p.markdown-heading", {}, spans(row.replace(/^#+ /, ""))),
  rule: () => h("hr"),
  bullets: (rows) =>
    h(
      "ul",
      {},
      rows.map((row) => h("li", {}, spans(row.replace(/^\s*[-*+] /, "")))),
    ),
  numbers: (rows) =>
    h(
      "ol",
      {},
      rows.map((row) => h("li", {}, spans(row.replace(/^\s*\d+[.)] /, "")))),
    ),
  quote: (rows) => h("blockquote", {}, spans(rows.map((row) => row.replace(/^> ?/, "")).join("\n"))),
  text: (rows) => h("p", {}, spans(rows.join("\n"))),
};

const SPAN = new RegExp(
  [
    "`(?<code>[^`\\n]+)`",
    "\\*\\*(?<bold>[^*\\n]+)\\*\\*",
    "(?<![\\w*])[*_](?<italic>[^*_\\n]+)[*_](?!\\w)",
    "~~(?<strike>[^~\\n]+)~~",
    "\\[(?<label>[^\\]\\n]+)\\]\\((?<url>[^)\\s]+)\\)",
    ":(?<emoji>[a-z0-9_+-]+):",
  ].join("|"),
  "g",
);

function spans(text) {
  const nodes = [];
  let place = 0;
  for (const match of text.matchAll(SPAN)) {
    nodes.push(text.slice(place, match.index), span(match));
    place = match.index + match[0].length;
  }
  nodes.push(text.slice(place));
  return nodes;
}

function span({ 0: whole, groups }) {
  if (groups.code) return h("code", {}, groups.code);
  if (groups.bold) return h("strong", {}, spans(groups.bold));
  if (groups.italic) return h("em", {}, spans(groups.italic));
  if (groups.strike) return h("s", {}, spans(groups.strike));
  if (groups.url) return link(groups.url, groups.label);
  return emojiOf(groups.emoji) ?? whole;
}
