"""The matcher's rules once more, in the plainest way: look at every possible round and take the best.

Written from the rules alone, for few people. A round is a list of tuples: interviewer, candidate, observer;
who is alone is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import combinations

from plans.mocks import Kind
from plans.pairing import Pairing, Participant, PastRound

Round = list[tuple[str, ...]]


class Rules:
    """What may be, and how good it is, for these people after this history."""

    def __init__(self, people: Sequence[Participant], history: Sequence[PastRound]) -> None:
        self.people = {person.id: person for person in people}
        self.peers = sorted(person.id for person in people if not person.mentor)
        self.mentors = sorted(person.id for person in people if person.mentor)
        self.next = max((each.number for each in history), default=0) + 1
        self.met: Counter[frozenset[str]] = Counter()
        self.practised: Counter[frozenset[str]] = Counter()
        self.last_met: dict[frozenset[str], int] = {}
        self.left: Counter[str] = Counter()
        self.observed: Counter[str] = Counter()
        self.last_sat: Counter[str] = Counter()
        self.interviewed: Counter[str] = Counter()
        self.last_interviewed: Counter[str] = Counter()
        for each in history:
            self._remember(each)

    def _remember(self, past: PastRound) -> None:
        for group in past.groups:
            for two in map(frozenset, combinations(group, 2)):
                self.met[two] += 1
                self.last_met[two] = past.number
            self.practised[frozenset(group[:2])] += 1
            self.interviewed[group[0]] += 1
            self.last_interviewed[group[0]] = past.number
            self.observed.update(group[2:])
            self.last_sat |= Counter(dict.fromkeys(group[2:], past.number))
        for who in past.left_out:
            self.left[who] += 1
            self.last_sat[who] = past.number

    # What may be

    def may_meet(self, group: Sequence[str]) -> bool:
        people = [self.people[who] for who in group]
        return (
            all(self._may_two(a, b) for a, b in combinations(people, 2))
            and bool(set(Kind).intersection(*(person.kinds or set(Kind) for person in people)))
            and any(self._hour_for(people, start) for start in self._starts(people))
        )

    @staticmethod
    def _may_two(a: Participant, b: Participant) -> bool:
        blocked = a.id in b.blocks or b.id in a.blocks
        choosy = a.same_level_only or b.same_level_only
        differs = None not in (a.level, b.level) and a.level != b.level
        return not blocked and not (a.mentor and b.mentor) and not (choosy and differs)

    @staticmethod
    def _starts(people: Sequence[Participant]) -> list[datetime | None]:
        return [start for person in people for start, _ in person.free or ()] or [None]

    @staticmethod
    def _hour_for(people: Sequence[Participant], start: datetime | None) -> bool:
        named = [person.free for person in people if person.free is not None]
        if start is None:
            return not named
        end = start + timedelta(hours=1)
        return all(any(a <= start and end <= b for a, b in free) for free in named)

    # All that may be

    def rounds(self) -> Iterator[Round]:
        yield from self._rounds(self.peers, Counter({who: self.people[who].capacity for who in self.mentors}))

    def _rounds(self, waiting: Sequence[str], seats: Counter[str]) -> Iterator[Round]:
        if not waiting:
            yield []
            return
        who, *others = waiting
        yield from ([(who,), *rest] for rest in self._rounds(others, seats))
        for mentor in self.mentors:
            if seats[mentor] and self.may_meet((mentor, who)):
                fewer = seats - Counter([mentor])
                yield from ([(mentor, who), *rest] for rest in self._rounds(others, fewer))
        for size in (1, 2):
            for partners in combinations(others, size):
                if self.may_meet((who, *partners)):
                    groups = self._observers((who, *partners))
                    remaining = [each for each in others if each not in partners]
                    yield from ([group, *rest] for rest in self._rounds(remaining, seats) for group in groups)

    @staticmethod
    def _observers(group: tuple[str, ...]) -> list[tuple[str, ...]]:
        if len(group) == 2:
            return [group]
        return [(*(each for each in group if each != who), who) for who in group]

    # How good it is

    def cost(self, groups: Round) -> tuple[object, ...]:
        """Points 1 to 3 of the order in which rounds are compared; less is better."""
        alone = [group[0] for group in groups if len(group) == 1]
        observers = [group[2] for group in groups if len(group) == 3]
        asked = Counter(group[0] for group in groups if group[0] in self.mentors)
        twos = [frozenset(two) for group in groups for two in combinations(group, 2)]
        turns = [frozenset(group[:2]) for group in groups if len(group) > 1]
        return (
            len(alone),
            sorted((self._left_key(who) for who in alone), reverse=True),
            len(observers),
            sorted((self._observed_key(who) for who in observers), reverse=True),
            len(self.mentors) - len(asked),
            sum(self._queue()[mentor, seat] for mentor, times in asked.items() for seat in range(times)),
            sum(self.met[two] > 0 for two in twos),
            sum(self.practised[two] for two in turns),
            sum(self.met[two] for two in twos),
            -sum(self.next - self.last_met[two] for two in twos if two in self.last_met),
        )

    def _left_key(self, who: str) -> tuple[int, int, int]:
        return self.left[who], self.observed[who], self.last_sat[who]

    def _observed_key(self, who: str) -> tuple[int, int, int]:
        return self.observed[who], self.left[who], self.last_sat[who]

    def _queue(self) -> dict[tuple[str, int], int]:
        """The place of each mentor's first, second, third session in the queue, from 1."""
        keys = {
            (who, seat): (seat, self.last_interviewed[who], self.interviewed[who])
            for who in self.mentors
            for seat in range(self.people[who].capacity)
        }
        places = sorted(set(keys.values()))
        return {each: places.index(key) + 1 for each, key in keys.items()}

    def best(self) -> tuple[object, ...]:
        return min(self.cost(groups) for groups in self.rounds())


def as_round(made: Pairing, rules: Rules) -> Round:
    """A pairing as these rules see it; idle mentors are nowhere."""
    alone = [(left.id,) for left in made.left_out if left.id in rules.peers]
    return [*(group.people for group in made.groups), *alone]
