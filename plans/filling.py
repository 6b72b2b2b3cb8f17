"""Which goals fill the hours best: one optimum, found by a solver, the same every time.

As long as a core goal is left out, only core goals are in. Within that, the best week is the one that is
worth most:

- every planned minute is worth `MINUTE`: an hour that stays empty is an hour lost;
- up to its area's aim, a minute is worth `AIMED` more: the hours follow the shares;
- a minute is worth up to `EARLY` more the earlier its goal stands among those of its area: what the plan
  puts first comes first. This also keeps the choice steady when the hours change a little;
- a weekly minimum that is reached is worth `MINIMUM`, in part if it is reached in part: as much as several
  hours, so that a plan gives up other goals before it falls short of the practice that it should hold.

A goal is never in without what it needs, and the minutes never exceed the hours.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import highspy
import numpy as np

from plans.model import Area, Metric

MINUTE, AIMED, EARLY, MINIMUM = 4.0, 2.0, 3.0, 1200.0
REMEMBERED = 4096  # weeks of different plans, tracks and hours; members of a group share many of them
UNBOUNDED = highspy.kHighsInf


class Candidate(NamedTuple):
    """A goal that may come in; `needs` are positions of other candidates."""

    minutes: int
    area: Area
    metrics: tuple[tuple[Metric, int], ...]
    needs: tuple[int, ...]


class Room(NamedTuple):
    """What there is to fill: minutes in all, how they should be shared, and minimums still to reach."""

    minutes: int
    aims: tuple[tuple[Area, float], ...]
    minimums: tuple[tuple[Metric, int, int], ...]  # how many are still missing, and the whole minimum


def room(minutes: int, aims: Mapping[Area, float], minimums: Mapping[Metric, tuple[int, int]]) -> Room:
    """Room to fill, as a value that can be remembered."""
    missing = tuple((metric, count, whole) for metric, (count, whole) in minimums.items() if count > 0)
    return Room(minutes, tuple((area, aim) for area, aim in aims.items() if aim > 0), missing)


def best(candidates: Sequence[Candidate], space: Room) -> frozenset[int]:
    """The positions of the candidates that together are worth most."""
    if sum(candidate.minutes for candidate in candidates) <= space.minutes:
        return frozenset(range(len(candidates)))
    return _solved(tuple(candidates), space)


@lru_cache(maxsize=REMEMBERED)
def _solved(candidates: tuple[Candidate, ...], space: Room) -> frozenset[int]:
    """The optimum of the mixed-integer program: a column for each goal, area and minimum."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.passModel(_Program(candidates, space).as_model())
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise RuntimeError(f"no optimum: {solver.modelStatusToString(solver.getModelStatus())}")
    taken = solver.getSolution().col_value[: len(candidates)]
    return frozenset(position for position, value in enumerate(taken) if value > 0.5)


class _Program:
    """The week as a mixed-integer program, built row by row."""

    def __init__(self, candidates: Sequence[Candidate], space: Room) -> None:
        self.candidates = candidates
        self.worths = [_worth(candidates, position) for position in range(len(candidates))]
        self.limits = [1.0] * len(candidates)
        self.rows: list[dict[int, float]] = []
        self.most: list[float] = []
        self._row({n: float(goal.minutes) for n, goal in enumerate(candidates)}, space.minutes)
        for position, goal in enumerate(candidates):
            for needed in goal.needs:
                self._row({position: 1.0, needed: -1.0}, 0)
        for area, aim in space.aims:
            minutes = {n: goal.minutes for n, goal in enumerate(candidates) if goal.area is area}
            self._count(minutes, aim, AIMED)
        for metric, missing, whole in space.minimums:
            counts = {n: dict(goal.metrics).get(metric, 0) for n, goal in enumerate(candidates)}
            self._count(counts, missing, MINIMUM / whole)

    def _row(self, coefficients: dict[int, float], most: float) -> None:
        """Add a row: the sum of these columns is at most so much."""
        self.rows.append(coefficients)
        self.most.append(most)

    def _count(self, amounts: Mapping[int, int], most: float, worth: float) -> None:
        """Add a column that counts what the goals bring, up to `most`, each unit being worth so much."""
        column = len(self.worths)
        self.worths.append(worth)
        self.limits.append(most)
        self._row({column: 1.0} | {n: -float(amount) for n, amount in amounts.items() if amount}, 0)

    def as_model(self) -> highspy.HighsLp:
        """The program in the solver's form; it minimises."""
        model = highspy.HighsLp()
        columns, rows = len(self.worths), len(self.rows)
        model.num_col_, model.num_row_ = columns, rows
        model.col_cost_ = -np.array(self.worths)
        model.col_lower_ = np.zeros(columns)
        model.col_upper_ = np.array(self.limits)
        model.row_lower_ = np.full(rows, -UNBOUNDED)
        model.row_upper_ = np.array(self.most, dtype=float)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.cumsum([0, *map(len, self.rows)])
        model.a_matrix_.index_ = np.array([column for row in self.rows for column in row])
        model.a_matrix_.value_ = np.array([value for row in self.rows for value in row.values()])
        whole, part = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
        model.integrality_ = [whole if n < len(self.candidates) else part for n in range(columns)]
        return model


def _worth(candidates: Sequence[Candidate], position: int) -> float:
    """What a goal is worth by its minutes and by its place among those of its area."""
    goal = candidates[position]
    same = [n for n, other in enumerate(candidates) if other.area is goal.area]
    early = 1 - same.index(position) / len(same)
    return goal.minutes * (MINUTE + EARLY * early)
