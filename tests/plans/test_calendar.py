from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plans import calendar
from plans.calendar import Part

DAY = timedelta(days=1)
BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")

# The only dates since 1990 on which a whole zone went without a day.
SKIPPED = {
    ("Pacific/Apia", date(2011, 12, 30)),
    ("Pacific/Fakaofo", date(2011, 12, 30)),
    ("Pacific/Enderbury", date(1994, 12, 31)),
    ("Pacific/Kanton", date(1994, 12, 31)),
    ("Pacific/Kiritimati", date(1994, 12, 31)),
    ("Pacific/Kwajalein", date(1993, 8, 21)),
}
OTHER_NAMES = {"Kwajalein": "Pacific/Kwajalein"}

mondays = st.integers(0, 3000).map(lambda weeks: date(2000, 1, 3) + timedelta(weeks=weeks))
dates = st.dates(date(1990, 1, 1), date(2037, 12, 31))
zones = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)


@cache
def transitions(name: str) -> tuple[tuple[datetime, timedelta, timedelta], ...]:
    """Each kind of jump of a zone's clock from 1990 to 2035, once: when, and the offsets around it.

    Jumps of a kind go from the same offset to the same other at the same time of day. No zone has jumped
    to and back within nine days, so nine-day steps meet each of them.
    """
    zone = ZoneInfo(name)
    kinds: dict[tuple[timedelta, timedelta, time], datetime] = {}
    step = timedelta(days=9)
    start, before = datetime(1990, 1, 1, tzinfo=UTC), offset(datetime(1990, 1, 1, tzinfo=UTC), zone)
    while start.year < 2036:
        end = start + step
        after = offset(end, zone)
        if after != before:
            jump = moment(start, end, zone)
            kinds.setdefault((before, after, (jump + before).time()), jump)
        start, before = end, after
    return tuple((jump, before, after) for (before, after, _), jump in kinds.items())


def offset(instant: datetime, zone: ZoneInfo) -> timedelta:
    found = instant.astimezone(zone).utcoffset()
    assert found is not None
    return found


def moment(start: datetime, end: datetime, zone: ZoneInfo) -> datetime:
    """The first second after `start` at which the zone's offset is another one."""
    while end - start > timedelta(seconds=1):
        middle = (start + (end - start) / 2).replace(microsecond=0)
        if offset(middle, zone) == offset(start, zone):
            start = middle
        else:
            end = middle
    return end


def times_around(jump: datetime, before: timedelta, after: timedelta) -> list[time]:
    """Times of day on and beside both edges of a jump, and some far from it."""
    edges = [jump + before, jump + after]
    near = [edge + timedelta(minutes=minutes) for edge in edges for minutes in (-1, 0, 1, 20)]
    return sorted({moment.time() for moment in near} | {time(0), time(9), time(23, 59)})


def dates_around(jump: datetime, before: timedelta) -> Iterator[date]:
    first = (jump + before).date()
    yield from (first + days * DAY for days in range(-1, 3))


def test_in_every_zone_each_time_of_each_day_comes_once_in_order_and_only_six_days_were_skipped() -> None:
    skipped = set()
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        for jump, before, after in transitions(name):
            last = datetime(1900, 1, 1, tzinfo=UTC)
            for day in dates_around(jump, before):
                for at in times_around(jump, before, after):
                    instant = calendar.occurrence(day, at, zone)
                    if instant is None:
                        skipped.add((OTHER_NAMES.get(name, name), day))
                        continue
                    assert instant >= last, f"{name} {day} {at}"
                    wall = instant.astimezone(zone).replace(tzinfo=None)
                    assert wall >= datetime.combine(day, at), f"{name} {day} {at}"
                    last = instant
    assert skipped == SKIPPED


@pytest.mark.parametrize(
    ("zone", "day", "at", "comes"),
    [
        ("America/New_York", date(2026, 3, 8), time(2, 30), "2026-03-08T03:00:00-04:00"),
        ("America/New_York", date(2026, 11, 1), time(1, 30), "2026-11-01T01:30:00-04:00"),
        ("Europe/London", date(2026, 3, 29), time(1, 30), "2026-03-29T02:00:00+01:00"),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-04T02:30:00+11:00"),
        ("Australia/Lord_Howe", date(2026, 4, 5), time(1, 45), "2026-04-05T01:45:00+11:00"),
        ("Africa/Cairo", date(2026, 4, 24), time(0), "2026-04-24T01:00:00+03:00"),
        ("America/Godthab", date(2026, 3, 28), time(23, 30), "2026-03-29T00:00:00-01:00"),
        ("Asia/Kathmandu", date(2026, 6, 1), time(8), "2026-06-01T08:00:00+05:45"),
    ],
)
def test_a_time_that_is_skipped_comes_at_the_end_of_the_gap_and_one_that_is_repeated_comes_first(
    zone: str, day: date, at: time, comes: str
) -> None:
    instant = calendar.occurrence(day, at, ZoneInfo(zone))
    assert instant is not None
    assert instant.tzinfo is UTC
    assert instant.astimezone(ZoneInfo(zone)).isoformat() == comes


def test_a_day_that_samoa_never_had_has_no_morning() -> None:
    assert calendar.occurrence(date(2011, 12, 30), time(9), ZoneInfo("Pacific/Apia")) is None


@given(dates, st.times().map(lambda at: at.replace(microsecond=0)), zones)
@example(date(2026, 3, 29), time(2, 30), BERLIN)
def test_an_ordinary_time_reads_as_itself_on_the_wall(day: date, at: time, zone: ZoneInfo) -> None:
    instant = calendar.occurrence(day, at, zone)
    if instant is not None and instant.astimezone(zone).date() == day:
        assert instant.astimezone(zone).time() >= at


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - UTC is given
    st.times().map(lambda at: at.replace(microsecond=0)),
    zones,
    st.none() | st.frozensets(st.integers(0, 6), min_size=1),
)
@example(datetime(2011, 12, 30, 9, tzinfo=UTC), time(9), ZoneInfo("Pacific/Apia"), frozenset({4}))
@example(datetime(2026, 3, 28, 23, 30, tzinfo=UTC), time(23, 30), ZoneInfo("America/Godthab"), None)
def test_the_next_time_is_the_first_one_after_now_on_one_of_the_days(
    now: datetime, at: time, zone: ZoneInfo, weekdays: frozenset[int] | None
) -> None:
    day, instant = calendar.next_occurrence(now, at, zone, weekdays)
    assert instant > now
    assert calendar.occurrence(day, at, zone) == instant
    assert weekdays is None or day.weekday() in weekdays
    earlier = calendar.local_day(now, zone) - 2 * DAY
    while earlier < day:
        passed = calendar.occurrence(earlier, at, zone)
        wanted = weekdays is None or earlier.weekday() in weekdays
        assert not wanted or passed is None or passed <= now
        earlier += DAY


def test_a_post_time_that_has_just_come_is_followed_by_tomorrows() -> None:
    now = datetime(2026, 11, 16, 8, tzinfo=BERLIN)
    assert calendar.next_occurrence(now, time(8), BERLIN).day == date(2026, 11, 17)


def test_a_gap_over_midnight_keeps_the_day_before_as_its_key() -> None:
    now = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # 22:30 on the 28th in Nuuk; the clock jumps at 23:00
    found = calendar.next_occurrence(now, time(23, 30), ZoneInfo("America/Godthab"))
    assert found.day == date(2026, 3, 28)


def test_an_instant_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 11, 16, 8)  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError, match="naive"):
        calendar.local_day(naive, BERLIN)
    with pytest.raises(ValueError, match="naive"):
        calendar.next_occurrence(naive, time(8), BERLIN)


def test_a_wall_clock_time_with_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="carries a zone"):
        calendar.occurrence(date(2026, 11, 16), time(8, tzinfo=UTC), BERLIN)


def test_no_weekdays_at_all_are_refused() -> None:
    with pytest.raises(ValueError, match="no day"):
        calendar.next_occurrence(datetime(2026, 11, 16, tzinfo=UTC), time(8), BERLIN, frozenset())


@given(dates, zones)
@example(date(2026, 4, 24), ZoneInfo("Africa/Cairo"))
@example(date(2011, 12, 30), ZoneInfo("Pacific/Apia"))
def test_days_follow_each_other_without_a_hole(day: date, zone: ZoneInfo) -> None:
    start, end = calendar.day_span(day, zone)
    assert start <= end == calendar.day_span(day + DAY, zone)[0]
    assert start == end or calendar.local_day(start, zone) == day


def test_a_day_of_the_clock_change_has_23_or_25_hours() -> None:
    lengths = [end - start for start, end in (calendar.day_span(d, BERLIN) for d in SUNDAYS_OF_CHANGE)]
    assert lengths == [timedelta(hours=23), timedelta(hours=25)]


SUNDAYS_OF_CHANGE = (date(2026, 3, 29), date(2026, 10, 25))


def test_a_day_that_was_skipped_spans_nothing() -> None:
    start, end = calendar.day_span(date(2011, 12, 30), ZoneInfo("Pacific/Apia"))
    assert start == end


def test_the_same_instant_is_monday_in_berlin_and_still_sunday_in_new_york() -> None:
    now = datetime(2026, 11, 15, 23, 30, tzinfo=UTC)
    assert calendar.local_day(now, BERLIN) == date(2026, 11, 16)
    assert calendar.local_day(now, NEW_YORK) == date(2026, 11, 15)


@given(st.dates(date(1, 1, 8), date(9999, 12, 20)))
def test_a_week_runs_from_its_monday_to_the_day_before_the_next(day: date) -> None:
    monday = calendar.monday_of(day)
    assert monday.weekday() == 0
    assert monday <= day < calendar.next_monday(day)


def test_weeks_are_labelled_so_that_they_sort_over_new_year() -> None:
    assert calendar.week_label(date(2026, 12, 31)) == "2026-W53"
    assert calendar.week_label(date(2027, 1, 3)) == "2026-W53"
    assert calendar.week_label(date(2027, 1, 4)) == "2027-W01"
    assert calendar.week_number(date(2026, 11, 16)) == 47


def test_the_interview_is_counted_in_days() -> None:
    assert calendar.days_to(date(2027, 1, 21), date(2026, 12, 21)) == 31
    assert calendar.days_to(date(2026, 12, 20), date(2026, 12, 21)) == -1


START = date(2026, 11, 2)


def test_before_its_first_monday_nobody_is_in_the_plan() -> None:
    place = calendar.place(START, START - DAY, 12)
    assert (place.part, place.week) == (Part.BEFORE, None)


def test_the_first_day_is_the_monday_of_week_one() -> None:
    place = calendar.place(START, START, 12)
    assert (place.part, place.week, place.weekday) == (Part.IN, 1, 0)


def test_after_its_last_sunday_the_plan_is_over() -> None:
    end = calendar.last_day(START, 12)
    assert calendar.place(START, end, 12).week == 12
    assert calendar.place(START, end + DAY, 12).part is Part.AFTER


def test_an_inserted_week_holds_its_plan_week_and_the_week_after_holds_it_again() -> None:
    third = START + timedelta(weeks=2)
    weeks = [calendar.place(START, START + timedelta(weeks=n), 4, (third,)) for n in range(6)]
    assert [place.week for place in weeks] == [1, 2, 3, 3, 4, None]
    assert [place.repeats for place in weeks] == [False, False, False, True, False, False]


def test_an_extension_after_the_end_lengthens_nothing() -> None:
    late = START + timedelta(weeks=20)
    assert calendar.last_day(START, 4, (late,)) == calendar.last_day(START, 4)


def test_a_plan_that_does_not_start_on_a_monday_is_refused() -> None:
    with pytest.raises(ValueError, match="not a Monday"):
        calendar.place(START + DAY, START, 4)


@given(mondays, st.integers(1, 26), st.lists(st.integers(0, 30), max_size=6))
def test_every_week_of_the_plan_comes_in_order_however_often_it_is_extended(
    start: date, weeks: int, inserted: list[int]
) -> None:
    extensions = tuple(start + timedelta(weeks=n) for n in inserted)
    end = calendar.last_day(start, weeks, extensions)
    days = ((end - start).days + 1) // 7
    seen = [calendar.place(start, start + timedelta(weeks=n), weeks, extensions).week for n in range(days)]
    assert sorted(set(seen), key=str) == sorted(range(1, weeks + 1), key=str)
    assert seen == sorted(number for number in seen if number is not None)
    assert calendar.place(start, end, weeks, extensions).week == weeks
    assert calendar.place(start, end + DAY, weeks, extensions).part is Part.AFTER


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_a_weeks_label_leads_back_to_its_monday(day: date) -> None:
    assert calendar.monday_of_label(calendar.week_label(day)) == calendar.monday_of(day)
