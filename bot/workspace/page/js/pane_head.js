/** The head of the open conversation: its name, its topic, who is in it, and the tabs of the app. */

import { openDetails } from "./details.js";
import { arrange, h, renew } from "./dom.js";
import { icon } from "./icons.js";
import { mrkdwn } from "./mrkdwn.js";
import { avatar, titleOf } from "./people.js";

/** @typedef {import("./session.js").Session} Session */

/**
 * @param {HTMLElement} root
 * @param {Session} session
 * @param {import("./drawer.js").Drawer} drawer
 */
export function createPaneHead(root, session, drawer) {
  const { world, place, on } = session;
  const menu = h("button.icon-button.menu-button", {
    type: "button",
    "aria-label": "Open the sidebar",
    onclick: drawer.open,
  });
  menu.append(icon("menu"), h("span.menu-dot", { hidden: true }));
  const wire = h("p.wire", { role: "status", hidden: true }, "Reconnecting…");
  const title = h("div.pane-title");
  const tabs = h("div.tabs", { role: "tablist", "aria-label": "App" });
  root.append(h("div.pane-row", {}, menu, title, wire), tabs);
  tabs.addEventListener("keydown", (event) => moveTab(event, tabs));

  on(["wire"], () => {
    wire.hidden = place.online;
  });
  on(["place", "channels", "people"], () => {
    const channel = world.channel(place.channel);
    menu.lastElementChild.hidden = !world.channels.some(({ id, unread }) => unread && id !== place.channel);
    arrange(title, channel ? heading(channel, session) : []);
    drawTabs(tabs, channel, session);
    document.title = channel ? `${nameWithSign(channel, world)} · ${world.team.name}` : world.team.name;
  });
}

function nameWithSign(channel, world) {
  const sign = channel.kind === "channel" ? "#" : "";
  return sign + titleOf(channel, world.me, world.person.bind(world));
}

function heading(channel, session) {
  const { world } = session;
  const direct = channel.kind === "im" || channel.kind === "mpim";
  const name = titleOf(channel, world.me, world.person.bind(world));
  const other = world.person((channel.with ?? channel.members).find((id) => id !== world.me));
  const sign = direct ? avatar(other) : icon(channel.kind === "private" ? "lock" : "hash");
  const topic =
    !direct &&
    channel.topic &&
    h("p.pane-topic", { title: channel.topic }, mrkdwn(channel.topic, { lexicon: world.lexicon }));
  const archived = channel.archived && h("span.badge-app", {}, "Archived");
  return [sign, h("h1", {}, name), archived, topic, !direct && peopleButton(channel, session)].filter(
    Boolean,
  );
}

function peopleButton(channel, session) {
  const count = channel.members.length;
  const onclick = () => openDetails(channel.id, session);
  const name = `${count} ${count === 1 ? "member" : "members"}`;
  return h(
    "button.people-button",
    { type: "button", "aria-label": name, title: name, onclick },
    icon("people"),
    String(count),
  );
}

/** Arrows go from tab to tab, as everywhere. */
function moveTab({ key }, tabs) {
  if (key !== "ArrowLeft" && key !== "ArrowRight") return;
  const other = tabs.querySelector("[aria-selected=false]");
  other.focus();
  other.click();
}

const TABS = [
  ["messages", "Messages"],
  ["home", "Home"],
];

function drawTabs(root, channel, { world, place, open }) {
  root.hidden = !world.isAppChannel(channel) || !world.app?.home;
  if (root.hidden) return;
  const now = place.tab === "home" ? "home" : "messages";
  const tabs = TABS.map(([id, label]) =>
    h(
      "button.tab",
      {
        type: "button",
        role: "tab",
        "aria-selected": String(id === now),
        "data-testid": `tab-${id}`,
        "data-tab": id,
        onclick: () => open(channel.id, id === "home" ? "home" : ""),
      },
      label,
    ),
  );
  renew(root, tabs, "tab");
}
