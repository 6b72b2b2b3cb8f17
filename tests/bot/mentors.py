"""Mentors for tests: invite somebody, let them answer, find what they are sent."""

from __future__ import annotations

from typing import Any

from bot.workspace.visitors.people import Person
from tests.bot.house import CHANNEL, House
from tests.bot.members import Json, form, has_element

ASKS, FORM = "Would you mentor?", "Mentoring"
YES, NO = "Yes, gladly", "No, thank you"


async def invites(house: House, lead: Person, *people: Person, where: str = CHANNEL) -> None:
    """Let the lead invite each of them through the form."""
    for person in people:
        sheet = await form(lead, "/prep mock mentor", "Invite a mentor", where)
        await house.submits(lead, sheet, {"who": [person.id]})
    await house.settle()


async def invitation(person: Person) -> Json:
    """The newest invitation of this person, in whatever state it is."""

    def is_one(message: Json) -> bool:
        doors = ("mentor_yes", "mentor_change")
        return any(has_element(message, door) for door in doors) and not message.get("ephemeral")

    return await person.waits_for_dm(is_one)


async def says_yes(house: House, person: Person, **offer: Any) -> None:
    """Let somebody say yes, with what they offer by the form's fields."""
    await person.clicks(await invitation(person), YES)
    await house.submits(person, await person.modal(FORM), offer)
    await house.settle()


async def a_mentor(
    house: House, lead: Person, name: str, zone: str = "Europe/Berlin", **offer: Any
) -> Person:
    """Somebody who was invited and has said yes."""
    person = await house.person(name, zone)
    await invites(house, lead, person)
    await says_yes(house, person, **offer)
    return person
