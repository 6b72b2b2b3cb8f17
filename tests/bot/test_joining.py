"""Starting a group, joining it, leaving it."""

from __future__ import annotations

import copy
from datetime import date

import pytest

from bot.workspace.visitors.people import words
from tests.bot.house import CHANNEL, MONDAY, House
from tests.bot.joining import fills_in_joining
from tests.bot.members import (
    asks,
    blanks,
    day_post,
    form,
    goal_texts,
    goals_of,
    group_card,
    hears,
    last_words,
    membership_of,
    newest,
    ticked,
)

WELCOME = "Welcome to Staff Prep"


async def test_starting_a_group_asks_for_its_name_zone_and_rhythm_and_puts_its_card_into_the_channel(
    house: House,
) -> None:
    ana = await house.person("Ana")
    await ana.creates_channel("staff-prep")
    await ana.invites(CHANNEL)
    await house.settle()
    sheet = await form(ana, "/prep start", "Start a study group")
    assert blanks(sheet) == {
        "name": "Staff prep",
        "timezone": "Europe/Berlin",
        "checkin_day": "5",
        "checkin_time": "18:00",
        "scorecard_day": "6",
        "scorecard_time": "18:00",
    }
    await house.submits(ana, sheet, {"name": "Loopers", "scorecard_time": "17:30"})
    await house.settle()
    hello, card = house.posts(CHANNEL)
    assert "Make this channel a study group?" in words(hello.payload)
    assert "Loopers" in words(card.payload)
    assert "Nobody is in yet" in words(card.payload)
    assert "scorecard Sunday 17:30, Berlin (UTC+1)" in words(card.payload)
    assert "Loopers is ready. You lead it." in await ana.reads(CHANNEL)
    again = await hears(ana, "/prep start")
    assert again == "This channel is already the study group Loopers.\n[Join]"
    assert len(house.posts(CHANNEL)) == 2


async def test_a_group_can_only_be_started_in_a_channel_that_the_bot_is_in(house: House) -> None:
    ana = await house.person("Ana")
    told = await hears(ana, "/prep start", "")
    assert told == "A study group lives in a channel. Go to one and type `/prep start` there."
    await ana.creates_channel("lonely")
    sheet = await form(ana, "/prep start", "Start a study group", "#lonely")
    result = await ana.submits(sheet, {"name": "Lonely"})
    assert result.errors == {
        "name": "I'm not in this channel yet. Invite me with /invite, then type /prep start again."
    }
    assert house.sql("select count(*) from groups") == [(0,)]
    await ana.invites("#lonely")
    await house.submits(ana, sheet, {})
    assert house.sql("select count(*) from groups") == [(1,)]


async def test_a_private_channel_can_be_a_group_too(house: House) -> None:
    ana = await house.person("Ana")
    await ana.creates_channel("secret-club", private=True)
    await ana.invites("#secret-club")
    sheet = await form(ana, "/prep start", "Start a study group", "#secret-club")
    await house.submits(ana, sheet, {"name": "Club"})
    await house.settle()
    assert house.posts("#secret-club", "Club")


async def test_joining_keeps_every_answer_of_the_form(house: House) -> None:
    ana = await house.person("Ana")
    await house.starts(ana)
    sheet = await form(ana, "/prep join", "Join the study group")
    assert blanks(sheet) == {
        "interview": None,
        "current_level": "manager",
        "level": "L6",
        "hours": "12",
        "risk": "medium",
    }
    situation = {
        "interview": "2027-02-01",
        "current_level": "senior_manager",
        "level": "L7",
        "hours": 9.5,
        "risk": "high",
    }
    second = (await ana.submits(sheet, situation)).view
    assert second is not None
    assert blanks(second) == {
        "plan": "8-week-strategic",
        "track": "by-hours",
        "start": "monday",
        "start_day": None,
        "timezone": "Europe/Berlin",
        "post_time": "08:00",
        "nudge": "off",
        "days_off": None,
        "windows": "none",
        "own_windows": None,
        "sharing": "summary",
    }
    await house.submits(
        ana,
        second,
        {
            "plan": "12-week-comprehensive",
            "track": "lightest",
            "timezone": "Asia/Tokyo",
            "post_time": "06:45",
            "nudge": "20:00",
            "days_off": ["Sunday", "Friday"],
            "sharing": "private",
        },
    )
    await house.settle()
    assert house.sql(
        "select role, status, sharing, timezone, follows_slack_zone, post_time, nudge_time, days_off "
        "from memberships"
    ) == [("lead", "active", "private", "Asia/Tokyo", 0, "06:45:00.000000", "20:00:00.000000", "[4, 6]")]
    assert house.sql("select plan, track, level, hours, current_level, risk from enrolments") == [
        ("12-week-comprehensive", "minimum-viable", "L7", 9.5, "senior_manager", "high")
    ]
    assert house.sql("select interview_on, starts_on, first_day from enrolments") == [
        ("2027-02-01", "2026-11-23", "2026-11-23")
    ]
    assert "You're in." in await last_words(ana, CHANNEL)
    welcome = words(house.posts(ana, WELCOME)[0].payload)
    assert "9.5 h a week, for L7" in welcome
    assert "begins on Monday, 23 November 2026" in welcome
    assert "06:45, Tokyo (UTC+9)" in welcome
    assert "Your interview is on 1 February 2027. That is before the plan ends" in welcome
    assert "1 member: Ana." in words(await group_card(ana))


async def test_the_hours_choose_the_track_unless_the_member_does(house: House) -> None:
    await house.group(
        "Ana", "Bo", "Cy", "Di", answers={"Ana": {"hours": 30}, "Bo": {"hours": 11.9}, "Cy": {"hours": 3}}
    )
    rows = house.sql("select track, hours from enrolments order by id")
    assert rows == [("standard", 30), ("part-time", 11.9), ("minimum-viable", 3), ("standard", 12)]


@pytest.mark.parametrize(
    ("answers", "errors"),
    [
        ({"interview": "2026-11-17"}, {"interview": "That date is in the past. When is the interview?"}),
        ({"start_day": "2026-11-17"}, {"start_day": "That date is in the past. Today is the earliest."}),
        ({"start_day": "2028-11-17"}, {"start_day": "That is more than a year ahead. Is the year right?"}),
        ({"interview": "2036-11-17"}, {"interview": "That is more than two years ahead. Is the year right?"}),
        ({"hours": 0}, {"hours": "From 3 to 60 hours a week. Which is honest for you?"}),
        ({"hours": 200}, {"hours": "From 3 to 60 hours a week. Which is honest for you?"}),
        (
            {"days_off": ["0", "1", "2", "3", "4", "5", "6"]},
            {"days_off": "Keep at least one day for the plan."},
        ),
        (
            {"hours": -1, "interview": "2020-01-01"},
            {
                "hours": "From 3 to 60 hours a week. Which is honest for you?",
                "interview": "That date is in the past. When is the interview?",
            },
        ),
    ],
)
async def test_what_is_wrong_in_the_form_is_said_in_its_field_and_nothing_is_stored(
    house: House, answers: dict[str, object], errors: dict[str, str]
) -> None:
    ana = await house.person("Ana")
    await house.starts(ana)
    result = await fills_in_joining(ana, await form(ana, "/prep join", "Join the study group"), answers)
    assert result.errors == errors
    assert house.sql("select count(*) from memberships") == [(0,)]


async def test_joining_twice_leads_to_the_settings_and_changes_nothing(house: House) -> None:
    ana, _ = await house.group("Ana", "Bo")
    assert await hears(ana, "/prep join") == "You are already in Staff Prep.\n[Show today] [My settings]"
    await ana.clicks(await group_card(ana), "Join")
    assert "already in Staff Prep" in await last_words(ana, CHANNEL)
    first, second = [await form(ana, "/prep settings", "My settings") for _ in range(2)]
    assert first["callback_id"] == second["callback_id"] == "settings"
    assert house.sql("select count(*) from enrolments") == [(2,)]
    assert len(house.posts(ana, WELCOME)) == 1


async def test_a_form_that_is_submitted_twice_makes_one_membership_and_one_welcome(house: House) -> None:
    ana = await house.person("Ana")
    await house.starts(ana)
    await fills_in_joining(ana, await form(ana, "/prep join", "Join the study group"), {})
    await house.settle()
    await house.workspace.socket.redeliver_last("interactive")
    await house.settle()
    assert house.sql("select count(*) from enrolments") == [(1,)]
    assert len(house.posts(ana, WELCOME)) == 1


async def test_who_starts_today_gets_todays_goals_at_once_and_the_earlier_days_as_excused_carry_over(
    house: House,
) -> None:
    (ana,) = await house.group("Ana", start="today")
    post = await day_post(ana, "Wednesday · week 1 of 12")
    texts = goal_texts(post)
    assert "Draft 1 or 2 of them as STAR stories" in texts
    assert "If you like: from Monday, 2 h" in words(post)
    assert "0 of 4 done." in words(post)
    assert "Rate yourself from 1 to 5 in system design and coding" in texts
    rows = await goals_of(house, ana, date(2026, 11, 16))
    early = [goal for goal in rows if goal.first_due_on < date(2026, 11, 18)]
    assert early
    assert all(goal.excused and goal.due_on == date(2026, 11, 18) for goal in early)
    assert not any(goal.excused for goal in rows if goal not in early)


async def test_who_starts_on_monday_gets_nothing_before(house: House) -> None:
    (ana,) = await house.group("Ana")
    await house.travel("Sunday 23:59")
    assert [words(post.payload).splitlines()[0] for post in house.posts(ana)] == [
        "Welcome to Staff Prep, Ana"
    ]
    assert "Your plan begins on Mon 23 Nov" in await hears(ana, "/prep today")
    await house.travel("Monday 08:00")
    assert house.posts(ana, "Monday · week 1 of 12")


async def test_a_start_on_a_day_of_ones_own_is_kept_and_earlier_days_of_that_week_are_up_to_the_member(
    house: House,
) -> None:
    (ana,) = await house.group("Ana", start_day="2026-12-02")
    assert "It begins on Wednesday, 2 December 2026" in words((await ana.dm())[0])
    await house.travel("2026-12-01 23:00")
    assert not house.posts(ana, "week 1 of 12")
    await house.travel("2026-12-02 08:00")
    (post,) = house.posts(ana, "Wednesday · week 1 of 12")
    assert "If you like: from Monday" in words(post.payload)
    assert house.sql("select starts_on, first_day from enrolments") == [("2026-11-30", "2026-12-02")]


async def test_an_interview_today_is_judged_in_the_members_own_zone(house: House) -> None:
    ana = await house.person("Ana", "Pacific/Auckland")
    await house.starts(ana)
    await house.travel("Wednesday 13:00")  # Thursday in Auckland, where the group's zone is
    bo = await house.person("Bo", "America/Los_Angeles")
    await bo.joins(CHANNEL)
    await house.joins(bo, interview="2026-11-18")
    await house.settle()
    assert house.sql("select interview_on from enrolments") == [("2026-11-18",)]


async def test_days_off_hold_no_goals_and_bring_no_post(house: House) -> None:
    (ana,) = await house.group("Ana", days_off=["Monday", "Sunday"])
    await house.travel("Monday 12:00")
    assert not house.posts(ana, "Monday · week 1")
    await house.travel("Tuesday 08:00")
    texts = goal_texts(await day_post(ana, "Tuesday · week 1"))
    assert texts
    rows = await goals_of(house, ana, MONDAY)
    assert {goal.due_on.weekday() for goal in rows} <= {1, 2, 3, 4, 5}
    assert "w01-mon-top-gaps" in {goal.key for goal in rows}


async def test_leaving_is_asked_once_more_stops_the_posts_and_joining_again_keeps_what_was_done(
    house: House,
) -> None:
    ana, bo = await house.group("Ana", "Bo")
    await house.travel("Monday 08:00")
    post = await day_post(bo)
    await bo.ticks(post, goal_texts(post)[:2])
    question = await asks(bo, "/prep leave")
    assert "Leave Staff Prep?" in words(question).replace("*", "")
    await bo.clicks(question, "Stay")
    assert await last_words(bo, CHANNEL) == "Good. Nothing has changed."
    await bo.clicks(await asks(bo, "/prep leave"), "Leave")
    await house.settle()
    assert "You have left Staff Prep" in await last_words(bo, CHANNEL)
    assert "1 member: Ana." in words(await group_card(ana))
    assert (await membership_of(house, bo)).status == "left"
    await house.travel("Tuesday 09:00")
    assert not house.posts(bo, "Tuesday")
    assert await hears(bo, "/prep today") == "You're not in Staff Prep yet.\n[Join]"
    await bo.ticks(post, goal_texts(post)[2:3])
    assert "You have left Staff Prep, so this list is closed." in await last_words(bo)
    assert sum(goal.state == "done" for goal in await goals_of(house, bo)) == 2
    await bo.clicks(await newest(bo, CHANNEL), "Join")
    await fills_in_joining(bo, await bo.modal("Join the study group"), {"start": "today"})
    await house.settle()
    assert (await membership_of(house, bo)).status == "active"
    assert sum(goal.state == "done" for goal in await goals_of(house, bo)) == 2
    assert house.posts(bo, "Tuesday · week 1")


async def test_who_comes_back_within_the_week_is_not_offered_again_what_is_done(house: House) -> None:
    (ana,) = await house.group("Ana")
    await house.travel("Monday 08:00")
    done = goal_texts(await day_post(ana))[:3]
    await ana.ticks(await day_post(ana), done)
    await ana.clicks(await asks(ana, "/prep leave"), "Leave")
    await house.joins(ana, start="today")
    await house.settle()
    live = await asks(ana, "/prep today")
    assert sorted(goal_texts(live)) == sorted(set(goal_texts(live)))
    assert ticked(live) == done
    assert "*3 of " in await hears(ana, "/prep scorecard")


async def test_a_date_that_does_not_exist_is_refused_before_it_reaches_anybody(house: House) -> None:
    ana = await house.person("Ana")
    await house.starts(ana)
    sheet = await form(ana, "/prep join", "Join the study group")
    await house.submits(ana, sheet, {"interview": "2027-03-01"})
    again = copy.deepcopy(house.workspace.socket.sent[-1]) | {"envelope_id": "again"}
    again["payload"]["view"]["state"]["values"]["interview"]["value"]["selected_date"] = "2027-02-30"
    answer = await house.workspace.deliver(again)
    assert answer["errors"] == {"interview": "That date does not exist. When is the interview?"}
