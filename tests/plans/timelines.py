"""The five timelines in small: their weeks, hours and estimates as "Timelines" gives them, without goals."""

from __future__ import annotations

from plans.model import Area, Plan, Track, Week
from plans.timelines import COMPREHENSIVE, EMERGENCY, INTENSIVE, MASTERY, STRATEGIC

OTHER = "quick-start"  # a plan that no timeline is


def _plan(
    slug: str,
    title: str,
    weeks: int,
    load: tuple[float, float],
    rate: int | None,
    *lighter: float,
    best_for: str = "",
) -> Plan:
    tracks = [
        Track(name=f"h{hours:g}", title=f"{hours:g} hours", hours=hours, shares={Area.CODING: 100})
        for hours in (load[0], *lighter)
    ]
    return Plan(
        slug=slug,
        title=title,
        summary="Small enough to read.",
        source="a test",
        success_rate=rate,
        hours_per_week=load,
        best_for=best_for,
        default_track=tracks[0].name,
        tracks=tuple(tracks),
        phases=(),
        weeks=tuple(
            Week(number=number, theme="A theme", title="A title", days=()) for number in range(1, weeks + 1)
        ),
    )


TIMELINES = (
    _plan(EMERGENCY, "2-week emergency", 2, (40, 45), 35, 30, 20, best_for="Interview already scheduled"),
    _plan(INTENSIVE, "6-week intensive", 6, (20, 25), 65, 15, best_for="Strong technical background"),
    _plan(STRATEGIC, "8-week strategic", 8, (15, 20), 75, 10, best_for="Current managers"),
    _plan(COMPREHENSIVE, "12-week comprehensive", 12, (12, 15), 85, 9, 7, best_for="Thorough preparation"),
    _plan(MASTERY, "6-month mastery", 26, (8, 10), 90, 5, best_for="Career transition prep"),
)
WITH_OTHERS = (*TIMELINES, _plan(OTHER, "Quick start", 2, (7, 7), None))
