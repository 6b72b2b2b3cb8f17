/** The workspace's clock: what time it is for the person one plays, and travelling to later. */

import { labelled, openDialog, showRefusal } from "./dialog.js";
import { arrange, h, renew } from "./dom.js";
import { icon } from "./icons.js";
import { cityOf, instantAt, instantOfLocal, localValue, shortDay, timeOf, wallClock } from "./time.js";

/** @typedef {import("./session.js").Session} Session */

const HOUR = 3_600;
const MORNING = 9;
const MAX_LANDMARKS = 4;
const STILL = matchMedia("(prefers-reduced-motion: reduce)");

/**
 * @param {HTMLElement} root
 * @param {Session} session
 */
export function createClock(root, session) {
  const { world, on } = session;
  const face = h("div.clock-face", { "data-testid": "clock" });
  const buttons = h("div.clock-buttons", { role: "group", "aria-label": "Travel in time" });
  const state = h("p.hidden", { role: "status" });
  root.append(h("div.clock-now", {}, icon("clock"), face), buttons, state);
  const hands = createHands(face, world);
  let going = null;

  const travel = async (body, to) => {
    if (going || world.travelling) return;
    going = to;
    draw();
    const answer = await session.doors.travel(body);
    going = null;
    world.travelling = false;
    if (answer.ok) world.setClock(answer);
    else session.notices.show(answer.message, "error");
    await session.refresh();
    state.textContent = answer.ok
      ? `It is ${shortDay(world.now(), world.zone)}, ${timeOf(world.now(), world.zone)}.`
      : "";
  };

  const draw = () => {
    const busy = Boolean(going) || world.travelling;
    root.classList.toggle("is-travelling", busy);
    root.setAttribute("aria-busy", String(busy));
    hands.set(busy ? going : null);
    renew(buttons, travelButtons(session, travel, busy), "travel");
    if (busy && going)
      state.textContent = `Travelling to ${shortDay(going, world.zone)}, ${timeOf(going, world.zone)}.`;
  };
  on(["clock", "people"], draw);
}

/** What moves on the clock's face: by itself each second, and fast while travelling. */
function createHands(face, world) {
  const show = (at) => {
    const day = h("span.clock-day", {}, shortDay(at, world.zone));
    const time = h("strong.clock-time", {}, timeOf(at, world.zone));
    arrange(face, [day, time, h("span.clock-zone", {}, cityOf(world.zone))]);
  };
  let aim = null;
  let shown = "";
  let started = null;

  const frame = () => {
    if (!aim) return;
    const from = started.virtual.getTime();
    const left = aim.getTime() - from;
    // It never quite arrives by itself: how long the way takes is known only at its end.
    const share = 1 - Math.exp(-(performance.now() - started.real) / 1_500);
    const floor = world.now().getTime();
    show(new Date(Math.max(floor, from + left * share * 0.98)));
    requestAnimationFrame(frame);
  };
  const tick = () => {
    const next = `${world.zone} ${shortDay(world.now(), world.zone)} ${timeOf(world.now(), world.zone)}`;
    if (aim || !world.me || next === shown) return;
    shown = next;
    show(world.now());
  };
  setInterval(tick, 1_000);
  return {
    set(to) {
      const began = to && !aim;
      aim = STILL.matches ? null : to;
      if (began && aim) {
        started = { real: performance.now(), virtual: world.now() };
        requestAnimationFrame(frame);
      } else if (!to) {
        shown = "";
        tick();
      }
    },
  };
}

function travelButtons(session, travel, busy) {
  const { world } = session;
  const now = world.now();
  const to = (at) => () => travel({ to: at.toISOString() }, at);
  const landmarks = world.landmarks.slice(0, MAX_LANDMARKS).map(({ label, at }) => {
    const when = new Date(at);
    return travelButton(
      label,
      `${weekday(when, now, world.zone)} ${timeOf(when, world.zone)}`,
      label,
      busy,
      to(when),
    );
  });
  const hour = new Date(now.getTime() + HOUR * 1_000);
  const tomorrow = tomorrowMorning(now, world.zone);
  return [
    ...landmarks,
    travelButton("+1 h", "", "+1 h", busy, () => travel({ by: HOUR }, hour)),
    travelButton("Tomorrow", "", "Tomorrow", busy, to(tomorrow)),
    travelButton("Other…", "", "other", busy, () => chooseMoment(session, travel)),
  ];
}

function travelButton(label, when, key, disabled, onclick) {
  const time = when && h("span.travel-when", {}, ` ${when}`);
  return h(
    "button.travel",
    { type: "button", "data-travel": key, disabled, onclick },
    h("span", {}, label),
    time,
  );
}

/** Within a week the weekday says enough. */
function weekday(at, now, zone) {
  const day = shortDay(at, zone);
  return at.getTime() - now.getTime() < 6 * 24 * HOUR * 1_000 ? day.split(" ")[0] : day;
}

function tomorrowMorning(now, zone) {
  const { year, month, day } = wallClock(now, zone);
  return instantAt({ year, month, day: day + 1, hour: MORNING, minute: 0 }, zone);
}

function chooseMoment({ world }, travel) {
  const soon = new Date(world.now().getTime() + HOUR * 1_000);
  const field = h("input.field", { type: "datetime-local", value: localValue(soon, world.zone) });
  openDialog({
    title: "Travel to",
    body: [
      labelled(`Date and time in ${cityOf(world.zone)}`, field, "Only forward, and at most 60 days at once."),
    ],
    footer: [h("button.button.primary", { type: "submit" }, "Travel")],
    onSubmit(dialog) {
      if (!field.value) return showRefusal(dialog, "Which day, and what time?");
      const at = instantOfLocal(field.value, world.zone);
      if (at <= world.now()) return showRefusal(dialog, "That is in the past; the clock only moves forward.");
      dialog.close();
      return travel({ to: at.toISOString() }, at);
    },
  });
}
