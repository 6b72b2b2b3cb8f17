"""The five timelines of "Timelines" by name, and plans side by side."""

from collections.abc import Iterable

from plans.model import Plan, Value

EMERGENCY = "2-week-emergency"
INTENSIVE = "6-week-intensive"
STRATEGIC = "8-week-strategic"
COMPREHENSIVE = "12-week-comprehensive"
MASTERY = "6-month-mastery"
MATRIX = (EMERGENCY, INTENSIVE, STRATEGIC, COMPREHENSIVE, MASTERY)  # the five timelines, shortest first


class Row(Value):
    """A line of the comparison. `success_rate` is the source's own estimate; nobody has measured it."""

    plan: str
    title: str
    weeks: int
    success_rate: int | None
    hours: tuple[float, float]
    best_for: str


def matrix(plans: Iterable[Plan]) -> tuple[Row, ...]:
    """The plans side by side: the five of "Timelines" first, each kind from the shortest on."""
    ordered = sorted(plans, key=lambda plan: (plan.slug not in MATRIX, len(plan.weeks), plan.title))
    return tuple(
        Row(
            plan=plan.slug,
            title=plan.title,
            weeks=len(plan.weeks),
            success_rate=plan.success_rate,
            hours=plan.load,
            best_for=plan.best_for,
        )
        for plan in ordered
    )


def suits(best_for: str) -> str:
    """Whom a plan is for, as a sentence; "" if it does not say."""
    return f"Best for {best_for[0].lower()}{best_for[1:].rstrip('.')}." if best_for else ""
