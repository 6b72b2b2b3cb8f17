"""A member's week: each day with its goals and how they stand, what it adds up to, what was left out and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock

from bot.views import minimums, proposals
from bot.views.catching_up import CATCH_UP
from bot.views.membership import SHOW_TODAY, SHOW_WEEK
from bot.views.message import Message, actions, built, button, context, header, section
from bot.views.modes import in_the_week
from bot.views.words import METRICS, WEEK_MODES, clip, duration, escape, plural, short_date
from plans.agenda import AgendaGoal
from plans.minimums import WeekMinimums
from plans.modes import Period
from plans.steering import Agreement

MARKS = {"done": "☑", "open": "☐", "skipped": "–"}


@dataclass(frozen=True)
class WeekDay:
    """One day of the week."""

    day: date
    title: str
    goals: tuple[AgendaGoal, ...]


@dataclass(frozen=True)
class WeekSheet:
    """A week as the member sees it; `preview` if it was not opened yet."""

    membership_id: int
    monday: date
    today: date
    number: int | None
    weeks: int | None
    theme: str
    mode: str
    days: Sequence[WeekDay]
    minutes_done: int
    counts: Mapping[str, int]
    targets: Mapping[str, int]
    left_out: Sequence[tuple[str, str]]  # text, reason
    preview: bool
    behind: int = 0
    minimums: WeekMinimums | None = None
    periods: Sequence[Period] = ()
    agreed: Sequence[Agreement] = ()


def sheet(facts: WeekSheet) -> Message:
    """The week from Monday to Sunday."""
    return Message(_summary(facts), built(list(_blocks(facts))[:50]))


def _summary(facts: WeekSheet) -> str:
    goals = [goal for day in facts.days for goal in day.goals]
    done = sum(goal.state == "done" for goal in goals)
    days = "; ".join(f"{short_date(day.day)}: {len(day.goals)} goals" for day in facts.days)
    return f"{_headline(facts)}: {done} of {len(goals)} goals done. {days}"


def _headline(facts: WeekSheet) -> str:
    if facts.number is None:
        return f"Week of {short_date(facts.monday)}"
    return f"Week {facts.number} of {facts.weeks} · {facts.theme}"


def _blocks(facts: WeekSheet) -> Iterator[Block]:
    yield header(_headline(facts))
    yield context(_context(facts))
    if not facts.days:
        yield section("Nothing is planned in this week.")
    for day in facts.days:
        yield section(_day(day, facts.today))
    if facts.targets or facts.counts:
        yield section(f"*So far*: {_counts(facts)}")
    if facts.minimums and (line := _minimums(facts.minimums, facts)):
        yield context(line)
    if facts.left_out:
        yield DividerBlock()
        yield context(_left_out(facts))
    yield actions(*_buttons(facts))


def _context(facts: WeekSheet) -> str:
    goals = [goal for day in facts.days for goal in day.goals if goal.state != "skipped"]
    planned = duration(sum(goal.minutes for goal in goals))
    parts = [f"{short_date(facts.monday)} to Sunday", f"{plural(len(goals), 'goal')}, {planned}"]
    if facts.preview:
        parts.append("as it would be offered now")
    else:
        parts.append(f"{duration(facts.minutes_done)} done")
    if note := WEEK_MODES.get(facts.mode):
        parts.append(note)
    parts += in_the_week(facts.periods)
    parts += map(proposals.line, facts.agreed)
    return " · ".join(parts)


def _day(day: WeekDay, today: date) -> str:
    mark = " (today)" if day.day == today else ""
    minutes = duration(sum(goal.minutes for goal in day.goals))
    lines = [f"*{short_date(day.day)}{mark}: {escape(day.title)}*, {minutes}"]
    lines += [f"{MARKS[goal.state]} {escape(goal.text)} ({_aside(goal)})" for goal in day.goals]
    return "\n".join(lines)


def _aside(goal: AgendaGoal) -> str:
    """How long a goal takes, from which day it came over, and whether it was done late."""
    parts = [duration(goal.minutes)]
    if goal.carried_from:
        parts.append(f"from {short_date(goal.carried_from)}")
    if goal.late:
        parts.append("late")
    return ", ".join(parts)


def _counts(facts: WeekSheet) -> str:
    metrics = [metric for metric in METRICS if metric in facts.targets or facts.counts.get(metric)]
    return ", ".join(
        f"{METRICS[metric][1]} {facts.counts.get(metric, 0)}"
        + (f" of {facts.targets[metric]}" if metric in facts.targets else "")
        for metric in metrics
    )


def _minimums(week: WeekMinimums, facts: WeekSheet) -> str:
    """How the minimums stand; of a week ahead only what its hours do not hold."""
    return minimums.beyond(week) if facts.preview else minimums.of_week(week)


def _left_out(facts: WeekSheet) -> str:
    """What the full week also holds, by the reason for which it is left out."""
    by_reason: dict[str, list[str]] = {}
    for text, reason in facts.left_out:
        by_reason.setdefault(reason, []).append(escape(text))
    lines = [
        f"{escape(reason[0].upper() + reason[1:])}: {'; '.join(texts)}."
        for reason, texts in by_reason.items()
    ]
    title = f"*Left out of the full week* ({plural(len(facts.left_out), 'goal')})"
    return clip("\n".join([title, *lines]), 2800)


def _buttons(facts: WeekSheet) -> list[ButtonElement]:
    about = str(facts.membership_id)
    agreed = map(proposals.door, facts.agreed)
    if facts.preview:
        return [button("This week", SHOW_WEEK, f"{about}:0"), *agreed]
    row = [button("Show today", SHOW_TODAY, about), button("Next week", f"{SHOW_WEEK}_next", f"{about}:1")]
    return [*row, *([button("Catch up", CATCH_UP, about)] if facts.behind else []), *agreed]
