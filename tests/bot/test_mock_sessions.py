"""A session from its room to its time: who, why, when; the question; the calendar file; the reminders."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from bot.store import mock_sessions
from bot.workspace.visitors.people import Person, words
from plans.mocks import Kind, Style
from tests.bot.house import CHANNEL, House, bank
from tests.bot.members import has_element
from tests.bot.mock_rooms import agrees, clicks_forged, picks, room, seats, session_of

NEW_YORK = "America/New_York"
THU, FRI = "2026-11-26 17:30", "2026-11-27 18:00"


@pytest.fixture
async def two(house: House) -> list[Person]:
    """Ana in Berlin and Bo in New York, in one group."""
    return await house.group("Ana", "Bo", zones={"Bo": NEW_YORK})


async def test_the_room_says_who_begins_why_them_and_when_in_both_zones(
    house: House, two: list[Person]
) -> None:
    await seats(house, two, THU, FRI)
    text = words(await room(house, two))
    assert "Technical mock: Ana and Bo, 60 minutes" in text
    assert "Ana begins as interviewer, Bo is the candidate first; half-way you change places." in text
    assert "You have not met yet." in text
    assert "Thu 26 Nov 17:30 Berlin / 11:30 New York" in text
    assert "Fri 27 Nov 18:00 Berlin / 12:00 New York" in text
    assert "0–30 min  System design (Bo answers)" in text
    assert "(Ana answers)" in text
    assert not house.posts(CHANNEL, "mock: Ana")


async def test_the_message_alone_without_its_blocks_says_who_and_when(
    house: House, two: list[Person]
) -> None:
    await seats(house, two, THU)
    text = house.posts(two)[0].payload["text"]
    assert "Ana and Bo" in text
    assert "Thu 26 Nov 17:30 Berlin / 11:30 New York" in text


async def test_the_first_time_that_suits_both_is_agreed(house: House, two: list[Person]) -> None:
    ana, bo = two
    mock_id = await seats(house, two, THU, FRI)
    await picks(house, ana, two, FRI)
    assert "suits Ana" in words(await room(house, two))
    await picks(house, bo, two, THU)
    assert (await session_of(house, mock_id))[0].state == "proposed"
    await picks(house, ana, two, THU)
    mock, _ = await session_of(house, mock_id)
    assert (mock.state, mock.starts_at, mock.sequence) == ("agreed", house.at(THU), 1)
    card = await room(house, two, "Agreed: Thu 26 Nov 17:30 Berlin / 11:30 New York")
    assert has_element(card, "mock_link_google")
    assert not has_element(card, "mock_pick")


async def test_a_second_click_on_the_same_time_changes_nothing(house: House, two: list[Person]) -> None:
    mock_id = await seats(house, two, THU)
    for _ in range(2):
        await picks(house, two[0], two, THU)
    mock, rows = await session_of(house, mock_id)
    assert (mock.state, [len(row.seat.picks) for row in rows]) == ("proposed", [1, 0])


async def test_the_agreed_time_comes_once_as_a_calendar_file_into_the_room(
    house: House, two: list[Person]
) -> None:
    await seats(house, two, THU)
    starts_at = await agrees(house, two, THU)
    (event,) = _events(house, two)
    assert (event["DTSTART"].dt, int(event["SEQUENCE"])) == (starts_at, 1)


async def test_a_new_time_sends_the_same_event_with_a_higher_sequence(
    house: House, two: list[Person]
) -> None:
    ana, bo = two
    await seats(house, two, THU)
    await agrees(house, two, THU)
    await _proposes(house, ana, two, house.at(FRI))
    assert "It counts once it suits everybody" in words(await room(house, two))
    await picks(house, bo, two, FRI)
    first, second = _events(house, two)
    assert first["UID"] == second["UID"]
    assert (int(first["SEQUENCE"]), int(second["SEQUENCE"])) == (1, 2)
    assert second["DTSTART"].dt == house.at(FRI)


async def test_a_proposed_time_of_ones_own_must_lie_ahead_and_not_too_far(
    house: House, two: list[Person]
) -> None:
    await seats(house, two, THU)
    await two[0].clicks(await room(house, two), "Other times")
    form = await two[0].modal("Other times")
    for late, sentence in (
        (house.now - timedelta(hours=1), "has passed"),
        (house.now + timedelta(days=40), "two weeks"),
    ):
        result = await two[0].submits(form, {"moment": int(late.timestamp())})
        assert sentence in result.errors["moment"]
    result = await two[0].submits(form, {"moment": None})
    assert "Pick a time" in result.errors["moment"]


async def test_more_times_of_the_form_can_be_ticked_and_are_then_offered_to_the_other(
    house: House,
) -> None:
    two = ana, bo = await house.group("Ana", "Bo")
    mock_id = await seats(house, two, THU)
    await ana.clicks(await room(house, two), "Other times")
    form = await ana.modal("Other times")
    box = next(block for block in form["blocks"] if block.get("block_id") == "times")
    value = box["element"]["options"][0]["value"]
    await house.submits(ana, form, {"times": [value]})
    await house.settle()
    await picks(house, bo, two, datetime.fromisoformat(value))
    assert (await session_of(house, mock_id))[0].starts_at == datetime.fromisoformat(value)


# The question


async def test_each_interviewer_sees_the_questions_of_their_turn_and_nobody_else_does(
    house: House, two: list[Person]
) -> None:
    mock_id = await seats(house, two, THU, style=Style.SKEPTIC)
    sheets = {}
    for person in two:
        await person.clicks(await room(house, two), "The question")
        sheets[person.name] = words(form := await person.modal("The question"))
        await person.closes(form)
    async with house.read() as session:
        first, second = [await mock_sessions.questions(session, mock_id, turn) for turn in (1, 2)]
    assert first
    assert second
    for name, mine, other in (("Ana", first, second), ("Bo", second, first)):
        assert all(_ask(each) in sheets[name] for each in mine)
        assert not any(_ask(each) in sheets[name] for each in other)
    assert "Play the skeptic" in sheets["Ana"]
    assert "Play the" not in sheets["Bo"]
    shown = "\n".join(str(write.payload) for write in house.posts(two) + house.updates())
    assert not any(_ask(each) in shown for each in [*first, *second])


async def test_a_candidate_without_a_turn_of_their_own_and_an_observer_learn_the_kind_only(
    house: House,
) -> None:
    three = await house.group("Ana", "Bo", "Chen")
    await seats(house, three, THU, swaps=False)
    for person in three[1:]:
        await person.clicks(await room(house, three), "The question")
        await person.waits_for(house.place(three), "That one is for Ana alone")
        assert not await person.modals()


async def test_nobody_in_a_session_ever_gets_a_question_that_one_of_them_has_met(
    house: House, two: list[Person]
) -> None:
    seen: set[str] = set()
    for _ in range(4):
        mock_id = await seats(house, two, THU, kind=Kind.BEHAVIORAL)
        async with house.read() as session:
            new = [each for turn in (1, 2) for each in await mock_sessions.questions(session, mock_id, turn)]
        assert new
        assert len(set(new)) == len(new)
        assert not seen & set(new)
        seen |= set(new)


async def test_questions_are_for_the_level_of_the_candidate_of_each_turn(house: House) -> None:
    two = await house.group("Ana", "Bo", answers={"Bo": {"level": "L7"}})
    mock_id = await seats(house, two, THU)
    async with house.read() as session:
        turns = [await mock_sessions.questions(session, mock_id, turn) for turn in (1, 2)]
    for ids, level in zip(turns, ("L7", "L6"), strict=True):
        assert all(level in bank().find(each).levels for each in ids)


# Reminders


async def test_both_are_asked_a_day_and_an_hour_ahead_and_a_yes_shows(
    house: House, two: list[Person]
) -> None:
    ana, bo = two
    await seats(house, two, THU)
    await agrees(house, two, THU)
    await house.travel(house.at(THU) - timedelta(days=1))
    reminder = await room(house, two, "Tomorrow: Thu 26 Nov 17:30")
    assert "waiting for Ana and Bo" in words(reminder)
    await ana.clicks(reminder, "I'll be there")
    await house.settle()
    assert "Ana will be there; waiting for Bo" in words(await room(house, two, "Tomorrow: "))
    await bo.clicks(reminder, "I'll be there")
    await house.travel(house.at(THU) - timedelta(hours=1))
    hour = await room(house, two, "In an hour: Thu 26 Nov 17:30")
    assert "All of you will be there" in words(hour)
    assert has_element(hour, "mock_question")
    assert not has_element(hour, "mock_find_another")
    assert len(house.posts(two, "Tomorrow: ")) == len(house.posts(two, "In an hour: ")) == 1


async def test_a_time_agreed_within_the_hour_has_no_reminder_and_one_within_the_day_only_the_last(
    house: House, two: list[Person]
) -> None:
    mock_id = await seats(house, two, "12:00")
    await agrees(house, two, "12:00")
    await house.travel("11:30")
    assert not house.posts(two, "Tomorrow: ")
    assert "All of you will be there" in words(await room(house, two, "In an hour: "))
    assert (await session_of(house, mock_id))[0].state == "agreed"


async def test_a_button_of_a_reminder_for_another_time_says_so(house: House, two: list[Person]) -> None:
    ana, bo = two
    await seats(house, two, THU)
    await agrees(house, two, THU)
    await house.travel(house.at(THU) - timedelta(days=1))
    reminder = await room(house, two, "Tomorrow: ")
    await _proposes(house, ana, two, house.at(FRI))
    await picks(house, bo, two, FRI)
    assert "out of date" in words(await ana.fresh(reminder))


async def test_the_times_follow_a_member_to_another_zone(house: House, two: list[Person]) -> None:
    await seats(house, two, THU)
    await agrees(house, two, THU)
    await two[1].moves_to("Asia/Tokyo")
    await house.settle()
    assert "17:30 Berlin / Fri 27 Nov 01:30 Tokyo" in words(await room(house, two))


# Who may


async def test_a_stranger_who_forges_a_click_is_told_whose_session_it_is(
    house: House, two: list[Person]
) -> None:
    mock_id = await seats(house, two, THU)
    dee = await house.person("Dee")
    await house.joins(dee)
    await clicks_forged(house, dee, "mock_pick", f"{mock_id}:{house.at(THU).isoformat()}")
    assert "belongs to others" in await dee.reads()
    assert all(not row.seat.picks for row in (await session_of(house, mock_id))[1])


def _events(house: House, people: list[Person]) -> list[Any]:
    """The events of all calendar files in these people's room, oldest first."""
    return [Calendar.from_ical(file).walk("VEVENT")[0] for file in house.files(people)]


def _ask(question: str) -> str:
    return bank().find(question).ask


async def _proposes(house: House, person: Person, people: list[Person], at: datetime) -> None:
    """Name a time of one's own in the form."""
    await person.clicks(await room(house, people), "Other times")
    await house.submits(person, await person.modal("Other times"), {"moment": int(at.timestamp())})
    await house.settle()
