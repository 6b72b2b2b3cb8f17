"""A week is published once: through restarts, lost answers, and by a Slack that knows no tables."""

from __future__ import annotations

from typing import Any

import pytest

from bot.workspace.visitors.people import Person
from tests.bot.conftest import OpenHouse
from tests.bot.house import CHANNEL, SUNDAY, House

POST, UPDATE = "chat.postMessage", "chat.update"


@pytest.fixture
async def house(open_house: OpenHouse) -> House:
    return await open_house(SUNDAY)


@pytest.fixture
async def crew(house: House) -> list[Person]:
    """Three members a minute before their first scorecard."""
    persons = await house.group("Ana", "Bo", "Chen", sharing="full")
    await house.travel("Monday 08:00")
    await house.travel("Sunday 17:59")
    return persons


def kinds(payload: dict[str, Any]) -> set[str]:
    return {block["type"] for block in payload["blocks"]}


def cards(house: House, crew: list[Person]) -> list[int]:
    """How many posts about the week there are: in the channel, and for each member."""
    return [
        len(house.posts(CHANNEL, "Week 48")),
        *(len(house.posts(person, "Your week 1")) for person in crew),
    ]


async def test_a_week_is_published_with_a_table_and_redrawn_when_it_has_closed(
    house: House, crew: list[Person]
) -> None:
    await house.travel("Sunday 18:00")
    (post,) = house.posts(CHANNEL, "Week 48")
    assert "table" in kinds(post.payload)
    await house.travel("Monday 00:01")
    assert "table" in kinds(house.updates(post.ts)[-1].payload)
    assert cards(house, crew) == [1, 1, 1, 1]


async def test_a_slack_that_refuses_the_table_gets_older_blocks_also_when_redrawn(
    house: House, crew: list[Person]
) -> None:
    house.workspace.faults.next(POST, "error", error="invalid_blocks")
    await house.travel("Sunday 18:00")
    (post,) = house.posts(CHANNEL, "Week 48")
    assert "table" not in kinds(post.payload)
    assert all(person.name in str(post.payload["blocks"]) for person in crew)
    house.workspace.faults.next(UPDATE, "error", times=1, error="invalid_blocks")
    await house.travel("Monday 00:01")
    assert "table" not in kinds(house.updates(post.ts)[-1].payload)


async def test_restarts_around_the_publication_publish_nothing_twice(
    house: House, crew: list[Person]
) -> None:
    await house.restart_bot()
    await house.travel("Sunday 18:00")
    await house.restart_bot()
    await house.settle()
    assert cards(house, crew) == [1, 1, 1, 1]
    await house.travel("Monday 00:01")
    await house.restart_bot()
    await house.travel("Monday 12:00")
    assert cards(house, crew) == [1, 1, 1, 1]


async def test_a_lost_answer_and_a_restart_publish_nothing_twice(house: House, crew: list[Person]) -> None:
    house.workspace.faults.next(POST, "drop_after_accept", times=4)
    await house.travel("Sunday 18:00")
    await house.restart_bot()
    await house.travel("Sunday 18:10")
    assert cards(house, crew) == [1, 1, 1, 1]
    assert {row.state for row in await house.deliveries("scorecard")} == {"sent"}


async def test_a_bot_that_was_away_at_the_close_closes_the_week_when_it_comes_back(
    house: House, crew: list[Person]
) -> None:
    await house.travel("Sunday 18:00")
    (post,) = house.posts(CHANNEL, "Week 48")
    await house.stop_bot()
    await house.travel("Monday 09:00")
    await house.start_bot()
    await house.settle()
    assert len(house.updates(post.ts)) == 1
    assert cards(house, crew) == [1, 1, 1, 1]
    assert house.sql("SELECT DISTINCT closed FROM scorecards") == [(1,)]
