"""Rooms of mock sessions for tests: people are seated without a round, and pick times in their room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.store import mock_sessions, mock_times
from bot.store.mock_sessions import Place, Seated
from bot.store.tables import MockSession
from bot.views.mock_sessions import OTHER
from bot.workspace.visitors.people import Person
from plans.mocks import Kind, Role, Style
from tests.bot.house import House, bank
from tests.bot.members import has_element, membership_of

Json = dict[str, Any]
ROLES = (Role.INTERVIEWER, Role.CANDIDATE, Role.OBSERVER)


async def seats(
    house: House,
    people: Sequence[Person],
    *whens: str,
    kind: Kind = Kind.TECHNICAL,
    minutes: int = 60,
    swaps: bool = True,
    style: Style | None = None,
) -> int:
    """Seat these people (the interviewer first) with slots at `whens` in Berlin; the session's id."""
    members = [await membership_of(house, person) for person in people]
    starts = [house.at(when) for when in whens]
    async with house.bot.database.write() as session:
        mock = await mock_sessions.create(
            session,
            group_id=members[0].group_id,
            kind=kind,
            minutes=minutes,
            swaps=swaps,
            places=[
                Place(member.id, role, style if role is Role.CANDIDATE else None)
                for member, role in zip(members, ROLES, strict=False)
            ],
            slots=[(start, start + timedelta(minutes=minutes)) for start in starts],
            reason="You have not met yet.",
            seed=7,
            now=house.now,
        )
        await mock_sessions.hand_out(session, bank(), mock, await mock_sessions.seated(session, mock.id))
        await mock_times.await_answers(session, mock, house.now)
        await mock_sessions.owe_room(session, mock, house.now)
        mock_id = mock.id
    await house.settle()
    return mock_id


async def session_of(house: House, mock_id: int) -> tuple[MockSession, list[Seated]]:
    """A session as the database has it, and everybody who has or had a seat."""
    async with house.read() as session:
        mock = await session.scalar(select(MockSession).where(MockSession.id == mock_id))
        assert mock is not None
        return mock, await mock_sessions.seated(session, mock_id)


async def room(house: House, people: Sequence[Person], saying: str = "") -> Json:
    """The newest message of these people's conversation that says this; by default the room's own."""

    def is_the_rooms(message: Json) -> bool:
        return has_element(message, OTHER)

    return await people[0].waits_for(house.place(people), saying or is_the_rooms)


async def picks(house: House, person: Person, people: Sequence[Person], start: datetime | str) -> None:
    """Let somebody say in the room that a time works for them."""
    at = house.at(start) if isinstance(start, str) else start
    await person.clicks(await room(house, people), f"slot:{at.isoformat()}")
    await house.settle()


async def agrees(house: House, people: Sequence[Person], start: str) -> datetime:
    """Let everybody pick the same time; when it is."""
    at = house.at(start)
    for person in people:
        await picks(house, person, people, at)
    return at


async def clicks_forged(house: House, person: Person, action: str, value: str) -> None:
    """A click on a button that was never in front of this person, or is there no more."""
    payload = {
        "type": "block_actions",
        "user": {"id": person.id},
        "team": {"id": house.sql("SELECT workspace_id FROM groups")[0][0]},
        "actions": [{"type": "button", "action_id": action, "block_id": "b", "value": value}],
        "trigger_id": "none",
    }
    await house.workspace.socket.ask("interactive", payload)
    await house.settle()
