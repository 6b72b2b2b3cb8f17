"""Rounds of mock interviews for tests: call one, let people in, match it, read what came of it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from bot.workspace.visitors.people import Person
from tests.bot.house import CHANNEL, House
from tests.bot.members import Json
from tests.bot.mock_rooms import picks

CALLED, WARNED, MATCHED = "Monday 12:00", "Tuesday 18:00", "Wednesday 18:00"
EVENINGS = "Mon-Fri 18-21"
MORNINGS = "Mon-Fri 7-9"


async def called(house: House, *names: str, zones: dict[str, str] | None = None) -> list[Person]:
    """A group whose first round has just been called."""
    people = await house.group(*names, zones=zones)
    await house.travel(CALLED)
    return people


async def call(person: Person) -> Json:
    """The newest call in the channel as it stands."""
    return await person.waits_for(CHANNEL, "Mocks this week")


async def comes_in(house: House, *people: Person) -> None:
    """Let each of them press the first button of the call."""
    for person in people:
        await person.clicks(await call(person), "I'm in")
    await house.settle()


async def matched(house: House, *names: str, zones: dict[str, str] | None = None) -> list[Person]:
    """A group in which everybody came in, just after the matching."""
    people = await called(house, *names, zones=zones)
    await comes_in(house, *people)
    await house.travel(MATCHED)
    return people


def sessions(house: House) -> list[tuple[str, ...]]:
    """The names of who is expected in each living session, in order."""
    rows = house.sql(
        "select s.session_id, m.name from mock_seats s join memberships m on m.id = s.membership_id"
        " join mock_sessions x on x.id = s.session_id"
        " where s.state in ('invited', 'in') and x.state in ('proposed', 'agreed') "
        " order by s.session_id, m.name"
    )
    found: dict[int, list[str]] = {}
    for session_id, name in rows:
        found.setdefault(session_id, []).append(name)
    return sorted(tuple(names) for names in found.values())


async def agree(house: House, *people: Person) -> None:
    """Let everybody in each session pick its first time."""
    by_name = {person.name: person for person in people}
    for slots, names in _in_order(house):
        room = [by_name[name] for name in names]
        for person in room:
            await picks(house, person, room, datetime.fromisoformat(slots[0][0]))
    await house.settle()


def _in_order(house: House) -> list[tuple[list[Any], list[str]]]:
    """The times and the names of each session that has no time yet, oldest first."""
    rows = house.sql(
        "select x.id, x.slots, m.name from mock_sessions x join mock_seats s on s.session_id = x.id"
        " join memberships m on m.id = s.membership_id where x.state = 'proposed'"
        " and s.state in ('invited', 'in') order by x.id, m.name"
    )
    found: dict[int, tuple[list[Any], list[str]]] = {}
    for session_id, slots, name in rows:
        found.setdefault(session_id, (json.loads(slots), []))[1].append(name)
    return list(found.values())
