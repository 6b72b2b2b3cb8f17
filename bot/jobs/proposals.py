"""Asking a group whether an area should be eased for everybody, and doing what it says."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.outbox import Letter
from bot.store import agreements, curricula, deliveries, enrolments, groups, proposals, timers, weeks
from bot.store.tables import Delivery, Group, Membership, Proposal, Timer
from bot.views import proposals as view
from plans import calendar, steering
from plans.calendar import Occurrence
from plans.library import Library
from plans.steering import Missed
from plans.weekload import Circumstances

KIND, TIMER = "proposal", "vote"
ASKED_AT = time(9)  # of the group's day
CLOSES_AT, CLOSES_ON = time(18), frozenset({2})  # Wednesday
TIME_TO_VOTE = timedelta(hours=24)  # at least
STILL_NEWS = timedelta(days=14)  # after a week began; what was missed before is too long ago then


async def propose(
    session: AsyncSession,
    group: Group,
    members: Sequence[Membership],
    monday: date,
    now: datetime,
    *,
    library: Library,
) -> None:
    """Ask the group after the week of `monday`, which has closed, if most of it misses something.

    `members` are those whose week was judged. Nothing is asked while it is asked about something else.
    """
    here = calendar.local_day(now, ZoneInfo(group.timezone))
    if here >= monday + STILL_NEWS or await proposals.open_of(session, group.id) is not None:
        return
    shown = await proposals.shown_weeks(session, groups.whom(group), members, monday)
    ahead = await _ahead(session, members, _closing(group, now).day, library) if shown else {}
    missed = steering.proposal(shown, ahead, await proposals.asked(session, group.id), monday)
    if missed is not None:
        await _ask(session, group, missed, monday, now)


async def _ahead(
    session: AsyncSession, members: Sequence[Membership], closes_on: date, library: Library
) -> dict[str, list[Circumstances]]:
    """The weeks of each member that would change; fewer than four where the plan ends."""
    first, last = steering.term(closes_on)
    found = {}
    for member in members:
        enrolment = await enrolments.current(session, member.id)
        plan = await curricula.if_readable(session, library, enrolment) if enrolment else None
        if enrolment is None or plan is None:
            continue
        known = [
            await weeks.circumstances(session, member, enrolment, plan, first + number * calendar.WEEK)
            for number in range((last - first) // calendar.WEEK + 1)
        ]
        found[str(member.id)] = [where for where in known if where is not None]
    return found


def _posting(group: Group, now: datetime) -> Occurrence:
    """In the morning: a week closes at midnight."""
    return calendar.next_occurrence(now, ASKED_AT, ZoneInfo(group.timezone))


def _closing(group: Group, now: datetime) -> Occurrence:
    """In the middle of the week, at least a day after it was posted."""
    since = _posting(group, now).instant + TIME_TO_VOTE
    return calendar.next_occurrence(since, CLOSES_AT, ZoneInfo(group.timezone), CLOSES_ON)


async def _ask(session: AsyncSession, group: Group, missed: Missed, monday: date, now: datetime) -> None:
    """Keep the question; it is posted in the morning and stays open until the middle of the week."""
    closes, name = _closing(group, now), groups.whom(group)
    if not await proposals.propose(session, group, missed, monday, closes, now):
        return
    await timers.set_next(session, TIMER, name, monday, closes.instant)
    await deliveries.owe(
        session,
        KIND,
        workspace_id=group.workspace_id,
        whom=name,
        period=calendar.week_label(monday),
        due_at=_posting(group, now).instant,
        expires_at=closes.instant,
    )


async def ring(session: AsyncSession, timer: Timer, now: datetime, *, library: Library) -> None:
    """Count the votes; if it passes, the weeks of everybody who did not keep theirs follow."""
    await timers.stop(session, timer.whom, TIMER)
    group = await groups.get(session, int(timer.whom[1:]))
    row = await proposals.of_week(session, group.id, timer.period)
    if row is None or row.state != proposals.OPEN or group.status != "active":
        return
    lapsed = calendar.local_day(now, ZoneInfo(group.timezone)) > row.last_week + proposals.SUNDAY
    if await proposals.settle(session, row, lapsed=lapsed):
        await _follow(session, group, row, library, now)
    await deliveries.want_redraw(session, KIND, timer.whom, calendar.week_label(row.week_of))


async def _follow(
    session: AsyncSession, group: Group, row: Proposal, library: Library, now: datetime
) -> None:
    """Let everybody's open weeks follow what has passed, where their plan can be read."""
    for member in await groups.members(session, group):
        enrolment = await enrolments.current(session, member.id)
        if enrolment is not None and await curricula.if_readable(session, library, enrolment) is not None:
            await agreements.refit(session, member, row, library, now)


async def compose(session: AsyncSession, delivery: Delivery, _now: datetime) -> Letter | None:
    """The question with how many have voted; afterwards what they said."""
    group = await groups.get(session, int(delivery.whom[1:]))
    row = await proposals.of_week(session, group.id, calendar.monday_of_label(delivery.period))
    if row is None or group.status != "active":
        return None
    if row.state != proposals.OPEN and delivery.state != "sent":
        return None
    return Letter(group.channel_id, view.post(await _card(session, group, row)))


async def _card(session: AsyncSession, group: Group, row: Proposal) -> view.ProposalCard:
    counted = await proposals.result(session, row)
    return view.ProposalCard(
        proposal_id=row.id,
        missed=Missed.model_validate({name: row.facts[name] for name in Missed.model_fields}),
        first_week=row.first_week,
        until=row.last_week + proposals.SUNDAY,
        closes_at=row.closes_at,
        timezone=group.timezone,
        state="lapsed" if row.facts.get("lapsed") else row.state,
        ease=counted.ease,
        keep=counted.keep,
        members=counted.members,
    )
