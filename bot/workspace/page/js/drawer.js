/** On a narrow screen the sidebar is a drawer. */

const NARROW = matchMedia("(max-width: 760px)");

/**
 * @typedef {{open: () => void, close: () => void}} Drawer
 */

/**
 * @param {HTMLElement} sidebar
 * @param {HTMLElement} scrim what dims the rest of the page
 * @param {import("./session.js").Session} session
 * @returns {Drawer}
 */
export function createDrawer(sidebar, scrim, session) {
  const root = document.documentElement;
  let before = null;

  const set = (open) => {
    root.classList.toggle("drawer-open", open);
    // What is out of sight must not be reached with the Tab key either.
    sidebar.inert = NARROW.matches && !open;
  };
  const open = () => {
    before = document.activeElement;
    set(true);
    sidebar.querySelector("button")?.focus();
  };
  const close = () => {
    if (!root.classList.contains("drawer-open")) return;
    set(false);
    before?.focus();
  };

  scrim.addEventListener("click", close);
  sidebar.addEventListener("keydown", ({ key }) => key === "Escape" && close());
  NARROW.addEventListener("change", () => set(false));
  session.on(["place"], close);
  set(false);
  return { open, close };
}
