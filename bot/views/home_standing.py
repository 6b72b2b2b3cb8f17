"""How one stands, on the App Home: the weeks so far, and readiness."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import Block

from bot.views.checkpoints import SHOW as SHOW_CHECKPOINT
from bot.views.home_doors import door
from bot.views.home_week import bar
from bot.views.message import actions, button, section
from bot.views.mock_reading import averages
from bot.views.words import escape, plural
from plans import calendar
from plans.mocks import Kind


@dataclass(frozen=True)
class TrendWeek:
    """A published week: its band, its points, its goals met in per cent (none if nothing was planned)."""

    monday: date
    band: str
    points: int
    possible: int
    percent: int | None


@dataclass(frozen=True)
class Readiness:
    """What the latest mocks and the nearest checkpoint say. `checkpoint` is its week, and how many of its
    lines are done of how many; none if the plan has none.
    """

    membership_id: int
    averages: Mapping[str, float]
    sessions: int
    kind: Kind
    calibration: str
    checkpoint: tuple[int, int, int] | None


def trend(weeks: Sequence[TrendWeek], membership_id: int) -> Iterator[Block]:
    """Up to six weeks, oldest first, a line each; then the doors to the card as it stands now, and to the month."""
    if weeks:
        text = "\n".join(["*Scorecard* · points, band, goals met", *map(_week, weeks)])
    else:
        text = (
            "*Scorecard* · the first one comes at the end of your week. Your card shows how it stands so far."
        )
    yield section(text)
    yield actions(door("My card", "scorecard", membership_id), door("My month", "month", membership_id))


def _week(week: TrendWeek) -> str:
    """Short enough to stay on one line of a phone."""
    name = f"W{calendar.week_number(week.monday):02}"
    points = [f"{week.points}/{week.possible}"] if week.possible else []
    goals = "nothing planned" if week.percent is None else f"{week.percent} %"
    return f"`{name} {bar(week.points, week.possible)}` {' · '.join([*points, week.band, goals])}"


def readiness(facts: Readiness) -> Iterator[Block]:
    """What partners say on average, how far that agrees with one's own view, the checkpoint."""
    lines = [*_mocks(facts), *_checkpoint(facts)]
    yield section("\n".join(["*Readiness*", *lines]))
    if facts.checkpoint:
        yield actions(button("Checkpoint", SHOW_CHECKPOINT, str(facts.membership_id)))


def _mocks(facts: Readiness) -> Iterator[str]:
    if not facts.averages:
        yield "No feedback yet. After your first mock interview, its averages stand here."
        return
    said = averages(facts.averages, facts.kind)
    yield f"Average of your last {plural(facts.sessions, 'mock')}, out of 5: {said}."
    if facts.calibration:
        yield escape(facts.calibration)


def _checkpoint(facts: Readiness) -> Iterator[str]:
    if facts.checkpoint:
        week, done, of = facts.checkpoint
        yield f"Checkpoint of week {week}: {done} of {of} done."
