/** Attachments: the older way of adding something to a message. */

import { h } from "./dom.js";
import { mrkdwn } from "./mrkdwn.js";
import { createSurface } from "./surface.js";

/**
 * @param {import("./conversations.js").Message} message
 * @param {import("./session.js").Session} session
 * @returns {HTMLElement[]}
 */
export function drawAttachments(message, session) {
  return (message.attachments ?? []).map((attachment) => {
    const node = h("div.attachment");
    if (/^#?[0-9a-f]{3,6}$/i.test(attachment.color ?? "")) {
      node.style.setProperty("--bar", `#${attachment.color.replace("#", "")}`);
    }
    if (attachment.blocks) node.append(blocksOf(attachment, message, session));
    else
      node.append(
        h(
          "div.text",
          {},
          mrkdwn(attachment.text ?? attachment.fallback ?? "", { lexicon: session.world.lexicon }),
        ),
      );
    return node;
  });
}

function blocksOf(attachment, message, session) {
  const host = h("div.blocks");
  const channel = session.place.channel;
  const holder = {
    id: `${channel}/${message.ts}`,
    where: { channel, ts: message.ts },
    blocks: () => attachment.blocks,
    values: () => message.state ?? {},
    refetch: () => session.reload(channel),
  };
  createSurface(host, holder, session).draw();
  return host;
}
