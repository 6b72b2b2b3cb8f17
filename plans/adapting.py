"""What to suggest when a week is over, each suggestion with its exact change to the next week.

Suggestions are offers: nothing changes before the member accepts. Bands and what follows from them are
from "Weekly planning"; advice by phase and warning signs are from "The 12-week plan"; the floor below
which ratings shift time is from "Templates".
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from plans.fit import CORE_SHARE_OF_HOURS, Difference, FittedWeek, difference
from plans.model import Area, Plan, Track, Value
from plans.modes import FAVOURED as MOST_ON_WEAKEST
from plans.scorecard import Band, GoalsMet, Scorecard, SectionScore
from plans.weekload import AS_IT_COMES, Circumstances, Wanted, fitted

LOW_RATING = 3
CONFIDENCE_DROP = 2
CONFIDENCE_WEEKS = 3
WEEK = timedelta(weeks=1)


class Kind(StrEnum):
    """What a suggestion or an offer is."""

    RECOVERY = "recovery"
    EXTEND = "extend"
    LIGHTER_TRACK = "lighter_track"
    HIGH = "high"
    ACCELERATE = "accelerate"
    FOCUS = "focus"


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


class Offer(Value):
    """A change, the coming week as it would then be, and what is different.

    `ends_on` is the plan's last day with the change.
    """

    change: Change
    week: FittedWeek
    difference: Difference
    ends_on: date


class Suggestion(Value):
    """What is suggested after a week and why; the first offer is the one that is recommended.

    `advice` are whole sentences. A FOCUS is advice alone.
    """

    kind: Kind
    band: Band
    reason: str
    offers: tuple[Offer, ...] = ()
    advice: tuple[str, ...] = ()


class Standing(Circumstances):
    """Where a member stands when a week is over, as far as the coming one is concerned.

    `ends_on` is the plan's last day as things are. `previous` are the bands of the weeks before the finished
    one, oldest first.
    """

    ends_on: date
    previous: tuple[Band, ...] = ()

    @property
    def may_extend(self) -> bool:
        """Whether a week more still ends before the interview, or on its day."""
        return self.interview is None or self.interview >= self.ends_on + WEEK

    def repeats(self, band: Band) -> bool:
        """Whether the last week in which anything was planned was in this band, too."""
        worked = [week for week in self.previous if week is not Band.REST]
        return bool(worked) and worked[-1] is band


class Sign(StrEnum):
    """A warning sign."""

    HOURS = "hours"
    MOCKS = "mocks"
    CONFIDENCE_DROP = "confidence_drop"
    CONFIDENCE_SLIDE = "confidence_slide"


class WarningSign(Value):
    """A sign that something is going wrong: the numbers behind it and a sentence that helps."""

    sign: Sign
    was: float
    now: float
    advice: str


_HELP = {
    Sign.HOURS: "Look at what took the time: a lighter track or a later date keeps the plan honest.",
    Sign.MOCKS: "Rest for 24 to 48 hours, then go back to the basics; an outside ear helps now.",
    Sign.CONFIDENCE_DROP: "Look back at what you have finished, and start from what you do well.",
    Sign.CONFIDENCE_SLIDE: "Build on your strengths first; a later date is an option if yours can move.",
}

_FIRST_PHASE = (
    "A foundation may take a week or two longer.",
    "A routine that you can keep matters more than hard days.",
)
_MIDDLE_PHASE = (
    "Keep what moves you most and let the rest wait.",
    "One more mock interview brings outside feedback sooner.",
    "Another practice partner or a coach can carry you over this.",
)
_LAST_PHASE = (
    "Calm and confidence come before new material now.",
    "Told in your own way is better than told perfectly.",
    "If a large gap is left, ask whether the date can move.",
)

_FOCUS_OF_SECTION = {
    "behavioral": "stories and telling them",
    "technical": "coding and system design",
    "readiness": "mock interviews and using their feedback",
    "learning": "new concepts and the industry",
}


def suggest(card: Scorecard, standing: Standing) -> Suggestion | None:
    """What to offer after the week of `card`; None if it is best to go on as before, or the plan is over."""
    if standing.week > len(standing.plan.weeks):
        return None
    match card.band:
        case Band.RECOVERY:
            return _ease(card, standing)
        case Band.HIGH:
            return _raise(card, standing)
        case Band.STANDARD:
            return _focus(card)
        case Band.REST:
            return None


def _ease(card: Scorecard, standing: Standing) -> Suggestion:
    """Fewer goals, and after a second such week in a row a lighter track or more time."""
    again = standing.repeats(Band.RECOVERY)
    changes = _second_recovery(standing) if again else [_recovery(standing, Kind.RECOVERY)]
    reason = _goals_in_words(card.goals)
    return Suggestion(
        kind=changes[0].kind,
        band=Band.RECOVERY,
        reason=f"a second week below 70 %: {reason}" if again else reason,
        offers=_offers(changes, standing),
        advice=advice_by_phase(standing.plan, standing.week),
    )


def _recovery(standing: Standing, kind: Kind) -> Change:
    """Core goals at 60 % of the hours; the plan ends a week later where the interview allows."""
    return Change(
        kind=kind,
        track=standing.track,
        hours=round(CORE_SHARE_OF_HOURS * standing.hours, 2),
        core_only=True,
        extend=standing.may_extend,
    )


def _second_recovery(standing: Standing) -> list[Change]:
    """The next lighter track, or more time; another recovery week only if there is neither."""
    changes = []
    lighter = _next_track(standing, lighter=True)
    if lighter:
        changes.append(Change(kind=Kind.LIGHTER_TRACK, track=lighter.name, hours=lighter.hours))
    if standing.may_extend:
        changes.append(_recovery(standing, Kind.EXTEND))
    return changes or [_recovery(standing, Kind.RECOVERY)]


def _raise(card: Scorecard, standing: Standing) -> Suggestion:
    """Stretch goals and a mock interview more; after a second strong week also the next heavier track."""
    high = Change(
        kind=Kind.HIGH, track=standing.track, hours=standing.hours, include_stretch=True, extra_mock=True
    )
    changes = [high]
    heavier = _next_track(standing, lighter=False)
    if heavier and standing.repeats(Band.HIGH):
        changes.append(Change(kind=Kind.ACCELERATE, track=heavier.name, hours=heavier.hours))
    return Suggestion(
        kind=Kind.HIGH,
        band=Band.HIGH,
        reason=_goals_in_words(card.goals),
        offers=_offers(changes, standing),
    )


def _focus(card: Scorecard) -> Suggestion | None:
    """Advice on the weakest section of a standard week; None if every section reached its target."""
    section = weakest(card)
    if section is None:
        return None
    subject = _FOCUS_OF_SECTION[section.name]
    return Suggestion(
        kind=Kind.FOCUS,
        band=Band.STANDARD,
        reason=f"{section.title.lower()}: {section.percent} %, its target is {section.target} %",
        advice=(f"Up to {MOST_ON_WEAKEST} % of next week may go to {subject}.",),
    )


def weakest(card: Scorecard) -> SectionScore | None:
    """The section furthest below its target, of those below it or rated under 3 on average."""
    weak = [s for s in card.sections if s.reached is False or _rated_low(s)]
    return min(weak, key=lambda s: s.points / s.possible - Fraction(s.target, 100), default=None)


def _rated_low(section: SectionScore) -> bool:
    """Whether the ratings that were given average below 3."""
    given = [item.value for item in section.items if item.rated and item.value is not None]
    return bool(given) and sum(given) < LOW_RATING * len(given)


def _next_track(standing: Standing, *, lighter: bool) -> Track | None:
    """The nearest track with fewer hours than the member's own, or with more."""
    own = standing.hours
    tracks = [
        track for track in standing.plan.tracks if (track.hours < own if lighter else track.hours > own)
    ]
    return min(tracks, key=lambda track: abs(track.hours - own), default=None)


def _offers(changes: Sequence[Change], standing: Standing) -> tuple[Offer, ...]:
    """Each change with the week that it makes; changes that make none are not offered."""
    before = preview(standing)
    offers = []
    for change in changes:
        after = preview(standing, change)
        different = difference(before, after)
        if different.set_aside or different.added or change.extend or change.extra_mock:
            ends_on = standing.ends_on + (WEEK if change.extend else timedelta())
            offers.append(Offer(change=change, week=after, difference=different, ends_on=ends_on))
    return tuple(offers)


def preview(standing: Standing, change: Change | None = None) -> FittedWeek:
    """The coming week as it is with this change; without one, as it comes."""
    return fitted(standing, change.wanted if change else AS_IT_COMES)


def advice_by_phase(plan: Plan, week: int) -> tuple[str, ...]:
    """What helps in a recovery week, by where in the plan it comes."""
    phase = plan.phase_of(week)
    if phase == plan.phases[0]:
        return _FIRST_PHASE
    return _LAST_PHASE if phase == plan.phases[-1] else _MIDDLE_PHASE


def _goals_in_words(goals: GoalsMet) -> str:
    return f"{goals.done} of {goals.planned} goals ({goals.percent} %)"


def hours_floor(week: FittedWeek) -> float:
    """The hours below which a week is a warning sign: its track's, or what was planned if that is less.

    "The 12-week plan" warns below 12 hours, which is the standard track's load; others have their own.
    """
    return min(week.hours, week.minutes / 60)


def warning_signs(
    *,
    studied: float,
    floor: float,
    confidence: Sequence[float | None] = (),
    mocks: Sequence[float] = (),
) -> tuple[WarningSign, ...]:
    """The warning signs after a week.

    `studied` and `floor` are hours. `confidence` holds the weekly ratings, `mocks` the mean rating of each
    mock interview, both oldest first; a week without a rating is None and is passed over.
    """
    rated = [value for value in confidence if value is not None]
    return (*_hour_signs(studied, floor), *_confidence_signs(rated), *_mock_signs(mocks))


def _hour_signs(studied: float, floor: float) -> Iterator[WarningSign]:
    if studied < floor:
        yield _sign(Sign.HOURS, floor, studied)


def _confidence_signs(rated: Sequence[float]) -> Iterator[WarningSign]:
    """A fall of two points since the last rating, or three falls in a row."""
    if len(rated) > 1 and rated[-2] - rated[-1] >= CONFIDENCE_DROP:
        yield _sign(Sign.CONFIDENCE_DROP, rated[-2], rated[-1])
    slide = rated[-CONFIDENCE_WEEKS - 1 :]
    if len(slide) > CONFIDENCE_WEEKS and _falls(slide):
        yield _sign(Sign.CONFIDENCE_SLIDE, slide[0], slide[-1])


def _mock_signs(mocks: Sequence[float]) -> Iterator[WarningSign]:
    """Two mock interviews in a row, each rated below the one before."""
    last = mocks[-3:]
    if len(last) == 3 and _falls(last):
        yield _sign(Sign.MOCKS, last[0], last[-1])


def _falls(values: Sequence[float]) -> bool:
    return all(later < earlier for earlier, later in pairwise(values))


def _sign(sign: Sign, was: float, now: float) -> WarningSign:
    return WarningSign(sign=sign, was=was, now=now, advice=_HELP[sign])
