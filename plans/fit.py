"""A week's goals for the hours that somebody has: what stays, what is left out, and why.

"The 12-week plan" promises 7 to 12 hours a week and lists up to 22. So a plan holds the full load, and
the fit chooses from it: core goals first, then standard ones by the area that is furthest behind its share
of the track's hours. Nothing is lost silently: offered and left out together are the whole week.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from plans.model import Area, Goal, Level, Lighter, Metric, Tier, Track, Value, Week, Weekday

CORE_SHARE_OF_HOURS = 0.6  # a recovery week ("Weekly planning": reduce the scope to the fundamentals)
SATURDAY, SUNDAY = Weekday.SATURDAY.number, Weekday.SUNDAY.number


class Why(StrEnum):
    """Why a goal is left out."""

    LEVEL = "level"
    TRACK = "track"
    HAD = "had"
    STRETCH = "stretch"
    CORE_ONLY = "core_only"
    HOURS = "hours"
    DAYS_OFF = "days_off"


class FittedGoal(Value):
    """A goal as one member gets it, in the words and minutes of their track.

    `weekday` (0 to 6 from Monday) is the day on which it stands, `moved_from` the day of the plan if a day
    off moved it.
    """

    id: str
    text: str
    note: str = ""
    minutes: int
    area: Area
    tier: Tier
    level: Level | None = None
    metrics: dict[Metric, int]
    block: str
    weekday: int
    moved_from: int | None = None


class FittedDay(Value):
    """One day on which there is something to do."""

    weekday: int
    title: str
    goals: tuple[FittedGoal, ...]

    @property
    def minutes(self) -> int:
        """What the day's goals take."""
        return sum(goal.minutes for goal in self.goals)


class LeftOut(Value):
    """A goal that this week does not hold, and the reason as a clause that people read."""

    goal_id: str
    text: str
    minutes: int
    area: Area
    why: Why
    reason: str


class FittedWeek(Value):
    """One member's week: `hours` is what there was to fill, `minutes` what is planned."""

    number: int
    track: str
    level: Level
    hours: float
    minutes: int
    days: tuple[FittedDay, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def goals(self) -> tuple[FittedGoal, ...]:
        """All goals in the order of their days."""
        return tuple(goal for day in self.days for goal in day.goals)

    def day(self, weekday: int) -> FittedDay | None:
        """The day with this number (0 is Monday); None if nothing is planned on it."""
        return next((day for day in self.days if day.weekday == weekday), None)


class Difference(Value):
    """What changes from one fitted week to another; planned hours, not those that there were to fill."""

    kept: tuple[FittedGoal, ...]
    set_aside: tuple[FittedGoal, ...]
    added: tuple[FittedGoal, ...]
    hours_before: float
    hours_after: float


class _Terms(NamedTuple):
    """What the fit was asked for."""

    week: int
    track: Track
    level: Level
    hours: float
    include_stretch: bool
    core_only: bool
    had: frozenset[str]


def fit(
    week: Week,
    *,
    track: Track,
    level: Level,
    hours: float | None = None,
    include_stretch: bool = False,
    core_only: bool = False,
    done_or_offered: frozenset[str] = frozenset(),
    days_off: frozenset[int] = frozenset(),
) -> FittedWeek:
    """The week for one member.

    `hours` replaces the track's; a recovery week is `core_only` at `CORE_SHARE_OF_HOURS` of the hours.
    `done_or_offered` are ids of goals that a repeated week does not offer again. `days_off` are weekdays,
    0 to 6 from Monday; their goals move to other days of the week.

    The planned minutes never exceed the hours, except that the last core goal may run over.
    """
    budget = track.hours if hours is None else hours
    terms = _Terms(week.number, track, level, budget, include_stretch, core_only, done_or_offered)
    candidates, left_out = _candidates(week, terms)
    chosen, full = _chosen(candidates, terms)
    left_out += [_over_hours(goal, chosen, terms) for goal in full]
    titles = {day.weekday.number: day.title for day in week.days}
    planned = _without_days_off(chosen, titles, days_off)
    if not planned:
        left_out += [_left(goal, Why.DAYS_OFF, "every day of this week is off") for goal in chosen]
    return FittedWeek(
        number=week.number,
        track=track.name,
        level=level,
        hours=budget,
        minutes=sum(goal.minutes for goal in planned),
        days=_days(planned, titles),
        left_out=_in_order(left_out, week),
    )


def difference(before: FittedWeek, after: FittedWeek) -> Difference:
    """What a member gains and gives up by taking `after` instead of `before`."""
    had = {goal.id for goal in before.goals}
    gets = {goal.id for goal in after.goals}
    return Difference(
        kept=tuple(goal for goal in after.goals if goal.id in had),
        set_aside=tuple(goal for goal in before.goals if goal.id not in gets),
        added=tuple(goal for goal in after.goals if goal.id not in had),
        hours_before=before.minutes / 60,
        hours_after=after.minutes / 60,
    )


# Who may come in at all


def _candidates(week: Week, terms: _Terms) -> tuple[list[FittedGoal], list[LeftOut]]:
    """The goals that compete for the hours, in day order, and those that do not, with their reasons."""
    candidates: list[FittedGoal] = []
    left_out: list[LeftOut] = []
    for day in week.days:
        for block in day.blocks:
            for goal in block.goals:
                lighter = goal.lighter.get(terms.track.name, Lighter())
                fitted = _as_fitted(goal, lighter, block.name, day.weekday.number)
                refusal = _refusal(goal, lighter, terms)
                if refusal is None:
                    candidates.append(fitted)
                else:
                    left_out.append(_left(fitted, *refusal))
    return candidates, left_out


def _as_fitted(goal: Goal, lighter: Lighter, block: str, weekday: int) -> FittedGoal:
    """The goal in the words and minutes of the track."""
    return FittedGoal(
        id=goal.id,
        text=lighter.text or goal.text,
        note=goal.note,
        minutes=lighter.minutes or goal.minutes,
        area=goal.area,
        tier=goal.tier,
        level=goal.level,
        metrics=goal.metrics if lighter.metrics is None else lighter.metrics,
        block=block,
        weekday=weekday,
    )


def _refusal(goal: Goal, lighter: Lighter, terms: _Terms) -> tuple[Why, str] | None:
    """Why this goal may not come in whatever the hours are; None if it may."""
    if not goal.is_for(terms.level):
        return Why.LEVEL, f"the {goal.level} alternative"
    if lighter.skip:
        return Why.TRACK, f"the {terms.track.name} track leaves it out in week {terms.week}"
    if goal.id in terms.had:
        return Why.HAD, "you had it in the week before"
    if terms.core_only and goal.tier is not Tier.CORE:
        return Why.CORE_ONLY, "this week holds core goals only"
    if goal.tier is Tier.STRETCH and not terms.include_stretch:
        return Why.STRETCH, "stretch: offered in a strong week or on request"
    return None


# Filling the hours


def _chosen(candidates: list[FittedGoal], terms: _Terms) -> tuple[list[FittedGoal], list[FittedGoal]]:
    """What fits and what does not, each in day order: core goals first, of which the last may run over."""
    core = [goal for goal in candidates if goal.tier is Tier.CORE]
    # Whoever asked for stretch goals wants to meet them, so they stand before standard ones of their area.
    others = [goal for goal in candidates if goal.tier is Tier.STRETCH]
    others += [goal for goal in candidates if goal.tier is Tier.STANDARD]
    filling = _Filling(terms)
    filling.take(core, may_run_over=True)
    filling.take(others, may_run_over=False)
    chosen = [goal for goal in candidates if goal.id in filling.taken]
    return chosen, [goal for goal in candidates if goal.id not in filling.taken]


class _Filling:
    """Hours being filled, always from the area that is furthest behind its share of them."""

    def __init__(self, terms: _Terms) -> None:
        self.minutes = round(terms.hours * 60)
        self.aims = {area: self.minutes * share / 100 for area, share in terms.track.shares.items()}
        self.by_area = dict.fromkeys(Area, 0)
        self.taken: set[str] = set()

    def take(self, goals: list[FittedGoal], *, may_run_over: bool) -> None:
        """Take of these goals, each area's in their order, until none fits any more."""
        waiting = list(goals)
        while (goal := self._next(waiting, may_run_over)) is not None:
            waiting.remove(goal)
            self.taken.add(goal.id)
            self.by_area[goal.area] += goal.minutes

    def _next(self, waiting: list[FittedGoal], may_run_over: bool) -> FittedGoal | None:
        """The first goal that fits of the area that is furthest behind."""
        room = self.minutes - sum(self.by_area.values())
        fitting = [goal for goal in waiting if (may_run_over and room > 0) or goal.minutes <= room]
        return min(fitting, key=lambda goal: self._turn(goal.area), default=None)

    def _turn(self, area: Area) -> tuple[bool, float]:
        """Whose turn it is, lowest first: areas without a share come after all the others."""
        behind = self.aims.get(area, 0) - self.by_area[area]
        return not self.aims.get(area), -behind


def _over_hours(goal: FittedGoal, chosen: list[FittedGoal], terms: _Terms) -> LeftOut:
    """The goal, left out because the hours are full."""
    share = terms.track.shares.get(goal.area, 0)
    spent = sum(other.minutes for other in chosen if other.area is goal.area)
    if not share:
        clause = f"{goal.area.words} has no share of its own"
    elif spent >= terms.hours * 60 * share / 100:
        clause = f"{goal.area.words} has its {share:g} %"
    else:
        clause = f"{goal.minutes} min no longer fit in"
    return _left(goal, Why.HOURS, f"over {_hours_in_words(terms)}: {clause}")


def _hours_in_words(terms: _Terms) -> str:
    """The hours as the member knows them: the track's or their own."""
    if terms.hours == terms.track.hours:
        return f"the {terms.hours:g} h of the {terms.track.name} track"
    return f"this week's {round(terms.hours, 1):g} h"


def _left(goal: FittedGoal, why: Why, reason: str) -> LeftOut:
    return LeftOut(
        goal_id=goal.id, text=goal.text, minutes=goal.minutes, area=goal.area, why=why, reason=reason
    )


def _in_order(left_out: list[LeftOut], week: Week) -> tuple[LeftOut, ...]:
    """What is left out, in the order of the plan."""
    position = {goal.id: number for number, goal in enumerate(week.goals)}
    return tuple(sorted(left_out, key=lambda left: position[left.goal_id]))


# Days and days off


def _days(goals: Iterable[FittedGoal], titles: Mapping[int, str]) -> tuple[FittedDay, ...]:
    """The goals by the day on which they stand; those that moved there come last.

    A day that the plan does not have (a Sunday that stands in for Saturday) takes the title of the day
    whose goals it holds.
    """
    by_day: dict[int, list[FittedGoal]] = {}
    for goal in sorted(goals, key=lambda goal: goal.moved_from is not None):
        by_day.setdefault(goal.weekday, []).append(goal)
    return tuple(
        FittedDay(
            weekday=number,
            title=titles[number if number in titles else by_day[number][0].moved_from or 0],
            goals=tuple(by_day[number]),
        )
        for number in sorted(by_day)
    )


def _without_days_off(
    goals: list[FittedGoal], days: Iterable[int], days_off: frozenset[int]
) -> list[FittedGoal]:
    """The goals with none on a day off, each moved to the working day with least to do, core goals first.

    Saturday's goals are the weekend's, so they move to Sunday if that is free. Nothing stays if every day
    is off.
    """
    working = [day for day in days if day not in days_off]
    working = working or [day for day in range(7) if day not in days_off]
    minutes = dict.fromkeys(working, 0)
    if not minutes:
        return []
    for goal in goals:
        if goal.weekday in minutes:
            minutes[goal.weekday] += goal.minutes
    moves: dict[str, int] = {}
    for goal in sorted(goals, key=lambda goal: goal.tier is not Tier.CORE):
        if goal.weekday in days_off:
            moves[goal.id] = _new_day(goal.weekday, minutes, days_off)
            minutes[moves[goal.id]] = minutes.get(moves[goal.id], 0) + goal.minutes
    return [_moved(goal, moves[goal.id]) if goal.id in moves else goal for goal in goals]


def _new_day(day_off: int, minutes: Mapping[int, int], days_off: frozenset[int]) -> int:
    """Where a goal of a day off goes: among equally light days, the nearest to its own."""
    if day_off == SATURDAY and SUNDAY not in days_off:
        return SUNDAY
    days = [day for day in minutes if day != SUNDAY] or list(minutes)
    return min(days, key=lambda day: (minutes[day], abs(day - day_off), day))


def _moved(goal: FittedGoal, weekday: int) -> FittedGoal:
    """The goal on another day, remembering its own."""
    return goal.model_copy(update={"weekday": weekday, "moved_from": goal.weekday})
