"""Times in which a plan has to be lighter or different, and what they do to a week.

Holidays and high stress are from "Weekly planning" (seasonal and calendar adjustments), travel, family and
heavy work from "The 12-week plan" (professional flexibility), the interview's week from "Weekly planning"
and "Templates" (the week before the interview). Where a source gives a span, the middle of it is used; for
heavy work its upper end, for those are the hours of the lightest track.

Modes compose by the strictest: where several lie on a day, the one that keeps least of its hours counts, and
they are never multiplied. Half of the days that hold anything decide what can only hold for a whole week:
core goals only, and which area comes first.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from pydantic import Field

from plans.calendar import days_of_week
from plans.model import Area, Value

HEAVY_WORK_HOURS = 7  # "The 12-week plan": 6-7 hours a week
STRESS_MINUTES = 60  # a day, "Weekly planning"
EVE_MINUTES = 60  # ours: the day before the interview is for rest and logistics
FAVOURED = 60  # per cent, "Timelines": the most that one area should take
FAMILY = (50, 70)  # per cent that are kept, "The 12-week plan": 30-50 % less
DAYS_BEFORE_INTERVIEW = 6
LONGEST = 180  # days that a period lasts at most; ours, as for a pause


class Mode(StrEnum):
    """Why a time is different."""

    HOLIDAY = "holiday"
    HIGH_STRESS = "high_stress"
    TRAVEL = "travel"
    FAMILY = "family"
    HEAVY_WORK = "heavy_work"
    INTERVIEW = "interview"

    @property
    def words(self) -> str:
        """As people read it."""
        return "family time" if self is Mode.FAMILY else self.value.replace("_", " ")


CHOSEN = (Mode.TRAVEL, Mode.HIGH_STRESS, Mode.FAMILY, Mode.HEAVY_WORK, Mode.HOLIDAY)
"""The modes that a member can choose; an interview's comes with its date."""


class Rule(NamedTuple):
    """What a mode does to its days: the per cent of hours that it keeps, the minutes that a day may have at
    most, whether only core goals stay, and which area comes first.
    """

    keeps: int
    at_most: int | None = None
    core_only: bool = False
    first: Area | None = None


RULES: Mapping[Mode, Rule] = {
    Mode.HOLIDAY: Rule(keeps=65, core_only=True),  # 30-40 % less, maintenance instead of growth
    Mode.HIGH_STRESS: Rule(keeps=100, at_most=STRESS_MINUTES, core_only=True),
    Mode.TRAVEL: Rule(keeps=100, first=Area.BEHAVIORAL),
    Mode.FAMILY: Rule(keeps=60),
    Mode.HEAVY_WORK: Rule(keeps=100, core_only=True),  # its hours are a week's, see `_kept`
    Mode.INTERVIEW: Rule(keeps=50, core_only=True),  # ours: "light practice to stay sharp"
}


class Period(Value):
    """A time in a mode, both ends included; `keeps` replaces the mode's per cent."""

    mode: Mode
    starts_on: date
    ends_on: date
    keeps: int | None = Field(default=None, ge=0, le=100)

    def holds_on(self, day: date) -> bool:
        """Whether `day` lies in it."""
        return self.starts_on <= day <= self.ends_on


class Eased(Value):
    """What the modes make of a week.

    `kept` is the part of the usual hours. `capacity` is the part of its usual minutes that each weekday
    keeps, and `at_most` the minutes that it may hold, where a mode says so. `modes` are those that lie on
    the week, in the order of their first day.
    """

    kept: Fraction = Fraction(1)
    capacity: dict[int, Fraction] = Field(default_factory=dict)
    at_most: dict[int, int] = Field(default_factory=dict)
    core_only: bool = False
    first: Area | None = None
    modes: tuple[Mode, ...] = ()

    @property
    def is_lighter(self) -> bool:
        """Whether the week holds less than usual."""
        return self.kept < 1 or self.core_only or bool(self.at_most)


def interview_period(interview: date) -> Period:
    """The light days up to the interview, its own day included."""
    return Period(
        mode=Mode.INTERVIEW, starts_on=interview - timedelta(DAYS_BEFORE_INTERVIEW), ends_on=interview
    )


def of_week(
    periods: Iterable[Period],
    monday: date,
    *,
    hours: float,
    interview: date | None = None,
    days_off: AbstractSet[int] = frozenset(),
    usual: Mapping[int, int] | None = None,
) -> Eased:
    """What these periods, and the interview, make of the week of `monday` with its usual `hours`.

    `usual` are the minutes of each weekday in an ordinary week, by which the days weigh; without it they
    weigh the same. On the interview's day and in what is left of its week nothing is planned, and little on
    the day before.
    """
    everything = [*periods, *([interview_period(interview)] if interview else [])]
    days = days_of_week(monday)
    touching = [period for period in everything if any(map(period.holds_on, days))]
    if not touching:
        return Eased()
    by_day = {
        day: [period for period in touching if period.holds_on(day)]
        for day in days
        if day.weekday() not in days_off
    }
    kept = {day.weekday(): _kept(day, found, hours, interview) for day, found in by_day.items()}
    bounded = {day.weekday(): _at_most(day, found, interview) for day, found in by_day.items()}
    at_most = {day: most for day, most in bounded.items() if most is not None}
    minutes = _minutes(kept, hours, usual)
    busy = [found for day, found in by_day.items() if minutes[day.weekday()] and not _is_over(day, interview)]
    return Eased(
        kept=_kept_of_week(kept, at_most, minutes),
        capacity={day: part for day, part in kept.items() if part < 1},
        at_most=at_most,
        core_only=_for_half(busy, {mode for mode, rule in RULES.items() if rule.core_only}),
        first=_first(busy),
        modes=tuple(dict.fromkeys(period.mode for period in sorted(touching, key=lambda p: p.starts_on))),
    )


def _minutes(days: Collection[int], hours: float, usual: Mapping[int, int] | None) -> dict[int, Fraction]:
    """The minutes of these weekdays in an ordinary week."""
    if usual is None:
        return dict.fromkeys(days, Fraction(hours) * 60 / len(days)) if days else {}
    return {day: Fraction(usual.get(day, 0)) for day in days}


def _kept_of_week(
    kept: Mapping[int, Fraction], at_most: Mapping[int, int], usual: Mapping[int, Fraction]
) -> Fraction:
    """The part of the days' usual minutes that is left of them together."""
    whole = sum(usual.values(), Fraction())
    left = sum((min(usual[day] * kept[day], at_most.get(day, usual[day])) for day in usual), Fraction())
    return left / whole if whole else Fraction(1)


def _is_over(day: date, interview: date | None) -> bool:
    """Whether the interview is today, or was earlier in this week."""
    return interview is not None and timedelta(0) <= day - interview <= timedelta(day.weekday())


def _kept(day: date, periods: Sequence[Period], hours: float, interview: date | None) -> Fraction:
    """The part of a day's usual time that the strictest of its periods leaves."""
    if _is_over(day, interview):
        return Fraction(0)
    return min((_kept_in(period, hours) for period in periods), default=Fraction(1))


def _kept_in(period: Period, hours: float) -> Fraction:
    if period.mode is Mode.HEAVY_WORK and period.keeps is None:
        return min(Fraction(1), Fraction(HEAVY_WORK_HOURS) / Fraction(hours))
    return Fraction(RULES[period.mode].keeps if period.keeps is None else period.keeps, 100)


def _at_most(day: date, periods: Sequence[Period], interview: date | None) -> int | None:
    """The minutes that a day may hold, if anything bounds them."""
    if _is_over(day, interview):
        return 0
    found = [most for period in periods if (most := RULES[period.mode].at_most) is not None]
    if interview is not None and day + timedelta(1) == interview:
        found.append(EVE_MINUTES)
    return min(found, default=None)


def _first(by_day: Collection[Sequence[Period]]) -> Area | None:
    """The area that comes first on at least half of the days."""
    wanted = {mode: rule.first for mode, rule in RULES.items() if rule.first}
    return next((area for mode, area in wanted.items() if _for_half(by_day, {mode})), None)


def _for_half(by_day: Collection[Sequence[Period]], modes: AbstractSet[Mode]) -> bool:
    """Whether one of these modes lies on at least half of the days."""
    holding = sum(any(period.mode in modes for period in found) for found in by_day)
    return 0 < len(by_day) <= 2 * holding
