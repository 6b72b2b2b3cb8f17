"""A member's day as it stands: what is planned, what is done, what waits."""

from datetime import date

from plans.model import Area, Value
from plans.modes import Period
from plans.steering import Agreement


class AgendaGoal(Value):
    """One goal of the day and how it stands.

    `carried_from` is the day from which it was moved here, `late` says that it was done a day or more late.
    """

    id: int
    text: str
    note: str
    minutes: int
    area: Area
    block: str
    state: str  # open, done, skipped
    carried_from: date | None
    skip_reason: str | None = None
    excused: bool = False
    late: bool = False


class Ahead(Value):
    """What the next day holds."""

    day: date
    title: str
    minutes: int


class Agenda(Value):
    """Everything that the day's post says. `today` is the member's date when it was read.

    `week` and `weeks` count in the plan and are None outside it. `earlier_open` is what this week left
    open before this day. `streak` are days in a row, `strength` is how steady they are in per cent.
    `paused_until` is the last day of a pause that covers the day. `agreed` is what the group has agreed on
    for the week, `periods` are the modes that lie on the day.
    """

    membership_id: int
    day: date
    today: date
    title: str
    goals: tuple[AgendaGoal, ...]
    mode: str = "normal"
    week: int | None = None
    weeks: int | None = None
    plan_begins: date | None = None
    days_to_interview: int | None = None
    streak: int = 0
    strength: int = 0
    earlier_open: int = 0
    checkpoint: str | None = None
    ratings: tuple[int, ...] = ()
    paused_until: date | None = None
    agreed: tuple[Agreement, ...] = ()
    periods: tuple[Period, ...] = ()
    ahead: Ahead | None = None

    @property
    def offered(self) -> tuple[AgendaGoal, ...]:
        """The goals that can be ticked: all but the skipped ones."""
        return tuple(goal for goal in self.goals if goal.state != "skipped")

    @property
    def counted(self) -> tuple[AgendaGoal, ...]:
        """The goals that count as planned: offered, and not excused unless done all the same."""
        return tuple(goal for goal in self.offered if goal.state == "done" or not goal.excused)

    @property
    def is_interview(self) -> bool:
        """Whether it is the day of the interview."""
        return self.days_to_interview == 0

    @property
    def done(self) -> int:
        """How many goals are done."""
        return sum(goal.state == "done" for goal in self.goals)

    @property
    def is_complete(self) -> bool:
        """Whether there was something to do and all of it is done."""
        return bool(self.counted) and self.done == len(self.counted)

    @property
    def minutes(self) -> int:
        """What the day's goals take, done or not."""
        return sum(goal.minutes for goal in self.counted)

    @property
    def minutes_done(self) -> int:
        """What the goals that are done take."""
        return sum(goal.minutes for goal in self.goals if goal.state == "done")
