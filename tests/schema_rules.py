"""As much of JSON Schema 2020-12 as our schemas use; a keyword that is not known here is an error."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

NOTES = {"$schema", "$defs", "title", "description", "default"}
TYPES: Mapping[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "null": lambda value: value is None,
}
LIMITS: Mapping[str, Callable[[Any, Any], bool]] = {
    "minimum": lambda value, limit: value >= limit,
    "maximum": lambda value, limit: value <= limit,
    "exclusiveMinimum": lambda value, limit: value > limit,
    "minLength": lambda value, limit: len(value) >= limit,
    "maxLength": lambda value, limit: len(value) <= limit,
    "minItems": lambda value, limit: len(value) >= limit,
    "maxItems": lambda value, limit: len(value) <= limit,
    "pattern": lambda value, limit: re.search(limit, value) is not None,
    "enum": lambda value, limit: value in limit,
    "required": lambda value, limit: set(limit) <= set(value),
}


def faults_by(schema: dict[str, Any], value: Any) -> list[str]:
    """Where a value does not keep to a schema."""
    return list(_faults(schema, schema, value, "$"))


def _faults(root: dict[str, Any], schema: dict[str, Any], value: Any, place: str) -> Iterator[str]:
    for keyword, rule in schema.items():
        if keyword == "$ref":
            yield from _faults(root, root["$defs"][rule.removeprefix("#/$defs/")], value, place)
        elif keyword == "type":
            if not TYPES[rule](value):
                yield f"{place} is no {rule}"
                return
        elif keyword == "anyOf":
            if all(list(_faults(root, each, value, place)) for each in rule):
                yield f"{place} is none of {len(rule)}"
        elif keyword in LIMITS:
            if not LIMITS[keyword](value, rule):
                yield f"{place}: {keyword} {rule}"
        elif keyword not in NOTES:
            yield from INNER[keyword](root, schema, value, place)


def _properties(root: dict[str, Any], schema: dict[str, Any], value: Any, place: str) -> Iterator[str]:
    for name in value.keys() & schema["properties"].keys():
        yield from _faults(root, schema["properties"][name], value[name], f"{place}.{name}")


def _additional(root: dict[str, Any], schema: dict[str, Any], value: Any, place: str) -> Iterator[str]:
    rule = schema["additionalProperties"]
    for name in value.keys() - schema.get("properties", {}).keys():
        if rule is False:
            yield f"{place}: unknown {name}"
        elif rule is not True:
            yield from _faults(root, rule, value[name], f"{place}.{name}")


def _names(root: dict[str, Any], schema: dict[str, Any], value: Any, place: str) -> Iterator[str]:
    for name in value:
        yield from _faults(root, schema["propertyNames"], name, f"{place}.{name}")


def _items(root: dict[str, Any], schema: dict[str, Any], value: Any, place: str) -> Iterator[str]:
    first = len(schema.get("prefixItems", []))
    for position, each in enumerate(value[first:], start=first):
        yield from _faults(root, schema["items"], each, f"{place}[{position}]")


def _prefix(root: dict[str, Any], schema: dict[str, Any], value: Any, place: str) -> Iterator[str]:
    for position, (rule, each) in enumerate(zip(schema["prefixItems"], value, strict=False)):
        yield from _faults(root, rule, each, f"{place}[{position}]")


def _patterns(root: dict[str, Any], schema: dict[str, Any], value: Any, place: str) -> Iterator[str]:
    for pattern, rule in schema["patternProperties"].items():
        for name in value:
            if re.search(pattern, name):
                yield from _faults(root, rule, value[name], f"{place}.{name}")


INNER: Mapping[str, Callable[..., Iterator[str]]] = {
    "properties": _properties,
    "additionalProperties": _additional,
    "propertyNames": _names,
    "patternProperties": _patterns,
    "items": _items,
    "prefixItems": _prefix,
}
