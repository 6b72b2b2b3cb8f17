"""Scorecards: the group's week for the channel, a member's full week for themselves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from slack_sdk.models.blocks import Block, DividerBlock

from bot.views import minimums
from bot.views.checkin import QUESTIONS
from bot.views.membership import SHOW_WEEK
from bot.views.message import Blocks, Message, actions, built, button, context, header, image, section
from bot.views.words import METRICS, clip, escape, hours, listed, plural, short_date
from plans import calendar
from plans.groupcard import GroupCard, Line
from plans.membercard import MemberCard, PastWeek
from plans.model import Metric
from plans.ratings import SCALES, Dimension
from plans.scorecard import LP_COVERAGE, ItemScore, Scorecard, SectionScore
from plans.targets import LEADERSHIP_PRINCIPLES

MY_CARD = "my_card"
TABLE_ROWS = 99  # Slack takes 100 with the header
BANDS = {"high": "high", "standard": "standard", "recovery": "recovery", "rest": "rest"}
WIDTH = 20


def bar(percent: int | None) -> str:
    """A bar of twenty steps, for where a picture would be too much."""
    full = round((percent or 0) * WIDTH / 100)
    return "█" * full + "░" * (WIDTH - full)


# The group's


@dataclass(frozen=True)
class GroupWeek:
    """What the channel's post is made of. `weeks` are the percentages of earlier weeks, oldest first."""

    group_id: int
    name: str
    monday: date
    card: GroupCard
    weeks: Sequence[tuple[date, int | None]]
    closed: bool


def group_post(facts: GroupWeek, alt: str | None = None) -> Message:
    """The group's week: totals, the weeks before, a line for each member as far as they share.

    With `alt` it is also made with a picture of the weeks, which that text describes.
    """
    weeks, table = _weeks(facts), _table(facts.card.lines)
    return Message(
        _group_summary(facts),
        built(list(_group_blocks(facts, weeks, table))),
        plainer=built(list(_group_blocks(facts, weeks, _plain_lines(facts.card.lines)))),
        pictured=built(list(_group_blocks(facts, [image(alt)], table))) if alt else None,
    )


def _group_summary(facts: GroupWeek) -> str:
    lines = "; ".join(_line(line) for line in facts.card.lines)
    summary = (
        f"Week {calendar.week_number(facts.monday)}, {escape(facts.name)}: {_totals(facts.card)} {lines}"
    )
    return clip(summary, 3500)


def _weeks(facts: GroupWeek) -> Blocks:
    """The weeks side by side in letters, where there is no picture of them."""
    if len(facts.weeks) < 2:
        return []
    bars = (f"`{_week_name(day)} {bar(percent)} {_percent(percent):>4}`" for day, percent in facts.weeks)
    return built([section("\n".join(bars))])


def _group_blocks(facts: GroupWeek, weeks: Blocks, lines: Blocks) -> Iterator[Block | dict[str, object]]:
    card = facts.card
    yield header(f"Week {calendar.week_number(facts.monday)} · {facts.name}")
    yield section(_totals(card))
    if quiet := "\n".join(filter(None, (_metrics(card), _whom(card)))):
        yield context(quiet)
    yield from weeks
    yield from lines
    if card.unlisted:
        yield context(
            f"+ {plural(card.unlisted, 'member')} who {'keeps' if card.unlisted == 1 else 'keep'} the week private"
        )
    note = (
        "Final: everybody's week has closed."
        if facts.closed
        else "What is done until each member's Sunday midnight still counts; this post is redrawn once then."
    )
    yield context(note)
    about = f"{facts.group_id}:{facts.monday.isoformat()}"
    yield actions(
        button("My card", MY_CARD, about), button("Next week", f"{SHOW_WEEK}_next", f"g{facts.group_id}:1")
    )


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
    return f"Goals met count {goals}, hours and totals {rest}."


def _counted(people: int, card: GroupCard, show: str) -> str:
    if not people:
        return f"nobody, for none {show}"
    return "everybody" if people == card.members else f"the {people} who {show}"


def _metrics(card: GroupCard) -> str:
    counted = [(metric, total.amount) for metric, total in card.metrics.items() if total.amount]
    return listed([f"{amount} {METRICS[metric][amount != 1]}" for metric, amount in counted])


def _week_name(monday: date) -> str:
    return f"W{calendar.week_number(monday):02}"


def _percent(percent: int | None) -> str:
    return "-" if percent is None else f"{percent} %"


def _cells(line: Line) -> list[str]:
    spent = f"{line.hours:.1f} h" if line.hours is not None else "-"
    points = f"{line.points}/{line.possible}" if line.points is not None else "-"
    return [clip(line.name, 60), BANDS[line.band], _percent(line.percent), spent, points]


def _line(line: Line) -> str:
    name, band, percent, spent, points = _cells(line)
    return f"{escape(name)}: {band}, {percent} of goals met" + (
        f", {spent}, {points}" if points != "-" else ""
    )


def _table(lines: Sequence[Line]) -> Blocks:
    """Slack's own table; names are plain text in it."""
    if not lines:
        return []
    rows = [["Member", "Band", "Goals", "Hours", "Points"], *(_cells(line) for line in lines[:TABLE_ROWS])]
    return [
        {
            "type": "table",
            "column_settings": [
                {"align": "left"},
                {"align": "left"},
                *({"align": "right"} for _ in range(3)),
            ],
            "rows": [[{"type": "raw_text", "text": cell} for cell in row] for row in rows],
        }
    ]


def _plain_lines(lines: Sequence[Line]) -> Blocks:
    """The same lines as sections, for a Slack without tables."""
    texts = [f"• {_line(line)}" for line in lines]
    return built(
        [section("\n".join(texts[start : start + 20])) for start in range(0, min(len(texts), 400), 20)]
    )


# A member's own


def member_post(facts: MemberCard, alt: str | None = None) -> Message:
    """The full card: bands, goals, the four sections with their items, what is missing, the trend.

    With `alt` it is also made with a picture instead of the bars, which that text describes.
    """
    blocks = built(list(_member_blocks(facts)))
    pictured = built(list(_member_blocks(facts, image(alt)))) if alt else None
    return Message(_member_summary(facts), blocks, plainer=blocks if alt else None, pictured=pictured)


def _member_summary(facts: MemberCard) -> str:
    card = facts.card
    sections = "; ".join(f"{section_.title} {_percent(section_.percent)}" for section_ in card.sections)
    return f"Your week of {short_date(facts.monday)}: {_verdict(card)} {card.shown_points} of {card.possible} points. {sections}."


def _verdict(card: Scorecard) -> str:
    if card.goals.percent is None:
        return "Nothing was planned: a rest week."
    met = f"{card.goals.done} of {card.goals.planned} goals met, {card.goals.percent} %: a {BANDS[card.band]} week."
    return met + (f" {plural(card.goals.excused, 'goal')} excused." if card.goals.excused else "")


def _member_blocks(
    facts: MemberCard, picture: dict[str, Any] | None = None
) -> Iterator[Block | dict[str, Any]]:
    card = facts.card
    week = f"Your week {facts.number}" if facts.number else "Your week"
    yield header(f"{week} · {card.shown_points}/{card.possible}")
    yield section(f"*{_verdict(card)}* {hours(card.minutes)} studied.")
    if picture:
        yield picture
    for each in card.sections:
        yield section(_section(each, bars=picture is None))
    if card.missing:
        yield context(f"Not counted: {escape(card.missing)}.")
    if len(facts.trend) > 1:
        yield from _goals_by_week(facts.trend) if picture else _trends(facts.trend)
    if facts.minimums:
        yield context(minimums.for_card(facts.minimums, closed=facts.closed))
    for sentence in facts.advice:
        yield context(escape(sentence))
    yield from _insights(facts.insights)
    if facts.suggestion_in_channel:
        yield context("There is a suggestion for your next week in the channel.")
    yield context(
        "This week is closed." if facts.closed else "What you finish until Sunday midnight still counts."
    )
    yield actions(button("Next week", f"{SHOW_WEEK}_next", f"{facts.membership_id}:1"))


def _section(score: SectionScore, *, bars: bool) -> str:
    """A section's target and items, with a bar of letters where no picture shows it."""
    if score.percent is None:
        head = f"*{score.title}*: nothing to count this week"
    else:
        sign = " ✓" if score.reached else ""
        head = f"*{score.title}* {int(score.points)}/{score.possible}, {score.percent} % (target {score.target} %){sign}"
    items = ", ".join(_item(item) for item in score.items if item.points is not None)
    return f"{head}\n`{bar(score.percent)}`\n{items}" if bars else f"{head}\n{items}"


def _item(item: ItemScore) -> str:
    if item.rated:
        return (
            f"{SCALES[Dimension(item.name)].label.lower()} {float(item.value or 0):.1f}".removesuffix(".0")
            + " of 5"
        )
    if item.name == LP_COVERAGE:
        return f"principles covered {int(item.value or 0)} of {LEADERSHIP_PRINCIPLES}"
    return f"{METRICS[Metric(item.name)][1]} {int(item.value or Fraction(0))} of {item.target}"


def _trends(trend: Sequence[PastWeek]) -> Iterator[Block]:
    yield DividerBlock()
    yield section("*Your weeks*\n" + "\n".join(map(_trend, trend)))


def _goals_by_week(trend: Sequence[PastWeek]) -> Iterator[Block]:
    """What the picture of the points leaves out."""
    weeks = ", ".join(f"{_week_name(week.monday)} {_percent(week.percent)}" for week in trend)
    yield context(f"Goals met by week: {weeks}.")


def _trend(week: PastWeek) -> str:
    share = week.points * 100 // week.possible if week.possible else None
    points = f"{week.points:>3}/{week.possible:<3}"
    return f"`{_week_name(week.monday)} {bar(share)} {points}` goals {_percent(week.percent)}"


def _insights(insights: Mapping[str, str]) -> Iterator[Block]:
    said = [f"{label}: {escape(clip(insights[key], 400))}" for key, label in QUESTIONS if insights.get(key)]
    if said:
        yield context("\n".join(said))


def nothing_yet(group: str) -> Message:
    """Before the first scorecard."""
    text = f"{escape(group)} has no scorecard yet. The first one comes at the end of this week."
    return Message(text, built([section(text)]))
