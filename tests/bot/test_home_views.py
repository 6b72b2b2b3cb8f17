"""The sections of the App Home, from plain values."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from slack_sdk.models.blocks import Block

from bot.views import home, home_doors, home_map, home_standing, home_week
from bot.views.home_doors import Doors, GroupChoice
from bot.views.home_map import MapGlance
from bot.views.home_standing import Readiness, TrendWeek
from bot.views.home_week import AreaMinutes, WeekGlance
from bot.workspace.visitors.words import words
from plans.agenda import Agenda, AgendaGoal
from plans.mocks import Kind
from plans.model import Area
from plans.planmap import steps

MONDAY = date(2026, 11, 23)
WEEK = timedelta(weeks=1)
GLANCE = WeekGlance(
    membership_id=7,
    number=3,
    has_plan=True,
    goals_done=6,
    goals_planned=21,
    areas=[AreaMinutes("behavioral", 70, 150), AreaMinutes("other", 30, 0)],
)
MAP = MapGlance(
    membership_id=7,
    title="Twelve weeks",
    theme="The base",
    steps=steps(MONDAY, 6, (MONDAY + WEEK,), (2, 6), MONDAY + 3 * WEEK),
    phases=[("Foundation", (1, 2)), ("Practice", (3, 6))],
    weeks=6,
    begins=MONDAY,
    ends=MONDAY + 7 * WEEK - timedelta(days=1),
    today=MONDAY + 3 * WEEK,
    interview_on=MONDAY + 7 * WEEK,
)
READY = Readiness(7, {}, 0, Kind.TECHNICAL, "", None)


def read(blocks: list[Block] | Any) -> str:
    """What is read from top to bottom."""
    return words({"blocks": [block.to_dict() for block in blocks]})


@pytest.mark.parametrize(
    ("done", "of", "full"),
    [(0, 60, 0), (0, 0, 0), (1, 600, 1), (30, 60, 5), (59, 60, 9), (60, 60, 10), (90, 60, 10)],
)
def test_a_bar_begins_with_the_first_minute_and_is_full_only_at_the_end(
    done: int, of: int, full: int
) -> None:
    assert home_week.bar(done, of) == "█" * full + "░" * (10 - full)


def test_the_week_says_its_sums_then_a_line_for_each_area() -> None:
    assert read(home_week.blocks(GLANCE)).splitlines() == [
        "*This week* · 6 of 21 goals · 1 h 40 of 2 h 30",
        "`████░░░░░░` behavioural, 1 h 10 of 2 h 30",
        "`██████████` other, 30 min beside the plan",
        "[My week] [Next week]",
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"paused_until": date(2026, 12, 1)},
            "Paused until Tuesday, 1 December 2026: nothing counts as missed.",
        ),
        ({"modes": [("travel", date(2026, 12, 1))]}, "Travel until Tue 1 Dec."),
        ({"mode": "recovery"}, "Recovery week: core goals only."),
        ({"mode": "longer"}, "A week more: core goals only."),
        ({"mode": "stretch"}, "Strong week: with stretch goals."),
        ({"behind": 1}, "[Catch up]"),
    ],
)
def test_what_makes_a_week_different_is_said(changes: dict[str, Any], said: str) -> None:
    assert said not in read(home_week.blocks(GLANCE))
    assert said in read(home_week.blocks(replace(GLANCE, **changes)))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"number": None, "begins": MONDAY}, "nothing is planned before Mon 23 Nov."),
        ({"number": None}, "your plan has come to its end. *Change my plan* below goes on."),
        ({"areas": [AreaMinutes("coding", 45, 0)]}, "nothing is planned; 45 min studied."),
        ({"has_plan": False}, "no plan yet. Compare what there is; `/prep join` takes one."),
    ],
)
def test_a_week_without_goals_says_why_and_what_comes(changes: dict[str, Any], said: str) -> None:
    empty = replace(GLANCE, goals_done=0, goals_planned=0, areas=[])
    assert read(home_week.blocks(replace(empty, **changes))).splitlines()[0] == f"*This week* · {said}"


def test_the_map_shows_every_calendar_week_with_its_phases() -> None:
    assert home_map.signs(MAP) == "■ ■+ ◆ │ ► □ □ ◇"


def test_the_map_says_the_same_in_words() -> None:
    told = (
        "3 weeks behind you, 3 ahead, until 10 January 2027. Checkpoints in weeks 2 and 6."
        " Held once more: week 2. Your interview is on 11 January 2027."
    )
    signs = "■ behind you · ► you are here · □ ahead · ◆ checkpoint behind you · ◇ checkpoint ahead"
    assert read(home_map.blocks(MAP)).splitlines() == [
        "*The plan* · Twelve weeks",
        "■ ■+ ◆ │ ► □ □ ◇",
        "Week 3 of 6, *you are here*: The base (Practice).",
        told,
        f"{signs} · + the week comes once more",
        "[My plan] [Change my plan]",
    ]


@pytest.mark.parametrize(
    ("today", "signs", "said"),
    [
        (MONDAY - WEEK, "□ □+ ◇ │ □ □ □ ◇", "It begins on 23 November 2026 and takes 6 weeks."),
        (MONDAY + 8 * WEEK, "■ ■+ ◆ │ ■ ■ ■ ◆", "You have come to its end, on 10 January 2027. Well done."),
    ],
)
def test_before_and_after_the_plan_nobody_is_anywhere(today: date, signs: str, said: str) -> None:
    plan = replace(MAP, today=today, steps=steps(MONDAY, 6, (MONDAY + WEEK,), (2, 6), today))
    assert home_map.signs(plan) == signs
    assert said in read(home_map.blocks(plan))
    assert "behind you," not in read(home_map.blocks(plan))


def test_an_interview_is_named_until_its_day_is_over() -> None:
    assert "interview" not in read(home_map.blocks(replace(MAP, interview_on=MONDAY)))
    assert "Your interview is on 14 December 2026." in read(
        home_map.blocks(replace(MAP, interview_on=MAP.today))
    )


def test_the_trend_says_band_and_points_of_each_week() -> None:
    weeks = [
        TrendWeek(MONDAY, "recovery", 120, 300, 55),
        TrendWeek(MONDAY + WEEK, "rest", 0, 0, None),
    ]
    assert read(home_standing.trend(weeks, 7)).splitlines()[1:] == [
        "`W48 ████░░░░░░` 120/300 · recovery · 55 %",
        "`W49 ░░░░░░░░░░` rest · nothing planned",
        "[My card] [My month]",
    ]


def test_without_a_week_or_feedback_a_line_invites() -> None:
    assert "the first one comes at the end of your week" in read(home_standing.trend([], 7))
    assert "After your first mock interview" in read(home_standing.readiness(READY))


def test_readiness_names_averages_and_the_checkpoint() -> None:
    facts = replace(READY, averages={"communication": 3.25}, sessions=1, checkpoint=(4, 2, 9))
    assert read(home_standing.readiness(facts)).splitlines()[1:] == [
        "Average of your last 1 mock, out of 5: communication 3.2.",
        "Checkpoint of week 4: 2 of 9 done.",
        "[Checkpoint]",
    ]


def test_whatever_can_be_typed_and_has_no_door_of_its_own_stands_in_the_menu() -> None:
    doors = Doors(
        7, "Staff Prep", is_paused=False, commands=[("today", "x"), ("undo", "a `b`"), ("join", "x")]
    )
    *_, row, _ = [block.to_dict() for block in home_doors.blocks(doors, "h1")]
    menu = row["elements"][-1]
    assert [option["value"] for option in menu["options"]] == ["7:undo"]
    assert menu["options"][0]["description"]["text"] == "a b"


def test_a_pause_that_is_on_can_be_ended_and_another_one_begun_only_then() -> None:
    doors = Doors(7, "Staff Prep", is_paused=False, commands=[])
    assert "[Pause…]" in read(home_doors.blocks(doors, ""))
    paused = read(home_doors.blocks(replace(doors, is_paused=True), ""))
    assert "[Resume]" in paused
    assert "[Pause…]" not in paused


def test_only_who_is_in_several_groups_can_change_between_them() -> None:
    one = GroupChoice(7, "A <b> & *c*")
    assert list(home_doors.switch(7, [one])) == []
    (block,) = home_doors.switch(7, [one, GroupChoice(9, "x" * 200)])
    shown = block.to_dict()
    assert shown["text"]["text"] == "You are in 2 groups. This page is about *A &lt;b&gt; &amp; ∗c∗*."
    assert shown["accessory"]["initial_option"]["value"] == "7"
    assert max(len(each["text"]["text"]) for each in shown["accessory"]["options"]) <= 75


def test_a_day_with_hundreds_of_goals_leaves_room_for_the_rest() -> None:
    goal = AgendaGoal(
        id=1, text="x", note="", minutes=5, area=Area.CODING, block="", state="open", carried_from=None
    )
    goals = tuple(goal.model_copy(update={"id": number, "block": f"b{number}"}) for number in range(300))
    page = home.HomePage(
        agenda=Agenda(membership_id=7, day=MONDAY, today=MONDAY, title="", goals=goals),
        week=GLANCE,
        plan=MAP,
        trend=[],
        readiness=READY,
        stories=[],
        mocks=[],
        doors=Doors(7, "Staff Prep", is_paused=False, commands=[]),
    )
    blocks = home.home(page, "h1")["blocks"]
    assert len(blocks) <= 100
    assert "[Forget me]" in words({"blocks": blocks})
    assert "[Rate today]" in words({"blocks": blocks})
