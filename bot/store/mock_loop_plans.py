"""Making a full loop: who can be part of it, its day, its rounds with their questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import memberships, mock_loops, mock_profiles, mock_sessions, mock_signups, pauses
from bot.store.mock_loops import Cast
from bot.store.mock_sessions import COMING, Place
from bot.store.tables import LoopPanelist, Membership, MockLoop, MockSeat, MockSession
from plans.loop import LoopFormat, Stop
from plans.mocks import Kind, Role
from plans.questions import Bank, Subject

TALK = (Subject.BEHAVIORAL, Subject.LEADERSHIP, Subject.BAR_RAISER)


@dataclass(frozen=True)
class Wish:
    """What somebody wants to plan; `bar_raiser` is one of the panel, or nobody if we are to choose."""

    planner: Membership
    candidate: Membership
    panel: Sequence[Membership]
    bar_raiser: Membership | None
    format: LoopFormat
    starts_at: datetime

    @property
    def ends_at(self) -> datetime:
        """When it would be over."""
        return self.starts_at + timedelta(minutes=self.format.minutes)


async def cannot_come(session: AsyncSession, wish: Wish) -> list[Membership]:
    """Who cannot be part of it: away or in another mock at that time, or not to be brought together.

    Why somebody cannot is said to nobody: one answer for all reasons keeps a block private.
    """
    people = list({member.id: member for member in (wish.planner, wish.candidate, *wish.panel)}.values())
    blocks = await mock_profiles.blocks_among(session, people)
    found: list[Membership] = []
    for place, member in enumerate(people):
        earlier = [each for each in people[:place] if each not in found]
        apart = any(_are_apart(blocks, member, each) for each in earlier)
        takes_part = member.id == wish.candidate.id or member.id in {each.id for each in wish.panel}
        if apart or (takes_part and await is_taken(session, member, wish.starts_at, wish.ends_at)):
            found.append(member)
    return found


async def is_kept_apart(session: AsyncSession, member: Membership, others: Sequence[Membership]) -> bool:
    """Whether this member and one of the others are not to be brought together."""
    blocks = await mock_profiles.blocks_among(session, [member, *others])
    return any(_are_apart(blocks, member, each) for each in others)


def _are_apart(blocks: Mapping[int, frozenset[str]], one: Membership, other: Membership) -> bool:
    return str(other.id) in blocks.get(one.id, ()) or str(one.id) in blocks.get(other.id, ())


async def is_taken(
    session: AsyncSession, member: Membership, start: datetime, end: datetime, but: int | None = None
) -> bool:
    """Whether a member is on holiday or in another mock between two instants."""
    if await pauses.on(session, member.id, memberships.today(member, start)):
        return True
    return any(
        mock.starts_at is not None
        and mock.starts_at < end
        and start < mock.starts_at + timedelta(minutes=mock.minutes)
        and (but is None or mock.loop_id != but)
        for mock, _ in await mock_sessions.of_member(session, member.id)
    )


async def plan(session: AsyncSession, bank: Bank, wish: Wish, now: datetime) -> MockLoop:
    """Write a loop down with its rounds and their questions; owe the room and the calendar file.

    Raises:
        PanelSize, CandidateInterviews, BarRaiserNotOnPanel: such a day cannot be made.
    """
    seed = mock_signups.seed_of(wish.candidate.id, wish.starts_at.isoformat(), now.isoformat())
    loop = MockLoop(
        group_id=wish.candidate.group_id,
        candidate_id=wish.candidate.id,
        bar_raiser_id=(wish.bar_raiser or raiser(wish.panel, seed)).id,
        planned_by=wish.planner.id,
        format=wish.format.value,
        starts_at=wish.starts_at,
        state="planned",
        sequence=1,
        seed=seed,
        made_at=now,
        debriefed_at=None,
    )
    session.add(loop)
    await session.flush()
    for member in wish.panel:
        state = "coming" if member.id == wish.planner.id else "invited"
        session.add(
            LoopPanelist(
                loop_id=loop.id, membership_id=member.id, state=state, vote=None, note="", voted_at=None
            )
        )
    await session.flush()
    cast = await mock_loops.needed(session, loop.id)
    await make_day(session, bank, cast, now)
    await mock_loops.owe(session, cast, "loop", "room", now, loop.starts_at)
    await mock_loops.owe_invitation(session, cast, now)
    await mock_loops.set_timers(session, cast, now)
    return loop


def raiser(panel: Sequence[Membership], seed: int) -> Membership:
    """Who raises the bar where nobody was named: a mentor if there is one."""
    people = sorted(panel, key=lambda member: member.id)
    mentors = [member for member in people if member.role == "mentor"]
    return (mentors or people)[seed % len(mentors or people)]


async def make_day(session: AsyncSession, bank: Bank, cast: Cast, now: datetime) -> None:
    """Give each round its people, and questions that are new to all of them; what fits already stays."""
    before = await mock_loops.rounds(session, cast.loop)
    held = [stop for stop in cast.stops() if stop.what == "round"]
    for number, stop in enumerate(held):
        wanted = _roles(cast, stop)
        if number < len(before):
            mock, changed = before[number], await _seat(session, before[number], wanted)
        else:
            mock, changed = await _open(session, cast, stop, wanted, now), True
        if changed:
            await mock_sessions.hand_out(session, bank, mock, await mock_sessions.seated(session, mock.id))


def _roles(cast: Cast, stop: Stop) -> dict[int, Role]:
    """Who does what in a round, by membership."""
    found = {int(stop.interviewer or 0): Role.INTERVIEWER, cast.candidate.id: Role.CANDIDATE}
    if stop.shadow is not None:
        found[int(stop.shadow)] = Role.OBSERVER
    return found


async def _open(
    session: AsyncSession, cast: Cast, stop: Stop, wanted: Mapping[int, Role], now: datetime
) -> MockSession:
    return await mock_sessions.create(
        session,
        group_id=cast.loop.group_id,
        kind=Kind.BEHAVIORAL if stop.subject in TALK else Kind.TECHNICAL,
        minutes=stop.minutes,
        swaps=False,
        places=[Place(member_id, role) for member_id, role in wanted.items()],
        slots=[],
        reason="",
        seed=mock_signups.seed_of(cast.loop.seed, stop.start),
        now=now,
        loop_id=cast.loop.id,
        subject=stop.subject.value if stop.subject else None,
        starts_at=cast.loop.starts_at + timedelta(minutes=stop.start),
    )


async def _seat(session: AsyncSession, mock: MockSession, wanted: Mapping[int, Role]) -> bool:
    """Let exactly these people sit in a round; whether anybody changed.

    Who sat there before keeps the row: they may have read its questions.
    """
    seats = {row.seat.membership_id: row.seat for row in await mock_sessions.seated(session, mock.id)}
    sitting = {each: seat.role for each, seat in seats.items() if seat.state in COMING}
    if sitting == {each: role.value for each, role in wanted.items()}:
        return False
    for member_id, seat in seats.items():
        if member_id not in wanted and seat.state in COMING:
            seat.state = "cancelled"
    for member_id, role in wanted.items():
        found = seats.get(member_id)
        if found is None:
            found = MockSeat(session_id=mock.id, membership_id=member_id, style=None, picks=[])
            session.add(found)
        found.role, found.state = role.value, "invited"
    await session.flush()
    return True
