"""Asking for a mock interview outside of the rounds."""

from __future__ import annotations

from datetime import timedelta

from bot.workspace.visitors.people import Person, words
from tests.bot.house import CHANNEL, House
from tests.bot.members import Json, form, hears, last_words
from tests.bot.rounds import sessions


async def ask_of(person: Person) -> Json:
    """The newest ask in the channel as it stands."""
    return await person.waits_for(CHANNEL, "mock interview in the next days")


async def test_an_ask_is_posted_and_the_first_who_fits_has_it(house: House) -> None:
    ana, bo, cy = await house.group("Ana", "Bo", "Cy")
    said = await hears(ana, "/prep mock now behavioral", "")
    assert said.startswith("Asked: the channel knows that you would like a behavioural mock interview.")
    await house.settle()
    post = await ask_of(bo)
    assert words(post).startswith("*Ana* would like a behavioural mock interview in the next days. Who can?")
    await bo.clicks(post, "I can")
    await house.settle()
    assert sessions(house) == [("Ana", "Bo")]
    assert words(await cy.fresh(post)) == "Ana and Bo practise together: a behavioural mock interview."
    assert house.sql("select kind, round_id, ask_id from mock_sessions") == [("behavioral", None, 1)]
    roles = "select m.name, s.role from mock_seats s join memberships m on m.id = s.membership_id order by 1"
    assert house.sql(roles) == [("Ana", "candidate"), ("Bo", "interviewer")]
    assert len(await house.deliveries("session")) == 1


async def test_the_second_who_says_yes_is_told_that_it_is_taken(house: House) -> None:
    ana, bo, cy = await house.group("Ana", "Bo", "Cy")
    await hears(ana, "/prep mock now technical", "")
    await house.settle()
    post = await ask_of(bo)
    await bo.clicks(post, "I can")
    envelope = house.workspace.socket.sent[-1]
    await house.settle()
    payload = envelope["payload"]
    late = payload | {"user": payload["user"] | {"id": cy.id}, "response_url": ""}
    await house.workspace.deliver(envelope | {"envelope_id": "late", "payload": late})
    await house.settle()
    assert (await last_words(cy, CHANNEL)).startswith("That one has found somebody already.")
    assert sessions(house) == [("Ana", "Bo")]


async def test_who_is_blocked_or_has_other_hours_reads_the_same_neutral_words(house: House) -> None:
    ana, bo, cy = await house.group("Ana", "Bo", "Cy")
    sheet = await form(ana, "/prep mock block", "My mock interviews")
    await house.submits(ana, sheet, {"blocked": [bo.id]})
    await hears(cy, "/prep mock hours Mon 3-5")
    await hears(ana, "/prep mock now technical", "")
    await house.settle()
    for person in (bo, cy):
        await person.clicks(await ask_of(person), "I can")
        await house.settle()
        assert await last_words(person, CHANNEL) == (
            "That one did not work out for your hours. It stays open; `/prep mock hours` changes yours."
        )
    assert sessions(house) == []
    assert "Who can?" in words(await ask_of(ana))


async def test_one_cannot_answer_oneself_and_only_who_asked_takes_it_back(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    await hears(ana, "/prep mock now technical", "")
    await house.settle()
    post = await ask_of(ana)
    await ana.clicks(post, "I can")
    await house.settle()
    assert (await last_words(ana, CHANNEL)).startswith("You asked for that yourself")
    await bo.clicks(post, "Withdraw")
    await house.settle()
    assert await last_words(bo, CHANNEL) == "Only Ana, who asked, can take that back."
    await ana.clicks(post, "Withdraw")
    await house.settle()
    assert words(await bo.fresh(post)) == "Ana has taken the ask for a technical mock interview back."
    assert (await last_words(ana, CHANNEL)).startswith("Taken back.")


async def test_an_ask_ends_after_two_days_and_says_so(house: House) -> None:
    ana, _ = await house.group("Ana", "Bo")
    await hears(ana, "/prep mock now technical", "")
    await house.settle()
    post = await ask_of(ana)
    await house.travel(timedelta(hours=48))
    assert "two days have passed, so this is closed." in words(await ana.fresh(post))
    assert house.sql("select state from mock_asks") == [("expired",)]
    assert (await hears(ana, "/prep mock now technical", "")).startswith("Asked:")


async def test_asking_twice_posts_once(house: House) -> None:
    ana, _ = await house.group("Ana", "Bo")
    await hears(ana, "/prep mock now technical", "")
    assert (await hears(ana, "/prep mock now behavioral", "")).startswith("You have asked already")
    assert (await hears(ana, "/prep mock now", "")).startswith("You have asked already")
    await house.settle()
    assert len(house.posts(CHANNEL, "Who can?")) == 1


async def test_the_form_asks_for_the_kind(house: House) -> None:
    ana, _ = await house.group("Ana", "Bo")
    await house.submits(ana, await form(ana, "/prep mock now", "Ask for a mock"), {"kind": "Behavioural"})
    await house.settle()
    assert "a behavioural mock interview" in words(await ask_of(ana))


async def test_an_ask_of_somebody_who_leaves_is_taken_back(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    await hears(bo, "/prep mock now technical", "")
    await house.settle()
    post = await ask_of(ana)
    await bo.leaves(CHANNEL)
    await house.settle()
    assert words(await ana.fresh(post)) == "Bo has taken the ask for a technical mock interview back."
    assert house.sql("select count(*) from timers where kind = 'ask'") == [(0,)]


async def test_a_stranger_who_says_yes_is_offered_to_join(house: House) -> None:
    ana, _ = await house.group("Ana", "Bo")
    await hears(ana, "/prep mock now technical", "")
    dee = await house.person("Dee")
    await dee.joins(CHANNEL)
    await dee.clicks(await ask_of(dee), "I can")
    await house.settle()
    assert await last_words(dee, CHANNEL) == "You're not in Staff Prep yet.\n[Join]"
