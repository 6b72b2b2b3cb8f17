"""Checkpoints: what the data says, what is for the member to tick, and what comes next."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from slack_sdk.models.blocks import Block, CheckboxesElement, InteractiveElement, Option, StaticSelectElement

from bot.views.checkbox_ids import CheckboxId
from bot.views.day import LOG
from bot.views.message import (
    OPTION_LIMIT,
    Message,
    actions,
    built,
    button,
    context,
    header,
    option,
    plain,
    section,
)
from bot.views.words import METRICS, clip, escape
from plans.checkpoints import Board, Line, Measure, Page, Sheet, State, What
from plans.model import Metric

SHOW = "checkpoint_show"
PICK = "checkpoint_pick"
TICK = "checkpoint_tick"  # a checkbox of a checkpoint
BOX_LIMIT = 10  # options in one group of checkboxes
LINES_LIMIT = 2800  # signs of one section
LISTS_LIMIT = 44  # blocks, of the fifty that a message takes

_CATCH_UP = "Behind? `/prep plan catch up` shows a way."
_UNKNOWN: Mapping[Metric | What, str] = {
    What.LP_COVERAGE: "no story of yours is whole yet, and no check-in has said how many principles they cover",
    What.GOALS: "your plan has not offered all of its goals",
    What.RATINGS: "no check-in has rated all of it",
    What.MOCK_AVERAGE: "no feedback from a mock interview",
}


@dataclass(frozen=True)
class Box(CheckboxId):
    """Whose plan's lines a group of checkboxes offers, of which week of it."""

    PREFIX = "checkpoint"

    enrolment_id: int
    week: int
    revision: str
    items: tuple[str, ...]


def post(page: Page, revision: str, *, live: bool = False) -> Message:
    """The checklist. `revision` names this drawing of its checkboxes: a new one makes clients forget theirs.

    A `live` one lets the member look at the plan's other checkpoints, too.
    """
    return Message(_summary(page), built(list(_blocks(page, revision, live=live))))


def _summary(page: Page) -> str:
    lines = "; ".join(f"{_mark(line)} {_said(line)}" for line in page.sheet.lines)
    return clip(f"{_headline(page)}. {_progress(page.sheet)} {lines}", 3500)


def _headline(page: Page) -> str:
    return f"Checkpoint · week {page.sheet.week} of {page.weeks}"


def _progress(sheet: Sheet) -> str:
    if sheet.is_finished:
        return "All of it is done."
    return f"{sheet.standing} of {len(sheet.lines)} done."


def _blocks(page: Page, revision: str, *, live: bool) -> Iterator[Block]:
    yield header(_headline(page))
    yield context(_context(page))
    lists = [block for board in page.sheet.boards for block in _board(page, board, revision)]
    yield from lists[:LISTS_LIMIT]
    if len(lists) > LISTS_LIMIT:
        yield context("This week has more lists than one message can hold.")
    yield section(_outcome(page))
    if doors := _doors(page, live=live):
        yield actions(*doors)


def _context(page: Page) -> str:
    ahead = f"It comes in week {page.sheet.week}; this is where you are now. " if page.is_ahead else ""
    return f"{ahead}Only you see this list. What is counted ticks itself."


# One checkpoint


def _board(page: Page, board: Board, revision: str) -> Iterator[Block]:
    """The title with what the data answers, then what is for the member to tick."""
    lines = [f"*{escape(board.title)}*", *(f"{_mark(line)} {_said(line)}" for line in board.by_data)]
    for part in _pages(lines):
        yield section(part)
    for start in range(0, len(board.asked), BOX_LIMIT):
        yield _boxes(page, board.asked[start : start + BOX_LIMIT], revision, first=start == 0)


def _pages(lines: Sequence[str]) -> Iterator[str]:
    """The lines in sections that are not too long for Slack."""
    page = ""
    for line in lines:
        if page and len(page) + len(line) >= LINES_LIMIT:
            yield page
            page = ""
        page = f"{page}\n{line}" if page else line
    yield page


def _mark(line: Line) -> str:
    return "✓" if line.stands else "○"


def _said(line: Line) -> str:
    """A line with its numbers, where the data answers it: "12 stories drafted (9 so far)"."""
    numbers = [] if line.state is State.ASKED else [_number(each, line) for each in line.measures]
    said = ", ".join(filter(None, numbers))
    return f"{escape(line.text)} ({said})" if said else escape(line.text)


def _number(measure: Measure, line: Line) -> str:
    """What is there: the bare number once it is enough, else what there is so far."""
    if measure.value is None:
        return ""
    if measure.what is What.GOALS:
        return "" if measure.is_reached else f"{measure.value} of {measure.wanted} goals done"
    number = _rounded(measure.value)
    if measure.what is What.RATINGS:
        return f"the lowest is {number}"
    if measure.what is What.MOCK_AVERAGE:
        return f"{number} on average"
    if measure.what is not What.LP_COVERAGE and len(line.measures) > 1:
        number = f"{number} {METRICS[measure.what][measure.value != 1]}"
    return number if measure.is_reached else f"{number} so far"


def _rounded(value: Fraction) -> str:
    """A number with at most one decimal, rounded down: 3.96 is no 4."""
    return f"{int(value * 10) / 10:g}"


def _boxes(page: Page, lines: Sequence[Line], revision: str, *, first: bool) -> Block:
    """One group of checkboxes. What is longer than a checkbox holds stands above it in full, by number."""
    options = {line.item: _option(number, line) for number, line in enumerate(lines, 1)}
    long = [f"{number}. {escape(line.text)}" for number, line in enumerate(lines, 1) if _is_long(line)]
    box = Box(page.enrolment_id, page.sheet.week, revision, tuple(options))
    return section(
        "\n".join(["For you to tick:" if first else "And:", *long]),
        block_id=str(box),
        accessory=CheckboxesElement(
            action_id=TICK,
            options=list(options.values()),
            initial_options=[options[line.item] for line in lines if line.ticked] or None,
        ),
    )


def _is_long(line: Line) -> bool:
    return len(line.text) > OPTION_LIMIT


def _option(number: int, line: Line) -> Option:
    text = _begun(f"{number}. {line.text}") if _is_long(line) else line.text
    return option(text, line.item, _aside(line))


def _begun(text: str) -> str:
    """The beginning of a line up to a whole word, where the rest stands above."""
    return f"{text[: OPTION_LIMIT - 1].rpartition(' ')[0]}…"


def _aside(line: Line) -> str | None:
    """Why the data does not answer a line that it could."""
    return f"Not known yet: {_UNKNOWN[line.unknown[0].what]}" if line.unknown else None


# What comes next


def _outcome(page: Page) -> str:
    """How far one is and the next step; when all stands, a good word and what comes next."""
    if not page.sheet.is_finished:
        return f"*{_progress(page.sheet)}* What is open is simply what comes next. {_CATCH_UP}"
    if page.following is None:
        return "*All of it is done.* It is the last checkpoint of your plan. You did the work; trust it."
    week, title = page.following
    return f"*All of it is done.* Well done, that is solid ground. Next: {escape(title)}, in week {week}."


def _doors(page: Page, *, live: bool) -> list[InteractiveElement]:
    """The next step, and the plan's other checkpoints."""
    row: list[InteractiveElement] = []
    if not page.sheet.is_finished:
        row.append(button("Log what you did", LOG, f"{page.membership_id}:{page.today.isoformat()}"))
    if live and len(page.titles) > 1:
        row.append(_select(page))
    return row


def _select(page: Page) -> StaticSelectElement:
    options = {
        week: option(f"Week {week}: {title}", f"{page.enrolment_id}:{week}") for week, title in page.titles
    }
    return StaticSelectElement(
        action_id=PICK,
        placeholder=plain("Another checkpoint"),
        options=list(options.values()),
        initial_option=options.get(page.sheet.week),
    )


def no_checkpoints() -> Message:
    """For a plan without any."""
    text = "Your plan has no checkpoints. `/prep plan` shows its weeks, `/prep scorecard` how you stand."
    return Message(text, built([section(text)]))
