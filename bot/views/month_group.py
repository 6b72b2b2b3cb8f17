"""A group's month for its channel: weeks, never people, and of the weeks only what the channel has seen."""

from collections.abc import Iterator, Sequence
from typing import Any

from slack_sdk.models.blocks import Block

from bot.views.message import Blocks, Message, actions, built, button, context, header, image, section
from bot.views.month import SHOW_MONTH
from bot.views.scorecard import share, table, week_name
from bot.views.words import METRICS, clip, escape, hours, listed, plural
from plans.groupcard import Total
from plans.grouprecord import GroupMonth, RecordWeek

HEAD = ("Week", "Goals met", "Hours", "Mocks")


def post(month: GroupMonth, name: str, alt: str | None = None) -> Message:
    """The month as it was published; with `alt` also made with a picture, which that text describes."""
    return Message(
        _summary(month, name),
        _made(month, name, _table(month)),
        plainer=_made(month, name, _plain_lines(month)),
        pictured=_made(month, name, [image(alt)]) if alt else None,
    )


def title(month: GroupMonth) -> str:
    """What stands over the picture."""
    return f"Month {month.number} · goals met in %"


def _summary(month: GroupMonth, name: str) -> str:
    weeks = "; ".join(_line(week) for week in month.record.weeks)
    return clip(f"Month {month.number}, {escape(name)}: {_totals(month)} {weeks}.", 3500)


def _made(month: GroupMonth, name: str, numbers: Sequence[Block | dict[str, Any]]) -> Blocks:
    return built(list(_blocks(month, name, numbers)))


def _blocks(
    month: GroupMonth, name: str, numbers: Sequence[Block | dict[str, Any]]
) -> Iterator[Block | dict[str, Any]]:
    yield header(f"Month {month.number} · {name}")
    yield section(_totals(month))
    if counted := _metrics(month):
        yield context(counted)
    yield from numbers
    yield context(_whom(month))
    yield actions(button("My month", SHOW_MONTH, "0"))


def _totals(month: GroupMonth) -> str:
    """The four weeks together, as far as a sum says anything, and where the group is going."""
    record = month.record
    parts = [_members(record.weeks)]
    if record.goals is not None and record.goals.percent is not None:
        parts.append(f"{record.goals.percent} % of goals met")
    if record.trend is not None:
        shares = [share(record.weeks[place].card.percent) for place in (0, -1)]
        parts.append(f"from {shares[0]} to {shares[1]} a week")
    if record.minutes is not None:
        parts.append(hours(record.minutes.amount))
    if record.mocks_held:
        parts.append(f"{plural(record.mocks_held, 'mock')} held")
    if month.milestones:
        parts.append(f"{plural(month.milestones, 'milestone')} celebrated")
    return " · ".join(parts) + "."


def _members(weeks: Sequence[RecordWeek]) -> str:
    counts = sorted({week.card.members for week in weeks})
    return plural(counts[0], "member") if len(counts) == 1 else f"{counts[0]} to {counts[-1]} members"


def _metrics(month: GroupMonth) -> str:
    found = month.record.metrics or {}
    return listed([f"{total.amount} {METRICS[metric][total.amount != 1]}" for metric, total in found.items()])


def _whom(month: GroupMonth) -> str:
    """Whom the numbers count, for each week if that differs, and why there may be no sum."""
    behind = [(week.card.goals_people, week.card.minutes.people) for week in month.record.weeks]
    if len(set(behind)) == 1:
        goals, rest = behind[0]
        said = f"Goals met count {plural(goals, 'person', 'people')}, hours and totals {rest}."
    else:
        names = map(week_name, (week.monday for week in month.record.weeks))
        each = (f"{name} {goals} and {rest}" for name, (goals, rest) in zip(names, behind, strict=True))
        said = f"How many people goals met count, and hours and totals: {', '.join(each)}."
    if month.record.goals is None or month.record.minutes is None:
        said += " Weeks of different people are not summed."
    return said


def _table(month: GroupMonth) -> Blocks:
    return table(HEAD, [_cells(week) for week in month.record.weeks], words=1)


def _cells(week: RecordWeek) -> list[str]:
    card = week.card
    return [week_name(week.monday), share(card.percent), _hours(card.minutes), str(card.mocks_held)]


def _hours(minutes: Total) -> str:
    """The hours with how many people they are of; "-" of nobody's."""
    return f"{hours(minutes.amount)} ({minutes.people})" if minutes.people else "-"


def _line(week: RecordWeek) -> str:
    card, minutes = week.card, week.card.minutes
    parts = ["no goals to show" if card.percent is None else f"{share(card.percent)} of goals met"]
    if minutes.people:
        parts.append(f"{hours(minutes.amount)} by {plural(minutes.people, 'person', 'people')}")
    parts.append(plural(card.mocks_held, "mock"))
    return f"{week_name(week.monday)}: {', '.join(parts)}"


def _plain_lines(month: GroupMonth) -> list[Block]:
    """The same lines as a section, for a Slack without tables."""
    return [section("\n".join(f"• {_line(week)}" for week in month.record.weeks))]
