"""An offer in the member's own measure: hours, which goals, which area first, a week more, another track.

Everything here is ours, except that a suggestion may be adjusted at all: the plan fits the person.
"""

from enum import StrEnum

from plans.adapting import LASTING, Change, Kind, Offer, Standing, Suggestion, offer_of
from plans.model import Area, Value

FEWEST_HOURS = 1.0
FAVOURABLE = (Area.BEHAVIORAL, Area.SYSTEM_DESIGN, Area.CODING, Area.MOCK)


class Goals(StrEnum):
    """Which goals the week may hold."""

    CORE = "core"
    ALL = "all"
    STRETCH = "stretch"


class Wish(Value):
    """What the member would rather have; `hours` None if what was typed is no number."""

    hours: float | None
    goals: Goals = Goals.ALL
    first: Area | None = None
    longer: bool = False
    track: str


class Bounds(Value):
    """What can be wished for: the most hours, whether a week more, the tracks, whether stretch goals."""

    most_hours: float
    may_extend: bool
    tracks: tuple[str, ...]
    has_stretch: bool


def bounds(suggestion: Suggestion, standing: Standing) -> Bounds:
    """What this suggestion can be made into: its own tracks and the member's, no end past the interview."""
    offered = {offer.change.track: offer.change for offer in suggestion.as_made.offers}
    hours = [change.hours for change in offered.values() if change.lasts and change.hours]
    return Bounds(
        most_hours=max([standing.hours, *hours]),
        may_extend=standing.may_extend,
        tracks=tuple(dict.fromkeys((standing.track, *offered))),
        has_stretch=any(offer.change.include_stretch for offer in suggestion.offers),
    )


def wish_of(change: Change, standing: Standing) -> Wish:
    """An offer as a wish, for the form to begin with."""
    goals = Goals.STRETCH if change.include_stretch else Goals.ALL
    return Wish(
        hours=standing.hours if change.hours is None else change.hours,
        goals=Goals.CORE if change.core_only else goals,
        first=change.favour if change.favour in FAVOURABLE else None,
        longer=change.extend,
        track=change.track,
    )


def faults(wish: Wish, within: Bounds) -> dict[str, str]:
    """What is wrong with a wish, as sentences by field (`hours`, `longer`, `track`, `goals`)."""
    found = {}
    if wish.hours is None or not FEWEST_HOURS <= wish.hours <= within.most_hours:
        found["hours"] = (
            f"From {FEWEST_HOURS:g} to {within.most_hours:g} hours. More is set in /prep settings."
        )
    if wish.longer and not within.may_extend:
        found["longer"] = "The plan would then end after your interview. Choose no week more."
    if wish.track not in within.tracks:
        found["track"] = "That track is not offered this week. Choose one of the list."
    if wish.goals is Goals.STRETCH and not within.has_stretch:
        found["goals"] = "Stretch goals come after a strong week. Choose one of the other two."
    return found


def adjusted(wish: Wish, suggestion: Suggestion, standing: Standing) -> Offer:
    """The offer that a wish without faults makes.

    Raises:
        ValueError: the wish has faults.
    """
    if wrong := faults(wish, bounds(suggestion, standing)):
        raise ValueError(f"the wish has faults: {wrong}")
    change = Change(
        kind=_kind(wish, suggestion, standing),
        track=wish.track,
        hours=wish.hours,
        core_only=wish.goals is Goals.CORE,
        include_stretch=wish.goals is Goals.STRETCH,
        extra_mock=suggestion.offers[0].change.extra_mock if suggestion.offers else False,
        extend=wish.longer,
        favour=wish.first,
    )
    return offer_of(change, standing).model_copy(update={"adjusted": True})


def _kind(wish: Wish, suggestion: Suggestion, standing: Standing) -> Kind:
    """Another track is for good and keeps the kind of its offer."""
    if wish.track == standing.track:
        return Kind.ADJUSTED
    return next(
        offer.change.kind
        for offer in suggestion.offers
        if offer.change.track == wish.track and offer.change.kind in LASTING
    )
