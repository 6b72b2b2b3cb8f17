"""What is suggested after a week, and what becomes of the answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.workspace.visitors.people import Person, words
from tests.bot.house import CHANNEL, MONDAY, House
from tests.bot.members import (
    blanks,
    day_post,
    elements,
    finishes,
    finishes_all,
    form,
    goal_texts,
    goals_of,
    hears,
    last_words,
    newest,
)
from tests.bot.mock_rooms import clicks_forged

NEXT = MONDAY + timedelta(weeks=1)
OFFER = "A recovery week"
CORE = [
    "Solve 5 array and string problems",
    "Study the fundamentals of system design from end to end",
    "Design a URL shortener end to end",
    "Design a chat system end to end",
    "Write a story: technical leadership and a difficult decision",
    "Write a story: building a team and resolving a conflict",
    "Write a story: something new that you did for customers",
    "Write a story: a failure of yours and what it taught you",
    "Hold a mock interview: coding and behavioural questions",
    "Take up one of Tuesday's designs and add what you studied",
]


async def after_a_bad_week(house: House, **answers: object) -> Person:
    """Ana after a first week in which she did a fifth, on Sunday after the scorecard."""
    ana, _ = await house.group("Ana", "Bo", answers={"Ana": answers})
    await house.travel("Monday 08:00")
    await finishes(ana, await day_post(ana, "Monday"))
    await house.travel("Sunday 18:00")
    return ana


@pytest.fixture
async def ana(house: House) -> Person:
    """Ana, who shares fully, after a bad week."""
    return await after_a_bad_week(house, sharing="full")


async def test_the_offer_says_why_and_the_exact_week_in_the_channel_for_who_shares_fully(
    house: House, ana: Person
) -> None:
    (post,) = house.posts(CHANNEL, OFFER)
    text = words(post.payload)
    assert text.startswith("A recovery week for Ana?\nAna, ")
    assert "7 of 31 goals (22 %)." in text
    assert "10 goals instead of 23 · 6.8 h instead of 12 h" in text
    assert all(goal in text for goal in CORE)
    assert "21 February 2027" in text
    assert "Suggestion for next week: a recovery week, 10 goals instead of 23" in post.payload["text"]
    assert not house.posts(ana, OFFER)


@pytest.mark.parametrize("sharing", ["summary", "private"])
async def test_who_shares_less_gets_the_offer_alone(house: House, sharing: str) -> None:
    ana = await after_a_bad_week(house, sharing=sharing)
    assert not house.posts(CHANNEL, OFFER)
    (post,) = house.posts(ana, OFFER)
    assert words(post.payload).startswith("A recovery week?\n")
    assert "7 of 31 goals (22 %)." in words(post.payload)
    assert "Ana" not in words(post.payload)


async def test_accepting_makes_exactly_the_week_that_was_offered(house: House, ana: Person) -> None:
    post = await ana.waits_for(CHANNEL, OFFER)
    await ana.clicks(post, "Take the recovery week")
    await house.settle()
    assert words(await ana.fresh(post)).startswith(
        "Ana has taken a recovery week: core goals only, 10 goals, 6.8 h, week of Mon 30 Nov."
    )
    question = await newest(ana, CHANNEL)
    assert question["ephemeral"]
    assert question["text"].startswith("Done. Next week holds 10 goals, 6.8 h. What got in the way? Only you")
    assert "[Find a buddy]" in words(question)
    await ana.chooses(question, "suggestion_blocker", "Health")
    assert "Get well first." in await last_words(ana, CHANNEL)
    assert house.sql("select blocker from suggestions where state = 'accepted'") == [("health",)]
    assert [write.payload for write in house.posts(CHANNEL) if "health" in str(write.payload).lower()] == []
    assert "10 goals, 6 h 50 · as it would be offered now · recovery week" in await hears(
        ana, "/prep week next"
    )
    await house.travel("Monday 08:00")
    post = await day_post(ana, "Monday · week 2")
    assert goal_texts(post) == CORE[:1]
    assert "recovery week: core goals only" in words(post)
    assert [goal.text for goal in await goals_of(house, ana, NEXT)] == CORE
    await house.travel("2026-12-07 08:00")
    assert "Monday · week 2 of 12" in words(await day_post(ana, "Monday · week 2"))
    held_again = {goal.text for goal in await goals_of(house, ana, NEXT + timedelta(weeks=1))}
    assert not held_again & set(CORE)
    assert "until 21 February 2027" in await hears(ana, "/prep plan")


async def test_not_now_leaves_the_week_as_it_is(house: House, ana: Person) -> None:
    post = await ana.waits_for(CHANNEL, OFFER)
    await ana.clicks(post, "Not now")
    await house.settle()
    assert words(await ana.fresh(post)).startswith("Ana keeps next week as planned. That is fine, too.")
    await house.travel("Monday 08:00")
    assert len(await goals_of(house, ana, NEXT)) == 23


async def test_undo_restores_the_week_and_the_offer(house: House, ana: Person) -> None:
    post = await ana.waits_for(CHANNEL, OFFER)
    await ana.clicks(post, "Take the recovery week")
    await house.travel("Monday 08:00")
    assert len(await goals_of(house, ana, NEXT)) == 10
    await ana.clicks(post, "Undo")
    await house.settle()
    assert words(await ana.fresh(post)).startswith("A recovery week for Ana?")
    assert len(await goals_of(house, ana, NEXT)) == 23
    assert len(goal_texts(await day_post(ana, "Monday · week 2"))) == 4
    assert house.sql("select count(*) from adjustments") == [(0,)]
    await ana.clicks(post, "Take the recovery week")
    await house.settle()
    assert len(await goals_of(house, ana, NEXT)) == 10


async def test_the_others_clicks_are_refused_kindly(house: House, ana: Person) -> None:
    bo = await house.people.find("Bo")
    post = await ana.waits_for(CHANNEL, f"{OFFER} for Ana")
    for wanted in ("Take the recovery week", "Not now"):
        await bo.clicks(post, wanted)
        assert await last_words(bo, CHANNEL) == (
            "That one is for Ana to decide. A kind word or half an hour together helps more."
        )
    states = house.sql("select distinct state from suggestions")
    assert states == [("offered",)]


async def test_a_second_answer_to_the_same_offer_is_told_that_it_is_settled(
    house: House, ana: Person
) -> None:
    await ana.clicks(await ana.waits_for(CHANNEL, OFFER), "Take the recovery week")
    await house.workspace.socket.redeliver_last("interactive")
    await house.settle()
    assert house.sql("select count(*) from adjustments") == [(1,)]
    assert "That suggestion is settled" in await ana.reads(CHANNEL)


async def test_a_late_finish_withdraws_the_offer_kindly(house: House, ana: Person) -> None:
    await finishes_all(house, ana)
    await house.travel("Monday 00:00")
    post = await ana.waits_for(
        CHANNEL, "The week was finished after all: nothing needs to change. Well done, Ana."
    )
    assert "[Take" not in words(post)
    await house.travel("Monday 08:00")
    assert len(await goals_of(house, ana, NEXT)) == 23


def click_of(post: dict[str, Any], label: str) -> tuple[str, str]:
    """What a button sends, as somebody has it who still sees an older drawing of the post."""
    (found,) = [each for each in elements(post) if each["type"] == "button" and each["text"]["text"] == label]
    return found["action_id"], found["value"]


async def test_an_offer_of_a_week_that_is_over_can_no_longer_be_taken(house: House, ana: Person) -> None:
    post = await ana.waits_for(CHANNEL, OFFER)
    take = click_of(post, "Take the recovery week")
    await house.travel("2026-12-07 09:00")
    assert "Nothing of it is left to decide." in words(await ana.fresh(post))
    assert "[Take" not in words(await ana.fresh(post))
    before = [goal.id for goal in await goals_of(house, ana)]
    await clicks_forged(house, ana, *take)
    assert "That suggestion is settled: the week has begun or it was answered." in await last_words(ana)
    assert house.sql("select count(*) from adjustments") == [(0,)]
    assert [goal.id for goal in await goals_of(house, ana)] == before


async def test_an_answer_can_no_longer_be_taken_back_when_its_week_is_over(house: House, ana: Person) -> None:
    post = await ana.waits_for(CHANNEL, OFFER)
    await ana.clicks(post, "Take the recovery week")
    await house.settle()
    undo = click_of(await ana.fresh(post), "Undo")
    await house.travel("2026-12-07 09:00")
    assert "[Undo]" not in words(await ana.fresh(post))
    await clicks_forged(house, ana, *undo)
    assert "That suggestion is settled" in await last_words(ana)
    assert house.sql("select count(*) from adjustments") == [(1,)]


async def test_a_second_bad_week_offers_the_next_lighter_track_for_good(house: House, ana: Person) -> None:
    await house.travel("2026-12-06 18:00")
    post = await ana.waits_for(CHANNEL, "A lighter track for Ana?")
    assert "a second week below 70 %" in words(post)
    assert "[Take the lighter track] [Take a week more] [Adjust] [Not now]" in words(post)
    offered = next(line for line in words(post).splitlines() if " goals instead of " in line)
    await ana.clicks(post, "Take the lighter track")
    await house.settle()
    sheet = await form(ana, "/prep settings", "My settings")
    await house.submits(ana, sheet, {"sharing": "summary"})
    await house.settle()
    assert await last_words(ana, CHANNEL) == "Saved: the channel sees a summary."
    await house.travel("2026-12-07 08:00")
    goals = await goals_of(house, ana, NEXT + timedelta(weeks=1))
    minutes = sum(goal.minutes for goal in goals)
    assert minutes <= 9 * 60
    assert offered.startswith(f"{len(goals)} goals instead of ")
    held = blanks(await form(ana, "/prep settings", "My settings"))
    assert (held["track"], held["hours"]) == ("part-time", "9")
    await house.travel("2026-12-14 08:00")
    following = await goals_of(house, ana, NEXT + timedelta(weeks=2))
    assert sum(goal.minutes for goal in following) <= 9 * 60


async def test_a_strong_week_is_offered_more_in_private_and_taking_it_brings_stretch_goals(
    house: House,
) -> None:
    (ana,) = await house.group("Ana", sharing="full", hours=14)
    await house.travel("Sunday 17:00")
    await house.travel("2026-11-29 17:00")
    await finishes_all(house, ana)
    await house.travel("Sunday 18:00")
    post = await ana.waits_for_dm("A stronger week?")
    assert "That is a strong week." in words(post)
    assert not house.posts(CHANNEL, "A stronger week")
    await ana.clicks(post, "Take it up")
    await house.settle()
    assert "Done. Next week holds" in await ana.reads()
    await house.travel("Monday 08:00")
    assert "stretch" in {goal.tier for goal in await goals_of(house, ana, NEXT)}
    assert "strong week: with stretch goals" in words(await day_post(ana, "Monday · week 2"))
