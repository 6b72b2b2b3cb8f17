/** The doors of the workspace. Every call answers; one that cannot be made answers like a refusal. */

/**
 * @typedef {{ok: boolean, error?: string, message?: string, [key: string]: any}} Answer
 */

const UNREACHABLE = {
  ok: false,
  error: "unreachable",
  message: "The workspace does not answer. Is it still running?",
};

const BROKEN = {
  ok: false,
  error: "broken",
  message: "Something went wrong in the workspace. Its log says what.",
};

/**
 * @param {string} path
 * @param {RequestInit} [request]
 * @returns {Promise<Answer>}
 */
async function knock(path, request) {
  const response = await fetch(path, request).catch(() => null);
  if (!response) return { ...UNREACHABLE };
  const answer = await response.json().catch(() => BROKEN);
  return { ok: response.ok, ...answer };
}

/**
 * @param {string} door
 * @param {Record<string, string | number | undefined>} query
 * @returns {Promise<Answer>}
 */
function ask(door, query) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  const words = given.map(([name, value]) => [name, String(value)]);
  return knock(`/door/${door}?${new URLSearchParams(words)}`);
}

/**
 * @param {string} door
 * @param {object} body
 * @returns {Promise<Answer>}
 */
function tell(door, body) {
  return knock(`/door/${door}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

/** One function for each door; the arguments are those of the door. */
export const doors = {
  /** @param {string} [as] */
  state: (as) => ask("state", { as }),
  /** @param {{as: string, channel: string, before?: string, limit?: number}} query */
  messages: (query) => ask("messages", query),
  /** @param {string} as */
  view: (as) => ask("view", { as }),
  /** @param {{as: string, channel: string, text: string, thread_ts?: string}} body */
  say: (body) => tell("say", body),
  /** @param {object} body */
  act: (body) => tell("act", body),
  /** @param {object} body */
  fill: (body) => tell("fill", body),
  /** @param {object} body */
  file: (body) => tell("file", body),
  /** @param {{as: string, view_id: string, values: object}} body */
  submit: (body) => tell("submit", body),
  /** @param {{as: string, view_id: string}} body */
  close: (body) => tell("close", body),
  /** @param {{as: string, tab: "home" | "messages"}} body */
  home: (body) => tell("home", body),
  /** @param {object} body */
  options: (body) => tell("options", body),
  /** @param {{name: string, real_name?: string, tz: string, guest?: boolean}} body */
  addPerson: (body) => tell("people", body),
  /** @param {{id: string, name?: string, tz?: string, deleted?: boolean}} body */
  changePerson: (body) => tell("person", body),
  /** @param {{as: string, name: string, private?: boolean, topic?: string}} body */
  addChannel: (body) => tell("channels", body),
  /** @param {{as: string, channel: string, do: string, user?: string, name?: string}} body */
  channel: (body) => tell("channel", body),
  /** @param {{to: string} | {by: number}} body */
  travel: (body) => tell("clock", body),
  /** @param {{as: string, channel: string, ts: string, name: string}} body */
  react: (body) => tell("react", body),
};
