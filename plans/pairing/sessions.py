"""From a plan to sessions: who begins with what, which kind, which hours, and why."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from plans.mocks import Kind, Role
from plans.pairing.people import Group, LeftOut, Pairing
from plans.pairing.reasons import (
    Complement,
    Fact,
    Free,
    LeftOutReason,
    Mentored,
    Met,
    Observes,
    Reason,
    SameLevel,
)
from plans.pairing.times import first_stretch, slots
from plans.pairing.weights import Costs, Nodes

LATELY = 3  # sessions of each person that count when the kind is chosen


class Sessions:
    """Makes groups out of nodes."""

    def __init__(
        self, costs: Costs, keep: Sequence[Sequence[str]], kinds_before: Mapping[str, Sequence[Kind]]
    ) -> None:
        """Know the roles of the groups to keep and what everybody practised."""
        self.costs, self.board, self.past = costs, costs.board, costs.past
        self._keep = keep
        self._kinds_before = kinds_before

    def pairing(self, plan: Sequence[Nodes]) -> Pairing:
        """The answer for a plan."""
        groups = [self._group(nodes) for nodes in plan if len(nodes) > 1]
        met = {who for group in groups for who in group.people}
        left = [number for number, person in enumerate(self.board.people) if person.id not in met]
        alone = {self.board.people[number].id for number in left if number < self.board.peers}
        left_out = [LeftOut(self.board.people[each].id, self._why_left(each, bool(alone))) for each in left]
        return Pairing(
            tuple(sorted(groups, key=lambda group: group.people)),
            tuple(sorted(left_out, key=lambda each: each.id)),
        )

    def _group(self, nodes: Nodes) -> Group:
        ids = frozenset(self.board.person(node).id for node in nodes)
        order = self._kept_order(nodes, ids) or self.costs.order(nodes)
        people = tuple(self.board.person(node).id for node in order)
        shared = self.board.common_beginnings(nodes)
        return Group(
            people=people,
            roles=dict(zip(people, Role, strict=False)),
            kind=self._kind(order),
            slots=slots(shared, self.board.minutes),
            reason=Reason(tuple(self._facts(order))),
        )

    def _kept_order(self, nodes: Nodes, ids: frozenset[str]) -> Nodes | None:
        """The order in which a group to keep, or what is left of it, has its roles already."""
        node_of = {self.board.person(node).id: node for node in nodes}
        for group in self._keep:
            if ids <= frozenset(group):
                order = [node_of[who] for who in dict.fromkeys(group) if who in ids]
                return tuple(sorted(order, key=lambda node: node < self.board.peers))
        return None

    def _kind(self, order: Nodes) -> Kind:
        """What all want and had least lately, else in turn; a full loop only if nothing else is left."""
        wanted = self.board.kinds(order)
        single = [kind for kind in wanted if kind is not Kind.FULL_LOOP] or wanted
        turn = (Kind.BEHAVIORAL, Kind.TECHNICAL)[self.past.next % 2]
        return min(single, key=lambda kind: (self._lately(kind, order), kind is not turn))

    def _lately(self, kind: Kind, order: Nodes) -> int:
        """How much of a kind these people had, the newest counting most."""
        return sum(
            1 << (LATELY - age)
            for node in order
            for age, before in enumerate(
                reversed(self._kinds_before.get(self.board.person(node).id, ())[-LATELY:])
            )
            if before is kind
        )

    # Why

    def _facts(self, order: Nodes) -> Iterator[Fact]:
        people = [self.board.person(node) for node in order]
        interviewer, candidate, *observers = people
        two = frozenset((interviewer.id, candidate.id))
        yield Met((interviewer.id, candidate.id), self.past.met.get(two, 0), self.past.rounds_since(two))
        stretch = first_stretch(self.board.common_beginnings(order), self.board.minutes)
        yield Free(len(people), *(stretch or (None, None)))
        if interviewer.mentor:
            yield Mentored(interviewer.id)
        for observer in observers:
            yield Observes(observer.id, self.past.observed.get(observer.id, 0))
        for one, other in ((interviewer, candidate), (candidate, interviewer)):
            if not one.mentor and one.weak & other.strong:
                yield Complement(one.id, other.id, min(one.weak & other.strong))
        if interviewer.level is not None and all(a.level is b.level for a, b in combinations(people, 2)):
            yield SameLevel(interviewer.level)

    def _why_left(self, number: int, somebody_left: bool) -> LeftOutReason:
        """Why somebody has no session; blocks never show."""
        board = self.board
        others = [other for other in range(len(board.people)) if other != number]
        if not others:
            return LeftOutReason.ALONE
        if not board.has_time(number):
            return LeftOutReason.NO_TIME
        if number >= board.peers:
            unfit = LeftOutReason.NOBODY_FITS if somebody_left else LeftOutReason.NOT_NEEDED
            return unfit if board.peers else LeftOutReason.NO_PEERS
        if any(board.fit(number, node) for node in range(len(board.whose)) if node != number):
            return LeftOutReason.ALL_TAKEN
        somebody_free = any(board.shares_hours(number, other) for other in others)
        return LeftOutReason.NOBODY_FITS if somebody_free else LeftOutReason.NOBODY_FREE
