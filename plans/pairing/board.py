"""Who can meet whom: hours, kinds, levels, blocks, and mentors, who only interview.

Peers are nodes 0 to `peers - 1`; behind them stand the mentors' *seats*, one node for each session that a
mentor offers. A block keeps two people apart whoever of them asked for it.
"""

from collections.abc import Iterator, Sequence

from plans.mocks import Kind
from plans.pairing.people import Participant
from plans.pairing.times import as_bits, beginnings, common

EVERY_KIND = (1 << len(Kind)) - 1
KIND_BITS = {kind: 1 << number for number, kind in enumerate(Kind)}


class Board:
    """The people of a round as nodes, and which of them fit."""

    def __init__(self, people: Sequence[Participant], minutes: int) -> None:
        """Lay out people, who have different ids, by their ids.

        Raises:
            ValueError: somebody's hours have no offset.
        """
        ordered = sorted(people, key=lambda person: person.id)
        self.minutes = minutes
        self.people = [p for p in ordered if not p.mentor] + [p for p in ordered if p.mentor]
        self.peers = sum(not person.mentor for person in self.people)
        self.number = {person.id: number for number, person in enumerate(self.people)}
        self.whose = list(range(self.peers))
        self.copy = [0] * self.peers
        for mentor in range(self.peers, len(self.people)):
            seats = max(0, min(self.people[mentor].capacity, self.peers))
            self.whose += [mentor] * seats
            self.copy += range(seats)
        self.beginnings = [beginnings(person, minutes) for person in self.people]
        self._hours = as_bits(self.beginnings)
        self._kinds = [sum(KIND_BITS[kind] for kind in p.kinds) or EVERY_KIND for p in self.people]
        self._apart = self._read_blocks()

    @property
    def seats(self) -> range:
        """The nodes that are mentors' seats."""
        return range(self.peers, len(self.whose))

    def person(self, node: int) -> Participant:
        """Whose node this is."""
        return self.people[self.whose[node]]

    def _read_blocks(self) -> list[frozenset[int]]:
        """Whom each person must not meet, both ways; ids that are not here do not matter."""
        apart: list[set[int]] = [set() for _ in self.people]
        for number, person in enumerate(self.people):
            for other in person.blocks & self.number.keys():
                apart[number].add(self.number[other])
                apart[self.number[other]].add(number)
        return [frozenset(each) for each in apart]

    def fit(self, *nodes: int) -> bool:
        """Whether these two or three can meet: all at the same hour, for the same kind, each with each."""
        numbers = [self.whose[node] for node in nodes]
        hours, kinds = -1, EVERY_KIND
        for number in numbers:
            hours &= self._hours[number]
            kinds &= self._kinds[number]
        if not hours or not kinds:
            return False
        return all(
            self._may_meet(one, other) for at, one in enumerate(numbers) for other in numbers[at + 1 :]
        )

    def _may_meet(self, one: int, other: int) -> bool:
        """What is between two people other than hours and kinds."""
        if one == other or other in self._apart[one] or min(one, other) >= self.peers:
            return False
        a, b = self.people[one], self.people[other]
        return (
            a.level is None
            or b.level is None
            or a.level is b.level
            or not (a.same_level_only or b.same_level_only)
        )

    def partners(self, node: int, others: Sequence[int]) -> Iterator[int]:
        """Those of the others who fit, in their order."""
        hours, kinds = self._hours[self.whose[node]], self._kinds[self.whose[node]]
        for other in others:
            number = self.whose[other]
            if hours & self._hours[number] and kinds & self._kinds[number] and self.fit(node, other):
                yield other

    def shares_hours(self, number: int, other: int) -> bool:
        """Whether two people, whatever else is between them, have an hour in common."""
        return bool(self._hours[number] & self._hours[other])

    def has_time(self, number: int) -> bool:
        """Whether a person has time for a session at all."""
        return bool(self._hours[number])

    def kinds(self, nodes: Sequence[int]) -> list[Kind]:
        """The kinds that all of them want."""
        shared = EVERY_KIND
        for node in nodes:
            shared &= self._kinds[self.whose[node]]
        return [kind for kind, bit in KIND_BITS.items() if shared & bit]

    def common_beginnings(self, nodes: Sequence[int]) -> tuple[tuple[int, int], ...] | None:
        """When a session of all of them may begin; None stands for any time."""
        return common([self.beginnings[self.whose[node]] for node in nodes])
