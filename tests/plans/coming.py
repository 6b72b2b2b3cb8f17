"""A week ahead that is small enough to know by heart, for what looks at coming weeks."""

from __future__ import annotations

from datetime import date
from functools import cache

from plans.model import Area, Level, Plan
from plans.weekload import Circumstances

MONDAY = date(2026, 12, 7)
BOTH = (Area.CODING, Area.BEHAVIORAL)


@cache
def coming(share: float = 50, *, only_core: bool = False, hours: float = 4) -> tuple[Circumstances]:
    """A week ahead with 16 hours of goals; `share` is what coding gets, `only_core` for all goals."""
    tier = "core" if only_core else "standard"
    days = [_day(weekday, tier) for weekday in ("monday", "tuesday")]
    shares = {Area.CODING: share, Area.BEHAVIORAL: 100 - share}
    plan = Plan.model_validate(
        {
            **dict.fromkeys(("title", "summary", "source"), "A week"),
            "slug": "week",
            "default_track": "standard",
            "tracks": [{"name": "standard", "title": "Standard", "hours": hours, "shares": shares}],
            "phases": [{"name": "all", "title": "All", "weeks": [1, 1], "aims": ["Get it done"]}],
            "weeks": [{"number": 1, "theme": "A theme", "title": "A title", "days": days}],
        }
    )
    where = {"plan": plan, "track": "standard", "level": Level.L6, "week": 1, "monday": MONDAY}
    return (Circumstances.model_validate({**where, "hours": hours}),)


def _day(weekday: str, tier: str) -> dict[str, object]:
    goals = [_goal(f"{area}-{weekday}-{number}", area, tier) for area in BOTH for number in range(8)]
    return {"weekday": weekday, "title": "All", "hours": 8, "blocks": [{"name": "All", "goals": goals}]}


def _goal(name: str, area: Area, tier: str) -> dict[str, object]:
    return {"id": name, "text": "Practise", "minutes": 30, "area": area, "tier": tier}
