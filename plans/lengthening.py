"""More weeks for a plan: which of its weeks come once more.

Which weeks those are, and how many they may be, is ours; that a plan may be lengthened at all is from
"Timelines" and, by a week or two for a foundation, from "The 12-week plan".
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from plans import calendar, windows
from plans.calendar import WEEK
from plans.course import Course
from plans.errors import StudyError
from plans.fit import fit
from plans.fitted import Why
from plans.model import Value

CURABLE = (Why.HOURS, Why.NEEDS, Why.DAYS_OFF)  # what more time brings in


class PlanIsOver(StudyError):
    """Your plan is over, so there is no week to add. Starting over is possible."""


class NoWeekToRepeat(StudyError):
    """{most} can be added: by then everything is offered, and one more would be empty."""


class Repeat(Value):
    """A plan week that comes once more in the calendar week after `monday`, and what it left out before."""

    week: int
    monday: date
    minutes: int


def lengthened(
    course: Course, by: int, today: date, *, days_off: frozenset[int] = frozenset(), study_windows: str = ""
) -> Course:
    """The course with `by` weeks more: each time the week whose fit leaves out most comes once more.

    Weeks that are over are not repeated. Of two weeks that leave out as much, the earlier one comes again.

    Raises:
        PlanIsOver: no week of the plan is left.
        NoWeekToRepeat: fewer weeks hold everything.
    """
    here = calendar.monday_of(today)
    times = Counter(course.week_of(monday) for monday in _mondays(course))
    ahead = {course.week_of(monday) for monday in _mondays(course) if monday >= here}
    if not ahead:
        raise PlanIsOver
    leftovers = _Leftovers(course, days_off, study_windows)
    more = Counter[int]()
    for added in range(by):
        week = max(sorted(filter(None, ahead)), key=lambda each: leftovers(each, times[each] + more[each]))
        if not leftovers(week, times[week] + more[week]):
            raise NoWeekToRepeat(most=_most_in_words(added))
        more[week] += 1
    return course.model_copy(update={"extensions": _placed(course, more, here)})


def _most_in_words(added: int) -> str:
    return "No week" if not added else "No more than a week" if added == 1 else f"No more than {added} weeks"


def repeats(
    before: Course | None,
    after: Course,
    *,
    days_off: frozenset[int] = frozenset(),
    study_windows: str = "",
) -> tuple[Repeat, ...]:
    """The weeks that come once more than before, with the minutes that had found no room until then.

    Without a `before`, all that come more than once.
    """
    leftovers = _Leftovers(after, days_off, study_windows)
    had = Counter(before.week_of(monday) for monday in before.extensions) if before else Counter()
    held, found = Counter[int](), []
    for monday in after.extensions:
        week = after.week_of(monday)
        if week is None:
            continue
        held[week] += 1
        if held[week] > had[week]:
            found.append(Repeat(week=week, monday=monday, minutes=leftovers(week, held[week])))
    return tuple(found)


def _mondays(course: Course) -> Iterator[date]:
    """The Mondays of the course, from its first to its last."""
    monday, end = course.starts_on, course.ends_on
    while monday <= end:
        yield monday
        monday += WEEK


def _placed(course: Course, more: Counter[int], here: date) -> tuple[date, ...]:
    """The weeks to insert, with those that were inserted before.

    Each repeated week is inserted where it stands last. An insertion moves what comes after it, so the
    earlier weeks are placed first, and what was to be repeated before still is, perhaps a week later.
    """
    past = [monday for monday in course.extensions if monday < here]
    wanted = more + Counter(
        filter(None, (course.week_of(each) for each in course.extensions if each >= here))
    )
    inserted = tuple(past)
    for week in sorted(wanted.elements()):
        longer = course.model_copy(update={"extensions": inserted})
        last = max(monday for monday in _mondays(longer) if longer.week_of(monday) == week)
        inserted = (*inserted, last)
    return tuple(sorted(inserted))


class _Leftovers:
    """What a plan week leaves out for want of time after it was held so many times, in minutes."""

    def __init__(self, course: Course, days_off: frozenset[int], study_windows: str) -> None:
        self._course = course
        self._days_off = days_off
        self._windows = study_windows
        self._known: dict[int, list[int]] = {}
        self._had: dict[int, frozenset[str]] = {}

    def __call__(self, week: int, times: int) -> int:
        known = self._known.setdefault(week, [])
        while len(known) < max(times, 1):
            known.append(self._hold(week))
        return known[max(times, 1) - 1]

    def _hold(self, week: int) -> int:
        """Hold the week once more: the minutes that are then still left out."""
        plan, course = self._course.plan, self._course
        had = self._had.get(week, frozenset())
        fitted = fit(
            plan.week(week),
            track=plan.track(course.track),
            level=course.level,
            hours=course.hours,
            done_or_offered=had,
            days_off=self._days_off,
            capacity=windows.capacity(windows.of_week(self._windows, plan, week)),
        )
        self._had[week] = had | {goal.id for goal in fitted.goals}
        return sum(left.minutes for left in fitted.left_out if left.why in CURABLE)
