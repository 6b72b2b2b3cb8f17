"""Where the parts of a plan contradict each other: what no part can see of itself."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from plans.model import Checkpoint, Frame, Goal, Level, Metric, Tier, Week
from plans.wording import did_you_mean

LISTED = 8  # names that a sentence can bear
ITEM_LIMIT = 20  # lines of a checkpoint: two groups of Slack's checkboxes


class Flaw(NamedTuple):
    """What is wrong between the parts of a plan, and at which goal, if it lies at one."""

    message: str
    goal: str | None = None


def of_frame(frame: Frame, weeks: Sequence[Week]) -> Iterator[Flaw]:
    """Where the frame and all the weeks of a plan contradict each other."""
    numbers = [week.number for week in weeks]
    if numbers != list(range(1, len(numbers) + 1)) or not numbers:
        yield Flaw(f"weeks are numbered {numbers}, not from 1 without a hole")
    yield from _of_phases(frame, numbers)
    tracks = [track.name for track in frame.tracks]
    for name, count in Counter(tracks).items():
        if count > 1:
            yield Flaw(f"the track {name!r} stands {count} times; each has a name of its own")
    if frame.default_track not in tracks:
        yield Flaw(f"the default track {_unknown(frame.default_track, tracks)}")
    low, high = frame.load
    if low > high:
        yield Flaw(f"hours_per_week runs from {low:g} to {high:g}; the smaller number comes first")
    known = {goal.id for week in weeks for goal in week.goals}
    for checkpoint in frame.checkpoints:
        yield from _of_checkpoint(checkpoint, numbers, known)


def _of_phases(frame: Frame, numbers: list[int]) -> Iterator[Flaw]:
    """The phases follow each other and cover each week once."""
    last = len(numbers)
    for phase in frame.phases:
        if not 1 <= phase.weeks[0] <= phase.weeks[1] <= last:
            runs = f"the phase {phase.name!r} runs from week {phase.weeks[0]} to {phase.weeks[1]}"
            yield Flaw(f"{runs}; the plan has weeks 1 to {last}")
            return  # before the numbers between, of which there may be a million, are counted up
    covered = [n for phase in frame.phases for n in range(phase.weeks[0], phase.weeks[1] + 1)]
    if covered != list(range(1, last + 1)):
        yield Flaw(f"phases cover the weeks {covered}; in their order they cover each of 1 to {last} once")


def _unknown(name: str, known: Iterable[str]) -> str:
    """A name that is not known, beside those that are known, unless they are many."""
    names = list(known)
    if len(names) > LISTED:
        return f"{name!r} is not one of the plan's"
    hint = did_you_mean(name, names)
    return f"{name!r} is not one of {', '.join(names)}{hint and f'; {hint}'}"


def _of_checkpoint(checkpoint: Checkpoint, weeks: list[int], goals: set[str]) -> Iterator[Flaw]:
    """A checkpoint stands in a week of the plan and looks at goals that there are."""
    named = f"checkpoint {checkpoint.title!r}"
    if checkpoint.week not in weeks:
        yield Flaw(f"{named} stands in week {checkpoint.week}, which is not there")
    if not 1 <= len(checkpoint.items) <= ITEM_LIMIT:
        yield Flaw(f"{named} has {len(checkpoint.items)} items; 1 to {ITEM_LIMIT} can be shown")
    for item in checkpoint.items:
        for missing in sorted(set(item.goals) - goals):
            yield Flaw(f"{named}: the goal {_unknown(missing, goals)}")


def of_goals(frame: Frame, weeks: Sequence[Week]) -> Iterator[Flaw]:
    """Where the goals of these weeks contradict each other or the frame."""
    tracks = dict.fromkeys(track.name for track in frame.tracks)
    goals = [goal for week in weeks for goal in week.goals]
    for goal_id, count in Counter(goal.id for goal in goals).items():
        if count > 1:
            homes = [str(week.number) for week in weeks if goal_id in (goal.id for goal in week.goals)]
            where = f"in week {homes[0]}" if len(homes) == 1 else f"in the weeks {' and '.join(homes)}"
            yield Flaw(f"this goal id stands {count} times, {where}; each goal has one of its own", goal_id)
    for goal in goals:
        for name in sorted(goal.lighter.keys() - tracks.keys()):
            yield Flaw(f"a lighter variant for a track: {_unknown(name, tracks)}", goal.id)
    for week in weeks:
        yield from _of_alternatives(week)
        yield from _of_needs(week)
        yield from _of_targets(week)


def _of_alternatives(week: Week) -> Iterator[Flaw]:
    """Each set of alternatives holds exactly one goal a level, all in the same week."""
    sets: dict[str, list[Goal]] = {}
    for goal in week.goals:
        if goal.alternative:
            sets.setdefault(goal.alternative, []).append(goal)
    for name, members in sets.items():
        if sorted(str(goal.level) for goal in members) != sorted(Level):
            yield Flaw(f"alternative {name!r} does not hold exactly one goal for each level", members[0].id)


def _of_needs(week: Week) -> Iterator[Flaw]:
    """What a goal needs stands before it in the same week, for the same people, and is no easier left out."""
    before: dict[str, Goal] = {}
    for goal in week.goals:
        for name in goal.needs:
            needed = before.get(name)
            if needed is None:
                yield Flaw(f"it needs {name!r}, which does not stand before it in its week", goal.id)
            elif needed.level not in (None, goal.level):
                yield Flaw(f"it needs {name!r}, which is for {needed.level} only", goal.id)
            elif _rank(needed.tier) > _rank(goal.tier):
                yield Flaw(f"it is {goal.tier} and needs {name!r}, which is only {needed.tier}", goal.id)
        before[goal.id] = goal


def _rank(tier: Tier) -> int:
    """How easily a goal is left out: 0 for core."""
    return list(Tier).index(tier)


def _of_targets(week: Week) -> Iterator[Flaw]:
    """The week's goals can reach its targets at either level, without the stretch goals."""
    for level in Level:
        offered = Counter[Metric]()
        for goal in week.goals:
            if goal.is_for(level) and goal.tier is not Tier.STRETCH:
                offered.update(goal.metrics)
        for metric, target in week.targets.items():
            if offered[metric] < target:
                aim = f"week {week.number} aims at {target} {metric.words}"
                yield Flaw(f"{aim}, its {level} goals add up to {offered[metric]}")
