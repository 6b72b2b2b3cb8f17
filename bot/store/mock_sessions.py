"""Mock sessions: who sits in them, when they are, what is asked, what became of them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store.mock_tables import MockQuestion, MockSeat, MockSession
from bot.store.tables import Membership
from plans.availability import Interval
from plans.mocks import Kind, Role, Style

ALIVE = ("proposed", "agreed")
ROLES = (Role.INTERVIEWER, Role.CANDIDATE, Role.OBSERVER)  # the order in which people are named


class Place(NamedTuple):
    """Who gets which seat; `style` is how this candidate is to be interviewed."""

    membership_id: int
    role: Role
    style: Style | None = None


class Seated(NamedTuple):
    """A seat with the person in it."""

    seat: MockSeat
    membership: Membership


def whom(mock: MockSession) -> str:
    """How timers and deliveries name a session."""
    return f"s{mock.id}"


async def create(
    session: AsyncSession,
    *,
    group_id: int,
    kind: Kind,
    minutes: int,
    swaps: bool,
    places: Sequence[Place],
    slots: Sequence[Interval],
    reason: str,
    seed: int,
    now: datetime,
    round_id: int | None = None,
    ask_id: int | None = None,
    loop_id: int | None = None,
    subject: str | None = None,
    starts_at: datetime | None = None,
) -> MockSession:
    """Seat people in a new session; with `starts_at` its time is agreed already."""
    mock = MockSession(
        group_id=group_id,
        round_id=round_id,
        ask_id=ask_id,
        loop_id=loop_id,
        kind=kind.value,
        subject=subject,
        minutes=minutes,
        swaps=swaps,
        state="agreed" if starts_at else "proposed",
        slots=[[start.isoformat(), end.isoformat()] for start, end in slots],
        starts_at=starts_at,
        reason=reason,
        seed=seed,
        made_at=now,
    )
    session.add(mock)
    await session.flush()
    for place in places:
        session.add(
            MockSeat(
                session_id=mock.id,
                membership_id=place.membership_id,
                role=place.role.value,
                style=place.style.value if place.style else None,
                state="invited",
                picks=[],
            )
        )
    await session.flush()
    return mock


async def get(session: AsyncSession, mock_id: int) -> MockSession | None:
    """The session with this id."""
    return await session.get(MockSession, mock_id)


async def seated(session: AsyncSession, mock_id: int) -> list[Seated]:
    """Everybody who has or had a seat: the interviewer of the first turn, the candidate, an observer."""
    query = (
        select(MockSeat, Membership)
        .join(Membership, Membership.id == MockSeat.membership_id)
        .where(MockSeat.session_id == mock_id)
    )
    rows = [Seated(seat, membership) for seat, membership in (await session.execute(query)).tuples()]
    return sorted(rows, key=lambda row: (ROLES.index(Role(row.seat.role)), row.seat.id))


async def known_questions(session: AsyncSession, memberships: Collection[Membership]) -> set[str]:
    """What any of these people has been asked, has asked, or has heard, in any group of theirs."""
    users = {(member.workspace_id, member.user_id) for member in memberships}
    query = (
        select(MockQuestion.question)
        .join(MockSeat, MockSeat.session_id == MockQuestion.session_id)
        .join(Membership, Membership.id == MockSeat.membership_id)
        .where(
            Membership.workspace_id.in_([workspace for workspace, _ in users]),
            Membership.user_id.in_([user for _, user in users]),
        )
    )
    return set(await session.scalars(query.distinct()))
