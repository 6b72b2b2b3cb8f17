/** Draws one element of a block: a button, a field, a list of choices. */

import { h } from "../dom.js";
import { addressOf, picture } from "../blocks/image.js";
import { button, feedbackButtons } from "./button.js";
import { fileInput } from "./file_input.js";
import { checkboxes, radioButtons } from "./options.js";
import { datePicker, dateTimePicker, timePicker } from "./dates.js";
import { overflow } from "./overflow.js";
import { picker } from "./picker.js";
import { select } from "./select.js";
import { textInput } from "./text_input.js";

/**
 * Where an element stands. The ids are those of its label and of the texts that describe it, if it
 * stands in an input block.
 *
 * @typedef {object} Frame
 * @property {import("../blocks/index.js").Block} block
 * @property {import("../surface.js").Surface} surface
 * @property {string} [fieldId]
 * @property {string} [labelId]
 * @property {string | null} [describedBy]
 * @property {boolean} [invalid]
 */

/** @type {Record<string, (element: any, frame: Frame) => HTMLElement>} */
const DRAW = {
  button,
  icon_button: button,
  feedback_buttons: feedbackButtons,
  checkboxes,
  radio_buttons: radioButtons,
  static_select: select,
  users_select: select,
  conversations_select: select,
  channels_select: select,
  external_select: picker,
  multi_static_select: picker,
  multi_external_select: picker,
  multi_users_select: picker,
  multi_conversations_select: picker,
  multi_channels_select: picker,
  overflow,
  datepicker: datePicker,
  timepicker: timePicker,
  datetimepicker: dateTimePicker,
  plain_text_input: textInput,
  number_input: textInput,
  email_text_input: textInput,
  url_text_input: textInput,
  file_input: fileInput,
  image: (element) => picture(addressOf(element), element.alt_text),
};

/**
 * @param {import("./state.js").Element} element
 * @param {Frame} frame
 * @returns {HTMLElement}
 */
export function drawElement(element, frame) {
  const draw = DRAW[element.type];
  return draw
    ? draw(element, frame)
    : h("span.quiet", {}, `An element of type "${element.type}" is not shown here.`);
}
