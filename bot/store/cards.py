"""Members' cards, read together from what is known of the week and what was published before."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import (
    consistency,
    enrolments,
    memberships,
    minimums,
    ratings,
    scorecards,
    signs,
    suggestions,
    weeks,
)
from bot.store.tables import Membership, Week
from bot.store.tables import Scorecard as Row
from plans import membercard, scorecard
from plans.adapting import Suggestion
from plans.areashares import area_shares, with_shares
from plans.membercard import MemberCard, PastWeek
from plans.model import Area, Metric
from plans.progress import Consistency, by_area
from plans.published import AreaWeek, PublishedWeek
from plans.ratings import Dimension
from plans.scorecard import Scorecard, WeekRecord
from plans.warning_signs import WarningSign

SUNDAY = timedelta(days=6)
LATELY = timedelta(weeks=1)  # ours: how long after its end a week still says how steady one is


async def score(session: AsyncSession, membership: Membership, monday: date) -> Scorecard:
    """The member's week as it stands; what is done after their Sunday midnight is too late."""
    return scorecard.score(await record(session, membership, monday))


async def record(session: AsyncSession, membership: Membership, monday: date) -> WeekRecord:
    """What is known of the member's week up to their Sunday midnight."""
    until = memberships.end_of_week(membership, monday)
    return await scorecards.record(session, membership.id, monday, until, memberships.zone(membership))


async def read(session: AsyncSession, membership: Membership, monday: date, now: datetime) -> MemberCard:
    """The member's card for the week of `monday`."""
    known = await record(session, membership, monday)
    card = scorecard.score(known)
    week = await weeks.of(session, membership.id, monday)
    steady = await _consistency(session, membership, monday, now)
    short = in_short(card, known, week, steady, await signs.mock_rating(session, membership, monday))
    suggestion = await suggestions.of_week(session, membership.id, monday)
    past = await scorecards.history(session, memberships.whom(membership), monday, membercard.TREND)
    earlier = [row for row in past if row.week_of != monday]
    trend = [*(_past(row.week_of, _published(row)) for row in earlier), _past(monday, short)]
    return MemberCard(
        membership_id=membership.id,
        monday=monday,
        number=week.number if week else None,
        card=card,
        trend=membercard.trend(trend),
        insights=await ratings.words(session, membership.id, "week", monday),
        advice=_advice(
            await signs.of_week(session, membership, monday, known, card),
            suggestion.facts if suggestion else None,
        ),
        suggestion_in_channel=bool(suggestion and suggestion.in_channel and suggestion.state == "offered"),
        closed=now >= memberships.end_of_week(membership, monday),
        minimums=await minimums.of_week(session, membership, monday, now),
        areas=area_shares(short.areas),
        consistency=steady if now < memberships.end_of_week(membership, monday) + LATELY else None,
        begins=await _begins_after(session, membership, monday) if week is None else None,
    )


async def publishable(
    session: AsyncSession, membership: Membership, monday: date, known: WeekRecord, now: datetime
) -> PublishedWeek:
    """The member's week of `monday` as it is kept when it is published."""
    week = await weeks.of(session, membership.id, monday)
    steady = await _consistency(session, membership, monday, now)
    mock_rating = await signs.mock_rating(session, membership, monday)
    return in_short(scorecard.score(known), known, week, steady, mock_rating)


async def _consistency(
    session: AsyncSession, membership: Membership, monday: date, now: datetime
) -> Consistency:
    """How steadily the member works, up to today or to the end of that week."""
    return await consistency.of(session, membership, min(memberships.today(membership, now), monday + SUNDAY))


async def _begins_after(session: AsyncSession, membership: Membership, monday: date) -> date | None:
    """The first day of the member's plan, if this week lies before it."""
    enrolment = await enrolments.current(session, membership.id)
    return enrolment.first_day if enrolment and enrolment.first_day > monday + SUNDAY else None


def in_short(
    card: Scorecard,
    known: WeekRecord,
    week: Week | None,
    steady: Consistency | None = None,
    mock_rating: float | None = None,
) -> PublishedWeek:
    """What is kept of a published card."""
    ratings = {
        Dimension(item.name): float(item.value)
        for item in card.items
        if item.rated and item.value is not None
    }
    return PublishedWeek(
        band=card.band,
        percent=card.goals.percent,
        points=card.shown_points,
        possible=card.possible,
        minutes=card.minutes,
        done=card.goals.done,
        planned=card.goals.planned,
        excused=card.goals.excused,
        late=card.goals.late,
        carried=card.goals.carried,
        streak=steady.streak if steady else None,
        strength=steady.strength if steady else None,
        hours=week.hours if week else None,
        sections={section.name: section.percent for section in card.sections},
        ratings=ratings,
        counts=known.counts,
        targets={
            Metric(item.name): item.target for item in card.items if item.target and item.name in set(Metric)
        },
        areas=_by_area(known, week),
        lp_covered=known.lp_covered,
        mock_rating=mock_rating,
        confidence=ratings.get(Dimension.OVERALL_CONFIDENCE),
    )


def _by_area(known: WeekRecord, week: Week | None) -> dict[Area, AreaWeek]:
    """Goals, minutes and the share of each area in which anything was planned, asked or done."""
    goals = by_area(known.goals)
    areas = [area for area in Area if area in goals or area in known.area_minutes]
    found = {
        area: AreaWeek(
            done=goals[area].done if area in goals else 0,
            planned=goals[area].planned if area in goals else 0,
            minutes=known.area_minutes.get(area, 0),
        )
        for area in areas
    }
    shares = week.outline.get("shares", {}) if week else {}  # a week that an older Cadence opened has none
    return with_shares(found, {Area(area): share for area, share in shares.items()})


def _published(row: Row) -> PublishedWeek:
    return PublishedWeek.model_validate(row.card)


def _past(monday: date, card: PublishedWeek) -> PastWeek:
    return PastWeek(monday, card.points, card.possible, card.percent, card.sections)


def _advice(warnings: Sequence[WarningSign], suggested: dict[str, Any] | None) -> list[str]:
    """Warning signs with their help, and what is suggested without anything to accept."""
    sentences = [sign.sentence for sign in warnings]
    if suggested:
        suggestion = Suggestion.model_validate(suggested)
        if not suggestion.offers:
            reason = f"{suggestion.reason[0].upper()}{suggestion.reason[1:]}."
            sentences += [reason, *suggestion.advice, *suggestion.private]
    return list(dict.fromkeys(sentences))
