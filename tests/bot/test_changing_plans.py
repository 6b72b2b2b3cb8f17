"""Another plan, load, date or more weeks in mid-course: shown first, then done, and perhaps taken back."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from bot.workspace.visitors.people import Person, words
from tests.bot.house import CHANNEL, MONDAY, House
from tests.bot.members import (
    asks,
    blanks,
    day_post,
    finishes,
    form,
    goal_texts,
    goals_of,
    hears,
    last_words,
    newest,
)

NEXT = MONDAY + timedelta(weeks=1)
TUESDAY = MONDAY + timedelta(days=1)
SHORTER = "6-week-intensive"
TITLE = "Change my plan"
TABLES = (
    *("enrolments", "goals", "weeks", "adjustments", "suggestions", "deliveries"),
    *("timers", "entries", "plan_changes"),
)
Json = dict[str, Any]


@pytest.fixture
async def ana(house: House) -> Person:
    """Ana on the Tuesday of her first week, with Monday's goals done."""
    (ana,) = await house.group("Ana")
    await house.travel("Monday 08:00")
    await finishes(ana, await day_post(ana, "Monday"))
    await house.travel("Tuesday 08:00")
    return ana


async def previews(person: Person, **answers: object) -> Json:
    """Fill the form in and return the preview that takes its place."""
    result = await person.submits(await form(person, "/prep plan change", TITLE), answers)
    assert result.ok, f"{result.error} {result.errors}"
    assert result.view is not None
    return result.view


async def accepts(house: House, person: Person, preview: Json) -> None:
    """Accept what a preview shows."""
    result = await person.submits(preview)
    assert result.ok
    assert result.view is None
    await house.settle()


async def changes(house: House, person: Person, **answers: object) -> None:
    """Change the plan from the form to the word afterwards."""
    await accepts(house, person, await previews(person, **answers))


def everything(house: House) -> list[list[tuple[Any, ...]]]:
    """All that the database holds of plans and what hangs off them."""
    return [house.sql(f"select * from {table} order by id") for table in TABLES]  # noqa: S608 (our own names)


def standing(house: House) -> list[tuple[Any, ...]]:
    """What is open, done and withdrawn, on which day, and what of it counts."""
    return house.sql(
        "select id, key, week_of, due_on, first_due_on, text, minutes, state, excused from goals order by id"
    )


def past(house: House) -> list[tuple[Any, ...]]:
    """What was offered before today, and how it stands."""
    return [goal for goal in standing(house) if goal[4] < TUESDAY.isoformat()]


# The form and the preview


async def test_the_form_shows_the_plan_as_it_is(ana: Person) -> None:
    held = blanks(await form(ana, "/prep plan change", TITLE))
    assert held == {
        "plan": "12-week-comprehensive",
        "track": "standard",
        "hours": "12",
        "level": "L6",
        "interview": None,
        "start_over": None,
        "begins": "today",
        "extend": "0",
    }


async def test_the_plan_has_a_button_that_opens_the_form(ana: Person) -> None:
    await ana.clicks(await asks(ana, "/prep plan"), TITLE)
    assert blanks(await ana.modal(TITLE))["plan"] == "12-week-comprehensive"


async def test_changing_to_what_is_already_so_is_said_in_the_form(house: House, ana: Person) -> None:
    before = everything(house)
    result = await ana.submits(await form(ana, "/prep plan change", TITLE), {})
    assert result.errors == {"plan": "Everything is like that already. Change something, or close this."}
    assert everything(house) == before


@pytest.mark.parametrize(
    ("answers", "errors"),
    [
        ({"hours": 2}, {"hours": "From 3 to 60 hours a week. Which is honest for you?"}),
        ({"interview": "2026-11-01"}, {"interview": "That date is in the past. When is the interview?"}),
        (
            {"hours": 60, "extend": "1"},
            {"extend": "No week can be added: by then everything is offered, and one more would be empty."},
        ),
    ],
)
async def test_what_is_wrong_is_said_in_its_field(
    house: House, ana: Person, answers: dict[str, object], errors: dict[str, str]
) -> None:
    before = everything(house)
    result = await ana.submits(await form(ana, "/prep plan change", TITLE), answers)
    assert result.errors == errors
    assert everything(house) == before


@pytest.mark.parametrize(
    "answers",
    [
        {"plan": SHORTER},
        {"plan": SHORTER, "begins": "monday"},
        {"start_over": ["again"]},
        {"hours": 7, "track": "minimum-viable"},
        {"level": "L7"},
        {"extend": "3"},
    ],
    ids="-".join,
)
async def test_looking_at_a_change_changes_nothing(
    house: House, ana: Person, answers: dict[str, object]
) -> None:
    before = everything(house)
    await ana.closes(await previews(ana, **answers))
    await house.settle()
    assert everything(house) == before


async def test_the_preview_says_what_changes_in_the_rest_of_the_week_and_what_stays(ana: Person) -> None:
    text = words(await previews(ana, hours=7, track="minimum-viable", interview="2027-02-01"))
    assert "Now*: 12-week comprehensive, standard track, 12 h a week, L6, 12 weeks until" in text
    assert "Then*: 12-week comprehensive, minimum viable track, 7 h a week, L6, 12 weeks" in text
    assert "Your interview is on 1 February 2027, before it ends." in text
    assert "The rest of this week*: " in text
    assert "Goes out" in text
    assert "The 7 goals that you have done stay, and so does all that was offered until yesterday." in text


async def test_what_the_preview_promises_is_what_the_database_then_holds(house: House, ana: Person) -> None:
    before = {goal.text for goal in await goals_of(house, ana, MONDAY) if goal.due_on >= TUESDAY}
    preview = await previews(ana, hours=7, track="minimum-viable")
    told = words(preview)
    await accepts(house, ana, preview)
    after = [goal for goal in await goals_of(house, ana, MONDAY) if goal.due_on >= TUESDAY]
    hours, minutes = divmod(sum(goal.minutes for goal in after), 60)
    assert f"The rest of this week*: {len(after)} goals instead of {len(before)}" in told
    assert f" · {hours} h {minutes:02} instead of " in told
    goes_out = told.partition("Goes out")[2].partition("Comes in")[0]
    comes_in = told.partition("Comes in")[2]
    assert all(text in goes_out for text in sorted(before - {goal.text for goal in after})[:5])
    assert all(goal.text in comes_in for goal in after if goal.text not in before)


async def test_the_way_back_loses_nothing(ana: Person) -> None:
    answers = {
        "plan": SHORTER,
        "track": "by-hours",
        "hours": 9,
        "level": "L7",
        "interview": "2027-02-01",
        "start_over": ["again"],
        "begins": "monday",
        "extend": "2",
    }
    preview = await previews(ana, **answers)
    await ana.clicks(preview, "Back")
    sheet = await ana.fresh(preview)
    assert blanks(sheet) == answers | {"hours": "9"}
    result = await ana.submits(sheet)
    assert result.view is not None
    assert words(result.view) == words(preview)


async def test_a_plan_taken_out_of_the_comparison_brings_what_was_said_there(
    house: House, ana: Person
) -> None:
    await ana.clicks(await asks(ana, "/prep plan"), "Compare plans")
    said = {"interview": "2027-01-11", "hours": 22, "level": "L7", "risk": "high"}
    compared = await ana.submits(await ana.modal("Compare plans"), said)
    assert compared.view is not None
    await ana.clicks(compared.view, TITLE)
    sheet = await ana.modal("What was offered stays as it was.")
    held = blanks(sheet)
    assert held["plan"] != "12-week-comprehensive"
    assert [held[name] for name in ("interview", "hours", "level", "track")] == [
        *("2027-01-11", "22", "L7", "by-hours"),
    ]
    preview = await ana.submits(sheet)
    assert preview.view is not None
    await accepts(house, ana, preview.view)
    (row,) = house.sql("select plan, hours, level, risk, interview_on from enrolments where ended_at is null")
    assert row == (held["plan"], 22.0, "L7", "high", "2027-01-11")


# What becomes of it


async def test_a_new_plan_from_today_leaves_the_past_and_offers_the_days_before_it(
    house: House, ana: Person
) -> None:
    history = past(house)
    await changes(house, ana, plan=SHORTER, track="by-hours")
    told = await last_words(ana, CHANNEL)
    assert told.startswith("Changed: 6-week intensive, ")
    assert "[Show today] [My week] [Undo]" in told
    assert history == [goal for goal in past(house) if goal[0] <= history[-1][0]]
    plans = house.sql("select plan, starts_on, first_day, ended_at is null from enrolments order by id")
    assert plans == [
        ("12-week-comprehensive", MONDAY.isoformat(), MONDAY.isoformat(), 0),
        (SHORTER, MONDAY.isoformat(), TUESDAY.isoformat(), 1),
    ]
    new = house.sql(
        "select due_on, first_due_on, excused from goals where state = 'open' and enrolment_id = 2"
    )
    assert {due for due, _, _ in new} >= {TUESDAY.isoformat()}
    early = [row for row in new if row[1] < TUESDAY.isoformat()]
    assert early
    assert all((due, excused) == (TUESDAY.isoformat(), 1) for due, _, excused in early)
    open_ahead = "select count(*) from goals where state = 'open' and enrolment_id = 1 and due_on >= ?"
    assert house.sql(open_ahead, [TUESDAY.isoformat()]) == [(0,)]
    post = await day_post(ana, "Tuesday · week 1 of 6")
    assert "If you like: from Monday" in words(post)


async def test_a_new_plan_from_monday_leaves_this_week_as_it_is(house: House, ana: Person) -> None:
    before = standing(house)
    preview = await previews(ana, plan=SHORTER, track="by-hours", begins="monday")
    assert "This week* goes on as it is. Week 1 begins on Mon 30 Nov." in words(preview)
    await accepts(house, ana, preview)
    assert standing(house) == before
    assert "It begins on Mon 30 Nov." in await last_words(ana, CHANNEL)
    assert "Tuesday · week 1 of 12" in await hears(ana, "/prep today")
    assert (await hears(ana, "/prep week")).startswith("Week 1 of 12 · Know yourself")
    assert (await hears(ana, "/prep week next")).startswith("Week 1 of 6")
    await house.travel("Sunday 18:00")
    assert "7 of 31" in words(house.posts(ana, "Your week 1")[-1].payload)
    await house.travel("Monday 08:00")
    post = await day_post(ana, "Monday · week 1 of 6")
    assert goal_texts(post)
    assert goal_texts(post) == [goal.text for goal in await goals_of(house, ana, NEXT) if goal.due_on == NEXT]


async def test_starting_over_offers_the_first_week_again(house: House, ana: Person) -> None:
    await house.travel("2026-12-01 08:00")
    history = [goal for goal in standing(house) if goal[2] == MONDAY.isoformat()]
    preview = await previews(ana, start_over=["again"], begins="monday")
    assert "week 1 begins on mon 7 dec." in words(preview).lower()
    await accepts(house, ana, preview)
    await house.travel("2026-12-07 08:00")
    assert "Monday · week 1 of 12" in words(await day_post(ana, "Monday · week 1"))
    first = {goal[5] for goal in history if goal[7] != "withdrawn"}
    assert {goal.text for goal in await goals_of(house, ana, date(2026, 12, 7))} == first
    assert [goal for goal in standing(house) if goal[2] == MONDAY.isoformat()] == history


async def test_another_level_changes_the_goals_ahead_and_no_others(house: House, ana: Person) -> None:
    history = past(house)
    await changes(house, ana, level="L7")
    assert past(house) == history
    assert house.sql("select level from enrolments") == [("L7",)]
    await house.travel("Monday 08:00")
    assert "Monday · week 2" in words(await day_post(ana, "Monday · week 2"))


async def test_more_weeks_bring_what_was_left_out(house: House, ana: Person) -> None:
    preview = await previews(ana, extend="2")
    text = words(preview)
    assert "14 weeks until 28 February 2027" in text
    assert text.count(" comes again after the week of ") == 2
    await accepts(house, ana, preview)
    assert "until 28 February 2027" in await hears(ana, "/prep plan")
    (first,) = house.sql("select min(for_week) from adjustments where extends")[0]
    inserted = date.fromisoformat(first)
    await house.travel(f"{inserted.isoformat()} 08:00")
    held = {goal.text for goal in await goals_of(house, ana, inserted)}
    await house.travel(f"{(inserted + timedelta(weeks=1)).isoformat()} 08:00")
    again = {goal.text for goal in await goals_of(house, ana, inserted + timedelta(weeks=1))}
    assert again
    assert not held & again
    numbers = house.sql("select number from weeks where week_of >= ? order by week_of", [first])
    assert numbers[0] == numbers[1]


async def test_more_weeks_than_before_the_interview_are_said_to_be_too_late(ana: Person) -> None:
    text = words(await previews(ana, extend="1", interview="2027-02-15"))
    assert (
        "Your interview is on 15 February 2027, before it ends. The last weeks would come too late." in text
    )
    text = words(await previews(ana, extend="1", interview="2027-02-21"))
    assert "It ends before your interview on 21 February 2027." in text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("/prep plan extend 2", "14 weeks until 28 February 2027"),
        ("/prep plan extend", "13 weeks until 21 February 2027"),
        ("/prep plan restart", "12 weeks until 14 February 2027"),
        ("/prep plan restart monday", "Week 1 begins on Mon 30 Nov."),
    ],
)
async def test_what_is_typed_leads_to_the_same_preview(ana: Person, typed: str, told: str) -> None:
    preview = await form(ana, typed, TITLE)
    assert told in words(preview)
    assert "[Back]" in words(preview)


async def test_more_weeks_than_eight_are_refused_kindly(ana: Person) -> None:
    assert await hears(ana, "/prep plan extend 9") == (
        "From 1 to 8 weeks can be added: `/prep plan extend 2`."
    )


async def test_a_preview_goes_through_once_however_often_it_is_submitted(house: House, ana: Person) -> None:
    await changes(house, ana, plan=SHORTER, track="by-hours")
    before = everything(house)
    await house.workspace.socket.redeliver_last("interactive")
    await house.settle()
    assert everything(house) == before
    assert house.sql("select count(*) from enrolments") == [(2,)]


async def test_a_preview_that_is_submitted_twice_at_once_makes_one_change(house: House, ana: Person) -> None:
    preview = await previews(ana, hours=9)
    await asyncio.gather(ana.submits(preview), ana.submits(preview))
    await house.settle()
    assert house.sql("select count(*) from plan_changes") == [(1,)]
    assert len([told for told in await ana.messages(CHANNEL) if words(told).startswith("Changed: ")]) == 1


async def test_another_change_meanwhile_makes_the_preview_new(house: House, ana: Person) -> None:
    preview = await previews(ana, hours=9)
    house.sql("update enrolments set level = 'L7'")
    result = await ana.submits(preview)
    assert result.view is not None
    assert "Something has changed since you looked." in words(result.view)
    assert house.sql("select hours, level from enrolments") == [(12.0, "L7")]
    assert house.sql("select count(*) from plan_changes") == [(0,)]


async def test_a_tick_meanwhile_makes_the_preview_new_and_it_can_then_be_accepted(
    house: House, ana: Person
) -> None:
    preview = await previews(ana, hours=7)
    post = await day_post(ana, "Tuesday")
    await ana.ticks(post, goal_texts(post)[:1])
    await house.settle()
    result = await ana.submits(preview)
    assert result.view is not None
    assert "Something has changed since you looked." in words(result.view)
    assert "The 8 goals that you have done stay" in words(result.view)
    assert house.sql("select hours from enrolments") == [(12.0,)]
    await accepts(house, ana, result.view)
    assert house.sql("select hours from enrolments") == [(7.0,)]


async def test_a_preview_of_last_week_is_made_anew(house: House, ana: Person) -> None:
    preview = await previews(ana, plan=SHORTER, begins="monday", track="by-hours")
    await house.travel("Monday 08:00")
    result = await ana.submits(preview)
    assert result.view is not None
    assert "Week 1 begins on Mon 7 Dec." in words(result.view)
    assert house.sql("select count(*) from enrolments") == [(1,)]


async def test_a_suggestion_for_a_week_that_now_looks_different_is_withdrawn(house: House) -> None:
    (ana,) = await house.group("Ana")
    await house.travel("Monday 08:00")
    await house.travel("Sunday 18:00")
    post = await ana.waits_for_dm("A recovery week?")
    await changes(house, ana, hours=7)
    assert words(await ana.fresh(post)).startswith(
        "The plan has changed since, so this suggestion no longer applies."
    )
    assert house.sql("select state from suggestions") == [("overtaken",)]
    await ana.clicks(await newest(ana, CHANNEL), "Undo")
    await house.settle()
    assert words(await ana.fresh(post)).startswith("A recovery week?")


async def test_what_was_moved_to_a_later_day_goes_back_to_the_day_that_offered_it(house: House) -> None:
    (ana,) = await house.group("Ana")
    await house.travel("Tuesday 08:00")
    await ana.chooses(await day_post(ana), "day_more", "Bring 7 open goals to today")
    await changes(house, ana, plan=SHORTER, track="by-hours")
    of_monday = "select distinct due_on, state from goals where first_due_on = ? and enrolment_id = 1"
    assert house.sql(of_monday, [MONDAY.isoformat()]) == [(MONDAY.isoformat(), "open")]


# Taking it back


@pytest.mark.parametrize(
    "answers",
    [
        {"plan": SHORTER, "track": "by-hours"},
        {"plan": SHORTER, "begins": "monday"},
        {"start_over": ["again"]},
        {"hours": 7, "track": "minimum-viable", "level": "L7", "interview": "2027-02-01"},
        {"extend": "3"},
    ],
    ids="-".join,
)
async def test_undo_puts_everything_back_as_it_was(
    house: House, ana: Person, answers: dict[str, object]
) -> None:
    goals, adjustments = standing(house), house.sql("select * from adjustments order by id")
    current = house.sql("select * from enrolments where ended_at is null order by id")
    opened = house.sql("select * from weeks order by id")
    await changes(house, ana, **answers)
    assert (
        house.sql("select * from enrolments where ended_at is null order by id"),
        house.sql("select * from adjustments order by id"),
    ) != (
        current,
        adjustments,
    )
    await ana.clicks(await newest(ana, CHANNEL), "Undo")
    await house.settle()
    assert await last_words(ana, CHANNEL) == "Taken back. Your plan is as it was before.\n[Show today]"
    assert standing(house) == goals
    assert house.sql("select * from adjustments order by id") == adjustments
    assert house.sql("select * from enrolments where ended_at is null order by id") == current
    assert house.sql("select * from weeks order by id") == opened
    shown = [goal.text for goal in await goals_of(house, ana, MONDAY) if goal.due_on == TUESDAY]
    assert goal_texts(await day_post(ana, "Tuesday · week 1 of 12")) == shown


async def test_who_has_done_something_of_the_new_plan_keeps_it(house: House, ana: Person) -> None:
    await changes(house, ana, plan=SHORTER, track="by-hours")
    told = await newest(ana, CHANNEL)
    post = await day_post(ana, "Tuesday · week 1 of 6")
    await ana.ticks(post, goal_texts(post)[:1])
    await ana.clicks(told, "Undo")
    await house.settle()
    assert "can no longer be taken back: something of the new plan is done." in await last_words(ana, CHANNEL)
    assert house.sql("select plan from enrolments where ended_at is null") == [(SHORTER,)]


async def test_a_goal_that_stayed_and_was_done_since_stays_done(house: House, ana: Person) -> None:
    await changes(house, ana, level="L7")
    told = await newest(ana, CHANNEL)
    post = await day_post(ana, "Tuesday")
    ticked = goal_texts(post)[:1]
    await ana.ticks(post, ticked)
    await ana.clicks(told, "Undo")
    await house.settle()
    done = {goal.text for goal in await goals_of(house, ana, MONDAY) if goal.state == "done"}
    assert set(ticked) <= done


async def test_the_next_day_a_change_stays(house: House, ana: Person) -> None:
    await changes(house, ana, hours=7)
    told = await newest(ana, CHANNEL)
    await house.travel("Wednesday 08:00")
    await ana.clicks(told, "Undo")
    await house.settle()
    assert "can no longer be taken back: its day is over." in await last_words(ana, CHANNEL)
    assert house.sql("select hours from enrolments") == [(7.0,)]


async def test_after_a_second_change_the_first_stays(house: House, ana: Person) -> None:
    await changes(house, ana, hours=7)
    told = await newest(ana, CHANNEL)
    await changes(house, ana, level="L7")
    await ana.clicks(told, "Undo")
    await house.settle()
    assert "something else was changed since." in await last_words(ana, CHANNEL)
    assert house.sql("select hours, level from enrolments") == [(7.0, "L7")]


async def test_nobody_takes_back_what_somebody_else_changed(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    await house.travel("Tuesday 08:00")
    for person, hours in ((ana, 7), (bo, 9)):
        await changes(house, person, hours=hours)
    house.sql("update plan_changes set membership_id = 3 - membership_id")
    await ana.clicks(await newest(ana, CHANNEL), "Undo")
    await house.settle()
    assert "That list belongs to somebody else." in await last_words(ana, CHANNEL)
    assert sorted(house.sql("select hours from enrolments")) == [(7.0,), (9.0,)]


async def test_who_has_no_plan_is_told_how_to_get_one(house: House) -> None:
    (ana,) = await house.group("Ana")
    house.sql("delete from enrolments")
    assert (await hears(ana, "/prep plan change")).startswith("You have no plan in this group yet.")
