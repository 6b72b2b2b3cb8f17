"""Which local day it is, when a wall clock shows a time, and which plan week a date lies in.

An instant is an aware datetime, answered in UTC. A day is a date in somebody's zone. Weekdays are
counted 0 to 6 from Monday.
"""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from plans.model import Value

WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)
MIDNIGHT = time(0)
# Eight days from today hold every weekday's next turn; a skipped date (Samoa, 2011) costs one more week.
FURTHEST = 15


class Occurrence(NamedTuple):
    """A wall-clock time on a local day, and the instant at which it comes."""

    day: date
    instant: datetime


class Part(StrEnum):
    """Where a date lies, seen from a plan."""

    BEFORE = "before"
    IN = "in"
    AFTER = "after"


class Place(Value):
    """Where a date lies in a plan that somebody takes.

    `week` is the plan's week, None outside the plan. `calendar_week` counts from the plan's first Monday
    as 1. `repeats` says that the calendar week before held the same plan week.
    """

    part: Part
    week: int | None
    weekday: int
    calendar_week: int
    repeats: bool = False


def _aware(instant: datetime) -> datetime:
    """The same instant, or a ValueError if it does not say where it was read."""
    if instant.utcoffset() is None:
        raise ValueError(f"{instant!r} is naive: an instant names its zone")
    return instant


def occurrence(day: date, at: time, zone: ZoneInfo) -> datetime | None:
    """The first instant (UTC) at which the wall clock in `zone` shows `at` on `day`, or later.

    In the repeated hour of autumn that is the first of the two; a time inside the gap of spring comes at
    the end of the gap. None for a day that the zone skipped.

    Raises:
        ValueError: `at` carries a zone of its own.
    """
    if at.tzinfo is not None:
        raise ValueError(f"{at!r} carries a zone: a wall-clock time is naive")
    wall = datetime.combine(day, at, tzinfo=zone)
    after = wall.astimezone(UTC)
    if _wall(after, zone) == wall.replace(tzinfo=None):
        return after
    # In a gap the later reading (fold=1) lies before it and the earlier one (fold=0) after it.
    return _end_of_gap(wall, wall.replace(fold=1).astimezone(UTC), after, zone)


def _end_of_gap(wall: datetime, before: datetime, after: datetime, zone: ZoneInfo) -> datetime | None:
    """The first whole second past the gap that `wall` fell into; None if the whole day fell into it."""
    naive = wall.replace(tzinfo=None)
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if _wall(middle, zone) < naive:
            before = max(middle, before + timedelta(seconds=1))
        else:
            after = middle
    days = (_wall(before, zone).date(), _wall(after, zone).date())
    return after if wall.date() in days else None


def _wall(instant: datetime, zone: ZoneInfo) -> datetime:
    """What the clock on the wall shows, without a zone."""
    return instant.astimezone(zone).replace(tzinfo=None)


def next_occurrence(
    after: datetime, at: time, zone: ZoneInfo, weekdays: frozenset[int] | None = None
) -> Occurrence:
    """The first time after `after` (strictly) that the clock in `zone` shows `at` on one of `weekdays`.

    Without `weekdays`, any day. The day is the nominal one, even where a gap moves the instant past midnight.

    Raises:
        ValueError: `after` is naive, or `weekdays` is empty.
    """
    today = local_day(after, zone)
    for offset in range(FURTHEST):
        day = today + offset * DAY
        if weekdays is not None and day.weekday() not in weekdays:
            continue
        instant = occurrence(day, at, zone)
        if instant is not None and instant > after:
            return Occurrence(day, instant)
    raise ValueError(f"no day of {sorted(weekdays or ())} comes round")


def local_day(now: datetime, zone: ZoneInfo) -> date:
    """The date on the wall in `zone` at the instant `now`.

    Raises:
        ValueError: `now` is naive.
    """
    return _aware(now).astimezone(zone).date()


def day_span(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first instant of `day` in `zone` and the first one after it, both UTC.

    Midnight may not exist (Cairo, April): the day then starts at the end of the gap. A day that the zone
    skipped spans nothing: both ends are the start of the day that came instead.
    """
    return _start(day, zone), _start(day + DAY, zone)


def _start(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of `day`, or of the next day that exists."""
    return occurrence(day, MIDNIGHT, zone) or _start(day + DAY, zone)


def monday_of(day: date) -> date:
    """The Monday of the week that holds `day`: weeks run Monday to Sunday."""
    return day - day.weekday() * DAY


def next_monday(day: date) -> date:
    """The Monday of the week after `day`'s, also when `day` is a Monday."""
    return monday_of(day) + WEEK


def week_label(day: date) -> str:
    """The ISO week of `day`, which sorts as it reads: "2026-W47"."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def monday_of_label(label: str) -> date:
    """The Monday of a week written as `week_label` writes it.

    Raises:
        ValueError: the label names no week.
    """
    year, _, week = label.partition("-W")
    return date.fromisocalendar(int(year), int(week), 1)


def week_number(day: date) -> int:
    """The ISO week's number, as people say it: 47."""
    return day.isocalendar().week


def days_to(interview: date, today: date) -> int:
    """Days until the interview: 0 on its day, negative afterwards."""
    return (interview - today).days


def place(start: date, today: date, weeks: int, extensions: tuple[date, ...] = ()) -> Place:
    """Where `today` lies in a plan of `weeks` weeks that began on the Monday `start`.

    `extensions` are the Mondays of calendar weeks that were inserted. An inserted week holds the plan week
    that stood there, and the calendar week after it holds the same one again: the plan week of calendar
    week k is k minus the number of extensions in earlier weeks.

    Raises:
        ValueError: `start` or an extension is not a Monday.
    """
    inserted = _inserted(start, extensions)
    monday = monday_of(today)
    calendar_week = (monday - start) // WEEK + 1
    number = calendar_week - sum(extension < monday for extension in inserted)
    part = Part.BEFORE if today < start else Part.IN if number <= weeks else Part.AFTER
    return Place(
        part=part,
        week=number if part is Part.IN else None,
        weekday=today.weekday(),
        calendar_week=calendar_week,
        repeats=part is Part.IN and monday - WEEK in inserted,
    )


def last_day(start: date, weeks: int, extensions: tuple[date, ...] = ()) -> date:
    """The Sunday on which the plan ends, its extensions included.

    Raises:
        ValueError: `start` or an extension is not a Monday.
    """
    end = start + weeks * WEEK
    for extension in sorted(_inserted(start, extensions)):
        if extension < end:  # a week inserted after the end lengthens nothing
            end += WEEK
    return end - DAY


def _inserted(start: date, extensions: tuple[date, ...]) -> frozenset[date]:
    """The extensions that lie in or after the plan, each once."""
    for monday in (start, *extensions):
        if monday.weekday() != 0:
            raise ValueError(f"{monday} is not a Monday")
    return frozenset(extension for extension in extensions if extension >= start)


def days_of_week(monday: date) -> tuple[date, ...]:
    """The seven days of the week that begins on `monday`."""
    return tuple(monday + number * DAY for number in range(7))
