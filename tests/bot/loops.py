"""Full loops for tests: one is planned through the form, its people vote and write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from icalendar import Calendar

from bot.store import mock_loops
from bot.store.mock_loops import Cast
from bot.workspace.visitors.people import Person, SubmitResult
from tests.bot.house import House
from tests.bot.members import form, has_element, membership_of
from tests.bot.sessions import ratings, sheet

Json = dict[str, Any]
SAT = "2026-11-21 10:00"
TITLE = "Plan a full loop"
LOOP = 1  # the id of a test's first loop


def wishes(house: House, panel: Sequence[Person], when: str = SAT, **more: Any) -> Json:
    """What somebody fills into the form: these people interview them then."""
    moment = int(house.at(when).timestamp())
    return {"panel": [person.id for person in panel], "moment": moment, **more}


async def tries(house: House, planner: Person, answers: Json) -> SubmitResult:
    """Fill the form in and submit it, however that ends."""
    result = await planner.submits(await form(planner, "/prep mock loop", TITLE), answers)
    await house.settle()
    return result


async def plans_loop(house: House, planner: Person, panel: Sequence[Person], **more: Any) -> None:
    """Plan a loop; it must be accepted."""
    result = await tries(house, planner, wishes(house, panel, **more))
    assert result.ok, result.errors


async def cast_of(house: House, loop_id: int = LOOP) -> Cast:
    """The loop as the database has it."""
    async with house.read() as session:
        return await mock_loops.needed(session, loop_id)


async def room(house: House, people: Sequence[Person], saying: str = "") -> Json:
    """The newest message of these people's conversation that says this; by default the room's own."""

    def is_the_rooms(message: Json) -> bool:
        return has_element(message, "loop_move") or "*The day*" in str(message)

    return await people[0].waits_for(house.place(people), saying or is_the_rooms)


def events(house: House, people: Sequence[Person]) -> list[Any]:
    """The events of all calendar files in these people's conversation, oldest first, with their methods."""
    files = [Calendar.from_ical(file) for file in house.files(people)]
    found: list[Any] = []
    for file in files:
        event = file.walk("VEVENT")[0]
        event["METHOD"] = file["METHOD"]
        found.append(event)
    return found


async def last_round_ends(house: House) -> datetime:
    """When the votes begin."""
    cast = await cast_of(house)
    last = max(stop.end for stop in cast.stops() if stop.what == "round")
    return cast.loop.starts_at + timedelta(minutes=last)


async def asked(person: Person) -> Json:
    """The question how the loop was, as it now stands."""
    return await person.waits_for_dm("How was the loop?")


async def votes(house: House, person: Person, choice: str, note: str = "") -> None:
    """Vote, or vote anew."""
    await person.clicks(await asked(person), "loop_vote")
    await house.submits(person, await person.modal("Your vote"), {"vote": choice, "note": note})
    await house.settle()


def feedback_doors(message: Json) -> list[str]:
    """The ids of the buttons that open a feedback form."""
    return [
        element["action_id"]
        for block in message.get("blocks") or []
        for element in block.get("elements") or []
        if str(element.get("action_id", "")).startswith("mock_feedback_open")
    ]


async def writes(house: House, author: Person, about: Person, value: int = 4, word: str = "") -> None:
    """Fill in the feedback of every round that still offers a form, about a candidate."""
    of = (await membership_of(house, about)).id
    for door in feedback_doors(await asked(author)):
        await author.clicks(await asked(author), door)
        answers = ratings(of, value) if author is about else sheet(of, value, word)
        await house.submits(author, await author.modal("Feedback"), answers)
        await house.settle()
