/** What a person has chosen in an element: as Slack keeps it, and as the doors take it. */

/**
 * @typedef {{type: string, action_id: string, [key: string]: any}} Element
 * @typedef {{type: string, [key: string]: any}} Entry Slack's state of one element
 * @typedef {{text: object, value: string, description?: object}} Option
 * @typedef {string | number | string[] | null} Chosen what the doors take as `value`
 */

/** For each type: where its state and its initial value live, and of what kind they are. */
const FIELDS = {
  checkboxes: ["selected_options", "initial_options", "options"],
  multi_static_select: ["selected_options", "initial_options", "options"],
  multi_external_select: ["selected_options", "initial_options", "options"],
  radio_buttons: ["selected_option", "initial_option", "option"],
  static_select: ["selected_option", "initial_option", "option"],
  external_select: ["selected_option", "initial_option", "option"],
  users_select: ["selected_user", "initial_user", "plain"],
  channels_select: ["selected_channel", "initial_channel", "plain"],
  conversations_select: ["selected_conversation", "initial_conversation", "plain"],
  multi_users_select: ["selected_users", "initial_users", "list"],
  multi_channels_select: ["selected_channels", "initial_channels", "list"],
  multi_conversations_select: ["selected_conversations", "initial_conversations", "list"],
  datepicker: ["selected_date", "initial_date", "plain"],
  timepicker: ["selected_time", "initial_time", "plain"],
  datetimepicker: ["selected_date_time", "initial_date_time", "plain"],
  plain_text_input: ["value", "initial_value", "plain"],
  number_input: ["value", "initial_value", "plain"],
  email_text_input: ["value", "initial_value", "plain"],
  url_text_input: ["value", "initial_value", "plain"],
  file_input: ["files", "initial_files", "files"],
};

/**
 * @param {Element} element
 * @returns {boolean} whether a person chooses or types something in it that lasts
 */
export function isStateful(element) {
  return element.type in FIELDS;
}

/**
 * @param {Element} element
 * @returns {Option[]} of all groups, in order
 */
export function optionsOf(element) {
  return element.option_groups
    ? element.option_groups.flatMap((group) => group.options)
    : (element.options ?? []);
}

/**
 * The option or options that are chosen, with their texts.
 *
 * @param {Element} element
 * @param {Entry | undefined} entry
 * @returns {Option[]}
 */
export function chosenOptions(element, entry) {
  const [field, initial] = FIELDS[element.type];
  const held = entry ? entry[field] : element[initial];
  return held ? [held].flat() : [];
}

/**
 * @param {Entry | undefined} entry of a file input
 * @returns {{id: string, name: string, size: number}[]}
 */
export function filesIn(entry) {
  return entry?.files ?? [];
}

/**
 * @param {Element} element
 * @param {Entry | undefined} entry the state so far; without one the initial value counts
 * @returns {Chosen}
 */
export function chosenOf(element, entry) {
  const [field, initial, kind] = FIELDS[element.type];
  if (kind === "options") return chosenOptions(element, entry).map((option) => option.value);
  if (kind === "option") return chosenOptions(element, entry)[0]?.value ?? null;
  if (kind === "files") return filesIn(entry).map((file) => file.id);
  const held = entry ? entry[field] : element[initial];
  return held ?? (kind === "list" ? [] : null);
}

/**
 * What a door is told as `value`. Options that only the app knows are told whole, because nobody else
 * could look up their texts again.
 *
 * @param {Element} element
 * @param {Entry | undefined} entry
 * @returns {Chosen | Option | Option[]}
 */
export function told(element, entry) {
  if (!element.type.includes("external")) return chosenOf(element, entry);
  const options = chosenOptions(element, entry);
  return element.type.startsWith("multi_") ? options : (options[0] ?? null);
}

/**
 * @param {Element} element
 * @param {Chosen} value
 * @param {object[]} [known] options that came from elsewhere than the element itself, or files
 * @returns {Entry}
 */
export function entryOf(element, value, known = optionsOf(element)) {
  const [field, , kind] = FIELDS[element.type];
  const find = (wanted) => known.find((option) => option.value === wanted);
  const byId = (wanted) => known.find((file) => file.id === wanted);
  const held = {
    options: () => value.map(find).filter(Boolean),
    option: () => find(value) ?? null,
    files: () => value.map(byId).filter(Boolean),
  };
  return { type: element.type, [field]: held[kind] ? held[kind]() : value };
}

/**
 * @param {{type: string, elements?: Element[], element?: Element, accessory?: Element}} block
 * @returns {Element[]} the block's elements in which something can be chosen
 */
export function statefulElements(block) {
  const inside = { actions: block.elements, input: [block.element], section: [block.accessory] }[block.type];
  return (inside ?? []).filter((element) => element && isStateful(element));
}
