"""What a fault says: what is wrong and what would be right, in place of what pydantic and tomllib say.

The rows of `_SENTENCES` are pydantic's error types. What a field takes comes from `plans.fields`, so that a
fault and the schema never disagree.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from enum import StrEnum
from types import MappingProxyType
from typing import Any, get_args

from pydantic_core import ErrorDetails

from plans.faults import shown
from plans.fields import FIELDS
from plans.model import GOAL_TEXT_LIMIT, Area, Level, Metric, Scores, Tier, Value, Weekday

Path = tuple[int | str, ...]
KEY_STEP = "[key]"  # pydantic's last step where it is the key of a table that is wrong

# What the values of an enum are called, by the field that takes them.
_NOUNS: Mapping[str, tuple[str, type[StrEnum]]] = MappingProxyType(
    {
        "area": ("area", Area),
        "shares": ("area", Area),
        "tier": ("tier", Tier),
        "level": ("level", Level),
        "weekday": ("weekday", Weekday),
        "metrics": ("metric", Metric),
        "targets": ("metric", Metric),
        "counts": ("metric", Metric),
        "of": ("choice of ratings", Scores),
    }
)


# What pydantic finds


def of_error(kind: type[Value], error: ErrorDetails) -> str:
    """The sentence for one of pydantic's errors in a part of this kind."""
    sentence = _SENTENCES.get(error["type"])
    if sentence is None:
        return error["msg"].removeprefix("Value error, ")
    return sentence(error, kind)


def place_of(error: ErrorDetails) -> Path:
    """The way to what is wrong, as it stands in the file."""
    return tuple(step for step in error["loc"] if step != KEY_STEP)


def _unknown_field(error: ErrorDetails, kind: type[Value]) -> str:
    owner, name = _owner(kind, error["loc"]), str(error["loc"][-1])
    hint = did_you_mean(name, owner.model_fields)
    if name == "weeks" and not hint:
        hint = "the weeks of a folder stand in files of their own, week-01.toml and so on"
    return f"unknown field {shown(name)}; {hint or f'here stand {_listed(owner.model_fields)}'}"


def _unknown_value(error: ErrorDetails, _: type[Value]) -> str:
    path = place_of(error)
    field = next((step for step in reversed(path) if step in _NOUNS), None)
    if not isinstance(field, str):
        return f"{shown(error['input'])} is not one of {error['ctx']['expected']}"
    noun, values = _NOUNS[field]
    if not isinstance(error["input"], str):
        return f"{shown(error['input'])} is no {noun}: one of {', '.join(values)}"
    hint = did_you_mean(error["input"], values)
    return f"unknown {noun} {shown(error['input'])}: one of {', '.join(values)}{hint and f'; {hint}'}"


def _missing(error: ErrorDetails, kind: type[Value]) -> str:
    return f"it is missing: {line}" if (line := _line(error, kind)) else "it is missing"


def _wrong_type(error: ErrorDetails, kind: type[Value]) -> str:
    wanted = next(words for prefix, words in _WANTED.items() if error["type"].startswith(prefix))
    said = f"{shown(error['input'])} stands here, {wanted} is wanted"
    return f"{said}: {line}" if (line := _line(error, kind)) else said


_WANTED: Mapping[str, str] = MappingProxyType(
    {
        "int": "a whole number without quotation marks",
        "float": "a number without quotation marks",
        "bool": "true or false without quotation marks",
        "string": 'a text in "quotation marks"',
        "tuple": "a list in [square brackets], or [[tables]] under one name",
        "dict": "a table",
        "model": "a table",
    }
)


def _too_long(error: ErrorDetails, _: type[Value]) -> str:
    limit, length = error["ctx"]["max_length"], len(error["input"])
    said = f"{shown(error['input'])} has {length} characters, {limit} at most"
    if limit == GOAL_TEXT_LIMIT:
        return f"{said}, as in Slack's checkboxes; a longer thought goes into `note`"
    return said


def _empty(_: ErrorDetails, __: type[Value]) -> str:
    return "it is empty; write at least a word"


def _not_a_slug(error: ErrorDetails, _: type[Value]) -> str:
    rule = f"{shown(error['input'])} may hold small letters, digits and single hyphens only"
    better = slug_of(str(error["input"]))
    return f"{rule}; '{better}' would do" if better else rule


def _out_of_range(error: ErrorDetails, kind: type[Value]) -> str:
    limits = {"ge": "{} is less than {}", "gt": "{} is not more than {}", "le": "{} is more than {}"}
    bound = next(iter(error["ctx"]))
    said = limits[bound].format(shown(error["input"]), f"{error['ctx'][bound]:g}")
    return f"{said}; right is: {line}" if (line := _line(error, kind)) else said


def _wrong_length(error: ErrorDetails, kind: type[Value]) -> str:
    wanted = error["ctx"].get("max_length", error["ctx"].get("min_length"))
    said = f"the list has {error['ctx']['actual_length']} values, not {wanted}"
    return f"{said}; right is: {line}" if (line := _line(error, kind)) else said


_SENTENCES: Mapping[str, Callable[[ErrorDetails, type[Value]], str]] = MappingProxyType(
    {
        "extra_forbidden": _unknown_field,
        "enum": _unknown_value,
        "missing": _missing,
        "int_type": _wrong_type,
        "int_from_float": _wrong_type,
        "int_parsing": _wrong_type,
        "float_type": _wrong_type,
        "float_parsing": _wrong_type,
        "bool_type": _wrong_type,
        "bool_parsing": _wrong_type,
        "string_type": _wrong_type,
        "tuple_type": _wrong_type,
        "dict_type": _wrong_type,
        "model_type": _wrong_type,
        "string_too_long": _too_long,
        "string_too_short": _empty,
        "string_pattern_mismatch": _not_a_slug,
        "greater_than": _out_of_range,
        "greater_than_equal": _out_of_range,
        "less_than_equal": _out_of_range,
        "too_long": _wrong_length,
        "too_short": _wrong_length,
    }
)


# What a part of a plan is made of


def _owner(kind: type[Value], path: Path) -> type[Value]:
    """The kind of table in which the last step of a path stands."""
    owner, is_named = kind, False
    for step in path[:-1]:
        if is_named or not isinstance(step, str) or step not in owner.model_fields:
            is_named = False  # the position in a list, or the name of a variant in a table of them
            continue
        annotation = owner.model_fields[step].annotation
        owner = next(iter(_kinds(annotation)), owner)
        is_named = getattr(annotation, "__origin__", None) is dict
    return owner


def _kinds(annotation: Any) -> Iterable[Any]:
    """The kinds of tables that an annotation speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, Value):
        yield annotation
    for argument in get_args(annotation):
        yield from _kinds(argument)


def _line(error: ErrorDetails, kind: type[Value]) -> str:
    """What the field takes in which the error lies, "" if nothing is known of it."""
    path = place_of(error)
    for end in range(len(path), 0, -1):
        owner, step = _owner(kind, path[:end]), path[end - 1]
        if isinstance(step, str) and step in FIELDS.get(owner, {}):
            return FIELDS[owner][step]
    return ""


# Words


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """A clause that names what was probably meant, "" if nothing is near."""
    near = get_close_matches(wrong[:100].casefold(), list(known), n=1, cutoff=0.6)
    return f"did you mean {shown(near[0])}?" if near else ""


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def slug_of(text: str) -> str:
    """The nearest name that a file may use, "" if no letter is left."""
    return re.sub(r"[^a-z0-9]+", "-", text[:200].lower()).strip("-")[:60].strip("-")


# What tomllib finds

_SYNTAX: tuple[tuple[str, str], ...] = (
    ("Cannot overwrite a value", "this key stands twice in its table; each stands once"),
    ("Cannot declare", "this [table] stands twice; a list of tables is written with two brackets, [[...]]"),
    ("Cannot mutate immutable", "a list or an inline {table} cannot be continued further down"),
    ("Cannot redefine namespace", "this name stands for a table already; each name stands once"),
    ("Duplicate inline table key", "this key stands twice in its {table}; each stands once"),
    ("Expected '=' after a key", "after the name of a field comes `=` and its value"),
    (
        "Expected newline or end of document",
        "the line goes on after its value; each field has a line of its own",
    ),
    ("Invalid statement", "this line is neither `field = value` nor a [table]"),
    ("Invalid value", 'after `=` comes a "text", a number, true, false, a [list] or a {table}'),
    (
        "Invalid initial character for a key part",
        "this is no name; other than a-z, 0-9, - and _ need quotation marks",
    ),
    ("Unclosed array", "the list is not closed: `]` is missing, or a comma between its values"),
    ("Unclosed inline table", "the {table} is not closed: `}` is missing, or a comma between its fields"),
    ("Unterminated string", "the text is not closed: its second quotation mark is missing"),
    ("Unescaped '\\' in a string", "a backslash in a text is written twice, or the text in 'single marks'"),
    ("Illegal character '\\n'", "the text is not closed on its line: its second quotation mark is missing"),
    ("Expected \"'", "the text is not closed: its second quotation mark is missing"),
    ("Expected ']", "the [table] is not closed: `]` is missing"),
)
_WHERE = re.compile(r"\s*\(at (.*)\)$", re.DOTALL)


def of_syntax(message: str) -> tuple[str, str]:
    """What tomllib says, as a sentence and its place ("line 3, column 5", "end of document")."""
    found = _WHERE.search(message)
    said = message[: found.start()] if found else message
    place = found[1] if found else ""
    for beginning, sentence in _SYNTAX:
        if said.startswith(beginning):
            return sentence, place
    return f"this is no TOML: {said[:1].lower()}{said[1:]}", place
