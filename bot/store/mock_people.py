"""What the matcher is told of people: their hours, wishes and blocks, whom they met, what they practised.

A session that was cancelled, missed or dissolved was no meeting. Whoever lost one without giving it up
themselves counts as left out of its round, and comes first in the next.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import enrolments, memberships, mock_profiles, mock_progress
from bot.store.mock_sessions import COMING, ROLES
from bot.store.mock_signups import Signed
from bot.store.tables import MockRound, MockSeat, MockSession, MockSignup
from plans import availability
from plans.availability import Interval
from plans.mocks import Kind, Role, Style
from plans.model import Level
from plans.pairing import Participant, PastRound

NO_MEETING = ("cancelled", "missed", "dissolved")


async def participants(
    session: AsyncSession, signed: Sequence[Signed], window: Interval, now: datetime
) -> list[Participant]:
    """The people who are to be matched, with the time that they have inside `window`."""
    members = [each.membership for each in signed]
    ids = [member.id for member in members]
    blocks = await mock_profiles.blocks_among(session, members)
    skills = await mock_progress.skills(session, ids)
    reliability = await mock_progress.reliability(session, ids, now.astimezone(UTC).date())
    found = []
    for each in signed:
        member_id = each.membership.id
        weak, strong = skills.get(member_id, (frozenset(), frozenset()))
        person = replace(
            await _participant(session, each, window),
            blocks=blocks.get(member_id, frozenset()),
            weak=weak,
            strong=strong,
            reliability=reliability.get(member_id, 1.0),
        )
        found.append(person)
    return found


async def _participant(session: AsyncSession, each: Signed, window: Interval) -> Participant:
    """One person's wishes and hours."""
    signup, member, profile = each
    enrolment = await enrolments.current(session, member.id)
    is_mentor = member.role == "mentor"
    return Participant(
        id=str(member.id),
        level=Level(enrolment.level) if enrolment and not is_mentor else None,
        kinds=mock_profiles.kinds_of(profile, signup),
        free=availability.intervals(
            mock_profiles.hours_of(profile, signup), memberships.zone(member), *window
        ),
        mentor=is_mentor,
        same_level_only=bool(profile and profile.same_level_only),
        wish=Role(profile.wish) if profile and profile.wish else None,
        capacity=max(1, profile.capacity) if profile and is_mentor else 1,
    )


# What was


@dataclass(frozen=True)
class Past:
    """Earlier rounds, and what everybody practised and met, the newest last."""

    rounds: tuple[PastRound, ...] = ()
    kinds: dict[str, list[Kind]] = field(default_factory=dict)
    styles: dict[int, list[Style]] = field(default_factory=dict)


async def past(session: AsyncSession, group_id: int, *, before: MockRound | None = None) -> Past:
    """What has been in a group; with `before`, only its earlier rounds and what was asked for meanwhile.

    A session that somebody asked for belongs to the round that was matched before it.
    """
    rounds = await _matched(session, group_id, before)
    held = await _sessions(session, group_id)
    groups: dict[int, list[tuple[str, ...]]] = {number: [] for number in range(len(rounds) + 1)}
    lost: dict[int, set[str]] = {number: set() for number in groups}
    found = Past()
    for mock, seats in held:
        number = _number(mock, rounds)
        if number is None:
            continue
        if mock.state in NO_MEETING:
            lost[number] |= {str(seat.membership_id) for seat in seats if _lost(mock, seat)}
        else:
            present = _in_order(seats)
            groups[number].append(tuple(str(seat.membership_id) for seat in present))
            _note(found, mock, present)
    for number, round_ in enumerate(rounds, start=1):
        lost[number] |= {str(member_id) for member_id in await _left_out(session, round_)}
    done = tuple(
        PastRound(number, tuple(groups[number]), tuple(sorted(lost[number] - _met(groups[number]))))
        for number in groups
        if groups[number] or number
    )
    return replace(found, rounds=done)


async def _matched(session: AsyncSession, group_id: int, before: MockRound | None) -> list[MockRound]:
    """The group's matched rounds, oldest first."""
    query = select(MockRound).where(MockRound.group_id == group_id, MockRound.state == "matched")
    if before is not None:
        query = query.where(MockRound.closes_at < before.closes_at)
    return list(await session.scalars(query.order_by(MockRound.closes_at)))


async def _sessions(session: AsyncSession, group_id: int) -> list[tuple[MockSession, list[MockSeat]]]:
    """The group's sessions out of rounds and asks with their seats, oldest first."""
    query = (
        select(MockSession, MockSeat)
        .join(MockSeat, MockSeat.session_id == MockSession.id)
        .where(
            MockSession.group_id == group_id,
            or_(MockSession.round_id.is_not(None), MockSession.ask_id.is_not(None)),
        )
        .order_by(MockSession.id, MockSeat.id)
    )
    found: dict[int, tuple[MockSession, list[MockSeat]]] = {}
    for mock, seat in await session.execute(query):
        found.setdefault(mock.id, (mock, []))[1].append(seat)
    return list(found.values())


def _number(mock: MockSession, rounds: Sequence[MockRound]) -> int | None:
    """The number of the round that a session counts for, from 1; 0 before the first, none if left out."""
    if mock.round_id is not None:
        return next((n for n, each in enumerate(rounds, start=1) if each.id == mock.round_id), None)
    return sum(each.closes_at <= mock.made_at for each in rounds)


def _lost(mock: MockSession, seat: MockSeat) -> bool:
    """Whether somebody would have come and nothing came of it."""
    return seat.state in COMING and (mock.state != "missed" or seat.answered == "no_partner")


def _in_order(seats: Iterable[MockSeat]) -> list[MockSeat]:
    """Who sat there: the interviewer, the candidate, an observer."""
    return sorted(
        (seat for seat in seats if seat.state in COMING),
        key=lambda seat: (ROLES.index(Role(seat.role)), seat.id),
    )


def _note(found: Past, mock: MockSession, present: Sequence[MockSeat]) -> None:
    """Keep what these people practised and whom they met as an interviewer."""
    for seat in present:
        found.kinds.setdefault(str(seat.membership_id), []).append(Kind(mock.kind))
        if seat.style is not None:
            found.styles.setdefault(seat.membership_id, []).append(Style(seat.style))


def _met(groups: Iterable[tuple[str, ...]]) -> set[str]:
    return {who for group in groups for who in group}


async def _left_out(session: AsyncSession, round_: MockRound) -> Collection[int]:
    """Who was in a round and got nobody."""
    query = select(MockSignup.membership_id).where(
        MockSignup.round_id == round_.id, MockSignup.state == "in", MockSignup.left_out.is_not(None)
    )
    return set(await session.scalars(query))
