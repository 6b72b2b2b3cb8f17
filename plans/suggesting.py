"""What to suggest when a week is over: one thing at a time, and the first that applies.

1. Below 70 % of goals met: an easier week (`plans.recovery`).
2. With the interview in the coming week, or its light days: nothing. That week is light by itself.
3. Behind schedule: catching up ("Templates", contingency planning); after a strong week only where time is
   short.
4. From 90 %, unless confidence or mock ratings fall: more ("Weekly planning"), and after a second such week
   with every core goal done a heavier track.
5. A weak area: up to 60 % of the week for it (`plans.weak_areas`).

The order is ours: what is at risk goes before what could be better.
"""

from datetime import date

from plans.adapting import Change, Kind, Offer, Standing, Suggestion, offers_of
from plans.catching_up import MOST_OF_THE_HOURS
from plans.model import Area
from plans.recovery import ease, goals_in_words
from plans.schedule_standing import Pace, pace, weeks_of_room
from plans.scorecard import Band, Scorecard
from plans.warning_signs import Sign
from plans.weak_areas import Weakness, weakness

_PRIORITIES = "Stories come first, then the core of system design, then the essential technical goals."


def suggest(card: Scorecard, standing: Standing) -> Suggestion | None:
    """What to offer after the week of `card`; None if it is best to go on as before, or the plan is over."""
    if standing.week > len(standing.plan.weeks) or card.band is Band.REST:
        return None
    found = _first_that_applies(card, standing)
    if found is None:
        return None
    # Who met nine of ten goals in fewer hours than planned needs no advice on hours; their card has them.
    told = [sign for sign in standing.signs if sign.sign is not Sign.HOURS or card.band is not Band.HIGH]
    signs = tuple(sign.sentence for sign in told)
    rest = any(sign.sign is Sign.MOCKS for sign in standing.signs)
    return found.model_copy(update={"private": (*signs, *found.private), "rest": rest})


def standing_of(standing: Standing) -> Pace:
    """How the member stands to their plan before the coming week."""
    return pace(
        standing.behind,
        hours=standing.hours,
        monday=standing.monday,
        ends_on=standing.ends_on,
        interview=standing.interview_ahead,
    )


def _first_that_applies(card: Scorecard, standing: Standing) -> Suggestion | None:
    where = standing_of(standing)
    if card.band is Band.RECOVERY:
        return ease(card, standing, where)
    if standing.is_before_interview:
        return None
    if _must_catch_up(card, where) and (late := _catch_up(card, standing, where)).offers:
        return late
    if card.band is Band.HIGH and not standing.is_tired:
        return _raise(card, standing, where)
    return _focus(card, standing)


def _must_catch_up(card: Scorecard, where: Pace) -> bool:
    """Whether what is open comes first; a strong week is no week for it while there is time."""
    return where.is_tight if card.band is Band.HIGH else where.is_behind


def _catch_up(card: Scorecard, standing: Standing, where: Pace) -> Suggestion:
    """Core goals only, with a quarter of the hours kept free for what is open; or a week more as well."""
    hours = round((1 - MOST_OF_THE_HOURS) * standing.hours, 2)
    change = Change(
        kind=Kind.CATCH_UP, track=standing.track, hours=hours, core_only=True, favour=_favourable(where.first)
    )
    longer = change.model_copy(update={"kind": Kind.EXTEND, "extend": True})
    return Suggestion(
        kind=Kind.CATCH_UP,
        band=card.band,
        reason=f"{goals_in_words(card.goals)}, and {_hours(where.open_minutes)} of core goals"
        " of earlier weeks are open",
        offers=offers_of([change, longer] if standing.may_extend else [change], standing),
        advice=(f"{_PRIORITIES} /prep plan catchup puts them on your days.",),
        private=(*_tight(where, standing), *_room(standing)),
    )


def _favourable(area: Area | None) -> Area | None:
    """The area to begin with, if weeks are shared out to it at all."""
    return area if area in (Area.BEHAVIORAL, Area.SYSTEM_DESIGN, Area.CODING) else None


def _tight(where: Pace, standing: Standing) -> tuple[str, ...]:
    """Whether what is open still fits before the last day, plainly."""
    if not where.is_tight:
        return ()
    end = "your interview" if standing.interview_ahead else "the plan's end"
    most = _hours(where.until_then)
    return (
        f"The date is tight: catching up brings back about {most} until {end}.",
        "Choose what counts most, or ask whether the date can move.",
    )


def _raise(card: Scorecard, standing: Standing, where: Pace) -> Suggestion:
    """Stretch goals and a mock interview more; for who is ahead of schedule also the next heavier track."""
    high = Change(
        kind=Kind.HIGH, track=standing.track, hours=standing.hours, include_stretch=True, extra_mock=True
    )
    changes = [high]
    is_ahead = standing.repeats(Band.HIGH) and where.is_done
    heavier = standing.next_track(lighter=False)
    if heavier and is_ahead:
        changes.append(Change(kind=Kind.ACCELERATE, track=heavier.name, hours=heavier.hours))
    done = ", and every core goal so far is done" if is_ahead else ""
    return Suggestion(
        kind=Kind.HIGH,
        band=Band.HIGH,
        reason=f"{goals_in_words(card.goals)}{done}",
        offers=offers_of(changes, standing),
        private=_room(standing),
    )


def _room(standing: Standing) -> tuple[str, ...]:
    """Whether there is time between the plan's end and the interview."""
    weeks = weeks_of_room(standing.ends_on, standing.interview_ahead)
    if not weeks:
        return ()
    return (
        f"The plan ends on {_day(standing.ends_on)}, {weeks} weeks before your interview.",
        "There is room for more weeks: /prep plan extend.",
    )


def _focus(card: Scorecard, standing: Standing) -> Suggestion | None:
    """More of the week for its weakest part; None if every section reached its target."""
    weak = weakness(card, standing.mock_rating)
    if weak is None:
        return None
    offers = _more_of(weak, standing)
    if offers:
        advice = f"Up to {weak.share} % of next week may go to {weak.subject}."
    else:
        advice = f"Next week has all that the plan holds for it. A goal of your own for {weak.subject} helps."
    return Suggestion(kind=Kind.FOCUS, band=card.band, reason=weak.reason, offers=offers, advice=(advice,))


def _more_of(weak: Weakness, standing: Standing) -> tuple[Offer, ...]:
    """The week with more of the weakest area; where the plan has no more of it, at least a mock interview."""
    plain = Change(kind=Kind.FOCUS, track=standing.track, extra_mock=weak.area is Area.MOCK)
    more = plain.model_copy(update={"favour": weak.area, "favoured": weak.share})
    offers = offers_of([more], standing)
    if any(_gains(offer, weak.area) for offer in offers):
        return offers
    return offers_of([plain], standing)


def _gains(offer: Offer, area: Area) -> bool:
    """Whether the area has more minutes with the offer."""
    into = sum(goal.minutes for goal in offer.difference.added if goal.area is area)
    return into > sum(goal.minutes for goal in offer.difference.set_aside if goal.area is area)


def _hours(minutes: int) -> str:
    return f"{round(minutes / 60, 1):g} h"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
