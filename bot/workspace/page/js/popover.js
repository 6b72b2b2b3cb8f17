/** Panels that hang from a button: menus and lists. Escape and a click elsewhere close them. */

import { h } from "./dom.js";

const GAP = 6;

/**
 * @param {HTMLElement} anchor the button the panel belongs to
 * @param {HTMLElement} panel
 * @returns {() => void} closes the panel
 */
export function openPopover(anchor, panel) {
  panel.setAttribute("popover", "auto");
  panel.classList.add("popover");
  // A modal dialog makes everything outside itself inert, so its panels live inside it.
  (anchor.closest("dialog") ?? document.body).append(panel);
  panel.addEventListener("toggle", ({ newState }) => {
    anchor.setAttribute("aria-expanded", String(newState === "open"));
    if (newState === "closed") panel.remove();
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    close();
    anchor.focus();
  });
  const close = () => panel.isConnected && panel.hidePopover();
  panel.showPopover();
  place(anchor, panel);
  return close;
}

/** Below the button if there is room, else above; never over the edge of the window. */
function place(anchor, panel) {
  const from = anchor.getBoundingClientRect();
  const { width, height } = panel.getBoundingClientRect();
  const below = from.bottom + GAP;
  const fits = below + height <= innerHeight - GAP;
  const top = fits ? below : Math.max(GAP, from.top - GAP - height);
  const left = Math.min(from.left, innerWidth - width - GAP);
  panel.style.top = `${top}px`;
  panel.style.left = `${Math.max(GAP, left)}px`;
}

/**
 * @typedef {{label: string, node?: Node | Node[], checked?: boolean, hint?: string,
 *   data?: Record<string, string>, choose: () => void}} MenuItem
 */

/**
 * @param {HTMLElement} anchor
 * @param {MenuItem[]} items
 * @param {string} name what the menu is called by screen readers
 */
export function openMenu(anchor, items, name) {
  const panel = h("div.menu", { role: "menu", "aria-label": name });
  const close = () => shut();
  panel.append(...items.map((item) => menuItem(item, close, anchor)));
  panel.addEventListener("keydown", moveFocus);
  const shut = openPopover(anchor, panel);
  (panel.querySelector("[aria-checked=true]") ?? panel.firstElementChild)?.focus();
}

function menuItem(item, close, anchor) {
  const radio = item.checked !== undefined;
  const onclick = () => {
    close();
    anchor.focus();
    item.choose();
  };
  return h(
    "button.menu-item",
    {
      type: "button",
      role: radio ? "menuitemradio" : "menuitem",
      "aria-checked": radio ? String(item.checked) : null,
      tabindex: "-1",
      onclick,
      ...item.data,
    },
    item.node ?? item.label,
    item.hint && h("small", {}, item.hint),
  );
}

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

function moveFocus(event) {
  const items = [...event.currentTarget.querySelectorAll("[role^=menuitem]")];
  const at = items.indexOf(document.activeElement);
  const target =
    { Home: 0, End: items.length - 1 }[event.key] ?? (STEPS[event.key] ? at + STEPS[event.key] : null);
  if (target === null) return;
  event.preventDefault();
  items.at(target % items.length)?.focus();
}
