/** Puts the page together. */

import { createClock } from "./clock.js";
import { createComposer } from "./composer.js";
import { createDrawer } from "./drawer.js";
import { createHome } from "./home.js";
import { createMessages } from "./messages.js";
import { createModals } from "./modal.js";
import { createNotices } from "./notices.js";
import { createPaneHead } from "./pane_head.js";
import { createSession } from "./session.js";
import { createSidebar } from "./sidebar.js";

/** @param {string} id */
const place = (id) => document.getElementById(id);

const session = createSession(createNotices(place("notices")));
const drawer = createDrawer(place("sidebar"), place("scrim"), session);

createSidebar(place("sidebar"), session);
createClock(place("clock"), session);
createPaneHead(place("pane-head"), session, drawer);
createMessages(place("messages"), place("announcer"), session);
createHome(place("home"), session);
createComposer(place("composer"), session);
createModals(session);

session.start();
