"""A TOML file as a table, or why there is none. Nothing that a file holds can crash, hang or fill us.

A plan comes from people: by a setting, by an upload. Every limit below is several times what the longest
shipped plan needs, and small enough that reaching it takes a second and some megabytes.
"""

import math
import re
import tomllib
from collections.abc import Callable, Iterator
from datetime import date, time
from importlib.resources.abc import Traversable
from typing import NamedTuple

from plans import wording
from plans.faults import shown

FILE_LIMIT = 1024 * 1024  # bytes; a plan of 26 weeks in one file has about 240,000
VALUES_LIMIT = 40_000  # in one file, tables and lists included; 26 weeks have about 9,000
DEPTH_LIMIT = 20  # the deepest that a plan has is 13: a metric of a lighter variant in a single file
KEY_LIMIT = 10  # parts of a dotted key, of which a plan has 7; tomllib needs the square of them in memory
NUMBER_LIMIT = 10**6  # far above every field's; a number of a million digits cannot even be repeated
NUMBERS = frozenset(
    {"minutes", "hours", "hours_per_week", "number", "week", "weeks", "success_rate", "shares"}
    | {"metrics", "counts", "targets", "lp_coverage", "at_least", "mock_average"}
)
SEVERAL_LINES = frozenset({"summary", "note", "best_for"})  # the other texts are one line wherever they stand

_PART = r"""(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')[ \t]*+"""
_LONG_KEY = re.compile(rf"(?<![A-Za-z0-9_-])(?:{_PART}\.[ \t]*+){{{KEY_LIMIT}}}")

Path = tuple[int | str, ...]
Table = dict[str, object]


class Wrong(NamedTuple):
    """What is wrong in one file: at a path of its table or, where there is no table, at a place in words."""

    message: str
    path: Path = ()
    place: str = ""


class UnreadableError(Exception):
    """The file holds no table that one could go on with; `wrong` says why."""

    def __init__(self, message: str, place: str = "") -> None:
        super().__init__(message)
        self.wrong = Wrong(message, place=place)


def text_of(file: Traversable) -> str:
    """The text of a file of at most `FILE_LIMIT` bytes, without a byte order mark.

    Raises:
        UnreadableError: it is missing, no ordinary file, too large or no text.
    """
    try:
        if not file.is_file():  # also a FIFO or a device, which would never end, or a loop of links
            raise UnreadableError(_what_else(file))
        with file.open("rb") as opened:
            content = opened.read(FILE_LIMIT + 1)
    except OSError as error:
        raise UnreadableError(f"it cannot be read ({error.strerror})") from None
    except ValueError:  # a NUL byte in the name
        raise UnreadableError("there cannot be a file of this name") from None
    return decoded(content)


def _what_else(file: Traversable) -> str:
    """What stands where a file should be."""
    if file.is_dir():
        return "it is a folder; a file is wanted here"
    is_link = getattr(file, "is_symlink", lambda: False)
    exists = getattr(file, "exists", lambda: False)
    if is_link() and not exists():
        return "it is a link that leads nowhere"
    return "it is no ordinary file" if exists() else "there is no such file"


def decoded(content: bytes) -> str:
    """The bytes as text.

    Raises:
        UnreadableError: they are too many, or no UTF-8 text.
    """
    if len(content) > FILE_LIMIT:
        raise UnreadableError(f"it is larger than {FILE_LIMIT // 1024} KiB, which no plan needs")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableError("it is not UTF-8 text but UTF-16; save it again as UTF-8")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableError("it is not UTF-8 text; save it again as UTF-8", f"line {line}") from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise UnreadableError("it holds a NUL byte, so it is no text file", f"line {line}")
    return text


def table_of(text: str) -> Table:
    """The text as a table, however it was made.

    Raises:
        UnreadableError: it is no TOML, or holds more, deeper or longer things than a plan does.
    """
    if found := _LONG_KEY.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise UnreadableError(
            f"a key has more than {KEY_LIMIT} parts; a plan needs 7 at most", f"line {line}"
        )
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnreadableError(*wording.of_syntax(str(error))) from None
    except RecursionError:
        raise UnreadableError(_too_deep()) from None
    except ValueError:  # an integer of thousands of digits
        raise UnreadableError("it holds a number that is far too long") from None
    _check_measure(table)
    return table


def _check_measure(table: Table) -> None:
    """Refuse what is too much or too deep to be looked at one by one."""
    level: list[object] = [table]
    count = 0
    for _ in range(DEPTH_LIMIT):
        level = [inner for value in level for inner in _inside(value)]
        count += len(level)
        if count > VALUES_LIMIT:
            raise UnreadableError(f"it holds more than {VALUES_LIMIT} values; no plan needs so many")
        if any(type(value) is int and abs(value) > NUMBER_LIMIT for value in level):
            raise UnreadableError(f"it holds a number over {NUMBER_LIMIT}; no field of a plan takes one")
    if level:
        raise UnreadableError(_too_deep())


def _too_deep() -> str:
    return f"its lists or tables stand more than {DEPTH_LIMIT} deep in each other; a plan needs 13 at most"


def _inside(value: object) -> list[object]:
    """What a table or a list holds; nothing for anything else."""
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def odd_values(table: object) -> Iterator[Wrong]:
    """Values that pydantic would let pass, or would not explain: "60" as a number, a date, an odd text."""
    for path, value in _leaves(table, ()):
        for is_odd, sentence in _ODD:
            if is_odd(path, value):
                yield Wrong(sentence.format(shown(value)), path)


def _leaves(value: object, path: Path) -> Iterator[tuple[Path, object]]:
    """Everything that holds nothing further, with the way to it, and each key as the text that it is."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if not key.isprintable():
                yield (*path, key), key
            yield from _leaves(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _leaves(inner, (*path, number))
    else:
        yield path, value


def _is_broken(path: Path, value: object) -> bool:
    """Whether a text holds a control character, or a line break where only one line is shown."""
    if not isinstance(value, str) or value.isprintable():
        return False
    breaks = "\n\t" if SEVERAL_LINES & set(path) else ""
    return any(ord(each) < ord(" ") or each in "\x7f\u2028\u2029" for each in value if each not in breaks)


def _is_no_number(path: Path, value: object) -> bool:
    """Whether a text or a truth stands in a field of numbers, or in a list or table of them."""
    return isinstance(value, str | bool) and not NUMBERS.isdisjoint(path[-2:])


_ODD: tuple[tuple[Callable[[Path, object], bool], str], ...] = (
    (
        lambda _, value: isinstance(value, date | time),
        "a date or a time stands here; a plan has none, its weeks begin when a member does",
    ),
    (
        lambda _, value: isinstance(value, float) and not math.isfinite(value),
        "{} is no number that one could plan with",
    ),
    (_is_no_number, "{} stands here, a number without quotation marks is wanted"),
    (
        lambda path, value: path[-1:] == ("skip",) and not isinstance(value, bool),
        "{} stands here, true or false without quotation marks is wanted",
    ),
    (_is_broken, "{} holds a line break or a control character; it has to be one line of plain text"),
)
