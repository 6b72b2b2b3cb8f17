/** Dialogs of the page itself: the browser's own, which keep the focus inside and close on Escape. */

import { freshId, h } from "./dom.js";
import { icon } from "./icons.js";

/**
 * @typedef {object} Dialog
 * @property {HTMLDialogElement} node
 * @property {() => void} close
 */

/**
 * @param {{title: string, body: (Node | string)[], footer?: Node[], kind?: string,
 *   onSubmit?: (dialog: Dialog) => void, onClosed?: () => void}} parts
 * @returns {Dialog}
 */
export function openDialog({ title, body, footer = [], kind = "small", onSubmit, onClosed }) {
  const titleId = freshId("title");
  const form = h(
    "form.dialog-form",
    { novalidate: true },
    h(
      "header.dialog-head",
      {},
      h("h2", { id: titleId }, title),
      closeButton(() => node.close()),
    ),
    h("div.dialog-body", {}, body),
    footer.length > 0 && h("footer.dialog-foot", {}, footer),
  );
  const node = h(`dialog.dialog.dialog-${kind}`, { "aria-labelledby": titleId }, form);
  const dialog = { node, close: () => node.close() };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    onSubmit?.(dialog);
  });
  node.addEventListener("close", () => {
    node.remove();
    onClosed?.();
  });
  document.body.append(node);
  node.showModal();
  firstField(form)?.focus();
  return dialog;
}

/**
 * @param {() => void} onclick
 * @returns {HTMLElement}
 */
export function closeButton(onclick) {
  return h("button.icon-button", { type: "button", "aria-label": "Close", onclick }, icon("close"));
}

/**
 * Where typing should begin in a form.
 *
 * @param {HTMLElement} form
 * @returns {HTMLElement | null}
 */
export function firstField(form) {
  const field = "input:not([type=hidden]), select, textarea, .picker";
  return (
    form.querySelector("[data-autofocus]") ??
    form.querySelector(field) ??
    form.querySelector("button[type=submit]")
  );
}

/**
 * A labelled field of a dialog.
 *
 * @param {string} label
 * @param {HTMLElement} field
 * @param {string} [hint]
 * @returns {HTMLElement}
 */
export function labelled(label, field, hint) {
  field.id = freshId("field");
  return h(
    "div.form-row",
    {},
    h("label.input-label", { for: field.id }, label),
    field,
    hint && h("p.input-hint", {}, hint),
  );
}

/**
 * Shows what was refused inside a dialog, and keeps everything typed.
 *
 * @param {Dialog} dialog
 * @param {string} message
 */
export function showRefusal(dialog, message) {
  const body = dialog.node.querySelector(".dialog-body");
  body.querySelector(".refusal")?.remove();
  body.insertBefore(h("p.refusal", { role: "alert" }, message), body.firstChild);
}

/**
 * The two buttons at the end of a form.
 *
 * @param {string} submit label of the one that does it
 * @returns {HTMLElement[]}
 */
export function answerButtons(submit) {
  const onclick = (event) => event.target.closest("dialog").close();
  return [
    h("button.button", { type: "button", onclick }, "Cancel"),
    h("button.button.primary", { type: "submit" }, submit),
  ];
}

/**
 * A single checkbox of a dialog.
 *
 * @param {string} label
 * @returns {{input: HTMLElement, row: HTMLElement}}
 */
export function tick(label) {
  const input = h("input", { type: "checkbox" });
  return { input, row: h("label.option", {}, input, h("span.option-words", {}, label)) };
}
