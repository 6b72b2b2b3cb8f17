/** The messages of each conversation, as far as they were read from the server. */

/**
 * @typedef {{ts: string, user?: string, bot_id?: string, text?: string, blocks?: object[],
 *   thread_ts?: string, edited?: object, ephemeral?: boolean, state?: object, files?: object[],
 *   reactions?: {name: string, users: string[], count: number}[], [key: string]: any}} Message
 * @typedef {{messages: Message[], more: boolean}} Conversation
 */

const PAGE = 100;

export class Conversations {
  /** @type {Map<string, Conversation>} */
  #known = new Map();
  #doors;

  /** @param {typeof import("./api.js").doors} doors */
  constructor(doors) {
    this.#doors = doors;
  }

  /** Forgets everything: another person looks, or the server was away. */
  clear() {
    this.#known.clear();
  }

  /**
   * @param {string} channel
   * @returns {Conversation | undefined}
   */
  get(channel) {
    return this.#known.get(channel);
  }

  /**
   * @param {string} as
   * @param {string} channel
   * @returns {Promise<boolean>} whether it could be read
   */
  async load(as, channel) {
    const answer = await this.#doors.messages({ as, channel, limit: PAGE });
    if (answer.ok) this.#known.set(channel, { messages: answer.messages, more: answer.more });
    return answer.ok;
  }

  /**
   * @param {string} as
   * @param {string} channel
   */
  async loadOlder(as, channel) {
    const known = this.#known.get(channel);
    const before = known?.messages[0]?.ts;
    const answer = await this.#doors.messages({ as, channel, before, limit: PAGE });
    if (!answer.ok || this.#known.get(channel) !== known) return;
    this.#known.set(channel, { messages: [...answer.messages, ...known.messages], more: answer.more });
  }

  /**
   * @param {string} channel
   * @param {Message} message new or changed
   */
  put(channel, message) {
    const known = this.#known.get(channel);
    if (!known) return;
    const at = known.messages.findIndex(({ ts }) => ts === message.ts);
    if (at >= 0) known.messages[at] = { ...message, state: message.state ?? known.messages[at].state };
    else known.messages.push(message);
    known.messages.sort((one, other) => Number(one.ts) - Number(other.ts));
  }

  /**
   * @param {string} channel
   * @param {string} ts
   */
  remove(channel, ts) {
    const known = this.#known.get(channel);
    if (known) known.messages = known.messages.filter((message) => message.ts !== ts);
  }

  /**
   * @param {string} channel
   * @param {string} ts
   * @returns {Message | undefined}
   */
  find(channel, ts) {
    return this.#known.get(channel)?.messages.find((message) => message.ts === ts);
  }
}
