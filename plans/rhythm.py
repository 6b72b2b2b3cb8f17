"""Which week a weekly date is about."""

from datetime import date, timedelta

from plans import calendar

LOOKS_BACK = timedelta(days=3)


def week_judged(day: date) -> date:
    """The Monday of the week that a check-in or a scorecard on `day` is about.

    From Thursday to Sunday it is the week that is ending, from Monday to Wednesday the one that has ended.
    """
    return calendar.monday_of(day - LOOKS_BACK)
