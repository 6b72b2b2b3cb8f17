"""Which pairs are worth considering: all of them, or in a great round the best few dozen for each person."""

from collections.abc import Iterable, Iterator
from itertools import combinations

from plans.pairing.solving import unmatched
from plans.pairing.weights import Costs, Nodes, chance

ALL = 200  # up to so many people and seats every pair is considered
LOOKED_AT = 32  # partners who fit, met in an order that is different for each
TAKEN = 16  # the best of these
MORE, MORE_IN_ALL = 400, 20_000  # for those whom the few leave without a partner


def candidates(costs: Costs) -> dict[Nodes, int]:
    """The pairs to consider with their costs, in ascending order."""
    board = costs.board
    nodes = range(len(board.whose))
    if len(nodes) <= ALL:
        return _priced(costs, combinations(nodes, 2))
    order = sorted(nodes, key=lambda node: chance(costs.seed, node))
    sparse = {pair for node in nodes for pair in _best(costs, node, order, LOOKED_AT, TAKEN)}
    sparse.update(_kept(costs))
    alone = unmatched(costs, _priced(costs, sparse))
    more = min(MORE, max(LOOKED_AT, MORE_IN_ALL // max(1, len(alone))))
    sparse.update(pair for node in alone for pair in _best(costs, node, order, more, more))
    return _priced(costs, sparse)


def _kept(costs: Costs) -> Iterator[Nodes]:
    """The pairs inside of groups to keep, with every seat of their mentors, and pairs of those in none."""
    board = costs.board
    if costs.kept:
        free = [node for node in range(len(board.whose)) if node not in costs.kept]
        yield from (pair for node in free for pair in _best(costs, node, free, LOOKED_AT, TAKEN))
    for people in set(costs.kept.values()):
        nodes = [node for node in range(len(board.whose)) if board.whose[node] in people]
        yield from (pair for pair in combinations(nodes, 2) if pair[0] < board.peers)


def _priced(costs: Costs, pairs: Iterable[Nodes]) -> dict[Nodes, int]:
    return {pair: cost for pair in sorted(pairs) if (cost := costs.of(pair)) is not None}


def _best(costs: Costs, node: int, order: list[int], looked_at: int, taken: int) -> list[Nodes]:
    """The cheapest of the first partners who fit, beginning behind oneself in an order by chance."""
    begin = chance(costs.seed, node, 1) % len(order)
    found: list[tuple[int, Nodes]] = []
    for other in costs.board.partners(node, order[begin:] + order[:begin]):
        pair = (min(node, other), max(node, other))
        if (cost := costs.of(pair)) is not None:
            found.append((cost, pair))
        if len(found) == looked_at:
            break
    return [pair for _, pair in sorted(found)[:taken]]
