"""Sunday's scorecard: the group's in the channel, one's own alone, and the closing of the week."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.workspace.visitors.people import Person, words
from tests.bot.house import CHANNEL, MONDAY, House
from tests.bot.members import asks, day_post, finishes, finishes_all, form, hears, last_words, newest

Json = dict[str, Any]


async def ticks_on(house: House, person: Person, day: str, goals: list[str]) -> None:
    """Travel to a day's post and tick these of its goals."""
    await house.travel(f"{day} 08:00")
    await person.ticks(await day_post(person, day), goals)


async def checks_in(house: House, person: Person, answers: Json) -> None:
    """Answer Saturday's question."""
    await person.clicks(await person.waits_for_dm("Weekly check-in"), "checkin_open")
    await house.submits(person, await person.modal("Weekly check-in"), answers)
    await house.settle()


async def test_ones_own_card_has_exactly_the_points_that_the_week_earned(house: House) -> None:
    (ana,) = await house.group("Ana", sharing="full")
    await house.travel("Tuesday 08:00")
    await finishes(ana, await day_post(ana, "Tuesday"))  # 3 coding problems, 1 system design, 110 minutes
    await ticks_on(house, ana, "Wednesday", ["Draft 1 or 2 of them as STAR stories"])  # 1 story, 40 minutes
    mock, partners = (
        "Hold a 45-minute behavioural mock interview",
        "Arrange regular mock partners for the 12 weeks",
    )
    await ticks_on(house, ana, "Thursday", [mock, partners])  # 1 mock, 1 of 2 network activities, 60 minutes
    await house.travel("Saturday 18:00")
    await checks_in(
        house,
        ana,
        {
            "story_quality": "4",
            "delivery_confidence": "3",
            "technical_communication": "5",
            "time_management": "2",
            "feedback_integration": "4",
            "overall_confidence": "3",
            "stress_management": "1",
            "self_assessment_progress": "5",
            "lp_covered": 8,
        },
    )
    await house.travel("Sunday 18:00")
    (card,) = house.posts(ana, "Your week 1 ·")
    lines = words(card.payload).splitlines()
    # Behavioural: 25 + 12.5 + 20 + 15; technical: 25 + 25 + 25 + 10; readiness: 25 + 20 + 15 + 5;
    # learning: no target for concepts, 0 + 12.5 + 25 of 75.
    assert lines[0] == "Your week 1 · 260/375"
    assert lines[1] == "*8 of 31 goals met, 25 %: a recovery week.* 3.5 h studied."
    assert [line.removesuffix(" ·") for line in lines if line[0] == "*" and "(target" in line] == [
        "*Behavioural* 72/100, 72 % (target 80 %)",
        "*Technical* 85/100, 85 % (target 75 %) ✓",
        "*Interview readiness* 65/100, 65 % (target 70 %)",
        "*Learning and growth* 37/75, 50 % (target 70 %)",
    ]
    assert "STAR stories 1 of 1, principles covered 8 of 16, story quality 4 of 5, telling it 3 of 5" in lines
    assert "Not counted: no target for concepts." in lines
    assert card.payload["text"].startswith(
        "Your week of Mon 23 Nov: 8 of 31 goals met, 25 %: a recovery week. 260 of 375 points. Behav"
    )
    assert "Ana\trecovery\t25 %\t3.5 h\t260/375" in await ana.reads(CHANNEL)


async def test_the_groups_card_comes_once_on_sunday_at_the_groups_own_time_with_a_line_as_each_one_shares(
    house: House,
) -> None:
    ana, bo, cy = await house.group(
        "Ana",
        "Bo",
        "Cy",
        zones={"Bo": "America/New_York"},
        answers={"Ana": {"sharing": "full"}, "Bo": {"sharing": "summary"}, "Cy": {"sharing": "private"}},
    )
    await house.travel("Monday 08:00")
    await finishes(ana, await day_post(ana, "Monday"))
    await asks(cy, "/prep log coding 77 3h")
    await house.travel("Monday 15:00")
    await finishes(bo, await day_post(bo, "Monday"))
    await house.travel("Sunday 17:59")
    assert not house.posts(CHANNEL, "Week 48")
    await house.travel("Sunday 18:00")
    (post,) = house.posts(CHANNEL, "Week 48")
    lines = words(post.payload).splitlines()
    assert lines[0] == "Week 48 · Staff Prep"
    assert lines[1] == "3 members · 22 % of goals met · 2 h."
    assert "Goals met count the 2 who show them, hours the 1 who show everything." in lines
    table = [line.split("\t") for line in lines if "\t" in line]
    assert table == [
        ["Member", "Band", "Goals", "Hours", "Points"],
        ["Ana", "recovery", "22 %", "2.0 h", "0/150"],
        ["Bo", "recovery", "22 %", "-", "-"],
    ]
    assert "+ 1 member who keeps the week private" in lines
    assert "77" not in str(post.payload)
    assert "Cy" not in words(post.payload)
    assert post.payload["text"].startswith("Week 48, Staff Prep: 3 members · 22 % of goals met")
    assert "Bo: recovery, 22 % of goals met" in post.payload["text"]
    for person in (ana, bo, cy):
        assert len(house.posts(person, "Your week 1 ·")) == 1
    assert "coding problems 77 of 3" in words(house.posts(cy, "Your week 1 ·")[0].payload)


async def test_totals_count_nobody_who_hides_however_many_do(house: House) -> None:
    ana, bo, cy, dee = await house.group(
        "Ana", "Bo", "Cy", "Dee", sharing="private", answers={"Ana": {"sharing": "full"}}
    )
    await house.travel("Monday 08:00")
    for person, typed in ((ana, "coding 1"), (bo, "coding 2"), (cy, "coding 3"), (dee, "coding 4")):
        await asks(person, f"/prep log {typed} 30m")
    await house.travel("Sunday 18:00")
    text = words(house.posts(CHANNEL, "Week 48")[0].payload)
    assert "4 members · 0 % of goals met · 0.5 h." in text
    assert "coding problem" not in text  # one member's count is said by nobody but them
    assert "Goals met count the 1 who show them, hours the 1 who show everything." in text
    assert "+ 3 members who keep the week private" in text


async def test_totals_say_where_nobody_shows_what_they_count(house: House) -> None:
    await house.group("Ana", "Bo", "Cy", "Dee", answers={"Dee": {"sharing": "private"}})
    await house.travel("2026-11-29 18:00")
    text = words(house.posts(CHANNEL, "Week 48")[0].payload)
    assert "Goals met count the 3 who show them, hours nobody, for none show everything." in text


async def test_who_hid_the_week_before_is_not_told_in_the_channel_that_it_is_the_second(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo", sharing="full", answers={"Ana": {"sharing": "private"}})
    await house.travel("2026-11-29 19:00")
    sheet = await form(ana, "/prep settings", "My settings")
    await house.submits(ana, sheet, {"sharing": "full"})
    await house.travel("2026-12-06 18:00")
    assert "a second week below 70 %" in words(await ana.waits_for_dm("A lighter track?"))
    await bo.waits_for(CHANNEL, "A lighter track for Bo?")
    assert not house.posts(CHANNEL, "for Ana?")


async def test_what_is_done_until_sunday_midnight_still_counts_and_the_posts_are_redrawn_once(
    house: House,
) -> None:
    ana, bo = await house.group("Ana", "Bo", sharing="full", zones={"Bo": "America/New_York"})
    await house.travel("Sunday 18:00")
    await house.travel("2026-11-29 18:00")
    (post,) = house.posts(CHANNEL, "Week 48")
    assert "Ana\trecovery\t0 %" in words(post.payload)
    await house.travel("Sunday 20:00")
    await finishes_all(house, ana)
    assert not house.updates(post.ts)
    await house.travel("Monday 01:00")
    late = await day_post(bo, "Sunday")
    await finishes(bo, late)  # seven on Sunday evening in New York
    await ana.ticks(await day_post(ana, "Monday"), [])
    await house.travel("Monday 06:00")
    (redrawn,) = house.updates(post.ts)
    text = words(redrawn.payload)
    assert "Ana\thigh\t100 %" in text
    assert "Bo\trecovery\t6 %" in text
    assert "Final: everybody's week has closed." in text
    card = await ana.waits_for_dm("Your week 1 ·")
    assert "31 of 31 goals met, 100 %: a high week." in words(card)
    assert "Final: this week is closed." in words(card)
    assert words(card).splitlines()[0].endswith(" · final")
    assert text.startswith("Week 48 · Staff Prep · final")
    await house.travel("Monday 23:00")
    assert len(house.updates(post.ts)) == 1


async def test_a_goal_that_is_ticked_after_ones_week_has_closed_is_too_late_for_it(house: House) -> None:
    (ana,) = await house.group("Ana", sharing="full")
    await house.travel("2026-11-30 00:30")
    await finishes(ana, await day_post(ana, "Tuesday"))
    assert "*0 of 31 goals met, 0 %: a recovery week.*" in await hears(ana, "/prep scorecard last")


async def test_looking_back_finds_the_week_that_was_meant(house: House) -> None:
    (ana,) = await house.group("Ana")
    assert "Your plan has no week 1 to look back on yet." in await hears(ana, "/prep scorecard 1")
    await house.travel("Monday 08:00")
    await finishes(ana, await day_post(ana, "Monday"))
    now = await hears(ana, "/prep scorecard")
    assert now.startswith("Your week 1 ·")
    assert "*7 of 31 goals met, 22 %: a recovery week.*" in now
    assert "What you finish until Sunday midnight still counts." in now
    assert now == await hears(ana, "/prep score week 1")
    await house.travel("2026-12-02 08:00")
    assert "*0 of 23 goals met, 0 %" in await hears(ana, "/prep scorecard")
    last = await hears(ana, "/prep scorecard last")
    assert "7 of 31 goals met" in last
    assert last == await hears(ana, "/prep scorecard 1", "")
    assert "Your plan has no week 3 to look back on yet." in await hears(ana, "/prep scorecard 3")
    assert "Your plan has no week 0" in await hears(ana, "/prep scorecard 0")
    assert await hears(ana, "/prep scorecard yonder") == (
        'I can\'t read "yonder" as a week. Try `/prep scorecard last` or `/prep scorecard 3`.'
    )


async def test_the_trend_shows_the_weeks_before(house: House) -> None:
    (ana,) = await house.group("Ana", sharing="full")
    await house.travel("Monday 08:00")
    await finishes(ana, await day_post(ana, "Monday"))
    await house.travel("2026-12-06 18:00")
    card = await ana.waits_for_dm("Your week 2 ·")
    assert "Goals met by week: W48 22 %, W49 0 %." in words(card).splitlines()
    assert "Behavioural by week: W48 " in words(card)
    post = words(house.posts(CHANNEL, "Week 49")[0].payload)
    assert "0 % of goals met (last week 22 %)" in post
    assert "[picture: Goals met by the group: week 48 22 %, week 49 0 %." in post


async def test_my_card_shows_each_one_their_own_and_nobody_elses(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo", sharing="private")
    await house.travel("Monday 08:00")
    await finishes(ana, await day_post(ana, "Monday"))
    await house.travel("Sunday 18:00")
    post = await bo.waits_for(CHANNEL, "Week 48")
    await bo.clicks(post, "My card")
    await ana.clicks(post, "My card")
    assert "0 of 31 goals met" in await last_words(bo, CHANNEL)
    assert "7 of 31 goals met" in await last_words(ana, CHANNEL)
    assert (await newest(ana, CHANNEL))["ephemeral"]
    dee = await house.person("Dee")
    await dee.joins(CHANNEL)
    await dee.clicks(post, "My card")
    assert await last_words(dee, CHANNEL) == "You're not in Staff Prep yet.\n[Join]"


@pytest.mark.parametrize(
    ("done", "band"), [(28, "high"), (27, "standard"), (22, "standard"), (21, "recovery")]
)
async def test_the_band_is_taken_from_the_exact_ratio(house: House, done: int, band: str) -> None:
    await house.group("Ana", sharing="full")
    await house.travel("Tuesday 08:00")
    await house.travel("Sunday 17:00")
    now = house.now.isoformat(sep=" ").removesuffix("+00:00")
    house.sql(
        "update goals set state = 'done', done_at = ? where id in (select id from goals order by id limit ?)",
        [now, done],
    )
    await house.travel("Sunday 18:00")
    line = f"Ana\t{band}\t{100 * done // 31} %"
    assert line in words(house.posts(CHANNEL, "Week 48")[0].payload)


async def test_who_has_not_begun_is_not_judged_and_a_group_without_anybody_posts_nothing(
    house: House,
) -> None:
    (ana,) = await house.group("Ana")
    await house.travel("Sunday 18:00")
    assert not house.posts(CHANNEL, "goals met")
    bo = await house.person("Bo")
    await house.travel("Saturday 12:00")
    await house.joins(bo)
    await house.travel("Sunday 18:00")
    text = words(house.posts(CHANNEL, "Week 48")[0].payload)
    assert "1 member ·" in text
    assert "Bo" not in text
    assert house.posts(ana, "Your week 1 ·")
    assert not house.posts(bo, "Your week")
    assert MONDAY + timedelta(weeks=1) == house.now.date() + timedelta(days=1)
