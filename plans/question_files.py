"""Reading the question bank: every fault of its files at once. `questions` says what they hold."""

import tomllib
from collections.abc import Iterable, Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from typing import NamedTuple

from pydantic import ValidationError

from plans.errors import StudyError
from plans.questions import Bank, Question


class Fault(NamedTuple):
    """One thing that is wrong in a file of the bank. `question` is its id, or which one of the file it is."""

    file: str
    question: str
    place: str
    message: str

    def __str__(self) -> str:
        """As one line for a terminal."""
        where = ", ".join(part for part in (self.file, self.question, self.place) if part)
        return f"{where}: {self.message}"


class BankFaults(StudyError):
    """The question bank cannot be used yet. {count} to put right: {listed}"""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Hold every fault, in the order of the files."""
        self.faults = tuple(faults)
        super().__init__(count=len(self.faults), listed="\n".join(["", *map(str, self.faults)]))


def read(folder: Traversable | None = None) -> Bank:
    """All questions of a folder; without one, those that are shipped with this package.

    Raises:
        BankFaults: everything that is wrong in all of its files.
    """
    root = folder or resources.files("plans").joinpath("bank")
    questions: list[Question] = []
    faults: list[Fault] = []
    homes: dict[str, str] = {}
    for file in sorted(root.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".toml"):
            continue
        for number, found in enumerate(_entries(file, faults), start=1):
            question = _question(file.name, number, found, faults)
            if question is None:
                continue
            if question.id in homes:
                faults.append(Fault(file.name, question.id, "id", f"it also stands in {homes[question.id]}"))
            homes.setdefault(question.id, file.name)
            questions.append(question)
    if faults:
        raise BankFaults(faults)
    return Bank(questions=tuple(questions))


def _entries(file: Traversable, faults: list[Fault]) -> list[object]:
    """The tables of a file that should be questions; empty once it is noted why there are none."""
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        faults.append(Fault(file.name, "", "", "it is not UTF-8 text"))
        return []
    except tomllib.TOMLDecodeError as error:
        faults.append(Fault(file.name, "", "", str(error)))
        return []
    faults.extend(
        Fault(file.name, "", key, "a file holds [[question]] tables and nothing else")
        for key in table
        if key != "question"
    )
    entries = table.get("question", [])
    return entries if isinstance(entries, list) else [entries]


def _question(file: str, number: int, entry: object, faults: list[Fault]) -> Question | None:
    """The entry as a question; None once it is noted what is wrong with it."""
    try:
        return Question.model_validate(entry)
    except ValidationError as error:
        name = str(entry["id"]) if isinstance(entry, Mapping) and "id" in entry else f"question {number}"
        for detail in error.errors():
            place = ", ".join(str(step + 1 if isinstance(step, int) else step) for step in detail["loc"])
            faults.append(Fault(file, name, place, detail["msg"].removeprefix("Value error, ")))
        return None
