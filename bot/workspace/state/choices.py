"""What each person has chosen in the elements of each message and view."""

from __future__ import annotations

from collections.abc import Callable

from bot.workspace.state.elements import STATEFUL, elements, initial_state, surviving
from bot.workspace.state.models import Json

Key = tuple[str, str]


class Choices:
    """Remembers choices by holder (a message or view), person, block_id and action_id.

    Slack keeps what the reader's client shows for as long as block_id and action_id stay the same: an update
    that brings another `initial_option` for the same ids changes nothing. Hence the origins: what an element
    showed when it first appeared under its ids.
    """

    def __init__(self, on_change: Callable[[str], None]) -> None:
        self._chosen: dict[str, dict[str, dict[Key, Json]]] = {}
        self._origins: dict[str, dict[Key, Json]] = {}
        self._on_change = on_change

    def remember(self, holder: str, user: str, key: Key, state: Json) -> None:
        """Keep one choice of one person."""
        self._chosen.setdefault(holder, {}).setdefault(user, {})[key] = state
        self._on_change(holder)

    def state(self, holder: str, user: str, key: Key, element: Json) -> Json:
        """Return what this person sees chosen in this element."""
        chosen = self._chosen.get(holder, {}).get(user, {}).get(key) or self._origins.get(holder, {}).get(key)
        return (chosen and surviving(element, chosen)) or initial_state(element)

    def values(self, holder: str, user: str, blocks: list[Json]) -> dict[str, dict[str, Json]]:
        """Return the state of all stateful elements, as Slack's `state.values`."""
        values: dict[str, dict[str, Json]] = {}
        for block, element in elements(blocks):
            if element.get("type") in STATEFUL:
                key = (block["block_id"], element["action_id"])
                values.setdefault(key[0], {})[key[1]] = self.state(holder, user, key, element)
        return values

    def revise(self, holder: str, old: list[Json], new: list[Json]) -> None:
        """Carry choices over an update: gone ids are forgotten, ids that stay keep what they showed."""
        before, after = _stateful(old), _stateful(new)
        origins = self._origins.setdefault(holder, {})
        for key in before.keys() & after.keys():
            origins.setdefault(key, initial_state(before[key]))
        for key in before.keys() - after.keys():
            origins.pop(key, None)
            for chosen in self._chosen.get(holder, {}).values():
                chosen.pop(key, None)
        if not origins:
            del self._origins[holder]
        self._on_change(holder)

    def forget(self, holder: str) -> None:
        """Forget everything about a message or view that is gone."""
        self._chosen.pop(holder, None)
        self._origins.pop(holder, None)
        self._on_change(holder)

    def document(self, holder: str) -> Json | None:
        """Return the choices in a holder as they are stored, or None if there is nothing to store."""
        origins, chosen = self._origins.get(holder), self._chosen.get(holder)
        if not origins and not chosen:
            return None
        people = {user: _rows(states) for user, states in (chosen or {}).items()}
        return {"origins": _rows(origins or {}), "chosen": people}

    def restore(self, holder: str, document: Json) -> None:
        """Take choices back from the store."""
        self._origins[holder] = _keyed(document["origins"])
        self._chosen[holder] = {user: _keyed(rows) for user, rows in document["chosen"].items()}


def _stateful(blocks: list[Json]) -> dict[Key, Json]:
    found = [(block, element) for block, element in elements(blocks) if element.get("type") in STATEFUL]
    return {(block["block_id"], element["action_id"]): element for block, element in found}


def _rows(states: dict[Key, Json]) -> list[list[object]]:
    return [[block_id, action_id, state] for (block_id, action_id), state in states.items()]


def _keyed(rows: list[tuple[str, str, Json]]) -> dict[Key, Json]:
    return {(block_id, action_id): state for block_id, action_id, state in rows}
