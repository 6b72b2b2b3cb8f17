"""What is worth a second look in a plan without faults: where its weeks do not keep what its tracks promise.

Nothing here stops a plan. A full load that is larger than every track is meant so in many plans, and a source
need not mind the minimums of "Timelines".
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from plans import minimums
from plans.fit import fit
from plans.fitted import FittedWeek
from plans.model import Area, Goal, Level, Metric, Plan, Tier, Track, Week

SLACK = 0.95  # of the promised hours: goals have lengths, and a week that is full may lack some minutes
SHARE_SLACK = 0.8  # a share is an aim
NAMED = 5  # goals that a hint names; of the others only how many


class Verdict(NamedTuple):
    """What a plan holds, whether its weeks fill its tracks, and hints for whoever wrote it."""

    weeks: int
    goals: int
    fits: bool
    hints: tuple[str, ...]

    def __str__(self) -> str:
        """As one line for a terminal."""
        weeks, goals = _count(self.weeks, "week"), _count(self.goals, "goal")
        return f"No faults: {weeks}, {goals}{', fits its tracks' if self.fits else ''}."


def verdict(plan: Plan) -> Verdict:
    """Everything that is worth saying of a plan that could be read."""
    unfilled = [*_short_weeks(plan), *_unfilled_shares(plan)]
    hints = (*unfilled, *_missing_minimums(plan), *_never_offered(plan))
    goals = sum(len(week.goals) for week in plan.weeks)
    return Verdict(weeks=len(plan.weeks), goals=goals, fits=not unfilled, hints=hints)


def _short_weeks(plan: Plan) -> Iterator[str]:
    """Weeks whose goals cannot reach the hours of the default track at one of the levels."""
    track, low = plan.track(plan.default_track), plan.load[0]
    for level in Level:
        planned = {week.number: _fitted(week, track, level).minutes / 60 for week in plan.weeks}
        short = {number: hours for number, hours in planned.items() if hours < low * SLACK}
        if short:
            least = f"{low:g} h that it promises; the least is {min(short.values()):.1f} h"
            yield f"{_weeks(short)}: on the {track.name} track {level} gets less than the {least}"
            return  # the other level says the same again


def _unfilled_shares(plan: Plan) -> Iterator[str]:
    """Areas whose share of a track's hours the goals of the whole plan are far from filling."""
    for track in plan.tracks:
        for area, share in track.shares.items():
            wanted = sum(_shared(week, track) for week in plan.weeks) / 60 / len(plan.weeks) * share / 100
            held = sum(_available(week, track, area) for week in plan.weeks) / 60 / len(plan.weeks)
            if held < wanted * SHARE_SLACK:
                what = f"{area.words} has {share:g} % of what the {track.name} track shares out"
                yield f"{what}; its goals fill {held:.1f} of these {wanted:.1f} h a week"


def _shared(week: Week, track: Track) -> float:
    """Minutes of a week that the track's shares divide: areas without a share keep their part of it."""
    listed = {area: _available(week, track, area) for area in Area}
    total = sum(listed.values())
    apart = sum(minutes for area, minutes in listed.items() if not track.shares.get(area))
    return min(track.hours * 60, total) * (1 - apart / total) if total else 0


def _available(week: Week, track: Track, area: Area) -> int:
    """Minutes of an area of a week for a track, at the level that has fewer, without stretch goals."""
    goals = [goal for goal in week.goals if goal.area is area and goal.tier is not Tier.STRETCH]
    return min(sum(_minutes(goal, track) for goal in goals if goal.is_for(level)) for level in Level)


def _minutes(goal: Goal, track: Track) -> int:
    """What a goal takes on a track, 0 if the track leaves it out."""
    lighter = goal.lighter.get(track.name)
    if lighter is None:
        return goal.minutes
    return 0 if lighter.skip else lighter.minutes or goal.minutes


def _missing_minimums(plan: Plan) -> Iterator[str]:
    """Weekly minimums of "Timelines" that the default track does not offer."""
    track = plan.track(plan.default_track)
    short: dict[Metric, dict[int, int]] = {}
    for week in plan.weeks:
        for each in minimums.short_of(_counts(_fitted(week, track, Level.L6))):
            short.setdefault(each.metric, {})[week.number] = each.done
    for metric, weeks in short.items():
        least = f"{minimums.WEEKLY[metric]} {metric.words}"
        yield f'{_weeks(weeks)}: fewer than the {least} a week of "Timelines" on the {track.name} track'


def _counts(week: FittedWeek) -> Mapping[Metric, int]:
    counts: Counter[Metric] = Counter()
    for goal in week.goals:
        counts.update(goal.metrics)
    return counts


def _never_offered(plan: Plan) -> Iterator[str]:
    """Goals that nobody meets on any track, not even who asks for stretch goals."""
    offered = {
        goal.id
        for week in plan.weeks
        for track in plan.tracks
        for level in Level
        for stretch in (False, True)
        for goal in _fitted(week, track, level, include_stretch=stretch).goals
    }
    never = [goal.id for week in plan.weeks for goal in week.goals if goal.id not in offered]
    if never:
        more = f" and {len(never) - NAMED} more" if len(never) > NAMED else ""
        some = ", ".join(never[:NAMED])
        yield f"{_count(len(never), 'goal')} that no track ever offers: {some}{more}"


def _fitted(week: Week, track: Track, level: Level, *, include_stretch: bool = False) -> FittedWeek:
    return fit(week, track=track, level=level, include_stretch=include_stretch)


# Words


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _weeks(numbers: Iterable[int]) -> str:
    """Week numbers as people say them: "week 3", "weeks 1 to 3, 5"."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)
    return f"week{'' if len(runs) == 1 and len(runs[0]) == 1 else 's'} {said}"
