/** Focus and caret survive a redrawing when the same element is there afterwards. */

/**
 * @param {HTMLElement} host
 * @param {() => void} redraw
 */
export function keepingFocus(host, redraw) {
  const before = document.activeElement;
  const trace = host.contains(before) ? traceOf(before) : null;
  redraw();
  if (!trace || host.contains(before)) return;
  const after = find(host, trace);
  after?.focus({ preventScroll: true });
  if (after && trace.caret) after.setSelectionRange(...trace.caret);
}

function traceOf(node) {
  const holder = node.closest("[data-action-id]");
  if (!holder) return null;
  return {
    block: node.closest("[data-block-id]")?.dataset.blockId,
    action: holder.dataset.actionId,
    option: node.dataset.optionValue,
    caret: typeof node.selectionStart === "number" ? [node.selectionStart, node.selectionEnd] : null,
  };
}

function find(host, { block, action, option }) {
  const within = `[data-block-id="${CSS.escape(block)}"] [data-action-id="${CSS.escape(action)}"]`;
  const holder = host.querySelector(within);
  if (option === undefined) return holder;
  return holder?.querySelector(`[data-option-value="${CSS.escape(option)}"]`);
}
