"""Suggestions after a week: made with the scorecard, reviewed when the week has closed."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.jobs import week_posts
from bot.outbox import Letter
from bot.store import (
    cards,
    deliveries,
    enrolments,
    groups,
    memberships,
    milestones,
    offers,
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


async def offer(
    session: AsyncSession,
    group: Group,
    member: Membership,
    monday: date,
    due_at: datetime,
    now: datetime,
    library: Library,
) -> None:
    """Offer a member what their week asks for; in the channel only easing, built on what it was shown."""
    found = await _suggest(session, member, monday, library, now)
    if found is None:
        return
    made = await suggestions.offer(
        session,
        member,
        monday,
        monday + timedelta(weeks=1),
        kind=found.kind.value,
        facts=found.model_dump(mode="json"),
        in_channel=_is_easing(found) and await _may_be_seen(session, group, member, monday),
        now=now,
    )
    if made and found.offers:
        await week_posts.owe(session, "suggestion", memberships.whom(member), group, monday, due_at)


def _is_easing(found: Suggestion) -> bool:
    """Whether the week was hard and there is something to offer; what else is open is nobody's business."""
    return found.band is Band.RECOVERY and found.kind in EASING and bool(found.offers)


async def _may_be_seen(session: AsyncSession, group: Group, member: Membership, monday: date) -> bool:
    """Whether the channel was shown every week that a suggestion after this one builds on.

    A choice that was made since the group's card can close this week to the channel and not open it.
    """
    *_, as_published = await milestones.sharing(session, member, monday)
    sharing = as_published if member.sharing == Sharing.FULL else Sharing(member.sharing)
    before = await scorecards.shown_before(session, groups.whom(group), member, monday)
    return may_stand_in_channel(sharing, [(band, Sharing(shown)) for band, shown in before])


async def review(
    session: AsyncSession, member: Membership, monday: date, library: Library, now: datetime
) -> None:
    """Withdraw an offer that a late finish made needless, and draw it so."""
    row = await suggestions.of_week(session, member.id, monday)
    if row is None or row.state != "offered":
        return
    found = await _suggest(session, member, monday, library, now)
    if found is not None and found.kind == row.kind:
        return
    if await suggestions.withdraw(session, row):
        label = calendar.week_label(monday)
        await deliveries.want_redraw(session, "suggestion", memberships.whom(member), label)


async def follow(session: AsyncSession, member: Membership, now: datetime) -> None:
    """A day has begun: what is still offered for this week is drawn with the days that are left of it, and
    what was offered for one that is over is drawn so.
    """
    for row in await suggestions.begun(session, member, now):
        if suggestions.is_over(member, row, now):
            row.state = "lapsed"
        label = calendar.week_label(row.week_of)
        await deliveries.want_redraw(session, "suggestion", memberships.whom(member), label)


async def end(session: AsyncSession, member: Membership, monday: date, now: datetime) -> None:
    """The week of `monday` is over: what was offered for it can be neither taken nor taken back."""
    await follow(session, member, now)
    label = calendar.week_label(monday - calendar.WEEK)
    await deliveries.want_redraw(session, "suggestion", memberships.whom(member), label)


async def compose(
    session: AsyncSession, delivery: Delivery, now: datetime, *, library: Library
) -> Letter | None:
    """The suggestion, or what became of it."""
    membership = await memberships.get(session, int(delivery.whom[1:]))
    row = await suggestions.of_week(session, membership.id, calendar.monday_of_label(delivery.period))
    if row is None or membership.status != "active":
        return None
    if row.state in ("withdrawn", "overtaken", "lapsed") and delivery.state != "sent":
        return None
    group = await groups.get(session, membership.group_id)
    card = _card(row, membership, now)
    if not row.in_channel:
        card = await _for_them_alone(session, card, row, membership, library, now)
    return Letter(
        delivery.channel or (group.channel_id if row.in_channel else membership.user_id), view.post(card)
    )


def _card(row: Row, membership: Membership, now: datetime) -> view.SuggestionCard:
    """What the channel may see: nothing in it depends on what was done since it was made."""
    is_over = suggestions.is_over(membership, row, now)
    return view.SuggestionCard(
        key=suggestions.key_of(row),
        membership_id=membership.id,
        name=membership.name,
        for_week=row.for_week,
        interview_on=None,
        in_channel=True,
        state="lapsed" if is_over and row.state == "offered" else row.state,
        taken=row.taken,
        since=offers.since(membership, row, row.decided_at or now),
        is_over=is_over,
        **_offered(Suggestion.model_validate(row.facts)),
    )


def _offered(found: Suggestion) -> dict[str, Any]:
    """What is suggested and why."""
    return {
        "kind": found.kind.value,
        "reason": found.reason,
        "choices": [_choice(number, offer) for number, offer in enumerate(found.offers)],
        "advice": found.advice,
    }


async def _for_them_alone(
    session: AsyncSession,
    card: view.SuggestionCard,
    row: Row,
    membership: Membership,
    library: Library,
    now: datetime,
) -> view.SuggestionCard:
    """The same in private: what the days hold that are left, signs, dates, and what got in the way."""
    found = Suggestion.model_validate(row.facts)
    if card.state == "offered":
        found = await offers.as_it_stands(session, membership, row, library, now)
    enrolment = await enrolments.current(session, membership.id)
    is_spent = card.since is not None and not any(offer.may_be_taken for offer in found.offers)
    return replace(
        card,
        in_channel=False,
        state="lapsed" if card.state == "offered" and is_spent else card.state,
        private=found.private,
        rest=found.rest,
        blocker=row.blocker,
        last_time=await suggestions.last_blocker(session, membership.id, row.week_of),
        interview_on=enrolment.interview_on if enrolment else None,
        **_offered(found),
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
    session: AsyncSession, member: Membership, monday: date, library: Library, now: datetime
) -> Suggestion | None:
    """What the finished week asks for, if the plan goes on."""
    where = await standing.after(session, member, monday, library, today=memberships.today(member, now))
    if where is None:
        return None
    return suggest(await cards.score(session, member, monday), where)
