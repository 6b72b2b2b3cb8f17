"""The month: a member's at the end of its last week, the group's from what the channel has seen."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from bot.store import groups, months, ratings, scorecards
from bot.workspace.visitors.people import Person, words
from plans.groupcard import MemberWeek, Sharing, group_card
from plans.model import Metric
from plans.published import PublishedWeek
from plans.ratings import Dimension
from plans.scorecard import Band, GoalsMet, WeekRecord, score
from tests.bot.conftest import OpenHouse
from tests.bot.house import CHANNEL, MONDAY, SUNDAY, House
from tests.bot.members import (
    asks,
    blanks,
    day_post,
    finishes,
    hears,
    last_words,
)

WEEK = timedelta(weeks=1)
TITLE, FOUR = "Month 1 · weeks 1 to 2", "Month 1 · weeks 1 to 4"
STRATEGY = "My strategy"


@pytest.fixture
async def house(open_house: OpenHouse) -> House:
    return await open_house(SUNDAY)


async def rates(house: House, monday: date, **values: int) -> None:
    """What Ana says at the check-in of a week."""
    async with house.bot.database.write() as session:
        await ratings.rate(session, 1, "week", monday, values, house.now)


def image(payload: dict[str, Any]) -> dict[str, Any] | None:
    return next((block for block in payload["blocks"] if block["type"] == "image"), None)


async def with_weeks_behind(house: House, weeks: int, **answers: Any) -> tuple[Person, Person]:
    """Ana, who shares fully, and Bo, who shares nothing, with so many published weeks before this one."""
    sharing = {"Ana": {"sharing": "full"}, "Bo": {"sharing": "private"}}
    ana, bo = await house.group("Ana", "Bo", answers=sharing, **answers)
    house.sql("UPDATE enrolments SET starts_on = ?", [(MONDAY - weeks * WEEK).isoformat()])
    async with house.bot.database.write() as session:
        for number in range(weeks):
            monday = MONDAY - (weeks - number) * WEEK
            for whom, card in (("m1", own(number)), ("m2", own(number)), ("g1", shown(number))):
                await scorecards.publish(session, whom, monday, card, house.now, closed=True)
    return ana, bo


def own(number: int) -> dict[str, Any]:
    """A member's week as it was published: 8 of 10 goals, five hours and a bit more each week."""
    week = PublishedWeek(
        band=Band.STANDARD,
        percent=80,
        points=200,
        possible=400,
        minutes=300 + 60 * number,
        done=8,
        planned=10,
        hours=6,
        sections={"behavioral": 40},
        ratings={Dimension.OVERALL_CONFIDENCE: 2.0 + number},
        counts={Metric.STORIES: 3},
        targets={Metric.STORIES: 3},
    )
    return week.model_dump(mode="json")


def shown(number: int) -> dict[str, Any]:
    """The group's week as it was published."""
    card = score(WeekRecord(minutes=300 + 60 * number)).model_copy(
        update={"goals": GoalsMet(done=8, planned=10)}
    )
    week = [
        MemberWeek(member="1", name="Ana", sharing=Sharing.FULL, card=card),
        MemberWeek(member="2", name="Bo", sharing=Sharing.PRIVATE, card=card),
    ]
    made = group_card(week, mocks_held=number)
    return {"card": made.model_dump(mode="json"), "sharing": {"1": "full", "2": "private"}}


async def test_a_plan_of_two_weeks_has_one_month_of_two_which_comes_with_the_next_morning(
    house: House,
) -> None:
    ana, bo = await with_weeks_behind(house, 1, plan="2-week-emergency")
    told = await hears(ana, "/prep month")
    assert told.startswith("Month 1 · weeks 1 to 2\n*1 of 2 weeks so far. 8 of 10 goals met, 80 %")
    assert "Confidence 2, rated once" in told
    await rates(house, MONDAY, overall_confidence=4)
    await house.travel("2026-11-30 07:59")
    assert not house.posts(ana, TITLE)
    await house.travel("2026-11-30 08:00")
    (post,) = house.posts(ana, TITLE)
    said = words(post.payload)
    assert "• Confidence rose from 2 to 4." in said
    assert "Your plan ends with this month." in said
    assert "[Write my strategy] [My scorecard] [Change my plan] [Mock interviews]" in said
    shown = image(post.payload)
    assert shown is not None
    assert "Confidence from 2 to 4" in shown["alt_text"]
    assert "Confidence 2 → 4 (+2)" in post.payload["text"]
    assert len(house.posts(bo, TITLE)) == 1
    assert not house.posts(CHANNEL, "Month 1 · ")


async def test_before_the_first_scorecard_there_is_an_invitation(house: House) -> None:
    (ana,) = await house.group("Ana")
    assert "Your month begins to show with your first weekly scorecard." in await hears(ana, "/prep month")
    assert "Your plan has no month 1 to look back on yet." in await hears(ana, "/prep month 1")


# A month of four weeks


async def test_after_four_weeks_each_has_a_month_of_their_own_and_the_channel_one_of_weeks(
    house: House,
) -> None:
    ana, bo = await with_weeks_behind(house, 3)
    await house.travel("Monday 08:00")
    await finishes(ana, await day_post(ana, "Monday"))
    await house.travel("2026-11-30 09:00")
    (mine,), (his,) = house.posts(ana, FOUR), house.posts(bo, FOUR)
    (ours,) = house.posts(CHANNEL, "Month 1 · Staff Prep")
    said = words(mine.payload)
    assert said.startswith("Month 1 · weeks 1 to 4\n*")
    assert "3 standard weeks and 1 recovery." in said
    assert "*Checkpoint*\nWeek 4, Month 1: the foundation stands: " in said
    assert "• Confidence rose from 2 to 4." in said
    assert "Goals met by week: W45 80 %, W46 80 %, W47 80 %, W48 " in said
    assert "Bo" not in words(ours.payload) + ours.payload["text"]
    assert "Ana" not in words(ours.payload) + ours.payload["text"]
    told = ours.payload["text"]
    assert told.startswith("Month 1, Staff Prep: 2 members · ")
    assert "W46: 80 % of goals met, 6 h by 1 person, 1 mock" in told
    assert " · 3 mocks held" in told
    assert "Goals met count 1 person, hours and totals 1." in words(ours.payload)
    # and the door under it is each one's own
    await bo.clicks(await bo.waits_for(CHANNEL, "Month 1 · Staff Prep"), "My month")
    await house.settle()
    assert "W48 0 %" in await last_words(bo, CHANNEL)
    assert words(his.payload) != said


async def test_the_own_words_are_kept_shown_changed_and_taken_away(house: House) -> None:
    ana, _ = await with_weeks_behind(house, 3)
    await house.travel("2026-11-30 08:00")
    post = await ana.waits_for_dm(FOUR)
    await ana.clicks(post, "Write my strategy")
    sheet = await ana.modal(STRATEGY)
    assert blanks(sheet) == {"month_keep": None, "month_change": None, "month_try": None}
    await house.submits(ana, sheet, {"month_keep": "mornings & <!channel>", "month_try": "one *mock* a week"})
    await house.settle()
    redrawn = await ana.fresh(post)
    assert "*My strategy*\nWhat I keep: mornings & <!channel>\nWhat I try: one ∗mock∗ a week" in words(
        redrawn
    )
    assert "<!channel>" not in json.dumps(redrawn)
    await ana.clicks(redrawn, "Change my strategy")
    sheet = await ana.modal(STRATEGY)
    assert blanks(sheet)["month_try"] == "one *mock* a week"
    await house.submits(ana, sheet, {"month_keep": "", "month_change": "evenings"})
    await house.settle()
    assert house.sql("SELECT on_date, question, text FROM reflections WHERE scope = 'month' ORDER BY id") == [
        ("2026-11-02", "month_try", "one *mock* a week"),
        ("2026-11-02", "month_change", "evenings"),
    ]
    assert "evenings" not in json.dumps([write.payload for write in house.posts(CHANNEL)])
    assert "What I change: evenings" in await hears(ana, "/prep month 1")
    house.sql("UPDATE memberships SET status = 'left' WHERE id = 1")
    await ana.clicks(await ana.fresh(post), "Change my strategy")
    await house.settle()
    assert (await last_words(ana)).startswith("You have left Staff Prep")


async def test_a_month_can_be_asked_for_by_its_number_and_what_is_none_is_said_kindly(house: House) -> None:
    ana, _ = await with_weeks_behind(house, 3)
    assert (await hears(ana, "/prep month")).startswith(
        "Month 1 · weeks 1 to 4\n*3 of 4 weeks so far. 24 of 30"
    )
    assert (await hears(ana, "/prep monthly 1")).startswith(FOUR)
    for number in ("0", "2", "9"):
        assert f"Your plan has no month {number} to look back on yet." in await hears(
            ana, f"/prep month {number}"
        )
    assert 'I can\'t read "march" as a month.' in await hears(ana, "/prep month march")
    # words before there is a message of the month
    shown_now = await asks(ana, "/prep month")
    await ana.clicks(shown_now, "Write my strategy")
    await house.submits(ana, await ana.modal(STRATEGY), {"month_try": "sleep"})
    await house.settle()
    assert await last_words(ana) == "Saved. `/prep month` shows it with your numbers."
    assert "What I try: sleep" in await hears(ana, "/prep month")


async def test_the_group_counts_the_milestones_that_stood_on_its_cards_and_no_others(house: House) -> None:
    await with_weeks_behind(house, 4)
    monday = (MONDAY - WEEK).isoformat()
    for name in ("goals_25", "goals_100"):  # the card tells of the later one alone
        house.sql(
            "INSERT INTO milestones (membership_id, name, week_of, in_channel, reached_at)"
            " VALUES (1, ?, ?, true, ?)",
            [name, monday, "2026-11-22 18:00:00"],
        )
    assert [await celebrated(house), await celebrated(house, shown=False)] == [1, 0]


async def celebrated(house: House, *, shown: bool = True) -> int:
    """How many milestones the group's month names, with celebrations or without."""
    async with house.bot.database.write() as session:
        group = await groups.get(session, 1)
        group.has_milestones = shown
        month = await months.of_group(session, group, MONDAY - WEEK)
    assert month is not None
    return month.milestones
