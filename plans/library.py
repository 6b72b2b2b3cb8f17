"""The plans that there are: those of this package, and those of one's own beside them.

Importing this module reads nothing; whoever calls `read` keeps what it returns.
"""

import os
from collections.abc import Iterable
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from plans.errors import StudyError
from plans.faults import Fault, PlanFaults, printable
from plans.model import Plan, Value
from plans.reading import FRAME, NOT_YAML, YAML, entries, is_part, load, parse
from plans.tables import UnreadableError

__all__ = [
    "Fault",
    "Library",
    "PlanAmbiguousError",
    "PlanFaults",
    "PlanNotFoundError",
    "check",
    "load",
    "parse",
    "read",
]


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


def read(own: Path | None = None, *, shipped: Traversable | None = None) -> Library:
    """The plans of this package (or of the folder `shipped`) and, beside them, those of one's own.

    `own` is a plan's file, a plan's folder, or a folder of such files and folders.

    Raises:
        PlanFaults: something is wrong in at least one of them; all of their faults.
    """
    found = _Shelf()
    for folder in entries(shipped or _shipped()):
        if folder.joinpath(FRAME).is_file():
            found.take(folder)
    if own is not None:
        found.take_own(own)
    return found.library()


def check(own: Path) -> tuple[Plan, ...]:
    """The plans of one's own at this place, as `read` takes them, but without those of this package.

    Only the names of those are taken, unless it is a part of this package that is checked.

    Raises:
        PlanFaults: everything that is wrong with them.
    """
    found = _Shelf()
    if not _is_shipped(own):
        found.homes = {folder.name: "" for folder in entries(_shipped())}
    found.take_own(own)
    return found.library().plans


def _shipped() -> Traversable:
    return resources.files("plans").joinpath("curricula")


def _is_shipped(place: Path) -> bool:
    """Whether a place lies in the folder of this package's plans."""
    try:
        real = Path(os.path.realpath(place))  # unlike `Path.resolve`, it bears a loop of links
    except ValueError:  # a NUL byte
        return False
    return Path(os.path.realpath(str(_shipped()))) in (real, *real.parents)


class _Shelf:
    """Plans being collected; each name is taken once."""

    def __init__(self) -> None:
        self.plans: list[Plan] = []
        self.faults: list[Fault] = []
        self.homes: dict[str, str] = {}  # where each slug was found, "" for the plans of this package

    def take(self, place: Traversable, home: str = "") -> None:
        """Take the plan of a file or a folder, or note its faults; `home` names the place of one's own."""
        try:
            plan = load(place)
        except PlanFaults as error:
            self.faults.extend(error.faults)
            return
        if plan.slug in self.homes:
            other = self.homes[plan.slug] or "a plan that comes with Cadence"
            self._note(place.name, f"{other} is called {plan.slug!r} already; choose another slug", "slug")
            return
        self.homes[plan.slug] = home
        self.plans.append(plan)

    def take_own(self, own: Path) -> None:
        """Take what stands at a place: one plan, or a folder of plans."""
        try:
            places = _own_places(own)
        except UnreadableError as error:
            self._note(str(own), error.wrong.message)
            return
        for place in places:
            self.take(place, home=place.name)

    def library(self) -> Library:
        """What was taken.

        Raises:
            PlanFaults: something was noted.
        """
        if self.faults:
            raise PlanFaults(self.faults)
        return Library(plans=tuple(sorted(self.plans, key=lambda plan: plan.slug)))

    def _note(self, file: str, message: str, place: str = "") -> None:
        self.faults.append(Fault(printable(file), place, None, printable(message)))


def _own_places(own: Path) -> list[Path]:
    """The files and folders at a place of which each should be a plan.

    Raises:
        UnreadableError: there is nothing that could be one.
    """
    try:
        is_folder = own.is_dir()
        inside = entries(own) if is_folder else []
    except (OSError, ValueError) as error:
        raise UnreadableError(f"it cannot be looked at ({error})") from None
    if not is_folder:
        return [_one_file(own)]
    if any(is_part(entry.name) for entry in inside):
        return [own]
    places = [own / entry.name for entry in inside if _may_be_plan(own / entry.name)]
    if not places:
        raise UnreadableError(
            f"there is no plan in this folder: no {FRAME}, no folder with one, no file that ends in .toml"
        )
    return places


def _one_file(own: Path) -> Path:
    """The place, if it may be a plan's file.

    Raises:
        UnreadableError: it is not there, or something else.
    """
    if own.name.lower().endswith(YAML):
        raise UnreadableError(NOT_YAML)
    if not own.name.endswith(".toml") and own.exists():
        raise UnreadableError("a plan is a folder, or a file whose name ends in .toml")
    return own


def _may_be_plan(entry: Path) -> bool:
    """Whether something in a folder of plans should be one: a folder with a part of a plan, or a file."""
    if not entry.is_dir():
        return entry.name.lower().endswith((".toml", *YAML))
    try:
        return any(is_part(inner.name) for inner in entries(entry))
    except UnreadableError:
        return False
