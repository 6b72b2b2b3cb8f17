"""Modes that a member chooses, and their end: tried out for the preview, kept, taken back.

As with a change of plan, a preview is the change itself, made and rolled back in the same transaction, and
what is kept can be taken back as a `PlanChange` until the day is over.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import change_undo, deliveries, enrolments, memberships, periods, suggestions, weeks
from bot.store.changes import NoPlanToChange
from bot.store.tables import Enrolment, Goal, Membership, PlanChange
from bot.store.tables import Period as Row
from plans import calendar
from plans.changing import Planned
from plans.errors import StudyError
from plans.fitted import FittedWeek
from plans.library import Library
from plans.mode_changes import ModePreview, ModeWish, WeekChange
from plans.modes import LONGEST

SUNDAY = timedelta(days=6)
SHOWN = 2  # weeks, "the rest of this one and the next"


class ModeEndsFirst(StudyError):
    """It ends before it begins. Which is its last day?"""


class ModeInThePast(StudyError):
    """That day is over. Today is the earliest."""


class ModeTooLong(StudyError):
    """A mode lasts at most 180 days, together with the days that it lengthens. Which is its last day?"""


class ModeOutsidePlan(StudyError):
    """Your plan has no week on these days, so nothing would change. `/prep plan` shows where it ends."""


class ModeIsOver(StudyError):
    """That mode is over or was ended already. `/prep mode` shows what is on."""


@dataclass(frozen=True)
class Kept:
    """What became of an accepted preview: the change and what it did; no change if the preview was stale."""

    change: PlanChange | None
    preview: ModePreview


async def preview(
    session: AsyncSession, membership: Membership, library: Library, wish: ModeWish, now: datetime
) -> ModePreview:
    """What a mode would change; nothing of it stays in the database.

    Raises:
        NoPlanToChange, ModeEndsFirst, ModeInThePast, ModeTooLong, ModeOutsidePlan: it cannot be.
    """
    trial = await session.begin_nested()
    try:
        return await _make(session, membership, library, wish, now)
    finally:
        await trial.rollback()


async def keep(
    session: AsyncSession,
    membership: Membership,
    library: Library,
    wish: ModeWish,
    now: datetime,
    *,
    asked_in: str,
    seen: str,
) -> Kept | None:
    """Let a mode begin whose preview had the fingerprint `seen`; none if this form did so before.

    If things have moved since the preview, nothing changes, and the new preview comes back.

    Raises:
        NoPlanToChange, ModeEndsFirst, ModeInThePast, ModeTooLong, ModeOutsidePlan: it cannot be.
    """
    if await _made(session, membership, asked_in):
        return None
    before = await change_undo.kept(session, membership, _monday(membership, now))
    trial = await session.begin_nested()
    made = await _make(session, membership, library, wish, now)
    if made.fingerprint != seen:
        await trial.rollback()
        return Kept(None, made)
    await trial.commit()
    return Kept(await _remember(session, membership, before, now, asked_in), made)


async def end(
    session: AsyncSession,
    membership: Membership,
    library: Library,
    period_id: int,
    now: datetime,
    *,
    asked_in: str,
) -> Kept | None:
    """Let a mode be over, from today on; none if this very click did so before.

    Raises:
        NoPlanToChange: the member has no plan any more.
        ModeIsOver: there is no such mode, or no day of it is left.
    """
    if await _made(session, membership, asked_in):
        return None
    row = await periods.get(session, membership.id, period_id)
    today = memberships.today(membership, now)
    if row is None or row.ends_on < today:
        raise ModeIsOver
    enrolment = await _needed(session, membership)
    wish = _as_wish(row)
    before = await change_undo.kept(session, membership, _monday(membership, now))
    mondays = _mondays(max(wish.starts_on, today), wish.ends_on)
    had = await _plans(session, membership, enrolment, library, mondays[:SHOWN], today)
    await periods.end(session, row, today)
    await refit(session, membership, enrolment, library, mondays, today)
    has = await _plans(session, membership, enrolment, library, mondays[:SHOWN], today)
    shown = ModePreview(wish=wish, weeks=_changes(had, has, today))
    return Kept(await _remember(session, membership, before, now, asked_in), shown)


async def refit(
    session: AsyncSession,
    membership: Membership,
    enrolment: Enrolment,
    library: Library,
    mondays: Iterable[date],
    today: date,
    *,
    in_its_course: bool = False,
) -> None:
    """Offer what is opened of these weeks anew, from today on, and let everything show it."""
    mondays = list(mondays)
    for monday in mondays:
        await weeks.refit(
            session,
            membership,
            enrolment,
            library,
            monday,
            from_day=max(monday, today),
            in_its_course=in_its_course,
        )
        await deliveries.want_week_redrawn(session, memberships.whom(membership), monday)
    overtaken = await suggestions.overtake(session, membership, mondays[0]) if mondays else []
    rows = [{"week_of": row.week_of} for row in overtaken]
    await change_undo.redraw_suggestions(session, membership, rows)


async def _make(
    session: AsyncSession, membership: Membership, library: Library, wish: ModeWish, now: datetime
) -> ModePreview:
    """Let the mode begin in the present transaction, and say what it did."""
    enrolment = await _needed(session, membership)
    today = memberships.today(membership, now)
    _check(wish, today)
    await weeks.open_week(session, membership, enrolment, library, calendar.monday_of(today), now)
    whole = await periods.widened(session, membership.id, wish)
    _check_length(whole)
    mondays = _mondays(max(wish.starts_on, today), wish.ends_on)
    had = await _plans(session, membership, enrolment, library, mondays[:SHOWN], today)
    if not had:
        raise ModeOutsidePlan
    await periods.begin(session, membership.id, whole, now)
    await refit(session, membership, enrolment, library, mondays, today, in_its_course=True)
    has = await _plans(session, membership, enrolment, library, mondays[:SHOWN], today)
    extends = whole.period != wish.period
    return ModePreview(wish=whole, weeks=_changes(had, has, today), extends=extends)


def _check(wish: ModeWish, today: date) -> None:
    if wish.ends_on < wish.starts_on:
        raise ModeEndsFirst
    if wish.starts_on < today:
        raise ModeInThePast
    _check_length(wish)


def _check_length(wish: ModeWish) -> None:
    if (wish.ends_on - wish.starts_on).days >= LONGEST:
        raise ModeTooLong


async def _needed(session: AsyncSession, membership: Membership) -> Enrolment:
    enrolment = await enrolments.current(session, membership.id)
    if enrolment is None or membership.role == "mentor":
        raise NoPlanToChange(join=membership.group_id)
    return enrolment


async def _made(session: AsyncSession, membership: Membership, asked_in: str) -> bool:
    query = select(PlanChange.id).where(
        PlanChange.membership_id == membership.id, PlanChange.asked_in == asked_in
    )
    return await session.scalar(query) is not None


async def _remember(
    session: AsyncSession, membership: Membership, before: dict[str, object], now: datetime, asked_in: str
) -> PlanChange:
    """Keep what stood there before, so that it can be put back."""
    change = PlanChange(
        membership_id=membership.id,
        enrolment_id=(await _needed(session, membership)).id,
        asked_in=asked_in,
        made_on=memberships.today(membership, now),
        before=before,
        after=await change_undo.fingerprint(session, membership),
        made_at=now,
    )
    session.add(change)
    await session.flush()
    return change


def _as_wish(row: Row) -> ModeWish:
    return ModeWish(**dict(periods.as_period(row)), note=row.note)


def _monday(membership: Membership, now: datetime) -> date:
    return calendar.monday_of(memberships.today(membership, now))


def _mondays(first: date, last: date) -> list[date]:
    """The Mondays of the weeks from the one that holds `first` to the one that holds `last`."""
    monday = calendar.monday_of(first)
    return [monday + calendar.WEEK * number for number in range((last - monday).days // 7 + 1)]


# Reading


async def _plans(
    session: AsyncSession,
    membership: Membership,
    enrolment: Enrolment,
    library: Library,
    mondays: Iterable[date],
    today: date,
) -> dict[date, tuple[Planned, ...]]:
    """What is open in these weeks from today on, as it is offered or would be, by week."""
    found = {}
    for monday in mondays:
        if await weeks.of(session, membership.id, monday) is not None:
            found[monday] = await _open_goals(session, membership, max(monday, today), monday + SUNDAY)
            continue
        view = await weeks.outlook(session, membership, enrolment, library, monday)
        if view is not None:
            found[monday] = planned(monday, view.fitted)
    return found


def planned(monday: date, week: FittedWeek) -> tuple[Planned, ...]:
    """The goals of a week that was not opened yet."""
    return tuple(
        Planned(
            key=goal.id,
            text=goal.text,
            minutes=goal.minutes,
            due_on=monday + timedelta(days=goal.weekday),
        )
        for goal in week.goals
    )


async def _open_goals(
    session: AsyncSession, membership: Membership, first: date, last: date
) -> tuple[Planned, ...]:
    """The plan's goals that are open from `first` to `last`."""
    query = select(Goal).where(
        Goal.membership_id == membership.id,
        Goal.state == "open",
        Goal.key.is_not(None),
        Goal.due_on.between(first, last),
    )
    rows = await session.scalars(query.order_by(Goal.due_on, Goal.position, Goal.id))
    return tuple(
        Planned(key=goal.key or "", text=goal.text, minutes=goal.minutes, due_on=goal.due_on) for goal in rows
    )


def _changes(
    had: dict[date, tuple[Planned, ...]], has: dict[date, tuple[Planned, ...]], today: date
) -> tuple[WeekChange, ...]:
    return tuple(
        WeekChange(monday=monday, since=max(monday, today), before=before, after=has.get(monday, ()))
        for monday, before in had.items()
    )
