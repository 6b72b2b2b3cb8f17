"""The public holidays of a week, by country, from the `holidays` library; and which country a time zone says.

Countries are ISO 3166 codes of two letters. Names are in English where the library has them so.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from functools import cache
from importlib import resources
from typing import NamedTuple

import holidays

from plans.calendar import days_of_week

ENGLISH = "en_US"


class Holiday(NamedTuple):
    """A public holiday."""

    day: date
    name: str


def of_week(country: str, monday: date, days_off: AbstractSet[int] = frozenset()) -> tuple[Holiday, ...]:
    """The country's public holidays in the week of `monday` that are not `days_off` (0 to 6 from Monday).

    None for a country that the library does not know.
    """
    days = [day for day in days_of_week(monday) if day.weekday() not in days_off]
    found = [(day, _of_year(country, day.year).get(day)) for day in days]
    return tuple(Holiday(day, name) for day, name in found if name)


def span(found: Sequence[Holiday]) -> tuple[date, date]:
    """The first and the last day that the holidays of a week make lighter, what lies between them included.

    Raises:
        ValueError: there are none.
    """
    if not found:
        raise ValueError("a span needs a holiday")
    days = sorted(holiday.day for holiday in found)
    return days[0], days[-1]


@cache
def _of_year(country: str, year: int) -> Mapping[date, str]:
    """All public holidays of a year; none of a country that the library does not know."""
    if country not in _supported():
        return {}
    return dict(holidays.country_holidays(country, years=year, language=_language(country)).items())


def _language(country: str) -> str | None:
    """English as the library has it for this country; None where it knows one language only."""
    known = holidays.list_localized_countries().get(country, [])
    return next((name for name in (ENGLISH, *known) if name in known and name.startswith("en")), None)


@cache
def _supported() -> frozenset[str]:
    return frozenset(code for code in holidays.list_supported_countries() if len(code) == 2)


# Countries


@cache
def countries() -> Mapping[str, str]:
    """The names of all countries whose holidays are known, by code, in the order of their names."""
    known = _supported()
    found = {code: name for code, name in _names().items() if code in known}
    return dict(sorted(found.items(), key=lambda item: item[1]))


def name_of(country: str) -> str:
    """What a country is called; its code if it has no name here."""
    return _names().get(country, country)


def of_zone(zone: str) -> str | None:
    """The country in which a time zone's city lies, if its holidays are known."""
    country = _zones().get(_links().get(zone, zone)) or _zones().get(zone)
    return country if country in _supported() else None


@cache
def _names() -> Mapping[str, str]:
    return {row[0]: row[1] for row in _rows("iso3166.tab")}


@cache
def _zones() -> Mapping[str, str]:
    """The country of each zone: the one of `zone.tab`, else the first of those of `zone1970.tab`."""
    shared = {zone: codes.partition(",")[0] for codes, _, zone, *_ in _rows("zone1970.tab")}
    return shared | {zone: code for code, _, zone, *_ in _rows("zone.tab")}


@cache
def _links() -> Mapping[str, str]:
    """Older names of zones, by which Slack still calls some: Asia/Calcutta."""
    lines = _text("tzdata.zi").splitlines()
    links = (line.split() for line in lines if line.startswith("L "))
    known = _zones()
    return {name: target for _, target, name in links if name not in known}


def _rows(name: str) -> list[list[str]]:
    return [line.split("\t") for line in _text(name).splitlines() if line and not line.startswith("#")]


def _text(name: str) -> str:
    return resources.files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8")
