"""Reading a mode and its days as people write them: "travel 5d", "heavy work until 5 Dec", "family 40 % 2w".

Days are read forgivingly: a span (5d, two weeks), an end (until Friday), both ends (24 Dec - 2 Jan). A date
without a year is the next one that comes; a weekday is the next one, today included.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from plans.errors import StudyError
from plans.model import Value, Weekday
from plans.modes import FAMILY, Mode

QUOTED = 40  # characters of what was not understood

_NAMES: Mapping[str, Mode] = {
    "high stress": Mode.HIGH_STRESS,
    "stress": Mode.HIGH_STRESS,
    "stressed": Mode.HIGH_STRESS,
    "stressful": Mode.HIGH_STRESS,
    "travel": Mode.TRAVEL,
    "travels": Mode.TRAVEL,
    "travelling": Mode.TRAVEL,
    "traveling": Mode.TRAVEL,
    "trip": Mode.TRAVEL,
    "business trip": Mode.TRAVEL,
    "family": Mode.FAMILY,
    "family time": Mode.FAMILY,
    "kids": Mode.FAMILY,
    "heavy work": Mode.HEAVY_WORK,
    "busy": Mode.HEAVY_WORK,
    "work": Mode.HEAVY_WORK,
    "crunch": Mode.HEAVY_WORK,
    "crunch time": Mode.HEAVY_WORK,
    "deadline": Mode.HEAVY_WORK,
    "deadlines": Mode.HEAVY_WORK,
    "holiday": Mode.HOLIDAY,
    "holidays": Mode.HOLIDAY,
    "vacation": Mode.HOLIDAY,
    "interview": Mode.INTERVIEW,
    "interview week": Mode.INTERVIEW,
}
_ENDING = frozenset({"off", "end", "stop", "none", "normal", "cancel", "over"})
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WEEKDAYS = {name: day.number for day in Weekday for name in (day.value, day.value[:3])}
_WEEKDAYS |= {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_SPAN = re.compile(r"(?:for )?(\d{1,4}|a) ?(d|days?|w|weeks?)")
_NUMBER_WORDS = re.compile(rf"\b(?:{'|'.join(_NUMBERS)})\b")
_PER_CENT = re.compile(r"\b(\d{1,3}) ?(?:%|per ?cent|percent)(?: less)?")
_UNTIL = re.compile(r"(?:(?:until|till|til|through|to)\b|-) ?(.+)")
_DASH = re.compile(r"[‐‑‒–—−]")
_LONG_DASH = re.compile(r"\s+-\s+|\s+(?:to|until|till|til|through)\s+")


class ModeNotUnderstood(StudyError):
    """I don't know the mode "{words}". Try `/prep mode travel 5d`, or just `/prep mode` for all of them."""


class ModeDaysNotUnderstood(StudyError):
    """I can't read "{words}" as days. Try `5d`, `2w`, `until 5 Dec` or `24 Dec - 2 Jan`."""


class TooMuchLess(StudyError):
    """Family time makes the plan 30 to 50 % lighter. How much shall it be?"""


class Said(Value):
    """What somebody typed: which mode, from when to when as far as they said, how much is kept, and whether
    they want it to end.
    """

    mode: Mode | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    keeps: int | None = None
    ends: bool = False


def read(words: str, today: date) -> Said:
    """What is meant, seen from the reader's `today`.

    Raises:
        ModeNotUnderstood: it begins with no mode.
        ModeDaysNotUnderstood: what follows is no span, end or pair of dates.
        TooMuchLess: a per cent that the mode does not offer.
    """
    text = _tidied(words)
    ends = text.partition(" ")[0] in _ENDING
    if ends:
        text = text.partition(" ")[2]
        if not text:
            return Said(ends=True)
    mode, rest = _mode(text)
    if ends or rest in _ENDING:
        return Said(mode=mode, ends=True)
    keeps, rest = _keeps(mode, rest)
    first, last = _days(rest, today)
    return Said(mode=mode, starts_on=first, ends_on=last, keeps=keeps)


def _tidied(words: str) -> str:
    text = _DASH.sub("-", words.casefold()).replace("high-stress", "high stress")
    text = text.replace("heavy-work", "heavy work").replace("_", " ").replace(",", " ")
    return " ".join(text.split())


def _mode(text: str) -> tuple[Mode, str]:
    """The mode that the text begins with, the longest name first, and what follows."""
    for name in sorted(_NAMES, key=len, reverse=True):
        if text == name or text.startswith(f"{name} "):
            return _NAMES[name], text[len(name) :].strip()
    raise ModeNotUnderstood(words=text[:QUOTED])


def _keeps(mode: Mode, rest: str) -> tuple[int | None, str]:
    """The per cent that are kept where "40 % less" is said, and what is left of the text."""
    found = _PER_CENT.search(rest)
    if found is None:
        return None, rest
    less, others = int(found[1]), f"{rest[: found.start()]} {rest[found.end() :]}"
    if mode is not Mode.FAMILY or not FAMILY[0] <= 100 - less <= FAMILY[1]:
        raise TooMuchLess
    return 100 - less, " ".join(others.split())


def _days(rest: str, today: date) -> tuple[date | None, date | None]:
    """The first and the last day; none where nothing is said of them."""
    rest = _NUMBER_WORDS.sub(lambda found: str(_NUMBERS.index(found[0]) + 1), rest.removeprefix("from "))
    if not rest:
        return None, None
    if (whole := _span(rest)) is not None:
        return today, today + whole
    if until := _UNTIL.fullmatch(rest):
        return today, _day(until[1], today, rest)
    starts, last = _both_ends(rest)
    first = _day(starts, today, rest)
    if not last:
        return first, first
    if (length := _span(last)) is not None:
        return first, first + length
    return first, _day(last, first, rest)


def _both_ends(rest: str) -> tuple[str, str]:
    """The two ends of "24 dec - 2 jan"; of "monday 5d" the start and the span; or one day alone."""
    if len(parts := _LONG_DASH.split(rest, maxsplit=1)) > 1:
        return parts[0], parts[1]
    if found := re.fullmatch(rf"(.+?) (?:for )?({_SPAN.pattern})", rest):
        return found[1], found[2]
    if rest.count("-") == 1:
        first, _, last = rest.partition("-")
        month = re.fullmatch(r"\d{1,2} ([a-z]+)", last)  # "24-28 dec": the month stands once
        return (f"{first} {month[1]}" if month and first.isdigit() else first), last
    return rest, ""


def _span(text: str) -> timedelta | None:
    """What lies between the first and the last day of "5d" or "two weeks"."""
    found = _SPAN.fullmatch(text)
    if found is None:
        return None
    count = int(found[1]) if found[1].isdigit() else 1
    days = count * (7 if found[2].startswith("w") else 1)
    return timedelta(days=days - 1) if days else None


def _day(text: str, since: date, whole: str) -> date:
    """A day in words, the first one from `since` on where no year is named.

    Raises:
        ModeDaysNotUnderstood: it is none.
    """
    text = text.strip().removeprefix("on ").strip()
    near = {"today": 0, "now": 0, "tomorrow": 1}
    if text in near:
        return since + timedelta(days=near[text])
    if text in _WEEKDAYS:
        return since + timedelta(days=(_WEEKDAYS[text] - since.weekday()) % 7)
    try:
        return _date(text, since)
    except ValueError:
        raise ModeDaysNotUnderstood(words=whole[:QUOTED]) from None


def _date(text: str, since: date) -> date:
    """A date: "2026-12-05", "5 dec", "december 5th 2026", "5.12.", "5.12.2026".

    Raises:
        ValueError: it is none.
    """
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text)
    if found := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})?", text):
        return _with_year(int(found[1]), int(found[2]), found[3], since)
    found = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th|\.)? ?([a-z]{3,})\.?(?: (\d{4}))?", text)
    if found:
        return _with_year(int(found[1]), _month(found[2]), found[3], since)
    found = re.fullmatch(r"([a-z]{3,})\.? ?(\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?", text)
    if found:
        return _with_year(int(found[2]), _month(found[1]), found[3], since)
    raise ValueError(text)


def _month(name: str) -> int:
    """The number of a month by its name or the beginning of it.

    Raises:
        ValueError: it is none.
    """
    found = [number for number, month in enumerate(_MONTHS, start=1) if month.startswith(name)]
    if len(found) != 1:
        raise ValueError(name)
    return found[0]


def _with_year(day: int, month: int, year: str | None, since: date) -> date:
    """The date; without a year the next one from `since` on (29 February may be some years away)."""
    if year:
        return date(int(year), month, day)
    for candidate in range(since.year, since.year + 9):
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if found >= since:
            return found
    raise ValueError(f"{day}.{month}.")
