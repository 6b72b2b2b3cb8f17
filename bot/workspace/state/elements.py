"""Interactive elements inside blocks: where they are, what they hold, what a choice does to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.workspace.state.models import Json

# type -> (key of the state value, key of the initial value, value when nothing is chosen)
STATEFUL: dict[str, tuple[str, str, Any]] = {
    "plain_text_input": ("value", "initial_value", None),
    "email_text_input": ("value", "initial_value", None),
    "url_text_input": ("value", "initial_value", None),
    "number_input": ("value", "initial_value", None),
    "rich_text_input": ("rich_text_value", "initial_value", None),
    "checkboxes": ("selected_options", "initial_options", []),
    "radio_buttons": ("selected_option", "initial_option", None),
    "static_select": ("selected_option", "initial_option", None),
    "external_select": ("selected_option", "initial_option", None),
    "multi_static_select": ("selected_options", "initial_options", []),
    "multi_external_select": ("selected_options", "initial_options", []),
    "users_select": ("selected_user", "initial_user", None),
    "multi_users_select": ("selected_users", "initial_users", []),
    "conversations_select": ("selected_conversation", "initial_conversation", None),
    "multi_conversations_select": ("selected_conversations", "initial_conversations", []),
    "channels_select": ("selected_channel", "initial_channel", None),
    "multi_channels_select": ("selected_channels", "initial_channels", []),
    "datepicker": ("selected_date", "initial_date", None),
    "timepicker": ("selected_time", "initial_time", None),
    "datetimepicker": ("selected_date_time", "initial_date_time", None),
    "file_input": ("files", "initial_files", []),
}
OPTION_LISTS = ("checkboxes", "multi_static_select")
OPTION_SINGLES = ("radio_buttons", "static_select")
FREE_OPTIONS = ("external_select", "multi_external_select")


class UnknownChoice(ValueError):
    """A choice that the element does not offer."""


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Yield every interactive element together with the block that holds it."""
    for block in blocks:
        yield from _of_block(block)


def _of_block(block: Json) -> Iterator[tuple[Json, Json]]:
    kind = block.get("type")
    if kind == "input":
        yield block, block["element"]
    elif kind == "section" and "accessory" in block:
        yield block, block["accessory"]
    elif kind in ("actions", "context_actions"):
        yield from ((block, element) for element in block["elements"])
    elif kind == "card":
        yield from ((block, element) for element in block.get("actions", []))
    elif kind == "carousel":
        for card in block["elements"]:
            yield from _of_block(card)
    elif kind == "container":
        yield from elements(block.get("child_blocks", []))


def find(blocks: list[Json], block_id: str, action_id: str) -> tuple[Json, Json] | None:
    """Return the block and element of these ids, or None if they are (no longer) there."""
    return next(
        (
            (block, element)
            for block, element in elements(blocks)
            if block.get("block_id") == block_id and element.get("action_id") == action_id
        ),
        None,
    )


def options_of(element: Json) -> list[Json]:
    """Return the options of an element, those in groups included."""
    groups = [group["options"] for group in element.get("option_groups", [])]
    return [*element.get("options", []), *(option for group in groups for option in group)]


def initial_state(element: Json) -> Json:
    """Return the state value of an element that nobody has touched."""
    key, initial, empty = STATEFUL[element["type"]]
    state = {"type": element["type"], key: element.get(initial, empty)}
    return _with_time_zone(element, state)


def _with_time_zone(element: Json, state: Json) -> Json:
    if element["type"] == "timepicker" and "timezone" in element:
        state["timezone"] = element["timezone"]
    return state


def state_from(element: Json, value: Any) -> Json:
    """Return the state value of an element after a person chose `value` in it."""
    kind = element["type"]
    key, _, empty = STATEFUL[kind]
    if kind in OPTION_LISTS:
        wanted = value or []
        chosen: Any = [option for option in options_of(element) if option.get("value") in wanted]
        if len(chosen) != len(set(wanted)):
            raise UnknownChoice
    elif kind in OPTION_SINGLES:
        chosen = _option(element, value)
    else:
        chosen = empty if value in ("", None) else value
    return _with_time_zone(element, {"type": kind, key: chosen})


def _option(element: Json, value: Any) -> Json | None:
    if value is None:
        return None
    for option in options_of(element):
        if option.get("value") == value:
            return option
    raise UnknownChoice


def surviving(element: Json, state: Json) -> Json | None:
    """Return what is left of an earlier choice in the element as it is now; None if it is another kind."""
    kind = element["type"]
    if state.get("type") != kind:
        return None
    if kind not in (*OPTION_LISTS, *OPTION_SINGLES):
        return state
    key = STATEFUL[kind][0]
    now = {option.get("value"): option for option in options_of(element)}
    if kind in OPTION_LISTS:
        return {**state, key: [now[old["value"]] for old in state[key] if old["value"] in now]}
    old = state[key]
    return {**state, key: now.get(old["value"]) if old else None}


def is_empty(state: Json) -> bool:
    """Say whether nothing is chosen or written."""
    key = STATEFUL[state["type"]][0]
    return state.get(key) in (None, "", [])
