/** The sidebar: the workspace, the person one plays, and the conversations that person sees. */

import { browseChannels, createChannel } from "./channel_forms.js";
import { h, renew } from "./dom.js";
import { icon } from "./icons.js";
import { avatar, titleOf } from "./people.js";
import { addPerson } from "./person_forms.js";
import { createSwitcher } from "./switcher.js";

/**
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("./people.js").Channel} Channel
 */

/**
 * @param {HTMLElement} root
 * @param {Session} session
 */
export function createSidebar(root, session) {
  const { world, on } = session;
  const name = h("p.workspace-name");
  const switcher = createSwitcher(session);
  const lists = h("div.places");
  root.append(h("header.sidebar-head", {}, name), switcher, lists);

  on(["people", "channels", "place"], () => {
    name.textContent = world.team.name;
    renew(lists, sections(session), "place");
  });
}

/** @param {Session} session */
function sections(session) {
  const { channels } = session.world;
  const direct = channels.filter(({ kind }) => kind === "im" || kind === "mpim");
  const rooms = channels.filter((channel) => isRoom(channel) && isShown(channel, session));
  const apps = direct.filter((channel) => session.world.isAppChannel(channel));
  const others = direct.filter((channel) => !apps.includes(channel));
  const tools = [
    tool("Browse channels", "search", () => browseChannels(session)),
    tool("Create a channel", "plus", () => createChannel(session)),
  ];
  return [
    section("App", apps, [], session),
    section("Channels", rooms, tools, session),
    section("Direct messages", others, [tool("Add a person", "plus", () => addPerson(session))], session),
  ].filter(Boolean);
}

const isRoom = ({ kind }) => kind === "channel" || kind === "private";

/** Channels one has not joined are found by browsing; the one that is open shows anyway. */
function isShown(channel, { place }) {
  return channel.id === place.channel || (channel.joined !== false && !channel.archived);
}

function tool(label, picture, onclick) {
  return h(
    "button.icon-button",
    { type: "button", "aria-label": label, title: label, "data-place": label, onclick },
    icon(picture),
  );
}

function section(title, channels, tools, session) {
  if (!channels.length && !tools.length) return null;
  const items = channels.map((channel) => h("li", {}, entry(channel, session)));
  return h(
    "section.place-section",
    { "aria-label": title },
    h("div.place-head", {}, h("h2", {}, title), tools),
    h("ul", {}, items),
  );
}

/**
 * @param {Channel} channel
 * @param {Session} session
 */
function entry(channel, { world, place, open }) {
  const title = titleOf(channel, world.me, world.person.bind(world));
  const unread = channel.unread ?? 0;
  const current = channel.id === place.channel;
  const count =
    unread > 0 &&
    h("span.unread", { "aria-label": `${unread} unread`, "data-testid": "unread" }, String(unread));
  return h(
    `button.place${unread ? ".has-unread" : ""}`,
    {
      type: "button",
      "data-channel": channel.id,
      "data-place": channel.id,
      "aria-current": current ? "page" : null,
      onclick: () => open(channel.id),
    },
    signOf(channel, world),
    h("span.place-name", {}, title),
    count,
  );
}

function signOf(channel, world) {
  if (channel.kind === "private") return icon("lock");
  if (channel.kind === "channel") return icon("hash");
  const others = (channel.with ?? channel.members).filter((id) => id !== world.me);
  if (others.length > 1)
    return h("span.avatar.avatar-count", { "aria-hidden": "true" }, String(others.length));
  return avatar(world.person(others[0]));
}
