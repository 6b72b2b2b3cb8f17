/** Lets the parts of the page hear of each other's changes without knowing each other. */

/**
 * @typedef {object} Signals
 * @property {(names: string[], act: () => void) => void} on
 * @property {(name: string) => void} emit
 */

/** @returns {Signals} */
export function createSignals() {
  /** @type {Map<string, (() => void)[]>} */
  const listeners = new Map();
  return {
    on(names, act) {
      for (const name of names) listeners.set(name, [...(listeners.get(name) ?? []), act]);
    },
    emit(name) {
      for (const act of listeners.get(name) ?? []) act();
    },
  };
}
