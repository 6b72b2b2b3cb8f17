/** Who one is and where one looks, kept in the address so that a reload or a link finds it again. */

/**
 * @typedef {{as: string, channel: string, tab: string}} Place
 */

/** @returns {Place} */
export function readPlace() {
  const hash = new URLSearchParams(location.hash.slice(1));
  return { as: hash.get("as") ?? "", channel: hash.get("channel") ?? "", tab: hash.get("tab") ?? "" };
}

/** @param {Place} place */
export function writePlace({ as, channel, tab }) {
  const hash = new URLSearchParams({ as, channel });
  if (tab) hash.set("tab", tab);
  if (location.hash.slice(1) !== hash.toString()) history.pushState(null, "", `#${hash}`);
}

/** @param {() => void} act called when someone goes back, forward, or edits the address */
export function onPlaceChange(act) {
  window.addEventListener("popstate", act);
}
