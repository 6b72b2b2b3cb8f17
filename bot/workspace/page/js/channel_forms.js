/** Making a channel, and finding one. */

import { answerButtons, labelled, openDialog, showRefusal, tick } from "./dialog.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";

/** @typedef {import("./session.js").Session} Session */

/** @param {Session} session */
export function createChannel(session) {
  const { doors, world, refresh, open } = session;
  const name = h("input.field", { type: "text", autocomplete: "off", placeholder: "study-group" });
  const topic = h("input.field", { type: "text", autocomplete: "off" });
  const closed = tick("Private: only people who are invited see it");
  openDialog({
    title: "Create a channel",
    body: [labelled("Name", name), labelled("Topic (optional)", topic), closed.row],
    footer: answerButtons("Create"),
    async onSubmit(dialog) {
      const wanted = name.value.trim().replace(/^#/, "").toLowerCase().replaceAll(" ", "-");
      if (!wanted) return showRefusal(dialog, "What is the channel called?");
      const body = { as: world.me, name: wanted, topic: topic.value.trim(), private: closed.input.checked };
      const answer = await doors.addChannel(body);
      if (!answer.ok) return showRefusal(dialog, answer.message);
      dialog.close();
      await refresh();
      return open(answer.channel.id);
    },
  });
}

/** @param {Session} session */
export function browseChannels(session) {
  const { doors, world, refresh, open } = session;
  const channels = world.channels.filter(({ kind, archived }) => kind === "channel" && !archived);
  const visit = (channel, dialog) => {
    dialog.close();
    open(channel.id);
  };
  const join = async (channel, dialog) => {
    const answer = await doors.channel({ as: world.me, channel: channel.id, do: "join" });
    if (!answer.ok) return showRefusal(dialog, answer.message);
    await refresh();
    return visit(channel, dialog);
  };
  const list = h("ul.browse-list");
  const dialog = openDialog({
    title: "Channels",
    body: [channels.length ? list : "There are no public channels yet."],
  });
  for (const channel of channels)
    list.append(
      browseRow(
        channel,
        () => visit(channel, dialog),
        () => join(channel, dialog),
      ),
    );
}

function browseRow(channel, visit, join) {
  const count = `${channel.members.length} ${channel.members.length === 1 ? "member" : "members"}`;
  const about = [count, channel.topic].filter(Boolean).join(" · ");
  const words = h("span.browse-words", {}, h("strong", {}, channel.name), h("small", {}, about));
  const inside = channel.joined !== false;
  const label = `${inside ? "Open" : "Join"} ${channel.name}`;
  const kind = inside ? "button.button.button-small" : "button.button.button-small.primary";
  const act = h(
    kind,
    { type: "button", "aria-label": label, onclick: inside ? visit : join },
    inside ? "Open" : "Join",
  );
  return h("li", {}, icon("hash"), words, act);
}
