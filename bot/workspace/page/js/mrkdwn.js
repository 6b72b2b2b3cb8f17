/** Slack's mrkdwn as DOM nodes. */

import { h } from "./dom.js";
import { emojiOf } from "./emoji.js";
import { broadcast, channelLink, dateElement, link, mention } from "./entities.js";

/** @typedef {import("./entities.js").Lexicon} Lexicon */

/**
 * @typedef {object} Reading
 * @property {Lexicon} lexicon
 * @property {boolean} [mentions] whether a bare `@here` counts (it does in a block unless it is verbatim)
 */

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
const STYLES = { "*": "strong", _: "em", "~": "s" };

/**
 * @param {string} text
 * @returns {string} with `&amp;`, `&lt;` and `&gt;` as the characters they stand for
 */
export function unescape(text) {
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity]);
}

/**
 * @param {string} text
 * @param {Reading} reading
 * @returns {Node[]}
 */
export function mrkdwn(text, reading) {
  return text.split(/(```[\s\S]+?```)/).flatMap((part) => {
    if (part.startsWith("```") && part.length > 6) return [codeBlock(part.slice(3, -3), reading)];
    return lines(part.replace(/^\n/, ""), reading);
  });
}

function codeBlock(text, reading) {
  return h("pre", {}, h("code", {}, codeText(text.replace(/^\n|\n$/g, ""), reading)));
}

/** Lines that begin with `>` stand together in one quotation. */
function lines(text, reading) {
  const nodes = [];
  let run = [];
  let quoted = false;
  const finish = () => {
    if (!run.length) return;
    const content = inline(run.join("\n"), reading);
    nodes.push(...(quoted ? [h("blockquote", {}, content)] : content));
    run = [];
  };
  for (const line of text.split("\n")) {
    const quote = /^(?:&gt;|>) ?/.exec(line);
    if (Boolean(quote) !== quoted) {
      finish();
      quoted = Boolean(quote);
    }
    run.push(quote ? line.slice(quote[0].length) : line);
  }
  finish();
  return nodes;
}

/** Tried in this order at each place of a text; the first that fits wins. */
const RULES = [
  { find: /`([^`\n]+)`/y, draw: ([, code], reading) => h("code", {}, codeText(code, reading)) },
  { find: /<([^<>\n]+)>/y, draw: ([, inside], reading) => angle(inside, reading) },
  { find: /:([a-z0-9_+'-]+):(?::skin-tone-\d:)?/y, draw: ([, name]) => emojiNode(name) },
  { find: /(?<![\p{L}\p{N}])([*_~])(?=\S)((?:(?!\1)[^\n])*?\S)\1(?![\p{L}\p{N}])/uy, draw: styled },
  {
    find: /(?<![\p{L}\p{N}/])https?:\/\/[^\s<>|`]*[^\s<>|`*_~.,;:!?)'"\]]/uy,
    draw: ([url]) => link(unescape(url)),
  },
  { find: /(?<![\p{L}\p{N}@])@(here|channel|everyone)\b/uy, draw: bareBroadcast },
];

/** Where a rule could possibly begin; everything else is taken as it is. */
const STARTS = /[`<:*_~@h]/;

/**
 * @param {string} text one run of lines, without code blocks and quotations
 * @param {Reading} reading
 * @returns {Node[]}
 */
export function inline(text, reading) {
  const nodes = [];
  let plain = "";
  let place = 0;
  while (place < text.length) {
    const found = STARTS.test(text[place]) ? applyRules(text, place, reading) : null;
    if (found) {
      if (plain) nodes.push(document.createTextNode(unescape(plain)));
      nodes.push(found.node);
      plain = "";
      place += found.length;
    } else {
      plain += text[place];
      place += 1;
    }
  }
  if (plain) nodes.push(document.createTextNode(unescape(plain)));
  return nodes;
}

function applyRules(text, place, reading) {
  for (const { find, draw } of RULES) {
    find.lastIndex = place;
    const match = find.exec(text);
    const node = match && draw(match, reading);
    if (node) return { node, length: match[0].length };
  }
  return null;
}

function styled([, mark, content], reading) {
  return h(STYLES[mark], {}, inline(content, reading));
}

function emojiNode(name) {
  const character = emojiOf(name);
  return character && h("span.emoji", { role: "img", "aria-label": name.replaceAll("_", " ") }, character);
}

function bareBroadcast([, range], reading) {
  return reading.mentions ? broadcast(range) : null;
}

/** In code an entity stays what it is called, but is not styled any further. */
function codeText(text, reading) {
  return text.split(/(<[^<>\n]+>)/).map((part) => {
    const inside = /^<([@#!][^<>]+)>$/.exec(part);
    if (inside) return angle(inside[1], reading);
    const url = /^<((?:https?|mailto):[^|<>]+)(?:\|([^<>]*))?>$/.exec(part);
    return url ? unescape(url[2] ?? url[1]) : unescape(part);
  });
}

/** What stands between `<` and `>`. */
function angle(inside, { lexicon }) {
  const [target, label] = splitOnce(inside, "|");
  const text = label && unescape(label);
  if (target.startsWith("@")) return mention(target.slice(1), lexicon, text);
  if (target.startsWith("#")) return channelLink(target.slice(1), lexicon, text);
  if (target.startsWith("!")) return special(target.slice(1), text, lexicon);
  return /^[a-z]+:/i.test(target) ? link(unescape(target), text) : null;
}

function special(name, label, lexicon) {
  const date = /^date\^(-?\d+)\^([^^]+)(?:\^(.+))?$/.exec(name);
  if (date) {
    const shown = dateElement(Number(date[1]), unescape(date[2]), lexicon);
    return date[3] ? link(unescape(date[3]), [shown]) : shown;
  }
  if (["here", "channel", "everyone"].includes(name)) return broadcast(name);
  return h("span.mention", {}, label || `@${name.replace(/^subteam\^/, "")}`);
}

function splitOnce(text, mark) {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
