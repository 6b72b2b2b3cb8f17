"""How well people are matched, on this machine: `make bench-matching`. Nothing here is asserted.

Three ways of matching play the same seasons: Cadence's, a plain shuffle that pairs neighbours, and the best
round for this week alone, which is Cadence's without its look at the coming rounds.
"""

import resource
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations
from random import Random
from time import perf_counter
from typing import NamedTuple

from plans.mocks import Kind
from plans.model import Level
from plans.pairing import Participant, PastRound, pair
from plans.pairing import past as books
from plans.pairing.board import Board
from plans.pairing.candidates import candidates
from plans.pairing.sessions import Sessions
from plans.pairing.solving import solve
from plans.pairing.weights import Costs

SEEDS = range(20)
SIZES = (6, 7, 8, 9, 10, 11, 12, 24)
MANY = 2000
LINE = "{:>3} {:10} {:>12} {:>16} {:>14} {:>14}"
MONDAY = datetime(2027, 1, 11, tzinfo=UTC)
Matcher = Callable[[Sequence[Participant], Sequence[PastRound], int], PastRound]
Season = Sequence[Sequence[Participant]]


def cadence(people: Sequence[Participant], history: Sequence[PastRound], seed: int) -> PastRound:
    """One optimum, and the coming rounds."""
    made = pair(people, history, seed=seed)
    left = tuple(each.id for each in made.left_out)
    return PastRound(len(history) + 1, tuple(group.people for group in made.groups), left)


def one_round(people: Sequence[Participant], history: Sequence[PastRound], seed: int) -> PastRound:
    """The best round for this week alone."""
    costs = Costs(Board(people, 60), books.read(history), seed, {})
    made = Sessions(costs, (), {}).pairing(solve(costs, candidates(costs)))
    left = tuple(each.id for each in made.left_out)
    return PastRound(len(history) + 1, tuple(group.people for group in made.groups), left)


def shuffle(people: Sequence[Participant], history: Sequence[PastRound], seed: int) -> PastRound:
    """Neighbours in a shuffled row meet if they can; the last one of an odd number joins them."""
    number = len(history) + 1
    row = sorted(people, key=lambda person: person.id)
    Random(f"{seed}:{number}").shuffle(row)
    board = Board(row, 60)
    ids = [person.id for person in row]
    groups = [tuple(ids[at : at + 2]) for at in range(0, len(ids) - 1, 2)]
    if len(ids) % 2 and groups:
        groups[-1] = (*groups[-1], ids[-1])
    can = [group for group in groups if board.fit(*(board.number[who] for who in group))]
    met = {who for group in can for who in group}
    return PastRound(number, tuple(can), tuple(sorted(set(ids) - met)))


MATCHERS: dict[str, Matcher] = {"Cadence": cadence, "one round": one_round, "shuffle": shuffle}


class Result(NamedTuple):
    """A season: pairs that met again, interviews that were repeated, most times without a turn, left out."""

    repeats: int
    interviews: int
    sat: int
    left_out: int


def play(season: Season, matcher: Matcher, seed: int) -> Result:
    """Let a matcher match a season, round after round."""
    history: list[PastRound] = []
    for people in season:
        history.append(matcher(people, history, seed))
    groups = [group for each in history for group in each.groups]
    met = Counter(frozenset(two) for group in groups for two in combinations(group, 2))
    turns = Counter(frozenset(group[:2]) for group in groups)
    left = Counter(who for each in history for who in each.left_out)
    sat = left + Counter(who for group in groups for who in group[2:])
    again = [sum(times - 1 for times in each.values()) for each in (met, turns)]
    return Result(again[0], again[1], max(sat.values(), default=0), left.total())


def everybody(size: int, _: int) -> Season:
    """The same people each week, at any time, for as many weeks as it takes to meet everybody."""
    return [[Participant(f"p{n:02}") for n in range(size)]] * (size - 1 + size % 2)


def real_life(size: int, seed: int) -> Season:
    """Twelve weeks with zones and hours; a fifth stays away each week, some join later and some leave."""
    rng = Random(seed)
    people = [busy(rng, f"p{n:02}") for n in range(size)]
    stays = [(rng.choice((0, 0, 0, 3, 5)), rng.choice((12, 12, 12, 8, 10))) for _ in people]
    return [
        [
            who
            for who, (since, until) in zip(people, stays, strict=True)
            if since <= week < until and rng.random() < 0.8
        ]
        for week in range(12)
    ]


def busy(rng: Random, name: str) -> Participant:
    """Somebody with an evening on some days, in one of three zones, who may not like everything."""
    evening = rng.choice((17, 18, 19)) - rng.choice((0, 0, 1, 5))
    free = tuple(
        (MONDAY + timedelta(days=day, hours=evening), MONDAY + timedelta(days=day, hours=evening + 2))
        for day in rng.sample(range(5), 3)
    )
    kinds = frozenset() if rng.random() < 0.7 else frozenset({rng.choice((Kind.TECHNICAL, Kind.BEHAVIORAL))})
    return Participant(name, level=rng.choice(list(Level)), kinds=kinds, free=free)


def table(title: str, sizes: Sequence[int], season: Callable[[int, int], Season]) -> None:
    """A line for each size and matcher: the mean over the seeds, and the worst."""
    say(f"\n{title} (mean of {len(SEEDS)} seeds, in brackets the worst)")
    say(LINE.format("N", "matcher", "met again", "interview again", "most sat out", "left out"))
    for size in sizes:
        for name, matcher in MATCHERS.items():
            results = [play(season(size, seed), matcher, seed) for seed in SEEDS]
            cells = [f"{sum(each) / len(each):.1f} ({max(each)})" for each in zip(*results, strict=True)]
            say(LINE.format(size, name, *cells))


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201 (a benchmark prints)


def many() -> None:
    """How long a round of two thousand takes, the second of a season."""
    rng = Random(1)
    for title, people in (
        ("at any time", [Participant(f"p{n:04}") for n in range(MANY)]),
        ("with hours and kinds", [busy(rng, f"p{n:04}") for n in range(MANY)]),
    ):
        first = cadence(people, [], 1)
        began = perf_counter()
        second = cadence(people, [first], 1)
        took = perf_counter() - began
        again = {frozenset(group) for group in first.groups} & {frozenset(group) for group in second.groups}
        say(f"\n{MANY} people {title}: {took:.1f} s, {len(second.left_out)} left out, {len(again)} met again")
    say(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    table("Everybody is there each week, N - 1 rounds (N if it is odd)", SIZES, everybody)
    table("Twelve weeks with hours, kinds, joiners and leavers", (8, 12, 24), real_life)
    many()
