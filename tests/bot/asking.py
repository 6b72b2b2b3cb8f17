"""A group that has missed its coding for weeks, for tests of what is then asked and posted."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.workspace.visitors.people import Person
from plans.groupcard import group_card
from tests.bot.house import MONDAY, House
from tests.bot.members import hears

WEEK = timedelta(weeks=1)
LAST_SUNDAY = datetime(2026, 11, 29, 9, tzinfo=UTC)  # of the week of MONDAY, the third that they missed
QUESTION = "A little less coding for four weeks?"
MISSED = {
    "band": "recovery",
    "percent": 50,
    "points": 0,
    "possible": 400,
    "minutes": 0,
    "counts": {"coding_problems": 3},
    "targets": {"coding_problems": 10},
}


async def behind(house: House, *names: str, weeks: int = 2, **answers: Any) -> list[Person]:
    """These members on the Sunday of a week in which nobody coded, as in so many before.

    By default they show everything. The week that they have open is the plan's first.
    """
    people = await house.group(*names, **{"sharing": "full", **answers})
    begun = MONDAY.isoformat()
    house.sql("update enrolments set starts_on = ?, first_day = ?", [begun, begun])
    house.sql("delete from goals")  # joining has opened the first week, which was the next one
    house.sql("delete from weeks")
    for person in people:
        await hears(person, "/prep week")
    shared = house.sql("select id, sharing from memberships order by id")
    for ago in range(weeks, 0, -1):
        _publish_group(house, shared, ago)
        for number, _ in shared:
            published(house, f"m{number}", ago, MISSED)
    return people


def _publish_group(house: House, shared: Sequence[tuple[Any, ...]], ago: int) -> None:
    sharing = {str(number): choice for number, choice in shared}
    published(house, "g1", ago, {"card": group_card([]).model_dump(mode="json"), "sharing": sharing})


def published(house: House, whom: str, ago: int, card: Mapping[str, Any]) -> None:
    """Let a week have been published to its end, so many weeks before that of MONDAY."""
    house.sql(
        "insert into scorecards (whom, week_of, card, published_at, closed)"
        " values (?, ?, ?, '2026-11-23 09:00:00.000000', true)",
        [whom, (MONDAY - ago * WEEK).isoformat(), json.dumps(card)],
    )
