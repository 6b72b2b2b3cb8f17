"""Reading what a member types behind "log": forgiving about order, case and plurals, exact about numbers."""

import re
from difflib import get_close_matches
from enum import StrEnum

from plans.errors import StudyError
from plans.model import Area, Metric, Value

MOST_COUNT = 100
MOST_MINUTES = 16 * 60
NOTE_LIMIT = 500


class Subject(StrEnum):
    """What can be logged: a metric, or time alone."""

    STORIES = Metric.STORIES.value
    CODING_PROBLEMS = Metric.CODING_PROBLEMS.value
    SYSTEM_DESIGN_PROBLEMS = Metric.SYSTEM_DESIGN_PROBLEMS.value
    MOCK_INTERVIEWS = Metric.MOCK_INTERVIEWS.value
    CONCEPTS = Metric.CONCEPTS.value
    INDUSTRY_UPDATES = Metric.INDUSTRY_UPDATES.value
    NETWORK_ACTIVITIES = Metric.NETWORK_ACTIVITIES.value
    MINUTES = "minutes"


class LogLine(Value):
    """What one line says: how many of what, how long, in which area, with which words beside it."""

    subject: Subject
    count: int
    minutes: int
    area: Area | None
    note: str = ""
    days_ago: int = 0


class NotUnderstood(StudyError):
    """I read {read}, but not "{word}". Try `/prep log {example}`."""


class UnknownSubject(StudyError):
    """I can't log "{word}". Did you mean `/prep log {guess}`?"""


class NothingToLog(StudyError):
    """That counts as nothing. Say how many or how long, e.g. `/prep log {example}`."""


class NoteTooLong(StudyError):
    """Your note has {length} characters and {limit} fit. Nothing was logged; please shorten it."""


class TooMuch(StudyError):
    """That is more than a day holds: at most 100 at a time and 16 hours. Try `/prep log {example}`."""


AREAS = {
    Subject.STORIES: Area.BEHAVIORAL,
    Subject.CODING_PROBLEMS: Area.CODING,
    Subject.SYSTEM_DESIGN_PROBLEMS: Area.SYSTEM_DESIGN,
    Subject.MOCK_INTERVIEWS: Area.MOCK,
    Subject.CONCEPTS: Area.LEARNING,
    Subject.INDUSTRY_UPDATES: Area.LEARNING,
    Subject.NETWORK_ACTIVITIES: Area.LEARNING,
}
SUBJECT_WORDS = {
    Subject.STORIES: "story stories star stars",
    Subject.CODING_PROBLEMS: "coding code problem problems leetcode lc algo algos algorithm algorithms",
    Subject.SYSTEM_DESIGN_PROBLEMS: "sd design designs system-design systemdesign sysdesign system_design",
    Subject.MOCK_INTERVIEWS: "mock mocks interview interviews",
    Subject.CONCEPTS: "concept concepts topic topics",
    Subject.INDUSTRY_UPDATES: "industry news update updates",
    Subject.NETWORK_ACTIVITIES: "network networking contact contacts",
    Subject.MINUTES: "hours hour time study studied minutes",
}
AREA_WORDS = {
    Area.BEHAVIORAL: "behavioral behavioural behaviour beh star stories story lp",
    Area.SYSTEM_DESIGN: "sd design system-design system_design",
    Area.CODING: "coding code leetcode",
    Area.MOCK: "mock mocks",
    Area.LEARNING: "learning reading industry",
    Area.PLANNING: "planning review",
}
SUBJECTS = {word: subject for subject, words in SUBJECT_WORDS.items() for word in words.split()}
AREA_OF = {word: area for area, words in AREA_WORDS.items() for word in words.split()}
EXAMPLES = {Subject.MINUTES: "hours 1.5 behavioral", Subject.STORIES: "story 1 30m"}

_DURATION = re.compile(
    r"(?:(?P<h>\d+(?:[.,]\d+)?)(?:h|hr|hrs|hours?))?(?:(?P<m>\d+)(?:m|min|mins|minutes?)?)?", re.IGNORECASE
)
_CLOCK = re.compile(r"(?P<h>\d{1,2}):(?P<m>[0-5]\d)")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_NUMBER_WORD = re.compile(
    r"(?:twenty|thirty|forty|fourty|fifty|sixty|ninety|hundred|half)?-?"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen)?",
    re.IGNORECASE,
)


def read(text: str) -> LogLine:
    """Read a line such as "sd 1 45m two pointers" or "hours 1.5 behavioral".

    Order: what, then how many, how long and in which area in any order, then free words as the note.
    "yesterday" anywhere before the note dates it back. A count that is not given is 1.

    Raises:
        UnknownSubject: the first word names nothing that can be logged.
        NotUnderstood: a word looks like a number or a time but is none.
        NothingToLog: the count or the time is zero.
        TooMuch: over 100 at a time, or over 16 hours.
        NoteTooLong: the words beside it do not fit.
    """
    words = _joined(text.split())
    if len(words) > 1 and _NUMBER.fullmatch(words[0]):
        words[:2] = [words[1], words[0]]
    subject = _subject(words[0] if words else "")
    rest = words[1:]
    count: float | None = None
    minutes: int | None = None
    area = AREAS.get(subject)
    days_ago = 0
    while rest:
        word = rest[0].lower().strip(",;")
        if word == "yesterday":
            days_ago = 1
        elif count is None and _NUMBER.fullmatch(word):
            count = float(word.replace(",", "."))
        elif minutes is None and (duration := _minutes(word)) is not None:
            minutes = duration
        elif subject is Subject.MINUTES and area is None and word in AREA_OF:
            area = AREA_OF[word]
        elif _looks_like_a_number(word) and minutes is None:
            raise NotUnderstood(read=_name(subject), word=rest[0], example=_example(subject))
        else:
            break
        rest = rest[1:]
    note = " ".join(rest).strip('"“”-– ')
    if len(note) > NOTE_LIMIT:
        raise NoteTooLong(length=len(note), limit=NOTE_LIMIT)
    return _line(subject, count, minutes, area, note, days_ago)


def _line(
    subject: Subject, count: float | None, minutes: int | None, area: Area | None, note: str, days_ago: int
) -> LogLine:
    """Put the parts together and check that they are something, and not too much."""
    if subject is Subject.MINUTES:
        minutes = minutes if minutes is not None else round((count or 0) * 60)
        count = 0
    elif count is not None and count != int(count):
        raise NotUnderstood(read=_name(subject), word=f"{count:g}", example=_example(subject))
    elif count is None:
        count = 1
    example = _example(subject)
    if not minutes and not count:
        raise NothingToLog(example=example)
    if (minutes or 0) > MOST_MINUTES or count > MOST_COUNT:
        raise TooMuch(example=example)
    return LogLine(
        subject=subject, count=int(count), minutes=minutes or 0, area=area, note=note, days_ago=days_ago
    )


def _joined(words: list[str]) -> list[str]:
    """Write "system design" and "1.5 h" as one word each."""
    joined: list[str] = []
    for word in words:
        before = joined[-1].lower() if joined else ""
        unit = word.lower() in ("h", "hr", "hrs", "hour", "hours", "m", "min", "mins", "minutes")
        if (before == "system" and word.lower().startswith("design")) or (
            len(joined) > 1 and unit and _NUMBER.fullmatch(before)
        ):
            joined[-1] = f"{before}-{word}" if before == "system" else before + word
        else:
            joined.append(word)
    return joined


def _subject(word: str) -> Subject:
    known = word.lower().strip(",;:")
    if known == "system-designs":
        known = "system-design"
    if known in SUBJECTS:
        return SUBJECTS[known]
    guess = (get_close_matches(known, SUBJECTS, n=1, cutoff=0.6) or ["coding"])[0]
    raise UnknownSubject(word=word, guess=f"{guess} 1")


def _minutes(word: str) -> int | None:
    """The minutes that "45m", "1.5h", "1h30" or "1:30" say; none for anything else."""
    if clock := _CLOCK.fullmatch(word):
        return int(clock["h"]) * 60 + int(clock["m"])
    found = _DURATION.fullmatch(word)
    if not found or not (found["h"] or found["m"]) or _NUMBER.fullmatch(word):
        return None
    return round(float((found["h"] or "0").replace(",", ".")) * 60) + int(found["m"] or 0)


def _looks_like_a_number(word: str) -> bool:
    return (
        word[0].isdigit() or word[0] in "+-." or bool(word and _NUMBER_WORD.fullmatch(word) and len(word) > 5)
    )


def _name(subject: Subject) -> str:
    return subject.value.replace("_", " ")


def _example(subject: Subject) -> str:
    if subject in EXAMPLES:
        return EXAMPLES[subject]
    return f"{SUBJECT_WORDS[subject].split()[0]} 1 45m"
