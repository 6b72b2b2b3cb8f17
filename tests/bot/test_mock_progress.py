"""What a member's mocks add up to: the list, skills, calibration, a break when ratings fall."""

from __future__ import annotations

import pytest

from bot.store import mock_feedback
from bot.workspace.visitors.people import Person, words
from tests.bot.house import House
from tests.bot.members import Json, asks, membership_of
from tests.bot.sessions import a_session, ends_at, gives

FEEDBACK = "Feedback on your technical mock"


@pytest.fixture
async def pair(house: House) -> list[Person]:
    """Ana, who begins as interviewer, and Bo."""
    return await house.group("Ana", "Bo")


async def page(house: House, person: Person) -> Json:
    """What `/prep mock sessions` answers."""
    await house.settle()
    return await asks(person, "/prep mock sessions")


async def practise(house: House, pair: list[Person], *rounds: tuple[str, int, int]) -> None:
    """Hold mocks at these times; Ana rates Bo so, and he rates himself so."""
    ana, bo = pair
    for when, value, own in rounds:
        mock = await a_session(house, pair, when)
        await house.travel(ends_at(mock))
        await gives(house, ana, bo, value)
        await gives(house, bo, ana, 4, own=own)


async def test_without_any_mock_the_page_invites(house: House, pair: list[Person]) -> None:
    assert "You have no mock interview yet." in words(await page(house, pair[0]))


async def test_the_page_lists_coming_and_past_with_their_states(house: House, pair: list[Person]) -> None:
    _, bo = pair
    await practise(house, pair, ("Thursday 17:00", 3, 4))
    over = await a_session(house, pair, "Friday 17:00")
    await house.travel(ends_at(over))
    await a_session(house, pair, "Saturday 10:00")
    message = await page(house, bo)
    text = words(message)
    assert "*Coming*\nSat 21 Nov 10:00: technical with Ana, agreed" in text
    assert (
        "*Past*\nFri 20 Nov 17:00: technical with Ana, over; did it happen?\n"
        "Thu 19 Nov 17:00: technical with Ana, held"
    ) in text
    assert "Average of your last 1 mock, out of 5: structure 3.0, technical depth 3.0" in text
    assert "[Feedback for Ana]" in text
    assert "technical with Ana, held" in message["text"]


async def test_calibration_and_a_break_come_with_the_feedback(house: House, pair: list[Person]) -> None:
    _, bo = pair
    await practise(house, pair, ("Thursday 17:00", 5, 3), ("Friday 17:00", 4, 3))
    first, second = house.posts(bo, FEEDBACK)
    assert "You rate yourself" not in words(first.payload)
    assert "You rate yourself 1.5 below your partners." in words(second.payload)
    assert "Your last 2 mocks: structure 4.5" in words(second.payload)
    assert "fell twice in a row" not in words(second.payload)
    await practise(house, pair, ("Saturday 10:00", 3, 3))
    third = house.posts(bo, FEEDBACK)[-1]
    assert "24 to 48 hours without any practice" in words(third.payload)


async def test_the_matching_learns_weak_and_strong_skills_of_what_was_read(
    house: House, pair: list[Person]
) -> None:
    ana, bo = pair
    of_ana, of_bo = [(await membership_of(house, person)).id for person in pair]
    mock = await a_session(house, pair)
    await house.travel(ends_at(mock))
    await gives(house, ana, bo, 2, structure=5)
    async with house.read() as session:
        assert await mock_feedback.skills(session, [of_ana, of_bo]) == {}
    await gives(house, bo, ana, 3)
    async with house.read() as session:
        found = await mock_feedback.skills(session, [of_ana, of_bo])
    weak, strong = found[of_bo]
    assert weak == {"evidence", "communication", "time_management", "question_handling"}
    assert strong == {"structure"}
    assert of_ana not in found
