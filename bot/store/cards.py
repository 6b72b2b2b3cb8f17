"""Members' cards, read together from what is known of the week and what was published before."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.store import memberships, minimums, ratings, scorecards, suggestions, weeks
from bot.store.tables import Membership, Week
from bot.store.tables import Scorecard as Row
from plans import scorecard
from plans.adapting import Kind, Suggestion, warning_signs
from plans.membercard import MemberCard, PastWeek
from plans.model import Area, Metric
from plans.progress import by_area
from plans.published import AreaWeek, PublishedWeek
from plans.ratings import Dimension
from plans.scorecard import Scorecard, WeekRecord

TREND = 6  # weeks on a card


async def score(session: AsyncSession, membership: Membership, monday: date) -> Scorecard:
    """The member's week as it stands; what is done after their Sunday midnight is too late."""
    return scorecard.score(await record(session, membership, monday))


async def record(session: AsyncSession, membership: Membership, monday: date) -> WeekRecord:
    """What is known of the member's week up to their Sunday midnight."""
    until = memberships.end_of_week(membership, monday)
    return await scorecards.record(session, membership.id, monday, until)


async def read(session: AsyncSession, membership: Membership, monday: date, now: datetime) -> MemberCard:
    """The member's card for the week of `monday`."""
    known = await record(session, membership, monday)
    card = scorecard.score(known)
    week = await weeks.of(session, membership.id, monday)
    short = in_short(card, known, week)
    suggestion = await suggestions.of_week(session, membership.id, monday)
    past = await scorecards.history(session, memberships.whom(membership), monday, TREND)
    earlier = [row for row in past if row.week_of != monday]
    return MemberCard(
        membership_id=membership.id,
        monday=monday,
        number=week.number if week else None,
        card=card,
        trend=[*(_past(row.week_of, _published(row)) for row in earlier), _past(monday, short)],
        insights=await ratings.words(session, membership.id, "week", monday),
        advice=_advice(
            card, week, [*map(_published, earlier), short], suggestion.facts if suggestion else None
        ),
        suggestion_in_channel=bool(suggestion and suggestion.in_channel and suggestion.state == "offered"),
        closed=now >= memberships.end_of_week(membership, monday),
        minimums=await minimums.of_week(session, membership, monday, now),
    )


def in_short(card: Scorecard, known: WeekRecord, week: Week | None) -> PublishedWeek:
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
        hours=week.hours if week else None,
        sections={section.name: section.percent for section in card.sections},
        ratings=ratings,
        counts=known.counts,
        targets={
            Metric(item.name): item.target for item in card.items if item.target and item.name in set(Metric)
        },
        areas=_by_area(known),
        lp_covered=known.lp_covered,
        confidence=ratings.get(Dimension.OVERALL_CONFIDENCE),
    )


def _by_area(known: WeekRecord) -> dict[Area, AreaWeek]:
    """Goals and minutes of each area in which anything was planned or done."""
    goals = by_area(known.goals)
    areas = [area for area in Area if area in goals or area in known.area_minutes]
    return {
        area: AreaWeek(
            done=goals[area].done if area in goals else 0,
            planned=goals[area].planned if area in goals else 0,
            minutes=known.area_minutes.get(area, 0),
        )
        for area in areas
    }


def _published(row: Row) -> PublishedWeek:
    return PublishedWeek.model_validate(row.card)


def _past(monday: date, card: PublishedWeek) -> PastWeek:
    return PastWeek(monday, card.points, card.possible, card.percent)


def _advice(
    card: Scorecard, week: Week | None, published: Sequence[PublishedWeek], suggested: dict[str, Any] | None
) -> list[str]:
    """Warning signs with their help, and what the week's weakest part asks for."""
    if week is None:
        return []
    signs = warning_signs(
        studied=card.hours, floor=week.hours, confidence=[each.confidence for each in published]
    )
    sentences = [sign.advice for sign in signs]
    if suggested:
        suggestion = Suggestion.model_validate(suggested)
        if suggestion.kind is Kind.FOCUS:
            sentences += [f"{suggestion.reason.capitalize()}.", *suggestion.advice]
    return sentences
