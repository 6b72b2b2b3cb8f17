"""Two pointers, sliding windows, hash maps, binary search, prefix sums, stacks and linked lists."""

from bisect import bisect_left, bisect_right
from collections import Counter, deque
from collections.abc import Sequence
from itertools import accumulate


def van_pairs(weights: Sequence[int], limit: int) -> int:
    light, heavy, vans = 0, len(weights) - 1, 0
    while light <= heavy:
        if weights[light] + weights[heavy] <= limit:
            light += 1
        heavy -= 1
        vans += 1
    return vans


def merged_shifts(first: Sequence[int], second: Sequence[int]) -> list[int]:
    merged: list[int] = []
    one = other = 0
    while one < len(first) or other < len(second):
        if other == len(second) or (one < len(first) and first[one] <= second[other]):
            minute, one = first[one], one + 1
        else:
            minute, other = second[other], other + 1
        if not merged or merged[-1] != minute:
            merged.append(minute)
    return merged


def wide_banner(heights: Sequence[int]) -> int:
    left, right, best = 0, len(heights) - 1, 0
    while left < right:
        best = max(best, (right - left) * min(heights[left], heights[right]))
        if heights[left] <= heights[right]:
            left += 1
        else:
            right -= 1
    return best


def calm_stretch(errors: Sequence[int], allowed: int) -> int:
    begin = inside = best = 0
    for end, error in enumerate(errors):
        inside += error
        while inside > allowed:
            inside -= errors[begin]
            begin += 1
        best = max(best, end - begin + 1)
    return best


def new_faces(visits: Sequence[str]) -> int:
    seen: dict[str, int] = {}
    begin = best = 0
    for here, name in enumerate(visits):
        begin = max(begin, seen.get(name, -1) + 1)
        seen[name] = here
        best = max(best, here - begin + 1)
    return best


def quick_target(sales: Sequence[int], target: int) -> int:
    begin = total = 0
    best = len(sales) + 1
    for end, sold in enumerate(sales):
        total += sold
        while total >= target and begin <= end:
            best = min(best, end - begin + 1)
            total -= sales[begin]
            begin += 1
    return best if best <= len(sales) else 0


def rolling_peak(loads: Sequence[int], width: int) -> list[int]:
    falling: deque[int] = deque()
    peaks = []
    for minute, load in enumerate(loads):
        while falling and loads[falling[-1]] <= load:
            falling.pop()
        falling.append(minute)
        if falling[0] <= minute - width:
            falling.popleft()
        if minute >= width - 1:
            peaks.append(loads[falling[0]])
    return peaks


def disputed_sum(amounts: Sequence[int], disputed: int) -> list[int]:
    seen: dict[int, int] = {}
    for here, amount in enumerate(amounts):
        if disputed - amount in seen:
            return [seen[disputed - amount], here]
        seen[amount] = here
    return []


def same_basket(orders: Sequence[Sequence[str]]) -> list[list[int]]:
    groups: dict[tuple[str, ...], list[int]] = {}
    for here, order in enumerate(orders):
        groups.setdefault(tuple(sorted(order)), []).append(here)
    return list(groups.values())


def pressing_callers(calls: Sequence[tuple[int, str]]) -> list[str]:
    last_two: dict[str, deque[int]] = {}
    found = set()
    for minute, caller in calls:
        earlier = last_two.setdefault(caller, deque(maxlen=2))
        if len(earlier) == 2 and minute - earlier[0] < 60:
            found.add(caller)
        earlier.append(minute)
    return sorted(found)


def ticket_run(tickets: Sequence[int]) -> int:
    sold = set(tickets)
    best = 0
    for ticket in sold:
        if ticket - 1 not in sold:
            end = ticket
            while end in sold:
                end += 1
            best = max(best, end - ticket)
    return best


def wrapped_log(ids: Sequence[int]) -> int:
    low, high = 0, len(ids) - 1
    while low < high:
        middle = (low + high) // 2
        if ids[middle] > ids[-1]:
            low = middle + 1
        else:
            high = middle
    return low


def _loads_needed(weights: Sequence[int], capacity: int) -> int:
    loads, aboard = 1, 0
    for weight in weights:
        if aboard + weight > capacity:
            loads, aboard = loads + 1, 0
        aboard += weight
    return loads


def belt_capacity(weights: Sequence[int], days: int) -> int:
    low, high = max(weights), sum(weights)
    while low < high:
        middle = (low + high) // 2
        if _loads_needed(weights, middle) <= days:
            high = middle
        else:
            low = middle + 1
    return low


def price_band(amounts: Sequence[int], low: int, high: int) -> int:
    return bisect_right(amounts, high) - bisect_left(amounts, low)


def busiest_hour(loads: Sequence[int]) -> int:
    low, high = 0, len(loads) - 1
    while low < high:
        middle = (low + high) // 2
        if loads[middle] < loads[middle + 1]:
            low = middle + 1
        else:
            high = middle
    return low


def exact_spans(changes: Sequence[int], target: int) -> int:
    balances = Counter([0])
    balance = spans = 0
    for change in changes:
        balance += change
        spans += balances[balance - target]
        balances[balance] += 1
    return spans


def bulk_raises(size: int, raises: Sequence[tuple[int, int, int]]) -> list[int]:
    steps = [0] * (size + 1)
    for first, last, amount in raises:
        steps[first] += amount
        steps[last + 1] -= amount
    return list(accumulate(steps[:size]))


def even_split(sales: Sequence[int]) -> int:
    total, before = sum(sales), 0
    for day, sold in enumerate(sales):
        if before == total - before - sold:
            return day
        before += sold
    return -1


def template_brackets(text: str) -> int:
    closers = {"(": ")", "[": "]", "{": "}"}
    expected: list[str] = []
    for here, sign in enumerate(text):
        if sign in closers:
            expected.append(closers[sign])
        elif sign in closers.values() and (not expected or expected.pop() != sign):
            return here
    return len(text) if expected else -1


def lower_price(prices: Sequence[int]) -> list[int]:
    waits = [0] * len(prices)
    waiting: list[int] = []
    for day, price in enumerate(prices):
        while waiting and prices[waiting[-1]] > price:
            earlier = waiting.pop()
            waits[earlier] = day - earlier
        waiting.append(day)
    return waits


def typed_keys(keys: str) -> str:
    text: list[str] = []
    deleted: list[str] = []
    for key in keys:
        if key == "<":
            if text:
                deleted.append(text.pop())
        elif key == "!":
            if deleted:
                text.append(deleted.pop())
        else:
            text.append(key)
            deleted.clear()
    return "".join(text)


def clean_path(path: str) -> str:
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in ("", "."):
            parts.append(part)
    return "/" + "/".join(parts)


class Car:
    def __init__(self, number: int, behind: "Car | None" = None) -> None:
        self.number = number
        self.behind = behind


def _coupled(numbers: Sequence[int]) -> Car | None:
    head: Car | None = None
    for number in reversed(numbers):
        head = Car(number, head)
    return head


def _listed(car: Car | None) -> list[int]:
    numbers = []
    while car is not None:
        numbers.append(car.number)
        car = car.behind
    return numbers


def _group_end(car: Car, size: int) -> Car | None:
    last: Car | None = car
    for _ in range(size):
        last = last.behind if last else None
    return last


def shunted_cars(cars: Sequence[int], size: int) -> list[int]:
    dummy = Car(0, _coupled(cars))
    before = dummy
    while (last := _group_end(before, size)) is not None:
        first, rest = before.behind, last.behind
        car, done = first, rest
        while car is not None and car is not rest:
            car.behind, done, car = done, car, car.behind
        before.behind = done
        if first is None:
            break
        before = first
    return _listed(dummy.behind)


def redirect_loop(following: Sequence[int], start: int) -> int:
    slow = fast = start
    while fast != -1 and following[fast] != -1:
        slow, fast = following[slow], following[following[fast]]
        if slow == fast:
            slow = start
            while slow != fast:
                slow, fast = following[slow], following[fast]
            return slow
    return -1


def nth_last(chain: Sequence[int], n: int) -> list[int]:
    dummy = Car(0, _coupled(chain))
    ahead = _group_end(dummy, n)
    before: Car | None = dummy
    while ahead is not None and ahead.behind is not None and before is not None:
        ahead, before = ahead.behind, before.behind
    if before is not None and before.behind is not None:
        before.behind = before.behind.behind
    return _listed(dummy.behind)
