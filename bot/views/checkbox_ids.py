"""The block id of a group of checkboxes: it says whose they are and what they offered.

A click brings it back, so that a list which is weeks old still says exactly what was chosen of it and what was
not, without a table of posts. The ids are hints: whose they are is checked in the database.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, ClassVar, Self


@dataclass(frozen=True)
class CheckboxId:
    """What a block id says, its fields in order behind a prefix: `day:7:2026-11-02:e1:12,13`.

    Fields are ids, dates, words, or several ids or words; none holds a colon.
    """

    PREFIX: ClassVar[str]

    def __str__(self) -> str:
        return ":".join([self.PREFIX, *(_written(getattr(self, field.name)) for field in fields(self))])

    @classmethod
    def parse(cls, block_id: object) -> Self | None:
        """Read a block id back; none if it is none of these."""
        prefix, *parts = str(block_id or "").split(":")
        kinds = [field.type for field in fields(cls)]
        if prefix != cls.PREFIX or len(parts) != len(kinds):
            return None
        try:
            return cls(*(_READ[kind](part) for kind, part in zip(kinds, parts, strict=True)))
        except ValueError:
            return None


def _written(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _id(text: str) -> int:
    """An id that a database can hold."""
    if not text.isdecimal() or len(text) >= 10:
        raise ValueError(text)
    return int(text)


def _several(text: str) -> list[str]:
    return [part for part in text.split(",") if part]


_READ: Mapping[Any, Callable[[str], Any]] = {
    int: _id,
    str: str,
    date: date.fromisoformat,
    tuple[int, ...]: lambda text: tuple(map(_id, _several(text))),
    tuple[str, ...]: lambda text: tuple(_several(text)),
}
