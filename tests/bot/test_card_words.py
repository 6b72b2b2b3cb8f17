"""What the cards say, and that Slack takes them: many members, long names, nothing there yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.views import groupcard, membercard
from bot.views.message import Message
from bot.workspace.limits.surfaces import faults_of
from bot.workspace.visitors.words import words
from plans.areashares import area_shares, with_shares
from plans.groupcard import MemberWeek, Sharing, WeekBeside, group_card
from plans.membercard import MemberCard, PastWeek
from plans.model import Area, Metric
from plans.progress import Consistency, GoalState
from plans.published import AreaWeek
from plans.ratings import Dimension
from plans.scorecard import Scorecard, WeekRecord, score

MONDAY = date(2026, 11, 23)
ALL_AREAS = area_shares(
    with_shares(
        {area: AreaWeek(done=1, planned=2, minutes=90) for area in Area}, dict.fromkeys(list(Area)[:4], 25.0)
    )
)
NOTHING = score(WeekRecord())


def forms(message: Message) -> list[list[dict[str, Any]]]:
    """The message as it is sent, with its picture, and for a Slack that refuses newer blocks."""
    pictured = [
        block | {"slack_file": {"id": "F0123456789"}} if "slack_file" in block else block
        for block in message.pictured or []
    ]
    return [blocks for blocks in (message.blocks, message.plainer, pictured) if blocks]


def read(message: Message) -> str:
    return words({"blocks": message.blocks})


def goals(done: int, planned: int, **states: int) -> tuple[GoalState, ...]:
    """So many goals done of those planned; the first so many of them are late, carried or excused."""
    return tuple(
        GoalState(goal_id=str(n), done=n < done, **{state: n < count for state, count in states.items()})
        for n in range(planned)
    )


def mine(card: Scorecard = NOTHING, **more: Any) -> MemberCard:
    facts = MemberCard(1, MONDAY, 3, card, [], {}, [], suggestion_in_channel=False, closed=False)
    return replace(facts, **more)


def ours(*weeks: MemberWeek, name: str = "Staff Prep", **more: Any) -> groupcard.GroupWeek:
    facts = groupcard.GroupWeek(7, name, MONDAY, group_card(weeks), [], closed=False)
    return replace(facts, **more)


def member(name: str, number: int = 0) -> MemberWeek:
    card = score(WeekRecord(goals=goals(3, 4), minutes=600))
    counts = {Metric.CODING_PROBLEMS: 5}
    return MemberWeek(member=f"{number:03}", name=name, sharing=Sharing.FULL, card=card, counts=counts)


# Slack's limits


@pytest.mark.parametrize("name", ["Ana", "Maximiliana-X", "W" * 60, "<!channel> & *bold* `x`" * 4])
@pytest.mark.parametrize("size", [0, 1, 3, 30, 120])
def test_slack_takes_the_groups_card_whatever_its_size_and_names(size: int, name: str) -> None:
    weeks = [WeekBeside(monday=MONDAY - timedelta(weeks=back)) for back in range(5)]
    facts = ours(
        *(member(name, n) for n in range(size)), name=name * 3, weeks=weeks, celebration="Well done."
    )
    message = groupcard.group_post(facts, alt="x" * 5000)
    for blocks in forms(message):
        assert faults_of("message", {"text": message.text, "blocks": blocks}) == []


@pytest.mark.parametrize(
    "card",
    [
        NOTHING,
        score(
            WeekRecord(
                goals=goals(60, 80, late=30, carried=20),
                counts=dict.fromkeys(Metric, 400),
                targets=dict.fromkeys(Metric, 400),
                lp_covered=16,
                ratings=dict.fromkeys(Dimension, 5),
                minutes=9000,
            )
        ),
    ],
)
def test_slack_takes_a_members_card_with_nothing_and_with_everything_on_it(card: Scorecard) -> None:
    facts = mine(
        card,
        trend=[PastWeek(MONDAY - timedelta(weeks=back), 400, 400, 100) for back in range(6)],
        insights={"biggest_win": "<!here> " * 200, "primary_challenge": "x" * 900, "next_focus": "*" * 900},
        advice=["y" * 400] * 6,
        suggestion_in_channel=True,
        areas=ALL_AREAS,
        consistency=Consistency(400, 99),
    )
    for message in (membercard.member_post(facts, alt="z" * 5000), membercard.member_reply(facts)):
        for blocks in forms(message):
            assert faults_of("message", {"text": message.text, "blocks": blocks}) == []


# What the member's card says


@pytest.mark.parametrize(
    ("offered", "begins", "expected"),
    [
        (goals(9, 10), None, "9 of 10 goals met, 90 %: a high week."),
        (goals(8, 9), None, "8 of 9 goals met, 88 %: a standard week."),
        (goals(1, 3, excused=3), None, "1 of 1 goals met, 100 %: a high week. 2 goals excused."),
        (goals(0, 2, excused=2), None, "Nothing counted: a rest week. 2 goals excused."),
        ((), None, "Nothing was planned: a rest week."),
        ((), date(2026, 12, 7), "Your plan begins on Mon 7 Dec; this week asks for nothing."),
    ],
)
def test_the_verdict_says_what_the_week_was(
    offered: tuple[GoalState, ...], begins: date | None, expected: str
) -> None:
    facts = mine(score(WeekRecord(goals=offered)), begins=begins)
    assert read(membercard.member_reply(facts)).splitlines()[1] == f"*{expected}* 0 h studied."
    assert expected in membercard.member_reply(facts).text


def test_late_and_carried_goals_and_the_strength_stand_in_one_line() -> None:
    card = score(WeekRecord(goals=goals(3, 6, late=3, carried=4)))
    lines = read(membercard.member_reply(mine(card, consistency=Consistency(6, 55)))).splitlines()
    assert lines[2].removesuffix(" ·") == (
        "3 done a day or more late · 4 came over from earlier days, 3 of them done"
        " · 6 days in a row · strength 55 %"
    )
    assert membercard.STRENGTH in lines


def test_after_a_missed_day_the_strength_is_said_and_at_the_very_beginning_nothing() -> None:
    said = [
        read(membercard.member_reply(mine(consistency=Consistency(row, strength))))
        for row, strength in ((1, 68), (1, 12))
    ]
    assert "strength 68 %" in said[0]
    assert "strength" not in said[1]


def test_missing_ratings_are_named_unless_all_are_missing() -> None:
    given = dict.fromkeys(set(Dimension) - {Dimension.TIME_MANAGEMENT, Dimension.STRESS_MANAGEMENT}, 4)
    some = read(membercard.member_reply(mine(score(WeekRecord(ratings=given)))))
    assert "Not counted: 2 ratings missing (keeping time, staying calm), no target for stories," in some
    lone = dict.fromkeys(set(Dimension) - {Dimension.TIME_MANAGEMENT}, 4)
    assert "1 rating missing (keeping time)," in read(
        membercard.member_reply(mine(score(WeekRecord(ratings=lone))))
    )
    none = read(membercard.member_reply(mine(score(WeekRecord(lp_covered=3)))))
    assert "Not counted: 8 ratings missing (all of them), no target for stories," in none


def test_a_card_with_nothing_to_score_says_so_once_and_shows_no_points() -> None:
    text = read(membercard.member_reply(mine()))
    assert text.splitlines()[0] == "Your week 3"
    assert text.count("Nothing to score this week") == 1
    assert "nothing to count" not in text
    assert "0/0" not in text
    assert "0 of 0" not in membercard.member_reply(mine()).text


def test_areas_stand_in_a_table_and_in_lines_where_there_is_none() -> None:
    shares = {Area.CODING: 20.0, Area.BEHAVIORAL: 80.0}
    weeks = {Area.CODING: AreaWeek(done=2, planned=5, minutes=90), Area.LEARNING: AreaWeek(minutes=30)}
    facts = mine(areas=area_shares(with_shares(weeks, shares)))
    post = membercard.member_post(facts)
    assert [line for line in read(post).splitlines() if "\t" in line] == [
        "Area\tGoals\tHours\tShare asked\tShare given",
        "Behavioural\t-\t0 h\t80 %\t0 %",
        "Coding\t2 of 5\t1.5 h\t20 %\t100 %",
        "Learning\t-\t0.5 h\t-\t-",
    ]
    for blocks in (post.plainer, membercard.member_reply(facts).blocks):
        assert "Coding: 2 of 5 goals, 1.5 h, 100 % of the hours (20 % asked)" in words({"blocks": blocks})
        assert "\t" not in words({"blocks": blocks})


def test_a_week_of_an_older_cadence_has_areas_without_shares() -> None:
    facts = mine(areas=area_shares({Area.CODING: AreaWeek(done=2, planned=5, minutes=90)}))
    assert "Area\tGoals\tHours\nCoding\t2 of 5\t1.5 h" in read(membercard.member_post(facts))


# What the group's card says


def test_the_groups_card_ends_as_final_also_under_a_long_name() -> None:
    facts = ours(member("Ana"), name="N" * 200, closed=True)
    assert read(groupcard.group_post(facts)).splitlines()[0].endswith("… · final")
    assert "Final: everybody's week has closed." in read(groupcard.group_post(facts))


def test_counts_stand_in_the_groups_card_from_three_members_on() -> None:
    two, three = ([member("Ana", n) for n in range(size)] for size in (2, 3))
    assert "coding problems" not in read(groupcard.group_post(ours(*two)))
    assert "15 coding problems" in read(groupcard.group_post(ours(*three)))


def test_a_group_that_is_too_large_for_a_message_says_how_many_are_left_out() -> None:
    message = groupcard.group_post(ours(*(member("W" * 60, n) for n in range(120))))
    for blocks in forms(message):
        text = words({"blocks": blocks})
        shown = sum("W" * 60 in line for line in text.splitlines())
        assert shown >= 90
        assert f"… and {120 - shown} members more. My card shows your own week." in text


def test_a_celebration_stands_under_the_totals() -> None:
    lines = read(groupcard.group_post(ours(member("Ana"), celebration="Ana has held 10 mocks."))).splitlines()
    assert lines[2] == "Ana has held 10 mocks."
