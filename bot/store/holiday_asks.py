"""The question whether a week with public holidays shall be lighter, and what became of it."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import curricula, deliveries, enrolments, memberships, mode_changes, pauses, periods, weeks
from bot.store.inserting import insert_new
from bot.store.tables import Enrolment, HolidayAsk, Membership
from plans import public_holidays, weekload
from plans.adapting import Change
from plans.library import Library
from plans.mode_changes import ModeWish, WeekChange
from plans.modes import Mode
from plans.public_holidays import Holiday
from plans.weekload import AS_IT_COMES

KIND = "holidays"
ASKED, LIGHTER, AS_PLANNED = "asked", "lighter", "as_planned"
NOTE_LIMIT = 200


def country_of(membership: Membership) -> str | None:
    """Whose holidays count for a member: as they chose, else where their zone lies; or nobody's."""
    if membership.country is None:
        return public_holidays.of_zone(membership.timezone)
    return membership.country or None


async def get(session: AsyncSession, ask_id: int) -> HolidayAsk | None:
    """The question with this id."""
    return await session.get(HolidayAsk, ask_id)


async def of_week(session: AsyncSession, membership_id: int, monday: date) -> HolidayAsk | None:
    """The question about the week of `monday`."""
    found: HolidayAsk | None = await session.scalar(
        select(HolidayAsk).where(HolidayAsk.membership_id == membership_id, HolidayAsk.week_of == monday)
    )
    return found


def holidays_of(ask: HolidayAsk) -> tuple[Holiday, ...]:
    """The holidays that it is about."""
    return tuple(Holiday(date.fromisoformat(day), name) for day, name in ask.holidays)


def wish_of(ask: HolidayAsk) -> ModeWish:
    """The holiday mode that a lighter week would be; the question must be about some day."""
    found = holidays_of(ask)
    first, last = public_holidays.span(found)
    names = ", ".join(dict.fromkeys(holiday.name for holiday in found))
    return ModeWish(mode=Mode.HOLIDAY, starts_on=first, ends_on=last, note=names[:NOTE_LIMIT])


async def begin(session: AsyncSession, membership: Membership, monday: date, now: datetime) -> bool:
    """Ask about the week of `monday` if it has holidays that nothing covers yet; false if there is no reason
    to, or if it was asked before.
    """
    found = await _uncovered(session, membership, monday)
    if not found:
        return False
    return await insert_new(
        session,
        HolidayAsk,
        membership_id=membership.id,
        week_of=monday,
        holidays=_plain(found),
        state=ASKED,
        made_at=now,
    )


async def _uncovered(session: AsyncSession, membership: Membership, monday: date) -> tuple[Holiday, ...]:
    """The holidays of the week on working days, without those that a pause or a holiday mode covers."""
    country = country_of(membership)
    found = public_holidays.of_week(country or "", monday, frozenset(membership.days_off))
    if not found:
        return ()
    sunday = monday + mode_changes.SUNDAY
    paused = await pauses.days(session, membership.id, monday, sunday)
    there = [
        each
        for each in await periods.between(session, membership.id, monday, sunday)
        if each.mode is Mode.HOLIDAY
    ]
    return tuple(
        holiday
        for holiday in found
        if holiday.day not in paused and not any(each.holds_on(holiday.day) for each in there)
    )


def _plain(found: tuple[Holiday, ...]) -> list[list[str]]:
    return [[holiday.day.isoformat(), holiday.name] for holiday in found]


async def preview(
    session: AsyncSession, membership: Membership, enrolment: Enrolment, library: Library, ask: HolidayAsk
) -> WeekChange | None:
    """The week as planned and with lighter days; none outside the plan or without a holiday."""
    if not ask.holidays:
        return None
    plan = await curricula.of(session, library, enrolment)
    where = await weeks.circumstances(session, membership, enrolment, plan, ask.week_of)
    if where is None:
        return None
    accepted = await enrolments.adjustment(session, enrolment, ask.week_of)
    wanted = Change.model_validate(accepted.change).wanted if accepted else AS_IT_COMES
    lighter = where.model_copy(update={"periods": (*where.periods, wish_of(ask).period)})
    return WeekChange(
        monday=ask.week_of,
        since=ask.week_of,
        before=mode_changes.planned(ask.week_of, weekload.fitted(where, wanted)),
        after=mode_changes.planned(ask.week_of, weekload.fitted(lighter, wanted)),
    )


def is_over(ask: HolidayAsk, today: date) -> bool:
    """Whether the last of its holidays has passed, or there is none any more."""
    return not ask.holidays or today > wish_of(ask).ends_on


async def answer(
    session: AsyncSession,
    membership: Membership,
    enrolment: Enrolment,
    library: Library,
    ask: HolidayAsk,
    state: str,
    now: datetime,
) -> None:
    """Make `state` the answer: lighter days begin or go away, an opened week is offered anew.

    The newest answer counts; the same one twice changes nothing.
    """
    if ask.state == state:
        return
    today = memberships.today(membership, now)
    await _take_back(session, membership, ask)
    if state == LIGHTER:
        ask.period_id = (await periods.add(session, membership.id, wish_of(ask), now)).id
    ask.state, ask.decided_at = state, None if state == ASKED else now
    await session.flush()
    await mode_changes.refit(session, membership, enrolment, library, [ask.week_of], today)
    await _redraw(session, membership, ask)


async def _take_back(session: AsyncSession, membership: Membership, ask: HolidayAsk) -> None:
    """The lighter days that an earlier answer made, if they are there still."""
    row = await periods.get(session, membership.id, ask.period_id) if ask.period_id else None
    if row is not None:
        await session.delete(row)
    ask.period_id = None
    await session.flush()


async def reconsider(session: AsyncSession, membership: Membership, now: datetime) -> None:
    """After another country was chosen, let what is not answered yet be about that country's holidays."""
    monday = memberships.monday(membership, now)
    query = select(HolidayAsk).where(
        HolidayAsk.membership_id == membership.id, HolidayAsk.state == ASKED, HolidayAsk.week_of >= monday
    )
    for ask in list(await session.scalars(query)):
        ask.holidays = _plain(await _uncovered(session, membership, ask.week_of))
        await _redraw(session, membership, ask)
    await session.flush()


async def _redraw(session: AsyncSession, membership: Membership, ask: HolidayAsk) -> None:
    await deliveries.want_redraw(session, KIND, memberships.whom(membership), ask.week_of.isoformat())
