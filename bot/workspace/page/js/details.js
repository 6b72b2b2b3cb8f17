/** Who is in a channel, and what can be done with it. */

import { openDialog, showRefusal } from "./dialog.js";
import { arrange, h } from "./dom.js";
import { avatar, nameOf } from "./people.js";

/** @typedef {import("./session.js").Session} Session */

/**
 * @param {string} id of the channel
 * @param {Session} session
 */
export function openDetails(id, session) {
  const { world, doors, refresh } = session;
  const body = h("div.details");
  const channel = world.channel(id);
  const dialog = openDialog({ title: `#${channel.name}`, body: [body] });

  const change = async (what, user) => {
    const answer = await doors.channel({ as: world.me, channel: id, do: what, user });
    if (!answer.ok) return showRefusal(dialog, answer.message);
    await refresh();
    if (!world.channel(id)) return dialog.close();
    return draw();
  };
  const draw = () => arrange(body, contents(world.channel(id), world, change));
  draw();
}

function contents(channel, world, change) {
  const inside = channel.members.includes(world.me);
  const rows = channel.members.map((user) =>
    memberRow(world.person(user), inside && user !== world.me, change),
  );
  const outside = world.people.filter(({ id, deleted }) => !deleted && !channel.members.includes(id));
  return [
    h("ul.member-list", {}, rows),
    inside && outside.length > 0 && inviteRow(outside, change),
    h("div.details-actions", {}, actions(channel, inside, change)),
  ].filter(Boolean);
}

function memberRow(person, removable, change) {
  const name = nameOf(person);
  const onclick = () => change("kick", person.id);
  const label = `Remove ${name}`;
  const remove =
    removable && h("button.button.button-small", { type: "button", "aria-label": label, onclick }, "Remove");
  return h("li", {}, avatar(person), h("span", {}, name), remove);
}

function inviteRow(people, change) {
  const list = h(
    "select.select",
    { "aria-label": "Someone to add" },
    people.map((one) => h("option", { value: one.id }, nameOf(one))),
  );
  const onclick = () => change("invite", list.value);
  return h("div.invite-row", {}, list, h("button.button", { type: "button", onclick }, "Add"));
}

function actions(channel, inside, change) {
  const button = (label, what, kind = "button.button") =>
    h(kind, { type: "button", onclick: () => change(what) }, label);
  return [
    inside ? button("Leave", "leave") : channel.kind === "channel" && button("Join", "join"),
    channel.archived
      ? button("Unarchive", "unarchive")
      : button("Archive", "archive", "button.button.danger"),
  ];
}
