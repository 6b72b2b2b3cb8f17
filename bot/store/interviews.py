"""The list of an interview's week and what came after it: who is owed what, what is ticked, what was said."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import deliveries, enrolments, groups, memberships, pauses, ratings, ticks, weeks
from bot.store.inserting import insert_new
from bot.store.tables import Delivery, Enrolment, Goal, InterviewTick, Membership
from plans import calendar, interview_week
from plans.interview_week import ASKED_FOR, Aftermath, Sheet
from plans.library import Library

KIND, AFTERWARDS, OFFER = "interview", "afterwards", "offer"  # deliveries, by the interview's date
SCOPE: ratings.Scope = "interview"  # of reflections
OUTCOME = "outcome"  # kept beside the reflection's questions
DAY, SUNDAY = timedelta(days=1), timedelta(days=6)


async def date_of(session: AsyncSession, membership_id: int) -> date | None:
    """The day of the member's interview, as their present plan has it."""
    enrolment = await enrolments.current(session, membership_id)
    return enrolment.interview_on if enrolment else None


async def was_theirs(session: AsyncSession, membership: Membership, interview: date) -> bool:
    """Whether the member has or had an interview on this day."""
    query = select(Enrolment.id).where(
        Enrolment.membership_id == membership.id, Enrolment.interview_on == interview
    )
    if await session.scalar(query.limit(1)) is not None:
        return True
    name = memberships.whom(membership)
    found = [await deliveries.find(session, kind, name, interview.isoformat()) for kind in (KIND, AFTERWARDS)]
    return any(found)


# Owing


async def follow(session: AsyncSession, membership: Membership, now: datetime) -> None:
    """After a change of date: what was posted says so; within the light days the list comes at once."""
    name = memberships.whom(membership)
    await deliveries.want_redraw(session, KIND, name, *await _posted(session, name), anew=True)
    interview, today = await date_of(session, membership.id), memberships.today(membership, now)
    if interview is None or not interview_week.has_list(interview, today):
        return
    if not await pauses.on(session, membership.id, today):
        await owe_list(session, membership, interview, now)


async def _posted(session: AsyncSession, whom: str) -> list[str]:
    """The dates whose lists were posted to the member."""
    query = select(Delivery.period).where(Delivery.kind == KIND, Delivery.whom == whom)
    return list(await session.scalars(query))


async def owe_list(session: AsyncSession, membership: Membership, interview: date, due_at: datetime) -> None:
    """Owe the list until the interview's day is over; drawn again, if it is there already."""
    if await _owe(session, KIND, membership, interview, due_at, last=interview):
        return
    await deliveries.want_redraw(session, KIND, memberships.whom(membership), interview.isoformat())


async def owe_afterwards(
    session: AsyncSession, membership: Membership, interview: date, due_at: datetime
) -> None:
    """Owe the question how it was, for a week."""
    last = interview + ASKED_FOR * DAY
    await _owe(session, AFTERWARDS, membership, interview, due_at, last=last)


async def owe_offer(session: AsyncSession, membership: Membership, interview: date, now: datetime) -> None:
    """Owe the group the good news, within a day; once more, if Slack did not take it."""
    last = memberships.today(membership, now) + DAY
    if not await _owe(session, OFFER, membership, interview, now, last=last):
        await deliveries.owe_again(
            session,
            OFFER,
            memberships.whom(membership),
            interview.isoformat(),
            due_at=now,
            expires_at=memberships.end_of_day(membership, last),
        )
    await deliveries.want_redraw(session, AFTERWARDS, memberships.whom(membership), interview.isoformat())


async def _owe(
    session: AsyncSession,
    kind: str,
    membership: Membership,
    interview: date,
    due_at: datetime,
    *,
    last: date,
) -> bool:
    """Owe something about an interview until the end of the day `last`; false if it was owed before."""
    if kind != OFFER and await _told_elsewhere(session, kind, membership, interview):
        return False
    return await deliveries.owe(
        session,
        kind,
        workspace_id=membership.workspace_id,
        whom=memberships.whom(membership),
        period=interview.isoformat(),
        due_at=due_at,
        expires_at=memberships.end_of_day(membership, last),
    )


async def _told_elsewhere(session: AsyncSession, kind: str, membership: Membership, interview: date) -> bool:
    """Whether somebody who is in two groups with the same interview has this from the other one."""
    for other in await memberships.of_person(session, membership.workspace_id, membership.user_id):
        if other.id == membership.id or await date_of(session, other.id) != interview:
            continue
        if await deliveries.find(session, kind, memberships.whom(other), interview.isoformat()):
            return True
    return False


# The list


async def read(
    session: AsyncSession, membership: Membership, enrolment: Enrolment, library: Library, now: datetime
) -> Sheet | None:
    """The list as it stands now; none without a date."""
    interview = enrolment.interview_on
    if interview is None:
        return None
    today = memberships.today(membership, now)
    first = max(today, interview_week.first_day(interview))
    old_date, old_ticks = await _old_ticks(session, membership.id, interview)
    return Sheet(
        membership_id=membership.id,
        interview_on=interview,
        today=today,
        shown_until=memberships.next_post(membership, now).day - DAY,
        ticked=await _ticked(session, membership.id, interview),
        minutes=await _minutes(session, membership, enrolment, library, first, interview),
        old_date=old_date,
        old_ticks=old_ticks,
    )


async def _ticked(session: AsyncSession, membership_id: int, interview: date) -> frozenset[str]:
    query = select(InterviewTick.item).filter_by(membership_id=membership_id, interview_on=interview)
    return frozenset(await session.scalars(query.where(InterviewTick.ticked_at.is_not(None))))


async def _old_ticks(
    session: AsyncSession, membership_id: int, interview: date
) -> tuple[date | None, frozenset[str]]:
    """The newest other date with ticks that may hold for this one; nothing once this list was touched."""
    of_member = select(InterviewTick).filter_by(membership_id=membership_id)
    touched = of_member.where(InterviewTick.interview_on == interview).limit(1)
    if await session.scalar(touched) is not None:
        return None, frozenset()
    query = of_member.where(InterviewTick.ticked_at.is_not(None)).order_by(InterviewTick.id.desc())
    rows = list(await session.scalars(query))
    if not rows:
        return None, frozenset()
    old = rows[0].interview_on
    holding = interview_week.still_holding([row.item for row in rows if row.interview_on == old])
    return (old, holding) if holding else (None, frozenset())


async def _minutes(
    session: AsyncSession,
    membership: Membership,
    enrolment: Enrolment,
    library: Library,
    first: date,
    last: date,
) -> int:
    """What is planned and open on these days: goals of opened weeks, of others what would be offered."""
    found, monday = 0, calendar.monday_of(first)
    while monday <= last:
        span = (max(first, monday), min(last, monday + SUNDAY))
        if await weeks.of(session, membership.id, monday) is not None:
            found += await _open_minutes(session, membership.id, *span)
        elif outlook := await weeks.outlook(session, membership, enrolment, library, monday):
            held = range(span[0].weekday(), span[1].weekday() + 1)
            found += sum(day.minutes for day in outlook.fitted.days if day.weekday in held)
        monday += calendar.WEEK
    return found


async def _open_minutes(session: AsyncSession, membership_id: int, first: date, last: date) -> int:
    query = select(func.sum(Goal.minutes)).where(
        Goal.membership_id == membership_id,
        Goal.due_on.between(first, last),
        Goal.state == "open",
        Goal.excused.is_(False),
    )
    return await session.scalar(query) or 0


async def tick(
    session: AsyncSession,
    membership_id: int,
    interview: date,
    *,
    offered: Collection[str],
    chosen: Collection[str],
    action_ts: str,
    now: datetime,
) -> None:
    """Make `chosen` the ticked ones among `offered`, which are lines of the list."""
    of = {"membership_id": membership_id, "interview_on": interview}
    await ticks.put(session, InterviewTick, of, offered=offered, chosen=chosen, action_ts=action_ts, now=now)


async def take_over(session: AsyncSession, membership_id: int, interview: date, now: datetime) -> None:
    """Tick what was ticked for an earlier date and may still hold; any click wins over it."""
    _, holding = await _old_ticks(session, membership_id, interview)
    for item in sorted(holding):
        key = {"membership_id": membership_id, "interview_on": interview, "item": item}
        await insert_new(session, InterviewTick, **key, ticked_at=now)


# Afterwards


async def aftermath(session: AsyncSession, membership: Membership, interview: date) -> Aftermath:
    """What the member has said after the interview."""
    words = await ratings.words(session, membership.id, SCOPE, interview)
    outcome = words.pop(OUTCOME, "")
    told = await deliveries.find(session, OFFER, memberships.whom(membership), interview.isoformat())
    return Aftermath(
        membership_id=membership.id,
        interview_on=interview,
        name=membership.name,
        group=(await groups.get(session, membership.group_id)).name,
        words=words,
        has_offer=outcome == OFFER,
        is_told=told is not None and told.state not in deliveries.GIVEN_UP,
        was_refused=told is not None and told.state in deliveries.GIVEN_UP,
    )


async def reflect(
    session: AsyncSession, membership: Membership, interview: date, texts: Mapping[str, str], now: datetime
) -> None:
    """Keep what the member wrote; empty words take the old ones away."""
    await ratings.write(session, membership.id, SCOPE, interview, texts, now)
    await deliveries.want_redraw(session, AFTERWARDS, memberships.whom(membership), interview.isoformat())


async def redraw_afterwards(session: AsyncSession, delivery: Delivery) -> None:
    """Draw the question anew that belongs to the same interview as this delivery."""
    await deliveries.want_redraw(session, AFTERWARDS, delivery.whom, delivery.period)


async def set_offer(
    session: AsyncSession, membership: Membership, interview: date, now: datetime, *, got: bool
) -> None:
    """Keep that it became an offer, or that it did not."""
    await reflect(session, membership, interview, {OUTCOME: OFFER if got else ""}, now)
