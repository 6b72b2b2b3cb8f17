"""Where a week's hours went, beside where its track wanted them.

Areas without a share (in most plans learning and planning) keep their part of the week, and the shares divide
the rest; so what was given is counted over the areas that have a share, too.
"""

from collections.abc import Mapping

from plans.model import Area, Value
from plans.published import AreaWeek


class AreaShare(Value):
    """An area of a week: goals done of goals planned, minutes studied, and its share in per cent.

    `asked` and `given` are rounded to whole per cent; both are None for an area without a share, `given` also
    where nothing was studied yet in any area that has one.
    """

    area: Area
    done: int
    planned: int
    minutes: int
    asked: int | None
    given: int | None


def with_shares(areas: Mapping[Area, AreaWeek], shares: Mapping[Area, float]) -> dict[Area, AreaWeek]:
    """The areas of a week with the share that was asked of each, those in which nothing happened included."""
    present = [area for area in Area if area in areas or shares.get(area)]
    return {
        area: areas.get(area, AreaWeek()).model_copy(update={"share": shares.get(area) or None})
        for area in present
    }


def area_shares(areas: Mapping[Area, AreaWeek]) -> tuple[AreaShare, ...]:
    """The areas of a week in their order, each with its share asked and given."""
    shared = sum(week.minutes for week in areas.values() if week.share)
    return tuple(
        AreaShare(
            area=area,
            done=week.done,
            planned=week.planned,
            minutes=week.minutes,
            asked=round(week.share) if week.share else None,
            given=round(100 * week.minutes / shared) if week.share and shared else None,
        )
        for area, week in areas.items()
    )
