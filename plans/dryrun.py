"""Matching without a group: people and past rounds read from JSON, the answer as JSON or as text.

Whatever is wrong in a file is said at once, each fault with the file, the place in its list and the field.
"""

import json
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC
from typing import Annotated, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from plans.errors import StudyError
from plans.mocks import Kind
from plans.model import Level
from plans.pairing import Group, Pairing, Participant, PastRound
from plans.pairing.past import read as read_books

MOST_SHOWN = 40  # characters of a value that is wrong
Id = Annotated[str, Field(min_length=1)]
Listed = TypeVar("Listed", bound=BaseModel)


class FileFaults(StudyError):
    """This cannot be matched yet. {count} to put right: {listed}"""

    def __init__(self, faults: Iterable[str]) -> None:
        """Hold every fault, in the order of the file."""
        self.faults = tuple(faults)
        super().__init__(count=len(self.faults), listed="\n".join(["", *self.faults]))


class Person(BaseModel):
    """One person of a file."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: Id
    level: Level | None = None
    kinds: frozenset[Kind] = frozenset()
    free: tuple[tuple[AwareDatetime, AwareDatetime], ...] | None = None
    mentor: bool = False
    blocks: frozenset[Id] = frozenset()

    def participant(self) -> Participant:
        """The person as the matcher reads them."""
        return Participant(
            id=self.id,
            level=self.level,
            kinds=self.kinds,
            free=self.free,
            mentor=self.mentor,
            blocks=self.blocks,
        )


class Round(BaseModel):
    """One past round of a file."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    round: Annotated[int, Field(ge=0)]
    groups: tuple[Annotated[tuple[Id, ...], Field(min_length=1)], ...]
    left_out: tuple[Id, ...] = ()


def people(text: bytes, file: str) -> tuple[Participant, ...]:
    """The people of a file's content.

    Raises:
        FileFaults: everything that is wrong with it.
    """
    found = _read(Person, text, file, "person")
    faults = [*_twice(found, file), *_backwards(found, file)]
    if faults:
        raise FileFaults(faults)
    return tuple(person.participant() for person in found)


def history(text: bytes, file: str) -> tuple[PastRound, ...]:
    """The past rounds of a file's content.

    Raises:
        FileFaults: everything that is wrong with it.
    """
    rounds = _read(Round, text, file, "round")
    return tuple(PastRound(each.round, each.groups, each.left_out) for each in rounds)


def as_json(pairing: Pairing) -> str:
    """The answer for programs; instants in UTC."""
    answer = {
        "groups": [_group(group) for group in pairing.groups],
        "left_out": [{"id": left.id, "reason": left.reason.text()} for left in pairing.left_out],
    }
    return json.dumps(answer, indent=2, ensure_ascii=False)


def _group(group: Group) -> dict[str, object]:
    return {
        "people": list(group.people),
        "roles": {who: role.value for who, role in group.roles.items()},
        "kind": group.kind.value,
        "slots": [[moment.astimezone(UTC).isoformat() for moment in slot] for slot in group.slots],
        "reason": group.reason.text(),
    }


def as_text(pairing: Pairing, past: Sequence[PastRound]) -> str:
    """The answer for people; times in UTC."""
    lines = [f"Round {read_books(past).next}: {_count(len(pairing.groups), 'group')}."]
    for group in pairing.groups:
        lines += ["", f"{_who_does_what(group)} ({group.kind.words})", f"  {group.reason.text()}"]
        if group.slots:
            starts = "; ".join(f"{start.astimezone(UTC):%a %d %b %H:%M}" for start, _ in group.slots)
            lines.append(f"  Could begin, in UTC: {starts}")
    if pairing.left_out:
        lines += ["", "Without a session:"]
        lines += [f"  {left.id}: {left.reason.text()}" for left in pairing.left_out]
    return "\n".join(lines)


def _who_does_what(group: Group) -> str:
    interviewer, candidate, *observers = group.people
    return f"{interviewer} interviews {candidate}{''.join(f', {who} observes' for who in observers)}"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


# Reading


def _read(kind: type[Listed], text: bytes, file: str, thing: str) -> list[Listed]:
    """The list that a file holds.

    Raises:
        FileFaults: everything that is wrong with it.
    """
    try:
        return TypeAdapter(list[kind]).validate_json(text.removeprefix(BOM_UTF8))  # type: ignore[valid-type]
    except ValidationError as error:
        details = error.errors(include_url=False)
        raise FileFaults(_sentence(each, file, kind, thing) for each in details) from None


def _sentence(detail: ErrorDetails, file: str, kind: type[BaseModel], thing: str) -> str:
    """One fault as file, place, field and what is wrong."""
    where = ", ".join([file, *_place(detail["loc"], thing)])
    return f"{where}: {_complaint(detail, kind)}"


def _place(path: Sequence[int | str], thing: str) -> Iterator[str]:
    """The way to a fault, counting from 1."""
    for depth, step in enumerate(path):
        if isinstance(step, str):
            yield step
        elif depth == 0:
            yield f"{thing} {step + 1}"
        else:
            yield f"number {step + 1}"


# What to say for an error of pydantic's, by how its type begins.
_SAYS = (
    ("json_invalid", "this is no JSON ({error})"),
    ("missing", "this is missing"),
    ("extra_forbidden", "no such field; there are {fields}"),
    ("string_too_short", "must not be empty"),
    ("string_type", "must be text in double quotes, not {shown}"),
    ("enum", "must be {expected}, not {shown}"),
    ("bool", "must be true or false, not {shown}"),
    ("int", "must be a whole number, not {shown}"),
    ("greater_than", "must not be below 0"),
    ("timezone_aware", "needs an offset from UTC, such as 2027-01-14T17:00+01:00, and has none"),
    ("date", "must be a date and time with an offset, such as 2027-01-14T17:00+01:00, not {shown}"),
    ("model", "must be an object in braces, not {shown}"),
    ("too_short", "must not be empty"),
    ("too_long", "must be a start and an end, nothing more"),
    ("list", "must be a list in brackets, not {shown}"),
    ("tuple", "must be a list in brackets, not {shown}"),
    ("frozen_set", "must be a list in brackets, not {shown}"),
)


def _complaint(detail: ErrorDetails, kind: type[BaseModel]) -> str:
    """What is wrong, in words."""
    says = next((says for begins, says in _SAYS if detail["type"].startswith(begins)), "{message}")
    given: Mapping[str, object] = detail.get("ctx", {})
    value = detail["input"]
    said = says.format(
        error=given.get("error", ""),
        expected=given.get("expected", ""),
        fields=", ".join(kind.model_fields),
        shown=_shown(value),
        message=detail["msg"],
    )
    if detail["loc"][-1:] == ("id",) and isinstance(value, int) and not isinstance(value, bool):
        said += f'; write "{value}" with the quotes'
    return said


def _shown(value: object) -> str:
    """A value as it stands in the file, shortened."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def _twice(found: Sequence[Person], file: str) -> Iterator[str]:
    """Ids that are there already."""
    first: dict[str, int] = {}
    for number, person in enumerate(found, 1):
        if person.id in first:
            yield f"{file}, person {number}, id: {_shown(person.id)} is person {first[person.id]} already"
        first.setdefault(person.id, number)


def _backwards(found: Sequence[Person], file: str) -> Iterator[str]:
    """Free hours that end before they have begun."""
    for number, person in enumerate(found, 1):
        for place, (start, end) in enumerate(person.free or (), 1):
            if end < start:
                yield f"{file}, person {number}, free, number {place}: it ends before it begins"
