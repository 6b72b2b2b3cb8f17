"""Study windows: the hours of the day at which somebody studies, and which goals fall into which.

A member takes one of the templates or writes hours of their own. The day's goals then stand under clock
times, a week never plans more for a day than its windows hold, and the day's post comes before the first of
them. Times are wall-clock times in the member's zone.

The templates are the schedules of "The 12-week plan" (early bird, evening, weekdays and weekend,
ultra-compressed) and the clock times of "Weekly planning" (mornings). Where these give a length but no
hour, or a track's hours need a weekend that they do not name, the hour is ours.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple, Protocol, TypeVar

from plans import hours
from plans.availability import ANY_TIME
from plans.model import Plan, Value

HEAD_START = timedelta(minutes=15)  # ours: how long before the first window the day's post comes
MINUTES_A_DAY = 24 * 60
WEEKDAYS, DAYS = range(5), range(7)
SATURDAY, SUNDAY = 5, 6


class Window(NamedTuple):
    """A stretch of one weekday (0 is Monday) that is kept for study."""

    weekday: int
    start: time
    minutes: int
    purpose: str

    @property
    def is_all_day(self) -> bool:
        """Whether it names a day and no hours of it."""
        return self.minutes == MINUTES_A_DAY

    @property
    def label(self) -> str:
        """As it stands above its goals: "06:00–07:00 Main study"."""
        if self.is_all_day:
            return f"All day: {self.purpose.lower()}"
        first = _minute(self.start)
        end = (first + self.minutes) % MINUTES_A_DAY
        return f"{self.start:%H:%M}–{end // 60:02}:{end % 60:02} {self.purpose}"


Windows = tuple[Window, ...]


class Template(Value):
    """A schedule to choose from; `late` holds in a plan's last phase, if it is another one."""

    name: str
    title: str
    early: Windows
    late: Windows = ()

    @property
    def hours(self) -> float:
        """The hours of an ordinary week."""
        return sum(window.minutes for window in self.early) / 60


class TemplateName(StrEnum):
    """The templates by name."""

    EARLY_BIRD = "early-bird"
    EVENING = "evening"
    MORNINGS_AND_WEEKEND = "mornings-and-weekend"
    EVENINGS_AND_WEEKEND = "evenings-and-weekend"
    ULTRA_COMPRESSED = "ultra-compressed"
    MORNING_ROUTINE = "morning-routine"


class _Stretch(NamedTuple):
    """A window on several weekdays, written shortly."""

    weekdays: Iterable[int]
    start: str
    minutes: int
    purpose: str


def _week(*stretches: _Stretch) -> Windows:
    """The windows of a week in their order."""
    windows = [
        Window(day, time.fromisoformat(stretch.start), stretch.minutes, stretch.purpose)
        for stretch in stretches
        for day in stretch.weekdays
    ]
    return tuple(sorted(windows))


_ALL = (
    Template(
        name=TemplateName.EARLY_BIRD,
        title="Early bird: before work, at lunch, a look back at night",
        early=_week(
            _Stretch(WEEKDAYS, "06:00", 60, "Main study"),
            _Stretch(WEEKDAYS, "12:00", 30, "Light practice"),
            _Stretch(WEEKDAYS, "20:00", 30, "Review and planning"),
            _Stretch((SATURDAY,), "08:00", 120, "Longer practice"),
        ),
        late=_week(
            _Stretch(WEEKDAYS, "06:00", 60, "Mock practice"),
            _Stretch(WEEKDAYS, "20:00", 60, "Integration"),
            _Stretch((SATURDAY,), "08:00", 120, "Longer practice"),
        ),
    ),
    Template(
        name=TemplateName.EVENING,
        title="Evening: reading at lunch, the main block after work",
        early=_week(
            _Stretch(WEEKDAYS, "12:00", 30, "Reading and review"),
            _Stretch(WEEKDAYS, "19:30", 90, "Main study"),
            _Stretch(WEEKDAYS, "22:15", 15, "Planning tomorrow"),
            _Stretch((SATURDAY,), "10:00", 60, "Longer practice"),
        ),
        late=_week(
            _Stretch(WEEKDAYS, "19:00", 90, "Intensive practice"),
            _Stretch((SATURDAY,), "10:00", 180, "Long mock sessions"),
            _Stretch((SUNDAY,), "10:00", 120, "Long mock sessions"),
        ),
    ),
    Template(
        name=TemplateName.MORNINGS_AND_WEEKEND,
        title="An hour before work, more at the weekend",
        early=_week(
            _Stretch(WEEKDAYS, "06:30", 60, "Core study"),
            _Stretch(WEEKDAYS, "12:30", 20, "Light review"),
            _Stretch((SATURDAY,), "09:30", 150, "Focused study"),
            _Stretch((SUNDAY,), "10:00", 90, "Practice and planning"),
        ),
    ),
    Template(
        name=TemplateName.EVENINGS_AND_WEEKEND,
        title="An hour after work, more at the weekend",
        early=_week(
            _Stretch(WEEKDAYS, "12:30", 20, "Light review"),
            _Stretch(WEEKDAYS, "20:00", 60, "Core study"),
            _Stretch((SATURDAY,), "09:30", 150, "Focused study"),
            _Stretch((SUNDAY,), "10:00", 90, "Practice and planning"),
        ),
    ),
    Template(
        name=TemplateName.ULTRA_COMPRESSED,
        title="Ultra-compressed: one block a day for busy times",
        early=_week(
            _Stretch(WEEKDAYS, "20:00", 60, "One focused block"),
            _Stretch(WEEKDAYS, "21:00", 15, "Quick review"),
            _Stretch((SATURDAY,), "10:00", 120, "Mock practice"),
            _Stretch((SUNDAY,), "10:00", 90, "Consolidation and planning"),
        ),
    ),
    Template(
        name=TemplateName.MORNING_ROUTINE,
        title="Long mornings from 8:00, an hour on some evenings",
        early=_week(
            _Stretch(WEEKDAYS, "08:00", 150, "Morning practice"),
            _Stretch((0, 1, 3), "19:00", 60, "Evening reading"),
            _Stretch((2, 4), "19:00", 30, "Evening review"),
            _Stretch((SATURDAY,), "09:00", 120, "Review and planning"),
            _Stretch((SUNDAY,), "10:00", 60, "Recovery and preparation"),
        ),
        late=_week(
            _Stretch(WEEKDAYS, "07:30", 180, "Morning practice"),
            _Stretch((3,), "10:30", 30, "Feedback"),
            _Stretch((0, 1), "19:00", 60, "Evening practice"),
            _Stretch((2, 3), "19:00", 30, "Evening practice"),
            _Stretch((SATURDAY, SUNDAY), "09:00", 60, "Review and preparation"),
        ),
    ),
)

TEMPLATES: Mapping[str, Template] = MappingProxyType({template.name: template for template in _ALL})
OWN_PURPOSE = "Study time"


def read(text: str) -> tuple[str, Windows]:
    """The windows that a text names, and the text as it is kept: a template's name or hours in own words.

    An empty text names none, and so does "any time".

    Raises:
        HoursUnclear, HoursMissing: it is neither a template nor hours of a week.
    """
    plain = text.strip()
    if plain in TEMPLATES:
        return plain, TEMPLATES[plain].early
    spans = hours.parse(plain)
    if spans == ANY_TIME:
        return "", ()
    kept = hours.as_text(spans) if spans else ""
    windows = tuple(Window(span.weekday, span.start, len(span.minutes), OWN_PURPOSE) for span in spans)
    return kept, windows


def of_week(text: str, plan: Plan | None = None, week: int | None = None) -> Windows:
    """The windows that hold in a plan's week; without one, those of an ordinary week. `text` is as kept."""
    template = TEMPLATES.get(text)
    if template and template.late and plan is not None and week is not None and _is_last(plan, week):
        return template.late
    return read(text)[1]


def _is_last(plan: Plan, week: int) -> bool:
    """Whether the week lies in the last of several phases."""
    return len(plan.phases) > 1 and plan.phase_of(week) == plan.phases[-1]


def capacity(windows: Windows) -> dict[int, int] | None:
    """The minutes of each weekday; None if there are no windows, and so no bounds."""
    if not windows:
        return None
    minutes = dict.fromkeys(DAYS, 0)
    for window in windows:
        minutes[window.weekday] += window.minutes
    return minutes


def in_words(text: str) -> str:
    """Windows as a sentence shows them: a template's title, or the hours."""
    if text in TEMPLATES:
        return TEMPLATES[text].title
    return text or "none"


def post_times(text: str, usual: time) -> dict[int, time]:
    """When the day's post comes on each weekday: at the usual time, or before the day's first window.

    A template's windows of the last phase count from the start, so that the time does not jump.
    """
    template = TEMPLATES.get(text)
    windows = read(text)[1] + (template.late if template else ())
    times = dict.fromkeys(DAYS, usual)
    for window in windows:
        if window.is_all_day:
            continue
        early = max(_minute(window.start) - HEAD_START // timedelta(minutes=1), 0)
        times[window.weekday] = min(times[window.weekday], time(*divmod(early, 60)))
    return times


class Lasting(Protocol):
    """What takes minutes."""

    @property
    def minutes(self) -> int:
        """How long it takes."""


Goal = TypeVar("Goal", bound=Lasting)


def lay_out(goals: Sequence[Goal], windows: Sequence[Window]) -> list[tuple[Window, list[Goal]]]:
    """The goals of a day in its windows, those of each window in their order.

    Each goal goes into the first window that has time left for it, else into the roomiest. Where that lets a
    window run over, the longest goals choose first, if that is better. Windows without a goal are left out.
    """
    if not windows:
        return []
    in_order = _first_fit(range(len(goals)), goals, windows)
    longest_first = sorted(range(len(goals)), key=lambda number: -goals[number].minutes)
    held = min(
        (in_order, _first_fit(longest_first, goals, windows)), key=lambda held: _overrun(held, goals, windows)
    )
    return [
        (window, [goals[number] for number in sorted(numbers)])
        for window, numbers in zip(windows, held, strict=True)
        if numbers
    ]


def _first_fit(order: Iterable[int], goals: Sequence[Lasting], windows: Sequence[Window]) -> list[list[int]]:
    """Which goals, by their positions, each window holds when they choose in this order."""
    room = [window.minutes for window in windows]
    held: list[list[int]] = [[] for _ in windows]
    for number in order:
        minutes = goals[number].minutes
        fitting = [place for place, left in enumerate(room) if left >= minutes]
        place = fitting[0] if fitting else room.index(max(room))
        held[place].append(number)
        room[place] -= minutes
    return held


def _overrun(held: Sequence[Sequence[int]], goals: Sequence[Lasting], windows: Sequence[Window]) -> int:
    """The minutes by which goals run over the ends of their windows."""
    spent = [sum(goals[number].minutes for number in numbers) for numbers in held]
    return sum(max(minutes - window.minutes, 0) for minutes, window in zip(spent, windows, strict=True))


def of_day(windows: Windows, weekday: int) -> list[Window]:
    """The day's windows in their order."""
    return sorted(window for window in windows if window.weekday == weekday)


def _minute(at: time) -> int:
    """Minutes since midnight."""
    return at.hour * 60 + at.minute
