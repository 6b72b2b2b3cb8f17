"""The group's week for its channel: totals, the weeks before, a line for each member as far as they share."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import Block

from bot.views.membership import SHOW_WEEK
from bot.views.message import (
    HEADER_LIMIT,
    Blocks,
    Message,
    actions,
    built,
    button,
    context,
    header,
    image,
    section,
)
from bot.views.scorecard import BANDS, TABLE_ROWS, bar, share, table, week_name
from bot.views.words import METRICS, clip, escape, hours, listed, plural
from plans import calendar
from plans.groupcard import LEAST_FOR_TOTALS, GroupCard, Line, WeekBeside

MY_CARD = "my_card"
LINES_IN_A_SECTION = 20
LINES_CHARACTERS = 9000  # a message holds about 13,000
HEAD = ("Member", "Band", "Goals", "Hours", "Points")
STILL_OPEN = "What is done until each member's Sunday midnight still counts; this post is redrawn once then."
RANKED = "Ranked by goals met, as the lead has it. Equal shares have the same place; a private week has none."
CLOSED = "Final: everybody's week has closed."


@dataclass(frozen=True)
class GroupWeek:
    """What the channel's post is made of.

    `weeks` stand side by side, oldest first. `celebration` is a line of our own markup about what there is
    to be glad of; "" if nothing.
    """

    group_id: int
    name: str
    monday: date
    card: GroupCard
    weeks: Sequence[WeekBeside]
    closed: bool
    celebration: str = ""


def group_post(facts: GroupWeek, alt: str | None = None) -> Message:
    """The group's week: totals, the weeks before, a line for each member as far as they share.

    With `alt` it is also made with a picture of the weeks, which that text describes.
    """
    weeks, lines = _weeks(facts), _table(facts.card.lines)
    return Message(
        _summary(facts),
        built(list(_blocks(facts, weeks, lines))),
        plainer=built(list(_blocks(facts, weeks, _plain_lines(facts.card.lines)))),
        pictured=built(list(_blocks(facts, [image(alt)], lines))) if alt else None,
    )


def _summary(facts: GroupWeek) -> str:
    lines = "; ".join(_line(line) for line in facts.card.lines)
    week = f"Week {calendar.week_number(facts.monday)}"
    parts = (_totals(facts.card), facts.celebration, RANKED if facts.card.ranked else "", lines)
    return clip(f"{week}, {escape(facts.name)}: {' '.join(filter(None, parts))}", 3500)


def _weeks(facts: GroupWeek) -> Blocks:
    """The weeks side by side in letters, where there is no picture of them."""
    if len(facts.weeks) < 2:
        return []
    bars = (
        f"`{week_name(week.monday)} {bar(week.percent)} {share(week.percent):>5}`" for week in facts.weeks
    )
    return built([section("\n".join(bars))])


def _blocks(facts: GroupWeek, weeks: Blocks, lines: Blocks) -> Iterator[Block | dict[str, object]]:
    card = facts.card
    yield header(_title(facts))
    yield section(_totals(card))
    if facts.celebration:
        yield section(facts.celebration)
    yield from weeks
    yield from lines
    if card.ranked:
        yield context(RANKED)
    if card.unlisted:
        keeps = "keeps" if card.unlisted == 1 else "keep"
        yield context(f"+ {plural(card.unlisted, 'member')} who {keeps} the week private")
    if quiet := "\n".join(filter(None, (_metrics(card), _whom(card)))):
        yield context(quiet)
    yield context(CLOSED if facts.closed else STILL_OPEN)
    about = f"{facts.group_id}:{facts.monday.isoformat()}"
    yield actions(
        button("My card", MY_CARD, about), button("Next week", f"{SHOW_WEEK}_next", f"g{facts.group_id}:1")
    )


def _title(facts: GroupWeek) -> str:
    week, end = f"Week {calendar.week_number(facts.monday)} · ", " · final" if facts.closed else ""
    return week + clip(facts.name, HEADER_LIMIT - len(week) - len(end)) + end


def _totals(card: GroupCard) -> str:
    parts = [plural(card.members, "member")]
    if card.percent is not None:
        trend = f" (last week {card.previous_percent} %)" if card.previous_percent is not None else ""
        parts.append(f"{card.percent} % of goals met{trend}")
    else:
        parts.append("no goals to show")
    if card.minutes.people:
        parts.append(hours(card.minutes.amount))
    if card.mocks_held:
        parts.append(f"{plural(card.mocks_held, 'mock')} held")
    return " · ".join(parts) + "."


def _whom(card: GroupCard) -> str:
    """Whom the totals count, where that is not everybody."""
    if card.goals_people == card.minutes.people == card.members:
        return ""
    goals = _counted(card.goals_people, card, "show them")
    rest = _counted(card.minutes.people, card, "show everything")
    return f"Goals met count {goals}, {_rest(card)} {rest}."


def _rest(card: GroupCard) -> str:
    """What is summed beside goals: counts of problems and stories only from three members on."""
    return "hours and totals" if card.minutes.people >= LEAST_FOR_TOTALS else "hours"


def _counted(people: int, card: GroupCard, show: str) -> str:
    if not people:
        return f"nobody, for none {show}"
    return "everybody" if people == card.members else f"the {people} who {show}"


def _metrics(card: GroupCard) -> str:
    counted = [(metric, total.amount) for metric, total in card.metrics.items() if total.amount]
    return listed([f"{amount} {METRICS[metric][amount != 1]}" for metric, amount in counted])


def _cells(line: Line) -> list[str]:
    spent = f"{line.hours:.1f} h" if line.hours is not None else "-"
    points = f"{line.points}/{line.possible}" if line.possible else "-"
    place = f"{line.place}. " if line.place else ""
    return [place + clip(line.name, 60), BANDS[line.band], share(line.percent), spent, points]


def _line(line: Line) -> str:
    name, band, percent, *shown = _cells(line)
    met = f"{percent} of goals met" if line.percent is not None else "no goals"
    return ", ".join([f"{escape(name)}: {band}", met, *(each for each in shown if each != "-")])


def _table(lines: Sequence[Line]) -> Blocks:
    rows = [_cells(line) for line in lines[:TABLE_ROWS]]
    return [*table(HEAD, rows, words=2), *_others(len(lines) - len(rows))]


def _plain_lines(lines: Sequence[Line]) -> Blocks:
    """The same lines as sections, for a Slack without tables."""
    texts = list(_fitting(f"• {_line(line)}" for line in lines))
    starts = range(0, len(texts), LINES_IN_A_SECTION)
    sections = [section("\n".join(texts[start : start + LINES_IN_A_SECTION])) for start in starts]
    return built(sections) + _others(len(lines) - len(texts))


def _fitting(lines: Iterable[str]) -> Iterator[str]:
    """As many of the lines as fit into one message."""
    left = LINES_CHARACTERS
    for line in lines:
        left -= len(line)
        if left < 0:
            return
        yield line


def _others(count: int) -> Blocks:
    """How many lines a very large group has beyond what a message holds."""
    return built(
        [context(f"… and {plural(count, 'member')} more. My card shows your own week.")] if count else []
    )
