/** Whom one plays: the person's card, and everyone else one click away. */

import { arrange, h, renew } from "./dom.js";
import { icon } from "./icons.js";
import { avatar, nameOf } from "./people.js";
import { addPerson, changePerson } from "./person_forms.js";
import { openMenu } from "./popover.js";
import { cityOf, shortDay, timeOf } from "./time.js";

const MINUTE = 60_000;

/**
 * @param {import("./session.js").Session} session
 * @returns {HTMLElement}
 */
export function createSwitcher(session) {
  const { world, on } = session;
  const card = h("button.you-card", { type: "button", "aria-haspopup": "menu", "data-testid": "you" });
  const others = h("div.you-others", { role: "group", "aria-label": "Be someone else" });
  const root = h("section.you", { "aria-label": "You are" }, card, others);

  card.addEventListener("click", () => openMenu(card, menuItems(session), "You are"));

  const draw = () => {
    const me = world.person(world.me);
    card.setAttribute("aria-label", `You are ${nameOf(me)}`);
    arrange(card, [
      avatar(me),
      h("span.you-words", {}, h("strong", {}, nameOf(me)), whenAndWhere(me, world)),
      icon("down"),
    ]);
    drawOthers(others, session);
  };
  on(["people", "place", "clock"], draw);
  setInterval(() => world.me && draw(), MINUTE / 2);
  return root;
}

/** What the clock on this person's wall says. */
function whenAndWhere(person, world) {
  const zone = person?.tz ?? "UTC";
  return h("small", { "data-testid": "local-time" }, `${timeOf(world.now(), zone)} · ${cityOf(zone)}`);
}

function drawOthers(root, session) {
  const { world, become } = session;
  const people = world.humans().filter(({ id }) => id !== world.me);
  const faces = people.map((person) => {
    const title = `${nameOf(person)}, ${timeOf(world.now(), person.tz)} in ${cityOf(person.tz)}`;
    const attributes = {
      type: "button",
      "data-person": person.id,
      "aria-label": `Be ${nameOf(person)}`,
      title,
    };
    return h("button.face", { ...attributes, onclick: () => become(person.id) }, avatar(person));
  });
  const add = h("button.face.face-add", {
    type: "button",
    "aria-label": "Add a person",
    title: "Add a person",
    "data-person": "new",
  });
  add.append(icon("plus"));
  add.addEventListener("click", () => addPerson(session));
  renew(root, [...faces, add], "person");
}

function menuItems(session) {
  const { world, become } = session;
  const people = world.humans().map((person) => ({
    label: nameOf(person),
    checked: person.id === world.me,
    data: { "data-person": person.id },
    node: [avatar(person), h("span.you-words", {}, h("strong", {}, nameOf(person)), longWhen(person, world))],
    choose: () => become(person.id),
  }));
  const gone = world.people.filter(({ is_bot: isBot, deleted }) => deleted && !isBot);
  const back = gone.map((person) => ({
    label: "Bring back",
    node: [avatar(person), `Bring back ${nameOf(person)}`],
    choose: () => bringBack(person, session),
  }));
  return [
    ...people,
    ...back,
    {
      label: "Change",
      node: [icon("pencil"), `Change ${nameOf(world.person(world.me))}…`],
      choose: () => changePerson(session),
    },
    { label: "Add", node: [icon("plus"), "Add a person…"], choose: () => addPerson(session) },
  ];
}

async function bringBack({ id }, { doors, notices, refresh }) {
  const answer = await doors.changePerson({ id, deleted: false });
  if (!answer.ok) notices.show(answer.message, "error");
  await refresh();
}

function longWhen(person, world) {
  const at = world.now();
  const guest = person.guest ? " · guest" : "";
  return h(
    "small",
    {},
    `${shortDay(at, person.tz)}, ${timeOf(at, person.tz)} · ${cityOf(person.tz)}${guest}`,
  );
}
