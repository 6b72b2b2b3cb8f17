"""The minimums: in the week, at the check-in, on one's own card; never in the channel."""

from __future__ import annotations

import pytest

from bot.workspace.visitors.people import Person, words
from tests.bot.conftest import OpenHouse
from tests.bot.house import CHANNEL, SUNDAY, House
from tests.bot.members import asks, hears

ROOM = '{"mock_interviews": 1, "system_design_problems": 2, "coding_problems": 10, "stories": 3}'
LITTLE = '{"mock_interviews": 1, "system_design_problems": 2, "coding_problems": 4, "stories": 3}'


@pytest.fixture
async def house(open_house: OpenHouse) -> House:
    return await open_house(SUNDAY)


@pytest.fixture
async def ana(house: House) -> Person:
    """Ana on Monday morning, in a week whose goals hold every minimum."""
    (ana,) = await house.group("Ana", sharing="full")
    await house.travel("Monday 08:00")
    offers(house, ROOM)
    return ana


def offers(house: House, counts: str) -> None:
    """Let the goals of the week count exactly this, all of it in one goal."""
    house.sql("update goals set metrics = '{}'")
    house.sql("update goals set metrics = ? where id = (select max(id) from goals)", [counts])


async def logs(person: Person, *lines: str) -> None:
    """Log one line after the other."""
    for line in lines:
        await hears(person, f"/prep log {line}")


def found_in(text: str, beginning: str) -> str:
    """The line that begins so; "" if there is none."""
    return next((line for line in text.splitlines() if line.startswith(beginning)), "")


async def weeks_line(person: Person, beginning: str = "Minimums of the week") -> str:
    return found_in(await hears(person, "/prep week"), beginning)


# The week


async def test_the_week_counts_the_four_minimums(ana: Person) -> None:
    assert await weeks_line(ana) == (
        "Minimums of the week: mocks 0 of 1 · designs 0 of 2 · coding 0 of 10 · stories 0 of 3"
    )
    await logs(ana, "mock 1", "sd 1", "coding 6", "stories 3")
    assert await weeks_line(ana) == (
        "Minimums of the week: mocks 1 of 1 · designs 1 of 2 · coding 6 of 10 · stories 3 of 3"
    )


async def test_the_daily_minimum_counts_the_working_days_so_far_and_today_once_it_holds(
    house: House, ana: Person
) -> None:
    line = "Daily minimum held"
    assert await weeks_line(ana, line) == ""
    await logs(ana, "hours 0.75 behavioral", "hours 0.5 coding")
    assert await weeks_line(ana, line) == ""
    await logs(ana, "hours 0.25 sd")
    assert await weeks_line(ana, line) == "Daily minimum held on 1 of 1 day so far"
    await house.travel("Wednesday 09:00")
    assert await weeks_line(ana, line) == "Daily minimum held on 1 of 2 days so far"
    await house.travel("Sunday 09:00")
    assert await weeks_line(ana, line) == "Daily minimum held on 1 of 5 days so far"


async def test_days_off_and_pauses_are_not_asked(house: House) -> None:
    (ana,) = await house.group("Ana", days_off=["0", "1"])
    await house.travel("Wednesday 09:00")
    await hears(ana, "/prep pause 1d")
    await house.travel("Sunday 09:00")
    assert await weeks_line(ana, "Daily minimum held") == "Daily minimum held on 0 of 2 days so far"


async def test_days_before_the_plan_began_are_not_asked(open_house: OpenHouse) -> None:
    house = await open_house()  # on a Wednesday
    (ana,) = await house.group("Ana", start="today")
    await house.travel("Saturday 09:00")
    assert await weeks_line(ana, "Daily minimum held") == "Daily minimum held on 0 of 3 days so far"


async def test_a_week_that_is_paused_from_end_to_end_asks_for_nothing(house: House) -> None:
    (ana,) = await house.group("Ana")
    await house.travel("Monday 00:30")
    await hears(ana, "/prep pause 1w")
    assert await weeks_line(ana) == ""


async def test_what_the_hours_do_not_hold_is_said_and_nobody_is_short_of_it(
    house: House, ana: Person
) -> None:
    offers(house, LITTLE)
    house.sql("update goals set minutes = 0")
    house.sql("update goals set minutes = 420 where metrics <> '{}'")
    assert await weeks_line(ana, "This week's") == (
        "This week's 7 h hold 4 coding problems; the usual minimum is 10."
    )
    await logs(ana, "mock 1", "sd 2", "coding 4", "stories 3")
    card = await hears(ana, "/prep scorecard")
    assert "Still open of the week's minimums" not in card
    assert "This week's 7 h hold 4 coding problems; the usual minimum is 10." in card


async def test_the_week_ahead_says_only_what_its_hours_do_not_hold(house: House) -> None:
    (ana,) = await house.group("Ana", hours=4)
    await house.travel("Monday 08:00")
    ahead = await hears(ana, "/prep week next")
    assert found_in(ahead, "Minimums of the week") == ""
    assert "the usual minimums are" in found_in(ahead, "This week's 4 h hold")


# The check-in


async def test_the_check_in_offers_what_is_short_and_fits_into_the_weekend(house: House, ana: Person) -> None:
    await logs(ana, "mock 1", "sd 1", "coding 7")
    await house.travel("Saturday 18:00")
    post = await ana.waits_for_dm("Weekly check-in")
    still = (
        "Still open of the week's minimums, and it would fit into the weekend: "
        "1 system design (about 45 min), 3 coding problems (about 1 h) "
        "and 3 STAR stories (about 1 h 30). Only if it does you good."
    )
    assert still in words(post)
    assert still in post["text"]


async def test_a_check_in_after_a_held_week_offers_nothing(house: House, ana: Person) -> None:
    await logs(ana, "mock 1", "sd 2", "coding 10", "stories 3")
    await house.travel("Saturday 18:00")
    assert "Still open" not in words(await ana.waits_for_dm("Weekly check-in"))


async def test_a_weekend_off_is_left_alone(house: House) -> None:
    (ana,) = await house.group("Ana", days_off=["5", "6"])
    await house.travel("Monday 08:00")
    offers(house, ROOM)
    await house.travel("Saturday 18:00")
    assert "Still open" not in words(await ana.waits_for_dm("Weekly check-in"))


# The card


async def test_ones_own_card_names_what_is_short_and_the_channel_never_does(
    house: House, ana: Person
) -> None:
    await logs(ana, "mock 1", "sd 1", "coding 6", "stories 3")
    await house.travel("Sunday 18:00")
    (card,) = house.posts(ana, "Your week 1 ·")
    assert (
        "Still open of the week's minimums: 1 of 2 system designs and 6 of 10 coding problems. "
        "The daily minimum held on 0 of 5 days."
    ) in words(card.payload)
    assert house.posts(CHANNEL, "Week 48")
    assert "inimum" not in await ana.reads(CHANNEL)
    await house.travel("Monday 06:00")
    closed = words(await ana.waits_for_dm("Your week 1 ·"))
    assert (
        "Below the week's minimums: 1 of 2 system designs and 6 of 10 coding problems. "
        "The new week counts from nought."
    ) in closed


async def test_a_week_that_held_them_all_says_so(ana: Person) -> None:
    await logs(ana, "mock 1", "sd 2", "coding 10", "stories 3")
    assert "All minimums of the week are held." in words(await asks(ana, "/prep scorecard"))
