"""When people have time: the same hours every week, and the stretches of real time that they make.

Weekly hours are wall-clock times in somebody's own zone (what they type is read in `plans.hours`). An
interval is a pair of instants in UTC, its end not included; a calendar is a sorted tuple of intervals that
neither overlap nor touch.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import reduce
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

from plans import calendar
from plans.calendar import DAY

Interval = tuple[datetime, datetime]

MINUTES_A_DAY = 24 * 60
MINUTES_A_WEEK = 7 * MINUTES_A_DAY
MOST_SLOTS = 5
CIVIL = (time(8), time(22))  # ours: nobody is first offered an hour outside of these
HALF_HOUR, FIVE_MINUTES = timedelta(minutes=30), timedelta(minutes=5)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of one weekday (0 is Monday), to the minute.

    An `end` that is not later than `start` is on the next day: 18:00 to 00:00 ends at midnight, and a span
    that ends as it starts lasts the whole day round.
    """

    weekday: int
    start: time
    end: time

    def __post_init__(self) -> None:
        """Refuse what is no time of a week.

        Raises:
            ValueError: a weekday outside of 0 to 6, a time with seconds or with a zone.
        """
        if not 0 <= self.weekday < 7:
            raise ValueError(f"weekdays are 0 to 6, not {self.weekday}")
        for at in (self.start, self.end):
            if at.tzinfo is not None or at.second or at.microsecond:
                raise ValueError(f"{at!r} is not a whole minute on the wall")

    @property
    def minutes(self) -> range:
        """The minutes of the week that it covers; past Sunday's midnight they go on counting."""
        start, end = _minute(self.start), _minute(self.end)
        first = self.weekday * MINUTES_A_DAY + start
        return range(first, first + (end - start if end > start else end - start + MINUTES_A_DAY))


Hours = tuple[Span, ...]


class Preset(NamedTuple):
    """Hours that many people have, to be ticked in a form."""

    label: str
    hours: Hours


def _on(weekdays: Iterable[int], start: int, end: int) -> Hours:
    """The same full hours on several days."""
    return tuple(Span(day, time(start), time(end)) for day in weekdays)


PRESETS: Mapping[str, Preset] = MappingProxyType(
    {
        "weekday_mornings": Preset("Weekday mornings, 7-9", _on(range(5), 7, 9)),
        "weekday_lunch": Preset("Weekday lunchtime, 12-14", _on(range(5), 12, 14)),
        "weekday_evenings": Preset("Weekday evenings, 18-21", _on(range(5), 18, 21)),
        "late_evenings": Preset("Late weekday evenings, 21-23", _on(range(5), 21, 23)),
        "saturday_morning": Preset("Saturday morning, 9-12", _on([5], 9, 12)),
        "saturday_afternoon": Preset("Saturday afternoon, 13-17", _on([5], 13, 17)),
        "sunday_morning": Preset("Sunday morning, 9-12", _on([6], 9, 12)),
        "sunday_afternoon": Preset("Sunday afternoon, 13-17", _on([6], 13, 17)),
        "sunday_evening": Preset("Sunday evening, 18-21", _on([6], 18, 21)),
    }
)
# What is taken for granted of somebody who has said nothing: the commonest free time of people with a job.
ASSUMED: Hours = (*_on(range(5), 18, 21), *_on((5, 6), 9, 12))
ANY_TIME: Hours = _on(range(7), 0, 0)


def merge(*several: Hours) -> Hours:
    """All of these hours in their one canonical form: sorted, nothing twice, nothing that touches.

    What lasts longer than a day is cut at its midnights; whatever else crosses midnight stays in one piece.
    """
    return _spans({minute % MINUTES_A_WEEK for hours in several for span in hours for minute in span.minutes})


def without(hours: Hours, taken: Hours) -> Hours:
    """The hours minus others, in canonical form."""
    rest = {minute % MINUTES_A_WEEK for span in hours for minute in span.minutes}
    return _spans(rest - {minute % MINUTES_A_WEEK for span in taken for minute in span.minutes})


def ticked(hours: Hours) -> tuple[tuple[str, ...], Hours]:
    """Which presets these hours hold completely, and the hours that remain: a form's boxes and its text."""
    keys = tuple(key for key, preset in PRESETS.items() if not without(preset.hours, hours))
    return keys, without(hours, merge(*(PRESETS[key].hours for key in keys)))


def _spans(minutes: set[int]) -> Hours:
    """The minutes of a week as spans."""
    starts = sorted(minute for minute in minutes if (minute - 1) % MINUTES_A_WEEK not in minutes)
    ends = sorted(minute + 1 for minute in minutes if (minute + 1) % MINUTES_A_WEEK not in minutes)
    if minutes and not starts:
        return ANY_TIME
    if ends and ends[0] < starts[0]:  # the last stretch goes on past Sunday's midnight
        ends = [*ends[1:], ends[0] + MINUTES_A_WEEK]
    return tuple(sorted(span for pair in zip(starts, ends, strict=True) for span in _pieces(*pair)))


def _pieces(start: int, end: int) -> Iterable[Span]:
    """A stretch of the week as spans of at most a day."""
    while end - start > MINUTES_A_DAY:
        midnight = (start // MINUTES_A_DAY + 1) * MINUTES_A_DAY
        yield _span(start, midnight)
        start = midnight
    yield _span(start, end)


def _span(start: int, end: int) -> Span:
    """The span between two minutes of the week."""
    return Span(start // MINUTES_A_DAY % 7, _time(start), _time(end))


def _minute(at: time) -> int:
    """The minute of the day."""
    return at.hour * 60 + at.minute


def _time(minute: int) -> time:
    """The time of day of a minute of the week."""
    return time(*divmod(minute % MINUTES_A_DAY, 60))


def to_json(hours: Hours) -> list[list[int | str]]:
    """The hours as JSON keeps them: `[[0, "18:00", "21:00"], ...]`."""
    return [[span.weekday, f"{span.start:%H:%M}", f"{span.end:%H:%M}"] for span in hours]


def from_json(stored: Iterable[Sequence[int | str]]) -> Hours:
    """The hours that `to_json` wrote.

    Raises:
        ValueError: it wrote something else.
    """
    return tuple(
        Span(int(day), time.fromisoformat(str(start)), time.fromisoformat(str(end)))
        for day, start, end in stored
    )


def intervals(hours: Hours, zone: ZoneInfo, since: datetime, until: datetime) -> tuple[Interval, ...]:
    """The calendar that weekly hours in a zone make between two instants.

    A time that the clock jumps over stands for the end of the gap; a time that comes twice stands for its
    first coming, at the start of a span as at its end.

    Raises:
        ValueError: `since` or `until` is naive.
    """
    first, last = calendar.local_day(since, zone), calendar.local_day(until, zone)
    days = [first + number * DAY for number in range(-1, (last - first).days + 1)]
    found = (_on_day(span, day, zone) for day in days for span in hours if span.weekday == day.weekday())
    clipped = ((max(start, since), min(end, until)) for start, end in (each for each in found if each))
    return _joined((start.astimezone(UTC), end.astimezone(UTC)) for start, end in clipped if start < end)


def _on_day(span: Span, day: date, zone: ZoneInfo) -> Interval | None:
    """What a span is on a day; None on a day that the zone skipped."""
    start = calendar.occurrence(day, span.start, zone)
    last = day if span.end > span.start else day + DAY
    # A last day that was skipped ends where the day begins that came instead.
    end = calendar.occurrence(last, span.end, zone) or calendar.day_span(last, zone)[0]
    return None if start is None else (start, end)


def _joined(pieces: Iterable[Interval]) -> tuple[Interval, ...]:
    """Intervals in any order as a calendar."""
    joined: list[Interval] = []
    for start, end in sorted(pieces):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((start, end))
    return tuple(joined)


def common(*calendars: Sequence[Interval], minutes: int) -> tuple[Interval, ...]:
    """When all of these have time for at least so many minutes in one piece; nobody at all has none."""
    if not calendars:
        return ()
    shared = reduce(_shared, calendars)
    return tuple((start, end) for start, end in shared if end - start >= timedelta(minutes=minutes))


def _shared(one: Sequence[Interval], other: Sequence[Interval]) -> Sequence[Interval]:
    """What two calendars have in common."""
    found: list[Interval] = []
    left = right = 0
    while left < len(one) and right < len(other):
        start, end = max(one[left][0], other[right][0]), min(one[left][1], other[right][1])
        if start < end:
            found.append((start, end))
        if one[left][1] < other[right][1]:
            left += 1
        else:
            right += 1
    return found


def slots(
    common: Sequence[Interval],
    minutes: int,
    after: datetime,
    most: int = MOST_SLOTS,
    zones: Sequence[ZoneInfo] = (),
) -> tuple[Interval, ...]:
    """Proposals of so many minutes each, not before `after`, at most `most`, earliest first.

    Each day gives one before any gives its second; the earliest days come first. They begin on full or half
    hours where the common time allows, and inside 08:00 to 22:00 in all of `zones` where that is possible.
    Days, full and half hours are those of the first of `zones` (UTC without any). Slots of one day overlap
    only when there are no others.

    Raises:
        ValueError: `after` is naive.
    """
    if after.utcoffset() is None:
        raise ValueError(f"{after!r} is naive: an instant names its zone")
    home = zones[0] if zones else UTC
    days: dict[date, list[Interval]] = {}
    for slot in _possible(common, timedelta(minutes=minutes), after, home):
        days.setdefault(slot[0].astimezone(home).date(), []).append(slot)
    turns = [
        (_odd_hours(slot, zones), number, slot)
        for on_day in days.values()
        for number, slot in enumerate(_by_preference(on_day, zones))
    ]
    return tuple(sorted(slot for _, _, slot in sorted(turns)[:most]))


def _possible(
    common: Sequence[Interval], length: timedelta, after: datetime, home: tzinfo
) -> Iterable[Interval]:
    """Every slot on a half hour, and for an interval without one the slot at its beginning."""
    for begins, end in common:
        earliest = max(begins, after).astimezone(UTC)
        start = _rounded_up(earliest, HALF_HOUR, home)
        if start + length > end:
            start = _rounded_up(earliest, FIVE_MINUTES, home)
            start = start if start + length <= end else earliest
        while start + length <= end:
            yield start, start + length
            start += HALF_HOUR


def _rounded_up(instant: datetime, grid: timedelta, home: tzinfo) -> datetime:
    """The first instant on a zone's grid that is not before this one; Nepal's half hours are not UTC's."""
    ahead = instant.astimezone(home).utcoffset() or timedelta()
    return instant + (_EPOCH - instant - ahead) % grid


def _by_preference(on_day: Sequence[Interval], zones: Sequence[ZoneInfo]) -> Iterable[Interval]:
    """A day's slots: at decent hours before others, then as many as possible that do not overlap."""
    apart: list[Interval] = []
    for slot in sorted(on_day, key=lambda slot: (_odd_hours(slot, zones), slot)):
        if all(slot[1] <= other[0] or other[1] <= slot[0] for other in apart):
            apart.append(slot)
    return sorted(on_day, key=lambda slot: (_odd_hours(slot, zones), slot not in apart, slot))


def _odd_hours(slot: Interval, zones: Sequence[ZoneInfo]) -> int:
    """In how many of the zones the slot lies outside of decent hours."""
    return sum(not _is_decent(slot, zone) for zone in zones)


def _is_decent(slot: Interval, zone: ZoneInfo) -> bool:
    """Whether a slot begins and ends at decent hours of one day."""
    start, end = (instant.astimezone(zone) for instant in slot)
    return CIVIL[0] <= start.time() and end.time() <= CIVIL[1] and start.date() == end.date()
