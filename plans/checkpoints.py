"""Where a member stands at a checkpoint: what the data answers, and what is theirs to say.

"Timelines" sets counts for some ends of weeks, "The 12-week plan" lists for each month, "Practice framework"
marks for each second week. What cannot be known is never held against anybody: it is asked.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from plans.feedback import Feedback
from plans.model import CheckItem, Checkpoint, Metric, Scores
from plans.ratings import Dimension

# Friday, or the last working day before it; who works at weekends alone hears of it then.
_POSTED_ON = (4, 3, 2, 1, 0, 5, 6)

PRIMARY = (Dimension.STORY_QUALITY, Dimension.DELIVERY_CONFIDENCE, Dimension.TECHNICAL_COMMUNICATION)
_DIMENSIONS: Mapping[Scores, tuple[Dimension, ...]] = {Scores.ALL: tuple(Dimension), Scores.PRIMARY: PRIMARY}


class What(StrEnum):
    """What a measure looks at, beside the metrics."""

    LP_COVERAGE = "lp_coverage"
    GOALS = "goals"
    RATINGS = "ratings"
    MOCK_AVERAGE = "mock_average"


@dataclass(frozen=True)
class Evidence:
    """What is known of a member since their plan began.

    `counts` are by metric. `goals` are the ids of the plan's goals that were offered, with whether each is
    done. `ratings` are those of the newest week that was rated, `lp_covered` the newest answer to how many
    Leadership Principles the stories cover, `mock_average` the mean of the mock interviews' feedback; empty
    or None if nothing was said.
    """

    counts: Mapping[Metric, int] = field(default_factory=dict)
    goals: Mapping[str, bool] = field(default_factory=dict)
    ratings: Mapping[Dimension, int] = field(default_factory=dict)
    lp_covered: int | None = None
    mock_average: Fraction | None = None


class Measure(NamedTuple):
    """One thing that a line measures: what is there, None if it is not known yet, and what is wanted."""

    what: Metric | What
    value: Fraction | None
    wanted: Fraction

    @property
    def is_reached(self) -> bool:
        """Whether it is known and enough."""
        return self.value is not None and self.value >= self.wanted

    @property
    def is_open(self) -> bool:
        """Whether it is known and not enough yet."""
        return self.value is not None and self.value < self.wanted


class State(StrEnum):
    """How a line stands: by the data DONE or OPEN, else ASKED of the member."""

    DONE = "done"
    OPEN = "open"
    ASKED = "asked"


@dataclass(frozen=True)
class Line:
    """One line of a checkpoint. `item` names it within its week: "2-3" is the second checkpoint's third.

    `ticked` is what the member says; it counts where the data has no answer.
    """

    item: str
    text: str
    measures: tuple[Measure, ...] = ()
    ticked: bool = False

    @property
    def state(self) -> State:
        """What the data says. One measure that is not enough is an answer, one that is unknown is none."""
        if any(measure.is_open for measure in self.measures):
            return State.OPEN
        if self.measures and all(measure.is_reached for measure in self.measures):
            return State.DONE
        return State.ASKED

    @property
    def unknown(self) -> tuple[Measure, ...]:
        """The measures of which nothing is known yet."""
        return tuple(measure for measure in self.measures if measure.value is None)

    @property
    def stands(self) -> bool:
        """Whether the line is done, by the data or by the member's word."""
        return self.state is State.DONE or (self.state is State.ASKED and self.ticked)


@dataclass(frozen=True)
class Board:
    """One checkpoint with its lines as they stand."""

    title: str
    lines: tuple[Line, ...]

    @property
    def by_data(self) -> tuple[Line, ...]:
        """The lines that the data answers."""
        return tuple(line for line in self.lines if line.state is not State.ASKED)

    @property
    def asked(self) -> tuple[Line, ...]:
        """The lines that are the member's to tick."""
        return tuple(line for line in self.lines if line.state is State.ASKED)


@dataclass(frozen=True)
class Sheet:
    """All checkpoints of one week of a plan, for one member."""

    week: int
    boards: tuple[Board, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines in order."""
        return tuple(line for board in self.boards for line in board.lines)

    @property
    def standing(self) -> int:
        """How many lines are done."""
        return sum(line.stands for line in self.lines)

    @property
    def is_finished(self) -> bool:
        """Whether every line is done."""
        return bool(self.lines) and self.standing == len(self.lines)


@dataclass(frozen=True)
class Page:
    """A member's checklist with what surrounds it.

    `weeks` is how many the plan has, `week` the plan's week now, None outside it. `titles` holds every week
    of the plan with a checkpoint, in order, with the first title of each.
    """

    membership_id: int
    enrolment_id: int
    sheet: Sheet
    weeks: int
    week: int | None
    today: date
    titles: tuple[tuple[int, str], ...]

    @property
    def is_ahead(self) -> bool:
        """Whether the checkpoint's week is still to come."""
        return self.week is not None and self.sheet.week > self.week

    @property
    def following(self) -> tuple[int, str] | None:
        """The next week with a checkpoint and its title; None behind the last."""
        return next(((week, title) for week, title in self.titles if week > self.sheet.week), None)


def posting_day(days_off: Collection[int]) -> int | None:
    """The weekday (0 is Monday) on which a week's checkpoint comes; None if every day is off."""
    return next((day for day in _POSTED_ON if day not in days_off), None)


def weeks_of(checkpoints: Sequence[Checkpoint]) -> tuple[int, ...]:
    """The plan's weeks that end with a checkpoint, in order."""
    return tuple(sorted({checkpoint.week for checkpoint in checkpoints}))


def nearest(weeks: Sequence[int], week: int | None) -> int | None:
    """The checkpoint's week that comes next, `week` included; behind the last one, the last.

    None as `week` stands for a time before the plan. None is answered if there are no checkpoints.
    """
    return next((each for each in weeks if each >= (week or 0)), weeks[-1] if weeks else None)


def titles_of(checkpoints: Sequence[Checkpoint]) -> tuple[tuple[int, str], ...]:
    """Each week with a checkpoint and the title of its first one, in order."""
    return tuple(
        (week, next(each.title for each in checkpoints if each.week == week))
        for week in weeks_of(checkpoints)
    )


def sheet(checkpoints: Sequence[Checkpoint], week: int, evidence: Evidence, ticks: AbstractSet[str]) -> Sheet:
    """The week's checkpoints as they stand; `ticks` are the items that the member ticked."""
    here = [checkpoint for checkpoint in checkpoints if checkpoint.week == week]
    return Sheet(
        week,
        tuple(
            Board(
                checkpoint.title,
                tuple(
                    _line(f"{board}-{number}", item, evidence, ticks)
                    for number, item in enumerate(checkpoint.items, 1)
                ),
            )
            for board, checkpoint in enumerate(here, 1)
        ),
    )


def _line(name: str, item: CheckItem, evidence: Evidence, ticks: AbstractSet[str]) -> Line:
    return Line(name, item.text, tuple(_measures(item, evidence)), name in ticks)


def _measures(item: CheckItem, evidence: Evidence) -> Iterator[Measure]:
    """Everything that the item asks of the data."""
    for metric, wanted in item.counts.items():
        yield Measure(metric, Fraction(evidence.counts.get(metric, 0)), Fraction(wanted))
    if item.lp_coverage is not None:
        yield Measure(What.LP_COVERAGE, _exact(evidence.lp_covered), Fraction(item.lp_coverage))
    if item.goals:
        yield Measure(What.GOALS, _goals_done(item.goals, evidence.goals), Fraction(len(item.goals)))
    if item.ratings is not None:
        lowest = _lowest(_DIMENSIONS[item.ratings.of], item.ratings.at_least, evidence.ratings)
        yield Measure(What.RATINGS, lowest, Fraction(item.ratings.at_least))
    if item.mock_average is not None:
        yield Measure(What.MOCK_AVERAGE, evidence.mock_average, Fraction(str(item.mock_average)))


def _exact(value: int | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _goals_done(wanted: Sequence[str], offered: Mapping[str, bool]) -> Fraction | None:
    """How many of the goals are done; None if the member's track has left one of them out so far."""
    if any(goal not in offered for goal in wanted):
        return None
    return Fraction(sum(offered[goal] for goal in wanted))


def _lowest(
    dimensions: Sequence[Dimension], at_least: int, given: Mapping[Dimension, int]
) -> Fraction | None:
    """The lowest of these ratings; None while a missing one could still be the lowest that matters."""
    rated = [given[dimension] for dimension in dimensions if dimension in given]
    if rated and (len(rated) == len(dimensions) or min(rated) < at_least):
        return Fraction(min(rated))
    return None


def mean_of(received: Sequence[Feedback]) -> Fraction | None:
    """The mean of the averages of feedback that was received, exact; None without any."""
    averages = [Fraction(sum(each.ratings.values()), len(each.ratings)) for each in received if each.ratings]
    return sum(averages, Fraction(0)) / len(averages) if averages else None
