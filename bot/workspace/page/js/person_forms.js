/** Letting a person join, and changing one. */

import { answerButtons, labelled, openDialog, showRefusal, tick } from "./dialog.js";
import { freshId, h } from "./dom.js";
import { nameOf } from "./people.js";
import { allZones } from "./time.js";

/** @typedef {import("./session.js").Session} Session */

/** The fields that every person has. */
function personFields(name, zone) {
  const zones = h(
    "datalist",
    { id: freshId("zones") },
    allZones().map((one) => h("option", { value: one })),
  );
  const nameField = h("input.field", { type: "text", autocomplete: "off", value: name });
  const zoneField = h("input.field", { type: "text", list: zones.id, value: zone, autocomplete: "off" });
  const hint = "Such as Europe/Warsaw or America/New_York.";
  return {
    rows: [labelled("Name", nameField), labelled("Time zone", zoneField, hint), zones],
    values: () => ({ name: nameField.value.trim(), tz: zoneField.value.trim() }),
  };
}

/** @param {Session} session */
export function addPerson(session) {
  const { doors, world, refresh, become } = session;
  const fields = personFields("", world.zone);
  const guest = tick("A guest");
  openDialog({
    title: "Add a person",
    body: [...fields.rows, guest.row],
    footer: answerButtons("Add"),
    async onSubmit(dialog) {
      const body = { ...fields.values(), guest: guest.input.checked };
      if (!body.name) return showRefusal(dialog, "What is this person called?");
      const answer = await doors.addPerson(body);
      if (!answer.ok) return showRefusal(dialog, answer.message);
      dialog.close();
      await refresh();
      return become(answer.person.id);
    },
  });
}

/** @param {Session} session */
export function changePerson(session) {
  const { doors, world, refresh, start } = session;
  const person = world.person(world.me);
  const fields = personFields(person.name, person.tz);
  const leave = h("button.button.danger.push-left", { type: "button" }, "Deactivate");
  const change = async (body, dialog) => {
    const answer = await doors.changePerson({ id: person.id, ...body });
    if (!answer.ok) showRefusal(dialog, answer.message);
    else dialog.close();
    return answer.ok;
  };
  const dialog = openDialog({
    title: `Change ${nameOf(person)}`,
    body: fields.rows,
    footer: [leave, ...answerButtons("Save")],
    onSubmit: async () => (await change(fields.values(), dialog)) && refresh(),
  });
  leave.addEventListener("click", async () => (await change({ deleted: true }, dialog)) && start());
}
