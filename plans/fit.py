"""A week's goals for the hours that somebody has: what stays, what is left out, and why.

"The 12-week plan" promises 7 to 12 hours a week and lists up to 22. So a plan holds the full load, and
the fit chooses from it what is worth most (`plans.filling` says what that is) and puts it on the days on
which there is time (`plans.placing`). Nothing is lost silently: offered and left out together are the whole
week.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from plans import filling, placing
from plans.filling import Candidate
from plans.fitted import FittedDay, FittedGoal, FittedWeek, LeftOut, Why
from plans.minimums import WEEKLY
from plans.model import Area, Goal, Level, Lighter, Metric, Tier, Track, Week
from plans.placing import Piece

CORE_SHARE_OF_HOURS = 0.6  # a recovery week ("Weekly planning": reduce the scope to the fundamentals)


class _Terms(NamedTuple):
    """What the fit was asked for."""

    week: int
    track: Track
    level: Level
    hours: float
    shares: Mapping[Area, float]
    include_stretch: bool
    core_only: bool
    had: frozenset[str]

    @property
    def minutes(self) -> int:
        """The hours in minutes."""
        return round(self.hours * 60)


def fit(
    week: Week,
    *,
    track: Track,
    level: Level,
    hours: float | None = None,
    shares: Mapping[Area, float] | None = None,
    include_stretch: bool = False,
    core_only: bool = False,
    done_or_offered: frozenset[str] = frozenset(),
    days_off: frozenset[int] = frozenset(),
    capacity: Mapping[int, int] | None = None,
) -> FittedWeek:
    """The week for one member.

    `hours` and `shares` (per cent by area) replace the track's; a recovery week is `core_only` at
    `CORE_SHARE_OF_HOURS` of the hours.
    `done_or_offered` are ids of goals that a repeated week does not offer again. `days_off` are weekdays,
    0 to 6 from Monday; their goals move to other days of the week. `capacity` are the minutes that there
    are on each weekday (a day that it does not name has none); without it, a day holds what the plan puts
    there.

    The planned minutes never exceed the hours; only where not even one goal fits, the shortest is offered.
    """
    wanted = track.hours if hours is None else hours
    budget = wanted if capacity is None else min(wanted, _open_hours(capacity, days_off))
    parts = track.shares if shares is None else shares
    terms = _Terms(week.number, track, level, budget, parts, include_stretch, core_only, done_or_offered)
    candidates, left_out = _candidates(week, terms)
    chosen = _chosen(candidates, terms)
    left_out += _left_behind(candidates, chosen, terms)
    titles = {day.weekday.number: day.title for day in week.days}
    planned = _placed(chosen, titles, days_off, capacity)
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


def _placed(
    goals: Iterable[FittedGoal],
    days: Iterable[int],
    days_off: frozenset[int],
    capacity: Mapping[int, int] | None,
) -> list[FittedGoal]:
    """The goals on the days on which there is time for them; none if every day is off."""
    pieces = [Piece(goal.id, goal.minutes, goal.weekday, goal.tier is Tier.CORE) for goal in goals]
    placed = placing.place(pieces, days, days_off, capacity)
    return [_on(goal, placed[goal.id]) for goal in goals if goal.id in placed]


def _on(goal: FittedGoal, weekday: int) -> FittedGoal:
    """The goal on a day; one that moved there remembers its own."""
    if weekday == goal.weekday:
        return goal
    return goal.model_copy(update={"weekday": weekday, "moved_from": goal.weekday})


def _open_hours(capacity: Mapping[int, int], days_off: frozenset[int]) -> float:
    """The hours that the week's windows hold."""
    return sum(minutes for day, minutes in capacity.items() if day not in days_off) / 60


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
        needs=goal.needs,
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


def _chosen(candidates: list[FittedGoal], terms: _Terms) -> list[FittedGoal]:
    """What is worth most, in day order: core goals first, and the others only if all core goals are in."""
    core = [goal for goal in candidates if goal.tier is Tier.CORE]
    # Whoever asked for stretch goals wants to meet them, so they stand before standard ones of their area.
    others = [goal for goal in candidates if goal.tier is Tier.STRETCH]
    others += [goal for goal in candidates if goal.tier is Tier.STANDARD]
    aims = _aims(candidates, terms)
    taken = _best(core, [], aims, terms)
    if len(taken) == len(core):
        taken += _best(others, taken, aims, terms)
    if not taken and candidates:
        taken = [_shortest(core or others)]
    ids = {goal.id for goal in taken}
    return [goal for goal in candidates if goal.id in ids]


def _shortest(goals: Sequence[FittedGoal]) -> FittedGoal:
    """The shortest of the goals that need no other; the first of a week needs none."""
    there = {goal.id for goal in goals}
    return min((goal for goal in goals if not there.intersection(goal.needs)), key=lambda goal: goal.minutes)


def _aims(candidates: Sequence[FittedGoal], terms: _Terms) -> dict[Area, float]:
    """How many minutes each area should have.

    An area without a share (learning, planning) keeps the part of the hours that it has in the week as the
    plan lists it; the shares divide the rest.
    """
    listed = Counter[Area]()
    for goal in candidates:
        if goal.tier is not Tier.STRETCH:
            listed[goal.area] += goal.minutes
    shared = {area: share / 100 for area, share in terms.shares.items() if share}
    total = listed.total() or 1
    apart = {area: minutes / total for area, minutes in listed.items() if area not in shared}
    rest = 1 - sum(apart.values())
    parts = apart | {area: rest * share for area, share in shared.items()}
    return {area: terms.minutes * part for area, part in parts.items()}


def _best(
    goals: Sequence[FittedGoal], taken: Sequence[FittedGoal], aims: Mapping[Area, float], terms: _Terms
) -> list[FittedGoal]:
    """Those of the goals that are worth most beside what is taken already."""
    spent, counts = _by_area(taken), _counts(taken)
    offered = _counts([*taken, *goals])
    space = filling.room(
        terms.minutes - spent.total(),
        {area: aim - spent[area] for area, aim in aims.items()},
        {metric: (min(least, offered[metric]) - counts[metric], least) for metric, least in WEEKLY.items()},
    )
    if space.minutes <= 0:
        return []
    position = {goal.id: number for number, goal in enumerate(goals)}
    candidates = [
        Candidate(
            goal.minutes,
            goal.area,
            tuple(goal.metrics.items()),
            tuple(position[needed] for needed in goal.needs if needed in position),
        )
        for goal in goals
    ]
    return [goals[number] for number in sorted(filling.best(candidates, space))]


def _by_area(goals: Iterable[FittedGoal]) -> Counter[Area]:
    """The minutes of these goals by area."""
    minutes = Counter[Area]()
    for goal in goals:
        minutes[goal.area] += goal.minutes
    return minutes


def _counts(goals: Iterable[FittedGoal]) -> Counter[Metric]:
    """What these goals count."""
    counts = Counter[Metric]()
    for goal in goals:
        counts.update(goal.metrics)
    return counts


# What is left out, and why


def _left_behind(candidates: list[FittedGoal], chosen: list[FittedGoal], terms: _Terms) -> list[LeftOut]:
    """The goals that did not fit, each with its reason."""
    taken = {goal.id for goal in chosen}
    missing = {goal.id: goal for goal in candidates if goal.id not in taken}
    spent = _by_area(chosen)
    return [_without_its_need(goal, missing) or _over_hours(goal, spent, terms) for goal in missing.values()]


def _without_its_need(goal: FittedGoal, missing: Mapping[str, FittedGoal]) -> LeftOut | None:
    """The goal, left out because what it builds on is; None if that is not so."""
    needed = next((missing[name] for name in goal.needs if name in missing), None)
    if needed is None:
        return None
    return _left(goal, Why.NEEDS, f'it builds on "{needed.text}", which is left out')


def _over_hours(goal: FittedGoal, spent: Counter[Area], terms: _Terms) -> LeftOut:
    """The goal, left out because the hours are full."""
    share = terms.shares.get(goal.area, 0)
    if not share:
        clause = f"{goal.area.words} has its part of the week"
    elif spent[goal.area] >= terms.minutes * share / 100:
        clause = f"{goal.area.words} has its {share:g} %"
    elif goal.minutes > terms.minutes - spent.total():
        clause = f"{goal.minutes} min no longer fit in"
    else:
        clause = "other goals are worth more this week"
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


# Days


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
