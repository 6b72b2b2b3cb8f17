"""Mentors in rounds and over the years: matched, asked fairly, thanked."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.workspace.visitors.people import Person, words
from plans.mocks import Role
from tests.bot.house import CHANNEL, House
from tests.bot.members import hears, last_words, membership_of
from tests.bot.mentors import a_mentor, invitation
from tests.bot.rounds import CALLED, MATCHED, comes_in
from tests.bot.rounds import sessions as living
from tests.bot.sessions import a_session


async def held(house: House, people: list[Person], when: str) -> None:
    """A session of these people that took place; the first interviews throughout."""
    mock = await a_session(house, people, when, swaps=False, roles=(Role.INTERVIEWER, Role.CANDIDATE))
    house.sql("update mock_sessions set state = 'held' where id = ?", [mock.id])
    house.sql("delete from timers where whom = ?", [f"s{mock.id}"])


async def far(house: House, to: datetime) -> None:
    """Travel far: the clock goes sixty days at once."""
    while house.now < to:
        await house.travel(min(to, house.now + timedelta(days=59)))


async def test_an_odd_one_meets_the_mentor_who_only_interviews(house: House) -> None:
    people = await house.group("Ana", "Bo", "Chen")
    eva = await a_mentor(house, people[0], "Eva")
    await house.travel(CALLED)
    await comes_in(house, *people)
    await house.travel(MATCHED)
    with_eva = next(names for names in living(house) if "Eva" in names)
    assert len(with_eva) == 2
    assert len(living(house)) == 2
    role = house.sql(
        "select role from mock_seats where membership_id = ?", [(await membership_of(house, eva)).id]
    )
    assert role == [("interviewer",)]
    assert "Eva (mentor)" in words(house.posts(CHANNEL, "This week's mock interviews")[-1].payload)


async def test_a_mentor_can_be_in_as_many_sessions_of_a_round_as_they_offer(house: House) -> None:
    people = await house.group("Ana")
    (ana,) = people
    eva = await a_mentor(house, ana, "Eva", capacity="2")
    fay = await a_mentor(house, ana, "Fay")
    await house.travel(CALLED)
    await comes_in(house, ana)
    await house.travel(MATCHED)
    assert len(living(house)) == 1
    for mentor in (eva, fay):  # who was not needed is not told that nobody wanted them
        assert not any("No mock partner" in words(each.payload) for each in house.posts(mentor))


async def test_who_says_yes_while_a_round_is_open_is_in_it(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    await house.travel(CALLED)
    await a_mentor(house, ana, "Eva")
    await comes_in(house, ana)
    await house.travel(MATCHED)
    assert living(house) == [("Ana", "Eva")]
    assert "No mock partner" not in await last_words(bo)


async def test_a_mentor_who_stops_frees_their_seat(house: House) -> None:
    ana, _ = await house.group("Ana", "Bo")
    eva = await a_mentor(house, ana, "Eva")
    await house.travel(CALLED)
    await comes_in(house, ana)
    await house.travel(MATCHED)
    await eva.clicks(await invitation(eva), "Stop mentoring")
    await house.settle()
    await eva.clicks(await eva.waits_for_dm("Stop mentoring in"), "Stop")
    await house.settle()
    assert living(house) == []


async def test_after_a_year_a_mentor_is_thanked_with_numbers_and_the_lead_is_told(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    eva = await a_mentor(house, ana, "Eva")
    for when in ("Thursday 17:00", "2027-03-04 17:00"):
        await held(house, [eva, bo], when)
    await held(house, [eva, ana], "2027-03-05 17:00")
    house.sql("delete from timers where kind <> 'thanks'")  # the year passes faster without the rest
    said_yes_at = house.now
    await far(house, said_yes_at + timedelta(days=363))
    assert house.posts(eva, "Thank you, Eva") == []
    await house.travel(said_yes_at + timedelta(days=366))
    (thanks,) = house.posts(eva, "Thank you, Eva")
    assert "3 mock interviews to 2 people" in words(thanks.payload)
    (told,) = house.posts(ana, "Eva has mentored here")
    assert "3 sessions, 2 people helped" in words(told.payload)
    assert not any("Eva has mentored" in words(each.payload) for each in house.posts(CHANNEL))
    await far(house, said_yes_at + timedelta(days=366 + 366))
    assert len(house.posts(ana, "Eva has mentored here")) == 1  # nothing was given in the second year
    assert len(house.posts(eva, "Nobody needed you this year")) == 1


async def test_a_thank_you_that_fell_into_a_rest_is_made_up_for_once(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    eva = await a_mentor(house, ana, "Eva")
    await held(house, [eva, bo], "Thursday 17:00")
    said_yes_at = house.now
    await house.travel(timedelta(days=8))
    await ana.archives(CHANNEL)
    await house.settle()
    await far(house, said_yes_at + timedelta(days=370))
    await ana.unarchives(CHANNEL)
    await house.settle()
    assert len(house.posts(eva, "Thank you, Eva")) == 1
    await eva.moves_to("Asia/Tokyo")
    await house.settle()
    await house.travel(timedelta(days=3))
    assert len(house.posts(eva, "Thank you, Eva")) == 1


async def test_a_mentors_page_knows_that_nobody_needed_them_and_offers_no_ask(house: House) -> None:
    ana, _ = await house.group("Ana", "Bo")
    eva = await a_mentor(house, ana, "Eva", capacity="2")
    await house.travel(CALLED)
    assert "You are in, as always." in await hears(eva, "/prep mock", "")
    await house.travel(MATCHED)
    page = await hears(eva, "/prep mock", "")
    assert "nobody needed a mentor at your hours this time" in page
    assert "up to 2 sessions a round" in page
    assert "Ask for one now" not in page
