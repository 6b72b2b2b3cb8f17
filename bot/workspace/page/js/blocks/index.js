/** Block Kit: a list of blocks becomes nodes, and an updated list touches only what changed. */

import { arrange, h } from "../dom.js";
import { chosenOf, statefulElements } from "../elements/state.js";
import { drawElement } from "../elements/index.js";
import { markdown } from "../markdown.js";
import { keepingFocus } from "./focus.js";
import { image } from "./image.js";
import { input } from "./input.js";
import { richText } from "./rich_text.js";
import { table } from "./table.js";
import { textNodes } from "./text.js";

/**
 * @typedef {import("../surface.js").Surface} Surface
 * @typedef {{type: string, block_id?: string, [key: string]: any}} Block
 */

/** @type {Record<string, (block: any, surface: Surface) => Node | Node[]>} */
const DRAW = {
  header: (block, { lexicon }) =>
    h(`h${headingLevel(block)}.block-heading`, {}, textNodes(block.text, lexicon)),
  section,
  divider: () => h("hr"),
  context,
  actions: (block, surface) => block.elements.map((element) => drawElement(element, { block, surface })),
  input,
  image,
  rich_text: (block, { lexicon }) => richText(block, lexicon),
  table: (block, { lexicon }) => table(block, lexicon),
  markdown: (block) => markdown(block.text),
  alert: (block, { lexicon }) =>
    h("p", { role: "status", class: `alert-${block.level}` }, textNodes(block.text, lexicon)),
};

/** The headings of an app rank below that of the conversation. */
const headingLevel = (block) => 1 + (block.level ?? 1);

function section(block, surface) {
  const { lexicon } = surface;
  const body = h("div.section-body");
  if (block.text) body.append(h("div.text", {}, textNodes(block.text, lexicon)));
  if (block.fields) body.append(fields(block.fields, lexicon));
  if (!block.accessory) return body;
  const place = block.accessory.type === "image" ? "div.section-image" : "div.section-accessory";
  return [body, h(place, {}, drawElement(block.accessory, { block, surface }))];
}

function fields(list, lexicon) {
  return h(
    "div.fields",
    {},
    list.map((field) => h("div.text", {}, textNodes(field, lexicon))),
  );
}

function context(block, surface) {
  return block.elements.map((element) =>
    element.type === "image"
      ? drawElement(element, { block, surface })
      : h("span.text", {}, textNodes(element, surface.lexicon)),
  );
}

/** @type {WeakMap<Node, string>} what each node on the page was drawn from */
const drawn = new WeakMap();

/** A block looks the same as long as its content, what is chosen in it and its error are the same. */
function keyOf(block, surface) {
  const chosen = statefulElements(block).map((element) =>
    chosenOf(element, surface.entry(block.block_id, element.action_id)),
  );
  return JSON.stringify([block, chosen, surface.errorOf(block.block_id), surface.worldVersion()]);
}

function drawBlock(block, surface) {
  const draw = DRAW[block.type];
  const content = draw ? draw(block, surface) : unknown(block);
  return h(
    `div.block.block-${block.type}`,
    { "data-block-id": block.block_id, "data-block-type": block.type },
    content,
  );
}

function unknown(block) {
  return h("p.quiet", {}, `A block of type "${block.type}" is not shown here.`);
}

/**
 * Draws `blocks` into `host`; called again with newer blocks it replaces only those that changed,
 * so that a caret, an open list or a tick on its way is not disturbed by news elsewhere.
 *
 * @param {HTMLElement} host
 * @param {Block[]} blocks
 * @param {Surface} surface
 */
export function drawBlocks(host, blocks, surface) {
  const spare = [...host.children];
  const nodes = blocks.map((block) => {
    const key = keyOf(block, surface);
    const at = spare.findIndex((node) => drawn.get(node) === key);
    const node = at < 0 ? drawBlock(block, surface) : spare.splice(at, 1)[0];
    drawn.set(node, key);
    return node;
  });
  keepingFocus(host, () => arrange(host, nodes));
}

/**
 * Says that a block's node already shows what is chosen now: the person chose it there.
 *
 * @param {HTMLElement} host
 * @param {Block} block
 * @param {Surface} surface
 */
export function markDrawn(host, block, surface) {
  for (const node of host.children) {
    if (node.dataset.blockId === block.block_id) drawn.set(node, keyOf(block, surface));
  }
}

/**
 * Makes the next drawing replace a block's node, whatever it shows.
 *
 * @param {HTMLElement} host
 * @param {Block} block
 */
export function forgetDrawn(host, block) {
  for (const node of host.children) if (node.dataset.blockId === block.block_id) drawn.delete(node);
}
