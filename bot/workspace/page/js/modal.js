/** The app's modals: the top of the stack is open, the ones below wait behind it. */

import { flatText } from "./blocks/text.js";
import { freshId, h } from "./dom.js";
import { closeButton, firstField } from "./dialog.js";
import { told, statefulElements } from "./elements/state.js";
import { createSurface } from "./surface.js";
import { valuesOf } from "./views.js";

/**
 * @param {import("./session.js").Session} session
 */
export function createModals(session) {
  const { views, on } = session;
  let open = null;

  on(["views", "people"], () => {
    const { top } = views;
    if (open && open.id !== top?.id) {
      open.remove();
      open = null;
    }
    if (!top) return;
    open ??= openModal(top.id, session);
    open.draw();
  });
}

/** One modal on the screen; `draw` shows its view as it is now. */
function openModal(id, session) {
  const { views, world, doors, emit } = session;
  let errors = {};
  const view = () => views.find(id);
  const parts = frame(id, () => shut());
  const surface = createSurface(
    parts.blocks,
    {
      id,
      where: { view_id: id },
      blocks: () => view()?.blocks ?? [],
      values: () => valuesOf(view()),
      errors: () => errors,
      refetch: () => views.load(world.me),
    },
    session,
  );

  const draw = () => {
    drawFrame(parts, view(), views.stack.length);
    surface.draw();
  };

  const fail = (answer) => {
    errors = answer.errors ?? {};
    parts.say(answer.errors ? "" : answer.message);
    session.notices.saidElsewhere(answer.message);
    draw();
    parts.blocks.querySelector("[aria-invalid=true]")?.focus();
  };

  const submit = async () => {
    if (parts.isBusy() || !view()?.submit) return;
    parts.setBusy(true);
    const values = everythingIn(view(), surface);
    const answer = await doors.submit({ as: world.me, view_id: id, values });
    parts.setBusy(false);
    if (!answer.ok) return fail(answer);
    errors = {};
    await views.load(world.me);
    emit("views");
    return undefined;
  };

  const shut = async () => {
    const answer = await doors.close({ as: world.me, view_id: id });
    if (!answer.ok) return parts.say(answer.message);
    await views.load(world.me);
    emit("views");
    return undefined;
  };

  parts.form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  parts.form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) parts.form.requestSubmit();
  });
  // The browser would close the dialog at once; it is the server that says what is open.
  parts.node.addEventListener("cancel", (event) => {
    event.preventDefault();
    shut();
  });

  draw();
  document.body.append(parts.node);
  parts.node.showModal();
  focusFirst(parts);
  return { id, draw, remove: () => leave(parts.node) };
}

/** Closing before removing gives the focus back to where it was. */
function leave(node) {
  node.close();
  node.remove();
}

function everythingIn(view, surface) {
  const values = {};
  for (const block of view.blocks) {
    for (const element of statefulElements(block)) {
      const value = told(element, surface.entry(block.block_id, element.action_id));
      values[block.block_id] = { ...values[block.block_id], [element.action_id]: value };
    }
  }
  return values;
}

function frame(id, onClose) {
  const title = h("h2", { id: freshId("title") });
  const trouble = h("p.refusal", { role: "alert", hidden: true });
  const blocks = h("div.blocks", { "data-testid": "modal-blocks" });
  const close = h("button.button", { type: "button", onclick: onClose });
  const submit = h("button.button.primary", { type: "submit" });
  const form = h(
    "form.dialog-form",
    { novalidate: true },
    h("header.dialog-head", {}, title, closeButton(onClose)),
    h("div.dialog-body", {}, trouble, blocks),
    h("footer.dialog-foot", {}, close, submit),
  );
  const attributes = { "aria-labelledby": title.id, "data-testid": "modal", "data-view-id": id };
  const node = h("dialog.dialog.dialog-modal", attributes, form);
  return {
    node,
    form,
    title,
    blocks,
    close,
    submit,
    say(message) {
      trouble.textContent = message ?? "";
      trouble.hidden = !message;
    },
    isBusy: () => submit.getAttribute("aria-busy") === "true",
    setBusy: (busy) => submit.setAttribute("aria-busy", String(busy)),
  };
}

function drawFrame({ node, title, close, submit }, view, depth) {
  if (!view) return;
  node.dataset.depth = String(depth);
  title.textContent = flatText(view.title);
  close.textContent = flatText(view.close) || "Cancel";
  submit.textContent = flatText(view.submit) || "Submit";
  submit.hidden = !view.submit;
  submit.disabled = !view.submit;
}

function focusFirst({ form, close }) {
  const field = firstField(form.querySelector(".blocks")) ?? close;
  field.focus();
}
