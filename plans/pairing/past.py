"""What the rounds so far say about each person and each two: who met, who sat out, who did what.

In a group of three all have met; who interviewed whom is counted as well. Ids that are not in this round
stay in the books and do no harm.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from plans.pairing.people import PastRound

Two = frozenset[str]


@dataclass(frozen=True)
class Past:
    """The books. `next` is the number of the coming round; a round that never was has the number 0."""

    next: int
    met: Mapping[Two, int]
    met_last: Mapping[Two, int]
    practised: Mapping[Two, int]
    left_out: Mapping[str, int]
    observed: Mapping[str, int]
    sat_last: Mapping[str, int]
    interviewed: Mapping[str, int]
    interviewed_last: Mapping[str, int]
    was_candidate: Mapping[str, int]
    interviewed_two: Mapping[tuple[str, str], int]

    def balance(self, who: str) -> int:
        """How much more often somebody began as interviewer than as candidate."""
        return self.interviewed.get(who, 0) - self.was_candidate.get(who, 0)

    def rounds_since(self, two: Two) -> int | None:
        """How many rounds ago these two last met; None if never."""
        return self.next - self.met_last[two] if two in self.met_last else None


def read(history: Iterable[PastRound]) -> Past:
    """Keep the books of these rounds, in whatever order they come."""
    rounds = sorted(history, key=lambda each: each.number)
    books = _Books()
    for each in rounds:
        for group in each.groups:
            books.note_group(tuple(dict.fromkeys(group)), each.number)
        for who in set(each.left_out):
            books.left_out[who] += 1
            books.sat_last[who] = each.number
    return Past(next=max((each.number for each in rounds), default=0) + 1, **vars(books))


class _Books:
    """The counts of `Past` while they are being written."""

    def __init__(self) -> None:
        self.met: Counter[Two] = Counter()
        self.met_last: dict[Two, int] = {}
        self.practised: Counter[Two] = Counter()
        self.left_out: Counter[str] = Counter()
        self.observed: Counter[str] = Counter()
        self.sat_last: dict[str, int] = {}
        self.interviewed: Counter[str] = Counter()
        self.interviewed_last: dict[str, int] = {}
        self.was_candidate: Counter[str] = Counter()
        self.interviewed_two: dict[tuple[str, str], int] = {}

    def note_group(self, group: tuple[str, ...], number: int) -> None:
        for two in map(frozenset, combinations(group, 2)):
            self.met[two] += 1
            self.met_last[two] = number
        if len(group) > 1:
            interviewer, candidate, *observers = group
            self.practised[frozenset(group[:2])] += 1
            self.interviewed[interviewer] += 1
            self.interviewed_last[interviewer] = number
            self.was_candidate[candidate] += 1
            self.interviewed_two[interviewer, candidate] = number
            for who in observers:
                self.observed[who] += 1
                self.sat_last[who] = number
