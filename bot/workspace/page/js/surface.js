/**
 * What blocks are drawn on: a message, a modal or a Home tab. A surface knows what is chosen in its
 * elements and carries what people do in them to the server.
 */

import { drawBlocks, forgetDrawn, markDrawn } from "./blocks/index.js";
import { confirmed } from "./confirm.js";
import { entryOf, told } from "./elements/state.js";

/**
 * @typedef {import("./elements/state.js").Element} Element
 * @typedef {import("./elements/state.js").Entry} Entry
 * @typedef {import("./elements/state.js").Chosen} Chosen
 * @typedef {import("./blocks/index.js").Block} Block
 * @typedef {Record<string, Record<string, Entry>>} Values `state.values` as Slack has it
 */

/**
 * @typedef {object} Holder the message or view behind a surface, as it is at the moment
 * @property {string} id
 * @property {{channel: string, ts: string} | {view_id: string}} where
 * @property {() => Block[]} blocks
 * @property {() => Values} values
 * @property {() => Record<string, string>} [errors] by block_id
 * @property {() => Promise<void>} refetch asks the server how the holder really is
 */

/**
 * @typedef {object} Surface
 * @property {import("./entities.js").Lexicon} lexicon
 * @property {() => number} worldVersion
 * @property {(blockId: string, actionId: string) => Entry | undefined} entry
 * @property {(blockId: string) => string | undefined} errorOf
 * @property {(element: Element) => Promise<boolean>} agrees asks what the app wants asked first
 * @property {(block: Block, element: Element, value?: Chosen) => Promise<void>} press
 * @property {(block: Block, element: Element, value: Chosen, known?: object[]) => Promise<void>} choose
 * @property {(block: Block, element: Element, value: Chosen) => void} draft
 * @property {(block: Block, element: Element, question: string) => Promise<object[]>} suggest
 * @property {(block: Block, element: Element, name: string, content: string) => Promise<object>} upload
 *   the content is base64; without an answer the file was refused, and it was said why
 * @property {() => void} draw
 */

/**
 * @param {HTMLElement} host
 * @param {Holder} holder
 * @param {import("./session.js").Session} session
 * @returns {Surface}
 */
export function createSurface(host, holder, session) {
  const { choices, doors, notices, world } = session;
  const keyFor = (blockId, actionId) => `${holder.id}|${blockId}|${actionId}`;
  const address = (block, element) => ({
    as: world.me,
    ...holder.where,
    block_id: block.block_id,
    action_id: element.action_id,
  });

  const undo = (block) => {
    forgetDrawn(host, block);
    surface.draw();
  };

  const keep = (block, element, entry) => {
    const values = holder.values();
    values[block.block_id] = { ...values[block.block_id], [element.action_id]: entry };
  };

  const send = (block, element, entry) => {
    const body = { ...address(block, element), value: told(element, entry) };
    return block.type === "input" ? doors.fill(body) : doors.act(body);
  };

  /** @type {Surface} */
  const surface = {
    lexicon: world.lexicon,
    worldVersion: () => world.version,
    entry: (blockId, actionId) =>
      choices.held(keyFor(blockId, actionId)) ?? holder.values()[blockId]?.[actionId],
    errorOf: (blockId) => holder.errors?.()[blockId],

    agrees: async ({ confirm }) => !confirm || confirmed(confirm, world.lexicon),

    async press(block, element, value) {
      const answer = await doors.act({ ...address(block, element), value });
      if (!answer.ok) notices.show(answer.message, "error");
    },

    async choose(block, element, value, known) {
      if (!(await surface.agrees(element))) return undo(block);
      const key = keyFor(block.block_id, element.action_id);
      const entry = entryOf(element, value, known);
      const release = choices.hold(key, entry);
      markDrawn(host, block, surface);
      const answer = await choices.inLine(key, () => send(block, element, entry));
      if (answer.ok) keep(block, element, entry);
      release();
      // What was typed last came along with the submission that has closed the modal meanwhile.
      if (answer.ok || answer.error === "view_not_found") return undefined;
      notices.show(answer.message, "error");
      await holder.refetch();
      return undo(block);
    },

    draft(block, element, value) {
      choices.hold(keyFor(block.block_id, element.action_id), entryOf(element, value));
      markDrawn(host, block, surface);
    },

    async suggest(block, element, question) {
      const answer = await doors.options({ ...address(block, element), value: question });
      if (!answer.ok) notices.show(answer.message, "error");
      return answer.options ?? [];
    },

    async upload(block, element, name, content) {
      const answer = await doors.file({ ...address(block, element), name, content });
      if (!answer.ok) notices.show(answer.message, "error");
      return answer.file;
    },

    draw: () => drawBlocks(host, holder.blocks(), surface),
  };
  return surface;
}
