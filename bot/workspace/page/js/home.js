/** The app's Home tab. */

import { h } from "./dom.js";
import { createSurface } from "./surface.js";
import { valuesOf } from "./views.js";

/**
 * @param {HTMLElement} root
 * @param {import("./session.js").Session} session
 */
export function createHome(root, session) {
  const { views, world, place, on } = session;
  const empty = h("p.empty");
  const host = h("div.blocks.home-blocks", { "data-testid": "home-blocks" });
  root.append(empty, host);

  const holder = {
    get id() {
      return views.home?.id ?? "home";
    },
    get where() {
      return { view_id: views.home?.id };
    },
    blocks: () => views.home?.blocks ?? [],
    values: () => valuesOf(views.home),
    refetch: () => views.load(world.me),
  };
  const surface = createSurface(host, holder, session);

  on(["home", "place", "people"], () => {
    root.hidden = place.tab !== "home";
    if (root.hidden) return;
    empty.hidden = Boolean(views.home);
    empty.textContent = views.homeVisited
      ? `${world.app?.name ?? "The app"} has not put anything here yet.`
      : "";
    surface.draw();
  });
}
