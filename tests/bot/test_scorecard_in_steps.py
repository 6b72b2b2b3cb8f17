"""A week is published in steps, a few members at a time: clicks come between, and a crash costs nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select, update

from bot.jobs.scorecards import HANDFUL
from bot.store.tables import Membership, Scorecard
from bot.workspace.visitors.people import Person
from tests.bot.conftest import OpenHouse
from tests.bot.house import CHANNEL, SUNDAY, House
from tests.bot.test_crashes import KILLED, a_mortal_bot

CREW = ("Ana", "Bo", "Chen", "Dee")  # one more than a handful
OFFER = "A recovery week?"


@pytest.fixture
async def house(open_house: OpenHouse) -> House:
    return await open_house(SUNDAY)


@pytest.fixture
async def crew(house: House) -> list[Person]:
    """More members than one step takes, a minute before their first scorecard; nothing was done."""
    assert len(CREW) > HANDFUL
    persons = await house.group(*CREW, sharing="summary")
    await house.travel("Monday 08:00")
    await house.travel("Sunday 17:59")
    return persons


@pytest.mark.parametrize(
    ("death", "kept", "posted"),
    [
        (("after", "INSERT INTO scorecards", "m2"), HANDFUL, 0),  # some have their card
        (
            ("after", "INSERT INTO scorecards", "g1"),
            len(CREW),
            1,
        ),  # the group has its own, nobody their offer
        (("after", "INSERT INTO deliveries", "m3"), len(CREW), 1),  # half of the offers are made
    ],
)
async def test_a_bot_that_dies_between_two_steps_goes_on_where_it_was(
    house: House, crew: list[Person], death: tuple[str, str, str], kept: int, posted: int
) -> None:
    await house.stop_bot()
    await house.travel("Sunday 18:00")
    assert await a_mortal_bot(house, *death) == KILLED
    assert house.sql("SELECT count(*) FROM scorecards WHERE whom LIKE 'm%'") == [(kept,)]
    assert house.sql("SELECT count(*) FROM deliveries WHERE kind = 'scorecard'") == [(posted,)]
    await house.start_bot()
    for _ in range(2):  # past the lease, past the doubt
        await house.travel(timedelta(minutes=4))
    (post,) = house.posts(CHANNEL, "Week 48")
    assert all(person.name in str(post.payload["blocks"]) for person in crew)
    for person in crew:
        assert [len(house.posts(person, words)) for words in ("Your week 1", OFFER)] == [1, 1]


async def test_a_click_does_not_wait_for_the_whole_group(house: House, crew: list[Person]) -> None:
    seen: list[int] = []

    async def click() -> None:
        async with house.bot.database.write() as session:
            seen.append(await session.scalar(select(func.count()).select_from(Scorecard)) or 0)

    clicked = at_the_first(house, "INSERT INTO scorecards", lambda: asyncio.ensure_future(click()))
    await house.travel("Sunday 18:00")
    await clicked[0]
    assert seen == [HANDFUL]
    assert house.sql("SELECT count(*) FROM scorecards") == [(len(crew) + 1,)]


def at_the_first(house: House, statement: str, act: Callable[[], Any]) -> list[Any]:
    """Act once when the bot's writer first runs such a statement; what the act gave comes into the list."""
    happened: list[Any] = []

    def notice(_connection: Any, _cursor: Any, said: str, *_: Any) -> None:
        if said.startswith(statement) and not happened:
            happened.append(act())

    event.listen(house.bot.database.writer.sync_engine, "before_cursor_execute", notice)
    return happened


async def test_offers_come_after_the_groups_post_and_beside_the_card(
    house: House, crew: list[Person]
) -> None:
    await house.travel("Sunday 18:00")
    kinds = [row.kind for row in await house.deliveries() if row.kind in ("scorecard", "card", "suggestion")]
    assert kinds == ["scorecard", *(["card", "suggestion"] * len(crew))]
    assert house.sql("SELECT count(*) FROM timers WHERE kind = 'judged'") == [(0,)]


async def test_who_hides_their_week_while_it_is_published_is_hidden(house: House, crew: list[Person]) -> None:
    """Between two steps somebody may change what they share: the group's post shows what holds then."""
    ana = crew[0]

    async def hides() -> None:
        async with house.bot.database.write() as session:
            await session.execute(
                update(Membership).where(Membership.user_id == ana.id).values(sharing="private")
            )

    hidden = at_the_first(house, "INSERT INTO scorecards", lambda: asyncio.ensure_future(hides()))
    await house.travel("Sunday 18:00")
    await hidden[0]
    (post,) = house.posts(CHANNEL, "Week 48")
    assert "Ana" not in str(post.payload["blocks"])
    assert "Bo" in str(post.payload["blocks"])
