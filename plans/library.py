"""Reading plans from their folders: a plan.toml beside its week-01.toml, week-02.toml and so on.

Every fault of a folder is reported at once, each with its file, its place and its goal. Importing this
module reads nothing; whoever calls `read` keeps what it returns.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from typing import NamedTuple, TypeVar

from pydantic import ValidationError

from plans import flaws
from plans.errors import StudyError
from plans.flaws import Flaw
from plans.model import Frame, Plan, Value, Week

FRAME = "plan.toml"
Table = Mapping[str, object]
Part = TypeVar("Part", bound=Value)


class Fault(NamedTuple):
    """One thing that is wrong in a plan's folder, and where.

    `file` is the folder's name and the file's, `place` the way inside it ("monday, minutes").
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
        """Hold every fault, in the order of the files."""
        self.faults = tuple(faults)
        super().__init__(count=len(self.faults), listed="\n".join(["", *map(str, self.faults)]))


class PlanNotFoundError(StudyError):
    """There is no plan called "{wanted}". There are: {known}."""


class PlanAmbiguousError(StudyError):
    """More than one plan begins with "{wanted}": {known}."""


class Library(Value):
    """Plans by their slug, in the order of their slugs."""

    plans: tuple[Plan, ...]

    def find(self, wanted: str) -> Plan:
        """The plan with this slug, or the only one whose slug begins with it; capitals do not matter.

        Raises:
            PlanNotFoundError: no slug begins so.
            PlanAmbiguousError: more than one does.
        """
        text = wanted.strip().casefold()
        exact = [plan for plan in self.plans if plan.slug == text]
        found = exact or [plan for plan in self.plans if text and plan.slug.startswith(text)]
        if not found:
            raise PlanNotFoundError(wanted=wanted, known=_slugs(self.plans))
        if len(found) > 1:
            raise PlanAmbiguousError(wanted=wanted, known=_slugs(found))
        return found[0]


def _slugs(plans: Iterable[Plan]) -> str:
    """The slugs as words of a sentence."""
    return ", ".join(plan.slug for plan in plans) or "none"


def read(curricula: Traversable | None = None) -> Library:
    """All plans of a folder of plans; without one, those that are shipped with this package.

    Raises:
        PlanFaults: something is wrong in at least one of them; all of their faults.
    """
    root = curricula or resources.files("plans").joinpath("curricula")
    plans: list[Plan] = []
    faults: list[Fault] = []
    for folder in sorted(root.iterdir(), key=lambda entry: entry.name):
        if folder.joinpath(FRAME).is_file():
            try:
                plans.append(load(folder))
            except PlanFaults as error:
                faults.extend(error.faults)
    if faults:
        raise PlanFaults(faults)
    return Library(plans=tuple(sorted(plans, key=lambda plan: plan.slug)))


def load(folder: Traversable) -> Plan:
    """The plan in this folder.

    Raises:
        PlanFaults: everything that is wrong with it.
    """
    reader = _Reader(folder)
    frame = reader.part(FRAME, Frame)
    weeks = {name: reader.part(name, Week) for name in _week_files(folder)}
    whole = [week for week in weeks.values() if week is not None]
    reader.check_numbers(weeks)
    if frame is not None:
        reader.check_goals(frame, whole)
        if len(whole) == len(weeks):
            reader.check_frame(frame, whole)
    if reader.faults or frame is None:
        raise PlanFaults(reader.faults)
    return Plan(**dict(frame), weeks=tuple(whole))


def _week_files(folder: Traversable) -> list[str]:
    """The names of the folder's weeks, in order."""
    names = (entry.name for entry in folder.iterdir()) if folder.is_dir() else ()
    return sorted(name for name in names if name.startswith("week-") and name.endswith(".toml"))


class _Reader:
    """One folder being read: collects its faults, remembers which file holds which goal."""

    def __init__(self, folder: Traversable) -> None:
        self.folder = folder
        self.faults: list[Fault] = []
        self.files: dict[str, str] = {}

    def part(self, name: str, kind: type[Part]) -> Part | None:
        """The checked content of one file; None once its faults are noted."""
        table = self._table(name)
        if table is None:
            return None
        try:
            return kind.model_validate(table)
        except ValidationError as error:
            for detail in error.errors():
                place, goal = _place(table, detail["loc"])
                self._note(name, detail["msg"].removeprefix("Value error, "), place, goal)
            return None

    def check_numbers(self, weeks: Mapping[str, Week | None]) -> None:
        """Note weeks whose file carries another week's number, and remember where each goal stands."""
        for name, week in weeks.items():
            if week is None:
                continue
            if name != f"week-{week.number:02}.toml":
                self._note(name, f"it holds week {week.number}")
            for goal in week.goals:
                self.files.setdefault(goal.id, name)

    def check_goals(self, frame: Frame, weeks: list[Week]) -> None:
        """Note where goals contradict each other or the frame, in the weeks that could be read."""
        for flaw in flaws.of_goals(frame, weeks):
            self._note_flaw(flaw)

    def check_frame(self, frame: Frame, weeks: list[Week]) -> None:
        """Note where the frame and all of its weeks do not fit together."""
        for flaw in flaws.of_frame(frame, weeks):
            self._note_flaw(flaw)

    def _table(self, name: str) -> Table | None:
        """The file as a table; None once it is noted why there is none."""
        try:
            return tomllib.loads(self.folder.joinpath(name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            self._note(name, "there is no such file")
        except UnicodeDecodeError:
            self._note(name, "it is not UTF-8 text")
        except tomllib.TOMLDecodeError as error:
            self._note(name, str(error))
        return None

    def _note_flaw(self, flaw: Flaw) -> None:
        file = FRAME if flaw.goal is None else self.files.get(flaw.goal, FRAME)
        self._note(file, flaw.message, "", flaw.goal)

    def _note(self, name: str, message: str, place: str = "", goal: str | None = None) -> None:
        self.faults.append(Fault(f"{self.folder.name}/{name}", place, goal, message))


def _place(table: object, path: tuple[int | str, ...]) -> tuple[str, str | None]:
    """The way to a fault in words that stand in the file, and the goal on that way.

    List positions are said by the weekday, name or id that stands there.
    """
    words: list[str] = []
    goal = None
    for step, (inside, value) in zip(path, _walk(table, path), strict=True):
        if isinstance(step, str) and step not in ("days", "blocks", "goals"):
            words.append(step)
        elif inside == "goals" and isinstance(value, Mapping) and "id" in value:
            goal = str(value["id"])
        elif isinstance(step, int):
            words.append(_title(value) or f"{inside} {step + 1}")
    return ", ".join(words), goal


def _walk(table: object, path: tuple[int | str, ...]) -> Iterator[tuple[str, object]]:
    """For each step of the path: the list that it counts in, and what stands there (None if nothing)."""
    value, inside = table, ""
    for step in path:
        if isinstance(step, str):
            inside = step
            value = value.get(step) if isinstance(value, Mapping) else None
        else:
            value = value[step] if isinstance(value, list) and step < len(value) else None
        yield inside, value


def _title(value: object) -> str:
    """What a part of a plan calls itself, "" if it does not."""
    if not isinstance(value, Mapping):
        return ""
    return next((str(value[key]) for key in ("weekday", "name", "title") if key in value), "")
