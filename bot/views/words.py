"""How numbers, times and other people's words are written."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905 (reads as the list that it is)
)
METRICS = {
    "stories": ("STAR story", "STAR stories"),
    "coding_problems": ("coding problem", "coding problems"),
    "system_design_problems": ("system design", "system designs"),
    "mock_interviews": ("mock interview", "mock interviews"),
    "concepts": ("concept", "concepts"),
    "industry_updates": ("industry update", "industry updates"),
    "network_activities": ("network activity", "network activities"),
}
AREAS = {
    "behavioral": "behavioural",
    "system_design": "system design",
    "coding": "coding",
    "mock": "mock interviews",
    "learning": "learning",
    "planning": "planning",
    "other": "other",
}
WEEK_MODES = {
    "recovery": "recovery week: core goals only",
    "longer": "a week more: core goals only",
    "core": "a week of core goals only",
    "lighter": "a lighter week",
    "stretch": "strong week: with stretch goals",
}
WORTH_SAYING = 25  # per cent: about two days of work; ours
_MARKS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "`": "'", "*": "∗", "~": "∼"})
_OUTER_UNDERSCORE = re.compile(r"(?<!\w)_|_(?!\w)")


def escape(text: str) -> str:
    """Somebody's words, safe inside mrkdwn: no mention, link or markup of theirs comes alive.

    Slack's marks cannot be escaped; signs that look alike stand for them, as in `snake_case` none is needed.
    """
    return _OUTER_UNDERSCORE.sub("ˍ", text.translate(_MARKS))


def clip(text: str, limit: int) -> str:
    """The text, cut at `limit` characters with an ellipsis; cut before escaping."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def duration(minutes: float) -> str:
    """Minutes as people say them: "45 min", "2 h", "2 h 15"."""
    hours, rest = divmod(round(minutes), 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02}" if rest else f"{hours} h"


def hours(minutes: float) -> str:
    """Minutes as hours with one decimal: "12.5 h"."""
    return f"{round(minutes / 60, 1):g} h"


def count(number: int, metric: str) -> str:
    """A count with its noun: "1 coding problem", "3 STAR stories"."""
    one, many = METRICS[metric]
    return f"{number} {one if number == 1 else many}"


def plural(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def steadiness(streak: int, strength: int) -> str:
    """Days in a row beside their strength in per cent: "6 days in a row · strength 55 %"; "" at a beginning.

    After a missed day the strength stands alone, for that is what a gap has not taken.
    """
    if streak > 1:
        return f"{streak} days in a row · strength {strength} %"
    return f"strength {strength} %" if strength >= WORTH_SAYING else ""


def listed(parts: Sequence[str]) -> str:
    """Write as "a", "a and b", "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def weekday(day: date) -> str:
    """The weekday's name."""
    return WEEKDAYS[day.weekday()]


def short_date(day: date) -> str:
    """Write as "Tue 24 Nov"."""
    return f"{weekday(day)[:3]} {day.day} {MONTHS[day.month - 1][:3]}"


def long_date(day: date) -> str:
    """Write as "21 January 2027"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def clock(at: time) -> str:
    """Write as "08:00"."""
    return at.strftime("%H:%M")


def zone_name(zone: str, now: datetime) -> str:
    """A zone with its offset at `now`: "Berlin (UTC+1)"."""
    offset = now.astimezone(ZoneInfo(zone)).utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset else 0
    sign = "-" if minutes < 0 else "+"
    whole, rest = divmod(abs(minutes), 60)
    city = zone.rpartition("/")[2].replace("_", " ")
    return f"{city} (UTC{sign}{whole}{f':{rest:02}' if rest else ''})"
