"""Behind or ahead of schedule: what is still open of the weeks before, against the time that is left.

What is left is measured by what catching up may bring back, a quarter of each week's hours
(`plans.catching_up`). Priorities are those of "Templates" (contingency planning); where behind begins is
ours.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from plans.catching_up import MOST_OF_THE_HOURS, Behind, by_priority
from plans.model import Area, Tier, Value

DAY = timedelta(days=1)
DAYS_OF_A_WEEK = 7
ROOM = timedelta(weeks=2)  # ours: what lies between the plan's end and the interview, to be worth a word


class Pace(Value):
    """How a member stands to their plan.

    `open_minutes` are those of core goals of past weeks that are still open. Catching up brings `a_week` of
    them back in a week and `until_then` until the `last_day` that counts. `first` is the area to begin with.
    """

    open_minutes: int
    a_week: int
    until_then: int
    last_day: date
    first: Area | None = None

    @property
    def is_behind(self) -> bool:
        """Whether more is open than a week of catching up brings back."""
        return self.open_minutes > self.a_week

    @property
    def is_tight(self) -> bool:
        """Whether not even every week until the last day would bring all of it back."""
        return self.open_minutes > self.until_then

    @property
    def is_done(self) -> bool:
        """Whether every core goal of the past weeks is done."""
        return self.open_minutes == 0


def pace(
    behind: Iterable[Behind], *, hours: float, monday: date, ends_on: date, interview: date | None = None
) -> Pace:
    """How somebody stands before the week of `monday`, who has `hours` a week.

    What counts ends with the plan, or on the day before the interview if that is earlier.
    """
    core = by_priority(goal for goal in behind if goal.tier is Tier.CORE)
    last_day = ends_on if interview is None else min(ends_on, interview - DAY)
    a_week = hours * 60 * MOST_OF_THE_HOURS
    days = max((last_day - monday).days + 1, 0)
    return Pace(
        open_minutes=sum(goal.minutes for goal in core),
        a_week=round(a_week),
        until_then=round(a_week * days / DAYS_OF_A_WEEK),
        last_day=last_day,
        first=core[0].area if core else None,
    )


def weeks_of_room(ends_on: date, interview: date | None) -> int:
    """The whole weeks between the plan's end and the interview; 0 for less than two, or without one."""
    if interview is None or interview - ends_on <= ROOM:
        return 0
    return (interview - ends_on - DAY).days // DAYS_OF_A_WEEK
