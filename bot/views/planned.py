"""Goals that a change takes out, brings in or moves, as a list with their days."""

from collections.abc import Sequence

from bot.views.words import duration, escape, short_date
from plans.course import Planned


def goal_list(title: str, goals: Sequence[Planned], most: int) -> str:
    """The goals under a title; of more than `most` the first ones, and how many more there are."""
    lines = [
        f"• {short_date(goal.due_on)[:3]}: {escape(goal.text)}, {duration(goal.minutes)}"
        for goal in goals[:most]
    ]
    if len(goals) > most:
        lines.append(f"• and {len(goals) - most} more")
    return "\n".join([f"*{title}*", *lines])
