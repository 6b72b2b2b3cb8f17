/** Who one plays, where one looks, and what the server tells meanwhile. */

import { doors } from "./api.js";
import { createChoices } from "./choices.js";
import { Conversations } from "./conversations.js";
import { calmly } from "./dom.js";
import { listen } from "./events.js";
import { onPlaceChange, readPlace, writePlace } from "./route.js";
import { createSignals } from "./signals.js";
import { Views } from "./views.js";
import { World } from "./world.js";

const SETTLE = 120;
const PAUSE = 1_000;

/**
 * Signals: "people" and "channels" (the lists), "place" (who or where), "messages" (of the open
 * channel), "views" (modals), "home", "clock", "wire".
 *
 * @typedef {object} Session
 * @property {typeof doors} doors
 * @property {World} world
 * @property {Conversations} conversations
 * @property {Views} views
 * @property {import("./choices.js").Choices} choices
 * @property {import("./notices.js").Notices} notices
 * @property {import("./signals.js").Signals["on"]} on
 * @property {import("./signals.js").Signals["emit"]} emit
 * @property {{channel: string, tab: string, online: boolean}} place
 * @property {() => Promise<void>} start
 * @property {(id: string) => Promise<void>} become
 * @property {(channel: string, tab?: string) => void} open
 * @property {() => Promise<void>} refresh
 * @property {(channel: string) => Promise<void>} reload
 */

/**
 * @param {import("./notices.js").Notices} notices
 * @returns {Session}
 */
export function createSession(notices) {
  const { on, emit } = createSignals();
  const world = new World((id) => session.open(id));
  const conversations = new Conversations(doors);
  const choices = createChoices();
  const views = new Views(doors, choices);
  const place = { channel: "", tab: "", online: true };
  let wire = null;

  const refresh = async () => {
    const as = world.me;
    const state = await doors.state(as);
    if (as !== world.me) return;
    if (!state.ok) return notices.show(state.message, "error");
    world.apply(state);
    const open = world.channel(place.channel);
    if (open && place.tab !== "home") open.unread = 0;
    for (const name of ["people", "channels", "clock"]) emit(name);
  };
  const refreshSoon = calmly(refresh, SETTLE);

  const markRead = calmly(() => {
    if (document.visibilityState !== "visible" || place.tab === "home") return;
    doors.channel({ as: world.me, channel: place.channel, do: "read" });
  }, SETTLE);

  const reload = async (channel) => {
    const as = world.me;
    await conversations.load(as, channel);
    if (as === world.me && channel === place.channel) emit("messages");
  };

  const enter = async () => {
    const { channel, tab } = place;
    writePlace({ as: world.me, channel, tab });
    emit("place");
    emit("messages");
    if (tab === "home") await views.visitHome(world.me).then(() => emit("home"));
    else if (world.isAppChannel(world.channel(channel))) doors.home({ as: world.me, tab: "messages" });
    if (!channel) return;
    await reload(channel);
    const open = world.channel(channel);
    if (open?.unread && tab !== "home") open.unread = 0;
    markRead();
    emit("channels");
  };

  const arriveAnew = async () => {
    place.online = true;
    emit("wire");
    conversations.clear();
    await refresh();
    if (!world.person(world.me)) return session.start();
    if (!world.channel(place.channel)) Object.assign(place, { channel: firstChannel(world), tab: "" });
    await Promise.all([enter(), views.load(world.me)]);
    emit("views");
    emit("home");
    return undefined;
  };

  const hear = createEar({
    world,
    conversations,
    views,
    notices,
    place,
    emit,
    refreshSoon,
    markRead,
    reload,
  });

  const connect = () => {
    wire?.close();
    const onLost = () => {
      place.online = false;
      emit("wire");
    };
    wire = listen(world.me, { onOpen: arriveAnew, onEvent: hear, onLost });
  };

  const become = async (id) => {
    world.me = id;
    // As Slack's own cookie does, it lets this person's pictures and downloads through.
    document.cookie = `as=${encodeURIComponent(id)}; path=/files; SameSite=Strict`;
    conversations.clear();
    views.clear();
    emit("views");
    connect();
  };

  /** @type {Session} */
  const session = {
    doors,
    world,
    conversations,
    views,
    choices,
    notices,
    on,
    emit,
    place,
    become,
    refresh,
    reload,
    async start() {
      wire?.close();
      const asked = readPlace();
      const state = await doors.state();
      place.online = state.ok;
      emit("wire");
      if (!state.ok) return setTimeout(session.start, PAUSE);
      world.apply(state);
      const humans = world.humans();
      const who = humans.find(({ id }) => id === asked.as) ?? humans.find(({ you }) => you) ?? humans[0];
      Object.assign(place, { channel: asked.channel, tab: asked.tab });
      emit("people");
      if (who) return become(who.id);
      return notices.show("Nobody is here yet. Add a person to begin.");
    },
    open(channel, tab = "") {
      Object.assign(place, { channel, tab });
      enter();
    },
  };

  onPlaceChange(() => {
    const asked = readPlace();
    Object.assign(place, { channel: asked.channel, tab: asked.tab });
    if (asked.as && asked.as !== world.me) become(asked.as);
    else enter();
  });
  document.addEventListener("visibilitychange", markRead);
  return session;
}

/** @param {World} world */
function firstChannel(world) {
  const joined = world.channels.find(({ kind, joined: inside }) => kind === "channel" && inside !== false);
  return (joined ?? world.channels[0])?.id ?? "";
}

/** What each kind of event does to what the page knows. */
function createEar({ world, conversations, views, notices, place, emit, refreshSoon, markRead, reload }) {
  const told = (channel) => {
    if (channel === place.channel) emit("messages");
  };
  const put = ({ channel, message }) => {
    conversations.put(channel, message);
    told(channel);
  };
  const arrived = (event) => {
    put(event);
    if (event.channel === place.channel) markRead();
    refreshSoon();
  };
  const stack = async (event) => {
    await views.hear(world.me, event);
    emit("views");
    emit("home");
  };
  const hear = {
    message: arrived,
    ephemeral: (event) => arrived({ ...event, message: { ...event.message, ephemeral: true } }),
    message_changed: put,
    reaction: (event) => (event.message ? put(event) : reload(event.channel)),
    message_deleted({ channel, message, ts }) {
      conversations.remove(channel, ts ?? message.ts);
      told(channel);
      refreshSoon();
    },
    view_opened: stack,
    view_updated: stack,
    view_closed: stack,
    home: stack,
    channels: refreshSoon,
    people: refreshSoon,
    clock(event) {
      world.setClock(event);
      emit("clock");
    },
    travelling(event) {
      world.travelling = event.travelling ?? true;
      world.setClock(event);
      emit("clock");
    },
    notice: ({ text, kind }) => notices.hear(text, kind),
  };
  return (event) => hear[event.type]?.(event);
}
