"""Full loops: their people, their day, and what is owed to them.

How one is made is in `mock_loop_plans`, how it changes before it begins in `mock_loop_changes`, what comes of
it in `mock_debriefs`. Each round is a mock session with a seat for its interviewer, the candidate and perhaps
a shadow.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import deliveries, memberships, timers
from bot.store.mock_sessions import DAY, HOUR
from bot.store.tables import Group, LoopPanelist, Membership, MockLoop, MockSession
from plans.loop import FEWEST_INTERVIEWERS, LoopFormat, Stop, schedule

DECLINED = "declined"
AHEAD = {"loop_dayahead": DAY, "loop_hourahead": HOUR}  # how long before the beginning each reminder comes


class Panelist(NamedTuple):
    """An interviewer with their answer and their vote."""

    row: LoopPanelist
    membership: Membership


@dataclass(frozen=True)
class Cast:
    """A full loop with everybody who has to do with it; the panel in the order in which it was named."""

    loop: MockLoop
    candidate: Membership
    planner: Membership
    panel: Sequence[Panelist]

    @property
    def here(self) -> list[Panelist]:
        """The interviewers who have not declined."""
        return [each for each in self.panel if each.row.state != DECLINED]

    @property
    def everybody(self) -> list[Membership]:
        """Who shares the room: the candidate, the interviewers, and who planned it."""
        people = [self.candidate, *(each.membership for each in self.here), self.planner]
        return list({member.id: member for member in people}.values())

    @property
    def minutes(self) -> int:
        """How long the whole event lasts."""
        return LoopFormat(self.loop.format).minutes

    @property
    def ends_at(self) -> datetime:
        """The end of its debrief."""
        return self.loop.starts_at + timedelta(minutes=self.minutes)

    def is_ahead(self, now: datetime) -> bool:
        """Whether it is planned and has not begun."""
        return self.loop.state == "planned" and now < self.loop.starts_at

    def stops(self) -> tuple[Stop, ...]:
        """The day, stop after stop; people are named by their memberships' ids. None without a panel."""
        here = [str(each.membership.id) for each in self.here]
        if len(here) < FEWEST_INTERVIEWERS:
            return ()
        raiser = self.loop.bar_raiser_id
        return schedule(
            LoopFormat(self.loop.format),
            str(self.candidate.id),
            here,
            bar_raiser=str(raiser) if raiser is not None else None,
            seed=self.loop.seed,
        )


def whom(loop: MockLoop) -> str:
    """How timers and deliveries name a full loop."""
    return f"l{loop.id}"


async def find(session: AsyncSession, loop_id: int) -> Cast | None:
    """The full loop with this id and its people."""
    loop = await session.get(MockLoop, loop_id)
    if loop is None:
        return None
    query = (
        select(LoopPanelist, Membership)
        .join(Membership, Membership.id == LoopPanelist.membership_id)
        .where(LoopPanelist.loop_id == loop_id)
        .order_by(LoopPanelist.id)
    )
    return Cast(
        loop,
        await memberships.get(session, loop.candidate_id),
        await memberships.get(session, loop.planned_by),
        [Panelist(row, membership) for row, membership in await session.execute(query)],
    )


async def rounds(session: AsyncSession, loop: MockLoop) -> list[MockSession]:
    """The sessions of a loop in the order of the day."""
    query = select(MockSession).where(MockSession.loop_id == loop.id)
    return list(await session.scalars(query.order_by(MockSession.starts_at, MockSession.id)))


async def needed(session: AsyncSession, loop_id: int) -> Cast:
    """The full loop with this id; it must exist."""
    found = await find(session, loop_id)
    if found is None:
        raise LookupError(f"there is no full loop {loop_id}")
    return found


async def set_timers(session: AsyncSession, cast: Cast, now: datetime) -> None:
    """The reminders of its time, and the vote when the last round is over; a passed reminder is left out."""
    name, start = whom(cast.loop), cast.loop.starts_at
    last = max(stop.end for stop in cast.stops() if stop.what == "round")
    await timers.stop(session, name, *AHEAD)
    rings = {kind: start - before for kind, before in AHEAD.items()}
    rings["loop_after"] = start + timedelta(minutes=last)
    for kind, due_at in rings.items():
        if due_at > now:
            await timers.set_next(session, kind, name, due_at.date(), due_at)


async def owe_invitation(session: AsyncSession, cast: Cast, now: datetime) -> None:
    """Owe the calendar file of the loop as it now stands."""
    expires_at = max(cast.loop.starts_at, now + HOUR)
    await owe(session, cast, "loop_invitation", f"v{cast.loop.sequence}", now, expires_at)


async def owe(
    session: AsyncSession, cast: Cast, kind: str, period: str, now: datetime, expires_at: datetime
) -> None:
    """Owe the people of a loop a message."""
    group = await session.get_one(Group, cast.loop.group_id)
    await deliveries.owe(
        session,
        kind,
        workspace_id=group.workspace_id,
        whom=whom(cast.loop),
        period=period,
        due_at=now,
        expires_at=expires_at,
    )


async def remind(session: AsyncSession, cast: Cast, kind: str, now: datetime) -> None:
    """Owe a reminder, until it would say something else than the clock."""
    left = HOUR if kind == "loop_dayahead" else timedelta(0)
    await owe(session, cast, kind, f"v{cast.loop.sequence}", now, cast.loop.starts_at - left)


async def redraw(session: AsyncSession, cast: Cast) -> None:
    """Ask that everything that shows the loop be drawn again."""
    name = whom(cast.loop)
    await deliveries.want_redraw(session, "loop", name, "room")
    for kind in AHEAD:
        versions = [f"v{number}" for number in range(1, cast.loop.sequence + 1)]
        await deliveries.want_redraw(session, kind, name, *versions)
