"""Whose holidays a week has, in whose words, and where a time zone lies."""

from __future__ import annotations

from datetime import date

import pytest

from plans import public_holidays
from plans.public_holidays import Holiday


@pytest.mark.parametrize(
    ("country", "monday", "names"),
    [
        ("DE", date(2026, 12, 21), {25: "Christmas Day", 26: "Second Day of Christmas"}),
        ("DE", date(2026, 3, 30), {3: "Good Friday"}),
        ("US", date(2026, 11, 23), {26: "Thanksgiving Day"}),
        ("GB", date(2026, 11, 23), {}),
        ("JP", date(2026, 11, 23), {23: "Labor Thanksgiving Day"}),
        ("FR", date(2026, 7, 13), {14: "National Day"}),
        ("XX", date(2026, 12, 21), {}),
        ("", date(2026, 12, 21), {}),
    ],
)
def test_the_holidays_of_a_week_have_their_english_names(
    country: str, monday: date, names: dict[int, str]
) -> None:
    assert {day.day: name for day, name in public_holidays.of_week(country, monday)} == names


def test_a_week_over_new_year_knows_both_years() -> None:
    assert [day for day, _ in public_holidays.of_week("DE", date(2026, 12, 28))] == [date(2027, 1, 1)]


def test_a_holiday_on_a_day_off_is_none() -> None:
    assert public_holidays.of_week("DE", date(2026, 12, 21), {4, 5, 6}) == ()


def test_several_holidays_span_what_lies_between_them() -> None:
    first, last = date(2026, 12, 24), date(2026, 12, 26)
    assert public_holidays.span([Holiday(last, "B"), Holiday(first, "A")]) == (first, last)
    assert public_holidays.span([Holiday(first, "A")]) == (first, first)
    with pytest.raises(ValueError, match="a span needs a holiday"):
        public_holidays.span([])


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/Berlin", "DE"),
        ("Europe/Amsterdam", "NL"),
        ("Europe/London", "GB"),
        ("America/New_York", "US"),
        ("US/Pacific", "US"),
        ("Asia/Calcutta", "IN"),
        ("Asia/Kolkata", "IN"),
        ("America/Buenos_Aires", "AR"),
        ("UTC", None),
        ("Etc/GMT-3", None),
        ("Mars/Olympus", None),
    ],
)
def test_a_zone_lies_in_a_country_by_its_old_name_too(zone: str, country: str | None) -> None:
    assert public_holidays.of_zone(zone) == country


def test_every_country_has_a_name_of_its_own() -> None:
    countries = public_holidays.countries()
    assert len(countries) > 200
    assert len(set(countries.values())) == len(countries)
    assert all(len(code) == 2 and name for code, name in countries.items())
    assert list(countries.values()) == sorted(countries.values())
    assert (public_holidays.name_of("DE"), public_holidays.name_of("ZZ")) == ("Germany", "ZZ")
