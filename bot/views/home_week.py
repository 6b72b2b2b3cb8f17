"""The week on the App Home: how far it is, a bar for each area, what makes it different."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from slack_sdk.models.blocks import Block

from bot.views.catching_up import CATCH_UP
from bot.views.choosing import COMPARE
from bot.views.membership import SHOW_WEEK
from bot.views.message import actions, button, section
from bot.views.words import AREAS, WEEK_MODES, duration, long_date, plural, short_date, weekday

WIDTH = 10  # steps of a bar: it stays on a phone's line beside its words


@dataclass(frozen=True)
class AreaMinutes:
    """An area's minutes in the week: studied, and planned."""

    area: str
    done: int
    planned: int


@dataclass(frozen=True)
class WeekGlance:
    """The week that holds today. `modes` are times in which it is different, each with its last day.

    `number` is the plan's week, none outside it; `begins` is the plan's first day while that is to come.
    """

    membership_id: int
    number: int | None
    has_plan: bool
    goals_done: int
    goals_planned: int
    areas: Sequence[AreaMinutes]
    mode: str = "normal"
    modes: Sequence[tuple[str, date]] = field(default=())
    paused_until: date | None = None
    begins: date | None = None
    behind: int = 0

    @property
    def minutes_done(self) -> int:
        """What was studied altogether."""
        return sum(each.done for each in self.areas)

    @property
    def minutes_planned(self) -> int:
        """What the goals take altogether."""
        return sum(each.planned for each in self.areas)


def blocks(week: WeekGlance) -> Iterator[Block]:
    """A line of sums, a bar for each area, the doors."""
    lines = [f"*This week* · {_sums(week)}", *_notes(week), *map(_area, week.areas)]
    yield section("\n".join(lines))
    about = str(week.membership_id)
    if not week.has_plan:
        yield actions(button("Compare plans", COMPARE, about))
        return
    row = [button("My week", SHOW_WEEK, about), button("Next week", f"{SHOW_WEEK}_next", f"{about}:1")]
    if week.behind:
        row.append(button("Catch up", CATCH_UP, about))
    yield actions(*row)


def _sums(week: WeekGlance) -> str:
    if not week.has_plan:
        return "no plan yet. Compare what there is; `/prep join` takes one."
    if not week.goals_planned:
        return _nothing(week)
    goals = f"{week.goals_done} of {plural(week.goals_planned, 'goal')}"
    return f"{goals} · {duration(week.minutes_done)} of {duration(week.minutes_planned)}"


def _nothing(week: WeekGlance) -> str:
    """A week without goals: the plan is to come, has ended, or leaves it free."""
    done = f"; {duration(week.minutes_done)} studied" if week.minutes_done else ""
    if week.begins:
        return f"nothing is planned before {short_date(week.begins)}{done}."
    if week.number is None:
        return f"your plan has come to its end{done}. *Change my plan* below goes on."
    return f"nothing is planned{done}."


def _notes(week: WeekGlance) -> Iterator[str]:
    """What is on: a pause, a mode, a lighter or a stronger week."""
    if week.paused_until:
        yield f"Paused until {weekday(week.paused_until)}, {long_date(week.paused_until)}: nothing counts as missed."
    for mode, last in week.modes:
        yield f"{mode[0].upper()}{mode[1:]} until {short_date(last)}."
    if note := WEEK_MODES.get(week.mode):
        yield f"{note[0].upper()}{note[1:]}."


def _area(area: AreaMinutes) -> str:
    name = AREAS.get(area.area, area.area)
    if not area.planned:
        return f"`{bar(area.done, area.done)}` {name}, {duration(area.done)} beside the plan"
    return f"`{bar(area.done, area.planned)}` {name}, {duration(area.done)} of {duration(area.planned)}"


def bar(done: float, of: float) -> str:
    """A bar of ten steps; it is full only when all is done, and begun as soon as anything is."""
    if not of or not done:
        return "░" * WIDTH
    full = WIDTH if done >= of else min(max(int(done * WIDTH / of), 1), WIDTH - 1)
    return "█" * full + "░" * (WIDTH - full)
