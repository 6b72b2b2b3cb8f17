"""Rating a day, and the weekly check-in."""

from __future__ import annotations

from typing import Any

import pytest

from bot.workspace.visitors.people import Person, words
from plans.ratings import Dimension
from tests.bot.house import MONDAY, House
from tests.bot.members import blanks, day_post, hears, newest

MONDAY_TEXT = MONDAY.isoformat()


@pytest.fixture
async def ana(house: House) -> Person:
    """Ana in her first week, on Tuesday morning."""
    (ana,) = await house.group("Ana")
    await house.travel("Tuesday 08:00")
    return ana


def ratings(house: House, scope: str = "day") -> dict[str, int]:
    """What was rated, by dimension."""
    rows = house.sql("select dimension, value from ratings where scope = ?", [scope])
    return dict(rows)


def words_kept(house: House) -> list[tuple[Any, ...]]:
    """What was written, by question."""
    return house.sql("select scope, on_date, question, text from reflections order by id")


async def rates(house: House, person: Person, answers: dict[str, Any]) -> None:
    """Rate the newest day."""
    await person.clicks(await day_post(person), "rate_day")
    await house.submits(person, await person.modal("Rate "), answers)
    await house.settle()


async def test_a_day_is_rated_on_its_own_dimensions_with_words_at_both_ends(ana: Person) -> None:
    await ana.clicks(await day_post(ana), "Rate today")
    sheet = await ana.modal("Rate today")
    assert [name for name in blanks(sheet) if name in set(Dimension)] == [
        "technical_communication",
        "time_management",
        "overall_confidence",
    ]
    assert "( ) 1 ran out" in words(sheet)
    assert "( ) 5 time to spare" in words(sheet)
    assert "A note to yourself" in words(sheet)


async def test_a_rating_is_kept_shown_in_the_list_and_there_again_when_the_form_opens_again(
    house: House, ana: Person
) -> None:
    answers = {"technical_communication": "4", "time_management": "2", "overall_confidence": "5"}
    await rates(house, ana, {**answers, "note": "Ran out of time on graphs"})
    assert ratings(house) == {"technical_communication": 4, "time_management": 2, "overall_confidence": 5}
    post = await day_post(ana)
    assert "Rated 4 · 2 · 5." in words(post)
    await ana.clicks(post, "Rate today")
    sheet = await ana.modal("Rate today")
    held = blanks(sheet)
    assert {name: held[name] for name in answers} == answers
    assert held["note"] == "Ran out of time on graphs"
    await house.submits(ana, sheet, {"time_management": "3", "note": ""})
    await house.settle()
    assert ratings(house)["time_management"] == 3
    assert len(ratings(house)) == 3
    assert words_kept(house) == []
    assert "Rated 4 · 3 · 5." in words(await day_post(ana))


async def test_the_days_question_keeps_its_answer(house: House, ana: Person) -> None:
    await ana.clicks(await day_post(ana), "Rate today")
    sheet = await ana.modal("Rate today")
    scores = {"technical_communication": "3", "time_management": "3", "overall_confidence": "3"}
    await house.submits(ana, sheet, {**scores, "reflection": "Draw less"})
    ((scope, day, question, text),) = words_kept(house)
    assert (scope, day, text) == ("day", "2026-11-24", "Draw less")
    assert question in words(sheet)


async def test_yesterdays_list_rates_yesterday(house: House, ana: Person) -> None:
    tuesday = await day_post(ana)
    await house.travel("Wednesday 08:30")
    await ana.clicks(tuesday, "rate_day")
    sheet = await ana.modal("Rate Tue 24 Nov")
    scores = {"technical_communication": "1", "time_management": "1", "overall_confidence": "1"}
    await house.submits(ana, sheet, scores)
    await house.settle()
    assert house.sql("select distinct on_date from ratings") == [("2026-11-24",)]
    assert "Rated 1 · 1 · 1." in words(await ana.fresh(tuesday))


async def test_the_check_in_is_asked_on_saturday_evening_of_each_members_own_clock(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo", zones={"Bo": "Asia/Singapore"})
    await house.travel("Saturday 18:00", "Asia/Singapore")
    assert not house.posts(bo, "Weekly check-in")  # the plan has not begun
    await house.travel("2026-11-28 18:00", "Asia/Singapore")
    assert len(house.posts(bo, "Weekly check-in")) == 1
    assert not house.posts(ana, "Weekly check-in")
    await house.travel("2026-11-28 18:00")
    (question,) = house.posts(ana, "Weekly check-in")
    assert "0 of 31 goals done so far." in words(question.payload)


async def test_the_check_in_opens_with_the_means_of_the_days_keeps_the_answers_and_can_be_changed(
    house: House, ana: Person
) -> None:
    scores = {"technical_communication": "2", "time_management": "4", "overall_confidence": "3"}
    await rates(house, ana, scores)
    await house.travel("Wednesday 08:00")
    await rates(house, ana, {"overall_confidence": "5", "story_quality": "4", "delivery_confidence": "1"})
    await house.travel("Saturday 18:00")
    question = await newest(ana)
    await ana.clicks(question, "Check in")
    sheet = await ana.modal("Weekly check-in")
    held = blanks(sheet)
    assert {name: held[name] for name in Dimension} == {
        "story_quality": "4",
        "delivery_confidence": "1",
        "technical_communication": "2",
        "time_management": "4",
        "feedback_integration": None,
        "overall_confidence": "4",
        "stress_management": None,
        "self_assessment_progress": None,
    }
    over = await ana.submits(sheet, {"lp_covered": 17})
    assert over.errors == {"lp_covered": "A whole number from 0 to 16, the number of principles."}
    answers = {"feedback_integration": "5", "lp_covered": 6, "biggest_win": "Told one story well"}
    await house.submits(ana, sheet, answers)
    await house.settle()
    assert ratings(house, "week") == {
        "story_quality": 4,
        "delivery_confidence": 1,
        "technical_communication": 2,
        "time_management": 4,
        "feedback_integration": 5,
        "overall_confidence": 4,
        "lp_covered": 6,
    }
    assert words_kept(house) == [("week", MONDAY_TEXT, "biggest_win", "Told one story well")]
    question = await ana.fresh(question)
    assert "Thank you, your check-in is in." in words(question)
    await ana.clicks(question, "Change my check-in")
    again = blanks(await ana.modal("Weekly check-in"))
    assert (again["lp_covered"], again["feedback_integration"]) == ("6", "5")
    assert again["biggest_win"] == "Told one story well"
    card = await hears(ana, "/prep scorecard")
    assert "principles covered 6 of 16" in card
    assert "Your biggest win this week: Told one story well" in card


async def test_a_tick_after_the_check_in_was_asked_redraws_its_count(house: House, ana: Person) -> None:
    await house.travel("Saturday 18:00")
    post = await day_post(ana, "Saturday")
    await ana.ticks(post, ["Research the role: its duties, its scope, its interview loop"])
    await house.settle()
    assert "1 of 31 goals done so far." in words(await ana.waits_for_dm("Weekly check-in"))
