"""The best plan for a round: pairs, threes and who is left, as one optimum of the costs.

If everybody can have a partner, the best plan is a matching of least cost, and rustworkx finds it. If not,
somebody joins a pair as observer. People fall apart into *circles* that nothing connects. In a small circle
every division into pairs, threes and people left is considered, each set of people once. In a large one the
matching comes first, then those left join pairs, all at once and as well as possible, and then the
neighbourhoods of whoever is left or sits in a three are divided anew, a few groups at a time, as long as
that helps.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, combinations, product
from random import Random

import rustworkx

from plans.pairing.weights import Costs, Nodes, chance

Plan = list[Nodes]
SMALL = 12  # people and seats in a circle of which all divisions are considered
FEW_GROUPS = 3  # that are divided anew together with one that could be better
ATTEMPTS_EACH, MOST_ATTEMPTS = 16, 480


def solve(costs: Costs, pairs: Mapping[Nodes, int], extra: Mapping[Nodes, int] | None = None) -> Plan:
    """The best plan; `pairs` are those to consider with their costs, `extra` is added to them."""
    plan: Plan = []
    solver = _Solver(costs, extra or {})
    for circle in circles(costs.board.peers, pairs):
        inside = {pair: pairs[pair] + solver.added(pair) for pair in circle.pairs}
        plan += solver.best(circle.nodes, inside)
    return sorted(plan)


def unmatched(costs: Costs, pairs: Mapping[Nodes, int]) -> list[int]:
    """Who has no partner if only pairs are made, as many and as good as possible."""
    plan = _Solver(costs, {}).matched(range(costs.board.peers), pairs, costs.leaving_out)
    return [group[0] for group in plan if len(group) == 1]


def match(weights: Iterable[tuple[int, int, int]]) -> Plan:
    """Pairs of greatest weight in sum, out of (node, node, weight above zero)."""
    graph: rustworkx.PyGraph[int | None, int] = rustworkx.PyGraph(multigraph=False)
    edges = list(weights)
    if not edges:
        return []
    graph.extend_from_weighted_edge_list(edges)
    found = rustworkx.max_weight_matching(graph, weight_fn=int)
    return sorted((min(pair), max(pair)) for pair in found)


class Circle:
    """People whom possible pairs connect, with those pairs."""

    def __init__(self, nodes: list[int]) -> None:
        """Begin without any pair."""
        self.nodes = nodes
        self.pairs: list[Nodes] = []


def circles(peers: int, pairs: Iterable[Nodes]) -> list[Circle]:
    """The circles, by their first nodes; who fits nobody is one alone, and seats nobody needs are none."""
    pairs = list(pairs)
    graph: rustworkx.PyGraph[int, None] = rustworkx.PyGraph(multigraph=False)
    highest = max((pair[1] for pair in pairs), default=0)
    graph.add_nodes_from(range(max(peers, highest + 1)))
    graph.add_edges_from_no_data([(pair[0], pair[1]) for pair in pairs])
    found = [Circle(sorted(nodes)) for nodes in rustworkx.connected_components(graph)]
    found = sorted((each for each in found if each.nodes[0] < peers), key=lambda each: each.nodes[0])
    whose = {node: circle for circle in found for node in circle.nodes}
    for pair in pairs:
        whose[pair[0]].pairs.append(pair)
    return found


class _Solver:
    """Solves circle after circle with the same costs."""

    def __init__(self, costs: Costs, extra: Mapping[Nodes, int]) -> None:
        self.costs = costs
        self._extra = extra
        self.peers = costs.board.peers

    def added(self, group: Nodes) -> int:
        return sum(self._extra.get(pair, 0) for pair in combinations(group, 2)) if self._extra else 0

    def cost(self, group: Nodes) -> int | None:
        known = self.costs.of(group)
        return known if known is None or not self._extra else known + self.added(group)

    def total(self, plan: Iterable[Nodes]) -> int:
        return sum(self.cost(group) or 0 for group in plan)

    def best(self, nodes: list[int], pairs: Mapping[Nodes, int]) -> Plan:
        """The best plan of one circle."""
        if len(nodes) == 1:
            return [(nodes[0],)]
        if len(nodes) <= SMALL and self.costs.kept:
            return self.divided(nodes)
        plan = self.matched(nodes, pairs, self.costs.leaving_out)
        if all(len(group) > 1 for group in plan) and not self.costs.kept:
            return plan
        return self.divided(nodes) if len(nodes) <= SMALL else self.large(nodes, pairs, plan)

    def matched(
        self, nodes: Iterable[int], pairs: Mapping[Nodes, int], sitting: Callable[[int], int]
    ) -> Plan:
        """The best pairs, and alone who is in none; `sitting` is what it costs to be in none."""
        sits = {node: sitting(node) for node in nodes if node < self.peers}
        plan = match((a, b, sits[a] + sits.get(b, 0) - cost) for (a, b), cost in pairs.items())
        paired = set(chain.from_iterable(plan))
        return plan + [(node,) for node in nodes if node < self.peers and node not in paired]

    def divided(self, nodes: Sequence[int]) -> Plan:
        """The best division of some people and seats, by looking at all of them.

        The first person not yet placed goes into each group that is possible for them; what is best for the
        rest depends on who the rest is only, so it is computed once for each set of people.
        """
        nodes = sorted(nodes)
        bit = {node: 1 << at for at, node in enumerate(nodes)}
        people = [node for node in nodes if node < self.peers]
        everybody = sum(bit[node] for node in people)
        choices: dict[int, list[tuple[int, int, Nodes]]] = {bit[node]: [] for node in people}
        for group in self._groups(people, [node for node in nodes if node >= self.peers]):
            if (cost := self.cost(group)) is not None:
                choices[bit[group[0]]].append((sum(bit[node] for node in group), cost, group))

        @cache
        def least(free: int) -> tuple[int, tuple[Nodes, ...]]:
            if not free & everybody:
                return 0, ()
            found: list[tuple[int, tuple[Nodes, ...]]] = []
            for members, cost, group in choices[free & -free]:
                if members & free == members:
                    rest, groups = least(free ^ members)
                    found.append((rest + cost, (*groups, group)))
            return min(found)

        return list(least((1 << len(nodes)) - 1)[1])

    @staticmethod
    def _groups(people: Sequence[int], seats: Sequence[int]) -> Iterator[Nodes]:
        """All groups of some people and seats; a mentor's three would cost an observer and help nobody."""
        yield from combinations(people, 1)
        yield from combinations(people, 2)
        yield from ((peer, seat) for peer in people for seat in seats)
        yield from combinations(people, 3)

    # Large circles

    def large(self, nodes: list[int], pairs: Mapping[Nodes, int], plan: Plan) -> Plan:
        """A good plan: the best of some beginnings, made better where it can be."""
        observing = self.matched(nodes, pairs, self._observing)
        beginnings = [self.joined(plan), self.joined(observing)]
        if self.costs.kept:
            beginnings.append(self._keeping(nodes, pairs))
        return self.improved(min(beginnings, key=self.total))

    def _observing(self, peer: int) -> int:
        return (1 << self.costs.top) + self.costs.observing(peer)

    def _keeping(self, nodes: list[int], pairs: Mapping[Nodes, int]) -> Plan:
        """The groups to keep as they are, and the best for everybody else."""
        inside, plan = set(nodes), list[Nodes]()
        for people in sorted({tuple(sorted(group)) for group in self.costs.kept.values()}):
            group = tuple(self._free_node(number, inside) for number in people)
            if inside.issuperset(group):
                plan.append(group)
                inside.difference_update(group)
        rest = {pair: cost for pair, cost in pairs.items() if inside.issuperset(pair)}
        return self.joined(plan + self.matched(sorted(inside), rest, self.costs.leaving_out))

    def _free_node(self, number: int, free: set[int]) -> int:
        """The node of a peer, or a mentor's first free seat; -1 if there is none."""
        board = self.costs.board
        seats = (seat for seat in board.seats if board.whose[seat] == number and seat in free)
        return number if number < self.peers else next(seats, -1)

    def joined(self, plan: Plan) -> Plan:
        """Those left join pairs of peers where that is possible, as well as it can be for all of them."""
        alone = [group for group in plan if len(group) == 1]
        pairs = [group for group in plan if len(group) == 2 and group[1] < self.peers]
        gains = []
        for (peer,), (at, pair) in product(alone, enumerate(pairs)):
            three = tuple(sorted((peer, *pair)))
            if (cost := self.cost(three)) is not None:
                before = (self.cost(pair) or 0) + (self.cost((peer,)) or 0)
                gains.append((peer, self.peers + at, before - cost))
        joining = [(peer, pairs[at - self.peers]) for peer, at in match(gains)]
        changed = {(peer,) for peer, _ in joining} | {pair for _, pair in joining}
        threes = [tuple(sorted((peer, *pair))) for peer, pair in joining]
        return [group for group in plan if group not in changed] + threes

    def improved(self, plan: Plan) -> Plan:
        """Divide anew around whoever is left or sits in a three, until that helps nobody any more."""
        looking, attempts = True, 0
        while looking:
            looking = False
            for group, nearby in self._chances(plan):
                attempts += 1
                before = [group, *nearby]
                after = self.divided(list(chain.from_iterable(before)))
                if self.total(after) < self.total(before):
                    plan = [each for each in plan if each not in before] + after
                    looking = attempts < MOST_ATTEMPTS
                    break
                if attempts >= MOST_ATTEMPTS:
                    break
        return plan

    def _chances(self, plan: Plan) -> Iterator[tuple[Nodes, list[Nodes]]]:
        """Whoever is left or sits in a three, with a few groups connected with them, drawn by chance."""
        for group in [each for each in plan if len(each) != 2]:
            for attempt in range(ATTEMPTS_EACH):
                rng = Random(chance(self.costs.seed, group[0], attempt))
                reached = [group]
                for _ in range(FEW_GROUPS):
                    others = (each for each in rng.sample(plan, len(plan)) if each not in reached)
                    reached += next(([each] for each in others if self._touch(each, reached)), [])
                if len(reached) > 1:
                    yield group, reached[1:]

    def _touch(self, group: Nodes, others: Iterable[Nodes]) -> bool:
        """Whether somebody of a group fits with somebody of the others."""
        return any(
            self.costs.board.fit(one, other) for one, other in product(group, chain.from_iterable(others))
        )
