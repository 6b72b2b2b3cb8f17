"""What is wrong in a plan's file: where, and what would be right."""

from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from plans.errors import StudyError

FAULTS_SHOWN = 100  # more than that nobody reads at once, and many of them follow from one
FAULTS_KEPT = 1_000  # a file of rubbish must not fill the memory with sentences about it
MESSAGE_LIMIT = 400  # characters of one fault
SHOWN = 60  # characters of a stranger's text that a fault repeats


class Fault(NamedTuple):
    """One thing that is wrong in a plan, and where.

    `file` is the folder's name and the file's, `place` the way inside it ("monday, minutes", or "line 3,
    column 5" where the file is no TOML). All are fit for a terminal: no part holds a control character.
    """

    file: str
    place: str
    goal: str | None
    message: str

    def __str__(self) -> str:
        """As one line for a terminal."""
        where = ", ".join(part for part in (self.file, self.place, self.goal) if part)
        return f"{where}: {self.message}"


class PlanFaults(StudyError):
    """This plan cannot be used yet. {count} to put right: {listed}"""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Hold the faults in the order of the files, at most `FAULTS_KEPT` of them."""
        self.faults = tuple(islice(faults, FAULTS_KEPT))
        super().__init__(count=len(self.faults), listed="\n".join(["", *self.lines]))

    @property
    def lines(self) -> list[str]:
        """A line for each fault; beyond `FAULTS_SHOWN` only how many there are."""
        lines = [str(fault) for fault in self.faults[:FAULTS_SHOWN]]
        if more := len(self.faults) - len(lines):
            kept_all = len(self.faults) < FAULTS_KEPT
            lines.append(f"... and {more} more" if kept_all else f"... and at least {more} more")
        return lines


def printable(text: str) -> str:
    """The text with everything that could move a terminal's cursor, or that is no character, spelled out."""
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in text)


def shown(value: object) -> str:
    """A value of a file as a sentence may repeat it: short, and fit for a terminal."""
    if isinstance(value, str):
        text = printable(value[: SHOWN + 1])
        return f"'{text}'" if len(text) <= SHOWN else f"'{text[:SHOWN]}...'"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"{value}"
    if value is None:
        return "nothing"
    return "a table" if isinstance(value, dict) else "a list" if isinstance(value, list) else "that"
