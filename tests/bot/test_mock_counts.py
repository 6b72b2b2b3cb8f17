"""A held mock counts once for each candidate, on the day on which it was, and can be taken back exactly."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.store import mock_feedback, mock_sessions
from bot.store.tables import Goal
from bot.workspace.visitors.people import Person, words
from plans.mocks import Role
from tests.bot.house import CHANNEL, MONDAY, House
from tests.bot.members import day_post, goals_of, hears, membership_of, ticked
from tests.bot.sessions import a_session, asked, counted, ends_at, gives, says, state_of

TWO_DAYS = timedelta(hours=48)
COUNTS = "It counts as a mock on your scorecard."


async def mock_goals(house: House, person: Person, monday: date = MONDAY) -> list[Goal]:
    """The goals of the plan's week that ask for a mock interview."""
    return [goal for goal in await goals_of(house, person, monday) if "mock_interviews" in goal.metrics]


@pytest.fixture
async def pair(house: House) -> list[Person]:
    """Ana and Bo on the Tuesday of their plans' first week."""
    pair = await house.group("Ana", "Bo", sharing="full")
    await house.travel("2026-11-24 08:00")
    return pair


async def test_a_held_mock_does_the_weeks_first_mock_goal_of_both(house: House, pair: list[Person]) -> None:
    mock = await a_session(house, pair, "Wednesday 17:00")
    await house.travel(ends_at(mock))
    for person in pair:
        await says(house, person, "Yes")
    assert state_of(house, mock) == "held"
    for person in pair:
        first, *others = await mock_goals(house, person)
        assert first.state == "done"
        assert {goal.state for goal in others} <= {"open"}
        assert await counted(house, person) == 1
        assert COUNTS in words(await asked(person))
        assert "mock interviews 1 of" in await hears(person, "/prep scorecard")
    await house.travel(f"{first.due_on} 08:00")
    assert first.text in ticked(await day_post(pair[1], "Thursday"))


async def test_a_second_mock_of_the_week_is_logged_beside_the_first(house: House, pair: list[Person]) -> None:
    for day in ("Wednesday 17:00", "Friday 17:00"):
        mock = await a_session(house, pair, day)
        await house.travel(ends_at(mock))
        for person in pair:
            await person.clicks(await asked(person), "Yes")
            await house.settle()
    ana = pair[0]
    goals = len(await mock_goals(house, ana))
    assert await counted(house, ana) == 2
    logged = house.sql(
        "select count, minutes, area, on_date from entries where membership_id = ? and mock_id is not null",
        [(await membership_of(house, ana)).id],
    )
    assert logged == ([(1, 90, "mock", "2026-11-27")] if goals == 1 else [])


async def test_a_goal_that_was_ticked_already_is_not_counted_twice(house: House, pair: list[Person]) -> None:
    ana, _ = pair
    (goal, *_) = await mock_goals(house, ana)
    await house.travel(f"{goal.due_on} 08:00")
    await ana.ticks(await day_post(ana), [goal.text])
    await house.settle()
    mock = await a_session(house, pair, "Thursday 17:00")
    await house.travel(ends_at(mock))
    await says(house, ana, "Yes")
    await house.travel(ends_at(mock) + TWO_DAYS)
    assert state_of(house, mock) == "held"
    assert await counted(house, ana) == 1
    await says(house, ana, "It didn't happen")
    await says(house, ana, "I couldn't")
    assert state_of(house, mock) == "missed"
    assert await counted(house, ana) == 1  # her own tick stays
    assert (await mock_goals(house, ana))[0].state == "done"


async def test_who_says_after_all_that_it_did_not_happen_takes_it_back_exactly(
    house: House, pair: list[Person]
) -> None:
    ana, bo = pair
    mock = await a_session(house, pair, "Wednesday 17:00")
    await house.travel(ends_at(mock))
    await says(house, ana, "Yes")
    await says(house, bo, "Yes")
    before = [(goal.id, goal.state) for goal in await goals_of(house, ana)]
    await says(house, bo, "It didn't happen")
    assert "[They didn't come] [I couldn't]" in words(await asked(bo))
    await says(house, bo, "They didn't come")
    assert state_of(house, mock) == "unclear"
    for person in pair:
        assert await counted(house, person) == 0
        assert {goal.state for goal in await mock_goals(house, person)} == {"open"}
        assert "this one counts for nobody" in words(await asked(person))
    await says(house, bo, "It did happen")
    assert state_of(house, mock) == "held"
    assert [(goal.id, goal.state) for goal in await goals_of(house, ana)] == before
    assert await counted(house, bo) == 1


async def test_undo_never_takes_a_mock(house: House, pair: list[Person]) -> None:
    ana, _ = pair
    for day in ("Wednesday 10:00", "Wednesday 17:00", "Thursday 17:00"):
        mock = await a_session(house, pair, day)
        await house.travel(ends_at(mock))
        for person in pair:
            await person.clicks(await asked(person), "Yes")
            await house.settle()
    before = await counted(house, ana)
    assert house.sql("select count(*) from entries where mock_id is not null")[0][0]
    assert "nothing left to undo" in await hears(ana, "/prep undo")
    assert await counted(house, ana) == before


async def test_who_only_interviews_or_observes_has_no_mock_counted(house: House) -> None:
    ana, bo, cy = await house.group("Ana", "Bo", "Cy")
    roles = (Role.INTERVIEWER, Role.CANDIDATE, Role.OBSERVER)
    mock = await a_session(house, [ana, bo, cy], swaps=False, roles=roles)
    await house.travel(ends_at(mock))
    for person in (ana, bo, cy):
        await says(house, person, "Yes")
    assert [await counted(house, person) for person in (ana, bo, cy)] == [0, 1, 0]


async def test_a_mock_of_sunday_evening_counts_in_its_own_week_though_it_is_told_on_monday(
    house: House, pair: list[Person]
) -> None:
    ana, bo = pair
    mock = await a_session(house, pair, "Sunday 22:45")
    await house.travel(ends_at(mock))
    await says(house, ana, "Yes")
    await says(house, bo, "Yes")
    (goal, *_) = await mock_goals(house, ana)
    assert goal.state == "done"
    assert "mock interviews 1 of" in await hears(ana, "/prep scorecard last")


async def test_the_groups_card_says_how_many_mocks_were_held_sessions_not_people(
    house: House, pair: list[Person]
) -> None:
    ana, bo = pair
    mock = await a_session(house, pair, "Saturday 10:00")
    late = await a_session(house, pair, "Sunday 19:00")
    await house.travel(ends_at(mock))
    await says(house, ana, "Yes")
    await says(house, bo, "Yes")
    await house.travel("Sunday 18:00")
    card = await ana.waits_for(CHANNEL, "Week 48")
    assert "1 mock held" in words(card)
    await house.travel(ends_at(late))
    await says(house, ana, "Yes")
    await says(house, bo, "Yes")
    await house.travel("Monday 00:00")
    assert "2 mocks held" in words(await ana.fresh(card))


async def test_a_redelivered_answer_and_a_second_deadline_change_nothing(
    house: House, pair: list[Person]
) -> None:
    ana, bo = pair
    mock = await a_session(house, pair, "Wednesday 17:00")
    await house.travel(ends_at(mock))
    await gives(house, ana, bo)
    await gives(house, bo, ana)
    await house.workspace.socket.redeliver_last("interactive")
    await house.settle()
    async with house.bot.database.write() as session:
        again = await mock_sessions.get(session, mock.id)
        assert again is not None
        await mock_feedback.decide(session, again, house.now)
        await mock_feedback.decide(session, again, house.now)
    await house.settle()
    assert [await counted(house, person) for person in pair] == [1, 1]
    assert len(house.posts(saying="Feedback on your technical mock")) == 2
