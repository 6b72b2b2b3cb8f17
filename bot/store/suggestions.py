"""Suggestions after a week, and what accepting one changes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import change_undo, enrolments, memberships, week_undo, weeks
from bot.store.inserting import insert_new
from bot.store.tables import Adjustment, Enrolment, Membership, Suggestion
from plans import calendar
from plans.adapting import Offer
from plans.adapting import Suggestion as Offered
from plans.library import Library


async def of_week(session: AsyncSession, membership_id: int, monday: date) -> Suggestion | None:
    """The suggestion made after the week of `monday`."""
    found: Suggestion | None = await session.scalar(
        select(Suggestion).filter_by(membership_id=membership_id, week_of=monday)
    )
    return found


def key_of(suggestion: Suggestion) -> str:
    """How buttons name it: by its member and week.

    Its number would tell the channel how many suggestions others got alone.
    """
    return f"{suggestion.membership_id}/{calendar.week_label(suggestion.week_of)}"


async def by_key(session: AsyncSession, key: str) -> Suggestion | None:
    """The suggestion that a button names; messages of an older Cadence name it by its number."""
    if key.isdecimal():
        return await session.get(Suggestion, int(key))
    membership_id, _, label = key.partition("/")
    try:
        return await of_week(session, int(membership_id), calendar.monday_of_label(label))
    except ValueError:  # not one of our keys
        return None


async def offer(
    session: AsyncSession,
    membership: Membership,
    monday: date,
    for_week: date,
    *,
    kind: str,
    facts: dict[str, object],
    in_channel: bool,
    now: datetime,
) -> bool:
    """Offer something after the week of `monday`; false if that week has its suggestion already."""
    return await insert_new(
        session,
        Suggestion,
        membership_id=membership.id,
        week_of=monday,
        for_week=for_week,
        kind=kind,
        facts=facts,
        in_channel=in_channel,
        state="offered",
        made_at=now,
    )


async def accept(
    session: AsyncSession,
    membership: Membership,
    enrolment: Enrolment,
    library: Library,
    suggestion: Suggestion,
    number: int,
    now: datetime,
    *,
    offered: Offered | None = None,
) -> bool:
    """Make the change of offer `number` for the coming week; if that week is open, it is offered anew.

    In the course of that week only what is left of it. `offered` is the suggestion as it now stands, if that
    is not how it was made: what is kept is what is done. False if the suggestion was decided before, has no
    such offer, or its week is over.
    """
    offered = offered or Offered.model_validate(suggestion.facts)
    if suggestion.state != "offered" or not 0 <= number < len(offered.offers):
        return False
    if is_over(membership, suggestion, now):
        return False
    facts = suggestion.facts
    before = await week_undo.rows(session, membership.id, suggestion.for_week)
    suggestion.facts = offered.model_dump(mode="json")
    change = offered.offers[number].change
    suggestion.state, suggestion.taken, suggestion.decided_at = "accepted", number, now
    await insert_new(
        session,
        Adjustment,
        membership_id=membership.id,
        enrolment_id=enrolment.id,
        suggestion_id=suggestion.id,
        for_week=suggestion.for_week,
        change=change.model_dump(mode="json"),
        lasts=change.lasts,
        extends=change.extend,
        made_at=now,
    )
    await _refit(session, membership, enrolment, library, suggestion, now)
    after = await week_undo.rows(session, membership.id, suggestion.for_week)
    suggestion.before = {
        "made_on": memberships.today(membership, now).isoformat(),
        "facts": facts,
        "rows": week_undo.changed(before, after),
        "after": await change_undo.fingerprint(session, membership),
    }
    return True


async def accept_adjusted(
    session: AsyncSession,
    membership: Membership,
    enrolment: Enrolment,
    library: Library,
    suggestion: Suggestion,
    adjusted: Offer,
    now: datetime,
) -> bool:
    """Take what the member made of a suggestion: it is kept as one more of its offers.

    False if the suggestion was decided before, or its week is over.
    """
    if suggestion.state != "offered" or is_over(membership, suggestion, now):
        return False
    made = Offered.model_validate(suggestion.facts).as_made
    offered = made.model_copy(update={"offers": (*made.offers, adjusted)})
    number = len(made.offers)
    return await accept(session, membership, enrolment, library, suggestion, number, now, offered=offered)


async def last_blocker(session: AsyncSession, membership_id: int, before: date) -> str | None:
    """What got in the way the last time that the member said so, before the week of `before`."""
    found: str | None = await session.scalar(
        select(Suggestion.blocker)
        .where(
            Suggestion.membership_id == membership_id,
            Suggestion.week_of < before,
            Suggestion.blocker.is_not(None),
        )
        .order_by(Suggestion.week_of.desc())
        .limit(1)
    )
    return found


async def newest(session: AsyncSession, membership_id: int) -> Suggestion | None:
    """The member's newest suggestion."""
    query = select(Suggestion).where(Suggestion.membership_id == membership_id)
    found: Suggestion | None = await session.scalar(query.order_by(Suggestion.week_of.desc()).limit(1))
    return found


def is_over(membership: Membership, suggestion: Suggestion, now: datetime) -> bool:
    """Whether the week that would change has passed: the past stays as it was."""
    return memberships.today(membership, now) >= calendar.next_monday(suggestion.for_week)


async def begun(session: AsyncSession, membership: Membership, now: datetime) -> list[Suggestion]:
    """The member's open suggestions for a week that has begun, over or not."""
    query = select(Suggestion).where(
        Suggestion.membership_id == membership.id,
        Suggestion.state == "offered",
        Suggestion.for_week < memberships.today(membership, now),
    )
    return list(await session.scalars(query.order_by(Suggestion.id)))


async def _refit(
    session: AsyncSession,
    membership: Membership,
    enrolment: Enrolment,
    library: Library,
    suggestion: Suggestion,
    now: datetime,
) -> None:
    """Offer the changed week anew, from today on if it has begun."""
    today = memberships.today(membership, now)
    from_day = max(suggestion.for_week, today)
    await weeks.refit(session, membership, enrolment, library, suggestion.for_week, from_day=from_day)


async def decline(session: AsyncSession, suggestion: Suggestion, now: datetime) -> bool:
    """Leave the coming week as it is; false if the suggestion was decided before."""
    if suggestion.state != "offered":
        return False
    suggestion.state, suggestion.decided_at = "declined", now
    await session.flush()
    return True


async def undo(
    session: AsyncSession, membership: Membership, library: Library, suggestion: Suggestion, now: datetime
) -> bool:
    """Take a decision back: the week is again as it was, and the suggestion stands again.

    On the day of the decision, and while nothing else has changed the plan, exactly as it was; later the
    days that are left are fitted anew. False if there is no decision, or the week is over.
    """
    if suggestion.state not in ("accepted", "declined") or is_over(membership, suggestion, now):
        return False
    kept = await _kept(session, membership, suggestion, now)
    was_accepted = suggestion.state == "accepted"
    suggestion.state, suggestion.taken, suggestion.decided_at = "offered", None, None
    suggestion.before = None
    if was_accepted:
        await session.execute(delete(Adjustment).where(Adjustment.suggestion_id == suggestion.id))
        await _take_back(session, membership, library, suggestion, kept, now)
    return True


async def _kept(
    session: AsyncSession, membership: Membership, suggestion: Suggestion, now: datetime
) -> dict[str, Any] | None:
    """What accepting has kept, if putting it back is right: none if its day is over or more was changed."""
    kept = suggestion.before
    if kept is None or kept["made_on"] != memberships.today(membership, now).isoformat():
        return None
    return kept if kept["after"] == await change_undo.fingerprint(session, membership) else None


async def _take_back(
    session: AsyncSession,
    membership: Membership,
    library: Library,
    suggestion: Suggestion,
    kept: dict[str, Any] | None,
    now: datetime,
) -> None:
    if kept is not None:
        suggestion.facts = kept["facts"]
        await week_undo.put_back(session, kept["rows"])
        return
    suggestion.facts = Offered.model_validate(suggestion.facts).as_made.model_dump(mode="json")
    enrolment = await enrolments.current(session, membership.id)
    if enrolment is not None:
        await _refit(session, membership, enrolment, library, suggestion, now)


async def withdraw(session: AsyncSession, suggestion: Suggestion) -> bool:
    """A late finish made it needless; a decided suggestion stays."""
    if suggestion.state != "offered":
        return False
    suggestion.state = "withdrawn"
    await session.flush()
    return True


async def overtake(session: AsyncSession, membership: Membership, monday: date) -> list[Suggestion]:
    """A change of plan made these needless: what is offered for the week of `monday` or a later one."""
    query = select(Suggestion).where(
        Suggestion.membership_id == membership.id,
        Suggestion.state == "offered",
        Suggestion.for_week >= monday,
    )
    found = list(await session.scalars(query))
    for suggestion in found:
        suggestion.state = "overtaken"
    await session.flush()
    return found
