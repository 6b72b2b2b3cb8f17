"""Changing course: another plan, another load, another date, more weeks, and what that would mean.

What was offered stays as it was offered; only what lies ahead is fitted anew.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256

from plans import calendar
from plans.course import Begin, Course, Planned, Wish
from plans.lengthening import Repeat, lengthened
from plans.model import Level, Plan, Value


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
