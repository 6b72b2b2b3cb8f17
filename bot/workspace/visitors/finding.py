"""Finds what a person would touch: by the words on it, or by its ids."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.workspace.state.elements import (
    FREE_OPTIONS,
    OPTION_LISTS,
    OPTION_SINGLES,
    STATEFUL,
    elements,
    options_of,
)
from bot.workspace.state.models import Json
from bot.workspace.visitors.words import said, words

Found = tuple[Json, Json]


class NotThere(AssertionError):
    """What a person looked for is not on the screen; the message shows what is."""

    def __init__(self, wanted: str, thing: Json) -> None:
        super().__init__(f"There is no {wanted!r} in:\n{words(thing)}")


def one_element(thing: Json, wanted: str, kinds: tuple[str, ...] = ()) -> Found:
    """Return the block and element that `wanted` names: by label, words, action_id or block_id."""
    there = [found for found in elements(thing.get("blocks") or []) if not kinds or found[1]["type"] in kinds]
    for names in (_exact_names, _loose_names):
        for found in there:
            if any(names(name, wanted) for name in _names(*found)):
                return found
    raise NotThere(wanted, thing)


def _exact_names(name: str, wanted: str) -> bool:
    return name.strip().casefold() == wanted.strip().casefold()


def _loose_names(name: str, wanted: str) -> bool:
    return bool(wanted.strip()) and wanted.strip().casefold() in name.casefold()


def _names(block: Json, element: Json) -> Iterator[str]:
    yield str(element.get("action_id", ""))
    yield str(block.get("block_id", ""))
    yield said(element.get("text"))
    yield str(element.get("accessibility_label", ""))
    yield said(block.get("label"))
    yield said(element.get("placeholder"))
    if block["type"] == "section":
        yield said(block.get("text"))


def option(element: Json, wanted: str) -> Json | None:
    """Return the option of an element by its text or value; part of the text will do if only one has it."""
    return _exact_option(element, wanted) or _loose_option(element, wanted)


def _exact_option(element: Json, wanted: str) -> Json | None:
    there = options_of(element)
    same = (one for one in there if wanted == one.get("value") or _exact_names(said(one["text"]), wanted))
    return next(same, None)


def _loose_option(element: Json, wanted: str) -> Json | None:
    close = [one for one in options_of(element) if _loose_names(said(one["text"]), wanted)]
    return close[0] if len(close) == 1 else None


def option_holder(thing: Json, wanted: str, kinds: tuple[str, ...]) -> tuple[Json, Json, Json]:
    """Return block, element and option of the option that `wanted` names anywhere in a message or view."""
    there = [found for found in elements(thing.get("blocks") or []) if found[1]["type"] in kinds]
    for named in (_exact_option, _loose_option):  # a value in one block goes before part of a text in another
        for block, element in there:
            if found := named(element, wanted):
                return block, element, found
    raise NotThere(wanted, thing)


def value_for(thing: Json, element: Json, given: Any) -> Any:
    """Return what the doors want to hear when a person gives `given`: values instead of texts."""
    kind = element["type"]
    if kind in OPTION_LISTS:
        return [_value(thing, element, one) for one in given or []]
    if kind in (*OPTION_SINGLES, "overflow"):
        return None if given is None else _value(thing, element, given)
    if kind in FREE_OPTIONS or kind not in STATEFUL:
        return given
    return str(given) if kind == "number_input" and given is not None else given


def _value(thing: Json, element: Json, wanted: Any) -> str:
    found = option(element, str(wanted))
    if found is None:
        raise NotThere(str(wanted), thing)
    return str(found["value"])


def chosen_values(thing: Json, block: Json, element: Json) -> list[str]:
    """Return the values of the options that are ticked in an element."""
    state: Json = thing.get("state") or {}
    there = state.get("values", state).get(block["block_id"], {}).get(element["action_id"], {})
    return [str(one["value"]) for one in there.get("selected_options", [])]
