"""Goals: reading a day or a week, completing, moving, skipping, adding one's own."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import memberships
from bot.store.inserting import insert_new
from bot.store.tables import Entry, Goal, Membership
from plans import calendar, progress

SATURDAY, SUNDAY = 5, 6
SHOWN = ("open", "done", "skipped")
EXCUSED_REASONS = ("pause", "holiday")


async def on_day(session: AsyncSession, membership_id: int, day: date) -> list[Goal]:
    """The goals that stand on `day`, in order; on a Sunday those of Saturday that are still open, too."""
    days = [day]
    if day.weekday() == SUNDAY:
        days.append(day - timedelta(days=1))
    query = (
        select(Goal)
        .where(Goal.membership_id == membership_id, Goal.state.in_(SHOWN), Goal.due_on.in_(days))
        .order_by(Goal.first_due_on != day, Goal.position, Goal.id)
    )
    return list(await session.scalars(query))


def shown_on(due_on: date) -> list[date]:
    """The days on which a goal stands: Saturday's also on Sunday."""
    return [due_on, due_on + timedelta(days=1)] if due_on.weekday() == SATURDAY else [due_on]


async def of_week(session: AsyncSession, membership_id: int, monday: date) -> list[Goal]:
    """The goals that the week of `monday` offered, in day order."""
    query = select(Goal).where(
        Goal.membership_id == membership_id, Goal.week_of == monday, Goal.state.in_(SHOWN)
    )
    return list(await session.scalars(query.order_by(Goal.due_on, Goal.position, Goal.id)))


def counted(offered: Iterable[Goal]) -> dict[str, int]:
    """What these goals count together, by metric: the targets of their day or week."""
    totals: Counter[str] = Counter()
    for goal in offered:
        totals.update(goal.metrics)
    return dict(totals)


def is_late(goal: Goal, zone: ZoneInfo) -> bool:
    """Whether this was done a day or more late; what was excused is never late."""
    if goal.done_at is None or goal.excused:
        return False
    return progress.is_late(goal.due_on, calendar.local_day(goal.done_at, zone))


async def earlier_open(session: AsyncSession, membership_id: int, day: date) -> list[Goal]:
    """What this week left open before `day` (weekend goals stay open on Sunday and are not counted)."""
    last = day - timedelta(days=2 if day.weekday() == SUNDAY else 1)
    query = select(Goal).where(
        Goal.membership_id == membership_id,
        Goal.state == "open",
        Goal.due_on.between(calendar.monday_of(day), last),
    )
    return list(await session.scalars(query.order_by(Goal.due_on, Goal.position)))


async def mine(session: AsyncSession, membership_id: int, ids: Collection[int]) -> list[Goal]:
    """Those of the goals that belong to this membership, in order."""
    query = select(Goal).where(Goal.membership_id == membership_id, Goal.id.in_(ids))
    return list(await session.scalars(query.order_by(Goal.position, Goal.id)))


async def complete(
    session: AsyncSession,
    membership: Membership,
    *,
    offered: Collection[int],
    chosen: Collection[int],
    action_ts: str,
    now: datetime,
) -> list[Goal]:
    """Make `chosen` the completed ones among `offered`; the goals that changed.

    Set, never toggle: a click brings the whole selection of its group. The newest click wins, whatever
    the order of arrival: `action_ts` is Slack's time of the click.
    """
    changed = []
    for goal in await mine(session, membership.id, offered):
        if goal.marked_ts and not is_older(goal.marked_ts, action_ts):
            continue
        goal.marked_ts = action_ts
        if (goal.state == "done") == (goal.id in chosen) or goal.state == "withdrawn":
            continue
        changed.append(goal)
        if goal.id in chosen:
            await _finish(session, membership, goal, now)
        else:
            await _reopen(session, goal)
    return changed


async def _finish(session: AsyncSession, membership: Membership, goal: Goal, now: datetime) -> None:
    """Mark as done and log its time and each of its counts once."""
    goal.state, goal.done_at, goal.skip_reason = "done", now, None
    today = memberships.today(membership, now)
    counts = goal.metrics or {"minutes": 0}
    for number, (metric, count) in enumerate(counts.items()):
        await insert_new(
            session,
            Entry,
            membership_id=membership.id,
            goal_id=goal.id,
            on_date=today,
            metric=metric,
            count=count,
            minutes=goal.minutes if number == 0 else 0,
            area=goal.area,
            note="",
            logged_at=now,
        )


async def _reopen(session: AsyncSession, goal: Goal) -> None:
    """Take back exactly what completing had logged."""
    goal.state, goal.done_at = "open", None
    await session.execute(delete(Entry).where(Entry.goal_id == goal.id))


async def carry(session: AsyncSession, goals: Sequence[Goal], to: date) -> list[Goal]:
    """Move open goals to another day; the ones that moved. The week that counts them stays the same."""
    moved = [goal for goal in goals if goal.state == "open" and goal.due_on != to]
    for goal in moved:
        goal.due_on = to
    await session.flush()
    return moved


async def skip(session: AsyncSession, goals: Sequence[Goal], reason: str, *, excused: bool) -> list[Goal]:
    """Skip open goals with a reason; `excused` ones leave the count of the week."""
    skipped = [goal for goal in goals if goal.state == "open"]
    for goal in skipped:
        goal.state, goal.skip_reason, goal.excused = "skipped", reason, excused or goal.excused
    await session.flush()
    return skipped


async def unskip(session: AsyncSession, goals: Sequence[Goal]) -> list[Goal]:
    """Open skipped goals again."""
    back = [goal for goal in goals if goal.state == "skipped"]
    for goal in back:
        goal.state, goal.skip_reason, goal.excused = "open", None, False
    await session.flush()
    return back


async def add_own(
    session: AsyncSession, membership: Membership, *, text: str, minutes: int, area: str, day: date
) -> Goal:
    """A goal of the member's own; it counts in the week like any other."""
    last = await session.scalar(
        select(func.max(Goal.position)).where(Goal.membership_id == membership.id, Goal.due_on == day)
    )
    goal = Goal(
        membership_id=membership.id,
        enrolment_id=None,
        key=None,
        week_of=calendar.monday_of(day),
        due_on=day,
        first_due_on=day,
        text=text,
        block="Your own",
        position=(last or 0) + 1000,
        minutes=minutes,
        area=area,
        tier="standard",
        metrics={},
        state="open",
        excused=False,
    )
    session.add(goal)
    await session.flush()
    return goal


async def excused_between(session: AsyncSession, membership_id: int, first: date, last: date) -> int:
    """How many open goals of these days do not count."""
    query = select(func.count()).where(
        Goal.membership_id == membership_id,
        Goal.state == "open",
        Goal.excused.is_(True),
        Goal.due_on.between(first, last),
    )
    return await session.scalar(query) or 0


async def active_days(session: AsyncSession, membership_id: int, since: date) -> set[date]:
    """The days since `since` on which something was done or logged."""
    query = select(Entry.on_date).where(
        Entry.membership_id == membership_id, Entry.on_date >= since, Entry.undone_at.is_(None)
    )
    return set(await session.scalars(query.distinct()))


async def planned_days(session: AsyncSession, membership_id: int, since: date) -> set[date]:
    """The days since `since` for which something was planned that was not excused."""
    query = select(Goal.due_on).where(
        Goal.membership_id == membership_id,
        Goal.due_on >= since,
        Goal.state.in_(SHOWN),
        Goal.excused.is_(False),
    )
    return set(await session.scalars(query.distinct()))


async def withdraw_all_open(session: AsyncSession, membership_id: int, since: date) -> None:
    """Take back what a plan had offered from `since` on, when another plan takes its place.

    What an earlier week had left open goes back to the day that offered it: that week still counts it.
    """
    await session.execute(
        update(Goal)
        .where(Goal.membership_id == membership_id, Goal.state == "open", Goal.key.is_not(None))
        .where(Goal.due_on >= since, Goal.week_of < calendar.monday_of(since))
        .values(due_on=Goal.first_due_on)
    )
    await session.execute(
        update(Goal)
        .where(Goal.membership_id == membership_id, Goal.state == "open", Goal.key.is_not(None))
        .where(or_(Goal.due_on >= since, Goal.week_of >= since))
        .values(state="withdrawn")
    )


def is_older(marked_ts: str, action_ts: str) -> bool:
    """Whether Slack's time of an earlier click lies before that of this click."""
    return _as_number(marked_ts) < _as_number(action_ts)


def _as_number(action_ts: str) -> tuple[int, int]:
    """Slack's "seconds.micros" as something that compares."""
    seconds, _, micros = action_ts.partition(".")
    return int(seconds or 0), int((micros + "000000")[:6])
