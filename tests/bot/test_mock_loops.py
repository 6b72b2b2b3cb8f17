"""A full loop is planned: the form, the room with the day, the calendar file, reminders, the questions."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.workspace.visitors.people import Person, words
from tests.bot.house import CHANNEL, House
from tests.bot.loops import (
    SAT,
    cast_of,
    events,
    last_round_ends,
    plans_loop,
    room,
    tries,
    votes,
    wishes,
    writes,
)
from tests.bot.members import asks, form, has_element, hears, membership_of
from tests.bot.mock_rooms import agrees, clicks_forged, seats


@pytest.fixture
async def four(house: House) -> list[Person]:
    """Ana, who is going to be the candidate, and three who interview; Dan lives in New York."""
    return await house.group("Ana", "Bo", "Chen", "Dan", zones={"Dan": "America/New_York"})


# The room


async def test_everybody_gets_one_room_with_the_whole_day_on_their_own_clocks(
    house: House, four: list[Person]
) -> None:
    ana, bo, chen, dan = four
    await plans_loop(house, ana, [bo, chen, dan], bar_raiser=[bo.id])
    text = words(await room(house, four))
    assert "Full loop for Ana" in text
    assert "Sat 21 Nov 10:00 Berlin / 04:00 New York, 6 h" in text
    assert "Ana is the candidate; Bo, Chen and Dan interview. Bo is the bar raiser." in text
    assert "10:00 Berlin / 04:00 New York  Behavioural:" in text
    assert "12:00 Berlin / 06:00 New York  Long break: eat something (30 min)" in text
    assert "Bar raiser: Bo asks (50 min)" in text
    assert "Debrief (30 min)" in text
    assert "Bo listens" in text
    assert "Waiting for Bo, Chen and Dan." in text
    (post,) = house.posts(four)
    assert "6 h" in post.payload["text"]
    assert not house.posts(CHANNEL, "loop")


async def test_every_round_is_a_session_with_questions_that_are_new_to_all_in_it(
    house: House, four: list[Person]
) -> None:
    ana, *panel = four
    await plans_loop(house, ana, panel)
    rounds = house.sql("select id, kind, minutes, starts_at, state from mock_sessions order by starts_at")
    assert [row[1:3] for row in rounds] == [
        ("behavioral", 50),
        ("technical", 60),
        ("technical", 50),
        ("behavioral", 50),
        ("behavioral", 50),
    ]
    assert {row[4] for row in rounds} == {"agreed"}
    asked_ = house.sql("select session_id, question from mock_questions")
    assert len({question for _, question in asked_}) == len(asked_)
    assert {session for session, _ in asked_} == {row[0] for row in rounds}


async def test_the_calendar_file_covers_the_whole_event_and_names_nobody(
    house: House, four: list[Person]
) -> None:
    ana, *panel = four
    await plans_loop(house, ana, panel, format="short")
    (event,) = events(house, four)
    assert event["DTSTART"].dt == house.at(SAT)
    assert event["DTEND"].dt == house.at(SAT) + timedelta(hours=3)
    assert "0–45 min: Behavioural" in str(event["DESCRIPTION"])
    assert not any(person.name in str(event["DESCRIPTION"]) for person in panel)
    assert has_element(await room(house, four), "mock_link_google")


async def test_who_has_said_that_they_come_is_shown_and_a_second_click_is_harmless(
    house: House, four: list[Person]
) -> None:
    ana, bo, *_ = four
    await plans_loop(house, ana, four[1:])
    for _ in range(2):
        await bo.clicks(await room(house, four), "I'll be there")
        await house.settle()
    assert "Bo will be there. Waiting for Chen and Dan." in words(await room(house, four))


async def test_who_plans_for_somebody_else_is_in_the_room_and_named(house: House, four: list[Person]) -> None:
    ana, bo, chen, dan = four
    await plans_loop(house, dan, [bo, chen], candidate=[ana.id])
    text = words(await room(house, four))
    assert "Ana is the candidate; Bo and Chen interview." in text
    assert "Dan has planned it." in text


async def test_reminders_come_a_day_and_an_hour_ahead_once_each(house: House, four: list[Person]) -> None:
    ana, bo, *_ = four
    await plans_loop(house, ana, four[1:])
    await house.travel(house.at(SAT) - timedelta(days=1))
    day = await room(house, four, "Tomorrow: Full loop for Ana")
    await bo.clicks(day, "I'll be there")
    await house.settle()
    assert "Bo will be there." in words(await room(house, four, "Tomorrow"))
    await house.travel(house.at(SAT) - timedelta(hours=1))
    hour = await room(house, four, "In an hour: Full loop for Ana")
    assert has_element(hour, "loop_question")
    await house.travel(house.at(SAT) + timedelta(minutes=1))
    assert len(house.posts(four, "Tomorrow")) == len(house.posts(four, "In an hour")) == 1
    await clicks_forged(house, bo, "loop_accept", "1:1")
    assert "That loop has begun already." in await bo.reads()


async def test_a_loop_planned_within_the_day_skips_the_reminder_that_has_passed(
    house: House, four: list[Person]
) -> None:
    await plans_loop(house, four[0], four[1:], when="2026-11-18 20:00")
    await house.travel("2026-11-18 19:30")
    assert not house.posts(four, "Tomorrow")
    assert len(house.posts(four, "In an hour")) == 1


# The questions


async def test_only_interviewers_see_questions_and_each_only_their_own(
    house: House, four: list[Person]
) -> None:
    ana, *panel = four
    await plans_loop(house, ana, panel, format="short")
    cast = await cast_of(house)
    held = {stop.interviewer: stop for stop in cast.stops() if stop.what == "round"}
    for person in panel:
        await person.clicks(await room(house, four), "My question")
        sheet = words(await person.modal("The question"))
        mine = held[str((await membership_of(house, person)).id)]
        assert f"0–{mine.minutes} min  {mine.title}" in sheet
        assert "For you alone: Ana knows the kind and no more." in sheet
    await ana.clicks(await room(house, four), "My question")
    await house.settle()
    assert "so that they stay a surprise" in await ana.reads(house.place(four))


async def test_who_interviews_twice_chooses_the_round_and_gets_its_sheet(
    house: House, four: list[Person]
) -> None:
    ana, bo, chen, _ = four
    await plans_loop(house, ana, [bo, chen])
    people = [ana, bo, chen]
    await bo.clicks(await room(house, people), "My question")
    menu = await bo.modal("My questions")
    assert "Which question?" in words(menu)
    await bo.clicks(menu, "Show it")
    assert "For you alone: Ana knows the kind and no more." in words(await bo.modal("The question"))


async def test_a_forged_click_on_another_ones_sheet_shows_nothing(house: House, four: list[Person]) -> None:
    ana, *panel = four
    await plans_loop(house, ana, panel)
    for (round_,) in house.sql("select id from mock_sessions"):
        await clicks_forged(house, ana, "loop_sheet", str(round_))
        assert "I can't tell which loop that is." in await ana.reads()
        assert not house.posts(ana, "For you alone")


# The form


async def test_what_is_wrong_is_said_in_its_field_and_nothing_is_planned(
    house: House, four: list[Person]
) -> None:
    ana, bo, chen, dan = four
    eve = await house.person("Eve")
    sheet = await form(ana, "/prep mock loop", "Plan a full loop")
    good = wishes(house, [bo, chen])
    past = int((house.now - timedelta(hours=1)).timestamp())
    far = int((house.now + timedelta(days=200)).timestamp())
    for wrong, field, sentence in (
        ({"panel": [bo.id]}, "panel", "A loop takes 2 to 5 interviewers, and you have named 1."),
        ({"panel": [ana.id, bo.id]}, "panel", "Nobody interviews themselves"),
        ({"panel": [bo.id, eve.id]}, "panel", "Eve is not in Staff Prep yet."),
        ({"candidate": [eve.id]}, "candidate", "Eve is not in Staff Prep yet."),
        ({"moment": past}, "moment", "That is too soon"),
        ({"moment": far}, "moment", "That is far away"),
        ({"bar_raiser": [dan.id]}, "bar_raiser", "The bar raiser is one of the interviewers."),
    ):
        answers = {"candidate": [ana.id], "bar_raiser": [], **good, **wrong}
        result = await ana.submits(sheet, answers)
        assert sentence in result.errors[field], wrong
    assert house.sql("select count(*) from mock_loops") == [(0,)]
    result = await ana.submits(sheet, {"candidate": [ana.id], "bar_raiser": [], **good})
    assert result.ok


async def test_the_button_on_ones_page_opens_the_form_for_oneself(house: House, four: list[Person]) -> None:
    ana = four[0]
    await ana.clicks(await asks(ana, "/prep mock"), "Plan a full loop")
    plan = await ana.modal("Plan a full loop")
    await house.submits(ana, plan, wishes(house, four[1:3]))
    await house.settle()
    assert (await cast_of(house)).candidate.user_id == ana.id


async def test_a_block_a_holiday_and_another_mock_keep_somebody_out_with_the_same_sentence(
    house: House, four: list[Person]
) -> None:
    ana, bo, chen, dan = four
    sheet = await form(bo, "/prep mock block", "My mock interviews")
    await house.submits(bo, sheet, {"blocked": [ana.id]})
    sentence = "{} cannot be on this panel. Choose somebody else, or another time."
    result = await tries(house, ana, wishes(house, [bo, dan]))
    assert result.errors == {"panel": sentence.format("Bo")}
    await seats(house, [chen, bo], "2026-11-21 11:00")
    await agrees(house, [chen, bo], "2026-11-21 11:00")
    result = await tries(house, ana, wishes(house, [chen, dan]))
    assert result.errors == {"panel": sentence.format("Chen")}
    await hears(dan, "/prep pause 10d")
    result = await tries(house, ana, wishes(house, [dan, chen], when="2026-11-21 18:00"))
    assert result.errors == {"panel": sentence.format("Dan")}


async def test_a_form_that_slack_delivers_twice_plans_one_loop(house: House, four: list[Person]) -> None:
    await plans_loop(house, four[0], four[1:])
    await house.workspace.socket.redeliver_last("interactive")
    await house.settle()
    assert house.sql("select count(*) from mock_loops") == [(1,)]
    assert len(house.posts(four)) == 1


async def test_the_page_lists_a_loop_once(house: House, four: list[Person]) -> None:
    ana, bo, *_ = four
    await plans_loop(house, ana, four[1:])
    page = await hears(ana, "/prep mock")
    assert page.count("full loop with") == 1
    assert "Sat 21 Nov 10:00 Berlin" in page
    assert (await hears(bo, "/prep mock")).count("full loop with") == 1


async def test_a_stranger_who_clicks_is_told_kindly_and_changes_nothing(
    house: House, four: list[Person]
) -> None:
    ana, bo, chen, dan = four
    await plans_loop(house, ana, [bo, chen])
    for action in ("loop_accept", "loop_decline", "loop_cancel", "loop_move", "loop_question", "loop_vote"):
        await clicks_forged(house, dan, action, "1")
        assert "That loop belongs to others." in await dan.reads()
    await clicks_forged(house, bo, "loop_cancel", "1")
    assert "Only Ana can do that." in await bo.reads()
    await clicks_forged(house, ana, "loop_decline", "1")
    assert "That is for the interviewers to say" in await ana.reads()
    await clicks_forged(house, bo, "loop_vote", "1")
    assert "The last round is not over yet." in await bo.reads()
    await clicks_forged(house, bo, "loop_accept", "999")
    assert "I can't tell which loop that is." in await bo.reads()
    cast = await cast_of(house)
    assert (cast.loop.state, {each.row.state for each in cast.panel}) == ("planned", {"invited"})


async def test_the_largest_loop_with_the_longest_words_fits_into_slacks_limits(house: House) -> None:
    names = ("Lea", "Ana", "Bo", "Chen", "Dan", "Eve", "Flo")
    places = ("Kolkata", "Tokyo", "Kathmandu", "Hong_Kong", "Dubai", "Karachi", "Singapore")
    zones = {name: f"Asia/{place}" for name, place in zip(names, places, strict=True)}
    people = lea, ana, *panel = await house.group(*names, zones=zones)
    await plans_loop(house, lea, panel, candidate=[ana.id])
    together = [ana, *panel, lea]
    text = words(await room(house, together))
    assert "Debrief" in text
    assert len(house.posts(people)) == 1
    await house.travel(await last_round_ends(house))
    for person in panel:
        await votes(house, person, "Inclined", "n" * 600)
        await writes(house, person, ana, 3, "w" * 270)
    (post,) = house.posts(ana, "Feedback on your full loop")
    assert words(post.payload).count("Keep: ") == 6  # five rounds, and the bar raiser listens in one of them
