"""What the group's card and a member's card have in common: bars, shares, the names of weeks and bands."""

from collections.abc import Sequence
from datetime import date

from bot.views.message import Blocks
from plans import calendar

BANDS = {"high": "high", "standard": "standard", "recovery": "recovery", "rest": "rest"}
TABLE_ROWS = 99  # Slack takes 100 with the header
WIDTH = 20


def bar(percent: int | None) -> str:
    """A bar of twenty steps, for where a picture would be too much."""
    full = round(min(percent or 0, 100) * WIDTH / 100)
    return "█" * full + "░" * (WIDTH - full)


def share(percent: int | None) -> str:
    """A percentage as it is written: "84 %", "-" for none."""
    return "-" if percent is None else f"{percent} %"


def week_name(monday: date) -> str:
    """Write as "W48"."""
    return f"W{calendar.week_number(monday):02}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, words: int) -> Blocks:
    """Slack's own table; its cells are plain text. The first `words` columns hold words, the others numbers.

    A message may hold one of them with at most `TABLE_ROWS`, and some Slacks take none: say the same in a
    `plainer` message.
    """
    if not rows:
        return []
    sides = ["left"] * words + ["right"] * (len(head) - words)
    return [
        {
            "type": "table",
            "column_settings": [{"align": side} for side in sides],
            "rows": [[{"type": "raw_text", "text": cell} for cell in row] for row in [head, *rows]],
        }
    ]
