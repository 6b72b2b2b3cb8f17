"""`python -m bot plans choose`: which plan the bot would recommend, without a group."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum

from bot.settings import OwnPlans
from plans import library
from plans.choose import POSTPONE, Choice, choose
from plans.model import Level, Plan
from plans.situation import CurrentLevel, Risk
from plans.timelines import Row, matrix

OK = 0
HOURS_OF_A_WEEK = 168
NOT_KNOWN = "-"


def add_choose(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """`choose`, among the sub-commands of `plans`."""
    chooses = commands.add_parser(
        "choose",
        help="which plan fits somebody's weeks, level, hours and risk",
        description="Say which plan the bot would recommend, why, and what else there is.",
    )
    chooses.add_argument("--weeks", type=int, help="whole weeks until the interview; none without a date")
    chooses.add_argument("--current", required=True, choices=_values(CurrentLevel), help="the level now")
    chooses.add_argument("--target", required=True, choices=_values(Level), help="the level of the interview")
    chooses.add_argument("--hours", required=True, type=_hours, help="hours a week")
    chooses.add_argument("--risk", required=True, choices=_values(Risk), help="how much risk one can take")
    chooses.add_argument("--json", action="store_true", help="for programs")
    chooses.set_defaults(command=recommend)


def _values(kind: type[StrEnum]) -> list[str]:
    return [each.value for each in kind]


def _hours(text: str) -> float:
    """Hours a week from the command line."""
    try:
        hours = float(text)
    except ValueError:
        hours = 0
    if not 0 < hours <= HOURS_OF_A_WEEK:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of hours in a week; try 12")
    return hours


def recommend(given: argparse.Namespace) -> int:
    """Print the recommendation, as JSON or to read."""
    plans = library.read(OwnPlans().plans).plans
    current, target, risk = CurrentLevel(given.current), Level(given.target), Risk(given.risk)
    choice = choose(given.weeks, current, target, given.hours, risk, plans)
    if given.json:
        said = json.dumps(choice.model_dump(mode="json"), indent=2, ensure_ascii=False)
    else:
        said = "\n".join(_text(choice, plans))
    sys.stdout.write(f"{said}\n")
    return OK


def _text(choice: Choice, plans: Iterable[Plan]) -> Iterator[str]:
    """The choice to read, and all plans in columns."""
    postpones = choice.recommendation == POSTPONE
    yield "Postpone the interview." if postpones else f"Recommended: {choice.recommendation}"
    yield choice.reason
    if choice.warnings:
        yield from ("", "Worth knowing:", *(f"  {warning}" for warning in choice.warnings))
    yield from ("", "Also considered:", *(f"  {each.plan}: {each.why}" for each in choice.alternatives))
    yield from ("", *_columns(matrix(plans)))
    yield "Estimates are the source's own; nobody has measured them."


def _columns(rows: Iterable[Row]) -> Iterator[str]:
    """The plans side by side."""
    names = ("plan", "weeks", "hours a week", "estimate", "best for")
    cells = [names, *(_cells(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _cells(row: Row) -> tuple[str, ...]:
    low, high = row.hours
    hours = f"{low:g}" if low == high else f"{low:g}-{high:g}"
    rate = NOT_KNOWN if row.success_rate is None else f"{row.success_rate} %"
    return row.plan, str(row.weeks), hours, rate, row.best_for or NOT_KNOWN
