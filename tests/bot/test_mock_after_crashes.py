"""Killed while a mock is asked about or its feedback is given to read: once each, and nothing lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.workspace.visitors.people import words
from tests.bot.conftest import OpenHouse
from tests.bot.house import SUNDAY
from tests.bot.sessions import HOW_WAS_IT, a_session, asked, counted, ends_at, gives, says, state_of
from tests.bot.test_crashes import KILLED, SENT, a_mortal_bot

FEEDBACK = "Feedback on your technical mock"


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_both_are_asked_once_by_a_bot_that_dies_while_it_plans_to_ask(
    open_house: OpenHouse, moment: str
) -> None:
    house = await open_house(SUNDAY)
    pair = await house.group("Ana", "Bo")
    mock = await a_session(house, pair, "Monday 07:00")
    await house.stop_bot()
    await house.travel(ends_at(mock))
    assert await a_mortal_bot(house, moment, "INSERT INTO deliveries", "after") == KILLED
    await house.start_bot()
    await house.settle()
    for person in pair:
        assert len(house.posts(person, HOW_WAS_IT)) == 1


async def test_feedback_is_given_to_read_and_counted_once_by_bots_that_die_at_the_deadline(
    open_house: OpenHouse,
) -> None:
    house = await open_house(SUNDAY)
    ana, bo = pair = await house.group("Ana", "Bo")
    mock = await a_session(house, pair, "Monday 07:00")
    await house.travel(ends_at(mock))
    await gives(house, ana, bo)
    await house.stop_bot()
    await house.travel(ends_at(mock) + timedelta(hours=48))
    assert await a_mortal_bot(house, "before", "INSERT INTO deliveries", "feedback") == KILLED
    assert state_of(house, mock) == "agreed"
    assert await a_mortal_bot(house, "after", "INSERT INTO deliveries", "feedback") == KILLED
    assert state_of(house, mock) == "held"
    assert await a_mortal_bot(house, "before", *SENT) == KILLED  # whatever it sent, it has not written down
    await house.start_bot()
    for _ in range(3):  # past the lease, past the doubt
        await house.travel(timedelta(minutes=4))
    assert len(house.posts(bo, FEEDBACK)) == 1
    assert [await counted(house, person) for person in pair] == [1, 1]


async def test_two_bots_ask_and_decide_once(open_house: OpenHouse) -> None:
    house = await open_house(SUNDAY)
    pair = await house.group("Ana", "Bo")
    mock = await a_session(house, pair, "Monday 07:00")
    second = house.another_bot()
    await second.start()
    try:
        await house.travel(ends_at(mock))
        await second.schedule.arrive()
        for person in pair:
            await says(house, person, "Yes")
        await house.travel(ends_at(mock) + timedelta(hours=48))
        await second.schedule.arrive()
        await house.settle()
    finally:
        await second.stop()
    assert [len(house.posts(person, HOW_WAS_IT)) for person in pair] == [1, 1]
    assert [await counted(house, person) for person in pair] == [1, 1]
    assert "It counts as a mock on your scorecard." in words(await asked(pair[0]))
