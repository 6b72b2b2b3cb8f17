"""Reading one plan: a folder with a plan.toml and its week-01.toml, week-02.toml and so on, or one file.

A single file is a plan.toml that also holds its weeks, each as a [[weeks]] table. Every fault is told at
once, each with its file, its place and its goal. Nothing here is kept; whoever reads keeps what comes back.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.resources.abc import Traversable
from itertools import islice
from typing import NamedTuple, TypeVar

from pydantic import ValidationError

from plans import flaws, tables, wording
from plans.faults import FAULTS_KEPT, MESSAGE_LIMIT, SHOWN, Fault, PlanFaults, printable
from plans.flaws import Flaw
from plans.model import Frame, Plan, Value, Week
from plans.tables import Path, Table, UnreadableError, Wrong

FRAME = "plan.toml"
WEEKS = "weeks"
WEEKS_LIMIT = 60  # as `Week.number`; more files or tables of weeks are not even looked at
ENTRIES_LIMIT = 200  # in a folder; three times what a plan of 60 weeks needs
ERRORS_LIMIT = 5_000  # of one part; each takes a kilobyte of memory, and a goal can have half a dozen
YAML = (".yaml", ".yml")
NOT_YAML = "plans are written in TOML here, not in YAML; `plans new` writes one to begin with"
Part = TypeVar("Part", bound=Value)


def load(place: Traversable) -> Plan:
    """The plan in this folder or in this file.

    Raises:
        PlanFaults: everything that is wrong with it.
    """
    return _of_folder(place) if _is_folder(place) else _of_file(place)


def parse(text: str, name: str) -> Plan:
    """The plan in this text, which is a single file's; `name` is what its faults call the file.

    Raises:
        PlanFaults: everything that is wrong with it.
    """
    reader = _Reader(name)
    table = reader.table(name, lambda: tables.decoded(text.encode("utf-8", errors="surrogatepass")))
    return _of_table(reader, name, table)


def entries(folder: Traversable) -> list[Traversable]:
    """What a folder holds, by name, hidden files left out.

    Raises:
        UnreadableError: the folder cannot be read, or holds so much that it is no folder of plans.
    """
    try:
        found = list(islice(folder.iterdir(), ENTRIES_LIMIT + 1))
    except OSError as error:
        raise UnreadableError(f"the folder cannot be read ({error.strerror})") from None
    if len(found) > ENTRIES_LIMIT:
        raise UnreadableError(f"the folder holds more than {ENTRIES_LIMIT} things; is it one for plans?")
    return sorted((entry for entry in found if not entry.name.startswith(".")), key=lambda entry: entry.name)


def is_part(name: str) -> bool:
    """Whether a file of this name makes its folder a plan's."""
    return name == FRAME or (name.startswith("week-") and name.endswith(".toml"))


def _is_folder(place: Traversable) -> bool:
    try:
        return place.is_dir()
    except (OSError, ValueError):  # no right to look, a name that cannot be
        return False


# The two forms


def _of_file(file: Traversable) -> Plan:
    """The plan of a single file."""
    reader = _Reader(file.name)
    if file.name.lower().endswith(YAML):
        reader.note(file.name, Wrong(NOT_YAML))
        raise PlanFaults(reader.faults)
    return _of_table(reader, file.name, reader.table(file.name, lambda: tables.text_of(file)))


def _of_table(reader: "_Reader", name: str, table: Table | None) -> Plan:
    """The plan of a table that holds the frame and its weeks."""
    if table is None:
        raise PlanFaults(reader.faults)
    weeks: dict[str, Week | None] = {}
    listed = table.pop(WEEKS, None)
    if not isinstance(listed, list) or not listed:
        reader.note(name, Wrong("there are no weeks: each is a [[weeks]] table, with its [[weeks.days]]"))
    else:
        weeks = _listed_weeks(reader, name, listed)
    frame = reader.part(name, Frame, table)
    return reader.whole(name, frame, weeks)


def _listed_weeks(reader: "_Reader", name: str, listed: list[object]) -> dict[str, Week | None]:
    """The weeks of a single file by what faults call them, None where one is not usable."""
    if len(listed) > WEEKS_LIMIT:
        reader.note(name, Wrong(f"it has {len(listed)} weeks; a plan has {WEEKS_LIMIT} at most"))
    weeks: dict[str, Week | None] = {}
    for position, table in enumerate(listed[:WEEKS_LIMIT]):
        label = f"week {position + 1}"
        weeks[label] = reader.part(name, Week, table, label)
    return weeks


def _of_folder(folder: Traversable) -> Plan:
    """The plan of a folder."""
    reader = _Reader(folder.name)
    frame = reader.file(folder, FRAME, Frame)
    weeks = {name: reader.file(folder, name, Week) for name in _week_files(reader, folder)}
    for name, week in weeks.items():
        if week is not None and name != f"week-{week.number:02}.toml":
            said = f"it holds week {week.number}, whose file is called week-{week.number:02}.toml"
            reader.note(name, Wrong(said, ("number",)))
    return reader.whole(FRAME, frame, weeks)


def _week_files(reader: "_Reader", folder: Traversable) -> list[str]:
    """The names of the folder's weeks in order; files that nobody would read are noted."""
    try:
        names = [entry.name for entry in entries(folder)]
    except UnreadableError as error:
        reader.note("", error.wrong)
        return []
    for name in names:
        if name.lower().endswith(YAML):
            reader.note(name, Wrong(NOT_YAML))
        elif name.endswith(".toml") and not is_part(name):
            reader.note(
                name, Wrong(f"a plan's folder holds {FRAME} and week-01.toml, week-02.toml and so on")
            )
    weeks = [name for name in names if is_part(name) and name != FRAME]
    if len(weeks) > WEEKS_LIMIT:
        reader.note("", Wrong(f"the folder has {len(weeks)} weeks; a plan has {WEEKS_LIMIT} at most"))
    return weeks[:WEEKS_LIMIT]


# Reading and remembering what is wrong


class _Home(NamedTuple):
    """Where a goal stands: its file and, in a single file, its week."""

    file: str
    inside: str


class _Reader:
    """One plan being read: collects its faults, remembers where each goal stands."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: list[Fault] = []
        self._homes: dict[str, _Home] = {}

    def file(self, folder: Traversable, name: str, kind: type[Part]) -> Part | None:
        """The checked content of one file; None once its faults are noted."""
        table = self.table(name, lambda: tables.text_of(folder.joinpath(name)))
        return None if table is None else self.part(name, kind, table)

    def table(self, name: str, text: Callable[[], str]) -> Table | None:
        """The text as a table; None once it is noted why there is none."""
        try:
            return tables.table_of(text())
        except UnreadableError as error:
            self.note(name, error.wrong)
            return None

    def part(self, name: str, kind: type[Part], table: object, inside: str = "") -> Part | None:
        """A table as a part of the plan; None once its faults are noted.

        `inside` is what faults call a part that shares its file with others.
        """
        odd = list(islice(tables.odd_values(table), FAULTS_KEPT))
        try:
            part = kind.model_validate(table)
            wrong = odd
        except ValidationError as error:
            named = {each.path for each in odd}
            others = (each for each in _wrong(kind, error) if each.path not in named)
            wrong = odd + list(islice(others, FAULTS_KEPT))
        for each in wrong:
            self.note(name, each, table, inside)
        if wrong:
            return None
        if isinstance(part, Week):
            for goal in part.goals:
                self._homes.setdefault(goal.id, _Home(name, inside))
        return part

    def whole(self, name: str, frame: Frame | None, weeks: Mapping[str, Week | None]) -> Plan:
        """The plan, if neither its parts nor what is between them has a fault.

        Raises:
            PlanFaults: everything that was noted.
        """
        usable = [week for week in weeks.values() if week is not None]
        if frame is not None:
            self._note_flaws(name, flaws.of_goals(frame, usable))
            if usable and len(usable) == len(weeks):
                self._note_flaws(name, flaws.of_frame(frame, usable))
            elif not weeks and not self.faults:
                self.note(name, Wrong("there are no weeks beside it; the first is week-01.toml"))
        if self.faults or frame is None:
            raise PlanFaults(self.faults)
        return Plan(**dict(frame), weeks=tuple(usable))

    def note(self, name: str, wrong: Wrong, table: object = None, inside: str = "") -> None:
        """Remember a fault of this file, with its place in the words of its table."""
        way, goal = _place(table, wrong.path)
        place = ", ".join(part for part in (inside, way, wrong.place) if part)
        self._add(name, place, goal, wrong.message)

    def _note_flaws(self, name: str, found: Iterable[Flaw]) -> None:
        for flaw in islice(found, FAULTS_KEPT):
            home = self._homes.get(flaw.goal or "", _Home(name, ""))
            self._add(home.file, home.inside, flaw.goal, flaw.message)

    def _add(self, name: str, place: str, goal: str | None, message: str) -> None:
        file = name if name == self.name else f"{self.name}/{name}".rstrip("/")
        named = None if goal is None else printable(goal)
        if len(self.faults) < FAULTS_KEPT:
            self.faults.append(Fault(printable(file), printable(place), named, _short(printable(message))))


def _short(message: str) -> str:
    return message if len(message) <= MESSAGE_LIMIT else f"{message[:MESSAGE_LIMIT]}..."


def _wrong(kind: type[Value], error: ValidationError) -> Iterator[Wrong]:
    """Pydantic's errors in our words; of too many only how many."""
    if error.error_count() > ERRORS_LIMIT:
        yield Wrong(f"{error.error_count()} things are wrong with it; is it a part of a plan at all?")
        return
    for detail in error.errors(include_url=False):
        yield Wrong(wording.of_error(kind, detail), wording.place_of(detail))


# Where it is


def _place(table: object, path: Path) -> tuple[str, str | None]:
    """The way to a fault in words that stand in the file, and the goal on that way.

    List positions are said by the weekday, name or id that stands there.
    """
    words: list[str] = []
    goal = None
    for step, (inside, value) in zip(path, _walk(table, path), strict=True):
        if isinstance(step, str) and step not in ("days", "blocks", "goals"):
            words.append(step[:SHOWN])
        elif inside == "goals" and isinstance(value, Mapping) and "id" in value:
            goal = str(value["id"])[:SHOWN]
        elif isinstance(step, int):
            words.append(_title(value) or f"{inside} {step + 1}")
    return ", ".join(words), goal


def _walk(table: object, path: Path) -> Iterator[tuple[str, object]]:
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
    return next((str(value[key])[:SHOWN] for key in ("weekday", "name", "title") if key in value), "")
