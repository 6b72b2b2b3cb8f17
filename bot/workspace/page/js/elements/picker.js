/** A list to search in: for several choices, and for options that the app only finds when asked. */

import { arrange, calmly, freshId, h } from "../dom.js";
import { flatText } from "../blocks/text.js";
import { icon } from "../icons.js";
import { openPopover } from "../popover.js";
import { fieldNaming, wordsFor } from "./naming.js";
import { knownOptions } from "./offers.js";
import { chosenOf, chosenOptions } from "./state.js";

/**
 * @typedef {import("./index.js").Frame} Frame
 * @typedef {import("./state.js").Element} Element
 * @typedef {import("./state.js").Option} Option
 */

const QUIET = 200;
const SHORTEST_QUESTION = 3;

/**
 * @param {Element} element
 * @param {Frame} frame
 * @returns {HTMLElement}
 */
export function picker(element, frame) {
  const words = h("span.picker-words", { id: freshId("chosen") });
  const named = { ...fieldNaming(element, frame), "aria-label": null };
  const node = h("button.picker", {
    type: "button",
    "aria-haspopup": "listbox",
    "aria-expanded": "false",
    ...named,
  });
  const label = h("span.hidden", { id: freshId("name") }, wordsFor(element, frame.block));
  node.setAttribute("aria-labelledby", `${frame.labelId ?? label.id} ${words.id}`);
  node.append(words, icon("down"), frame.labelId ? "" : label);
  const choice = makeChoice(element, frame);
  const show = () => showChosen(words, choice.options(), element);
  node.addEventListener("click", () => openList(node, choice, show));
  show();
  return node;
}

function showChosen(words, options, element) {
  const chips = options.map((option) => h("span.chip", {}, flatText(option.text)));
  arrange(
    words,
    chips.length ? chips : [document.createTextNode(flatText(element.placeholder) || "Choose…")],
  );
  words.classList.toggle("quiet", !chips.length);
}

/** What is chosen so far, and how a person changes it. */
function makeChoice(element, frame) {
  const { block, surface } = frame;
  const external = element.type.includes("external");
  const several = element.type.startsWith("multi_");
  const offers = external ? [] : knownOptions(element, surface.lexicon);
  let chosen = initiallyChosen(element, frame, offers);
  return {
    several,
    external,
    element,
    options: () => chosen,
    has: (option) => chosen.some(({ value }) => value === option.value),
    find: (question) => (external ? surface.suggest(block, element, question) : matching(offers, question)),
    toggle(option) {
      const rest = chosen.filter(({ value }) => value !== option.value);
      const added = rest.length === chosen.length;
      if (several) chosen = added ? [...rest, option] : rest;
      else chosen = [option];
      const values = chosen.map(({ value }) => value);
      surface.choose(block, element, several ? values : values[0], chosen);
    },
  };
}

function initiallyChosen(element, { block, surface }, offers) {
  const entry = surface.entry(block.block_id, element.action_id);
  const plain = /users|channels|conversations/.test(element.type);
  if (!plain) return chosenOptions(element, entry);
  const ids = [chosenOf(element, entry)].flat();
  return offers.filter((option) => ids.includes(option.value));
}

function matching(offers, question) {
  const wanted = question.toLowerCase();
  return offers.filter((option) => flatText(option.text).toLowerCase().includes(wanted));
}

function openList(anchor, choice, onChange) {
  const listId = freshId("list");
  const list = h("ul.picker-list", {
    id: listId,
    role: "listbox",
    "aria-multiselectable": String(choice.several),
  });
  const search = h("input.field.picker-search", {
    type: "search",
    role: "combobox",
    "aria-expanded": "true",
    "aria-controls": listId,
    "aria-label": "Search",
    placeholder: "Search",
    autocomplete: "off",
  });
  const close = openPopover(anchor, h("div.picker-panel", {}, search, list));
  const pick = (option) => {
    choice.toggle(option);
    onChange();
    if (choice.several) for (const row of list.children) refresh(row, choice);
    else {
      close();
      anchor.focus();
    }
  };
  const look = () => fillList(list, search, choice, pick);
  search.addEventListener("input", choice.external ? calmly(look, QUIET) : look);
  search.addEventListener("keydown", (event) => steer(event, search, list));
  look();
  search.focus();
}

async function fillList(list, search, choice, pick) {
  const shortest = choice.external ? (choice.element.min_query_length ?? SHORTEST_QUESTION) : 0;
  const question = search.value;
  if (question.length < shortest) return arrange(list, [note(`Type at least ${shortest} characters.`)]);
  const options = await choice.find(question);
  // A slow answer to an earlier question must not replace a later one.
  if (search.value !== question) return undefined;
  const rows = options.map((option) => row(option, choice, pick));
  arrange(list, rows.length ? rows : [note("Nothing found.")]);
  return activate(search, list, 0);
}

function note(text) {
  return h("li.picker-note", { role: "presentation" }, text);
}

function row(option, choice, pick) {
  const about = option.description && h("small", {}, flatText(option.description));
  const node = h("li.picker-option", {
    id: freshId("choice"),
    role: "option",
    "data-option-value": option.value,
  });
  node.append(h("span", {}, flatText(option.text)), about ?? "");
  node.option = option;
  node.addEventListener("click", () => pick(option));
  refresh(node, choice);
  return node;
}

function refresh(node, choice) {
  if (node.option) node.setAttribute("aria-selected", String(choice.has(node.option)));
}

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

function steer(event, search, list) {
  const rows = [...list.querySelectorAll("[role=option]")];
  const at = rows.findIndex((one) => one.id === search.getAttribute("aria-activedescendant"));
  if (event.key === "Enter") rows[at]?.click();
  else if (STEPS[event.key]) activate(search, list, (at + STEPS[event.key] + rows.length) % rows.length);
  else return;
  event.preventDefault();
}

function activate(search, list, index) {
  const rows = [...list.querySelectorAll("[role=option]")];
  for (const one of rows) one.classList.toggle("is-active", one === rows[index]);
  rows[index]?.scrollIntoView({ block: "nearest" });
  search.setAttribute("aria-activedescendant", rows[index]?.id ?? "");
}
