/**
 * Choices on their way to the server. What a person has just ticked or typed is shown at once and
 * outranks what the server says until it has answered; then the server's word counts again.
 */

/** @typedef {import("./elements/state.js").Entry} Entry */

/**
 * @typedef {object} Choices
 * @property {(key: string) => Entry | undefined} held
 * @property {(key: string, entry: Entry) => (() => void)} hold the function ends the holding, unless
 *   the person has chosen again since
 * @property {<T>(key: string, send: () => Promise<T>) => Promise<T>} inLine sends one after the other
 * @property {(holder: string) => void} forget everything of one message or view
 */

/** @returns {Choices} */
export function createChoices() {
  /** @type {Map<string, {entry: Entry}>} */
  const held = new Map();
  /** @type {Map<string, Promise<unknown>>} */
  const lines = new Map();

  return {
    held: (key) => held.get(key)?.entry,
    hold(key, entry) {
      const holding = { entry };
      held.set(key, holding);
      return () => held.get(key) === holding && held.delete(key);
    },
    inLine(key, send) {
      const sent = (lines.get(key) ?? Promise.resolve()).then(send);
      lines.set(key, sent);
      return sent;
    },
    forget(holder) {
      for (const key of held.keys()) if (key.startsWith(`${holder}|`)) held.delete(key);
    },
  };
}
