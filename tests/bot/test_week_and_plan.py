"""The week, the week ahead, the plan; settings, pausing and resuming."""

from __future__ import annotations

import asyncio
import json
from datetime import date, timedelta

import pytest

from bot.workspace.visitors.people import Person, words
from tests.bot.house import MONDAY, House
from tests.bot.members import (
    asks,
    blanks,
    day_post,
    form,
    goal_texts,
    goals_of,
    hears,
    last_words,
    membership_of,
    newest,
)

CODING = "Solve 3 or 4 coding problems, each with a different pattern"


@pytest.fixture
async def ana(house: House) -> Person:
    """Ana in her first week, on Tuesday morning."""
    (ana,) = await house.group("Ana")
    await house.travel("Tuesday 08:00")
    return ana


async def test_the_week_shows_each_day_its_goals_the_counts_and_what_was_left_out_and_why(
    house: House, ana: Person
) -> None:
    await ana.ticks(await day_post(ana), [CODING])
    lines = (await hears(ana, "/prep week")).splitlines()
    assert lines[0] == "Week 1 of 12 · Know yourself"
    assert lines[1] == "Mon 23 Nov to Sunday · 31 goals, 12 h · 45 min done"
    assert "*Tue 24 Nov (today): Technical baseline*, 1 h 50" in lines
    assert f"☑ {CODING} (45 min)" in lines
    assert "☐ Hold a 45-minute behavioural mock interview (45 min)" in lines
    assert any(line.startswith("*So far*: STAR stories 0 of 1, coding problems 3 of 3") for line in lines)
    start = lines.index("*Left out of the full week* (6 goals)")
    reasons = "\n".join(lines[start + 1 : -1])
    left_out = house.sql("select outline from weeks")[0][0]
    texts = [left["text"] for left in json.loads(left_out)["left_out"]]
    assert len(texts) == 6
    assert all(text in reasons for text in texts)
    assert "Stretch: offered in a strong week or on request: " in reasons
    assert lines[-1].startswith("[Show today] [Next week]")


async def test_the_next_week_is_a_preview_that_opens_nothing(house: House, ana: Person) -> None:
    sheet = await asks(ana, "/prep week next")
    assert words(sheet).startswith("Week 2 of 12")
    assert "Mon 30 Nov to Sunday · 23 goals, 12 h · as it would be offered now" in words(sheet)
    assert words(await asks(ana, "/prep next")) == words(sheet)
    assert house.sql("select week_of from weeks") == [(MONDAY.isoformat(),)]
    await ana.clicks(sheet, "This week")
    await house.settle()
    assert (await last_words(ana, "#staff-prep")).startswith("Week 1 of 12")


async def test_the_plan_is_a_map_with_you_are_here(house: House, ana: Person) -> None:
    told = await hears(ana, "/prep plan")
    assert "You are in week 1 of 12. 12 h a week, L6, until 14 February 2027." in told
    assert "➤ Week 1: Know yourself  you are here*" in told
    assert "*Foundation*, weeks 1 to 4" in told
    assert "(checkpoint: Month 1: the foundation stands)" in told
    await house.travel("Monday 08:00")
    assert "✓ Week 1: " in await hears(ana, "/prep plan")


async def test_before_the_plan_begins_the_plan_says_when(house: House) -> None:
    (ana,) = await house.group("Ana")
    assert "It begins on 23 November 2026." in await hears(ana, "/prep plan")


async def test_settings_tell_what_changed_and_fit_the_future_anew_while_the_past_stays(
    house: House, ana: Person
) -> None:
    await ana.ticks(await day_post(ana), [CODING])
    before = await goals_of(house, ana, MONDAY)
    sheet = await form(ana, "/prep settings", "My settings")
    held = blanks(sheet)
    shown = [held[name] for name in ("hours", "track", "sharing", "level")]
    assert shown == ["12", "standard", "summary", "L6"]
    answers = {"hours": 7, "track": "minimum-viable", "post_time": "07:30", "sharing": "full", "level": "L7"}
    await house.submits(ana, sheet, answers)
    await house.settle()
    assert await last_words(ana, "#staff-prep") == (
        "Saved: goals at 07:30; the channel sees everything; level L7; hours a week 7; track minimum-viable."
    )
    after = await goals_of(house, ana, MONDAY)
    today = date(2026, 11, 24)
    past = [(goal.id, goal.text, goal.state) for goal in before if goal.due_on < today]
    assert [(goal.id, goal.text, goal.state) for goal in after if goal.due_on < today] == past
    assert [goal.text for goal in after if goal.state == "done"] == [CODING]
    assert sum(goal.minutes for goal in after if goal.due_on > today) < 7 * 60
    assert goal_texts(await day_post(ana)) == [goal.text for goal in after if goal.due_on == today]
    await house.travel("Wednesday 07:30")
    assert house.posts(ana, "Wednesday · week 1")


async def test_settings_without_a_change_say_so(house: House, ana: Person) -> None:
    await house.submits(ana, await form(ana, "/prep settings", "My settings"), {})
    await house.settle()
    assert await last_words(ana, "#staff-prep") == "Nothing was changed."


async def test_a_change_of_sharing_leaves_every_goal_where_the_member_put_it(
    house: House, ana: Person
) -> None:
    await ana.chooses(await day_post(ana), "day_more", "Bring 7 open goals to today")
    await house.travel("Wednesday 08:00")
    await ana.chooses(await day_post(ana), "day_more", "Move what is open to tomorrow")
    await house.settle()
    before = [(goal.id, goal.due_on, goal.state) for goal in await goals_of(house, ana)]
    await house.submits(ana, await form(ana, "/prep settings", "My settings"), {"sharing": "private"})
    assert [(goal.id, goal.due_on, goal.state) for goal in await goals_of(house, ana)] == before


async def test_settings_keep_what_was_offered_of_the_days_before_one_began(house: House) -> None:
    (ana,) = await house.group("Ana", start="today")
    before = [(goal.id, goal.due_on, goal.excused) for goal in await goals_of(house, ana)]
    await house.submits(ana, await form(ana, "/prep settings", "My settings"), {"nudge": "20:00"})
    assert [(goal.id, goal.due_on, goal.excused) for goal in await goals_of(house, ana)] == before


@pytest.mark.parametrize(
    ("answers", "errors"),
    [
        ({"hours": 200}, {"hours": "From 3 to 60 hours a week. Which is honest for you?"}),
        ({"interview": "2026-11-01"}, {"interview": "That date is in the past. When is the interview?"}),
    ],
)
async def test_wrong_settings_are_said_in_their_field_and_change_nothing(
    house: House, ana: Person, answers: dict[str, object], errors: dict[str, str]
) -> None:
    before = house.sql("select * from enrolments"), house.sql("select * from memberships")
    result = await ana.submits(await form(ana, "/prep settings", "My settings"), answers)
    assert result.errors == errors
    assert (house.sql("select * from enrolments"), house.sql("select * from memberships")) == before


async def test_an_interview_that_has_passed_does_not_keep_anybody_from_saving(house: House) -> None:
    (ana,) = await house.group("Ana", interview="2026-11-24")
    await house.travel("Friday 12:00")
    await house.submits(ana, await form(ana, "/prep settings", "My settings"), {"sharing": "full"})
    await house.settle()
    assert await last_words(ana, "#staff-prep") == "Saved: the channel sees everything."


async def test_a_pause_excuses_its_days_posts_nothing_and_ends_by_itself(house: House, ana: Person) -> None:
    told = await asks(ana, "/prep pause 3d holiday in Rome")
    assert words(told).splitlines()[0] == (
        "Paused until Thursday, 26 November 2026. "
        "Nothing is posted and 15 goals of those days do not count as missed."
    )
    assert "0 of 16 goals met" in await hears(ana, "/prep scorecard")
    before = len(house.posts(ana))
    await house.travel("Thursday 23:00")
    assert len(house.posts(ana)) == before
    assert "paused until Thursday" in await hears(ana, "/prep today")
    await house.travel("Friday 08:00")
    assert house.posts(ana, "Friday · week 1")


async def test_resuming_counts_from_today(house: House, ana: Person) -> None:
    paused = await asks(ana, "/prep pause 2w")
    await house.travel("Wednesday 12:00")
    await ana.clicks(paused, "Resume now")
    await house.settle()
    assert words(await ana.fresh(paused)).startswith("Welcome back. Your goals count again from today.")
    rows = await goals_of(house, ana, MONDAY)
    assert {goal.due_on.weekday() for goal in rows if goal.excused} == {1}
    assert await hears(ana, "/prep resume") == "You are not paused. `/prep today` shows today's goals."
    await house.travel("Thursday 08:00")
    assert house.posts(ana, "Thursday · week 1")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("pause", "Paused until Monday, 30 November 2026."),
        ("pause 1 week", "Paused until Monday, 30 November 2026."),
        ("holiday 2", "Paused until Wednesday, 25 November 2026."),
        ("pause soon", 'I can\'t read "soon" as a pause. Try `/prep pause 3d holiday` or `/prep pause 1w`.'),
        ("pause 0d", 'I can\'t read "0d" as a pause.'),
        ("pause 9999999999 days", "A pause lasts at most 180 days."),
    ],
)
async def test_how_long_a_pause_lasts_is_read_forgivingly(ana: Person, typed: str, told: str) -> None:
    assert (await hears(ana, f"/prep {typed}")).startswith(told)


async def test_a_week_that_begins_in_a_pause_is_excused_too(house: House, ana: Person) -> None:
    await hears(ana, "/prep pause 8d")
    next_monday = MONDAY + timedelta(weeks=1)
    await house.travel("2026-12-02 08:00")
    rows = await goals_of(house, ana, next_monday)
    assert {goal.due_on.weekday() for goal in rows if goal.excused} == {0, 1}


async def test_settings_set_by_hand_keep_the_zone_while_slack_moves_on(house: House, ana: Person) -> None:
    await ana.moves_to("America/New_York")
    await house.settle()
    assert (await membership_of(house, ana)).timezone == "America/New_York"
    sheet = await form(ana, "/prep settings", "My settings")
    await house.submits(ana, sheet, {"timezone": "Europe/Paris"})
    await ana.moves_to("Asia/Tokyo")
    await house.settle()
    assert (await membership_of(house, ana)).timezone == "Europe/Paris"


async def test_two_people_open_the_same_commands_at_once_and_each_sees_their_own(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo", answers={"Bo": {"level": "L7", "hours": 7}})
    await house.travel("Monday 08:00")
    mine, theirs = await asyncio.gather(asks(ana, "/prep today"), asks(bo, "/prep today"))
    assert goal_texts(mine) == goal_texts(await day_post(ana))
    assert goal_texts(theirs) == goal_texts(await day_post(bo))
    assert (await newest(ana, "#staff-prep"))["ts"] != (await newest(bo, "#staff-prep"))["ts"]
