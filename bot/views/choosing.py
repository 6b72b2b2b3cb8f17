"""Choosing a plan: the questions, the recommendation with its reason, the plans side by side."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock

from bot.views import form
from bot.views.membership import LEVEL, LEVELS, hours_a_week, interview_date
from bot.views.message import Blocks, Message, actions, built, button, context, header, section
from bot.views.words import clip, escape, plural
from plans.choose import POSTPONE, Choice
from plans.situation import CurrentLevel, Risk
from plans.timelines import Row, suits

COMPARE, COMPARE_AGAIN = "plan_compare", "plan_compare_again"  # buttons: the questions, once more
COMPARING = "plan_comparing"  # callback id of the questions
TAKE_PLAN = "plan_take"  # a button of value "<membership id>:<plan>"
CURRENT, RISK = "current_level", "risk"

CURRENT_LEVELS = tuple((level.words.capitalize(), level.value) for level in CurrentLevel)
RISKS = (
    ("Low", Risk.LOW.value, "rather move the interview than go half prepared"),
    ("Medium", Risk.MEDIUM.value, "some gaps are fine"),
    ("High", Risk.HIGH.value, "the interview stays, whatever is missing"),
)
ESTIMATES = "Estimates are the source's own: how many succeed with a plan. Nobody has measured them."
NOT_KNOWN = "-"
LINES = 8  # plans in a section of at most 3,000 characters


@dataclass(frozen=True)
class Answered:
    """What the questions start with: defaults, or what was answered before."""

    interview_on: date | None = None
    current: str = CurrentLevel.MANAGER.value
    level: str = "L6"
    hours: float = 12
    risk: str = Risk.MEDIUM.value


@dataclass(frozen=True)
class Advice:
    """A choice with what one should see beside it. Plans are named as an enrolment names them."""

    choice: Choice
    rows: Sequence[Row]
    pace: Sequence[str]  # what speaks for going faster or taking longer


def questions(answered: Answered) -> list[Block]:
    """What has to be known before a plan can be recommended."""
    return [
        interview_date(answered.interview_on),
        form.radio(CURRENT, "Where do you stand now?", CURRENT_LEVELS, value=answered.current),
        form.radio(LEVEL, "Which level do you interview for?", LEVELS, value=answered.level),
        hours_a_week(answered.hours),
        form.radio(RISK, "How much risk can you take?", RISKS, value=answered.risk),
    ]


# What comes of it


def verdict(advice: Advice) -> list[Block]:
    """The recommendation with its reason, and what one should know before following it."""
    choice = advice.choice
    blocks: list[Block] = [section(f"{_headline(advice)} {escape(choice.reason)}")]
    if choice.recommendation == POSTPONE and choice.alternatives:
        nearest = choice.alternatives[0]
        name = escape(_title(advice.rows, nearest.plan))
        blocks.append(section(f"If the date stays, *{name}* comes nearest. {escape(nearest.why)}"))
    if worth := [*choice.warnings, *advice.pace]:
        blocks.append(section("\n".join(["*Worth knowing*", *(f"• {escape(line)}" for line in worth)])))
    return blocks


def _headline(advice: Advice) -> str:
    if advice.choice.recommendation == POSTPONE:
        return "*I would move the interview.*"
    return f"*I recommend {escape(_title(advice.rows, advice.choice.recommendation))}.*"


def suggested(choice: Choice) -> str:
    """The plan to begin with in a list: the recommended one, else what comes nearest; "" if there is none."""
    if choice.recommendation != POSTPONE:
        return choice.recommendation
    return choice.alternatives[0].plan if choice.alternatives else ""


def side_by_side(advice: Advice, buttons: Mapping[str, ButtonElement] | None = None) -> list[Block]:
    """Every plan in a few lines: what it takes, whom it is for, why it was not recommended."""
    why = {each.plan: each.why for each in advice.choice.alternatives}
    why[advice.choice.recommendation] = "Recommended."
    blocks: list[Block] = [section("*All plans side by side*")]
    for row in advice.rows:
        best, said = suits(row.best_for), why[row.plan]
        line = said if best in said else f"{best} {said}"
        blocks.append(
            section(
                f"*{escape(row.title)}*: {_facts(row)}\n{escape(line)}",
                block_id=f"plan:{row.plan}",
                accessory=(buttons or {}).get(row.plan),
            )
        )
    return [*blocks, context(ESTIMATES)]


def _facts(row: Row) -> str:
    """What a plan takes: weeks, hours, and the estimate."""
    rate = f", estimate {row.success_rate} %" if row.success_rate is not None else ""
    return f"{plural(row.weeks, 'week')}, {_hours(row)} h a week{rate}."


def _hours(row: Row) -> str:
    """The hours of a full week: "12 to 15", or "12"."""
    low, high = row.hours
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def _title(rows: Sequence[Row], plan: str) -> str:
    return next((row.title for row in rows if row.plan == plan), plan)


# Comparing, once one has a plan


def compare_form(answered: Answered, about: str) -> dict[str, Any]:
    """The questions again, for somebody who has a plan already."""
    blocks = [section("Five questions, and I say which plan I would take. Nothing changes by that.")]
    return form.modal(
        "Compare plans", [*blocks, *questions(answered)], callback_id=COMPARING, submit="Compare", about=about
    )


def compared(advice: Advice, membership_id: int, current: str, about: str) -> dict[str, Any]:
    """The recommendation and all plans; each but the current one can be taken from here."""
    buttons = {row.plan: _take(row, membership_id) for row in advice.rows if row.plan != current}
    recommended = advice.choice.recommendation
    row = [button("Change my answers", COMPARE_AGAIN, str(membership_id))]
    if recommended in buttons:
        title = "Change my plan"
        row.insert(0, button(title, TAKE_PLAN, f"{membership_id}:{recommended}", style="primary"))
    blocks: list[Block] = [*verdict(advice)]
    if recommended == current:
        blocks.append(section("That is the plan you have."))
    blocks += [actions(*row), DividerBlock(), *side_by_side(advice, buttons)]
    return form.modal("Compare plans", blocks, callback_id=COMPARING, submit=None, about=about, close="Close")


def _take(row: Row, membership_id: int) -> ButtonElement:
    return button(
        "Take this one",
        TAKE_PLAN,
        f"{membership_id}:{row.plan}",
        accessibility_label=clip(f"Take {row.title}", 75),
    )


def matrix_message(rows: Sequence[Row], membership_id: int | None, current: str | None) -> Message:
    """The plans in a table, with the member's own marked; the questions are a click away."""
    lines = [f"{escape(_marked(row, current))}: {_facts(row)} {escape(suits(row.best_for))}" for row in rows]
    text = "\n".join(["All plans side by side.", *lines, ESTIMATES])
    return Message(
        clip(text, 3900),
        built(list(_matrix_blocks(_table(rows, current), membership_id))),
        plainer=built(list(_matrix_blocks(_plain_lines(lines), membership_id))),
    )


def _matrix_blocks(lines: Blocks, membership_id: int | None) -> Iterator[Block | dict[str, object]]:
    yield header("All plans side by side")
    yield from lines
    yield context(ESTIMATES)
    if membership_id is not None:
        yield actions(button("Which one suits me?", COMPARE, str(membership_id), style="primary"))


def _plain_lines(lines: Sequence[str]) -> Blocks:
    """The same as sections, for a Slack without tables."""
    starts = range(0, len(lines), LINES)
    return built([section("\n".join(f"• {line}" for line in lines[at : at + LINES])) for at in starts])


def _table(rows: Sequence[Row], current: str | None) -> Blocks:
    """Slack's own table; all cells are plain text in it."""
    names = ["Plan", "Weeks", "Hours a week", "Estimate", "Best for"]
    cells = [names, *(_cells(row, current) for row in rows)]
    return [
        {
            "type": "table",
            "column_settings": [
                {"align": "left", "is_wrapped": True},
                *({"align": "right"} for _ in range(3)),
                {"align": "left", "is_wrapped": True},
            ],
            "rows": [[{"type": "raw_text", "text": cell} for cell in row] for row in cells],
        }
    ]


def _cells(row: Row, current: str | None) -> list[str]:
    rate = NOT_KNOWN if row.success_rate is None else f"{row.success_rate} %"
    best = f"{row.best_for[:1].upper()}{row.best_for[1:]}" or NOT_KNOWN
    return [_marked(row, current), str(row.weeks), _hours(row), rate, best]


def _marked(row: Row, current: str | None) -> str:
    return f"{row.title} (yours)" if row.plan == current else row.title
