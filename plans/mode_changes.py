"""What a mode changes: the weeks that it touches, before and after, goal by goal."""

from datetime import date
from hashlib import sha256

from plans.course import Planned
from plans.model import Value
from plans.modes import Mode, Period


class ModeWish(Value):
    """A mode from one day to another, both included. `keeps` are the per cent of hours that a member chose
    where the mode leaves a choice; `note` are their own words.
    """

    mode: Mode
    starts_on: date
    ends_on: date
    keeps: int | None = None
    note: str = ""

    @property
    def period(self) -> Period:
        """Its days and what it does to them."""
        return Period(mode=self.mode, starts_on=self.starts_on, ends_on=self.ends_on, keeps=self.keeps)


class WeekChange(Value):
    """A week, or what is left of it from `since` on, before and after."""

    monday: date
    since: date
    before: tuple[Planned, ...]
    after: tuple[Planned, ...]

    @property
    def out(self) -> tuple[Planned, ...]:
        """What the change sets aside."""
        return _without(self.before, self.after)

    @property
    def into(self) -> tuple[Planned, ...]:
        """What comes in."""
        return _without(self.after, self.before)

    @property
    def moved(self) -> tuple[Planned, ...]:
        """What stays in the week and stands on another day, as it would stand."""
        days = {goal.key: goal.due_on for goal in self.before}
        return tuple(goal for goal in self.after if days.get(goal.key, goal.due_on) != goal.due_on)

    @property
    def minutes_before(self) -> int:
        """What it asked for."""
        return sum(goal.minutes for goal in self.before)

    @property
    def minutes_after(self) -> int:
        """What it asks for with the change."""
        return sum(goal.minutes for goal in self.after)

    @property
    def changes_nothing(self) -> bool:
        """Whether every goal stays where it is."""
        return not (self.out or self.into or self.moved)


class ModePreview(Value):
    """What a wish makes of the first weeks that it touches. `wish` is as it would be kept: a period of the
    same mode that it meets is made longer by it, and then `extends` is true.
    """

    wish: ModeWish
    weeks: tuple[WeekChange, ...]
    extends: bool = False

    @property
    def fingerprint(self) -> str:
        """Sixteen characters that differ as soon as anything in it does."""
        return sha256(self.model_dump_json().encode()).hexdigest()[:16]


def _without(goals: tuple[Planned, ...], others: tuple[Planned, ...]) -> tuple[Planned, ...]:
    known = {goal.key for goal in others}
    return tuple(goal for goal in goals if goal.key not in known)
