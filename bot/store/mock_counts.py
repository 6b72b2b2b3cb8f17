"""A held mock counts: once for each candidate on their scorecard, once for the group."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import deliveries, goals, memberships
from bot.store.inserting import insert_new
from bot.store.mock_sessions import Seated
from bot.store.tables import Entry, Goal, Group, Membership, MockSeat, MockSession
from plans import calendar
from plans.model import Area, Metric

SUNDAY = timedelta(days=6)


async def count(
    session: AsyncSession, mock: MockSession, row: Seated, now: datetime, *, minutes: int | None = None
) -> None:
    """Put one held mock on a candidate's scorecard, on the day on which it began; twice is once.

    It does the week's first mock goal that no other session has done, as if the member had ticked it, one
    that they have ticked already included. Without such a goal it is logged with its `minutes`, by default
    the session's.
    """
    seat, membership = row
    if mock.starts_at is None or seat.goal_id is not None or membership.status == "forgotten":
        return
    entry = await _entry(session, mock, membership)
    if entry is not None and entry.undone_at is None:
        return
    day = memberships.today(membership, mock.starts_at)
    goal = await _goal_to_do(session, membership, calendar.monday_of(day))
    if goal is not None:
        seat.goal_id = goal.id
        if goal.state == "open":
            await _mark(session, membership, goal, mock.starts_at, now, done=True)
    elif entry is not None:
        entry.undone_at = None
    else:
        await _log(session, mock, membership, day, now, minutes or mock.minutes)
    await session.flush()
    await _redraw(session, membership, goal, day)


async def take_back(session: AsyncSession, mock: MockSession, row: Seated, now: datetime) -> None:
    """Undo exactly what `count` has done; what the member did themselves stays."""
    seat, membership = row
    if mock.starts_at is None or not await is_counted(session, mock, row):
        return
    goal = await session.get(Goal, seat.goal_id) if seat.goal_id is not None else None
    seat.goal_id = None
    if goal is not None and goal.done_at == mock.starts_at:  # a member's own tick bears the time of the tick
        await _mark(session, membership, goal, mock.starts_at, now, done=False)
    entry = await _entry(session, mock, membership)
    if entry is not None and entry.undone_at is None:
        entry.undone_at = now
    await session.flush()
    await _redraw(session, membership, goal, memberships.today(membership, mock.starts_at))


async def is_counted(session: AsyncSession, mock: MockSession, row: Seated) -> bool:
    """Whether this session stands on the person's scorecard."""
    entry = await _entry(session, mock, row.membership)
    return row.seat.goal_id is not None or (entry is not None and entry.undone_at is None)


async def held_in_week(session: AsyncSession, group: Group, monday: date) -> int:
    """How many mocks the group has held in its week of `monday`; the rounds of a full loop are one."""
    zone = ZoneInfo(group.timezone)
    first, last = calendar.day_span(monday, zone)[0], calendar.day_span(monday + SUNDAY, zone)[1]
    query = select(MockSession.id, MockSession.loop_id).where(
        MockSession.group_id == group.id,
        MockSession.state == "held",
        MockSession.starts_at >= first,
        MockSession.starts_at < last,
    )
    rows = await session.execute(query)
    return len({("loop", loop_id) if loop_id else ("session", mock_id) for mock_id, loop_id in rows})


async def _entry(session: AsyncSession, mock: MockSession, membership: Membership) -> Entry | None:
    found: Entry | None = await session.scalar(
        select(Entry).where(Entry.membership_id == membership.id, Entry.mock_id == mock.id)
    )
    return found


async def _goal_to_do(session: AsyncSession, membership: Membership, monday: date) -> Goal | None:
    """The week's first mock goal, open or done, that no session has filled."""
    taken = set(
        await session.scalars(
            select(MockSeat.goal_id).where(
                MockSeat.membership_id == membership.id, MockSeat.goal_id.is_not(None)
            )
        )
    )
    for goal in await goals.of_week(session, membership.id, monday):
        wanted = Metric.MOCK_INTERVIEWS in goal.metrics and goal.state in ("open", "done")
        if wanted and goal.id not in taken:
            return goal
    return None


async def _mark(
    session: AsyncSession, membership: Membership, goal: Goal, at: datetime, now: datetime, *, done: bool
) -> None:
    """Tick or untick the goal as the member would, dated to the session: a late answer changes no week."""
    await goals.complete(
        session,
        membership,
        offered=[goal.id],
        chosen=[goal.id] if done else [],
        action_ts=f"{now.timestamp():.6f}",
        now=at,
    )


async def _log(
    session: AsyncSession, mock: MockSession, membership: Membership, day: date, now: datetime, minutes: int
) -> None:
    await insert_new(
        session,
        Entry,
        membership_id=membership.id,
        goal_id=None,
        mock_id=mock.id,
        on_date=day,
        metric=Metric.MOCK_INTERVIEWS.value,
        count=1,
        minutes=minutes,
        area=Area.MOCK.value,
        note="",
        logged_at=now,
        undone_at=None,
    )


async def _redraw(session: AsyncSession, membership: Membership, goal: Goal | None, day: date) -> None:
    """The posts that show the goal, with new checkboxes; the session's day for its row of days."""
    name = memberships.whom(membership)
    if goal is not None:
        shown = [each.isoformat() for each in goals.shown_on(goal.due_on)]
        await deliveries.want_redraw(session, "day", name, *shown, anew=True)
        await deliveries.want_redraw(session, "checkin", name, goal.week_of.isoformat())
    await deliveries.want_redraw(session, "day", name, day.isoformat())
    await deliveries.want_newest_redrawn(session, "checkpoint", name)
