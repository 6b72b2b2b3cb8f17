/** What the server last said about the workspace, seen by the person one plays. */

/**
 * @typedef {import("./people.js").Person} Person
 * @typedef {import("./people.js").Channel} Channel
 * @typedef {{label: string, at: string}} Landmark
 * @typedef {{command: string, description?: string, usage_hint?: string}} Command
 */

/** Slack's own helper belongs to no one's group. */
const NOT_PLAYED = "USLACKBOT";

export class World {
  me = "";
  team = { id: "", name: "Workspace" };
  /** @type {Person[]} */
  people = [];
  /** @type {Channel[]} */
  channels = [];
  /** @type {{id: string, name: string, user_id: string, commands: Command[], home: boolean} | null} */
  app = null;
  /** @type {Landmark[]} */
  landmarks = [];
  travelling = false;
  /** Grows whenever a name or a zone changed, and with it how every text is drawn. */
  version = 0;
  #ahead = 0;
  #names = "";

  /** @param {(id: string) => void} openChannel */
  constructor(openChannel) {
    this.lexicon = this.#makeLexicon(openChannel);
  }

  /** @param {object} state the answer of `/door/state` */
  apply(state) {
    this.team = state.team ?? this.team;
    this.people = (state.people ?? this.people).filter(({ id }) => id !== NOT_PLAYED);
    this.channels = state.channels ?? this.channels;
    this.app = state.app ?? this.app;
    this.travelling = Boolean(state.travelling);
    this.setClock(state);
    this.#noticeNames();
  }

  /** @param {{now?: string, landmarks?: Landmark[]}} clock */
  setClock({ now, landmarks }) {
    if (now) this.#ahead = Date.parse(now) - Date.now();
    this.landmarks = landmarks ?? this.landmarks;
  }

  /** @returns {Date} the workspace's present moment */
  now() {
    return new Date(Date.now() + this.#ahead);
  }

  /** @param {string} id */
  person(id) {
    return this.people.find((person) => person.id === id);
  }

  /** @param {string} id */
  channel(id) {
    return this.channels.find((channel) => channel.id === id);
  }

  /** @returns {Person[]} those whom one can play */
  humans() {
    return this.people.filter((person) => !person.is_bot && !person.deleted);
  }

  get zone() {
    return this.person(this.me)?.tz ?? "UTC";
  }

  /** @returns {Channel | undefined} the conversation with the app */
  appChannel() {
    return this.channels.find((channel) => this.isAppChannel(channel));
  }

  /** @param {Channel | undefined} channel */
  isAppChannel(channel) {
    const ids = [...(channel?.with ?? []), ...(channel?.members ?? [])];
    return channel?.kind === "im" && Boolean(this.app) && ids.includes(this.app.user_id);
  }

  #noticeNames() {
    const names = JSON.stringify([
      this.me,
      this.people.map(({ id, name, real_name, tz }) => [id, name, real_name, tz]),
      this.channels.map(({ id, name }) => [id, name]),
    ]);
    if (names !== this.#names) this.version += 1;
    this.#names = names;
  }

  #makeLexicon(openChannel) {
    const world = this;
    return {
      get me() {
        return world.me;
      },
      get zone() {
        return world.zone;
      },
      now: () => world.now(),
      person: (id) => world.person(id),
      channel: (id) => world.channel(id),
      people: () => world.people,
      channels: () => world.channels,
      openChannel,
    };
  }
}
