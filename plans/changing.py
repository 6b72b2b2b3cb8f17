"""Changing course: another plan, another load, another date, more weeks, and what that would mean.

What was offered stays as it was offered; only what lies ahead is fitted anew. Which weeks come twice when a
plan is lengthened, and how many weeks that may be, is ours; that a plan may be lengthened at all is from
"Timelines" and, by a week or two for a foundation, from "The 12-week plan".
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from hashlib import sha256

from pydantic import Field

from plans import calendar, windows
from plans.calendar import WEEK
from plans.errors import StudyError
from plans.fit import fit
from plans.fitted import Why
from plans.model import Level, Plan, Value

MOST_WEEKS = 8  # ours: what needs more is better begun as a longer plan
CURABLE = (Why.HOURS, Why.NEEDS, Why.DAYS_OFF)  # what more time brings in


class PlanIsOver(StudyError):
    """Your plan is over, so there is no week to add. Starting over is possible."""


class NoWeekToRepeat(StudyError):
    """{most} can be added: by then everything is offered, and one more would be empty."""


class Begin(StrEnum):
    """From when on a new plan counts."""

    TODAY = "today"
    MONDAY = "monday"


class Course(Value):
    """A plan as somebody takes it.

    `name` is what an enrolment calls the plan. `starts_on` is the Monday of its first week, `first_day` the
    first day that counts. `extensions` are the Mondays of the weeks that lengthened it.
    """

    plan: Plan
    name: str
    track: str
    level: Level
    hours: float
    starts_on: date
    first_day: date
    interview_on: date | None = None
    extensions: tuple[date, ...] = ()

    @property
    def ends_on(self) -> date:
        """The last day, longer weeks included."""
        return calendar.last_day(self.starts_on, len(self.plan.weeks), self.extensions)

    def week_of(self, monday: date, extensions: tuple[date, ...] | None = None) -> int | None:
        """The plan week of the calendar week of `monday`; none outside the plan."""
        inserted = self.extensions if extensions is None else extensions
        return calendar.place(self.starts_on, monday, len(self.plan.weeks), inserted).week


class Wish(Value):
    """What somebody wants instead; `track` may be none of the plan's, then the hours decide.

    A new plan, and one that is started over, begin today or next Monday. `current_level` and `risk` are what
    was said when the plan was chosen, if it was.
    """

    plan: str
    track: str
    level: Level
    hours: float
    interview_on: date | None = None
    start_over: bool = False
    begins: Begin = Begin.TODAY
    extend_by: int = Field(default=0, ge=0, le=MOST_WEEKS)
    current_level: str | None = None
    risk: str | None = None

    def is_new(self, course: Course) -> bool:
        """Whether a plan is begun, and not only the present one changed."""
        return self.start_over or self.plan != course.name


class Repeat(Value):
    """A plan week that comes once more in the calendar week after `monday`, and what it left out before."""

    week: int
    monday: date
    minutes: int


class Planned(Value):
    """A goal of this week that is still to be done; an `optional` one is of days before the plan began."""

    key: str
    text: str
    minutes: int
    due_on: date
    optional: bool = False


class Outline(Value):
    """A course in few words."""

    title: str
    track: str
    level: Level
    hours: float
    weeks: int
    first_day: date
    ends_on: date
    interview_on: date | None

    @property
    def ends_in_time(self) -> bool | None:
        """Whether it ends before the interview, or on its day; none if there is no interview."""
        return None if self.interview_on is None else self.ends_on <= self.interview_on


class Preview(Value):
    """What a change would change.

    `kept`, `set_aside` and `added` are goals of the rest of this week, `optional` those of its earlier days
    that a plan beginning today offers as well. `done` counts the goals that stay as they are.
    """

    today: date
    before: Outline
    after: Outline
    kept: tuple[Planned, ...]
    set_aside: tuple[Planned, ...]
    added: tuple[Planned, ...]
    optional: tuple[Planned, ...]
    repeats: tuple[Repeat, ...]
    done: int
    begins_anew: bool

    @property
    def minutes_before(self) -> int:
        """What the rest of this week holds as it is."""
        return _minutes(self.kept) + _minutes(self.set_aside)

    @property
    def minutes_after(self) -> int:
        """What it would hold."""
        return _minutes(self.kept) + _minutes(self.added)

    @property
    def changes_nothing(self) -> bool:
        """Whether everything stays as it is."""
        same_week = not (self.set_aside or self.added or self.repeats or self.begins_anew)
        return same_week and self.before == self.after

    @property
    def fingerprint(self) -> str:
        """Sixteen characters that differ as soon as anything in it does."""
        return sha256(self.model_dump_json().encode()).hexdigest()[:16]


def changed(
    course: Course,
    wish: Wish,
    plan: Plan,
    today: date,
    *,
    days_off: frozenset[int] = frozenset(),
    study_windows: str = "",
) -> Course:
    """The course as it is after a wish; `plan` is the one that the wish names.

    `study_windows` are the member's, as they are kept.

    Raises:
        PlanIsOver, NoWeekToRepeat: there is nothing to lengthen, or not by so much.
    """
    after = Course(
        plan=plan,
        name=wish.plan,
        track=track_for(plan, wish.track, wish.hours),
        level=wish.level,
        hours=wish.hours,
        interview_on=wish.interview_on,
        **_span(course, wish, today),
    )
    if not wish.extend_by:
        return after
    return lengthened(after, wish.extend_by, today, days_off=days_off, study_windows=study_windows)


def _span(course: Course, wish: Wish, today: date) -> dict[str, object]:
    """When the changed course begins, and which weeks lengthen it."""
    if not wish.is_new(course):
        return course.model_dump(include={"starts_on", "first_day", "extensions"})
    first_day = today if wish.begins is Begin.TODAY else calendar.next_monday(today)
    return {"starts_on": calendar.monday_of(first_day), "first_day": first_day}


def track_for(plan: Plan, wanted: str, hours: float) -> str:
    """The wanted track if the plan has it, else the heaviest one that asks for no more than the hours."""
    if wanted in {track.name for track in plan.tracks}:
        return wanted
    by_hours = sorted(plan.tracks, key=lambda track: track.hours)
    within = [track for track in by_hours if track.hours <= hours]
    return (within[-1] if within else by_hours[0]).name


# More weeks


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


# What it would mean


def preview(
    before: Course,
    after: Course,
    today: date,
    *,
    week_before: Sequence[Planned],
    week_after: Sequence[Planned],
    added_weeks: Sequence[Repeat] = (),
    done: int = 0,
    begins_anew: bool = False,
) -> Preview:
    """The difference between two courses.

    `week_before` and `week_after` are the goals that this week still holds, from today on. A goal is the same
    if the plan's id and the words are. `done` counts what was done so far.
    """
    had = {_identity(goal) for goal in week_before}
    gets = {_identity(goal) for goal in week_after}
    needed = [goal for goal in week_after if not goal.optional]
    return Preview(
        today=today,
        before=outline(before),
        after=outline(after),
        kept=tuple(goal for goal in needed if _identity(goal) in had),
        set_aside=tuple(goal for goal in week_before if not goal.optional and _identity(goal) not in gets),
        added=tuple(goal for goal in needed if _identity(goal) not in had),
        optional=tuple(goal for goal in week_after if goal.optional and _identity(goal) not in had),
        repeats=tuple(added_weeks),
        done=done,
        begins_anew=begins_anew,
    )


def outline(course: Course) -> Outline:
    """The course in few words."""
    return Outline(
        title=course.plan.title,
        track=course.plan.track(course.track).title,
        level=course.level,
        hours=course.hours,
        weeks=(course.ends_on - course.starts_on).days // 7 + 1,
        first_day=course.first_day,
        ends_on=course.ends_on,
        interview_on=course.interview_on,
    )


def _identity(goal: Planned) -> tuple[str, str]:
    """What makes two goals the same one, whichever day they stand on."""
    return goal.key, goal.text


def _minutes(goals: Iterable[Planned]) -> int:
    return sum(goal.minutes for goal in goals)
