/** What a select offers: its own options, or the people and channels of the workspace. */

import { nameOf, titleOf } from "../people.js";
import { optionsOf } from "./state.js";

/** @typedef {import("./state.js").Option} Option */

const PRESENT = (person) => !person.deleted;

/** How `filter.include` of a conversations_select calls the kinds of channels. */
const KINDS = { channel: "public", private: "private", im: "im", mpim: "mpim" };

/**
 * @param {import("./state.js").Element} element
 * @param {import("../entities.js").Lexicon} lexicon
 * @returns {Option[]}
 */
export function knownOptions(element, lexicon) {
  if (element.type.includes("users_select")) return lexicon.people().filter(PRESENT).map(personOption);
  if (element.type.includes("channels_select")) return places(lexicon, ({ kind }) => kind === "channel");
  if (!element.type.includes("conversations_select")) return optionsOf(element);
  const include = element.filter?.include;
  return places(lexicon, ({ kind }) => !include || include.includes(KINDS[kind]));
}

function personOption(person) {
  return { text: { type: "plain_text", text: nameOf(person) }, value: person.id };
}

function places(lexicon, wanted) {
  const open = lexicon.channels().filter((channel) => wanted(channel) && !channel.archived);
  return open.map((channel) => ({
    text: { type: "plain_text", text: placeName(channel, lexicon) },
    value: channel.id,
  }));
}

function placeName(channel, lexicon) {
  const sign = channel.kind === "channel" || channel.kind === "private" ? "#" : "";
  return sign + titleOf(channel, lexicon.me, lexicon.person);
}
