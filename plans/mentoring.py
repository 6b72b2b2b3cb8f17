"""When a mentor is thanked: once a year, on the day of their yes."""

from datetime import date, datetime


def next_thanks(since: date, after: date) -> date:
    """The first anniversary of `since` that is later than `after`.

    Who said yes on a 29 February is thanked on the 28th where the year has no other.
    """
    year = max(after.year, since.year + 1)
    found = _in_year(since, year)
    return found if found > after else _in_year(since, year + 1)


def a_year_before(instant: datetime) -> datetime:
    """The same date and time a year earlier; of a 29 February the 28th."""
    day = _in_year(instant.date(), instant.year - 1)
    return instant.replace(year=day.year, month=day.month, day=day.day)


def _in_year(day: date, year: int) -> date:
    """The same day of another year."""
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)
