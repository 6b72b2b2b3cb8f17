"""What can be offered after a week: changes to the next one, each with its exact difference.

Suggestions are offers: nothing changes before the member accepts. What is suggested when is in
`plans.suggesting`.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from plans.catching_up import Behind
from plans.fitted import Difference, FittedWeek, difference
from plans.model import Area, Track, Value
from plans.modes import FAVOURED as MOST_ON_WEAKEST
from plans.modes import Mode
from plans.scorecard import Band
from plans.warning_signs import TIRED, WarningSign
from plans.weekload import AS_IT_COMES, Circumstances, Wanted, fitted, load

WEEK = timedelta(weeks=1)


class Kind(StrEnum):
    """What a suggestion or an offer is."""

    RECOVERY = "recovery"
    EXTEND = "extend"
    LIGHTER_TRACK = "lighter_track"
    HIGH = "high"
    ACCELERATE = "accelerate"
    FOCUS = "focus"
    CATCH_UP = "catch_up"
    ADJUSTED = "adjusted"


LASTING = (Kind.LIGHTER_TRACK, Kind.ACCELERATE)  # the track and its hours are for good
EASING = (Kind.RECOVERY, Kind.EXTEND, Kind.LIGHTER_TRACK)


class Change(Value):
    """What accepting an offer sets, in the words of `fit`.

    `favour` is an area that gets at least `favoured` per cent of the hours. `extend` inserts the coming
    calendar week: its plan week stands there once more in the week after. A new `track` is for good,
    everything else for the coming week. `hours` None stands for the member's own.
    """

    kind: Kind
    track: str
    hours: float | None = None
    core_only: bool = False
    include_stretch: bool = False
    extra_mock: bool = False
    extend: bool = False
    favour: Area | None = None
    favoured: int = MOST_ON_WEAKEST

    @property
    def wanted(self) -> Wanted:
        """What it asks of the week that it changes."""
        return Wanted(
            track=self.track,
            hours=self.hours,
            core_only=self.core_only,
            include_stretch=self.include_stretch,
            favour=self.favour,
            favoured=self.favoured,
        )

    @property
    def lasts(self) -> bool:
        """Whether its track and hours hold for all weeks from then on."""
        return self.kind in LASTING


class Offer(Value):
    """A change, the coming week as it would then be, and what is different.

    `ends_on` is the plan's last day with the change. An `adjusted` one is what the member made of it.
    """

    change: Change
    week: FittedWeek
    difference: Difference
    ends_on: date
    adjusted: bool = False

    @property
    def changes_something(self) -> bool:
        """Whether there is anything to accept."""
        different, change = self.difference, self.change
        return bool(different.set_aside or different.added or change.extend or change.extra_mock)

    @property
    def may_be_taken(self) -> bool:
        """Whether it does anything, were it only in the weeks after."""
        return self.changes_something or self.change.lasts


class Suggestion(Value):
    """What is suggested after a week and why; the first offer is the one that is recommended.

    `advice` are whole sentences that everybody may read who sees the suggestion; `private` ones (warning
    signs, dates) are for the member alone. `rest` offers two days without anything.
    """

    kind: Kind
    band: Band
    reason: str
    offers: tuple[Offer, ...] = ()
    advice: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    rest: bool = False

    def anew(self, standing: "Standing") -> "Suggestion":
        """The same offers, each with the week that it makes for who stands so."""
        offers = (
            offer_of(each.change, standing).model_copy(update={"adjusted": each.adjusted})
            for each in self.offers
        )
        return self.model_copy(update={"offers": tuple(offers)})

    @property
    def as_made(self) -> "Suggestion":
        """Without what the member made of it."""
        return self.model_copy(update={"offers": tuple(offer for offer in self.offers if not offer.adjusted)})


class Standing(Circumstances):
    """Where a member stands when a week is over, as far as the coming one is concerned.

    `ends_on` is the plan's last day as things are. `previous` are the bands of the weeks before the finished
    one, oldest first. `behind` is what is still open of past weeks, `signs` are the warning signs of the
    finished one, `mock_rating` the mean of what partners gave in it.
    """

    ends_on: date
    previous: tuple[Band, ...] = ()
    behind: tuple[Behind, ...] = ()
    signs: tuple[WarningSign, ...] = ()
    mock_rating: float | None = None

    @property
    def interview_ahead(self) -> date | None:
        """The interview, if it has not been yet."""
        return self.interview if self.interview and self.interview >= self.monday else None

    @property
    def may_extend(self) -> bool:
        """Whether a week more still ends before the interview, or on its day."""
        return self.interview_ahead is None or self.interview_ahead >= self.ends_on + WEEK

    @property
    def is_before_interview(self) -> bool:
        """Whether the interview, or the light days before it, lie in the coming week."""
        return Mode.INTERVIEW in load(self).modes

    @property
    def is_tired(self) -> bool:
        """Whether a sign speaks against anything heavier."""
        return any(sign.sign in TIRED for sign in self.signs)

    def repeats(self, band: Band) -> bool:
        """Whether the last week in which anything was planned was in this band, too."""
        worked = [week for week in self.previous if week is not Band.REST]
        return bool(worked) and worked[-1] is band

    def next_track(self, *, lighter: bool) -> Track | None:
        """The nearest track with fewer hours than the member's own, or with more."""
        own = self.hours
        tracks = [t for t in self.plan.tracks if (t.hours < own if lighter else t.hours > own)]
        return min(tracks, key=lambda track: abs(track.hours - own), default=None)


def offers_of(changes: Iterable[Change], standing: Standing) -> tuple[Offer, ...]:
    """Each change with the week that it makes; changes that make none are not offered."""
    made = (offer_of(change, standing) for change in changes)
    return tuple(offer for offer in made if offer.changes_something)


def offer_of(change: Change, standing: Standing) -> Offer:
    """A change with the week that it makes."""
    after = preview(standing, change)
    return Offer(
        change=change,
        week=after,
        difference=difference(preview(standing), after),
        ends_on=standing.ends_on + (WEEK if change.extend else timedelta()),
    )


def preview(standing: Standing, change: Change | None = None) -> FittedWeek:
    """The coming week as it is with this change; without one, as it comes.

    A change that lasts replaces the member's own load first, as it does once it is accepted: another track's
    hours are then what modes are measured by.
    """
    if change is None:
        return fitted(standing, AS_IT_COMES)
    if change.lasts and change.hours is not None:
        own = standing.model_copy(update={"track": change.track, "hours": change.hours})
        return fitted(own, change.wanted)
    return fitted(standing, change.wanted)
