"""Weekly hours as people write them: "Mon-Fri 18-21, Sat 9am-1pm".

Reading is forgiving, and what is read back has one form, so that a member sees how they were understood.
Whatever names days holds until other days are named; hours without days are meant for each day. A bare hour
up to 12 is the one of the morning or of the evening that comes next after the other: "9-5" ends at 17:00.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import time
from itertools import groupby

from plans.availability import ANY_TIME, Hours, Span, merge
from plans.errors import StudyError
from plans.model import Weekday

EXAMPLE = "Mon-Fri 18-21, Sat 9-12"
PIECE_LIMIT = 40  # of what is not understood, so much is quoted
NOTHING = frozenset({"", "none", "never", "no hours", "nothing"})
ALWAYS = frozenset({"any", "any time", "anytime", "always"})
SHORT_NAMES = tuple(day.value[:3].title() for day in Weekday)
EVERY, WORKING, WEEKEND = tuple(range(7)), tuple(range(5)), (5, 6)
ALL_DAY = (0, 0)
MINUTES_A_DAY = 24 * 60
HALF_A_DAY = MINUTES_A_DAY // 2

_DAY_WORDS = {
    **{word: (day.number,) for day in Weekday for word in (day.value, f"{day.value}s", day.value[:3])},
    "tues": (1,),
    "weds": (2,),
    "thur": (3,),
    "thurs": (3,),
    **dict.fromkeys(("weekday", "weekdays", "workday", "workdays"), WORKING),
    **dict.fromkeys(("weekend", "weekends"), WEEKEND),
    **dict.fromkeys(("daily", "everyday", "day", "days"), EVERY),
}
_PARTS = {
    "lunch": (12, 14),
    "lunchtime": (12, 14),
    "afternoon": (13, 17),
    "evening": (18, 21),
    "night": (21, 23),
}
_MORNING_WORDS = frozenset({"morning", "mornings"})
_PART_WORDS = {word: hours for name, hours in _PARTS.items() for word in (name, f"{name}s")}
_LATER_WORDS = frozenset(_PART_WORDS) - {"lunch", "lunchs", "lunchtime", "lunchtimes"}
_FILLERS = frozenset({"and", "on", "from", "at", "between", "in", "the", "every", "each", "&", "+"})
_TIMES = {"noon": "12:00", "midnight": "24:00"}

_TIME = r"(\d{1,2})(?:[:.h](\d{2}))?h?\s*([ap]m)?(?![\w:])"
_RANGE = re.compile(rf"{_TIME}\s*-\s*{_TIME}")
_WORDS = re.compile(r"([a-z&+]+)(?:\s*-\s*([a-z]+))?")
_GAP = re.compile(r"[\s.:]+")
_SEPARATOR = re.compile(r"[,;/\n]")


class HoursUnclear(StudyError):
    """I can't read "{piece}" as hours of a week. Write it like this: {example}."""


class HoursMissing(StudyError):
    """Which hours do you mean in "{piece}"? Write it like this: {example}."""


def parse(text: str) -> Hours:
    """The weekly hours that somebody means, in canonical form; none for an empty text or "none".

    Raises:
        HoursUnclear: a piece of it that is neither days nor hours.
        HoursMissing: days are named without hours.
    """
    plain = " ".join(text.lower().split())
    if plain in NOTHING:
        return ()
    if plain in ALWAYS:
        return ANY_TIME
    found: list[Span] = []
    days: tuple[int, ...] = ()
    waiting = ""  # the piece whose days have no hours yet
    for piece in _SEPARATOR.split(text):
        for named, hours in _days_first(list(_read(piece))):
            if named:
                days = (*days, *named) if waiting else named
                waiting = piece
            else:
                found.extend(_span(day, hours) for day in days or EVERY)
                waiting = ""
    if waiting or not found:
        raise HoursMissing(piece=_quoted(waiting or text), example=EXAMPLE)
    return merge(tuple(found))


# A token: the days that are named, or (with no days) the hours. Hours are minutes of the day; (-1, -1)
# stands for a morning, whose hours depend on the day.
_Token = tuple[tuple[int, ...], tuple[int, int]]
_MORNING = (-1, -1)


def _days_first(tokens: list[_Token]) -> list[_Token]:
    """The tokens of a piece, turned round where somebody wrote "9-12 on Saturday"."""
    days = [token for token in tokens if token[0]]
    hours = [token for token in tokens if not token[0]]
    return [*days, *hours] if tokens == [*hours, *days] else tokens


def _read(piece: str) -> Iterator[_Token]:
    """What a piece between separators says, in its order.

    Raises:
        HoursUnclear: it says something else.
    """
    rest = _tidied(piece)
    part = ""  # the part of the day that was named just before; hours that follow make it precise
    while rest := _GAP.sub("", rest, count=1) if _GAP.match(rest) else rest:
        if hours := _RANGE.match(rest):
            yield (), _hours(hours, piece, later=part in _LATER_WORDS)
            rest, part = rest[hours.end() :], ""
            continue
        words = _WORDS.match(rest)
        if words is None:
            raise HoursUnclear(piece=_quoted(piece), example=EXAMPLE)
        if part:
            yield (), _part(part)
        part, rest = words[1] if _is_part(words) else "", rest[words.end() :]
        if not part and words[0] not in _FILLERS:
            yield _days_or_always(words, piece)
    if part:
        yield (), _part(part)


def _tidied(piece: str) -> str:
    """A piece in lower case with one spelling for each thing."""
    text = re.sub(r"[‐‑‒–—−]", "-", piece.lower())
    text = re.sub(r"\b(to|until|till|through|thru)\b", "-", text)
    text = re.sub(r"\b(noon|midnight)\b", lambda found: _TIMES[found[1]], text)
    text = re.sub(r"\b([ap])\.?m\b\.?", r"\1m", text)
    text = re.sub(r"\b(all|any|every|each)[\s-]+(day|time)s?\b", _whole, text)
    text = re.sub(r"\blate((?: [a-z]+)?) evening", r"\1 night", text)
    return text.replace("o'clock", "").strip()


def _whole(found: re.Match[str]) -> str:
    """The one word for it: "every day" names days, "all day" and "any time" name hours."""
    return "daily" if found[1] in ("every", "each") or found[0].startswith("any day") else "anytime"


def _is_part(words: re.Match[str]) -> bool:
    """Whether the word is a part of the day."""
    return words[2] is None and (words[1] in _PART_WORDS or words[1] in _MORNING_WORDS)


def _part(word: str) -> tuple[int, int]:
    """The hours of a part of the day."""
    if word in _MORNING_WORDS:
        return _MORNING
    start, end = _PART_WORDS[word]
    return start * 60, end * 60


def _days_or_always(words: re.Match[str], piece: str) -> _Token:
    """The days that one word, or two with a hyphen, stand for; or the whole day."""
    if words[0] in ALWAYS:
        return (), ALL_DAY
    first, last = _DAY_WORDS.get(words[1]), _DAY_WORDS.get(words[2] or words[1])
    if first is None or last is None:
        raise HoursUnclear(piece=_quoted(piece), example=EXAMPLE)
    if words[2] is None:
        return first, ALL_DAY
    return tuple((first[0] + number) % 7 for number in range((last[-1] - first[0]) % 7 + 1)), ALL_DAY


def _hours(found: re.Match[str], piece: str, *, later: bool) -> tuple[int, int]:
    """The minutes of the day between which a range lies; `later` says that its bare hours are afternoon."""
    first, last = found.groups()[:3], found.groups()[3:]
    if later and not last[2] and int(last[0]) <= 12 and not last[0].startswith("0"):
        last = (*last[:2], "pm")
    starts, ends = _readings(*first), _readings(*last)
    if not starts or not ends:
        raise HoursUnclear(piece=_quoted(piece), example=EXAMPLE)
    if not last[2]:
        starts = starts[:1]  # only an end with am or pm says more about the start
        if not first[2] and int(first[0]) > 12:
            ends = ends[:1]  # whoever begins at 22 writes the end in the same way
    return min(((start, end) for start in starts for end in ends), key=_length)


def _length(hours: tuple[int, int]) -> int:
    """How long it is from one minute of the day to the next coming of the other."""
    return (hours[1] - hours[0] - 1) % MINUTES_A_DAY + 1


def _readings(hour: str, minute: str | None, half: str | None) -> list[int]:
    """The minutes of the day that a written time can mean, its plain reading first; none if it is no time."""
    number, past = int(hour), int(minute or 0)
    if number * 60 + past > MINUTES_A_DAY or past > 59 or (half and not 1 <= number <= 12):
        return []
    plain = (number * 60 + past) % MINUTES_A_DAY
    if half:
        return [plain % HALF_A_DAY + (HALF_A_DAY if half == "pm" else 0)]
    if number > 12 or hour.startswith("0") or (minute and len(hour) == 2):
        return [plain]
    return [plain, (plain + HALF_A_DAY) % MINUTES_A_DAY]


def _span(day: int, hours: tuple[int, int]) -> Span:
    """The hours on one day; mornings begin later at the weekend."""
    if hours == _MORNING:
        hours = (9 * 60, 12 * 60) if day in WEEKEND else (7 * 60, 9 * 60)
    return Span(day, *(time(*divmod(minute, 60)) for minute in hours))


def _quoted(piece: str) -> str:
    """A piece as it is quoted in a sentence."""
    words = " ".join(piece.split())
    return words if len(words) <= PIECE_LIMIT else words[: PIECE_LIMIT - 1].rstrip() + "…"


def as_text(hours: Hours) -> str:
    """The hours as `parse` reads them back: "Mon-Fri 7-9 and 18-21, Sat 9-12"."""
    canonical = merge(hours)
    if not canonical:
        return "no hours"
    if canonical == ANY_TIME:
        return "any time"
    of_day = {
        day: " and ".join(map(_range_text, spans))
        for day, spans in groupby(canonical, lambda span: span.weekday)
    }
    days_of: dict[str, list[int]] = {}
    for day, text in of_day.items():
        days_of.setdefault(text, []).append(day)
    return ", ".join(f"{_days_text(days)} {text}" for text, days in days_of.items())


def _range_text(span: Span) -> str:
    """A span without its day. With minutes where bare hours could mean something else."""
    if span.start == span.end == time(0):
        return "all day"
    past_midnight = time(0) < span.end <= span.start
    if past_midnight or span.start.minute or span.end.minute:
        return f"{span.start:%H:%M}-{'24:00' if span.end == time(0) else format(span.end, '%H:%M')}"
    return f"{span.start.hour}-{span.end.hour or 24}"


def _days_text(days: Sequence[int]) -> str:
    """Days in words, three and more in a row from the first to the last."""
    if len(days) == len(EVERY):
        return "every day"
    runs = [list(run) for _, run in groupby(days, lambda day: day - list(days).index(day))]
    names = [
        [f"{SHORT_NAMES[run[0]]}-{SHORT_NAMES[run[-1]]}"]
        if len(run) > 2
        else [SHORT_NAMES[day] for day in run]
        for run in runs
    ]
    return ", ".join(name for run in names for name in run)
