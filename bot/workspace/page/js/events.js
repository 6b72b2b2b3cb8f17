/** The wire on which the workspace tells what happened; it mends itself. */

const FIRST_WAIT = 400;
const LONGEST_WAIT = 4_000;

/**
 * @param {string} as the person who listens
 * @param {{onOpen: () => void, onEvent: (event: object) => void, onLost: () => void}} listener
 * @returns {{close: () => void}}
 */
export function listen(as, { onOpen, onEvent, onLost }) {
  let socket = null;
  let wait = FIRST_WAIT;
  let timer = 0;
  let closed = false;

  const retry = () => {
    if (closed) return;
    onLost();
    timer = setTimeout(connect, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  };

  const connect = () => {
    socket = new WebSocket(addressOf(as));
    socket.addEventListener("open", () => {
      wait = FIRST_WAIT;
      if (!closed) onOpen();
    });
    socket.addEventListener("message", ({ data }) => {
      if (!closed) onEvent(JSON.parse(data));
    });
    socket.addEventListener("close", retry);
  };

  connect();
  return {
    close() {
      closed = true;
      clearTimeout(timer);
      socket.close();
    },
  };
}

function addressOf(as) {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  return `${scheme}//${location.host}/door/events?as=${encodeURIComponent(as)}`;
}
