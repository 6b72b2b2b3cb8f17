"""A goal that most of a group misses for weeks: what the group is asked to change, and what it decides.

Only weeks of members who show everything are looked at, and of those only what the channel may know. So what
is proposed, and that nothing is, depends on nothing that anybody keeps to themself.

That a group can change its plan together, by a vote, is ours, and so are all figures here.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from pydantic import Field

from plans import calendar
from plans.model import Area, Metric, Value
from plans.weekload import Circumstances, fitted

WEEKS = 3  # in a row in which a goal was missed
FEWEST = 3  # people who missed it
KEPT = 0.75  # of its share, if the group eases an area
LASTS = 4  # weeks
PAUSE = timedelta(weeks=8)  # before the same area is asked about again
FLOOR = 15  # per cent of the hours; with less than that nothing of an area would be left
VOTERS = Fraction(1, 3)  # of the members, or a few would decide for all
FEWEST_VOTES = 2

AREA_OF: Mapping[Metric, Area] = {
    Metric.STORIES: Area.BEHAVIORAL,
    Metric.CODING_PROBLEMS: Area.CODING,
    Metric.SYSTEM_DESIGN_PROBLEMS: Area.SYSTEM_DESIGN,
    Metric.MOCK_INTERVIEWS: Area.MOCK,
    Metric.CONCEPTS: Area.LEARNING,
    Metric.INDUSTRY_UPDATES: Area.LEARNING,
    Metric.NETWORK_ACTIVITIES: Area.PLANNING,
}


class Shown(Value):
    """What somebody who shows everything did in a week, and what it asked for, by metric."""

    counts: dict[Metric, int] = Field(default_factory=dict)
    targets: dict[Metric, int] = Field(default_factory=dict)

    def misses(self, metric: Metric) -> bool:
        """Whether less was done than the week asked for; a week that asks for nothing is not missed."""
        return self.counts.get(metric, 0) < self.targets.get(metric, 0)


ShownWeek = Mapping[str, Shown]  # by member
Ahead = Mapping[str, Sequence[Circumstances]]  # by member
# What nobody shows of their coming weeks; a question must not depend on it.
UNSEEN: Mapping[str, object] = {
    "periods": (),
    "interview": None,
    "windows": "",
    "days_off": frozenset[int](),
    "eased": {},
}


class Missed(Value):
    """A metric that `missed` of `people` did not reach in any of the weeks.

    `done` and `target` are those of who missed it, all weeks together. `area` is what would be eased.
    """

    metric: Metric
    area: Area
    missed: int
    people: int
    done: int
    target: int

    @property
    def reached(self) -> Fraction:
        """The part of the target that was reached, 0 to below 1."""
        return Fraction(self.done, self.target)


def proposal(
    weeks: Sequence[ShownWeek], ahead: Ahead, asked: Mapping[Area, date], monday: date
) -> Missed | None:
    """What to ask the group after the week of `monday`; None if there is nothing to ask.

    `weeks` are the group's last three, that of `monday` last. `ahead` are by member the weeks that would
    change. `asked` says for each area after which week it was last asked about. Of several goals it is the
    one that was missed furthest in proportion.
    """
    rested = {area for area in Area if area not in asked or monday - asked[area] >= PAUSE}
    found = [each for each in missed(weeks, ahead) if each.area in rested]
    return min(found, key=lambda each: each.reached, default=None)


def missed(weeks: Sequence[ShownWeek], ahead: Ahead) -> Iterator[Missed]:
    """The metrics that more than half of those who show everything missed week after week.

    Who did not show all three weeks, or was not there, is not counted at all. An area is left alone where one
    of those who missed it has less than the floor, or where it would not become less for most of them: what
    a week holds of core goals stays.
    """
    if len(weeks) != WEEKS:
        return
    people = sorted(set.intersection(*map(set, weeks)))
    for metric, area in AREA_OF.items():
        behind = [who for who in people if all(week[who].misses(metric) for week in weeks)]
        if len(behind) < FEWEST or not _is_most(len(behind), len(people)):
            continue
        coming = [ahead.get(who, ()) for who in behind]
        if not all(_has_enough(area, each) for each in coming):
            continue
        if not _is_most(sum(_becomes_less(area, each) for each in coming), len(behind)):
            continue
        seen = [week[who] for week in weeks for who in behind]
        yield Missed(
            metric=metric,
            area=area,
            missed=len(behind),
            people=len(people),
            done=sum(each.counts.get(metric, 0) for each in seen),
            target=sum(each.targets[metric] for each in seen),
        )


def _is_most(part: int, whole: int) -> bool:
    return 2 * part > whole


def _has_enough(area: Area, coming: Sequence[Circumstances]) -> bool:
    """Whether the area is above the floor in each of these weeks; without any week there is none."""
    shares = [where.plan.track(where.track).shares.get(area, 0) for where in coming]
    return bool(shares) and min(shares) >= FLOOR


def _becomes_less(area: Area, coming: Sequence[Circumstances]) -> bool:
    """Whether easing the area would give it less time in any of these weeks."""
    ordinary = [where.model_copy(update=UNSEEN) for where in coming]
    return any(
        _minutes(area, where.model_copy(update={"eased": {area: KEPT}})) < _minutes(area, where)
        for where in ordinary
    )


def _minutes(area: Area, where: Circumstances) -> int:
    return sum(goal.minutes for goal in fitted(where).goals if goal.area is area)


def term(closes_on: date) -> tuple[date, date]:
    """The first and the last week, by their Mondays, that a vote which closes on this day changes."""
    first = calendar.next_monday(closes_on)
    return first, first + timedelta(weeks=LASTS - 1)


def passes(ease: int, keep: int, members: int) -> bool:
    """Whether so many votes of so many members ease the area: more for it than against, and enough at all."""
    votes = ease + keep
    return ease > keep and votes >= FEWEST_VOTES and votes >= VOTERS * members


class Agreement(Value):
    """What a group agreed on, as one of its members lives with it until the Sunday `until`.

    `begins` is the Monday of its first week. Who `keeps` theirs has their plan as it was.
    """

    proposal_id: int
    area: Area
    begins: date
    until: date
    keeps: bool

    def is_new(self, day: date) -> bool:
        """Whether `day` lies in its first week, in which it is said how to have it otherwise."""
        return calendar.monday_of(day) == self.begins
