"""A plan as a map: one step for each calendar week that it takes, weeks that lengthened it included."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from plans import calendar
from plans.model import Value


class Part(StrEnum):
    """Where a week of the map lies, seen from today."""

    BEHIND = "behind"
    HERE = "here"
    AHEAD = "ahead"


class Step(Value):
    """A calendar week of somebody's plan. `week` is the plan's; `is_inserted` says that it comes once more.

    A checkpoint stands where its week ends: of a week that is held twice, on the second turn.
    """

    monday: date
    week: int
    part: Part
    is_inserted: bool = False
    has_checkpoint: bool = False


def steps(
    start: date, weeks: int, extensions: tuple[date, ...], checkpoints: Collection[int], today: date
) -> tuple[Step, ...]:
    """Every calendar week from the plan's first to its last, in order.

    `start` is the Monday of the first week, `extensions` are the Mondays of inserted weeks, `checkpoints` the
    plan weeks that have one.
    """
    here = calendar.monday_of(today)
    last = calendar.last_day(start, weeks, extensions)
    found = []
    monday = start
    while monday <= last:
        place = calendar.place(start, monday, weeks, extensions)
        number = place.week or weeks
        is_inserted = monday in extensions
        found.append(
            Step(
                monday=monday,
                week=number,
                part=Part.HERE if monday == here else Part.BEHIND if monday < here else Part.AHEAD,
                is_inserted=is_inserted,
                has_checkpoint=number in checkpoints and not is_inserted,
            )
        )
        monday += calendar.WEEK
    return tuple(found)
