"""What a mode changes when it begins and when it ends. How it is tried out and kept: `previewed`."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import deliveries, enrolments, memberships, periods, previewed, weeks
from bot.store.previewed import Accepted
from bot.store.tables import Enrolment, Membership
from bot.store.tables import Period as Row
from plans import calendar
from plans.course import Planned
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


async def preview(
    session: AsyncSession, membership: Membership, library: Library, wish: ModeWish, now: datetime
) -> ModePreview:
    """What a mode would change; nothing of it stays in the database.

    Raises:
        NoPlanToChange, ModeEndsFirst, ModeInThePast, ModeTooLong, ModeOutsidePlan: it cannot be.
    """
    return await previewed.preview(session, lambda: _begin(session, membership, library, wish, now))


async def keep(
    session: AsyncSession,
    membership: Membership,
    library: Library,
    wish: ModeWish,
    now: datetime,
    *,
    asked_in: str,
    seen: str,
) -> Accepted[ModePreview] | None:
    """Let a mode begin whose preview had the fingerprint `seen`; none if this form did so before.

    If things have moved since the preview, nothing changes, and the new preview comes back.

    Raises:
        NoPlanToChange, ModeEndsFirst, ModeInThePast, ModeTooLong, ModeOutsidePlan: it cannot be.
    """
    return await previewed.accept(
        session,
        membership,
        lambda: _begin(session, membership, library, wish, now),
        now,
        asked_in=asked_in,
        seen=seen,
    )


async def end(
    session: AsyncSession,
    membership: Membership,
    library: Library,
    period_id: int,
    now: datetime,
    *,
    asked_in: str,
) -> Accepted[ModePreview] | None:
    """Let a mode be over, from today on; none if this very click did so before.

    Raises:
        NoPlanToChange: the member has no plan any more.
        ModeIsOver: there is no such mode, or no day of it is left.
    """
    return await previewed.accept(
        session,
        membership,
        lambda: _end(session, membership, library, period_id, now),
        now,
        asked_in=asked_in,
        seen=None,
    )


async def refit(
    session: AsyncSession,
    membership: Membership,
    enrolment: Enrolment,
    library: Library,
    mondays: Iterable[date],
    today: date,
) -> None:
    """Offer what is opened of these weeks anew, from today on, and let everything show it."""
    mondays = list(mondays)
    for monday in mondays:
        await weeks.refit(session, membership, enrolment, library, monday, from_day=max(monday, today))
        await deliveries.want_week_redrawn(session, memberships.whom(membership), monday)
    if mondays:
        await previewed.overtake_suggestions(session, membership, mondays[0])


async def _begin(
    session: AsyncSession, membership: Membership, library: Library, wish: ModeWish, now: datetime
) -> ModePreview:
    """Let the mode begin in the present transaction, and say what it did."""
    enrolment = await enrolments.needed(session, membership)
    today = memberships.today(membership, now)
    _check(wish, today)
    await weeks.open_week(session, membership, enrolment, library, memberships.monday(membership, now), now)
    whole = await periods.widened(session, membership.id, wish)
    _check_length(whole)
    mondays = _mondays(max(wish.starts_on, today), wish.ends_on)
    had = await _plans(session, membership, enrolment, library, mondays[:SHOWN], today)
    if not had:
        raise ModeOutsidePlan
    await periods.begin(session, membership.id, whole, now)
    await refit(session, membership, enrolment, library, mondays, today)
    has = await _plans(session, membership, enrolment, library, mondays[:SHOWN], today)
    extends = whole.period != wish.period
    return ModePreview(wish=whole, weeks=_changes(had, has, today), extends=extends)


async def _end(
    session: AsyncSession, membership: Membership, library: Library, period_id: int, now: datetime
) -> ModePreview:
    """End the mode in the present transaction, and say what that did."""
    row = await periods.get(session, membership.id, period_id)
    today = memberships.today(membership, now)
    if row is None or row.ends_on < today:
        raise ModeIsOver
    enrolment = await enrolments.needed(session, membership)
    wish = _as_wish(row)
    mondays = _mondays(max(wish.starts_on, today), wish.ends_on)
    had = await _plans(session, membership, enrolment, library, mondays[:SHOWN], today)
    await periods.end(session, row, today)
    await refit(session, membership, enrolment, library, mondays, today)
    has = await _plans(session, membership, enrolment, library, mondays[:SHOWN], today)
    return ModePreview(wish=wish, weeks=_changes(had, has, today))


def _check(wish: ModeWish, today: date) -> None:
    if wish.ends_on < wish.starts_on:
        raise ModeEndsFirst
    if wish.starts_on < today:
        raise ModeInThePast
    _check_length(wish)


def _check_length(wish: ModeWish) -> None:
    if (wish.ends_on - wish.starts_on).days >= LONGEST:
        raise ModeTooLong


def _as_wish(row: Row) -> ModeWish:
    return ModeWish(**dict(periods.as_period(row)), note=row.note)


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
            found[monday] = await previewed.open_goals(
                session, membership, max(monday, today), monday + SUNDAY
            )
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


def _changes(
    had: dict[date, tuple[Planned, ...]], has: dict[date, tuple[Planned, ...]], today: date
) -> tuple[WeekChange, ...]:
    return tuple(
        WeekChange(monday=monday, since=max(monday, today), before=before, after=has.get(monday, ()))
        for monday, before in had.items()
    )
