/** The replies to a message, unfolded below it. */

import { arrange, h } from "./dom.js";

/**
 * @typedef {import("./conversations.js").Message} Message
 */

/**
 * @param {string} channel
 * @param {string} ts of the message that is answered
 * @param {import("./session.js").Session} session
 * @param {typeof import("./message.js").createMessage} createMessage
 * @returns {{node: HTMLElement, open: () => void, update: (message: Message, replies: Message[]) => void}}
 */
export function createThread(channel, ts, session, createMessage) {
  const toggle = h("button.thread-toggle", { type: "button", "aria-expanded": "false" });
  const list = h("ol.thread-replies", { "aria-label": "Replies" });
  const form = replyForm(channel, ts, session);
  const unfolded = h("div.thread-unfolded", { hidden: true }, list, form);
  const node = h("div.thread", {}, toggle, unfolded);
  /** @type {Map<string, import("./message.js").MessageView>} */
  const drawn = new Map();
  let count = 0;

  const show = (open) => {
    unfolded.hidden = !open;
    toggle.setAttribute("aria-expanded", String(open));
    label(toggle, count);
  };
  toggle.addEventListener("click", () => show(unfolded.hidden));

  const draw = (reply) => {
    if (!drawn.has(reply.ts))
      drawn.set(reply.ts, createMessage(channel, reply.ts, session, { inThread: true }));
    const view = drawn.get(reply.ts);
    view.update(reply, { compact: false, replies: [] });
    return view.node;
  };

  return {
    node,
    open() {
      show(true);
      form.querySelector("textarea").focus();
    },
    update(message, replies) {
      count = Math.max(replies.length, message.reply_count ?? 0);
      toggle.hidden = count === 0;
      label(toggle, count);
      arrange(list, replies.map(draw));
    },
  };
}

function label(toggle, count) {
  const open = toggle.getAttribute("aria-expanded") === "true";
  const replies = `${count} ${count === 1 ? "reply" : "replies"}`;
  toggle.textContent = open ? `Hide ${replies}` : replies;
}

function replyForm(channel, ts, { doors, world, notices }) {
  const field = h("textarea.field", { rows: "1", "aria-label": "Reply", placeholder: "Reply…" });
  const form = h("form.thread-form", {}, field, h("button.button", { type: "submit" }, "Reply"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text) return;
    const answer = await doors.say({ as: world.me, channel, text, thread_ts: ts });
    if (answer.ok) field.value = "";
    else notices.show(answer.message, "error");
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  return form;
}
