/** The slash commands one could mean, while one types. */

import { arrange, freshId, h } from "./dom.js";

/** @typedef {import("./world.js").Command} Command */

/**
 * @typedef {object} CommandList
 * @property {() => void} update
 * @property {() => void} hide
 * @property {(event: KeyboardEvent) => boolean} steer whether the key was meant for the list
 */

/**
 * @param {HTMLElement} root
 * @param {HTMLTextAreaElement} field
 * @param {() => Command[]} commands
 * @returns {CommandList}
 */
export function createCommandList(root, field, commands) {
  root.id = freshId("commands");
  root.setAttribute("role", "listbox");
  root.setAttribute("aria-label", "Commands");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", root.id);
  let at = 0;

  const rows = () => [...root.children];
  const isOpen = () => !root.hidden;

  const show = (found) => {
    root.hidden = !found.length;
    arrange(
      root,
      found.map((command) => row(command, () => complete(command.command))),
    );
    mark(0);
  };

  const mark = (index) => {
    const all = rows();
    at = all.length ? (index + all.length) % all.length : 0;
    all.forEach((one, place) => one.setAttribute("aria-selected", String(place === at)));
    if (all.length) field.setAttribute("aria-activedescendant", all[at].id);
    else field.removeAttribute("aria-activedescendant");
  };

  const complete = (command) => {
    field.value = `${command} `;
    show(matching(commands(), field.value));
    field.focus();
  };

  return {
    update: () => show(matching(commands(), field.value)),
    hide: () => show([]),
    steer(event) {
      if (!isOpen()) return false;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const chosen = rows()[at]?.dataset.command;
      const whole = field.value.startsWith(chosen);
      if (step && !whole) mark(at + step);
      else if (event.key === "Tab" && !whole && !event.shiftKey) complete(chosen);
      else if (event.key === "Enter" && !whole && !event.shiftKey) complete(chosen);
      else if (event.key === "Escape") show([]);
      else return false;
      event.preventDefault();
      return true;
    },
  };
}

/** While the command is typed: all that begin so. Behind it: the one, for its usage. */
function matching(commands, text) {
  if (!text.startsWith("/")) return [];
  const [typed, ...rest] = text.split(/\s/);
  return commands.filter(({ command }) => (rest.length ? command === typed : command.startsWith(typed)));
}

function row({ command, description, usage_hint: usage }, choose) {
  const node = h(
    "div.command",
    { id: freshId("command"), role: "option", "data-command": command },
    h("strong", {}, command),
    usage && h("span.command-usage", {}, ` ${usage}`),
    description && h("small", {}, description),
  );
  // Before the field loses its focus, and the list with it.
  node.addEventListener("mousedown", (event) => {
    event.preventDefault();
    choose();
  });
  return node;
}
