"""The JSON Schema (2020-12) of a plan's files: editors complete, explain and check by it while one writes."""

import json
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from plans.fields import FIELDS
from plans.model import Frame, Plan, Value, Week

DIALECT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]


class File(StrEnum):
    """The kinds of files: a folder's plan.toml, its weeks, or a whole plan in one."""

    FRAME = "frame"
    WEEK = "week"
    PLAN = "plan"


_KINDS: Mapping[File, tuple[type[Value], str]] = MappingProxyType(
    {
        File.FRAME: (Frame, "A plan's plan.toml, beside its weeks"),
        File.WEEK: (Week, "A week of a plan, such as week-01.toml"),
        File.PLAN: (Plan, "A plan with its weeks, in one file"),
    }
)


def of(file: File) -> Schema:
    """The schema of a kind of file, as a value for `json.dumps`."""
    kind, title = _KINDS[file]
    schema = kind.model_json_schema()
    parts = {each.__name__: each for each in FIELDS}
    for name, part in {kind.__name__: schema, **schema.get("$defs", {})}.items():
        if name in parts:
            _explain(part, FIELDS[parts[name]])
        part["description"] = _first_line(part.get("description", ""))
    if "Checkpoint" in schema.get("$defs", {}):
        items = schema["$defs"]["Checkpoint"]["properties"]["items"]
        items["items"] = {"anyOf": [_SENTENCE, items["items"]]}
    return {"$schema": DIALECT, **schema, "title": title}


def as_text(file: File) -> str:
    """The schema as a file's text."""
    return json.dumps(of(file), indent=2, ensure_ascii=False) + "\n"


# What `CheckItem` makes of a sentence, pydantic cannot see: it reads it in a validator.
_SENTENCE: Schema = {
    "type": "string",
    "minLength": 1,
    "maxLength": 200,
    "description": "a line that members tick themselves",
}


def _explain(part: Schema, lines: Mapping[str, str]) -> None:
    """Put each field's line where editors look for it, in place of pydantic's titles."""
    for name, field in part["properties"].items():
        field.pop("title", None)
        field["description"] = lines[name]


def _first_line(description: str) -> str:
    return description.partition("\n")[0]
