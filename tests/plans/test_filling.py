from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from plans import filling
from plans.filling import AIMED, EARLY, MINIMUM, MINUTE, Candidate, Room
from plans.model import Area, Metric

AREAS = (Area.BEHAVIORAL, Area.CODING, Area.MOCK)


@st.composite
def candidates(draw: st.DrawFn) -> list[Candidate]:
    """Up to nine goals, each needing at most one that stands before it."""
    goals: list[Candidate] = []
    for number in range(draw(st.integers(1, 9))):
        needs = draw(st.sets(st.integers(0, number - 1), max_size=1)) if number else set()
        counted = draw(st.integers(0, 3))
        goals.append(
            Candidate(
                5 * draw(st.integers(1, 18)),
                draw(st.sampled_from(AREAS)),
                ((Metric.STORIES, counted),) if counted else (),
                tuple(sorted(needs)),
            )
        )
    return goals


rooms = st.builds(
    Room,
    st.integers(1, 60).map(lambda units: 5 * units),
    st.tuples(*(st.tuples(st.just(area), st.floats(1, 120)) for area in AREAS)),
    st.sampled_from(((), ((Metric.STORIES, 3, 3),), ((Metric.STORIES, 1, 3),))),
)


def worth(goals: list[Candidate], space: Room, chosen: frozenset[int]) -> float:
    """What a choice is worth by the words of the module's docstring."""
    total = 0.0
    for number in chosen:
        same = [n for n, goal in enumerate(goals) if goal.area is goals[number].area]
        total += goals[number].minutes * (MINUTE + EARLY * (1 - same.index(number) / len(same)))
    for area, aim in space.aims:
        total += AIMED * min(aim, sum(goals[n].minutes for n in chosen if goals[n].area is area))
    for metric, missing, whole in space.minimums:
        counted = sum(dict(goals[n].metrics).get(metric, 0) for n in chosen)
        total += MINIMUM / whole * min(missing, counted)
    return total


def is_allowed(goals: list[Candidate], space: Room, chosen: frozenset[int]) -> bool:
    """Whether it fits the minutes and nothing stands without what it needs."""
    fits = sum(goals[n].minutes for n in chosen) <= space.minutes
    return fits and all(needed in chosen for n in chosen for needed in goals[n].needs)


@given(candidates(), rooms)
def test_no_other_choice_is_worth_more(goals: list[Candidate], space: Room) -> None:
    found = filling.best(goals, space)
    assert is_allowed(goals, space, found)
    every = (
        frozenset(chosen)
        for size in range(len(goals) + 1)
        for chosen in combinations(range(len(goals)), size)
    )
    best = max(worth(goals, space, chosen) for chosen in every if is_allowed(goals, space, chosen))
    assert worth(goals, space, found) >= best - 1e-6


def test_what_fits_whole_is_taken_whole() -> None:
    goals = [Candidate(60, Area.CODING, (), ()), Candidate(30, Area.MOCK, (), ())]
    assert filling.best(goals, filling.room(90, {}, {})) == {0, 1}
