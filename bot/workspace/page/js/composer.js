/** Where one types: messages and slash commands. */

import { arrange, h } from "./dom.js";
import { icon } from "./icons.js";
import { titleOf } from "./people.js";
import { createCommandList } from "./command_list.js";

/** @typedef {import("./session.js").Session} Session */

/**
 * @param {HTMLElement} root
 * @param {Session} session
 */
export function createComposer(root, session) {
  const { world, place, on } = session;
  const parts = draw(root);
  const { field, failure, form } = parts;
  const commands = createCommandList(parts.list, field, () => world.app?.commands ?? []);
  const recall = createRecall(field);
  /** @type {Map<string, string>} what was typed in the other conversations */
  const drafts = new Map();
  let shown = "";

  const send = async () => {
    const text = field.value.trim();
    if (!text || field.readOnly) return;
    failure.hidden = true;
    setBusy(parts, true);
    const answer = await session.doors.say({ as: world.me, channel: place.channel, text });
    setBusy(parts, false);
    if (answer.ok) {
      recall.remember(field.value);
      field.value = "";
    } else {
      session.notices.saidElsewhere(answer.message);
      failure.textContent = answer.message ?? "That did not work.";
      failure.hidden = false;
    }
    commands.update();
    grow(field);
    field.focus();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  field.addEventListener("input", () => {
    commands.update();
    grow(field);
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || commands.steer(event) || recall.steer(event)) return;
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    send();
  });
  field.addEventListener("blur", () => commands.hide());

  on(["place", "channels", "people"], () => {
    const channel = world.channel(place.channel);
    root.hidden = place.tab === "home" || !channel;
    if (!channel) return;
    const here = `${world.me} ${channel.id}`;
    if (here !== shown) {
      drafts.set(shown, field.value);
      field.value = drafts.get(here) ?? "";
      failure.hidden = true;
      shown = here;
      commands.update();
      grow(field);
    }
    const name = titleOf(channel, world.me, world.person.bind(world));
    const sign = channel.kind === "channel" ? "#" : "";
    field.setAttribute("placeholder", `Message ${sign}${name}`);
    drawGate(parts, channel, session);
  });
}

function draw(root) {
  const failure = h("p.refusal.composer-failure", {
    role: "alert",
    hidden: true,
    "data-testid": "composer-failure",
  });
  const list = h("div.command-list", { hidden: true });
  const field = h("textarea.composer-field", {
    id: "composer-field",
    rows: "1",
    "aria-label": "Message",
    "data-testid": "composer",
  });
  const button = h("button.send", { type: "submit", "aria-label": "Send" }, icon("send"));
  const form = h("form.composer-form", {}, field, button);
  const gate = h("div.gate", { hidden: true });
  root.append(failure, list, form, gate);
  return { failure, list, field, button, form, gate };
}

/** Kept as it is while the answer is awaited, so that nothing typed is lost. */
function setBusy({ field, button }, busy) {
  field.readOnly = busy;
  button.setAttribute("aria-busy", String(busy));
}

/** In a channel that one only looks into, one joins first; in an archived one nobody writes. */
function drawGate({ form, gate }, channel, session) {
  const { world, doors, notices, refresh } = session;
  const outside = channel.kind === "channel" && channel.joined === false;
  form.hidden = outside || Boolean(channel.archived);
  gate.hidden = !form.hidden;
  if (channel.archived) return arrange(gate, [h("p", {}, "This channel is archived.")]);
  const join = async () => {
    const answer = await doors.channel({ as: world.me, channel: channel.id, do: "join" });
    if (!answer.ok) notices.show(answer.message, "error");
    await refresh();
  };
  const button = h("button.button.primary", { type: "button", onclick: join }, `Join #${channel.name}`);
  return arrange(gate, [h("p", {}, "You are looking in from outside."), button]);
}

const TALLEST = 220;

function grow(field) {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, TALLEST)}px`;
}

/** The arrow up in an empty field brings back what was sent before. */
function createRecall(field) {
  /** @type {string[]} */
  const lines = [];
  let at = 0;

  const put = (step) => {
    at = Math.max(0, Math.min(lines.length, at + step));
    field.value = lines[at] ?? "";
    field.setSelectionRange(field.value.length, field.value.length);
    grow(field);
  };

  return {
    remember(line) {
      if (lines.at(-1) !== line) lines.push(line);
      at = lines.length;
    },
    steer(event) {
      const recalled = field.value === "" || field.value === lines[at];
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!step || !recalled || !lines.length) return false;
      event.preventDefault();
      put(step);
      return true;
    },
  };
}
