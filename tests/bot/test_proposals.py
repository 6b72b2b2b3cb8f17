"""A goal that most of the group misses for weeks is put to a vote in the channel, and done as it says."""

from __future__ import annotations

from typing import Any

import pytest

from bot.workspace.visitors.people import Person, words
from tests.bot.asking import LAST_SUNDAY, QUESTION, WEEK, behind
from tests.bot.conftest import OpenHouse
from tests.bot.house import CHANNEL, MONDAY, House
from tests.bot.members import day_post, goals_of, has_element, hears, last_words

EASED = MONDAY + 2 * WEEK  # the first week that changes; the vote is in the one before
RESULT = "A little less coding, Mon 7 Dec to Sun 3 Jan"
LINE = "coding up to a quarter less until Sun 3 Jan, as the group agreed"
CLOSES = "Wednesday 18:00"


@pytest.fixture
async def house(open_house: OpenHouse) -> House:
    """The third Sunday of a group that did not get to its coding."""
    return await open_house(LAST_SUNDAY)


async def asked(house: House, *names: str, **answers: Any) -> list[Person]:
    """These members on the Monday morning on which they are asked; by default they show everything."""
    people = await behind(house, *names, **answers)
    await house.travel("Monday 08:59")
    assert not house.posts(CHANNEL, QUESTION)
    await house.travel("Monday 09:00")
    return people


async def post(house: House, person: Person) -> dict[str, Any]:
    """The question in the channel as it stands now."""
    (write,) = house.posts(CHANNEL, QUESTION)
    messages = await person.messages(CHANNEL)
    return next(message for message in messages if message["ts"] == write.ts)


async def votes(house: House, person: Person, wanted: str) -> str:
    """Press a button of the question; what comes back."""
    await person.clicks(await post(house, person), wanted)
    await house.settle()
    return await last_words(person, CHANNEL)


async def coding(house: House, person: Person) -> int:
    """The minutes of coding in the first week that may have changed."""
    return sum(goal.minutes for goal in await goals_of(house, person, EASED) if goal.area == "coding")


async def test_the_channel_is_asked_once_with_numbers_and_without_names(house: House) -> None:
    ana, *_ = await asked(house, "Ana", "Bo", "Cy", "Dee", answers={"Dee": {"sharing": "summary"}})
    text = words(await post(house, ana))
    assert text.startswith(
        f"{QUESTION}\n"
        "3 of the 3 who show everything were below their target for coding problems three weeks in a row. "
        "That may say more about the target than about anybody.\n"
        "• *Ease it*: Mon 7 Dec to Sun 3 Jan, coding gets up to a quarter less time, and the other areas get"
        " it. Core goals and your hours stay as they are.\n• *Keep it*: nothing changes.\n"
    )
    assert "Nobody has voted yet. Open until Wednesday 2 Dec, 18:00, Berlin (UTC+1)." in text
    assert "[Ease it] [Keep it]" in text
    assert not any(name in text for name in ("Ana", "Bo", "Cy", "Dee"))
    (write,) = house.posts(CHANNEL, QUESTION)
    assert write.payload["text"].startswith(f"{QUESTION} 3 of the 3 who show everything")
    await house.restart_bot()
    await house.travel("Tuesday 09:00")
    assert len(house.posts(CHANNEL, QUESTION)) == 1


async def test_nothing_is_asked_where_only_two_show_everything(house: House) -> None:
    await asked(house, "Ana", "Bo", "Cy", answers={"Cy": {"sharing": "private"}})
    assert house.sql("select closed from scorecards where week_of = ?", [MONDAY.isoformat()])
    assert not house.posts(CHANNEL, "A little less")
    assert house.sql("select count(*) from proposals") == [(0,)]


async def test_a_vote_is_counted_and_can_be_changed_and_is_told_to_nobody_else(house: House) -> None:
    ana, bo, _ = await asked(house, "Ana", "Bo", "Cy")
    said = await votes(house, ana, "Ease it")
    assert said.startswith("You voted to ease coding. Until Wednesday 2 Dec, 18:00, your time, you can")
    await votes(house, bo, "Keep it")
    assert "2 have voted" in words(await post(house, ana))
    answer = (await bo.messages(CHANNEL))[-1]
    assert answer["ephemeral"]
    await bo.clicks(answer, "Ease it")
    await house.workspace.socket.redeliver_last("interactive")
    await house.settle()
    assert "2 have voted" in words(await post(house, ana))
    assert house.sql("select membership_id, choice from votes order by 1") == [(1, "ease"), (2, "ease")]
    drawn = [str(write.payload) for write in (*house.posts(CHANNEL, QUESTION), *house.updates())]
    assert not any("voted to ease" in each or "Bo" in each for each in drawn if QUESTION in each)


async def test_who_is_not_in_the_group_is_invited_and_mentors_leave_it_to_the_others(house: House) -> None:
    _, bo, cy, _ = await asked(house, "Ana", "Bo", "Cy", "Dee")
    eve = await house.person("Eve")
    await eve.joins(CHANNEL)
    assert "You're not in Staff Prep yet." in await votes(house, eve, "Ease it")
    house.sql("update memberships set role = 'mentor' where user_id = ?", [bo.id])
    assert "mentors leave it to them" in await votes(house, bo, "Ease it")
    assert house.sql("select count(*) from votes") == [(0,)]
    house.sql("update proposals set closes_at = '2026-11-30 08:00:00.000000'")
    assert await votes(house, cy, "Ease it") == "That vote is over. `/prep week` shows what counts for you."


async def test_if_it_passes_everybody_is_eased_but_who_voted_to_keep_theirs(house: House) -> None:
    ana, bo, cy, dee = await asked(house, "Ana", "Bo", "Cy", "Dee")
    await votes(house, ana, "Ease it")
    await votes(house, bo, "Ease it")
    await votes(house, cy, "Keep it")
    await house.travel(CLOSES)
    text = words(await post(house, ana))
    assert RESULT in text
    assert "2 voted to ease it, 1 to keep it." in text
    assert "[Keep mine] [Ease mine]" in text
    assert LINE in await hears(dee, "/prep week next")
    assert "you keep your coding" in await hears(cy, "/prep week next")
    await house.travel("2026-12-07 08:00")
    usual = await coding(house, cy)
    assert [await coding(house, person) < usual for person in (ana, bo, dee)] == [True] * 3
    day = await day_post(dee, "Monday")
    assert LINE in words(day)
    assert has_element(day, "proposal_keep_1")
    kept = await day_post(cy, "Monday")
    assert "quarter less" not in words(kept)


async def test_after_the_vote_each_can_still_have_theirs_as_it_was_and_back(house: House) -> None:
    ana, bo, cy = await asked(house, "Ana", "Bo", "Cy")
    for person in (ana, bo):
        await votes(house, person, "Ease it")
    await house.travel("2026-12-07 08:00")
    eased = await coding(house, cy)
    day = await day_post(cy, "Monday")
    await cy.clicks(day, "Keep my coding")
    await house.settle()
    assert "You keep your coding as it was. Your open days are planned that way." in await cy.reads()
    assert await coding(house, cy) > eased
    assert LINE not in words(await day_post(cy, "Monday"))
    assert "2 voted to ease it, 0 to keep it." in words(await post(house, ana))
    assert (await votes(house, cy, "Ease mine")).startswith(
        "Your coding gets up to a quarter less time until"
    )
    assert await coding(house, cy) == eased
    house.sql("update proposals set last_week = '2026-11-23'")
    assert "That vote is over." in await votes(house, ana, "Keep mine")


async def test_without_a_majority_it_stays_and_votes_of_who_has_left_do_not_count(house: House) -> None:
    ana, bo, cy = await asked(house, "Ana", "Bo", "Cy")
    for person in (ana, bo):
        await votes(house, person, "Ease it")
    await votes(house, cy, "Keep it")
    await hears(bo, "/prep leave")
    house.sql("update memberships set status = 'left' where user_id = ?", [bo.id])
    await house.travel(CLOSES)
    text = words(await post(house, ana))
    assert text.startswith("*Coding stays as it is*\n1 voted to ease it, 1 to keep it.")
    assert "[" not in text
    assert house.sql("select state from proposals") == [("failed",)]
    assert "quarter less" not in await hears(ana, "/prep week next")


async def test_a_group_that_rests_decides_nothing_and_counts_when_it_goes_on(house: House) -> None:
    ana, bo, _ = await asked(house, "Ana", "Bo", "Cy")
    for person in (ana, bo):
        await votes(house, person, "Ease it")
    house.sql("update groups set status = 'archived'")
    house.sql("delete from timers")
    await house.travel("Thursday 09:00")
    assert house.sql("select state from proposals") == [("open",)]
    await ana.archives(CHANNEL)
    await ana.unarchives(CHANNEL)
    await house.settle()
    assert house.sql("select state from proposals") == [("passed",)]
