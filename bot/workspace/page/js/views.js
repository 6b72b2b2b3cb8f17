/** The views of the app: the stack of modals of this person, and the Home tab. */

/**
 * @typedef {{id: string, type: "modal" | "home", title?: object, submit?: object, close?: object,
 *   blocks: object[], state?: {values: object}, [key: string]: any}} View
 */

export class Views {
  /** @type {View[]} the top one last */
  stack = [];
  /** @type {View | null} */
  home = null;
  /** Whether the Home tab was asked for and has answered. */
  homeVisited = false;
  #doors;
  #choices;

  /**
   * @param {typeof import("./api.js").doors} doors
   * @param {import("./choices.js").Choices} choices
   */
  constructor(doors, choices) {
    this.#doors = doors;
    this.#choices = choices;
  }

  clear() {
    this.#setStack([]);
    this.home = null;
    this.homeVisited = false;
  }

  /** @returns {View | undefined} the modal one sees */
  get top() {
    return this.stack.at(-1);
  }

  /** @param {string} id */
  find(id) {
    return this.home?.id === id ? this.home : this.stack.find((view) => view.id === id);
  }

  /** @param {string} as */
  async load(as) {
    const answer = await this.#doors.view(as);
    if (!answer.ok) return;
    this.#setStack(answer.views ?? []);
    this.home = answer.home ?? null;
  }

  /** @param {string} as */
  async visitHome(as) {
    const before = this.home;
    const answer = await this.#doors.home({ as, tab: "home" });
    this.homeVisited = true;
    // The app may have published a newer one while the answer was on its way.
    if (answer.ok && answer.view && this.home === before) this.home = answer.view;
  }

  /**
   * @param {string} as
   * @param {{type: string, view?: View, stack?: View[]}} event
   */
  async hear(as, event) {
    if (event.type === "home" && event.view) this.home = event.view;
    else if (Array.isArray(event.stack) && event.stack.every((view) => view.blocks))
      this.#setStack(event.stack);
    else await this.load(as);
  }

  #setStack(stack) {
    const open = new Set(stack.map(({ id }) => id));
    for (const { id } of this.stack) if (!open.has(id)) this.#choices.forget(id);
    this.stack = stack;
  }
}

/**
 * @param {View | null | undefined} view
 * @returns {import("./surface.js").Values} what is chosen in it, for reading and for writing
 */
export function valuesOf(view) {
  if (!view) return {};
  view.state ??= { values: {} };
  return view.state.values;
}
