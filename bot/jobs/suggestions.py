"""Suggestions after a week: made with the scorecard, reviewed when the week has closed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.outbox import Letter
from bot.store import (
    cards,
    deliveries,
    enrolments,
    groups,
    memberships,
    scorecards,
    standing,
    suggestions,
)
from bot.store.tables import Delivery, Group, Membership
from bot.store.tables import Suggestion as Row
from bot.views import suggestion as view
from plans import calendar
from plans.adapting import EASING, Offer, Suggestion
from plans.groupcard import Sharing, may_stand_in_channel
from plans.library import Library
from plans.scorecard import Band
from plans.suggesting import suggest

LATE = timedelta(hours=72)


async def offer_all(
    session: AsyncSession,
    group: Group,
    members: Sequence[Membership],
    monday: date,
    due_at: datetime,
    now: datetime,
    library: Library,
) -> None:
    """Offer each member what their week asks for; in the channel only easing, built on what it was shown."""
    for member in members:
        found = await _suggest(session, member, monday, library)
        if found is None:
            continue
        in_channel = _is_easing(found) and await _may_be_seen(session, group, member, monday)
        facts = found.model_dump(mode="json")
        made = await suggestions.offer(
            session,
            member,
            monday,
            monday + timedelta(weeks=1),
            kind=found.kind.value,
            facts=facts,
            in_channel=in_channel,
            now=now,
        )
        if made and found.offers:
            await deliveries.owe(
                session,
                "suggestion",
                workspace_id=group.workspace_id,
                whom=memberships.whom(member),
                period=calendar.week_label(monday),
                due_at=due_at,
                expires_at=due_at + LATE,
            )


def _is_easing(found: Suggestion) -> bool:
    """Whether the week was hard and there is something to offer; what else is open is nobody's business."""
    return found.band is Band.RECOVERY and found.kind in EASING and bool(found.offers)


async def _may_be_seen(session: AsyncSession, group: Group, member: Membership, monday: date) -> bool:
    """Whether the channel was shown every week that a suggestion after this one builds on."""
    before = await scorecards.shown_before(session, groups.whom(group), member, monday)
    return may_stand_in_channel(Sharing(member.sharing), [(band, Sharing(shown)) for band, shown in before])


async def review(
    session: AsyncSession, members: Sequence[Membership], monday: date, library: Library
) -> None:
    """Withdraw the offers that a late finish made needless, and draw them so."""
    by_id = {member.id: member for member in members}
    for row in await suggestions.open_of(session, members, monday):
        member = by_id[row.membership_id]
        found = await _suggest(session, member, monday, library)
        if found is not None and found.kind == row.kind:
            continue
        if await suggestions.withdraw(session, row):
            label = calendar.week_label(monday)
            await deliveries.want_redraw(session, "suggestion", memberships.whom(member), label)


async def compose(session: AsyncSession, delivery: Delivery, _now: datetime) -> Letter | None:
    """The suggestion, or what became of it."""
    membership = await memberships.get(session, int(delivery.whom[1:]))
    row = await suggestions.of_week(session, membership.id, calendar.monday_of_label(delivery.period))
    if row is None or membership.status != "active":
        return None
    if row.state in ("withdrawn", "overtaken") and delivery.state != "sent":
        return None
    group = await groups.get(session, membership.group_id)
    enrolment = await enrolments.current(session, membership.id)
    alone = enrolment if not row.in_channel else None  # the channel need not know the interview's date
    card = _card(row, membership, alone.interview_on if alone else None)
    if not row.in_channel:
        card = replace(card, last_time=await suggestions.last_blocker(session, membership.id, row.week_of))
    return Letter(
        delivery.channel or (group.channel_id if row.in_channel else membership.user_id), view.post(card)
    )


def _card(row: Row, membership: Membership, interview_on: date | None) -> view.SuggestionCard:
    found = Suggestion.model_validate(row.facts)
    return view.SuggestionCard(
        suggestion_id=row.id,
        membership_id=membership.id,
        name=membership.name,
        kind=found.kind.value,
        reason=found.reason,
        for_week=row.for_week,
        choices=[_choice(number, offer) for number, offer in enumerate(found.offers)],
        advice=found.advice,
        private=() if row.in_channel else found.private,
        rest=found.rest,
        blocker=None if row.in_channel else row.blocker,
        interview_on=interview_on,
        in_channel=row.in_channel,
        state=row.state,
        taken=row.taken,
    )


def _choice(number: int, offer: Offer) -> view.Choice:
    change = offer.difference
    return view.Choice(
        number=number,
        kind=offer.change.kind.value,
        goals_before=len(change.kept) + len(change.set_aside),
        goals_after=len(change.kept) + len(change.added),
        minutes_before=round(change.hours_before * 60),
        minutes_after=round(change.hours_after * 60),
        week=[(goal.weekday, goal.text, goal.minutes) for goal in offer.week.goals],
        set_aside=[goal.text for goal in change.set_aside],
        added=[goal.text for goal in change.added],
        extends=offer.change.extend,
        ends_on=offer.ends_on,
        track=offer.change.track,
        extra_mock=offer.change.extra_mock,
        core_only=offer.change.core_only,
        first=offer.change.favour,
        adjusted=offer.adjusted,
    )


async def _suggest(
    session: AsyncSession, member: Membership, monday: date, library: Library
) -> Suggestion | None:
    """What the finished week asks for, if the plan goes on."""
    where = await standing.after(session, member, monday, library)
    if where is None:
        return None
    return suggest(await cards.score(session, member, monday), where)
