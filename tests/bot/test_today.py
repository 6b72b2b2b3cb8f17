"""The day's list: what it says, ticking it, moving, skipping and adding goals."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bot.workspace.visitors.people import Person, words
from tests.bot.house import CHANNEL, MONDAY, House
from tests.bot.members import (
    asks,
    boxes,
    day_post,
    elements,
    form,
    goal_texts,
    goals_of,
    has_element,
    hears,
    last_words,
    membership_of,
    menu,
    newest,
    ticked,
)

TUESDAY = MONDAY + timedelta(days=1)
CODING = "Solve 3 or 4 coding problems, each with a different pattern"
DESIGN = "Attempt 1 system design problem and note how you went about it"
LANGUAGE = "Settle on one programming language and open an editor for it"


@pytest.fixture
async def ana(house: House) -> Person:
    """Ana in her first week, on Tuesday morning."""
    (ana,) = await house.group("Ana", interview="2027-01-12")
    await house.travel("Tuesday 08:00")
    return ana


def counts(house: House) -> list[tuple[Any, ...]]:
    """What has been counted so far."""
    return house.sql("select metric, count, minutes from entries where undone_at is null order by id")


async def test_the_post_says_the_day_its_hours_the_interview_and_each_goal_in_its_block(
    house: House, ana: Person
) -> None:
    post = await day_post(ana)
    lines = words(post).splitlines()
    assert lines[0] == "Tuesday · week 1 of 12 · Technical baseline"
    assert lines[1] == "1 h 50 · 49 days to your interview"
    assert [line for line in lines if line.startswith("*")] == [
        "*Main block, 1 h 20*",
        "*Analysis, 30 min*",
        "*0 of 5 done.* 7 goals from earlier this week still open.",
    ]
    assert goal_texts(post)[:3] == [CODING, DESIGN, "Choose the 2 technical areas that need the most work"]
    assert ticked(post) == []
    assert menu(post) == [
        "Add a goal of mine",
        "Move what is open to tomorrow",
        "Skip something…",
        "Bring 7 open goals to today",
        "My week",
    ]
    assert post["text"].startswith(f"Today, Tuesday: 0 of 5 done. {CODING};")
    assert len(house.posts(ana, "Tuesday · week 1")) == 1


async def test_a_tick_is_stored_counts_its_metric_once_and_redraws_the_progress(
    house: House, ana: Person
) -> None:
    post = await day_post(ana)
    await ana.ticks(post, [CODING])
    assert counts(house) == [("coding_problems", 3, 45)]
    await house.settle()
    post = await ana.fresh(post)
    assert ticked(post) == [CODING]
    assert "1 of 5 done, 45 min." in words(post)
    assert "✓ Solve 3 or 4" in post["text"]
    await ana.ticks(post, [LANGUAGE])
    assert counts(house) == [("coding_problems", 3, 45), ("minutes", 0, 10)]
    await ana.ticks(post, [CODING], on=False)
    assert counts(house) == [("minutes", 0, 10)]
    await ana.ticks(post, [CODING])
    await ana.ticks(post, [LANGUAGE], on=False)
    assert counts(house) == [("coding_problems", 3, 45)]
    await house.settle()
    assert ticked(await ana.fresh(post)) == [CODING]


async def test_a_redelivered_tick_counts_once(house: House, ana: Person) -> None:
    await ana.ticks(await day_post(ana), [CODING])
    await house.workspace.socket.redeliver_last("interactive")
    assert counts(house) == [("coding_problems", 3, 45)]


async def test_when_all_is_done_the_line_says_so_and_names_what_comes_next(house: House, ana: Person) -> None:
    post = await day_post(ana)
    await ana.ticks(post, goal_texts(post))
    await house.settle()
    post = await ana.fresh(post)
    assert "*All 5 done.* Tomorrow: Behavioural baseline, 1 h 40. 7 goals from earlier" in words(post)
    assert menu(post) == ["Add a goal of mine", "Bring 7 open goals to today", "My week"]


async def test_the_list_in_the_channel_and_the_one_in_the_dm_stay_in_step(house: House, ana: Person) -> None:
    post = await day_post(ana)
    await ana.ticks(post, [DESIGN])
    live = await asks(ana, "/prep today")
    assert live["ephemeral"]
    assert ticked(live) == [DESIGN]
    await ana.ticks(live, [CODING])
    await house.settle()
    assert ticked(await ana.fresh(post)) == [CODING, DESIGN]
    assert "2 of 5 done" in words(await ana.fresh(live))
    await ana.ticks(await ana.fresh(post), [DESIGN], on=False)
    assert ticked(await asks(ana, "/prep today", "")) == [CODING]
    assert "1 of 5 done" in await hears(ana, "/prep todo")


async def test_an_older_list_still_works_and_says_which_day_it_is(house: House, ana: Person) -> None:
    post = await day_post(ana)
    await house.travel("Wednesday 09:00")
    await ana.ticks(post, [CODING])
    await house.settle()
    old = await ana.fresh(post)
    assert "This is the list of Tue 24 Nov" in words(old)
    assert ticked(old) == [CODING]
    assert "[Rate this day]" in words(old)
    assert counts(house) == [("coding_problems", 3, 45)]
    assert "11 goals from earlier this week still open." in await hears(ana, "/prep today")


async def test_saturdays_goals_stay_open_on_sunday(house: House, ana: Person) -> None:
    await house.travel("Sunday 08:00")
    saturday, sunday = await day_post(ana, "Saturday"), await day_post(ana, "Sunday")
    assert goal_texts(saturday) == goal_texts(sunday)
    await ana.ticks(sunday, goal_texts(sunday)[:1])
    await house.settle()
    assert ticked(await ana.fresh(saturday)) == goal_texts(sunday)[:1]


async def test_a_click_of_somebody_else_is_refused_kindly_and_changes_nothing(
    house: House, ana: Person
) -> None:
    post = await day_post(ana)
    await ana.ticks(post, [CODING])
    envelope = house.workspace.socket.sent[-1]
    bo = await house.person("Bo")
    payload = envelope["payload"]
    forged = payload | {"user": payload["user"] | {"id": bo.id}, "channel": {"id": await bo.dm_id()}}
    forged |= {"response_url": "", "actions": [payload["actions"][0] | {"selected_options": []}]}
    await house.workspace.deliver(envelope | {"envelope_id": "forged", "payload": forged})
    await house.settle()
    assert await last_words(bo) == (
        "That list belongs to somebody else. Yours comes with `/prep today`.\n[Today]"
    )
    assert counts(house) == [("coding_problems", 3, 45)]


async def test_moving_what_is_open_takes_it_to_the_next_working_day_and_leaves_the_week_as_it_counts(
    house: House, ana: Person
) -> None:
    post = await day_post(ana)
    await ana.ticks(post, [CODING])
    await ana.chooses(post, "day_more", "Move what is open to tomorrow")
    await house.settle()
    assert (await last_words(ana)).startswith(f"Moved to Wednesday: {DESIGN}, ")
    assert goal_texts(await ana.fresh(post)) == [CODING]
    await house.travel("Wednesday 08:00")
    post = await day_post(ana, "Wednesday")
    assert "Carried over from Tuesday, 1 h 05" in words(post)
    assert DESIGN in goal_texts(post)
    assert len(await goals_of(house, ana, MONDAY)) == 31
    await ana.ticks(post, [DESIGN])
    assert counts(house)[-1] == ("system_design_problems", 1, 35)


async def test_moving_on_the_eve_of_a_day_off_skips_it(house: House) -> None:
    (ana,) = await house.group("Ana", days_off=["Wednesday", "Thursday"])
    await house.travel("Tuesday 08:00")
    await ana.chooses(await day_post(ana), "day_more", "Move what is open to tomorrow")
    await house.settle()
    assert (await last_words(ana)).startswith("Moved to Friday: ")


async def test_what_earlier_days_left_open_can_be_brought_to_today(house: House, ana: Person) -> None:
    post = await day_post(ana)
    await ana.chooses(post, "day_more", "Bring 7 open goals to today")
    await house.settle()
    post = await ana.fresh(post)
    assert "Carried over from Monday, 2 h" in words(post)
    assert len(goal_texts(post)) == 12
    assert "from earlier this week" not in words(post)


async def test_skipping_asks_why_keeps_the_reason_private_and_counts_as_planned(
    house: House, ana: Person
) -> None:
    post = await day_post(ana)
    await ana.chooses(post, "day_more", "Skip something…")
    sheet = await ana.modal("Skip goals")
    missing = await ana.submits(sheet, {"reason": "too hard"})
    assert missing.errors == {"goals0": "Choose at least one goal."} or "goals0" in missing.errors
    await house.submits(ana, sheet, {"goals0": [CODING], "reason_note": "zebra-canary"})
    await house.settle()
    post = await ana.fresh(post)
    assert CODING not in goal_texts(post)
    assert f"Skipped: {CODING}" in words(post)
    assert "Your week still counts it as planned." in await last_words(ana)
    assert "zebra-canary" not in str(house.workspace.accepted)
    (goal,) = [goal for goal in await goals_of(house, ana) if goal.text == CODING]
    assert (goal.state, goal.excused, goal.skip_reason) == ("skipped", False, "too hard: zebra-canary")
    await ana.chooses(post, "day_more", "Bring back what I skipped")
    await house.settle()
    assert CODING in goal_texts(await ana.fresh(post))


async def test_a_goal_skipped_for_a_holiday_leaves_the_count(house: House, ana: Person) -> None:
    await ana.chooses(await day_post(ana), "day_more", "Skip something…")
    answers = {"goals0": [CODING, DESIGN], "reason": "Holiday: do not count it"}
    await house.submits(ana, await ana.modal("Skip goals"), answers)
    await house.settle()
    assert "It does not count as missed." in await last_words(ana)
    card = await hears(ana, "/prep scorecard")
    assert "0 of 29 goals met, 0 %" in card
    assert "2 goals excused." in card


async def test_a_goal_of_ones_own_by_form_counts_like_any_other(house: House, ana: Person) -> None:
    await ana.chooses(await day_post(ana), "day_more", "Add a goal of mine")
    sheet = await ana.modal("Add a goal of mine")
    wrong = await ana.submits(sheet, {"text": "Retell 2 stories", "minutes": 3, "day": "2026-11-23"})
    assert wrong.errors == {
        "minutes": "From 5 to 480 minutes.",
        "day": "That day is over. Choose today or later.",
    }
    await house.submits(ana, sheet, {"minutes": 25, "day": "2026-11-24", "area": "Behavioural"})
    await house.settle()
    assert await last_words(ana) == 'Added "Retell 2 stories", 25 min, for today.'
    post = await day_post(ana)
    assert "*Your own, 25 min*" in words(post)
    assert "0 of 6 done." in words(post)
    await ana.ticks(post, ["Retell 2 stories"])
    assert counts(house) == [("minutes", 0, 25)]
    assert "1 of 32 goals met" in await hears(ana, "/prep scorecard")


async def test_a_goal_of_ones_own_for_a_later_day_waits_for_it(house: House, ana: Person) -> None:
    sheet = await form(ana, "/prep goal", "Add a goal of mine")
    await house.submits(ana, sheet, {"text": "Call Maya", "day": "2026-11-26"})
    await house.settle()
    assert 'Added "Call Maya", 30 min, for Thu 26 Nov.' in await last_words(ana, CHANNEL)
    assert "Call Maya" not in goal_texts(await day_post(ana))
    await house.travel("Thursday 08:00")
    assert "Call Maya" in goal_texts(await day_post(ana, "Thursday"))


@pytest.mark.parametrize(
    ("typed", "text", "minutes", "area"),
    [
        ("goal add Retell 2 stories 30m", "Retell 2 stories", 30, "behavioral"),
        ("goal Read a post-mortem 1.5h learning", "Read a post-mortem", 90, "learning"),
        ("GOALS ADD practise trees 20 min coding", "practise trees", 20, "coding"),
        ("add whiteboard one cache sd", "whiteboard one cache sd", 30, "system_design"),
        (
            "goal add Walk through a release 2,5 hours with Maya",
            "Walk through a release with Maya",
            150,
            "planning",
        ),
        ("goal add-on training", "add-on training", 30, "planning"),
    ],
)
async def test_a_goal_of_ones_own_by_text(
    house: House, ana: Person, typed: str, text: str, minutes: int, area: str
) -> None:
    told = await hears(ana, f"/prep {typed}")
    assert told.startswith(f'Added "{text}", ')
    assert house.sql("select text, minutes, area, due_on from goals where key is null") == [
        (text, minutes, area, "2026-11-24")
    ]
    await house.settle()
    assert text in goal_texts(await day_post(ana))


async def test_a_goal_that_is_too_long_is_refused_by_text_and_by_form(house: House, ana: Person) -> None:
    told = await hears(ana, f"/prep goal add {'x' * 76} 30m")
    assert (
        told == "A goal has room for 75 characters and this one has 76. Nothing was added; please shorten it."
    )
    assert await hears(ana, "/prep goal add 30m") == (
        "What will you do? Try `/prep goal add Retell 2 stories 30m`."
    )
    result = await ana.submits(await form(ana, "/prep goal", "Add a goal of mine"), {"text": "x" * 76})
    assert "text" in result.errors
    assert house.sql("select count(*) from goals where key is null") == [(0,)]
    assert (await hears(ana, f"/prep goal add {'y' * 75}")).startswith(f'Added "{"y" * 75}"')


async def test_hints_say_more_about_the_goals_to_who_asks(house: House, ana: Person) -> None:
    await house.travel("Monday 08:00")
    post = await day_post(ana, "Monday · week 2")
    await ana.clicks(post, "Hints")
    told = await newest(ana)
    assert told["ephemeral"]
    assert words(told).startswith("Hints for Monday\n*")


async def test_the_evening_reminder_comes_only_to_who_asked_and_only_if_something_is_open(
    house: House,
) -> None:
    ana, bo, _ = await house.group(
        "Ana", "Bo", "Cy", answers={"Ana": {"nudge": "20:00"}, "Bo": {"nudge": "20:00"}}
    )
    await house.travel("Monday 08:00")
    post = await day_post(bo)
    await bo.ticks(post, goal_texts(post))
    await house.travel("Monday 19:59")
    assert not house.posts(saying="Still open today")
    await house.travel("Monday 20:00")
    (nudge,) = house.posts(saying="Still open today")
    assert nudge.channel == house.place(ana)
    assert nudge.payload["text"].endswith("and 4 more. One of them is enough to keep going.")
    await ana.clicks(await newest(ana), "Show today")
    assert (await last_words(ana)).startswith("Monday · week 1")
    nudged = await ana.waits_for_dm("Still open today")
    await ana.chooses(nudged, "day_more", "Move what is open to tomorrow")
    await house.settle()
    assert (await last_words(ana)).startswith("Moved to Tuesday: ")


async def test_who_starts_on_a_saturday_can_tick_the_whole_week_and_read_every_hint(house: House) -> None:
    await house.travel("Saturday 09:00")
    (ana,) = await house.group("Ana", start="today", hours=40)
    post = await day_post(ana)
    assert all(len(box["options"]) <= 10 for box in boxes(post))
    assert len(goal_texts(post)) > 30
    await ana.clicks(post, "Hints")
    assert "Hints for Saturday" in words(await newest(ana))
    await ana.ticks(post, goal_texts(post)[-2:])
    await house.settle()
    assert ticked(await ana.fresh(post)) == goal_texts(post)[-2:]


async def test_the_days_buttons_name_the_member_and_the_day_they_mean(house: House, ana: Person) -> None:
    post = await day_post(ana)
    member = await membership_of(house, ana)
    values = {element.get("value") for element in elements(post) if element["type"] == "button"}
    assert values == {f"{member.id}:{TUESDAY.isoformat()}"}
    assert has_element(post, "rate_day")
    assert date(2026, 11, 24) == TUESDAY
