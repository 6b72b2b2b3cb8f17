/** One message: who said it and when, its blocks or text, files, reactions and its thread. */

import { drawAttachments } from "./attachments.js";
import { picture } from "./blocks/image.js";
import { arrange, h } from "./dom.js";
import { emojiOf, QUICK_REACTIONS } from "./emoji.js";
import { icon } from "./icons.js";
import { mrkdwn } from "./mrkdwn.js";
import { avatar, nameOf } from "./people.js";
import { openMenu } from "./popover.js";
import { createSurface } from "./surface.js";
import { createThread } from "./thread.js";
import { dateText, instantOf, timeOf } from "./time.js";

/**
 * @typedef {import("./conversations.js").Message} Message
 * @typedef {import("./session.js").Session} Session
 */

/**
 * @typedef {object} MessageView
 * @property {HTMLElement} node
 * @property {(message: Message, look: {compact: boolean, replies: Message[]}) => void} update
 */

/**
 * @param {string} channel
 * @param {string} ts
 * @param {Session} session
 * @param {{inThread?: boolean}} [options]
 * @returns {MessageView}
 */
export function createMessage(channel, ts, session, { inThread = false } = {}) {
  const { world, conversations, reload } = session;
  const current = () => conversations.find(channel, ts);
  const parts = {
    side: h("div.message-side"),
    head: h("div.message-head"),
    text: h("div.text.message-text"),
    blocks: h("div.blocks"),
    extras: h("div.message-extras"),
    reactions: h("div.reactions"),
  };
  const thread = inThread ? null : createThread(channel, ts, session, createMessage);
  const tools = toolbar(channel, ts, session, thread);
  const body = h("div.message-body", {}, Object.values(parts).slice(1), thread?.node);
  const node = h("li.message", { "data-ts": ts, "data-channel": channel, "data-testid": "message" });
  node.append(parts.side, body, tools);

  const surface = createSurface(
    parts.blocks,
    {
      id: `${channel}/${ts}`,
      where: { channel, ts },
      blocks: () => current()?.blocks ?? [],
      values: () => stateOf(current()),
      refetch: () => reload(channel),
    },
    session,
  );

  let key = "";
  return {
    node,
    update(message, { compact, replies }) {
      const { state, blocks, ...rest } = message;
      const next = JSON.stringify([rest, !blocks?.length, compact, world.version]);
      if (next !== key) drawRest(node, parts, message, compact, session);
      key = next;
      surface.draw();
      thread?.update(message, replies);
    },
  };
}

/** @param {Message | undefined} message */
function stateOf(message) {
  if (!message) return {};
  message.state ??= {};
  return message.state;
}

/** Everything but the blocks and the thread, which know themselves what changed. */
function drawRest(node, parts, message, compact, session) {
  const { world } = session;
  const author = authorOf(message, world);
  node.dataset.user = message.user ?? "";
  node.classList.toggle("is-compact", compact);
  node.classList.toggle("is-ephemeral", Boolean(message.ephemeral));
  const at = timeNode(message, world.zone);
  arrange(parts.side, [compact ? at : avatar(author)]);
  const notes = [...editedNote(message), ...ephemeralNote(message)];
  arrange(parts.head, compact ? notes : [...headline(author, at, world), ...notes]);
  arrange(parts.text, textOf(message, world.lexicon));
  arrange(parts.extras, [...filesOf(message), ...drawAttachments(message, session)]);
  arrange(
    parts.reactions,
    (message.reactions ?? []).map((one) => reaction(one, message, node.dataset.channel, session)),
  );
}

function authorOf(message, world) {
  const known = world.person(message.user);
  return (
    known ?? {
      id: message.user ?? "app",
      name: message.username ?? message.bot_profile?.name,
      is_bot: Boolean(message.bot_id),
    }
  );
}

function headline(author, at, world) {
  const isApp = author.is_bot && h("span.badge-app", {}, "App");
  const left = author.deleted && h("span.quiet", {}, "(deactivated)");
  const self = author.id === world.me && h("span.quiet.message-you", {}, "you");
  return [h("strong.message-author", {}, nameOf(author)), isApp, left, self, at].filter(Boolean);
}

function timeNode(message, zone) {
  const at = instantOf(message.ts);
  const title = dateText(at, zone, {
    weekday: "long",
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
  });
  return h("time.message-time", { datetime: at.toISOString(), title }, timeOf(at, zone));
}

/** Text carries this note at its end, blocks beside the time. */
function editedNote({ edited, blocks }) {
  return edited && blocks?.length ? [h("span.message-edited", {}, "(edited)")] : [];
}

function ephemeralNote(message) {
  return message.ephemeral ? [h("span.message-private", {}, icon("eye"), "Only visible to you")] : [];
}

/** With blocks, the text is only for notifications and is not shown. */
function textOf(message, lexicon) {
  if (message.blocks?.length) return [];
  const nodes = mrkdwn(message.text ?? "", { lexicon });
  return message.edited ? [...nodes, h("span.message-edited", {}, " (edited)")] : nodes;
}

function filesOf(message) {
  return (message.files ?? []).map((file) => {
    const url = file.url_private ?? file.permalink ?? "";
    const name = file.title || file.name || "File";
    const isPicture = (file.mimetype ?? "").startsWith("image/");
    if (!isPicture) return h("a.file", { href: url, target: "_blank", rel: "noopener" }, name);
    return h("figure", {}, h("figcaption", {}, name), picture(url, file.alt_txt || name));
  });
}

function reaction({ name, users, count }, message, channel, session) {
  const { world, doors } = session;
  const mine = users.includes(world.me);
  const who = users.map((id) => nameOf(world.person(id))).join(", ");
  const onclick = () => doors.react({ as: world.me, channel, ts: message.ts, name });
  return h(
    "button.reaction",
    {
      type: "button",
      "aria-pressed": String(mine),
      title: `${who}: ${name}`,
      "aria-label": `${name}, ${count}`,
      onclick,
    },
    emojiOf(name) ?? `:${name}:`,
    h("span", {}, count ?? users.length),
  );
}

function toolbar(channel, ts, session, thread) {
  const react = h(
    "button.icon-button",
    { type: "button", "aria-label": "React", "aria-haspopup": "menu" },
    icon("smile"),
  );
  react.addEventListener("click", () => openMenu(react, reactionItems(channel, ts, session), "React"));
  const answer = () => thread.open();
  const reply =
    thread &&
    h(
      "button.icon-button",
      { type: "button", "aria-label": "Reply in thread", onclick: answer },
      icon("reply"),
    );
  return h("div.message-tools", {}, react, reply);
}

function reactionItems(channel, ts, { doors, world }) {
  return QUICK_REACTIONS.map((name) => ({
    label: name,
    node: [h("span.emoji", { "aria-hidden": "true" }, emojiOf(name)), name.replaceAll("_", " ")],
    choose: () => doors.react({ as: world.me, channel, ts, name }),
  }));
}
