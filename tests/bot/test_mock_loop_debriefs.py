"""After a full loop: secret votes, the debrief, what the candidate reads, what counts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.workspace.visitors.people import Person, words
from tests.bot.conftest import OpenHouse
from tests.bot.house import CHANNEL, House
from tests.bot.loops import (
    asked,
    cast_of,
    feedback_doors,
    last_round_ends,
    plans_loop,
    room,
    votes,
    writes,
)
from tests.bot.members import has_element
from tests.bot.mock_rooms import clicks_forged
from tests.bot.sessions import counted
from tests.bot.test_crashes import KILLED, SENT, a_mortal_bot

FEEDBACK = "Feedback on your full loop"
DEBRIEF = "Debrief: Ana"
TWO_DAYS = timedelta(hours=48)


@pytest.fixture
async def three(house: House) -> list[Person]:
    """Ana after her short loop's last round; Bo, the bar raiser, and Chen are asked now."""
    people = ana, bo, chen = await house.group("Ana", "Bo", "Chen")
    await plans_loop(house, ana, [bo, chen], format="short", bar_raiser=[bo.id])
    await house.travel(await last_round_ends(house))
    return people


async def deadline(house: House) -> None:
    """Let the two days after the end pass."""
    await house.travel((await cast_of(house)).ends_at + TWO_DAYS)


async def test_each_interviewer_is_asked_once_before_the_debrief_and_the_candidate_rates_herself(
    house: House, three: list[Person]
) -> None:
    ana, bo, chen = three
    for person in (bo, chen):
        (post,) = house.posts(person, "How was the loop?")
        assert "Ana's last round is over. Would you hire Ana at this level?" in words(post.payload)
        assert has_element(await asked(person), "loop_vote")
    own = words(await asked(ana))
    assert "how do you rate yourself, round by round?" in own
    assert "[Vote]" not in own
    assert len(feedback_doors(await asked(ana))) == 3
    assert not house.posts(CHANNEL, "loop")


async def test_nobody_reads_a_vote_before_all_are_in(house: House, three: list[Person]) -> None:
    ana, bo, chen = three
    await votes(house, bo, "Not inclined", "from-bo")
    assert "Your vote on Ana: *Not inclined*." in words(await asked(bo))
    assert not house.posts(saying=DEBRIEF)
    for person in (ana, chen):
        assert "from-bo" not in await person.reads()
    await votes(house, bo, "Inclined", "changed-by-bo")
    await votes(house, chen, "Strongly inclined")
    debrief = words(await bo.waits_for(house.place([bo, chen]), DEBRIEF))
    assert "2 of 2 are inclined: a yes." in debrief
    assert "*Bo* (bar raiser): Inclined\nchanged-by-bo" in debrief
    assert "*Chen*: Strongly inclined" in debrief
    assert "from-bo" not in debrief
    assert len(house.posts([bo, chen], DEBRIEF)) == 1
    assert "changed-by-bo" not in await ana.reads()
    assert "changed-by-bo" not in await ana.reads(house.place(three))
    await clicks_forged(house, bo, "loop_vote", "1")
    assert "The votes are open, so yours stays as it is." in await bo.reads()


async def test_the_candidate_reads_when_all_have_voted_and_written_with_the_outcome_without_names(
    house: House, three: list[Person]
) -> None:
    ana, bo, chen = three
    await writes(house, ana, ana, 3)
    await votes(house, bo, "Not inclined", "secret-note")
    await votes(house, chen, "Inclined")
    await writes(house, bo, ana, 2, "from-bo")
    assert not house.posts(saying=FEEDBACK)
    await writes(house, chen, ana, 4, "from-chen")
    (post,) = house.posts(ana, FEEDBACK)
    text = words(post.payload)
    assert "Your panel is divided: 1 of 2 would hire you today." in text
    assert "Over the whole day: structure " in text
    assert "· Bo" in text
    assert "Structure 2 (you 3)" in text
    assert "Keep: Calm under questions from-chen" in text
    assert "1. Say the number first from-bo" in text
    assert "next week]" in text
    assert "secret-note" not in text
    assert "bar raiser is not inclined" not in text
    assert "Not inclined" not in text
    for needed in ("Your panel is divided", "Structure 2 (you 3)"):
        assert needed in post.payload["text"]
    assert not house.posts(CHANNEL, "from-")
    assert (await cast_of(house)).loop.state == "over"
    await deadline(house)
    assert len(house.posts(ana, FEEDBACK)) == 1


async def test_at_the_deadline_what_is_in_is_read_and_who_is_late_still_arrives(
    house: House, three: list[Person]
) -> None:
    ana, bo, chen = three
    await votes(house, bo, "Inclined")
    await writes(house, bo, ana, 4, "from-bo")
    await deadline(house)
    debrief = await bo.waits_for(house.place([bo, chen]), DEBRIEF)
    assert "Chen has not voted." in words(debrief)
    (post,) = house.posts(ana, FEEDBACK)
    assert "Your panel says yes: 1 of 1 would hire you today." in words(post.payload)
    assert "Their interviewer has not written yet: " in words(post.payload)
    await votes(house, chen, "Not inclined")
    await writes(house, chen, ana, 5, "from-chen")
    assert "A tie: 1 inclined, 1 not." in words(await bo.fresh(debrief))
    again = words(await ana.waits_for_dm(FEEDBACK))
    assert "from-chen" in again
    assert "Your panel is divided" in again
    assert len(house.posts(ana, FEEDBACK)) == len(house.posts([bo, chen], DEBRIEF)) == 1


async def test_a_loop_counts_once_for_its_candidate_and_for_nobody_else(
    house: House, three: list[Person]
) -> None:
    ana, bo, chen = three
    assert await counted(house, ana) == 0
    await votes(house, bo, "Inclined")
    assert await counted(house, ana) == 1
    await votes(house, chen, "Inclined")
    await writes(house, bo, ana)
    await writes(house, chen, ana)
    await deadline(house)
    assert [await counted(house, person) for person in three] == [1, 0, 0]
    assert {row[0] for row in house.sql("select state from mock_sessions")} == {"held"}
    assert house.sql("select minutes from entries where mock_id is not null") == [(180,)]


async def test_without_a_vote_and_without_feedback_it_counts_for_nobody_and_the_candidate_hears_why(
    house: House, three: list[Person]
) -> None:
    ana, bo, chen = three
    await deadline(house)
    assert await counted(house, ana) == 0
    assert {row[0] for row in house.sql("select state from mock_sessions")} == {"unclear"}
    assert not house.posts([bo, chen], DEBRIEF)
    (post,) = house.posts(ana, FEEDBACK)
    assert "Your panel has not voted. Nobody has written either." in words(post.payload)
    await writes(house, bo, ana)  # late is better than never
    assert await counted(house, ana) == 1
    assert "What they wrote is below." in words(await ana.waits_for_dm(FEEDBACK))


async def test_the_weakest_skill_of_the_day_becomes_one_goal(house: House, three: list[Person]) -> None:
    ana, bo, chen = three
    await votes(house, bo, "Inclined")
    await votes(house, chen, "Inclined")
    await writes(house, bo, ana, 2)
    await writes(house, chen, ana, 4)
    await ana.clicks(await ana.waits_for_dm(FEEDBACK), "mock_practise")
    await house.settle()
    after = await ana.waits_for_dm(FEEDBACK)
    assert not has_element(after, "mock_practise")
    assert "On your list for" in words(after)
    assert house.sql("select count(*) from mock_feedback where goal_id is not null") == [(1,)]


async def test_feedback_arrives_also_when_its_author_has_left_and_the_group_is_archived(
    house: House, three: list[Person]
) -> None:
    ana, bo, chen = three
    await votes(house, bo, "Inclined")
    await writes(house, bo, ana, 4, "from-bo")
    await bo.leaves(CHANNEL)
    await house.settle()
    await chen.archives(CHANNEL)
    await house.settle()
    await deadline(house)
    text = words(house.posts(ana, FEEDBACK)[0].payload)
    assert "from-bo" in text
    assert "an interviewer who has left" in text


async def test_what_the_candidate_has_read_can_no_longer_be_changed(
    house: House, three: list[Person]
) -> None:
    ana, bo, chen = three
    for person in (bo, chen):
        await votes(house, person, "Inclined")
        await writes(house, person, ana)
    assert feedback_doors(await asked(bo)) == []
    assert not has_element(await asked(bo), "loop_vote")
    assert "What your panel wrote is in this conversation." in words(await asked(ana))


async def test_a_candidate_and_a_stranger_cannot_vote(house: House, three: list[Person]) -> None:
    ana, *_ = three
    eve = await house.person("Eve")
    await house.joins(eve)
    await clicks_forged(house, ana, "loop_vote", "1")
    assert "That is for the interviewers to say" in await ana.reads()
    await clicks_forged(house, eve, "loop_vote", "1")
    assert "That loop belongs to others." in await eve.reads()
    assert house.sql("select count(*) from loop_panelists where vote is not null") == [(0,)]


async def test_the_groups_card_counts_a_loop_as_one_mock(house: House) -> None:
    ana, bo, chen = await house.group("Ana", "Bo", "Chen")
    await plans_loop(house, ana, [bo, chen], format="short", when="2026-11-28 10:00")
    await house.travel(await last_round_ends(house))
    await votes(house, bo, "Inclined")
    await votes(house, chen, "Inclined")
    await house.travel("Sunday 18:00")
    assert "1 mock held" in words(await ana.waits_for(CHANNEL, "Week 48"))


async def test_a_shadow_may_write_and_nobody_waits_for_it(house: House) -> None:
    four = ana, *panel = await house.group("Ana", "Bo", "Chen", "Dan")
    await plans_loop(house, ana, panel, bar_raiser=[panel[0].id])
    await house.travel(await last_round_ends(house))
    listening = house.sql("select count(*) from mock_seats where role = 'observer'")
    assert listening == [(1,)]
    for person in panel:
        await votes(house, person, "Inclined")
    bo = panel[0]
    (raised, listened) = feedback_doors(await asked(bo))[::-1]
    for person in panel[1:]:
        await writes(house, person, ana)
    assert not house.posts(ana, FEEDBACK)
    assert raised != listened
    await writes(house, bo, ana, 4, "from-bo")
    assert "(listening)" in words(await ana.waits_for_dm(FEEDBACK))
    assert len(house.posts(ana, FEEDBACK)) == 1
    assert (await room(house, four))["ts"] == house.posts(four)[0].ts


# Crashes


async def test_bots_that_die_at_the_deadline_debrief_count_and_tell_once(open_house: OpenHouse) -> None:
    house = await open_house()
    ana, bo, chen = await house.group("Ana", "Bo", "Chen")
    await plans_loop(house, ana, [bo, chen], format="short")
    await house.travel(await last_round_ends(house))
    await votes(house, bo, "Inclined")
    ends_at = (await cast_of(house)).ends_at
    await house.stop_bot()
    await house.travel(ends_at + TWO_DAYS)
    assert await a_mortal_bot(house, "before", "INSERT INTO deliveries", "loop_feedback") == KILLED
    assert house.sql("select debriefed_at from mock_loops") == [(None,)]
    assert await a_mortal_bot(house, "after", "INSERT INTO deliveries", "loop_feedback") == KILLED
    assert await a_mortal_bot(house, "before", *SENT) == KILLED
    await house.start_bot()
    for _ in range(3):  # past the lease, past the doubt
        await house.travel(timedelta(minutes=4))
    assert len(house.posts([bo, chen], DEBRIEF)) == 1
    assert len(house.posts(ana, FEEDBACK)) == 1
    assert await counted(house, ana) == 1


async def test_a_bot_that_dies_while_it_plans_to_remind_reminds_once(open_house: OpenHouse) -> None:
    house = await open_house()
    ana, bo, chen = people = await house.group("Ana", "Bo", "Chen")
    await plans_loop(house, ana, [bo, chen], format="short")
    await house.travel((await cast_of(house)).loop.starts_at - timedelta(hours=25))
    await house.stop_bot()
    await house.travel(timedelta(hours=1))
    assert await a_mortal_bot(house, "before", "INSERT INTO deliveries", "loop_dayahead") == KILLED
    assert await a_mortal_bot(house, "after", "INSERT INTO deliveries", "loop_dayahead") == KILLED
    await house.start_bot()
    await house.settle()
    assert len(house.posts(people, "Tomorrow")) == 1


async def test_two_bots_ask_and_debrief_once(open_house: OpenHouse) -> None:
    house = await open_house()
    ana, bo, chen = await house.group("Ana", "Bo", "Chen")
    await plans_loop(house, ana, [bo, chen], format="short")
    second = house.another_bot()
    await second.start()
    try:
        await house.travel(await last_round_ends(house))
        await second.schedule.arrive()
        for person in (bo, chen):
            await votes(house, person, "Inclined")
        await second.schedule.arrive()
        await house.settle()
    finally:
        await second.stop()
    assert [len(house.posts(person, "How was the loop?")) for person in (ana, bo, chen)] == [1, 1, 1]
    assert len(house.posts([bo, chen], DEBRIEF)) == 1
    assert await counted(house, ana) == 1
