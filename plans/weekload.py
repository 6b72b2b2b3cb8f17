"""What a coming week may hold: the member's load, a change that they accepted, the modes that lie on it, and
what the group has agreed on, folded into the terms of the fit.

One function says it for the week that is offered and for every preview of it, so that a suggestion promises
exactly what accepting it gives.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from pydantic import Field

from plans import calendar, modes, windows
from plans.fit import fit
from plans.fitted import FittedWeek
from plans.model import Area, Level, Plan, Value
from plans.modes import Eased, Mode, Period

WHOLE_DAY = 24 * 60


class Load(Value):
    """The terms of a week: hours, shares (per cent by area; None for the track's), which tiers, and how many
    minutes each weekday has (None where nothing bounds them). `modes` say why it is not an ordinary week.
    """

    track: str
    hours: float
    shares: dict[Area, float] | None = None
    core_only: bool = False
    include_stretch: bool = False
    capacity: dict[int, int] | None = None
    modes: tuple[Mode, ...] = ()


class Circumstances(Value):
    """What is known of somebody's coming week, beside the change that they may accept for it.

    `hours` are those of an ordinary week. `eased` are the parts of its share that an area keeps, as the group
    has agreed.

    Where a week changes in its course, only the days from `from_weekday` on are filled anew: the goals
    `staying` are not offered once more, and `settled` minutes of them lie on those days.
    """

    plan: Plan
    track: str
    level: Level
    week: int
    monday: date
    hours: float
    interview: date | None = None
    days_off: frozenset[int] = frozenset()
    windows: str = ""
    periods: tuple[Period, ...] = ()
    eased: dict[Area, float] = Field(default_factory=dict)
    done_or_offered: frozenset[str] = frozenset()
    from_weekday: int = 0
    staying: frozenset[str] = frozenset()
    settled: int = 0

    @property
    def closed(self) -> frozenset[int]:
        """The weekdays on which nothing can be planned: days off, and those that are over."""
        return self.days_off | frozenset(range(self.from_weekday))

    @property
    def since(self) -> date | None:
        """The first day that is left of the week; None if it has not begun."""
        return self.monday + timedelta(days=self.from_weekday) if self.from_weekday else None

    @property
    def has_mode_ahead(self) -> bool:
        """Whether a mode, the interview's among them, lies on a day that is still to come."""
        own = [modes.interview_period(self.interview)] if self.interview else []
        days = calendar.days_of_week(self.monday)[self.from_weekday :]
        return any(period.holds_on(day) for period in (*self.periods, *own) for day in days)

    @property
    def from_monday(self) -> "Circumstances":
        """The same week before it began."""
        return self.model_copy(update={"from_weekday": 0, "staying": frozenset(), "settled": 0})


class Wanted(Value):
    """What a change asks of the week; nothing, for a week as it comes.

    `favour` gets at least `favoured` per cent of the hours.
    """

    track: str | None = None
    hours: float | None = None
    core_only: bool = False
    include_stretch: bool = False
    favour: Area | None = None
    favoured: int = modes.FAVOURED


AS_IT_COMES = Wanted()


def fitted(where: Circumstances, wanted: Wanted = AS_IT_COMES) -> FittedWeek:
    """The week as it would be offered; in its course, what would be left of it.

    Where a mode lies on the days that are left, they are filled anew. An ordinary week stays the whole that
    it was: its later days are those of the week as it would have been from Monday on, so that taking a change
    back restores them.
    """
    if where.from_weekday and not where.has_mode_ahead:
        return _later_days(where, fitted(where.from_monday, wanted))
    terms = load(where, wanted)
    return fit(
        where.plan.week(where.week),
        track=where.plan.track(terms.track),
        level=where.level,
        hours=terms.hours,
        shares=terms.shares,
        include_stretch=terms.include_stretch,
        core_only=terms.core_only,
        done_or_offered=where.done_or_offered | where.staying,
        days_off=where.closed,
        capacity=terms.capacity,
    )


def _later_days(where: Circumstances, whole: FittedWeek) -> FittedWeek:
    """The days of a week that are still to come, without what stays on them anyway."""
    days = []
    for day in whole.days:
        goals = tuple(goal for goal in day.goals if goal.id not in where.staying)
        if day.weekday >= where.from_weekday and goals:
            days.append(day.model_copy(update={"goals": goals}))
    return whole.model_copy(update={"days": tuple(days), "minutes": sum(day.minutes for day in days)})


def load(where: Circumstances, wanted: Wanted = AS_IT_COMES) -> Load:
    """The terms of the week.

    A change and a mode are never multiplied: the one that leaves fewer hours counts. In a week that a mode
    makes lighter there are no stretch goals.
    """
    own, usual = where.hours, _usual_minutes(where)
    eased = modes.of_week(
        where.periods, where.monday, hours=own, interview=where.interview, days_off=where.closed, usual=usual
    )
    track = where.plan.track(wanted.track or where.track)
    hours = _hours(where, wanted, eased)
    return Load(
        track=track.name,
        hours=hours,
        shares=_shares_left(
            where,
            track.shares,
            _shares(
                track.shares, where.eased, [(eased.first, modes.FAVOURED), (wanted.favour, wanted.favoured)]
            ),
        ),
        core_only=wanted.core_only or eased.core_only,
        include_stretch=wanted.include_stretch and not eased.is_lighter,
        capacity=_capacity(where, eased, usual) if hours else {},
        modes=eased.modes,
    )


def _hours(where: Circumstances, wanted: Wanted, eased: Eased) -> float:
    """The hours that there are to fill; in the course of a week, what is left of them."""
    own = where.hours
    if where.from_weekday:
        own = _rest(where, AS_IT_COMES)
        asked = own if wanted.hours is None else _rest(where, wanted)
    else:
        asked = own if wanted.hours is None else wanted.hours
    left = asked if eased.kept == 1 else min(asked, float(Fraction(own) * eased.kept))
    return max(0.0, left - where.settled / 60)


def _rest(where: Circumstances, wanted: Wanted) -> float:
    """The hours of the days that are still to come, in a week without any mode."""
    ordinary = where.from_monday.model_copy(update={"periods": (), "interview": None})
    return sum(day.minutes for day in fitted(ordinary, wanted).days if day.weekday >= where.from_weekday) / 60


def _shares(
    shares: Mapping[Area, float],
    eased: Mapping[Area, float],
    favours: Sequence[tuple[Area | None, int]],
) -> dict[Area, float] | None:
    """The shares after what the group agreed on and what is favoured; None if nothing changes them."""
    changed = dict(shares)
    for area, factor in eased.items():
        changed = with_share(changed, area, changed.get(area, 0) * factor)
    for favour, least in favours:
        if favour is not None and changed.get(favour, 0) < least:
            changed = with_share(changed, favour, least)
    return None if changed == dict(shares) else changed


def _shares_left(
    where: Circumstances, usual: Mapping[Area, float], wanted: dict[Area, float] | None
) -> dict[Area, float] | None:
    """The shares of what is left of a week: what its past days held of an area counts for the whole."""
    if not where.staying:
        return wanted
    spent = Counter[Area]()
    for goal in where.plan.week(where.week).goals:
        if goal.id in where.staying:
            spent[goal.area] += goal.minutes
    shares = usual if wanted is None else wanted
    left = {area: max(1.0, share / 100 * where.hours * 60 - spent[area]) for area, share in shares.items()}
    return {area: 100 * minutes / sum(left.values()) for area, minutes in left.items()}


def with_share(shares: Mapping[Area, float], area: Area, share: float) -> dict[Area, float]:
    """The shares with this one set; the others divide the rest as they did before.

    Alone, an area keeps everything, for there is nothing to divide.
    """
    others = sum(part for name, part in shares.items() if name is not area)
    if not others:
        return dict(shares)
    scale = (100 - share) / others
    return {area: share} | {name: part * scale for name, part in shares.items() if name is not area}


def _capacity(where: Circumstances, eased: Eased, usual: Mapping[int, int]) -> dict[int, int] | None:
    """The minutes of each weekday: of its windows, or of its usual time where a mode makes it shorter."""
    kept = _window_minutes(where)
    if not eased.capacity and not eased.at_most:
        return kept
    bounds = dict.fromkeys(range(7), WHOLE_DAY) if kept is None else dict(kept)
    for day in {*eased.capacity, *eased.at_most}:
        left = round(usual[day] * eased.capacity.get(day, Fraction(1)))
        bounds[day] = min(bounds.get(day, 0), left, eased.at_most.get(day, left))
    return {day: 0 if day in where.closed else minutes for day, minutes in bounds.items()}


def _window_minutes(where: Circumstances) -> dict[int, int] | None:
    return windows.capacity(windows.of_week(where.windows, where.plan, where.week))


def _usual_minutes(where: Circumstances) -> dict[int, int]:
    """How long each weekday is in an ordinary week: the hours, shared out as the windows are, or as the plan
    lists its days; what it lists on a day off goes to the others.
    """
    kept = _window_minutes(where)
    of_plan = {day.weekday.number: day.hours for day in where.plan.week(where.week).days}
    weights = {day: (kept or of_plan).get(day, 0) for day in range(7) if day not in where.days_off}
    if not sum(weights.values()):
        weights = dict.fromkeys(weights, 1)
    whole = sum(weights.values())
    return dict.fromkeys(range(7), 0) | {
        day: round(where.hours * 60 * weight / whole) for day, weight in weights.items()
    }
