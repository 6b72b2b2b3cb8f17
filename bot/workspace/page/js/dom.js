/**
 * Building DOM nodes. Text always becomes a text node, so that nothing a person or an app wrote
 * can turn into markup.
 */

/** Names that only work as properties of a node, not as attributes. */
const PROPERTIES = new Set(["value", "checked", "disabled", "indeterminate", "selected"]);

/**
 * @typedef {Node | string | number | null | undefined | false} Child
 * @typedef {Record<string, unknown>} Props
 */

/**
 * Makes an element: `h("button.primary", { type: "button", onclick }, "Send")`.
 *
 * @param {string} spec tag name, optionally followed by `.class` names
 * @param {Props} [props] functions become listeners, the rest attributes
 * @param {...(Child | Child[])} children
 * @returns {any} the element, of the class that its tag has
 */
export function h(spec, props = {}, ...children) {
  const [tag, ...classes] = spec.split(".");
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(" ");
  for (const [name, value] of Object.entries(props)) setProp(node, name, value);
  append(node, children);
  return node;
}

/**
 * @param {HTMLElement} node
 * @param {string} name
 * @param {unknown} value
 */
function setProp(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (typeof value === "function") node.addEventListener(name.slice(2), value);
  else if (PROPERTIES.has(name)) node[name] = value;
  else node.setAttribute(name, value === true ? "" : String(value));
}

/**
 * @param {ParentNode & Node} parent
 * @param {(Child | Child[])[]} children
 */
export function append(parent, children) {
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    parent.append(child instanceof Node ? child : String(child));
  }
}

/**
 * Makes the children of `parent` equal to `nodes`, touching only what differs, so that a node that
 * stays keeps its focus, its caret and its scroll position.
 *
 * @param {Element} parent
 * @param {Node[]} nodes
 */
export function arrange(parent, nodes) {
  const kept = new Set(nodes);
  for (const old of [...parent.childNodes]) if (!kept.has(old)) old.remove();
  nodes.forEach((node, index) => {
    const here = parent.childNodes[index];
    if (here !== node) parent.insertBefore(node, here ?? null);
  });
}

/**
 * Like `arrange`, for nodes that are made anew each time: the focus goes to the one that has the same
 * `data-` value as the one that had it.
 *
 * @param {Element} parent
 * @param {Node[]} nodes
 * @param {string} name of the `data-` attribute that tells them apart
 */
export function renew(parent, nodes, name) {
  const before = document.activeElement;
  const value = parent.contains(before) ? before.getAttribute(`data-${name}`) : null;
  arrange(parent, nodes);
  if (value) parent.querySelector(`[data-${name}="${CSS.escape(value)}"]`)?.focus();
}

let lastId = 0;

/**
 * An id that is new at each call, that ties labels to fields.
 *
 * @param {string} prefix
 * @returns {string}
 */
export function freshId(prefix) {
  lastId += 1;
  return `${prefix}-${lastId}`;
}

/**
 * Runs `work` only after `wait` quiet milliseconds.
 *
 * @template {unknown[]} A
 * @param {(...args: A) => void} work
 * @param {number} wait
 * @returns {((...args: A) => void) & {cancel: () => void, flush: () => void}}
 */
export function calmly(work, wait) {
  let timer = 0;
  let pending = null;
  const run = () => {
    const args = pending;
    pending = null;
    if (args) work(...args);
  };
  const later = (...args) => {
    pending = args;
    clearTimeout(timer);
    timer = setTimeout(run, wait);
  };
  later.cancel = () => {
    clearTimeout(timer);
    pending = null;
  };
  later.flush = () => {
    clearTimeout(timer);
    run();
  };
  return later;
}
