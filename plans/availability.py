"""When people can: weekly hours in a zone of their own, and the instants that several of them share.

Hours are wall-clock times of a week; instants are UTC. What lies between is `intervals`, which is right
across daylight saving, because each day's hour is looked up in the zone for itself.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from plans import calendar
from plans.errors import StudyError

Interval = tuple[datetime, datetime]
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKDAYS, WEEKEND, EVERY_DAY = range(5), range(5, 7), range(7)
MIDNIGHT = time(0)
HALF_HOUR = timedelta(minutes=30)
DAY = timedelta(days=1)


class HoursNotUnderstood(StudyError):
    """I can't read {piece} as hours of a week. Write them like this: Mon-Fri 18-21, Sat 9:30-12."""


@dataclass(frozen=True, order=True)
class Span:
    """Some hours of one weekday (0 is Monday); an end at or before the start lies on the next day."""

    weekday: int
    start: time
    end: time


Hours = tuple[Span, ...]

# --- reading and writing ---

_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"
_CLOCK = r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?"
_RANGE = re.compile(rf"^(?:from\s+)?{_CLOCK}\s*(?:-|–|to|till|until)\s*{_CLOCK}")
_DAYS = re.compile(
    rf"^(?:(?P<first>{_DAY})\s*(?:-|–|to)\s*(?P<last>{_DAY})|(?P<one>{_DAY})|(?P<some>weekdays?|workdays?|weekends?|daily|every\s*day|all\s*week|any\s*day))\b"
)
_ANY_TIME = re.compile(r"^(?:any\s*time|always|any)\b")
_BETWEEN = re.compile(r"^(?:[\s,;&/+]|and\b|at\b)+")


def parse(text: str) -> Hours:
    """Read "Mon-Fri 18-21, Sat 9:30-12", "weekdays 6pm-9pm; weekend 9-12", "tue thu 20-22", "any time".

    Days without a time take the time that follows; a time after a comma holds for the same days again.
    Overlapping hours become one.

    Raises:
        HoursNotUnderstood: a piece is neither a day nor a span of time, or days have no time.
    """
    rest = text.strip().casefold()
    days: list[int] = []
    fresh = False  # whether the days still wait for their first time
    found: list[Span] = []
    while rest:
        if gap := _BETWEEN.match(rest):
            rest = rest[gap.end() :]
        elif match := _ANY_TIME.match(rest):
            found += [Span(day, MIDNIGHT, MIDNIGHT) for day in EVERY_DAY]
            rest = rest[match.end() :]
        elif match := _DAYS.match(rest):
            days = [*days, *_days(match)] if fresh else list(_days(match))
            fresh = True
            rest = rest[match.end() :].lstrip(":")
        elif (match := _RANGE.match(rest)) and days:
            start, end = _clocks(match)
            found += [Span(day, start, end) for day in days]
            fresh = False
            rest = rest[match.end() :]
        else:
            raise HoursNotUnderstood(piece=_piece(rest))
    if fresh or not found:
        raise HoursNotUnderstood(piece=_piece(text.strip()) if text.strip() else "nothing")
    return merge(tuple(found))


def _piece(text: str) -> str:
    """What to name of something that cannot be read."""
    piece = re.split(r"[,;\n]", text, maxsplit=1)[0].strip()[:40]
    return f'"{piece}"'


def _days(match: re.Match[str]) -> Iterable[int]:
    if some := match["some"]:
        if some.startswith("weekend"):
            return WEEKEND
        return WEEKDAYS if some.startswith(("weekday", "workday")) else EVERY_DAY
    if match["one"]:
        return [DAYS.index(match["one"][:3])]
    first, last = DAYS.index(match["first"][:3]), DAYS.index(match["last"][:3])
    return [day % 7 for day in range(first, last + 1 if last >= first else last + 8)]


def _clocks(match: re.Match[str]) -> tuple[time, time]:
    """Both ends of a span; "6-9pm" means the evening on both sides."""
    hour, minute, half, end_hour, end_minute, end_half = match.groups()
    if half is None and end_half is not None and int(hour) <= int(end_hour) <= 12:
        half = end_half
    start = _clock(hour, minute, half, match[0])
    end = _clock(end_hour, end_minute, end_half, match[0])
    if start == end and start != MIDNIGHT:
        raise HoursNotUnderstood(piece=_piece(match[0]))
    return start, end


def _clock(hour: str, minute: str | None, half: str | None, piece: str) -> time:
    number = int(hour)
    if half is not None:
        if not 1 <= number <= 12:
            raise HoursNotUnderstood(piece=_piece(piece))
        number = number % 12 + (12 if half == "pm" else 0)
    minutes = int(minute or 0)
    if number > 24 or minutes > 59 or (number == 24 and minutes):
        raise HoursNotUnderstood(piece=_piece(piece))
    return time(number % 24, minutes)


def as_text(hours: Hours) -> str:
    """The hours as people write them, which `parse` reads back: "Mon-Fri 18:00-21:00, Sat 09:00-12:00"."""
    by_times: dict[tuple[time, time], list[int]] = {}
    for span in sorted(hours):
        by_times.setdefault((span.start, span.end), []).append(span.weekday)
    return ", ".join(f"{_runs(days)} {start:%H:%M}-{end:%H:%M}" for (start, end), days in by_times.items())


def _runs(days: Sequence[int]) -> str:
    """Weekdays in order, three or more in a row as one: "Mon-Wed Fri"."""
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    names = [name.capitalize() for name in DAYS]
    return " ".join(
        f"{names[run[0]]}-{names[run[-1]]}" if len(run) > 2 else " ".join(names[day] for day in run)
        for run in runs
    )


def to_json(hours: Hours) -> list[list[object]]:
    """The hours as JSON: [[0, "18:00", "21:00"], ...]."""
    return [[span.weekday, f"{span.start:%H:%M}", f"{span.end:%H:%M}"] for span in sorted(hours)]


def from_json(stored: Sequence[Sequence[object]]) -> Hours:
    """What `to_json` wrote."""
    return tuple(
        Span(int(str(weekday)), time.fromisoformat(str(start)), time.fromisoformat(str(end)))
        for weekday, start, end in stored
    )


def _each(days: Iterable[int], start: int, end: int) -> Hours:
    return tuple(Span(day, time(start), time(end)) for day in days)


# What can be ticked instead of written; a Slack group of checkboxes holds ten.
PRESETS: dict[str, tuple[str, Hours]] = {
    "weekday_mornings": ("Weekday mornings, 7-9", _each(WEEKDAYS, 7, 9)),
    "weekday_lunch": ("Weekday lunch, 12-14", _each(WEEKDAYS, 12, 14)),
    "weekday_evenings": ("Weekday evenings, 18-21", _each(WEEKDAYS, 18, 21)),
    "weekday_late": ("Weekdays late, 21-23", _each(WEEKDAYS, 21, 23)),
    "saturday_morning": ("Saturday morning, 9-12", _each([5], 9, 12)),
    "saturday_afternoon": ("Saturday afternoon, 13-17", _each([5], 13, 17)),
    "sunday_morning": ("Sunday morning, 9-12", _each([6], 9, 12)),
    "sunday_afternoon": ("Sunday afternoon, 13-17", _each([6], 13, 17)),
    "sunday_evening": ("Sunday evening, 18-21", _each([6], 18, 21)),
}


# --- weekly hours ---


def merge(hours: Hours) -> Hours:
    """The same hours in order, each minute once; spans that touch become one."""
    week = 7 * 24 * 60
    minutes = sorted(
        (first, first + ((_minute(span.end) - _minute(span.start)) % 1440 or 1440))
        for span in hours
        for first in [span.weekday * 1440 + _minute(span.start)]
    )
    merged: list[list[int]] = []
    for first, last in minutes:
        if merged and first <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], last)
        else:
            merged.append([first, last])
    whole = sum(last - first for first, last in merged) >= week
    if whole:
        return tuple(Span(day, MIDNIGHT, MIDNIGHT) for day in EVERY_DAY)
    return tuple(dict.fromkeys(piece for first, last in merged for piece in _spans(first, last)))


def _spans(first: int, last: int) -> Iterator[Span]:
    """Minutes of the week as spans of at most a day each."""
    while first < last:
        end = min(last, first + 1440)
        yield Span(first // 1440 % 7, _time(first), _time(end))
        first = end


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _time(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)


# --- instants ---


def intervals(hours: Hours, zone: ZoneInfo, since: datetime, until: datetime) -> tuple[Interval, ...]:
    """The instants between `since` and `until` (aware) that these hours cover in `zone`: UTC, in order.

    An hour that a clock change skips or repeats is found once, where the zone's clocks first show it.
    """
    day = calendar.local_day(since, zone) - DAY
    last = calendar.local_day(until, zone)
    found = []
    while day <= last:
        found += [_on(day, span, zone) for span in hours if span.weekday == day.weekday()]
        day += DAY
    return _joined(
        (max(start, since.astimezone(UTC)), min(end, until.astimezone(UTC)))
        for start, end in (each for each in found if each is not None)
    )


def _on(day: date, span: Span, zone: ZoneInfo) -> Interval | None:
    start = calendar.occurrence(day, span.start, zone)
    end = calendar.occurrence(day if span.end > span.start else day + DAY, span.end, zone)
    return None if start is None or end is None else (start.astimezone(UTC), end.astimezone(UTC))


def _joined(pieces: Iterable[Interval]) -> tuple[Interval, ...]:
    """In order, without the empty ones, and those that touch as one."""
    joined: list[Interval] = []
    for start, end in sorted(piece for piece in pieces if piece[0] < piece[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)


def common(*each: Sequence[Interval], minutes: int) -> tuple[Interval, ...]:
    """What all of these have in common, as far as it lasts `minutes` at a stretch; nobody's is nothing."""
    if not each:
        return ()
    shared = _joined(each[0])
    for other in each[1:]:
        shared = _both(shared, _joined(other))
    return tuple((start, end) for start, end in shared if end - start >= timedelta(minutes=minutes))


def _both(one: Sequence[Interval], other: Sequence[Interval]) -> tuple[Interval, ...]:
    """The intersection of two ordered lists, in one pass."""
    found, left, right = [], 0, 0
    while left < len(one) and right < len(other):
        start, end = max(one[left][0], other[right][0]), min(one[left][1], other[right][1])
        if start < end:
            found.append((start, end))
        if one[left][1] <= other[right][1]:
            left += 1
        else:
            right += 1
    return tuple(found)


def slots(shared: Sequence[Interval], minutes: int, after: datetime, most: int = 5) -> tuple[Interval, ...]:
    """At most `most` sessions of `minutes` inside `shared`, none before `after`, earliest first.

    Each stretch gives one on a full or half hour where it has room for that; if there are fewer stretches
    than `most`, they give further ones, so that the choice is spread over the days first.
    """
    length = timedelta(minutes=minutes)
    queues = [list(_starts(max(start, after), end, length)) for start, end in shared]
    chosen: list[datetime] = []
    while len(chosen) < most and any(queues):
        for queue in queues:
            if queue and len(chosen) < most:
                chosen.append(queue.pop(0))
    return tuple((start, start + length) for start in sorted(chosen))


def _starts(start: datetime, end: datetime, length: timedelta) -> Iterator[datetime]:
    """Where a session can begin in a stretch without overlapping another of its own."""
    first = _on_the_half_hour(start)
    if first + length > end:
        first = start
    while first + length <= end:
        yield first
        first += length if length % HALF_HOUR == timedelta(0) else length + HALF_HOUR - length % HALF_HOUR


def _on_the_half_hour(instant: datetime) -> datetime:
    """The first full or half hour at or after an instant."""
    whole = instant.replace(minute=0, second=0, microsecond=0)
    return whole + -(-(instant - whole) // HALF_HOUR) * HALF_HOUR
