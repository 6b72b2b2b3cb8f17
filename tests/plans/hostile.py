"""A small plan in one file, and files that mean it ill."""

from pathlib import Path

import pytest

from plans import library
from plans.library import Fault, PlanFaults
from plans.model import Plan
from tests.plans.conftest import FRAME, WEEK


def single_file(slug: str = "two-weeks") -> str:
    """The small plan of the fixtures as one file."""
    weeks = (WEEK.format(number=number).replace("[[days", "[[weeks.days") for number in (1, 2))
    return FRAME.format(slug=slug) + "".join(f"\n[[weeks]]{week}" for week in weeks)


PLAN = single_file()

# Where a parser, a validator or a message could run out of stack, memory or time.
BOMBS = {
    "nested lists": "a = " + "[" * 100_000,
    "nested lists that close": "a = " + "[" * 300 + "]" * 300,
    "nested tables": "a = " + "{a=" * 100_000,
    "deep, but not too deep to parse": "a = " + "[" * 40 + "]" * 40,
    "a dotted key": ".".join("a" * 200_000) + " = 1",
    "a dotted key in quotation marks": ".".join(['"\\""'] * 100_000) + " = 1",
    "a dotted key in single marks": ".".join(["'.'"] * 100_000) + " = 1",
    "a dotted key with spaces": " . ".join("a" * 100_000) + " = 1",
    "a dotted key in a table": "a = {" + ".".join("a" * 200_000) + " = 1}",
    "a dotted header": "[" + ".".join("a" * 200_000) + "]",
    "tables": "[[weeks]]\n" * 100_000,
    "tables of many names": "".join(f"[a{number}]\n" for number in range(70_000)),
    "weeks": "weeks = [" + "{}," * 30_000 + "]",
    "empty goals": "weeks = [{days = [{blocks = [{goals = [" + "{}," * 30_000 + "]}]}]}]",
    "unknown fields": "".join(f"a{number} = 1\n" for number in range(30_000)),
    "phases without end": PLAN.replace("weeks = [1, 2]", "weeks = [1, 999999]"),
    "phases before the beginning": PLAN.replace("weeks = [1, 2]", "weeks = [-999999, 2]"),
    "a decimal of ten thousand digits": "a = " + "9" * 10_000,
    "a hexadecimal of ten thousand digits": PLAN.replace("minutes = 60", "minutes = 0x" + "f" * 10_000),
    "a float of a million digits": PLAN.replace("minutes = 60", "minutes = 6." + "0" * 900_000 + "1"),
    "a text of a megabyte": PLAN.replace("Write a story", "x" * 1_000_000),
    "a key of a megabyte": "a" * 1_000_000,
    "words and points": "a ." * 300_000,
    "quotation marks": 'a"' * 500_000,
    "a key that is never closed": '"' + "\\\\" * 500_000,
    "too large": "#" * (1024 * 1024 + 1),
    "goals that need each other": PLAN.replace(
        'tier = "core"', 'tier = "core"\nneeds = [' + '"x",' * 30_000 + "]"
    ),
    "a checkpoint over goals that are not there": PLAN
    + '\n[[checkpoints]]\nweek = 1\ntitle = "x"\n[[checkpoints.items]]\ntext = "x"\ngoals = ['
    + ", ".join(f'"g{number}"' for number in range(30_000))
    + "]",
}


def faults_of_text(text: str) -> tuple[Fault, ...]:
    """The faults of a single file."""
    with pytest.raises(PlanFaults) as caught:
        library.parse(text, "mine.toml")
    return caught.value.faults


def faults_at(place: Path) -> tuple[Fault, ...]:
    """The faults of one's own plans at this place."""
    with pytest.raises(PlanFaults) as caught:
        library.check(place)
    return caught.value.faults


def plan_or_faults(text: str) -> Plan | PlanFaults:
    """What reading a text comes to; any other exception is a defect."""
    try:
        return library.parse(text, "mine.toml")
    except PlanFaults as faults:
        return faults
