"""Choosing a plan: the two steps of joining, and comparing once one has a plan."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from typing import Any

import pytest

from bot.views.choosing import matrix_message
from bot.workspace.visitors.people import Person, words
from plans.timelines import matrix
from tests.bot.house import CHANNEL, House, plans
from tests.bot.joining import fills_in_joining
from tests.bot.members import asks, blanks, elements, form, has_element, hears

TODAY = date(2026, 11, 18)
TWELVE = "12-week-comprehensive"
Json = dict[str, Any]


def in_weeks(weeks: int) -> str:
    """A date so many weeks from today."""
    return (TODAY + timedelta(weeks=weeks)).isoformat()


async def second_step(person: Person, **answers: Any) -> Json:
    """Answer the questions of the first step and return the second."""
    sheet = await form(person, "/prep join", "Join the study group")
    result = await person.submits(sheet, answers)
    assert result.view is not None, result
    return result.view


@pytest.fixture
async def ana(house: House) -> Person:
    """Ana, who has started a group and not joined it yet."""
    ana = await house.person("Ana")
    await house.starts(ana)
    return ana


@pytest.mark.parametrize(
    ("answers", "plan", "starts_on"),
    [
        (
            {"interview": in_weeks(2), "hours": 45, "risk": "high"},
            "2-week-emergency",
            "2026-11-16",
        ),
        (
            {"interview": in_weeks(7), "hours": 22, "current_level": "engineer"},
            "6-week-intensive",
            "2026-11-23",
        ),
        ({"interview": in_weeks(12), "hours": 16}, "8-week-strategic", "2026-11-23"),
        ({}, TWELVE, "2026-11-23"),
        ({"current_level": "engineer", "hours": 9}, "6-month-mastery", "2026-11-23"),
    ],
    ids=["emergency", "intensive", "strategic", "comprehensive", "mastery"],
)
async def test_who_follows_the_recommendation_takes_that_plan(
    house: House, ana: Person, answers: Json, plan: str, starts_on: str
) -> None:
    sheet = await form(ana, "/prep join", "Join the study group")
    result = await fills_in_joining(ana, sheet, {**answers, "plan": None})
    assert result.ok
    await house.settle()
    assert house.sql("select plan, starts_on, interview_on from enrolments") == [
        (plan, starts_on, answers.get("interview"))
    ]
    assert house.posts(ana, "Welcome to Staff Prep")


async def test_the_second_step_says_what_is_recommended_why_and_what_speaks_against_each_other_plan(
    ana: Person,
) -> None:
    told = words(
        await second_step(ana, interview=in_weeks(6), current_level="engineer", hours=22, level="L7")
    )
    assert (
        "I recommend 6-week intensive.* The decision framework points to the 12-week comprehensive plan,"
        " which needs 12 weeks while 6 weeks are left; the 6-week intensive plan fits" in told
    )
    assert "• The 6-week intensive plan counts on some management experience." in told
    assert "• In favour of taking longer: you come from engineering into management" in told
    assert "It needs 12 weeks and 6 weeks are left: its last 6 weeks would come after the interview." in told
    assert "*12-week comprehensive*: 12 weeks, 12 to 15 h a week, estimate 85 %." in told
    assert "Nobody has measured them." in told


async def test_ones_own_choice_is_respected(house: House, ana: Person) -> None:
    second = await second_step(ana, interview=in_weeks(6), hours=22)
    assert blanks(second)["plan"] == "6-week-intensive"
    await house.submits(ana, second, {"plan": "6-month-mastery"})
    await house.settle()
    assert house.sql("select plan, current_level, risk from enrolments") == [
        ("6-month-mastery", "manager", "medium")
    ]


async def test_who_should_postpone_reads_it_kindly_and_can_join_all_the_same(
    house: House, ana: Person
) -> None:
    second = await second_step(ana, interview=in_weeks(4), hours=22, risk="low")
    told = words(second)
    assert "*I would move the interview.*" in told
    assert "If the date stays, *2-week emergency* comes nearest." in told
    assert blanks(second)["plan"] == "2-week-emergency"
    await house.submits(ana, second, {"plan": "6-week-intensive"})
    await house.settle()
    assert house.sql("select plan, interview_on, risk from enrolments") == [
        ("6-week-intensive", in_weeks(4), "low")
    ]


async def test_less_than_a_week_is_said(ana: Person) -> None:
    told = words(await second_step(ana, interview="2026-11-24"))
    assert "• Less than a week is left: nothing can be finished before the interview." in told


async def test_a_plan_that_would_end_too_late_from_monday_begins_today(ana: Person) -> None:
    assert blanks(await second_step(ana, interview=in_weeks(8), hours=22))["start"] == "today"


async def test_a_mistake_in_either_step_keeps_all_that_was_typed(house: House, ana: Person) -> None:
    sheet = await form(ana, "/prep join", "Join the study group")
    refused = await ana.submits(sheet, {"hours": 61, "interview": "2026-11-01", "risk": "high"})
    assert refused.errors == {
        "hours": "From 3 to 60 hours a week. Which is honest for you?",
        "interview": "That date is in the past. When is the interview?",
    }
    second = (await ana.submits(sheet, {"hours": 60, "interview": in_weeks(30)})).view
    assert second is not None
    refused = await ana.submits(second, {"start_day": "2026-11-17", "sharing": "full", "post_time": "06:30"})
    assert refused.errors == {"start_day": "That date is in the past. Today is the earliest."}
    assert house.sql("select count(*) from memberships") == [(0,)]
    await house.submits(ana, second, {"start_day": "2026-12-02"})
    await house.settle()
    assert house.sql("select plan, hours, risk, first_day from enrolments") == [
        (TWELVE, 60, "high", "2026-12-02")
    ]
    assert house.sql("select sharing, post_time from memberships") == [("full", "06:30:00.000000")]


async def test_going_back_loses_nothing_and_a_plan_of_ones_own_stays(house: House, ana: Person) -> None:
    second = await second_step(ana, interview=in_weeks(30), hours=9.5, risk="low", current_level="engineer")
    assert blanks(second)["plan"] == "6-month-mastery"
    filled = {
        "track": "lightest",
        "start_day": "2026-12-02",
        "timezone": "Asia/Tokyo",
        "post_time": "06:45",
        "nudge": "20:00",
        "days_off": ["4", "6"],
        "windows": "evening",
        "own_windows": "Mon-Thu 19-21",
        "sharing": "private",
    }
    await ana.fills(second, filled)
    await ana.clicks(second, "Change my answers")
    first = await ana.modal("Join the study group")
    assert blanks(first) == {
        "interview": in_weeks(30),
        "current_level": "engineer",
        "level": "L6",
        "hours": "9.5",
        "risk": "low",
    }
    second = (await ana.submits(first, {"current_level": "manager"})).view or {}
    kept = {**filled, "windows": "none"}  # hours of one's own count before a template
    assert blanks(second) == {"plan": TWELVE, "start": "monday", **kept}
    await ana.fills(second, {"plan": "8-week-strategic"})
    await ana.clicks(second, "Change my answers")
    second = (await ana.submits(await ana.modal("Join the study group"), {"hours": 12})).view or {}
    assert blanks(second)["plan"] == "8-week-strategic"
    await house.submits(ana, second, {})
    assert house.sql("select plan, hours, track from enrolments")[0][:2] == ("8-week-strategic", 12)


async def test_a_plan_that_is_no_longer_offered_is_refused_in_its_field(house: House, ana: Person) -> None:
    second = await second_step(ana)
    await house.submits(ana, second, {"plan": TWELVE})
    forged = copy.deepcopy(house.workspace.socket.sent[-1]) | {"envelope_id": "forged"}
    values = forged["payload"]["view"]["state"]["values"]
    values["plan"]["value"]["selected_option"]["value"] = "upload:99"
    answer = await house.workspace.deliver(forged)
    assert answer["errors"] == {"plan": "That plan is no longer offered here. Choose another one."}
    assert house.sql("select plan from enrolments") == [(TWELVE,)]


async def test_a_member_of_one_group_joins_a_second_one_with_another_plan(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    await house.starts(bo, "#second-prep", name="Second Prep")
    await house.joins(ana, "#second-prep", plan="2-week-quick-start", hours=9)
    await house.settle()
    assert house.sql(
        "select name, plan, hours from enrolments join memberships on memberships.id = membership_id"
        " where ended_at is null order by enrolments.id"
    ) == [("Ana", TWELVE, 12), ("Bo", TWELVE, 12), ("Ana", "2-week-quick-start", 9)]


# Comparing


@pytest.fixture
async def member(house: House) -> Person:
    """Ana in her group, an engineer with nine hours on the 12-week plan."""
    (ana,) = await house.group("Ana", current_level="engineer", hours=9, interview=in_weeks(16), risk="low")
    return ana


async def test_the_plan_leads_to_the_same_questions_with_ones_own_answers_and_changes_nothing(
    house: House, member: Person
) -> None:
    before = house.sql("select * from enrolments")
    await member.clicks(await asks(member, "/prep plan"), "Compare plans")
    sheet = await member.modal("Compare plans")
    assert blanks(sheet) == {
        "interview": in_weeks(16),
        "current_level": "engineer",
        "level": "L6",
        "hours": "9",
        "risk": "low",
    }
    refused = await member.submits(sheet, {"hours": 2})
    assert refused.errors == {"hours": "From 3 to 60 hours a week. Which is honest for you?"}
    shown = (await member.submits(sheet, {"hours": 20, "interview": in_weeks(8)})).view or {}
    assert "*I recommend 8-week strategic.*" in words(shown)
    assert house.sql("select * from enrolments") == before
    taken = {each["value"] for each in elements(shown) if each.get("action_id") == "plan_take"}
    ((membership_id,),) = house.sql("select id from memberships")
    assert f"{membership_id}:8-week-strategic" in taken
    assert f"{membership_id}:{TWELVE}" not in taken
    await member.clicks(shown, "Change my answers")
    again = await member.modal("Nothing changes by that")
    assert (blanks(again)["hours"], blanks(again)["interview"]) == ("20", in_weeks(8))


async def test_who_has_the_recommended_plan_is_told_so(member: Person) -> None:
    await member.clicks(await asks(member, "/prep plan"), "Compare plans")
    shown = (await member.submits(await member.modal("Compare plans"), {})).view or {}
    assert "*I recommend 12-week comprehensive.*" in words(shown)
    assert "That is the plan you have." in words(shown)
    assert "[Change my plan]" not in words(shown)


async def test_comparing_shows_all_plans_in_a_table_with_ones_own_marked(member: Person) -> None:
    shown = await asks(member, "/prep plan compare")
    told = words(shown)
    assert "Plan\tWeeks\tHours a week\tEstimate\tBest for" in told
    assert "12-week comprehensive (yours)\t12\t12 to 15\t85 %\t" in told
    assert "12-week comprehensive (yours): 12 weeks, 12 to 15 h a week, estimate 85 %." in shown["text"]
    await member.clicks(shown, "Which one suits me?")
    assert has_element(await member.modal("Compare plans"), "value")


def test_a_slack_without_tables_gets_the_same_plans_in_lines() -> None:
    shown = matrix_message(matrix(plans().plans), 1, TWELVE)
    assert [block["type"] for block in shown.blocks] == ["header", "table", "context", "actions"]
    told = words({"blocks": shown.plainer or []})
    assert "table" not in {block["type"] for block in shown.plainer or []}
    assert all(plan.title in told for plan in plans().plans)
    assert "• 12-week comprehensive (yours): 12 weeks, 12 to 15 h a week, estimate 85 %. Best for" in told


@pytest.mark.usefixtures("member")
async def test_nobody_compares_in_somebody_elses_name(house: House) -> None:
    bo = await house.person("Bo")
    await house.joins(bo, hours=30)
    await bo.clicks(await asks(bo, "/prep plan"), "Compare plans")
    sheet = await bo.modal("Compare plans")
    assert blanks(sheet)["hours"] == "30"
    about = house.workspace.team.views[sheet["id"]]
    about["private_metadata"] = about["private_metadata"].replace('"membership":2', '"membership":1')
    refused = await bo.submits(sheet, {})
    assert "belongs to somebody else" in "".join(refused.errors.values())


async def test_a_form_of_an_older_version_asks_to_be_opened_again(house: House, ana: Person) -> None:
    sheet = await form(ana, "/prep join", "Join the study group")
    house.workspace.team.views[sheet["id"]]["private_metadata"] = f"1:{CHANNEL}"
    refused = await ana.submits(sheet, {})
    assert refused.errors == {
        "interview": "This form is too old to go on with. Close it and open it once more."
    }


async def test_who_is_not_in_the_group_is_told_how_to_join(house: House) -> None:
    ana = await house.person("Ana")
    await house.starts(ana)
    told = await hears(ana, "/prep plan compare")
    assert "You're not in Staff Prep yet." in told
