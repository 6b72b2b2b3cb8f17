"""A buddy for half an hour: who is proposed, who is asked, what the two get, and what nobody learns."""

from __future__ import annotations

from typing import Any

import pytest

from bot.workspace.visitors.people import Person, words
from tests.bot.house import CHANNEL, House
from tests.bot.members import asks, blanks, form, hears, last_words
from tests.bot.mock_rooms import clicks_forged
from tests.bot.test_forgetting import forgets

Json = dict[str, Any]
WEEK = "half an hour together in the week of Mon 23 Nov"
NOBODY = "There is nobody whom I could ask for that week."
QUESTION = f"Ana would like {WEEK}. Do you have time?"


@pytest.fixture
async def three(house: House) -> list[Person]:
    """Ana, Bo and Chen on a Wednesday; Bo and Chen agreed to be asked."""
    people = await house.group("Ana", "Bo", "Chen")
    agree(house, "Bo", "Chen")
    return people


def agree(house: House, *names: str) -> None:
    for name in names:
        house.sql("update memberships set may_be_asked = true where name = ?", [name])


def states(house: House) -> list[tuple[Any, ...]]:
    """Whom somebody asked, and how that stands."""
    return house.sql(
        "select asker.name, buddy.name, buddies.state from buddies"
        " join memberships as asker on asker.id = membership_id"
        " join memberships as buddy on buddy.id = buddy_id order by buddies.id"
    )


async def proposes(house: House, person: Person, label: str = "buddy_ask") -> Json:
    """Type the command for the week that comes, and click; what stands there then."""
    message = await asks(person, "/prep buddy next")
    await person.clicks(message, label)
    await house.settle()
    return await person.fresh(message)


async def test_who_is_asked_says_yes_and_both_get_a_conversation_with_times_and_things_to_do(
    house: House, three: list[Person]
) -> None:
    ana, bo, chen = three
    message = await asks(ana, "/prep buddy next")
    assert words(message).splitlines() == [
        f"I would ask Bo first. They see that you would like {WEEK}, nothing else.",
        "[Ask Bo] [Somebody else] [Not now]",
    ]
    await ana.clicks(message, "Ask Bo")
    await house.settle()
    said = f"I have asked Bo for {WEEK}, and will tell you what they say.\n[Take it back]"
    assert words(await ana.fresh(message)) == said
    assert await hears(ana, "/prep buddy next") == said
    question = await bo.waits_for_dm(QUESTION)
    assert words(question).splitlines()[1:] == [
        "There is nothing to prepare. A no needs no reason, and none is told.",
        "[I have time] [Not this week]",
    ]
    await bo.clicks(question, "I have time")
    await house.settle()
    assert words(await bo.fresh(question)) == "You have time for Ana. You two have a conversation with me."
    (room,) = house.posts([ana, bo], "Half an hour together")
    assert "• Mon 23 Nov 18:00 Berlin" in words(room.payload)
    assert "• *A story each.*" in words(room.payload)
    assert (
        await hears(ana, "/prep buddy next")
        == f"Bo has time for {WEEK}. You two have a conversation with me."
    )
    assert not house.posts(CHANNEL, "half an hour")
    assert not house.posts(chen, "half an hour")
    assert states(house) == [("Ana", "Bo", "accepted")]


async def test_a_no_brings_the_next_one_without_a_reason_and_nobody_is_asked_twice(
    house: House, three: list[Person]
) -> None:
    ana, bo, chen = three
    await proposes(house, ana)
    question = await bo.waits_for_dm(QUESTION)
    await bo.clicks(question, "Not this week")
    await house.workspace.socket.redeliver_last("interactive")
    await house.settle()
    assert "Not this week, and that is fine." in words(await bo.fresh(question))
    next_one = await ana.waits_for_dm("It did not work out this time. I would ask Chen next.")
    assert "Bo" not in words(next_one)
    await ana.clicks(next_one, "Ask Chen")
    await house.settle()
    assert words(await ana.fresh(next_one)).startswith(f"I have asked Chen for {WEEK}")
    await chen.clicks(await chen.waits_for_dm(QUESTION), "Not this week")
    await house.settle()
    await ana.waits_for_dm(NOBODY)
    assert states(house) == [("Ana", "Bo", "declined"), ("Ana", "Chen", "declined")]


async def test_somebody_else_is_proposed_and_the_first_one_learns_of_nothing(
    house: House, three: list[Person]
) -> None:
    ana, bo, _ = three
    message = await asks(ana, "/prep buddy next")
    await ana.clicks(message, "Somebody else")
    await house.settle()
    assert words(await ana.fresh(message)).startswith("I would ask Chen first.")
    await ana.clicks(message, "Somebody else")
    await house.settle()
    assert words(await ana.fresh(message)).splitlines()[:2] == [
        f"{NOBODY} You can ask the group yourself, in words like these:",
        f"Who is up for {WEEK}? A story each, or one design aloud.",
    ]
    assert states(house) == []
    assert not house.posts(bo, "half an hour")


async def test_only_who_agreed_and_is_there_is_asked_by_one_person_a_week_and_never_across_a_block(
    house: House,
) -> None:
    ana, _, chen, dee, _, fay, _ = await house.group("Ana", "Bo", "Chen", "Dee", "Eli", "Fay", "Gus")
    agree(house, "Ana", "Chen", "Dee", "Eli", "Fay")
    for who, whom in ((ana, chen), (dee, ana)):
        house.sql(
            "insert into mock_blocks (membership_id, user_id, made_at)"
            " select id, ?, '2026-11-18 09:00:00' from memberships where user_id = ?",
            [whom.id, who.id],
        )
    house.sql("update memberships set status = 'left' where name = 'Eli'")
    await hears(fay, "/prep pause 2w")
    assert (await hears(ana, "/prep buddy next")).startswith(NOBODY)
    await hears(fay, "/prep resume")
    gus = await house.people.find("Gus")
    assert await proposes(house, gus)  # asks Ana, who comes first by her name's id
    await proposes(house, ana)
    assert states(house) == [("Gus", "Ana", "asked"), ("Ana", "Fay", "asked")]
    bo = await house.people.find("Bo")
    assert (await hears(bo, "/prep buddy next")).startswith("I would ask Chen first.")
    assert (await hears(dee, "/prep buddy next")).startswith("I would ask Chen first.")


async def test_what_is_taken_back_can_no_longer_be_answered(house: House, three: list[Person]) -> None:
    ana, bo, _ = three
    message = await proposes(house, ana)
    question = await bo.waits_for_dm(QUESTION)
    await ana.clicks(message, "Take it back")
    await house.settle()
    assert "Taken back." in words(await ana.fresh(message))
    assert (
        words(await bo.fresh(question))
        == "That has settled itself: there is nothing to answer any more. Thank you."
    )
    assert states(house) == [("Ana", "Bo", "withdrawn")]
    assert (await hears(ana, "/prep buddy next")).startswith("I would ask Chen first.")


async def test_who_leaves_is_named_in_no_message_any_more_and_the_other_goes_on(
    house: House, three: list[Person]
) -> None:
    ana, bo, chen = three
    await proposes(house, ana)
    await bo.waits_for_dm(QUESTION)
    await bo.leaves(CHANNEL)
    await house.settle()
    await ana.clicks(await ana.waits_for_dm("I would ask Chen next."), "Ask Chen")
    await house.settle()
    question = await chen.waits_for_dm(QUESTION)
    await chen.clicks(question, "I have time")
    await house.settle()
    (room,) = house.posts([ana, chen], "Half an hour together")
    await forgets(house, chen)
    shown = await ana.waits_for(room.channel, "This half hour is off.")
    assert "Chen" not in words(shown)
    assert states(house)[-1][1:] == ("someone who left", "withdrawn")
    search = await ana.waits_for_dm("There is nobody whom I could ask")
    assert "Chen" not in words(search)


async def test_who_asked_and_is_forgotten_leaves_no_trace_with_who_was_asked(
    house: House, three: list[Person]
) -> None:
    ana, bo, _ = three
    await proposes(house, ana)
    question = await bo.waits_for_dm(QUESTION)
    await forgets(house, ana)
    assert "Ana" not in words(await bo.fresh(question))
    assert states(house) == []


async def test_a_week_that_is_over_can_neither_be_asked_for_nor_answered(
    house: House, three: list[Person]
) -> None:
    ana, bo, _ = three
    message = await asks(ana, "/prep buddy next")
    await ana.clicks(message, "Ask Bo")
    await house.settle()
    question = await bo.waits_for_dm(QUESTION)
    await house.travel("2026-11-30 09:00")
    await bo.clicks(question, "I have time")
    await house.settle()
    assert "That week is over. /prep buddy finds somebody for this one." in (await last_words(bo)).replace(
        "`", ""
    )
    assert states(house) == [("Ana", "Bo", "asked")]
    assert (await hears(ana, "/prep buddy")).startswith("I would ask Bo first.")


async def test_the_button_of_somebody_elses_week_does_nothing(house: House, three: list[Person]) -> None:
    ana, bo, _ = three
    message = await asks(ana, "/prep buddy next")
    (values,) = [
        [each["value"] for each in block["elements"]] for block in message["blocks"] if "elements" in block
    ]
    await clicks_forged(house, bo, "buddy_ask", values[0])
    assert "That button is for the one whose week it is." in await last_words(bo)
    assert states(house) == []


async def test_the_settings_ask_for_both_consents_and_say_what_was_changed(house: House) -> None:
    (ana,) = await house.group("Ana")
    sheet = await form(ana, "/prep settings", "My settings")
    assert blanks(sheet)["consents"] is None
    await house.submits(ana, sheet, {"consents": ["asked", "nudged"]})
    await house.settle()
    assert await last_words(ana, CHANNEL) == (
        "Saved: as a buddy you may be asked; your lead sees that a word would help."
    )
    assert house.sql("select may_be_asked, may_be_nudged from memberships") == [(1, 1)]
    assert blanks(await form(ana, "/prep settings", "My settings"))["consents"] == ["asked", "nudged"]
