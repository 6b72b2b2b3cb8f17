import json
from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate, pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import availability
from plans.availability import ANY_TIME, ASSUMED, PRESETS, Hours, Interval, Span, merge
from tests.plans.weekly import weekly

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
SOME_MONDAY = datetime(2026, 11, 16, tzinfo=UTC)
BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")

zones = st.sampled_from(sorted(available_timezones() - {"localtime"})).map(ZoneInfo)
instants = st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1)).map(  # noqa: DTZ001 the zone follows
    lambda naive: naive.replace(second=0, microsecond=0, tzinfo=UTC)
)


def at(hour: float, day: int = 0) -> datetime:
    return SOME_MONDAY + timedelta(days=day, hours=hour)


def minutes_of(week: Hours) -> set[int]:
    return {minute % (7 * 24 * 60) for span in week for minute in span.minutes}


def is_calendar(found: tuple[Interval, ...]) -> bool:
    return all(start < end for start, end in found) and all(one[1] < two[0] for one, two in pairwise(found))


@st.composite
def stretches(draw: st.DrawFn) -> tuple[ZoneInfo, datetime, datetime]:
    """A zone and a few days in it, around a change of its clock where it has one in the year that follows."""
    zone, since = draw(zones), draw(instants)
    offsets = [(since + number * DAY).astimezone(zone).utcoffset() for number in range(366)]
    changes = [number for number in range(365) if offsets[number] != offsets[number + 1]]
    if changes:
        since += draw(st.sampled_from(changes)) * DAY - draw(st.integers(0, 3 * 24 * 60)) * MINUTE
    return zone, since, since + draw(st.integers(1, 5 * 24 * 60)) * MINUTE


@st.composite
def calendars(draw: st.DrawFn) -> tuple[Interval, ...]:
    edges = sorted(draw(st.sets(st.integers(0, 4 * 24 * 12), max_size=16)))
    bounds = [SOME_MONDAY + 5 * edge * MINUTE for edge in edges]
    return tuple(zip(bounds[::2], bounds[1::2], strict=False))


# Weekly hours


@pytest.mark.parametrize("weekday", [-1, 7])
def test_a_week_has_seven_days(weekday: int) -> None:
    with pytest.raises(ValueError, match="weekdays are 0 to 6"):
        Span(weekday, time(9), time(10))


@pytest.mark.parametrize("wrong", [time(9, 0, 1), time(9, tzinfo=UTC)])
def test_a_span_is_of_whole_minutes_on_a_wall(wrong: time) -> None:
    with pytest.raises(ValueError, match="whole minute"):
        Span(0, wrong, time(10))
    with pytest.raises(ValueError, match="whole minute"):
        Span(0, time(10), wrong)


@given(one=weekly, other=weekly)
def test_merging_covers_the_same_minutes_whoever_comes_first(one: Hours, other: Hours) -> None:
    merged = merge(one, other)
    assert minutes_of(merged) == minutes_of(one) | minutes_of(other)
    assert merged == merge(other, one) == merge(merged)


@given(week=weekly)
def test_merged_spans_are_sorted_and_none_overlaps_another(week: Hours) -> None:
    merged = merge(week)
    assert list(merged) == sorted(merged)
    assert sum(len(span.minutes) for span in merged) == len(minutes_of(week))


def test_spans_that_touch_become_one_even_over_midnight() -> None:
    parts = (Span(6, time(22), time(0)), Span(0, time(0), time(1)), Span(6, time(20), time(22)))
    assert merge(parts) == (Span(6, time(20), time(1)),)


@given(one=weekly, other=weekly)
def test_what_is_taken_away_is_gone_and_nothing_else(one: Hours, other: Hours) -> None:
    assert minutes_of(availability.without(one, other)) == minutes_of(one) - minutes_of(other)


@given(week=weekly, keys=st.sets(st.sampled_from(sorted(PRESETS))))
def test_a_form_that_is_filled_from_hours_gives_the_same_hours(week: Hours, keys: set[str]) -> None:
    week = merge(week, *(PRESETS[key].hours for key in keys))
    ticked, rest = availability.ticked(week)
    assert keys <= set(ticked)
    assert merge(rest, *(PRESETS[key].hours for key in ticked)) == week


@given(week=weekly)
def test_hours_survive_being_stored(week: Hours) -> None:
    assert availability.from_json(json.loads(json.dumps(availability.to_json(week)))) == week


@pytest.mark.parametrize("stored", [[[7, "18:00", "21:00"]], [[0, "18:00"]], [[0, "25:00", "26:00"]]])
def test_what_was_not_stored_by_us_is_refused(stored: list[list[int | str]]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        availability.from_json(stored)


def test_presets_fit_in_one_group_of_checkboxes_and_do_not_overlap() -> None:
    assert len(PRESETS) <= 9
    everything = merge(*(preset.hours for preset in PRESETS.values()))
    assert sum(len(minutes_of(preset.hours)) for preset in PRESETS.values()) == len(minutes_of(everything))
    assert minutes_of(ASSUMED) <= minutes_of(everything)


# Intervals


def by_the_wall(week: Hours, zone: ZoneInfo, since: datetime, until: datetime) -> set[datetime]:
    """The free minutes, found by looking at a wall clock in each minute."""
    first = since - 3 * DAY
    minutes = [first + number * MINUTE for number in range(int((until + 3 * DAY - first) / MINUTE))]
    walls = (minute.astimezone(zone).replace(tzinfo=None) for minute in minutes)
    furthest = list(
        accumulate(walls, max)
    )  # a clock that is put back shows nothing new until it has caught up
    free: set[datetime] = set()
    for number in range((until - since) // DAY + 4):
        day = since.astimezone(zone).date() + (number - 1) * DAY
        for span in week:
            if span.weekday == day.weekday():
                starts = datetime.combine(day, span.start)
                lasts = timedelta(minutes=len(span.minutes))
                free.update(minutes[bisect_left(furthest, starts) : bisect_left(furthest, starts + lasts)])
    return {minute for minute in free if since <= minute < until}


@given(week=weekly, stretch=stretches())
def test_intervals_are_what_the_clock_on_the_wall_shows(
    week: Hours, stretch: tuple[ZoneInfo, datetime, datetime]
) -> None:
    found = availability.intervals(week, *stretch)
    minutes = {
        start + number * MINUTE for start, end in found for number in range(int((end - start) / MINUTE))
    }
    assert minutes == by_the_wall(week, *stretch)


@given(week=weekly, stretch=stretches())
def test_intervals_are_a_calendar_in_utc(week: Hours, stretch: tuple[ZoneInfo, datetime, datetime]) -> None:
    found = availability.intervals(week, *stretch)
    assert is_calendar(found)
    assert all(instant.tzinfo is UTC for pair in found for instant in pair)


@given(stretch=stretches())
def test_who_has_time_at_any_time_has_all_of_it(stretch: tuple[ZoneInfo, datetime, datetime]) -> None:
    _, since, until = stretch
    assert availability.intervals(ANY_TIME, *stretch) == ((since, until),)


@given(week=weekly, stretch=stretches())
def test_merged_hours_make_the_same_intervals(
    week: Hours, stretch: tuple[ZoneInfo, datetime, datetime]
) -> None:
    assert availability.intervals(merge(week), *stretch) == availability.intervals(week, *stretch)


def test_an_evening_stays_at_six_on_both_sides_of_a_clock_change() -> None:
    sundays = (Span(6, time(18), time(21)),)
    found = availability.intervals(
        sundays, BERLIN, datetime(2026, 10, 12, tzinfo=UTC), datetime(2026, 10, 26, tzinfo=UTC)
    )
    assert [start.hour for start, _ in found] == [16, 17]
    assert {start.astimezone(BERLIN).hour for start, _ in found} == {18}


def test_a_night_in_which_the_clock_is_put_back_is_an_hour_longer() -> None:
    night = (Span(5, time(22), time(6)),)
    since = datetime(2026, 10, 20, tzinfo=UTC)
    ((start, end),) = availability.intervals(night, BERLIN, since, since + 7 * DAY)
    assert end - start == timedelta(hours=9)


def test_a_span_inside_the_gap_of_spring_is_nothing() -> None:
    gone = (Span(6, time(2, 15), time(2, 45)),)
    since = datetime(2026, 3, 2, tzinfo=UTC)
    assert availability.intervals(gone, NEW_YORK, since, since + 7 * DAY) == ()
    assert len(availability.intervals(gone, NEW_YORK, since, since + 14 * DAY)) == 1


def test_a_day_that_the_zone_skipped_has_no_hours() -> None:
    apia, since = ZoneInfo("Pacific/Apia"), datetime(2011, 12, 29, tzinfo=UTC)
    fridays = (Span(4, time(9), time(12)),)
    thursday_nights = (Span(3, time(22), time(2)),)
    assert availability.intervals(fridays, apia, since, since + 5 * DAY) == ()
    ((start, end),) = availability.intervals(thursday_nights, apia, since, since + 5 * DAY)
    assert end - start == timedelta(hours=2)
    assert end.astimezone(apia).date() == date(2011, 12, 31)


def test_naive_instants_are_refused() -> None:
    naive = SOME_MONDAY.replace(tzinfo=None)
    with pytest.raises(ValueError, match="naive"):
        availability.intervals(ASSUMED, BERLIN, naive, SOME_MONDAY)
    with pytest.raises(ValueError, match="naive"):
        availability.intervals(ASSUMED, BERLIN, SOME_MONDAY, naive)
    with pytest.raises(ValueError, match="naive"):
        availability.slots(((at(9), at(12)),), 60, naive)


# What several people share


@given(several=st.lists(calendars(), min_size=1, max_size=4), minutes=st.sampled_from([5, 60, 90]))
def test_common_time_is_everybodys_and_long_enough(several: list[tuple[Interval, ...]], minutes: int) -> None:
    found = availability.common(*several, minutes=minutes)
    assert is_calendar(found)
    for start, end in found:
        assert end - start >= minutes * MINUTE
        assert all(any(one <= start and end <= two for one, two in each) for each in several)


@given(several=st.lists(calendars(), min_size=1, max_size=4), at_minute=st.integers(0, 4 * 24 * 12))
def test_no_common_minute_is_missed(several: list[tuple[Interval, ...]], at_minute: int) -> None:
    instant = SOME_MONDAY + 5 * at_minute * MINUTE
    holds = [any(start <= instant < end for start, end in each) for each in several]
    found = availability.common(*several, minutes=0)
    assert any(start <= instant < end for start, end in found) == all(holds)


@given(several=st.lists(calendars(), min_size=1, max_size=4))
def test_common_time_does_not_depend_on_who_is_asked_first(several: list[tuple[Interval, ...]]) -> None:
    assert availability.common(*several, minutes=30) == availability.common(*several[::-1], minutes=30)


def test_nobody_has_no_common_time() -> None:
    assert availability.common(minutes=60) == ()


# Slots


@given(
    shared=calendars(),
    minutes=st.sampled_from([60, 90]),
    after=st.integers(-600, 4 * 24 * 60),
    most=st.integers(0, 6),
    around=st.lists(zones, max_size=3),
)
def test_slots_lie_in_the_common_time_and_ahead(
    shared: tuple[Interval, ...], minutes: int, after: int, most: int, around: list[ZoneInfo]
) -> None:
    now = SOME_MONDAY + after * MINUTE
    found = availability.slots(shared, minutes, now, most, around)
    assert len(set(found)) == len(found) <= most
    assert list(found) == sorted(found)
    for start, end in found:
        assert end - start == minutes * MINUTE
        assert start >= now
        assert any(begins <= start and end <= ends for begins, ends in shared)


@given(shared=calendars(), minutes=st.sampled_from([60, 90]), after=st.integers(-600, 4 * 24 * 60))
def test_there_is_a_slot_whenever_there_is_time_for_one(
    shared: tuple[Interval, ...], minutes: int, after: int
) -> None:
    now = SOME_MONDAY + after * MINUTE
    possible = any(end - max(start, now) >= minutes * MINUTE for start, end in shared)
    assert bool(availability.slots(shared, minutes, now)) == possible


@given(shared=calendars(), zone=zones)
def test_slots_begin_on_half_hours_of_the_first_zone_where_the_time_allows(
    shared: tuple[Interval, ...], zone: ZoneInfo
) -> None:
    for start, _ in availability.slots(shared, 60, SOME_MONDAY, 50, [zone]):
        (within,) = [(begins, ends) for begins, ends in shared if begins <= start < ends]
        if within[1] - within[0] >= timedelta(minutes=90):
            assert start.astimezone(zone).minute in (0, 30)


def test_half_hours_in_nepal_are_those_of_its_clock() -> None:
    nepal = ZoneInfo("Asia/Kathmandu")
    evening = availability.intervals((Span(0, time(18), time(21)),), nepal, SOME_MONDAY, at(0, 2))
    found = availability.slots(evening, 90, SOME_MONDAY, 5, [nepal])
    assert f"{found[0][0].astimezone(nepal):%H:%M}" == "18:00"


@given(days=st.sets(st.integers(0, 9), min_size=1), most=st.integers(1, 6))
def test_each_day_gives_one_before_any_gives_its_second(days: set[int], most: int) -> None:
    shared = [(at(9, day), at(17, day)) for day in sorted(days)]
    found = [start.date() for start, _ in availability.slots(shared, 60, SOME_MONDAY, most)]
    first = [at(0, day).date() for day in sorted(days)][:most]
    assert sorted(set(found)) == first
    assert max(map(found.count, first)) - min(map(found.count, first)) <= 1


def test_slots_of_a_day_overlap_only_when_there_are_no_others() -> None:
    long = availability.slots([(at(9), at(18))], 90, SOME_MONDAY)
    assert all(one[1] <= two[0] for one, two in pairwise(long))
    short = availability.slots([(at(18), at(20))], 90, SOME_MONDAY)
    assert [start for start, _ in short] == [at(18), at(18.5)]


def test_slots_at_decent_hours_for_everybody_come_before_others() -> None:
    night_and_day = [(at(1), at(5)), (at(15), at(17)), (at(25), at(29)), (at(39), at(41))]
    found = availability.slots(night_and_day, 60, SOME_MONDAY, 2, [BERLIN, NEW_YORK])
    assert [start for start, _ in found] == [at(15), at(39)]


def test_odd_hours_are_offered_where_there_is_nothing_else() -> None:
    assert availability.slots([(at(1), at(3))], 90, SOME_MONDAY, 1, [BERLIN]) == ((at(1), at(2.5)),)


def test_a_slot_that_begins_now_is_rounded_up_to_five_minutes_if_it_still_fits() -> None:
    shared = [(at(18), at(19) + 10 * MINUTE)]
    ((start, _),) = availability.slots(shared, 60, at(18) + 7 * MINUTE)
    assert start == at(18) + 10 * MINUTE
    ((start, _),) = availability.slots(shared, 65, at(18) + 4 * MINUTE)
    assert start == at(18) + 5 * MINUTE
    ((start, _),) = availability.slots(shared, 67, at(18) + 3 * MINUTE)
    assert start == at(18) + 3 * MINUTE
