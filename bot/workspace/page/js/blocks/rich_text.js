/** Rich text: sections, lists, quotations and preformatted text, already taken apart by the app. */

import { h } from "../dom.js";
import { emojiOf } from "../emoji.js";
import { broadcast, channelLink, dateElement, link, mention } from "../entities.js";

/** @typedef {import("../entities.js").Lexicon} Lexicon */

const STYLE_TAGS = { bold: "strong", italic: "em", strike: "s", underline: "u", code: "code" };

/** @type {Record<string, (part: any, lexicon: Lexicon) => Node>} */
const PARTS = {
  text: ({ text }) => document.createTextNode(text),
  link: ({ url, text }) => link(url, text),
  user: ({ user_id: id }, lexicon) => mention(id, lexicon),
  usergroup: ({ usergroup_id: id }) => h("span.mention", {}, `@${id}`),
  channel: ({ channel_id: id }, lexicon) => channelLink(id, lexicon),
  broadcast: ({ range }) => broadcast(range),
  emoji: emojiPart,
  date: datePart,
  color: ({ value }) => h("code", {}, value),
};

function emojiPart({ name, unicode }) {
  const drawn = unicode
    ? String.fromCodePoint(...unicode.split("-").map((code) => Number.parseInt(code, 16)))
    : emojiOf(name);
  if (!drawn) return document.createTextNode(`:${name}:`);
  return h("span.emoji", { role: "img", "aria-label": name.replaceAll("_", " ") }, drawn);
}

function datePart({ timestamp, format, url }, lexicon) {
  const shown = dateElement(timestamp, format, lexicon);
  return url ? link(url, [shown]) : shown;
}

/**
 * @param {object[]} parts
 * @param {Lexicon} lexicon
 * @returns {Node[]}
 */
function drawParts(parts, lexicon) {
  return parts.map((part) => {
    const node = PARTS[part.type]?.(part, lexicon) ?? document.createTextNode(part.text ?? "");
    const styles = Object.keys(STYLE_TAGS).filter((style) => part.style?.[style]);
    return styles.reduce((inner, style) => h(STYLE_TAGS[style], {}, inner), node);
  });
}

const NUMBERING = ["decimal", "lower-alpha", "lower-roman"];
const BULLETS = ["disc", "circle", "square"];

function drawList({ style, indent = 0, offset = 0, border, elements }, lexicon) {
  const ordered = style === "ordered";
  const items = elements.map((item) => h("li", {}, drawParts(item.elements, lexicon)));
  const list = h(ordered ? "ol" : "ul", { start: ordered && offset ? offset + 1 : null }, items);
  list.style.marginInlineStart = `${indent * 1.5}rem`;
  list.style.listStyleType = (ordered ? NUMBERING : BULLETS)[indent % 3];
  if (border) list.classList.add("with-border");
  return list;
}

const SHAPES = {
  rich_text_section: ({ elements }, lexicon) => h("p", {}, drawParts(elements, lexicon)),
  rich_text_list: drawList,
  rich_text_quote: ({ elements }, lexicon) => h("blockquote", {}, drawParts(elements, lexicon)),
  rich_text_preformatted: ({ elements }, lexicon) =>
    h("pre", {}, h("code", {}, drawParts(elements, lexicon))),
};

/**
 * @param {{elements: {type: string}[]}} block
 * @param {Lexicon} lexicon
 * @returns {Node[]}
 */
export function richText(block, lexicon) {
  return block.elements.map((shape) => SHAPES[shape.type]?.(shape, lexicon)).filter(Boolean);
}
