"""A reader of the channel who wants to know what somebody keeps to themself.

Whatever is visible becomes a row of a linear system over whole numbers; `Attack.reveals` says which hidden
values it leaves only one possibility for. The system is solved twice over: by exact elimination, and by
looking for another world, in which the reader would have seen the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

import highspy
import numpy as np

from plans.groupcard import GroupCard, Line, Sharing
from plans.scorecard import Band, band_of, percent_of
from tests.plans.histories import (
    DONE,
    METRICS,
    MINUTES,
    PLANNED,
    POINTS,
    History,
    Moment,
)

MOCKS = "mock_interviews"
# What a reader knows of any week without looking: nobody plans, does or studies more than this.
MOST = {DONE: 100, PLANNED: 100, MINUTES: 10_080, POINTS: 400} | dict.fromkeys(METRICS, 1000)
INFINITE = float("inf")
PERCENT_OF_BAND = {Band.RECOVERY: (0, 70), Band.STANDARD: (70, 90), Band.HIGH: (90, 101)}


class Cell(NamedTuple):
    """One number: somebody's, at one publication, on one measure."""

    who: str
    moment: Moment
    measure: str


class Row(NamedTuple):
    """A sum of numbers that is known to lie between two bounds; equal ones make an equation."""

    factors: Mapping[Cell, int]
    least: float
    most: float


class Revealed(NamedTuple):
    """Something hidden for which only one possibility is left."""

    who: str
    moment: Moment
    what: str
    value: object


World = Mapping[Cell, int]


def attack(history: History, reader: str | None) -> list[Revealed]:
    """What this reader finds out; None reads from outside of the group."""
    found: list[Revealed] = []
    for measures in ((DONE, PLANNED), (MINUTES,), (POINTS,), *((metric,) for metric in METRICS)):
        found += Attack(history, reader, measures).reveals()
    return found


class Attack:
    """The system of what one reader sees of measures that belong together."""

    def __init__(self, history: History, reader: str | None, measures: Sequence[str]) -> None:
        self.history = history
        self.reader = reader
        self.measures = measures
        self.truth: World = {
            Cell(who, moment, name): history.facts[who, moment][name]
            for who, moment in history.published()
            for name in measures
        }
        self.hidden = [cell for cell in self.truth if self._is_hidden(cell)]
        self.rows = _reaching(self.hidden, [row for row in self._visible() if row.factors])
        self.cells = list(dict.fromkeys([*self.hidden, *(cell for row in self.rows for cell in row.factors)]))

    # What is visible

    def _visible(self) -> Iterator[Row]:
        for moment, card in self.history.cards.items():
            yield from self._totals(moment, card)
            for line in card.lines:
                yield from self._line(moment, line)
        yield from self._own_week()
        yield from self._known_of_numbers()
        yield from self._unchanged()

    def _totals(self, moment: Moment, card: GroupCard) -> Iterator[Row]:
        """Each total, with the people that the card says it counts."""
        goals = self._counted(card, card.goals_people, Sharing.SUMMARY)
        yield from self._equation(moment, DONE, goals, card.goals.done)
        yield from self._equation(moment, PLANNED, goals, card.goals.planned)
        rest = self._counted(card, card.minutes.people, Sharing.FULL)
        yield from self._equation(moment, MINUTES, rest, card.minutes.amount)
        for metric, total in card.metrics.items():
            counted = self._counted(card, total.people, Sharing.FULL)
            yield from self._equation(moment, metric.value, counted, total.amount)
        yield from self._mocks(moment, card)
        yield from self._trend(moment, card)

    def _counted(self, card: GroupCard, people: int, shows: Sharing) -> list[str]:
        """Who a total counts: everybody, or those whose line shows the measure."""
        everybody = [part.name for part in self.history.parts]
        if people == card.members:
            return everybody
        full = [line.member for line in card.lines if line.hours is not None]
        return full if shows is Sharing.FULL else [line.member for line in card.lines]

    def _equation(self, moment: Moment, measure: str, people: Iterable[str], amount: int) -> Iterator[Row]:
        if measure in self.measures:
            present = {part.name for part in self.history.present(moment)}
            factors = {Cell(who, moment, measure): 1 for who in people if who in present}
            yield Row(factors, amount, amount)

    def _mocks(self, moment: Moment, card: GroupCard) -> Iterator[Row]:
        """Each mock that was held counts for two."""
        if MOCKS in self.measures:
            present = self.history.present(moment)
            factors = {Cell(part.name, moment, MOCKS): 1 for part in present}
            yield Row(factors, 2 * card.mocks_held, INFINITE)

    def _trend(self, moment: Moment, card: GroupCard) -> Iterator[Row]:
        """The percentage of the week before, which stands on this card once more."""
        before = Moment(moment.week - 1, closed=True)
        if DONE in self.measures and card.previous_percent is not None:
            last = self.history.cards[before]
            counted = self._counted(last, last.goals_people, Sharing.SUMMARY)
            present = {part.name for part in self.history.present(before)}
            yield from _share([who for who in counted if who in present], before, card.previous_percent)

    def _line(self, moment: Moment, line: Line) -> Iterator[Row]:
        shown = {MINUTES: None if line.hours is None else round(line.hours * 60), POINTS: line.points}
        for measure, amount in shown.items():
            if amount is not None:
                yield from self._equation(moment, measure, [line.member], amount)
        if DONE in self.measures:
            yield from _share([line.member], moment, line.percent)
            yield from _in_band(line.member, moment, line.band)

    def _own_week(self) -> Iterator[Row]:
        """The reader knows their own numbers."""
        for cell, value in self.truth.items():
            if cell.who == self.reader:
                yield Row({cell: 1}, value, value)

    def _known_of_numbers(self) -> Iterator[Row]:
        """Nobody has done more goals than were planned."""
        for who, moment in self.history.published():
            if DONE in self.measures:
                yield Row({Cell(who, moment, PLANNED): 1, Cell(who, moment, DONE): -1}, 0, INFINITE)

    def _unchanged(self) -> Iterator[Row]:
        """What a reader knows from one publication to the next.

        Between Sunday and the close nothing becomes less, no goals are planned, and a week that was over by
        then stays as it was: everybody's time zone can be read. In some plans each week holds as much; who
        has shown how much that is in another week has said it themselves, which is no discovery.
        """
        for part in self.history.parts:
            for cell in (cell for cell in self.truth if cell.who == part.name):
                if cell.moment.closed:
                    first = cell._replace(moment=Moment(cell.moment.week, closed=False))
                    same = part.ahead or cell.measure == PLANNED
                    yield Row({cell: 1, first: -1}, 0, 0 if same else INFINITE)
                later = cell._replace(moment=Moment(cell.moment.week + 1, closed=cell.moment.closed))
                repeats = part.steady and cell.measure == PLANNED and later in self.truth
                if repeats and self._is_hidden(cell) and self._is_hidden(later):
                    yield Row({cell: 1, later: -1}, 0, 0)

    # What follows from it

    def reveals(self) -> list[Revealed]:
        """The hidden values, percentages and bands for which only one possibility is left."""
        worlds = [self.truth]
        worlds += self._widest()
        found = [self._of_cell(cell) for cell in self.hidden if self._is_certain(cell, worlds)]
        weeks = sorted({(cell.who, cell.moment) for cell in self.hidden if cell.measure == DONE})
        for who, moment in weeks:
            found += self._of_share(who, moment, worlds)
        assert self.determined() <= {Cell(*each[:3]) for each in found}
        return found

    def _is_hidden(self, cell: Cell) -> bool:
        """Whether this number is one that its member keeps from the reader."""
        part = next(part for part in self.history.parts if part.name == cell.who)
        sharing = part.sharing[cell.moment.week]
        if cell.who == self.reader or sharing is Sharing.FULL:
            return False
        return sharing is Sharing.PRIVATE or cell.measure not in (DONE, PLANNED)

    def _of_cell(self, cell: Cell) -> Revealed:
        return Revealed(cell.who, cell.moment, cell.measure, self.truth[cell])

    def _is_certain(self, cell: Cell, worlds: list[World]) -> bool:
        """Whether no world with the same sights has another value; worlds that are found are kept."""
        value = self.truth[cell]
        for bounds in ((value + 1, INFINITE), (-INFINITE, value - 1)):
            if any(world[cell] != value for world in worlds):
                return False
            worlds += self._world([Row({cell: 1}, *bounds)])
        return all(world[cell] == value for world in worlds)

    def _of_share(self, who: str, moment: Moment, worlds: list[World]) -> Iterator[Revealed]:
        """The percentage and the band of the goals met, if they are certain."""
        percent, band = _share_in(self.truth, who, moment)
        others = [_outside_percent(who, moment, percent), _outside_band(who, moment, band)]
        for what, number, value, ways in zip(
            ("percent", "band"), (0, 1), (percent, band), others, strict=True
        ):
            for way in ways:
                if all(_share_in(world, who, moment)[number] == value for world in worlds):
                    worlds += self._world(way)
            if all(_share_in(world, who, moment)[number] == value for world in worlds):
                yield Revealed(who, moment, what, value)

    def _widest(self) -> list[World]:
        """The worlds with most and with least of everything hidden: they settle nearly every question."""
        costs = [dict.fromkeys(self.hidden, cost) for cost in (-1, 1) if self.hidden]
        return [world for cost in costs for world in self._world([], cost)]

    def _world(self, more: Sequence[Row], costs: Mapping[Cell, int] | None = None) -> list[World]:
        """A world that looks the same to the reader and keeps these rows, too; none if there is none."""
        return _solved(self.cells, [*self.rows, *more], costs or {})

    def determined(self) -> set[Cell]:
        """The hidden numbers whose value follows from the equations alone, by exact elimination."""
        equations = [row for row in self.rows if row.least == row.most]
        reduced = _eliminated([(dict(row.factors), Fraction(row.least)) for row in equations])
        alone = {next(iter(factors)) for factors, _ in reduced if len(factors) == 1}
        return alone & set(self.hidden)


# Shares and bands as rows


def _share(people: Sequence[str], moment: Moment, percent: int | None) -> Iterator[Row]:
    """Goals done are this share of those planned, rounded down; nothing was planned if there is none."""
    planned = {Cell(who, moment, PLANNED): 1 for who in people}
    if percent is None:
        yield Row(planned, 0, 0)
        return
    done = {Cell(who, moment, DONE): 100 for who in people}
    yield Row(planned, 1, INFINITE)
    yield Row(done | dict.fromkeys(planned, -percent), 0, INFINITE)
    yield Row(done | dict.fromkeys(planned, -percent - 1), -INFINITE, -1)


def _in_band(who: str, moment: Moment, band: Band) -> Iterator[Row]:
    done, planned = Cell(who, moment, DONE), Cell(who, moment, PLANNED)
    if band is Band.REST:
        yield Row({planned: 1}, 0, 0)
        return
    least, below = PERCENT_OF_BAND[band]
    yield Row({planned: 1}, 1, INFINITE)
    yield Row({done: 100, planned: -least}, 0, INFINITE)
    yield Row({done: 100, planned: -below}, -INFINITE, -1)


def _share_in(world: World, who: str, moment: Moment) -> tuple[int | None, Band]:
    done, planned = world[Cell(who, moment, DONE)], world[Cell(who, moment, PLANNED)]
    return percent_of(done, planned), band_of(Fraction(done, planned) if planned else None)


def _outside_percent(who: str, moment: Moment, percent: int | None) -> list[list[Row]]:
    """The ways not to have this percentage: nothing planned, less, more."""
    done, planned = Cell(who, moment, DONE), Cell(who, moment, PLANNED)
    some = Row({planned: 1}, 1, INFINITE)
    if percent is None:
        return [[some]]
    return [
        [Row({planned: 1}, 0, 0)],
        [some, Row({done: 100, planned: -percent}, -INFINITE, -1)],
        [some, Row({done: 100, planned: -percent - 1}, 0, INFINITE)],
    ]


def _outside_band(who: str, moment: Moment, band: Band) -> list[list[Row]]:
    return [list(_in_band(who, moment, other)) for other in Band if other is not band]


# Solving


def _reaching(cells: Iterable[Cell], rows: Sequence[Row]) -> list[Row]:
    """The rows that say something of these cells, be it through others."""
    reached, left = set(cells), list(rows)
    while near := [row for row in left if reached & row.factors.keys()]:
        reached.update(cell for row in near for cell in row.factors)
        left = [row for row in left if not reached & row.factors.keys()]
    return [row for row in rows if reached & row.factors.keys()]


def _eliminated(
    equations: list[tuple[dict[Cell, int], Fraction]],
) -> list[tuple[dict[Cell, Fraction], Fraction]]:
    """The equations in reduced row echelon form."""
    done: dict[Cell, tuple[dict[Cell, Fraction], Fraction]] = {}
    for whole, amount in equations:
        row = ({cell: Fraction(factor) for cell, factor in whole.items()}, amount)
        for pivot in [cell for cell in row[0] if cell in done]:
            row = _less(row, done[pivot], row[0][pivot])
        if not row[0]:
            continue
        pivot, factor = next(iter(row[0].items()))
        row = ({cell: value / factor for cell, value in row[0].items()}, row[1] / factor)
        for other, old in done.items():
            if pivot in old[0]:
                done[other] = _less(old, row, old[0][pivot])
        done[pivot] = row
    return list(done.values())


def _less(
    row: tuple[dict[Cell, Fraction], Fraction], other: tuple[dict[Cell, Fraction], Fraction], times: Fraction
) -> tuple[dict[Cell, Fraction], Fraction]:
    """The row without so many times the other."""
    factors = defaultdict(Fraction, row[0])
    for cell, factor in other[0].items():
        factors[cell] -= times * factor
    return {cell: factor for cell, factor in factors.items() if factor}, row[1] - times * other[1]


def _solved(cells: Sequence[Cell], rows: Sequence[Row], costs: Mapping[Cell, int]) -> list[World]:
    """The world in whole numbers that costs least; none if no world keeps all rows."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.passModel(_model(cells, rows, costs))
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return []
    assert status == highspy.HighsModelStatus.kOptimal, solver.modelStatusToString(status)
    world = {cell: round(value) for cell, value in zip(cells, solver.getSolution().col_value, strict=True)}
    assert all(_holds(row, world) for row in rows)
    return [world]


def _holds(row: Row, world: World) -> bool:
    return row.least <= sum(factor * world[cell] for cell, factor in row.factors.items()) <= row.most


def _model(cells: Sequence[Cell], rows: Sequence[Row], costs: Mapping[Cell, int]) -> highspy.HighsLp:
    position = {cell: number for number, cell in enumerate(cells)}
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(cells), len(rows)
    model.col_cost_ = np.array([float(costs.get(cell, 0)) for cell in cells])
    model.col_lower_ = np.zeros(len(cells))
    model.col_upper_ = np.array([float(MOST[cell.measure]) for cell in cells])
    model.row_lower_ = np.array([float(row.least) for row in rows])
    model.row_upper_ = np.array([float(row.most) for row in rows])
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *(len(row.factors) for row in rows)])
    model.a_matrix_.index_ = np.array([position[cell] for row in rows for cell in row.factors])
    model.a_matrix_.value_ = np.array([float(factor) for row in rows for factor in row.factors.values()])
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(cells)
    return model
