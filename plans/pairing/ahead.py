"""Look-ahead: of plans that are equally good this week, one after which the coming weeks are good too.

Whoever decides week by week runs into traps: after three rounds of six people, those who have not met may
form two triangles, and nobody can avoid a repeat in the fourth. So the coming rounds are played through,
with this round's people and hours as the best guess of who will be there, until everybody who can meet has
met. Each round that is played takes the pairs that met least often, those first whose people have most left
to meet, and chance decides between equals. With an odd number one sits out, who did so least often. The
rounds are played again from the beginning until they come out without a repeat, or often enough.
"""

from collections.abc import Mapping, Sequence
from random import Random
from typing import NamedTuple

from plans.pairing.solving import Plan, match, solve
from plans.pairing.weights import AHEAD, Costs, Nodes

MOST_PEOPLE = 64
MOST_ROUNDS = 16
MOST_TRIES = 120
FEW_TRIES = 12  # after which some pairs may have met, as observers, who practise together later
SOON = 100  # a repeat that comes later weighs a little less than one that comes soon
MOST_WORK = 120_000  # pairs looked at while playing
CHANCE, URGENT, TIMES, PRACTISED, AGAIN, SAT, COVERED = (
    0,
    30,
    38,
    46,
    54,
    62,
    76,
)  # the bits of the players' weights


class Pair(NamedTuple):
    """Two who can meet, how often they practised together, how often they met at all."""

    one: int
    other: int
    practised: int
    met: int


class Outlook(NamedTuple):
    """What the coming rounds will cost: repeats in practice, and in meeting at all."""

    practised: int
    met: int


def best_plan(costs: Costs, pairs: Mapping[Nodes, int], rng: Random) -> Plan:
    """The plan with the best outlook among the best plans of this round."""
    plan = solve(costs, pairs)
    future = Future(costs, pairs)
    if not future.is_worth_a_look(plan):
        return plan
    return _search(costs, pairs, plan, future, rng)


def _search(costs: Costs, pairs: Mapping[Nodes, int], plan: Plan, future: "Future", rng: Random) -> Plan:
    """Play on from different plans of this round until one comes out well, or often enough."""
    best, outlook = plan, future.outlook(plan, rng)
    unit = 1 << costs.shifts["ahead"]
    for tries in range(MOST_TRIES):
        settled = outlook == (0, 0) or (outlook.practised == 0 and tries >= FEW_TRIES)
        if settled or future.work > MOST_WORK:
            break
        extra = {pair: rng.randint(0, AHEAD) * unit for pair in pairs}
        other = solve(costs, pairs, extra) if tries % 4 < 3 else plan
        seen = future.outlook(other, rng)
        if (seen, costs.total(other)) < (outlook, costs.total(best)):
            best, outlook = other, seen
    return best


class Future:
    """The coming rounds, played through."""

    def __init__(self, costs: Costs, pairs: Mapping[Nodes, int]) -> None:
        """Begin with the books of the past."""
        self.costs, self.work = costs, 0
        self.peers = costs.board.peers
        known = [costs.known(pair) for pair in pairs]
        least = min((met for _, met in known), default=0), min((p for p, _ in known), default=0)
        self.pairs = [
            Pair(pair[0], pair[1], practised - least[1], met - least[0])
            for pair, (practised, met) in zip(pairs, known, strict=True)
        ]
        self.sat = [costs.sat(peer) for peer in range(self.peers)]

    def is_worth_a_look(self, plan: Plan) -> bool:
        """Not for a great many people, and not while everybody still has half of their partners to meet."""
        if self.peers > MOST_PEOPLE or len(self.pairs) < 2:
            return False
        meeting = set(plan)
        fits, new = [0] * len(self.costs.board.whose), [0] * len(self.costs.board.whose)
        for one, other, practised, _ in self.pairs:
            for node in (one, other):
                fits[node] += 1
                new[node] += practised == 0 and (one, other) not in meeting
        return any(2 * new[peer] <= fits[peer] + 1 for peer in range(self.peers))

    def outlook(self, plan: Plan, rng: Random) -> Outlook:
        """How the coming rounds come out if this one is so."""
        practised, met = self._after(plan)
        sat = list(self.sat)
        for group in plan:
            if len(group) == 1:
                sat[group[0]] += 1
            elif len(group) == 3:
                sat[self.costs.order(group)[2]] += 1
        bill = [0, 0]
        for later in range(self._rounds(practised, sat)):
            for at in self._play(practised, met, sat, rng):
                bill[0] += practised[at] * (SOON - later)
                bill[1] += met[at] * (SOON - later)
                practised[at] += 1
                met[at] += 1
        return Outlook(*bill)

    def _after(self, plan: Plan) -> tuple[list[int], list[int]]:
        """How often each pair will have practised and met after this round."""
        practised, met = [pair.practised for pair in self.pairs], [pair.met for pair in self.pairs]
        at = {(pair.one, pair.other): number for number, pair in enumerate(self.pairs)}
        for group in plan:
            order = self.costs.order(group) if len(group) == 3 else group
            for two in ((group[0], group[-1]), group[:2], group[1:]) if len(group) == 3 else (group,):
                if two in at:
                    met[at[two]] += 1
            if len(group) > 1 and (turns := tuple(sorted(order[:2]))) in at:
                practised[at[turns]] += 1
        return practised, met

    def _rounds(self, practised: Sequence[int], sat: Sequence[int]) -> int:
        """How many rounds it takes until everybody has practised with everybody."""
        new = [0] * len(self.costs.board.whose)
        for pair, times in zip(self.pairs, practised, strict=True):
            for node in (pair.one, pair.other):
                new[node] += times == 0
        return min(MOST_ROUNDS, max(new[p] + (sat[p] < max(sat)) for p in range(self.peers)))

    def _play(self, practised: list[int], met: list[int], sat: list[int], rng: Random) -> list[int]:
        """One round: the numbers of its pairs; who is in none has sat out."""
        self.work += len(self.pairs)
        new = [0] * len(self.costs.board.whose)
        for (one, other, _, _), times in zip(self.pairs, practised, strict=True):
            if not times:
                new[one] += 1
                new[other] += 1
        weights = []
        for at, (one, other, _, _) in enumerate(self.pairs):
            covered, sits = (2, sat[one] + sat[other]) if other < self.peers else (1, sat[one])
            weight = (covered << COVERED) + (sits << SAT) + rng.getrandbits(30)
            weight -= (practised[at] << PRACTISED) + ((met[at] > 0) << AGAIN) + (met[at] << TIMES)
            if not practised[at]:
                weight += max(new[one], new[other]) << URGENT
            weights.append((one, other, weight))
        numbers: dict[Nodes, int] = {(pair.one, pair.other): at for at, pair in enumerate(self.pairs)}
        played = match(weights)
        for peer in set(range(self.peers)).difference(*played):
            sat[peer] += 1
            self._join(peer, [pair for pair in played if pair[1] < self.peers], numbers, met)
        return [numbers[pair] for pair in played]

    def _join(self, peer: int, played: Sequence[Nodes], numbers: Mapping[Nodes, int], met: list[int]) -> None:
        """Somebody without a turn observes where they have met people least."""
        joins = []
        for pair in played:
            ties = [numbers.get((min(peer, one), max(peer, one)), -1) for one in pair]
            if -1 not in ties:
                joins.append((sum(met[tie] for tie in ties), ties))
        for tie in min(joins, default=(0, list[int]()))[1]:
            met[tie] += 1
