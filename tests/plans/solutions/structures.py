"""Heaps, intervals, trees, tries and the classes to design."""

from bisect import bisect_left, bisect_right
from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush, merge, nsmallest

Span = tuple[int, int]


def best_sellers(sales: Sequence[str], many: int) -> list[str]:
    counts = Counter(sales)
    return nsmallest(many, counts, key=lambda product: (-counts[product], product))


def merged_feeds(feeds: Iterable[Iterable[int]]) -> list[int]:
    return list(merge(*feeds))


def running_median(times: Sequence[int]) -> list[float]:
    lower: list[int] = []  # negated: its smallest is the largest of the lower half
    upper: list[int] = []
    medians = []
    for time in times:
        heappush(upper, time)
        heappush(lower, -heappop(upper))
        if len(lower) > len(upper) + 1:
            heappush(upper, -heappop(lower))
        odd = len(lower) > len(upper)
        medians.append(float(-lower[0]) if odd else (upper[0] - lower[0]) / 2)
    return medians


def joined_cables(lengths: Sequence[int]) -> int:
    heap = list(lengths)
    heapify(heap)
    cost = 0
    while len(heap) > 1:
        joined = heappop(heap) + heappop(heap)
        cost += joined
        heappush(heap, joined)
    return cost


def quiet_windows(windows: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for begin, end in sorted(windows):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged


def charging_docks(stays: Sequence[Span]) -> int:
    changes = sorted([(begin, 1) for begin, _ in stays] + [(end, -1) for _, end in stays])
    taken = most = 0
    for _, change in changes:  # -1 sorts first: who leaves makes room for who comes
        taken += change
        most = max(most, taken)
    return most


def common_gaps(busy: Sequence[Sequence[Span]], day: Span) -> list[Span]:
    cursor, last = day
    gaps = []
    for begin, end in sorted(span for spans in busy for span in spans):
        if min(begin, last) > cursor:
            gaps.append((cursor, min(begin, last)))
        cursor = max(cursor, end)
    return [*gaps, (cursor, last)] if cursor < last else gaps


def stage_bookings(requests: Sequence[Span]) -> int:
    played, free_at = 0, float("-inf")
    for begin, end in sorted(requests, key=lambda request: request[1]):
        if begin >= free_at:
            played, free_at = played + 1, end
    return played


def _reports(managers: Sequence[int]) -> dict[int, list[int]]:
    reports: dict[int, list[int]] = {}
    for person, manager in enumerate(managers):
        reports.setdefault(manager, []).append(person)
    return reports


def chain_of_command(managers: Sequence[int]) -> int:
    reports, row, depth = _reports(managers), [-1], -1
    while row:
        row = [report for person in row for report in reports.get(person, [])]
        depth += 1
    return depth


def shared_manager(managers: Sequence[int], one: int, other: int) -> int:
    above = set()
    while one != -1:
        above.add(one)
        one = managers[one]
    while other not in above:
        other = managers[other]
    return other


def team_budgets(managers: Sequence[int], own: Sequence[int]) -> list[int]:
    spent = list(own)
    for person in range(len(managers) - 1, 0, -1):
        spent[managers[person]] += spent[person]
    return spent


Node = tuple[int, "Node | None", "Node | None"]


def sound_index(tree: Node | None, low: float = float("-inf"), high: float = float("inf")) -> bool:
    if tree is None:
        return True
    key, left, right = tree
    return low < key < high and sound_index(left, low, key) and sound_index(right, key, high)


class Branch:
    def __init__(self) -> None:
        self.further: dict[str, Branch] = {}
        self.word: str | None = None


def _grown(words: Iterable[str]) -> Branch:
    root = Branch()
    for word in words:
        branch = root
        for sign in word:
            branch = branch.further.setdefault(sign, Branch())
        branch.word = word
    return root


def dialled_region(rules: Mapping[str, str], number: str) -> str:
    branch, region = _grown(rules), "unknown"
    for digit in number:
        if digit not in branch.further:
            break
        branch = branch.further[digit]
        region = rules[branch.word] if branch.word is not None else region
    return region


def _words_below(branch: Branch) -> list[str]:
    own = [branch.word] if branch.word is not None else []
    return own + [word for further in branch.further.values() for word in _words_below(further)]


def typed_ahead(counts: Mapping[str, int], typed: str, many: int) -> list[str]:
    branch = _grown(counts)
    for sign in typed:
        if sign not in branch.further:
            return []
        branch = branch.further[sign]
    return sorted(_words_below(branch), key=lambda word: (-counts[word], word))[:many]


def smudged_plates(plates: Sequence[str], reading: str) -> int:
    branches = [_grown(plates)]
    for sign in reading:
        branches = [
            further for branch in branches for read, further in branch.further.items() if sign in ("?", read)
        ]
    return sum(branch.word is not None for branch in branches)


class Entry:
    """An entry of the store below, in a ring: the next after the sentinel is the oldest."""

    def __init__(self, key: str = "", value: int = 0) -> None:
        self.key, self.value = key, value
        self.older = self.newer = self

    def leave(self) -> None:
        self.older.newer, self.newer.older = self.newer, self.older

    def stand_before(self, sentinel: "Entry") -> None:
        self.older, self.newer = sentinel.older, sentinel
        self.older.newer = sentinel.older = self


class RecentStore:
    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.entries: dict[str, Entry] = {}
        self.ring = Entry()

    def get(self, key: str) -> int | None:
        entry = self.entries.get(key)
        if entry is None:
            return None
        entry.leave()
        entry.stand_before(self.ring)
        return entry.value

    def put(self, key: str, value: int) -> None:
        if key in self.entries:
            self.entries.pop(key).leave()
        elif len(self.entries) == self.capacity:
            oldest = self.ring.newer
            oldest.leave()
            del self.entries[oldest.key]
        self.entries[key] = Entry(key, value)
        self.entries[key].stand_before(self.ring)


def recently_used(capacity: int, calls: Sequence[tuple[object, ...]]) -> list[object]:
    store = RecentStore(capacity)
    return [getattr(store, str(name))(*values) for name, *values in calls]


def token_allowance(capacity: int, refill: int, requests: Sequence[tuple[str, int]]) -> list[bool]:
    buckets: dict[str, tuple[int, int]] = {}
    answers = []
    for client, second in requests:
        tokens, since = buckets.get(client, (capacity, second))
        tokens = min(capacity, tokens + (second - since) * refill)
        answers.append(tokens > 0)
        buckets[client] = (tokens - 1 if tokens else 0, second)
    return answers


def hash_ring(nodes: Mapping[str, int], keys: Sequence[int]) -> list[str]:
    ring = sorted((place, node) for node, place in nodes.items())
    places = [place for place, _ in ring]
    return [ring[bisect_left(places, key) % len(ring)][1] for key in keys]


def recent_hits(calls: Sequence[tuple[str, int]]) -> list[int | None]:
    buckets: deque[list[int]] = deque()  # [second, hits]
    answers: list[int | None] = []
    for name, second in calls:
        while buckets and buckets[0][0] <= second - 300:
            buckets.popleft()
        if name == "count":
            answers.append(sum(hits for _, hits in buckets))
            continue
        if not buckets or buckets[-1][0] != second:
            buckets.append([second, 0])
        buckets[-1][1] += 1
        answers.append(None)
    return answers


class DatedSettings:
    def __init__(self) -> None:
        self.moments: dict[str, list[int]] = {}
        self.values: dict[str, list[int]] = {}

    def set(self, key: str, value: int, moment: int) -> None:
        self.moments.setdefault(key, []).append(moment)
        self.values.setdefault(key, []).append(value)

    def get(self, key: str, moment: int) -> int | None:
        known = bisect_right(self.moments.get(key, []), moment)
        return self.values[key][known - 1] if known else None


def dated_settings(calls: Sequence[tuple[object, ...]]) -> list[object]:
    settings = DatedSettings()
    return [getattr(settings, str(name))(*values) for name, *values in calls]


class ParcelStation:
    def __init__(self, lockers: int) -> None:
        self.lockers = lockers
        self.used = 0
        self.returned: list[int] = []
        self.taken: set[int] = set()

    def take(self) -> int | None:
        if not self.returned:
            if self.used == self.lockers:
                return None
            self.used += 1
            heappush(self.returned, self.used)
        number = heappop(self.returned)
        self.taken.add(number)
        return number

    def free(self, number: int) -> None:
        if number in self.taken:
            self.taken.remove(number)
            heappush(self.returned, number)


def parcel_lockers(lockers: int, calls: Sequence[tuple[object, ...]]) -> list[object]:
    station = ParcelStation(lockers)
    return [getattr(station, str(name))(*values) for name, *values in calls]
