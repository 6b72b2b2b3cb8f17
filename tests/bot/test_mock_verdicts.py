"""When people say that a mock did not happen, or do not say anything."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest

from bot.store import mock_feedback
from bot.workspace.visitors.people import Person, words
from tests.bot.house import CHANNEL, House
from tests.bot.members import last_words, membership_of
from tests.bot.sessions import HOW_WAS_IT, a_session, asked, counted, ends_at, gives, says, state_of

TWO_DAYS = timedelta(hours=48)


@pytest.fixture
async def pair(house: House) -> list[Person]:
    """Ana, who begins as interviewer, and Bo."""
    return await house.group("Ana", "Bo")


async def reliability(house: House, *people: Person) -> list[float]:
    """What the matching may know of these people."""
    ids = [(await membership_of(house, person)).id for person in people]
    async with house.read() as session:
        found = await mock_feedback.reliability(session, ids, house.now.astimezone(UTC).date())
    return [found[each] for each in ids]


async def test_who_waited_in_vain_reads_kind_words_and_the_other_alone_pays(
    house: House, pair: list[Person]
) -> None:
    ana, bo = pair
    mock = await a_session(house, pair)
    await house.travel(ends_at(mock))
    await says(house, ana, "They didn't come")
    assert "you come first when the next round is matched" in words(await asked(ana))
    assert state_of(house, mock) == "agreed"  # Bo may still contradict
    await house.travel(ends_at(mock) + TWO_DAYS)
    assert state_of(house, mock) == "missed"
    of_ana, of_bo = await reliability(house, ana, bo)
    assert (of_ana, of_bo < 1) == (1.0, True)
    assert [await counted(house, person) for person in pair] == [0, 0]
    assert "did it happen" not in await ana.reads(CHANNEL)


async def test_a_claim_that_the_other_contradicts_counts_for_nobody(house: House, pair: list[Person]) -> None:
    ana, bo = pair
    mock = await a_session(house, pair)
    await house.travel(ends_at(mock))
    await says(house, ana, "They didn't come")
    await says(house, bo, "They didn't come")
    assert state_of(house, mock) == "unclear"
    assert await reliability(house, ana, bo) == [1.0, 1.0]
    for person in pair:
        assert "this one counts for nobody; nothing is held against anybody" in words(await asked(person))


async def test_who_could_not_come_says_so_and_it_is_settled_at_once_when_both_have_answered(
    house: House, pair: list[Person]
) -> None:
    ana, bo = pair
    mock = await a_session(house, pair)
    await house.travel(ends_at(mock))
    await says(house, bo, "I couldn't")
    await says(house, ana, "They didn't come")
    assert state_of(house, mock) == "missed"
    assert "thank you for saying so" in words(await asked(bo))


async def test_when_nobody_answers_nothing_counts_until_somebody_does(
    house: House, pair: list[Person]
) -> None:
    ana, _ = pair
    mock = await a_session(house, pair)
    await house.travel(ends_at(mock) + TWO_DAYS)
    assert state_of(house, mock) == "unclear"
    assert "it counts for nobody. You can still say how it was." in words(await asked(ana))
    await says(house, ana, "Yes")
    assert state_of(house, mock) == "held"
    assert [await counted(house, person) for person in pair] == [1, 1]


async def test_feedback_says_that_it_took_place(house: House, pair: list[Person]) -> None:
    ana, bo = pair
    mock = await a_session(house, pair)
    await house.travel(ends_at(mock))
    await gives(house, ana, bo)
    rows = house.sql("select answered from mock_seats order by id")
    assert rows == [("yes",), (None,)]


async def test_a_mock_that_was_moved_is_asked_about_again_after_its_new_time(
    house: House, pair: list[Person]
) -> None:
    ana, bo = pair
    mock = await a_session(house, pair)
    await house.travel(ends_at(mock))
    old = await asked(bo)
    await says(house, ana, "We moved it")
    assert state_of(house, mock) == "proposed"
    form = await ana.modal("Other times")
    new = house.at("Saturday 10:00")
    await house.submits(ana, form, {"moment": int(new.timestamp())})
    await house.settle()
    await bo.clicks(old, "Propose a time")
    await house.submits(bo, await bo.modal("Other times"), {"moment": int(new.timestamp())})
    await house.settle()
    assert state_of(house, mock) == "agreed"
    assert "Sat 21 Nov 10:00: that is its new time." in words(await bo.fresh(old))
    await house.travel(new + timedelta(minutes=90))
    assert len(house.posts(bo, HOW_WAS_IT)) == 2
    for person in pair:
        await says(house, person, "Yes")
    assert state_of(house, mock) == "held"


async def test_it_cannot_be_moved_once_somebody_says_that_it_took_place(
    house: House, pair: list[Person]
) -> None:
    ana, bo = pair
    mock = await a_session(house, pair)
    await house.travel(ends_at(mock))
    await says(house, ana, "Yes")
    await says(house, bo, "We moved it")
    assert "Ana says that it took place." in await last_words(bo)
    assert state_of(house, mock) == "agreed"


async def test_nobody_can_speak_about_a_mock_that_is_not_over(house: House, pair: list[Person]) -> None:
    ana, _ = pair
    mock = await a_session(house, pair)
    await house.travel(ends_at(mock))
    post = await asked(ana)
    later = (ends_at(mock) + timedelta(days=1)).isoformat(" ").replace("+00:00", "")
    house.sql("update mock_sessions set starts_at = ?", [later])
    await ana.clicks(post, "Yes")
    await house.settle()
    assert "That mock is not over yet." in await last_words(ana)


async def test_in_an_archived_group_nobody_is_asked(house: House, pair: list[Person]) -> None:
    ana, _ = pair
    mock = await a_session(house, pair)
    await ana.archives(CHANNEL)
    await house.settle()
    await house.travel(ends_at(mock))
    assert not house.posts(saying=HOW_WAS_IT)


async def test_after_an_outage_of_days_people_are_still_asked(house: House, pair: list[Person]) -> None:
    ana, bo = pair
    mock = await a_session(house, pair)
    await house.stop_bot()
    await house.travel(ends_at(mock) + timedelta(days=3))
    await house.start_bot()
    await house.settle()
    assert len(house.posts(ana, "did it happen?")) == 1
    await says(house, bo, "Yes")
    assert state_of(house, mock) == "held"
