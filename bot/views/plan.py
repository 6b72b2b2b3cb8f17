"""The plan as a map: phases and weeks, with "you are here"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import Block

from bot.views.catching_up import CATCH_UP
from bot.views.changing import OPEN_CHANGES
from bot.views.checkpoints import SHOW as SHOW_CHECKPOINT
from bot.views.choosing import COMPARE
from bot.views.interviews import SHOW_INTERVIEW
from bot.views.membership import OPEN_SETTINGS, SHOW_WEEK
from bot.views.message import Message, actions, built, button, context, header, section
from bot.views.modes import OPEN_MODES, on_the_day
from bot.views.words import escape, long_date, plural
from plans.modes import Period


@dataclass(frozen=True)
class PlanMap:
    """A member's plan and where they are in it."""

    membership_id: int
    title: str
    source: str
    track: str
    hours: float
    level: str
    starts_on: date
    ends_on: date
    interview_on: date | None
    week: int | None
    finished: bool
    phases: Sequence[tuple[str, tuple[int, int], Sequence[str]]]
    themes: Sequence[tuple[int, str]]
    checkpoints: Sequence[tuple[int, str]]
    today: date
    behind: int = 0
    periods: Sequence[Period] = ()


def plan_map(facts: PlanMap) -> Message:
    """Every phase with its weeks; the current one is marked."""
    return Message(f"{escape(facts.title)}: {_where(facts)} {_load(facts)}", built(list(_blocks(facts))))


def _where(facts: PlanMap) -> str:
    if facts.week:
        return f"you are in week {facts.week} of {len(facts.themes)}."
    if facts.finished:
        return "you have come to its end. Well done."
    return f"it begins on {long_date(facts.starts_on)}."


def _load(facts: PlanMap) -> str:
    return f"{facts.hours:g} h a week, {facts.level}, until {long_date(facts.ends_on)}."


def _blocks(facts: PlanMap) -> Iterator[Block]:
    yield header(facts.title)
    where = _where(facts)
    yield section(f"{where[0].upper()}{where[1:]} {_load(facts)}")
    if facts.interview_on and facts.interview_on >= facts.today:
        days = (facts.interview_on - facts.today).days
        yield section(
            f"Your interview is on {long_date(facts.interview_on)}, in {plural(days, 'day')}.",
            accessory=button("Interview week", SHOW_INTERVIEW, f"{facts.membership_id}"),
        )
    if now := on_the_day(facts.periods, facts.today):
        yield section(f"Now: {'; '.join(now)}.")
    for title, (first, last), aims in facts.phases:
        lines = [f"*{escape(title)}*, weeks {first} to {last}"]
        lines += [_week(facts, number, theme) for number, theme in facts.themes if first <= number <= last]
        yield section("\n".join(lines))
        yield context("; ".join(escape(aim) for aim in aims))
    row = [button("Show my week", SHOW_WEEK, f"{facts.membership_id}")]
    row += [button("Change hours or track", OPEN_SETTINGS, f"{facts.membership_id}")]
    row += [button("Compare plans", COMPARE, f"{facts.membership_id}")]
    row += [button("Checkpoint", SHOW_CHECKPOINT, f"{facts.membership_id}")] if facts.checkpoints else []
    row += [button("Lighter times", OPEN_MODES, f"{facts.membership_id}")]
    row += [button("Change my plan", OPEN_CHANGES, f"{facts.membership_id}")]
    row += [button("Catch up", CATCH_UP, f"{facts.membership_id}")] if facts.behind else []
    yield actions(*row)


def _week(facts: PlanMap, number: int, theme: str) -> str:
    here = "➤" if number == facts.week else "✓" if facts.week and number < facts.week else "·"
    points = [title for week, title in facts.checkpoints if week == number]
    end = f" (checkpoint: {escape(points[0])})" if points else ""
    line = f"{here} Week {number}: {escape(theme)}{end}"
    return f"*{line}  you are here*" if number == facts.week else line


def no_plan() -> Message:
    """For a mentor, or who has not joined with a plan."""
    text = "You have no plan in this group. `/prep join` gives you one that fits your hours."
    return Message(text, built([section(text)]))
