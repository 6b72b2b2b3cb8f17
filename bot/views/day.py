"""The day: today's goals as checkboxes, how far one is, and what else one can do about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from slack_sdk.models.blocks import Block, CheckboxesElement, InteractiveElement

from bot.views import proposals
from bot.views.checkbox_ids import CheckboxId
from bot.views.interviews import SHOW_INTERVIEW, THE_DAY
from bot.views.message import (
    OPTION_LIMIT,
    Message,
    actions,
    built,
    button,
    context,
    header,
    option,
    overflow,
    section,
)
from bot.views.modes import on_the_day
from bot.views.words import (
    WEEK_MODES,
    clip,
    duration,
    escape,
    listed,
    plural,
    short_date,
    steadiness,
    weekday,
)
from plans.agenda import Agenda, AgendaGoal

COMPLETE = "complete"  # a checkbox of the day
RATE = "rate_day"
LOG = "log_open"
TODAY = "today_open"
HINTS = "day_hints"
MORE = "day_more"
ADD, CARRY, SKIP, BRING, WEEK, UNSKIP = "add", "carry", "skip", "bring", "week", "unskip"
BOX_LIMIT = 10  # options in one group of checkboxes


@dataclass(frozen=True)
class Box(CheckboxId):
    """Whose goals a group of checkboxes offers, of which day."""

    PREFIX = "day"

    membership_id: int
    day: date
    revision: str
    goals: tuple[int, ...]


def post(agenda: Agenda, revision: str) -> Message:
    """The day's post. `revision` names this drawing of the checkboxes: a new one makes clients forget theirs."""
    return Message(summary(agenda), built(list(blocks(agenda, revision))))


def summary(agenda: Agenda) -> str:
    """The day in one line, for notifications and screen readers."""
    if _is_the_day(agenda):
        return THE_DAY
    if not agenda.goals:
        return f"{_name(agenda)}: nothing planned."
    goals = "; ".join(("✓ " if g.state == "done" else "") + escape(g.text) for g in agenda.offered)
    return clip(f"{_name(agenda)}: {_progress(agenda)} {goals}", 3000)


def blocks(agenda: Agenda, revision: str) -> Iterator[Block]:
    """The day from top to bottom: what, how long, the goals, how far, what else."""
    yield header(_headline(agenda))
    yield context(_context(agenda))
    for title, goals in _groups(agenda):
        yield from _boxes(agenda, title, goals, revision)
    skipped = [goal for goal in agenda.goals if goal.state == "skipped"]
    if skipped:
        yield context("Skipped: " + "; ".join(escape(goal.text) for goal in skipped))
    yield section(_progress_line(agenda))
    yield _doors(agenda)


def _name(agenda: Agenda) -> str:
    return weekday(agenda.day) if agenda.day != agenda.today else f"Today, {weekday(agenda.day)}"


def _headline(agenda: Agenda) -> str:
    parts = [weekday(agenda.day)]
    if agenda.week:
        parts.append(f"week {agenda.week} of {agenda.weeks}")
    if agenda.title:
        parts.append(agenda.title)
    return " · ".join(parts)


def _context(agenda: Agenda) -> str:
    """One quiet line: which day this is, hours, the interview, the row of days, a checkpoint ahead."""
    parts = []
    if agenda.day < agenda.today:
        parts.append(f"*This is the list of {short_date(agenda.day)}*")
    if agenda.paused_until:
        parts.append(f"paused until {weekday(agenda.paused_until)}")
    if agenda.counted:
        parts.append(duration(agenda.minutes))
    if note := WEEK_MODES.get(agenda.mode):
        parts.append(note)
    parts += on_the_day(agenda.periods, agenda.day)
    parts += [proposals.line(agreement) for agreement in agenda.agreed if not agreement.keeps]
    days = agenda.days_to_interview
    if days is not None and days >= 0:
        parts.append("interview today" if days == 0 else f"{plural(days, 'day')} to your interview")
    if row := steadiness(agenda.streak, agenda.strength):
        parts.append(row)
    if agenda.checkpoint:
        parts.append(f"checkpoint this week: {agenda.checkpoint}")
    return " · ".join(parts) or ("Up to you" if agenda.offered else "Nothing planned")


def _groups(agenda: Agenda) -> Iterator[tuple[str, list[AgendaGoal]]]:
    """The goals under their blocks, then what was moved here, by the day that it came from."""
    fresh = [goal for goal in agenda.offered if goal.carried_from is None]
    for name, goals in groupby(fresh, key=lambda goal: goal.block):
        yield name, list(goals)
    moved = sorted((g for g in agenda.offered if g.carried_from), key=lambda g: (g.carried_from, g.id))
    for day, goals in groupby(moved, key=lambda goal: goal.carried_from):
        if day is not None:
            yield f"{_from(agenda, day)} {weekday(day)}", list(goals)


def _from(agenda: Agenda, day: date) -> str:
    """What came before the plan began may be taken up; what was moved here is meant for today."""
    before = agenda.plan_begins is not None and day < agenda.plan_begins
    return "If you like: from" if before else "Carried over from"


def _boxes(agenda: Agenda, title: str, goals: list[AgendaGoal], revision: str) -> Iterator[Block]:
    """One or more groups of checkboxes under a title; Slack takes ten to a group."""
    name = escape(title.partition(",")[0])  # the plan's own time stands behind the comma: the full load's
    heading = f"{name}, {duration(sum(goal.minutes for goal in goals))}"
    for start in range(0, len(goals), BOX_LIMIT):
        part = goals[start : start + BOX_LIMIT]
        options = {goal.id: option(goal.text, str(goal.id), _aside(goal)) for goal in part}
        box = Box(agenda.membership_id, agenda.day, revision, tuple(options))
        yield section(
            f"*{heading}*" if start == 0 else f"*{name}, continued*",
            block_id=str(box),
            accessory=CheckboxesElement(
                action_id=COMPLETE,
                options=list(options.values()),
                initial_options=[options[goal.id] for goal in part if goal.state == "done"] or None,
            ),
        )


def _aside(goal: AgendaGoal) -> str:
    """What stands below a goal: its minutes and, where it fits, its note."""
    time = duration(goal.minutes)
    return f"{time} · {goal.note}" if goal.note and _fits(goal) else time


def _fits(goal: AgendaGoal) -> bool:
    return len(f"{duration(goal.minutes)} · {goal.note}") <= OPTION_LIMIT


def _progress(agenda: Agenda) -> str:
    if not agenda.counted:
        return "Nothing is planned; what follows is up to you." if agenda.offered else "Nothing planned."
    if agenda.is_complete:
        return f"All {len(agenda.counted)} done." if len(agenda.counted) > 1 else "Done."
    done = f"{agenda.done} of {len(agenda.counted)} done"
    return f"{done}, {duration(agenda.minutes_done)}." if agenda.done else f"{done}."


def _progress_line(agenda: Agenda) -> str:
    """How far one is; when all is done, what comes next; on the interview's day a word for it alone."""
    if _is_the_day(agenda):
        return THE_DAY
    parts = [f"*{_progress(agenda)}*"]
    if agenda.is_complete or not agenda.counted:
        parts.extend(_ahead(agenda))
    if agenda.ratings:
        parts.append("Rated " + " · ".join(map(str, agenda.ratings)) + ".")
    if agenda.earlier_open and agenda.day == agenda.today:
        parts.append(f"{plural(agenda.earlier_open, 'goal')} from earlier this week still open.")
    return " ".join(parts)


def _is_the_day(agenda: Agenda) -> bool:
    """Whether the interview is on this very day, and nothing else."""
    return agenda.is_interview and agenda.day == agenda.today and not agenda.offered


def _ahead(agenda: Agenda) -> list[str]:
    if agenda.plan_begins and agenda.day < agenda.plan_begins:
        return [f"Your plan begins on {short_date(agenda.plan_begins)}."]
    if agenda.ahead is None:
        return []
    near = (agenda.ahead.day - agenda.day).days == 1
    name = "Tomorrow" if near else weekday(agenda.ahead.day)
    return [f"{name}: {escape(agenda.ahead.title)}, {duration(agenda.ahead.minutes)}."]


def _doors(agenda: Agenda) -> Block:
    """What else one can do about this day; each button says which day it means."""
    value = f"{agenda.membership_id}:{agenda.day.isoformat()}"
    choices = [("Add a goal of mine", f"{ADD}:{value}")]
    if any(goal.state == "open" for goal in agenda.goals):
        choices.append(("Move what is open to tomorrow", f"{CARRY}:{value}"))
        choices.append(("Skip something…", f"{SKIP}:{value}"))
    if any(goal.state == "skipped" for goal in agenda.goals):
        choices.append(("Bring back what I skipped", f"{UNSKIP}:{value}"))
    if agenda.earlier_open:
        choices.append((f"Bring {plural(agenda.earlier_open, 'open goal')} to today", f"{BRING}:{value}"))
    choices.append(("My week", f"{WEEK}:{value}"))
    row: list[InteractiveElement] = [
        button("Rate today" if agenda.day == agenda.today else "Rate this day", RATE, value),
        button("Log something", LOG, value),
    ]
    if _is_the_day(agenda):
        row.append(button("My list", SHOW_INTERVIEW, value))
    if any(goal.note and not _fits(goal) for goal in agenda.offered):
        row.append(button("Hints", HINTS, value))
    row += [proposals.door(agreement) for agreement in agenda.agreed if agreement.is_new(agenda.day)]
    return actions(*row, overflow(MORE, choices[-5:]))


def hints(agenda: Agenda) -> Message:
    """What the goals mean in more words, for who asks."""
    noted = [goal for goal in agenda.offered if goal.note]
    lines = [f"*{escape(goal.text)}*\n{escape(goal.note)}" for goal in noted]
    blocks = [section(line) for line in lines[:40]]
    return Message(clip(" ".join(lines), 3000), built([header(f"Hints for {weekday(agenda.day)}"), *blocks]))


def nudge(agenda: Agenda) -> Message:
    """The evening's reminder, for who asked for it and has something open."""
    left = [goal for goal in agenda.counted if goal.state == "open"]
    names = listed([escape(goal.text) for goal in left[:3]])
    more = f" and {len(left) - 3} more" if len(left) > 3 else ""
    text = f"Still open today: {names}{more}. One of them is enough to keep going."
    value = f"{agenda.membership_id}:{agenda.day.isoformat()}"
    row = actions(
        button("Show today", TODAY, value),
        overflow(MORE, [("Move what is open to tomorrow", f"{CARRY}:{value}")]),
    )
    return Message(text, built([section(text), row]))
