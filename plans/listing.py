"""A plan laid out to be read: the full load, or one track's weeks with what they leave out and why."""

from collections.abc import Iterator

from plans.fit import fit
from plans.fitted import FittedGoal
from plans.model import (
    Area,
    CheckItem,
    Checkpoint,
    Goal,
    Level,
    Metric,
    Phase,
    Plan,
    Tier,
    Track,
    Value,
    Week,
    Weekday,
)

DEFAULT_LEVEL = Level.L6


class ListedGoal(Value):
    """A goal with everything that a reader may want to know of it."""

    id: str
    text: str
    note: str
    area: Area
    minutes: int
    tier: Tier
    level: Level | None
    metrics: dict[Metric, int]


class ListedDay(Value):
    """A day; `hours` are those of one person, who has one goal of each set of alternatives."""

    weekday: Weekday
    title: str
    hours: float
    goals: tuple[ListedGoal, ...]


class ListedWeek(Value):
    """A week, its phase by its title; `targets` are those that its source sets for it."""

    number: int
    phase: str
    theme: str
    targets: dict[Metric, int]
    hours: float
    days: tuple[ListedDay, ...]


class ListedLeftOut(Value):
    """A goal that is not in its week."""

    id: str
    week: int
    text: str
    minutes: int
    reason: str


class Listing(Value):
    """A plan as it is listed; `track` None is the full load, `level` None both levels.

    `success_rate` is the source's own estimate in per cent, `hours_per_week` the hours of a full week on the
    default track, from and to.
    """

    slug: str
    title: str
    summary: str
    source: str
    success_rate: int | None
    hours_per_week: tuple[float, float]
    best_for: str
    track: str | None
    level: Level | None
    default_track: str
    tracks: tuple[Track, ...]
    phases: tuple[Phase, ...]
    checkpoints: tuple[Checkpoint, ...]
    weeks: tuple[ListedWeek, ...]
    left_out: tuple[ListedLeftOut, ...]


def listing(plan: Plan, track: str | None = None, level: Level | None = None) -> Listing:
    """The plan for a track at a level; without a track its full load, without both all of it.

    A track is always listed for one level, since nobody takes both: L6 unless another is named.

    Raises:
        KeyError: the plan has no such track.
    """
    chosen = plan.track(track) if track else None
    level = level or (DEFAULT_LEVEL if chosen else None)
    weeks: list[ListedWeek] = []
    left_out: list[ListedLeftOut] = []
    for week in plan.weeks:
        listed, missing = _fitted(plan, week, chosen, level) if chosen and level else _full(plan, week, level)
        weeks.append(listed)
        left_out.extend(missing)
    return Listing(
        slug=plan.slug,
        title=plan.title,
        summary=plan.summary,
        source=plan.source,
        success_rate=plan.success_rate,
        hours_per_week=plan.load,
        best_for=plan.best_for,
        track=track,
        level=level,
        default_track=plan.default_track,
        tracks=plan.tracks,
        phases=plan.phases,
        checkpoints=plan.checkpoints,
        weeks=tuple(weeks),
        left_out=tuple(left_out),
    )


def as_json(plan: Plan, track: str | None = None, level: Level | None = None) -> dict[str, object]:
    """The listing as plain values for `json.dumps`."""
    return listing(plan, track, level).model_dump(mode="json")


def as_text(plan: Plan, track: str | None = None, level: Level | None = None) -> str:
    """The listing as lines for a terminal."""
    return "\n".join(_lines(listing(plan, track, level)))


def _fitted(plan: Plan, week: Week, track: Track, level: Level) -> tuple[ListedWeek, list[ListedLeftOut]]:
    """One week as the track takes it, and what it leaves out."""
    fitted = fit(week, track=track, level=level)
    days = tuple(
        ListedDay(
            weekday=list(Weekday)[day.weekday],
            title=day.title,
            hours=_hours(day.minutes),
            goals=tuple(map(_goal, day.goals)),
        )
        for day in fitted.days
    )
    left_out = [_left(week, left.goal_id, left.text, left.minutes, left.reason) for left in fitted.left_out]
    return _week(plan, week, _hours(fitted.minutes), days), left_out


def _full(plan: Plan, week: Week, level: Level | None) -> tuple[ListedWeek, list[ListedLeftOut]]:
    """One week in full, at one level or at both, and the other level's alternatives."""
    days = tuple(
        ListedDay(
            weekday=day.weekday,
            title=day.title,
            hours=day.hours,
            goals=tuple(_goal(goal) for goal in day.goals if goal.is_for(level)),
        )
        for day in week.days
    )
    left_out = [
        _left(week, goal.id, goal.text, goal.minutes, f"the {goal.level} alternative")
        for goal in week.goals
        if not goal.is_for(level)
    ]
    return _week(plan, week, week.hours, days), left_out


def _week(plan: Plan, week: Week, hours: float, days: tuple[ListedDay, ...]) -> ListedWeek:
    return ListedWeek(
        number=week.number,
        phase=plan.phase_of(week.number).title,
        theme=week.theme,
        targets=week.targets,
        hours=hours,
        days=days,
    )


def _goal(goal: Goal | FittedGoal) -> ListedGoal:
    return ListedGoal(**{name: getattr(goal, name) for name in ListedGoal.model_fields})


def _left(week: Week, goal: str, text: str, minutes: int, reason: str) -> ListedLeftOut:
    return ListedLeftOut(id=goal, week=week.number, text=text, minutes=minutes, reason=reason)


def _hours(minutes: int) -> float:
    """Minutes as hours, to the hundredth."""
    return round(minutes / 60, 2)


def _lines(listed: Listing) -> Iterator[str]:
    """The whole listing, line by line."""
    yield f"{listed.title} ({listed.slug})"
    yield ", ".join(filter(None, (listed.track and f"{listed.track} track", listed.level))) or "full load"
    yield from _frame_lines(listed)
    for week in listed.weeks:
        yield from _week_lines(week)
        yield from _left_out_lines([left for left in listed.left_out if left.week == week.number])
        for checkpoint in listed.checkpoints:
            if checkpoint.week == week.number:
                yield from _checkpoint_lines(checkpoint)


def _frame_lines(listed: Listing) -> Iterator[str]:
    """What holds for the whole plan: what it is for, what it takes, its tracks and its phases."""
    low, high = listed.hours_per_week
    hours = f"{low:g}" if low == high else f"{low:g} to {high:g}"
    yield ""
    yield listed.summary
    if listed.best_for:
        yield f"Best for: {listed.best_for}"
    yield f"{hours} hours a week on the {listed.default_track} track"
    if listed.success_rate is not None:
        yield f"Success rate: {listed.success_rate} %, the source's own estimate; nobody has measured it"
    yield f"Source: {listed.source}"
    yield "Tracks:"
    for track in listed.tracks:
        shares = ", ".join(f"{area.words} {share:g} %" for area, share in track.shares.items())
        yield f"  {track.name}: {track.hours:g} h; {shares}"
    yield "Phases:"
    for phase in listed.phases:
        first, last = phase.weeks
        weeks = f"week {first}" if first == last else f"weeks {first} to {last}"
        yield f"  {phase.title}, {weeks}: {'; '.join(phase.aims)}"


def _checkpoint_lines(checkpoint: Checkpoint) -> Iterator[str]:
    """A checkpoint; what the data ticks says by what."""
    yield f"  Checkpoint: {checkpoint.title}"
    for item in checkpoint.items:
        rule = _rule(item)
        yield f"    [ ] {item.text}{rule and f' ({rule})'}"


def _rule(item: CheckItem) -> str:
    """What ticks an item, "" if the member does."""
    clauses = [f"{count} {metric.words}" for metric, count in item.counts.items()]
    if item.lp_coverage:
        clauses.append(f"{item.lp_coverage} Leadership Principles covered")
    if item.goals:
        clauses.append(f"done: {', '.join(item.goals)}")
    if item.ratings:
        clauses.append(f"{item.ratings.of} ratings at least {item.ratings.at_least}")
    if item.mock_average:
        clauses.append(f"mock average at least {item.mock_average:g}")
    return "; ".join(clauses)


def _week_lines(week: ListedWeek) -> Iterator[str]:
    """A week: its hours, its hours by area, its days and goals."""
    yield ""
    yield f"Week {week.number}: {week.theme}. {week.phase}, {_time(week.hours)}"
    yield f"  {_by_area(week)}"
    if week.targets:
        yield f"  Aims at {', '.join(f'{count} {metric.words}' for metric, count in week.targets.items())}"
    for day in week.days:
        yield f"  {day.weekday.capitalize()}: {day.title}, {_time(day.hours)}"
        for goal in day.goals:
            yield f"    - {_goal_line(goal)}"


def _by_area(week: ListedWeek) -> str:
    """The hours of each area; where both levels are listed, those of one."""
    goals = [goal for day in week.days for goal in day.goals if goal.level in (None, _one_level(week))]
    minutes = {area: sum(goal.minutes for goal in goals if goal.area is area) for area in Area}
    return ", ".join(f"{area.words} {_time(spent / 60)}" for area, spent in minutes.items() if spent)


def _one_level(week: ListedWeek) -> Level | None:
    """The first of the levels that the week lists."""
    levels = {goal.level for day in week.days for goal in day.goals}
    return next((level for level in Level if level in levels), None)


def _goal_line(goal: ListedGoal) -> str:
    """A goal: its text and, in brackets, what it is."""
    counts = [f"{count} {_words(metric)}" for metric, count in goal.metrics.items()]
    facts = [
        f"{goal.minutes} min",
        goal.area.words,
        goal.tier,
        *([goal.level] if goal.level else []),
        *counts,
    ]
    return f"{goal.text} ({', '.join(facts)})"


def _left_out_lines(left_out: list[ListedLeftOut]) -> Iterator[str]:
    if left_out:
        yield f"  Left out: {len(left_out)}"
    for left in left_out:
        yield f"    - {left.text} ({left.minutes} min): {left.reason}"


def _time(hours: float) -> str:
    """Hours as people say them: "45 min", "3 h", "1 h 05"."""
    whole, minutes = divmod(round(hours * 60), 60)
    if not whole:
        return f"{minutes} min"
    return f"{whole} h {minutes:02}" if minutes else f"{whole} h"


def _words(name: str) -> str:
    return name.replace("_", " ")
