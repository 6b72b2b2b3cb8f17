/** Files to add: the browser reads each, a door takes it, the form holds what the door made of it. */

import { h } from "../dom.js";
import { fieldNaming } from "./naming.js";
import { filesIn } from "./state.js";

/** @typedef {import("./index.js").Frame} Frame */

const MOST = 10;

/**
 * @param {import("./state.js").Element} element
 * @param {Frame} frame
 * @returns {HTMLElement}
 */
export function fileInput(element, frame) {
  const { block, surface } = frame;
  const host = h("div.files-added");
  const held = () => filesIn(surface.entry(block.block_id, element.action_id));
  const draw = () => {
    const rows = held().map((file) => row(file, () => put(held().filter(({ id }) => id !== file.id))));
    const full = held().length >= (element.max_files ?? MOST);
    host.replaceChildren(...rows, ...(full ? [] : [chooser(element, frame, held, put)]));
  };
  // The block counts as drawn once something is chosen in it, so the files show themselves.
  const put = async (files) => {
    await surface.choose(
      block,
      element,
      files.map(({ id }) => id),
      files,
    );
    draw();
  };
  draw();
  return host;
}

function chooser(element, frame, held, put) {
  const { block, surface } = frame;
  const most = element.max_files ?? MOST;
  const node = h("input.field", {
    ...fieldNaming(element, frame),
    type: "file",
    multiple: most > 1,
    accept: (element.filetypes ?? []).map((kind) => `.${kind}`).join(",") || null,
  });
  node.addEventListener("change", async () => {
    const chosen = [...node.files].slice(0, most - held().length);
    const made = [];
    for (const file of chosen) made.push(await surface.upload(block, element, file.name, await contentOf(file)));
    node.value = "";
    const added = made.filter(Boolean);
    if (added.length) await put([...held(), ...added]);
  });
  return node;
}

function row(file, onclick) {
  const size = `${Math.max(1, Math.round(file.size / 1000))} kB`;
  const remove = h("button.button.button-small", { type: "button", onclick }, "Remove");
  remove.setAttribute("aria-label", `Remove ${file.name}`);
  return h("div.file-added", {}, h("span.file-name", {}, file.name), h("small.quiet", {}, size), remove);
}

/**
 * @param {File} file
 * @returns {Promise<string>} its bytes as base64
 */
function contentOf(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, "").replace(/^data:$/, ""));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
