/** The list of messages of the open conversation, day by day. */

import { arrange, h } from "./dom.js";
import { icon } from "./icons.js";
import { createMessage } from "./message.js";
import { mrkdwn, unescape } from "./mrkdwn.js";
import { avatar, nameOf, titleOf } from "./people.js";
import { dateOf, dayName, instantOf } from "./time.js";

/**
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("./conversations.js").Message} Message
 */

/** Messages of one person within this many seconds stand under one name. */
const ONE_BREATH = 300;
const NEAR_BOTTOM = 80;

/**
 * @param {HTMLElement} root
 * @param {HTMLElement} announcer what is written here is read out
 * @param {Session} session
 */
export function createMessages(root, announcer, session) {
  const { world, conversations, place, on } = session;
  const older = h("button.button.older", { type: "button", hidden: true }, "Earlier messages");
  const intro = h("div.intro");
  const list = h("ol.message-list", { "aria-label": "History" });
  const scroll = h("div.message-scroll", { tabindex: "-1" }, older, intro, list);
  root.append(scroll);

  /** @type {Map<string, import("./message.js").MessageView>} */
  let drawn = new Map();
  let shown = "";
  let newest = "";
  let today = "";
  let stuck = true;

  // Whoever reads the newest message goes on doing so when one arrives, grows or loads its picture.
  const stick = () => {
    if (stuck) scroll.scrollTop = scroll.scrollHeight;
  };
  scroll.addEventListener("scroll", () => {
    stuck = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR_BOTTOM;
  });
  const sizes = new ResizeObserver(stick);
  sizes.observe(list);
  sizes.observe(scroll);

  older.addEventListener("click", async () => {
    const fromBottom = scroll.scrollHeight - scroll.scrollTop;
    await conversations.loadOlder(world.me, place.channel);
    draw();
    scroll.scrollTop = scroll.scrollHeight - fromBottom;
  });

  const startOver = () => {
    drawn = new Map();
    newest = "";
    shown = `${world.me} ${place.channel}`;
    arrange(list, []);
  };

  const messageNode = (message, look) => {
    if (!drawn.has(message.ts)) drawn.set(message.ts, createMessage(place.channel, message.ts, session));
    const view = drawn.get(message.ts);
    view.update(message, look);
    return view.node;
  };

  const announce = (messages) => {
    const fresh = messages.filter(({ ts }) => newest && ts > newest);
    newest = messages.at(-1)?.ts ?? newest;
    const words = fresh.filter(({ user }) => user !== world.me).map((one) => spoken(one, world));
    if (words.length) announcer.textContent = words.join(". ");
  };

  function draw() {
    root.hidden = place.tab === "home";
    const moved = shown !== `${world.me} ${place.channel}`;
    if (moved) startOver();
    const known = conversations.get(place.channel);
    const channel = world.channel(place.channel);
    older.hidden = !known?.more;
    drawIntro(intro, channel, known, world);
    if (moved) stuck = true;
    arrange(list, rows(known?.messages ?? [], world, messageNode));
    stick();
    announce(known?.messages ?? []);
  }

  on(["messages", "place", "people"], draw);
  on(["clock"], () => {
    // At midnight "Today" becomes "Yesterday".
    const date = dateOf(world.now(), world.zone);
    if (date !== today) draw();
    today = date;
  });
}

/** Day dividers and messages, in order. */
function rows(messages, world, messageNode) {
  const { tops, replies } = byThread(messages);
  const nodes = [];
  let before = null;
  for (const message of tops) {
    const at = instantOf(message.ts);
    const newDay = !before || dateOf(instantOf(before.ts), world.zone) !== dateOf(at, world.zone);
    if (newDay) nodes.push(divider(dayName(at, world.now(), world.zone)));
    const compact = !newDay && inOneBreath(before, message);
    nodes.push(messageNode(message, { compact, replies: replies.get(message.ts) ?? [] }));
    before = message;
  }
  return nodes;
}

function byThread(messages) {
  const known = new Set(messages.map(({ ts }) => ts));
  const replies = new Map();
  const tops = [];
  for (const message of messages) {
    const parent = message.thread_ts;
    if (!parent || parent === message.ts || !known.has(parent)) tops.push(message);
    else replies.set(parent, [...(replies.get(parent) ?? []), message]);
  }
  return { tops, replies };
}

function inOneBreath(before, message) {
  const close = Number(message.ts) - Number(before.ts) < ONE_BREATH;
  return close && before.user === message.user && Boolean(before.ephemeral) === Boolean(message.ephemeral);
}

function divider(name) {
  return h("li.day", {}, h("span", {}, name));
}

/** A conversation without messages says what it is for; one with messages only if all are read in. */
function drawIntro(intro, channel, known, world) {
  intro.hidden = !channel || !known || known.more || known.messages.length > 0;
  if (intro.hidden) return;
  const title = titleOf(channel, world.me, world.person.bind(world));
  const direct = channel.kind === "im" || channel.kind === "mpim";
  const other = world.person((channel.with ?? channel.members).find((id) => id !== world.me));
  const line =
    channel.topic ||
    (direct ? `This is the beginning with ${title}. Say hello.` : "Nothing here yet. Say hello.");
  arrange(intro, [
    direct ? avatar(other) : h("span.intro-icon", {}, icon(channel.kind === "private" ? "lock" : "hash")),
    h("h2", {}, title),
    h("p", {}, mrkdwn(line, { lexicon: world.lexicon })),
  ]);
}

function spoken(message, world) {
  return `${nameOf(world.person(message.user))}: ${unescape(message.text ?? "").replace(/<[^>]*\|?([^>|]*)>/g, "$1")}`;
}
