"""What a field takes is said once, for faults and for editors, and says what the model says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from plans import schema
from plans.fields import FIELDS
from plans.model import Plan, Value

LIMITS = ("minimum", "maximum", "exclusiveMinimum", "maxLength")
UNSAID = {"slug", "name", "id", "default_track", "alternative", "week", "needs", "goals", "theme"}


def kinds() -> list[type[Value]]:
    """The parts of a plan, found by their schema."""
    names = {*Plan.model_json_schema()["$defs"], "Plan", "Frame"}
    return [kind for kind in _below(Value) if kind.__module__ == "plans.model" and kind.__name__ in names]


def _below(kind: type[Value]) -> Iterator[type[Value]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_every_field_has_a_line_and_no_line_is_about_nothing(kind: type[Value]) -> None:
    assert FIELDS[kind].keys() == kind.model_fields.keys()


def test_there_are_no_lines_for_parts_that_a_plan_has_not() -> None:
    assert set(FIELDS) == set(kinds())


def described() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each field of the schema: its part, its name, its rules."""
    whole = schema.of(schema.File.PLAN)
    for part, rules in {"Plan": whole, **whole["$defs"]}.items():
        for name, field in rules.get("properties", {}).items():
            yield part, name, field


@pytest.mark.parametrize(
    ("part", "name", "field"), list(described()), ids=lambda each: each if isinstance(each, str) else ""
)
def test_a_line_names_the_limits_of_its_field(part: str, name: str, field: dict[str, Any]) -> None:
    line = field["description"]
    assert line == FIELDS[next(kind for kind in FIELDS if kind.__name__ == part)][name]
    own = next((each for each in field.get("anyOf", []) if each.get("type") != "null"), field)
    for limit in LIMITS:
        if limit in own and name not in UNSAID:
            assert f"{own[limit]:g}" in line, (part, name, limit)


@pytest.mark.parametrize("file", list(schema.File))
def test_a_schema_says_its_dialect_and_defines_all_that_it_refers_to(file: schema.File) -> None:
    made = schema.of(file)
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert made["title"]
    assert made["description"]
    assert made["additionalProperties"] is False
    assert set(references(made)) <= {f"#/$defs/{name}" for name in made["$defs"]}


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)
