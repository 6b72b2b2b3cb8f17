"""A round survives crashes, two bots, people who drop out, and times that move."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.workspace.visitors.people import Person, words
from tests.bot.conftest import OpenHouse
from tests.bot.house import CHANNEL, SUNDAY, House
from tests.bot.members import hears, membership_of
from tests.bot.rounds import CALLED, MATCHED, call, called, comes_in, matched, sessions
from tests.bot.test_crashes import KILLED, a_mortal_bot

PAIRS = "This week's mock interviews"


async def everybody_in_and_no_bot(house: House, *names: str) -> list[Person]:
    """A round that closes now, while no bot is at work."""
    people = await called(house, *names)
    await comes_in(house, *people)
    await house.travel("Wednesday 17:59")
    await house.stop_bot()
    await house.travel("Wednesday 18:00")
    return people


@pytest.mark.parametrize(
    "death",
    [
        ("before", "INSERT INTO mock_sessions", "proposed"),
        ("after", "INSERT INTO mock_sessions", "proposed"),
        ("before", "INSERT INTO deliveries", "pairs"),
        ("after", "UPDATE deliveries", "sending"),
        ("before", "UPDATE deliveries", "sent"),
    ],
)
async def test_a_bot_killed_between_the_matching_and_the_announcement_announces_once(
    open_house: OpenHouse, death: tuple[str, str, str]
) -> None:
    house = await open_house(SUNDAY)
    await everybody_in_and_no_bot(house, "Ana", "Bo", "Cy", "Dee")
    assert await a_mortal_bot(house, *death) == KILLED
    await house.start_bot()
    await house.settle()
    for _ in range(2):  # past the lease, past the doubt
        await house.travel(timedelta(minutes=4))
    assert len(house.posts(CHANNEL, PAIRS)) == 1
    assert house.sql("select count(*) from mock_sessions") == [(2,)]
    assert house.sql("select count(*) from mock_seats") == [(4,)]
    assert len(await house.deliveries("session")) == 2
    assert house.sql("select state from mock_rounds") == [("matched",)]


async def test_two_bots_call_match_and_announce_once(open_house: OpenHouse) -> None:
    house = await open_house(SUNDAY)
    people = await house.group("Ana", "Bo", "Cy")
    async with house.another_bot() as second:
        for when in (CALLED, MATCHED):
            house.workspace.clock.move_to(house.at(when))
            await asyncio.gather(house.bot.schedule.arrive(), second.schedule.arrive())
            if when == CALLED:
                await comes_in(house, *people)
        await asyncio.gather(house.bot.schedule.arrive(), second.schedule.arrive())
    assert len(house.posts(CHANNEL, "Mocks this week")) == 1
    assert len(house.posts(CHANNEL, PAIRS)) == 1
    assert house.sql("select count(*) from mock_sessions") == [(1,)]


async def test_the_same_people_and_the_same_round_are_matched_the_same_way(open_house: OpenHouse) -> None:
    house = await open_house(SUNDAY)
    people = await called(house, "Ana", "Bo", "Cy", "Dee")
    seed = house.sql("select seed from mock_rounds")
    await comes_in(house, *people[::-1])
    await house.travel(MATCHED)
    assert house.sql("select seed from mock_rounds") == seed
    assert len({name for names in sessions(house) for name in names}) == 4


# Somebody drops out


async def drops_out(house: House, person: Person) -> None:
    """Leave the group; the others are matched anew at once."""
    await person.leaves(CHANNEL)
    await house.settle()


async def test_who_loses_their_partner_meets_who_stood_by(house: House) -> None:
    ana, bo, cy, dee = people = await called(house, "Ana", "Bo", "Cy", "Dee")
    await comes_in(house, *people)
    await house.travel(MATCHED)
    one, other = sessions(house)
    by_name = {person.name: person for person in people}
    await drops_out(house, by_name[one[0]])
    await drops_out(house, by_name[other[0]])
    assert sessions(house) == [tuple(sorted((one[1], other[1])))]
    states = house.sql("select state from mock_sessions order by id")
    assert states == [("dissolved",), ("dissolved",), ("proposed",)]
    assert len(house.posts(CHANNEL, PAIRS)) == 1
    assert {ana, bo, cy, dee}


async def test_who_finds_nobody_is_told_kindly_and_comes_first_next_time(house: House) -> None:
    ana, bo = await matched(house, "Ana", "Bo")
    await drops_out(house, bo)
    assert sessions(house) == []
    said = await ana.waits_for_dm("does not take place")
    assert "[Ask for one now]" in words(said)
    assert "fell through" in await hears(ana, "/prep why")


async def test_a_three_that_loses_one_goes_on_as_two_and_nobody_is_moved(house: House) -> None:
    people = await matched(house, "Ana", "Bo", "Cy")
    await drops_out(house, people[2])
    assert sessions(house) == [("Ana", "Bo")]
    assert house.sql("select state from mock_sessions") == [("proposed",)]
    roles = house.sql("select role from mock_seats where state in ('invited', 'in') order by role")
    assert roles == [("candidate",), ("interviewer",)]


async def test_everybody_gone_ends_every_session_and_sends_nothing_more(house: House) -> None:
    people = await matched(house, "Ana", "Bo", "Cy", "Dee")
    for person in people:
        await drops_out(house, person)
    assert sessions(house) == []
    before = len(house.posts())
    await house.travel(timedelta(days=3))
    assert len(house.posts()) == before
    assert house.sql("select count(*) from timers where whom like 's%'") == [(0,)]


async def test_a_member_who_moves_before_the_matching_is_matched_on_their_new_clock(house: House) -> None:
    ana, bo = await called(house, "Ana", "Bo")
    await hears(ana, "/prep mock hours Thu 18-20")
    await hears(bo, "/prep mock hours Thu 12-14")
    await comes_in(house, ana, bo)
    await bo.moves_to("America/New_York")
    await house.settle()
    assert (await membership_of(house, bo)).timezone == "America/New_York"
    await house.travel(MATCHED)
    assert sessions(house) == [("Ana", "Bo")]


async def test_all_people_blocked_by_one_another_leave_everybody_with_neutral_words(house: House) -> None:
    people = await called(house, "Ana", "Bo", "Cy")
    for person in people:
        await person.says(CHANNEL, "/prep mock block")
        others = [other.id for other in people if other is not person]
        await house.submits(person, await person.modal("My mock interviews"), {"blocked": others})
    await comes_in(house, *people)
    await house.travel(MATCHED)
    assert sessions(house) == []
    assert "There is no pair this time." in words(await call(people[0]))
    reasons = {row for (row,) in house.sql("select left_out from mock_signups")}
    assert reasons == {"Nobody free fitted your hours, kind and level this time."}
