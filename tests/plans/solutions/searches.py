"""Graphs, orders of dependence, joined groups, backtracking and dynamic programming."""

from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import Generic, TypeVar

Place = tuple[int, int]
Item = TypeVar("Item", bound=Hashable)


def _places(plan: Sequence[str], signs: str) -> list[Place]:
    return [(y, x) for y, line in enumerate(plan) for x, sign in enumerate(line) if sign in signs]


def _neighbours(place: Place) -> list[Place]:
    y, x = place
    return [(y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)]


def _steps(starts: Iterable[Place], free: set[Place]) -> dict[Place, int]:
    """How far each place is that can be reached."""
    steps = dict.fromkeys(starts, 0)
    queue = deque(steps)
    while queue:
        place = queue.popleft()
        for neighbour in _neighbours(place):
            if neighbour in free and neighbour not in steps:
                steps[neighbour] = steps[place] + 1
                queue.append(neighbour)
    return steps


def outage_zones(hall: Sequence[str]) -> int:
    dark = set(_places(hall, "#"))
    zones = 0
    while dark:
        dark -= _steps([next(iter(dark))], dark).keys()
        zones += 1
    return zones


def robot_aisle(floor: Sequence[str]) -> int:
    (goal,) = _places(floor, "E")
    return _steps(_places(floor, "S"), set(_places(floor, ".E"))).get(goal, -1)


def spreading_alarm(plan: Sequence[str]) -> int:
    desks = set(_places(plan, "A."))
    steps = _steps(_places(plan, "A"), desks)
    return max(steps.values(), default=0) if steps.keys() == desks else -1


def two_rooms(people: int, rivals: Sequence[tuple[int, int]]) -> bool:
    others: dict[int, list[int]] = {person: [] for person in range(people)}
    for one, other in rivals:
        others[one].append(other)
        others[other].append(one)
    room: dict[int, int] = {}
    for person in range(people):
        queue = [] if person in room else [person]
        room.setdefault(person, 0)
        while queue:
            here = queue.pop()
            for other in others[here]:
                if other not in room:
                    room[other] = 1 - room[here]
                    queue.append(other)
                elif room[other] == room[here]:
                    return False
    return True


class Groups(Generic[Item]):
    """Union-find; an item nobody named yet is a group of its own."""

    def __init__(self) -> None:
        self.above: dict[Item, Item] = {}

    def of(self, item: Item) -> Item:
        above = self.above.setdefault(item, item)
        while above != self.above[above]:
            self.above[item] = self.above[above]
            item, above = above, self.above[above]
        return above

    def join(self, one: Item, other: Item) -> bool:
        """Whether they were apart."""
        first, second = self.of(one), self.of(other)
        self.above[second] = first
        return first != second


def joined_accounts(accounts: Sequence[Sequence[str]]) -> list[list[int]]:
    groups: Groups[str] = Groups()
    for account in accounts:
        for address in account:
            groups.join(account[0], address)
    people: dict[str, list[int]] = {}
    for here, account in enumerate(accounts):
        people.setdefault(groups.of(account[0]), []).append(here)
    return list(people.values())


def all_linked(servers: int, links: Sequence[tuple[int, int]]) -> int:
    groups: Groups[int] = Groups()
    apart = servers
    if apart <= 1:
        return 0
    for laid, (one, other) in enumerate(links, start=1):
        apart -= groups.join(one, other)
        if apart == 1:
            return laid
    return -1


def spare_cable(cables: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    groups: Groups[int] = Groups()
    return next((cable for cable in cables if not groups.join(*cable)), None)


def release_order(needs: Mapping[str, Sequence[str]]) -> list[str]:
    waiting = {service: len(set(needed)) for service, needed in needs.items()}
    frees: dict[str, list[str]] = {service: [] for service in needs}
    for service, needed in needs.items():
        for one in set(needed):
            frees[one].append(service)
    ready = [service for service, open_needs in waiting.items() if not open_needs]
    heapify(ready)
    order = []
    while ready:
        released = heappop(ready)
        order.append(released)
        for service in frees[released]:
            waiting[service] -= 1
            if not waiting[service]:
                heappush(ready, service)
    return order if len(order) == len(needs) else []


def _waves(tasks: int, pairs: Iterable[tuple[int, int]]) -> Iterator[list[int]]:
    """The tasks that are free at once, wave by wave; those in a circle never come."""
    after: dict[int, set[int]] = {task: set() for task in range(tasks)}
    for one, other in pairs:
        after[one].add(other)
    waiting = Counter(other for others in after.values() for other in others)
    wave = [task for task in range(tasks) if not waiting[task]]
    while wave:
        yield wave
        freed = Counter(other for task in wave for other in after[task])
        waiting -= freed
        wave = [task for task in freed if not waiting[task]]


def build_waves(tasks: int, pairs: Sequence[tuple[int, int]]) -> int:
    waves = list(_waves(tasks, pairs))
    return len(waves) if sum(map(len, waves)) == tasks else -1


def longest_chain(durations: Sequence[int], pairs: Sequence[tuple[int, int]]) -> int:
    before: dict[int, list[int]] = {}
    for one, other in pairs:
        before.setdefault(other, []).append(one)
    ends: dict[int, int] = {}
    for wave in _waves(len(durations), pairs):
        for task in wave:
            ends[task] = durations[task] + max((ends[one] for one in before.get(task, [])), default=0)
    return max(ends.values(), default=0)


def cheapest_courier(legs: Sequence[tuple[str, str, int]], start: str, goal: str) -> int:
    ways: dict[str, list[tuple[str, int]]] = {}
    for origin, target, price in legs:
        ways.setdefault(origin, []).append((target, price))
    heap, certain = [(0, start)], set[str]()
    while heap:
        spent, town = heappop(heap)
        if town == goal:
            return spent
        if town not in certain:
            certain.add(town)
            for target, price in ways.get(town, []):
                heappush(heap, (spent + price, target))
    return -1


def few_changes(legs: Sequence[tuple[str, str, int]], start: str, goal: str, changes: int) -> int:
    cheapest = {start: 0}
    for _ in range(changes + 1):
        reached = dict(cheapest)
        for origin, target, price in legs:
            if origin in cheapest:
                reached[target] = min(reached.get(target, cheapest[origin] + price), cheapest[origin] + price)
        cheapest = reached
    return cheapest.get(goal, -1)


def gift_cards(cards: Sequence[int], total: int, since: int = 0) -> list[list[int]]:
    if total == 0:
        return [[]]
    return [
        [cards[here], *rest]
        for here in range(since, len(cards))
        if cards[here] <= total
        for rest in gift_cards(cards, total - cards[here], here + 1)
    ]


def panel_seats(people: Sequence[str], rivals: Iterable[tuple[str, str]]) -> list[list[str]]:
    apart = {frozenset(pair) for pair in rivals}

    def rows(row: list[str]) -> Iterator[list[str]]:
        if len(row) == len(people):
            yield row
        for person in people:
            if person not in row and not (row and frozenset({row[-1], person}) in apart):
                yield from rows([*row, person])

    return list(rows([]))


def name_templates(template: str) -> list[str]:
    before, brace, rest = template.partition("{")
    if not brace:
        return [template]
    choices, _, after = rest.partition("}")
    return [before + choice + name for choice in choices.split(",") for name in name_templates(after)]


def fewest_stamps(stamps: Sequence[int], postage: int) -> int:
    fewest: list[float] = [0]
    for amount in range(1, postage + 1):
        fewest.append(
            1 + min((fewest[amount - one] for one in stamps if one <= amount), default=float("inf"))
        )
    return -1 if fewest[postage] == float("inf") else int(fewest[postage])


def ad_breaks(revenue: Sequence[int]) -> int:
    without = best = 0
    for slot in revenue:
        without, best = best, max(best, without + slot)
    return best


def warehouse_ways(floor: Sequence[str]) -> int:
    ways = [1] + [0] * (len(floor[0]) - 1)
    for line in floor:
        for x, sign in enumerate(line):
            ways[x] = 0 if sign == "#" else ways[x] + (ways[x - 1] if x else 0)
    return ways[-1]


def address_typos(typed: str, wanted: str) -> int:
    row = list(range(len(wanted) + 1))
    for count, letter in enumerate(typed, start=1):
        above, row = row, [count]
        for here, other in enumerate(wanted):
            row.append(min(above[here] + (letter != other), above[here + 1] + 1, row[here] + 1))
    return row[-1]


def word_splits(text: str, words: Sequence[str]) -> int:
    known = set(words)
    longest = max(map(len, known), default=0)
    ways = [1]
    for end in range(1, len(text) + 1):
        begins = range(max(0, end - longest), end)
        ways.append(sum(ways[begin] for begin in begins if text[begin:end] in known))
    return ways[-1]


def loaded_van(parcels: Sequence[tuple[int, int]], capacity: int) -> int:
    best = [0] * (capacity + 1)
    for weight, fee in parcels:
        for room in range(capacity, weight - 1, -1):
            best[room] = max(best[room], best[room - weight] + fee)
    return best[capacity]


def growing_sizes(sizes: Sequence[int]) -> int:
    smallest_last: list[int] = []
    for size in sizes:
        here = bisect_left(smallest_last, size)
        smallest_last[here : here + 1] = [size]
    return len(smallest_last)
