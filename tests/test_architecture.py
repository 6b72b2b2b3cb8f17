"""The walls of the house: who may import whom, who may ask for the time, what listeners are lent."""

from __future__ import annotations

import ast
import inspect
import os
import pkgutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.kwargs_injection.async_args import AsyncArgs

import bot
import plans
from bot.app import LISTENERS
from bot.listeners.commands import ALIASES, TABLE, meaning

ROOT = Path(__file__).parents[1]
LENT = {"house"}
SESSION = {"AsyncSession", "OperationalError"}  # all that the upper rooms may know of SQL
CLOCKS = {"now", "utcnow", "today", "time", "time_ns"}
TELLERS = (
    "bot/__main__.py",
    "bot/demo.py",
    "bot/doctor.py",
    "bot/workspace/",
)  # who may ask what time it really is


# Imports


def test_nobody_imports_whom_they_must_not_see() -> None:
    linting = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    linted = subprocess.run(  # noqa: S603 - our own interpreter; in this one it would switch all loggers off
        [sys.executable, "-c", linting], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert linted.returncode == 0, linted.stdout + linted.stderr


@pytest.mark.parametrize("room", ["app.py", "schedule.py", "listeners", "jobs", "views"])
def test_the_upper_rooms_know_no_more_of_sql_than_a_session(room: str) -> None:
    for file in sources(ROOT / "bot" / room):
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("sqlalchemy"):
                assert {each.name for each in node.names} <= SESSION, file
            if isinstance(node, ast.Import):
                assert not any(each.name.startswith("sqlalchemy") for each in node.names), file


@pytest.mark.parametrize("file", sorted((ROOT / "bot" / "workspace").rglob("*.py")), ids=str)
def test_the_workspace_needs_aiohttp_and_nothing_else_and_knows_nothing_of_the_bot(file: Path) -> None:
    allowed = {*sys.stdlib_module_names, "aiohttp"}
    for node in ast.walk(tree(file)):
        names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
        names += (
            [f"{node.module}.{each.name}" for each in node.names] if isinstance(node, ast.ImportFrom) else []
        )
        others = [name for name in names if not name.startswith("bot.workspace.")]
        assert {name.partition(".")[0] for name in others} <= allowed


def test_importing_a_module_changes_nothing_in_the_world(tmp_path: Path) -> None:
    modules = [name for package in (bot, plans) for name in every_module(package)]
    asked = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", IMPORTING, *modules],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (asked.returncode, asked.stdout, asked.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


IMPORTING = """
import importlib, sys, threading, logging

def watch(event, args):
    writes = event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+")
    acts = event in ("socket.connect", "socket.bind", "subprocess.Popen", "os.mkdir", "sqlite3.connect")
    if writes or acts:
        raise SystemExit(f"{event} {args}")

sys.addaudithook(watch)
for name in sys.argv[1:]:
    importlib.import_module(name)
assert threading.active_count() == 1, threading.enumerate()
assert not logging.getLogger().handlers
"""


# The clock and chance


def test_what_time_it_is_is_told_to_everybody_but_those_who_wire() -> None:
    asked = [f"{place}: {what}" for place, what in clocks_asked() if not place.startswith(TELLERS)]
    assert asked == []


def test_whoever_looks_for_clocks_finds_them() -> None:
    assert any(place.startswith("bot/__main__.py") for place, _ in clocks_asked())


def clocks_asked() -> Iterator[tuple[str, str]]:
    """Where a clock of the machine is asked, as `datetime.now()`, `date.today()`, `time.time()`."""
    for package in ("bot", "plans"):
        for file in sources(ROOT / package):
            for node in ast.walk(tree(file)):
                if isinstance(node, ast.Call) and _asks_a_clock(node.func):
                    yield f"{file.relative_to(ROOT)}:{node.lineno}", ast.unparse(node)


def _asks_a_clock(asked: ast.expr) -> bool:
    if not isinstance(asked, ast.Attribute) or not isinstance(asked.value, ast.Name):
        return False
    return asked.value.id in ("datetime", "date", "time") and asked.attr in CLOCKS


# Listeners


class Register:
    """Notes what a room registers, instead of an app."""

    def __init__(self) -> None:
        self.listeners: list[Callable[..., Any]] = []

    def _listen(self, _key: Any) -> Callable[[Callable[..., Any]], None]:
        return self.listeners.append

    command = action = view = view_closed = shortcut = options = event = _listen


def listeners() -> list[Callable[..., Any]]:
    register: Any = Register()
    for room in LISTENERS:
        room.register(register)
    return list(dict.fromkeys(register.listeners))


@pytest.mark.parametrize("listener", listeners(), ids=lambda each: f"{each.__module__}.{each.__name__}")
def test_a_listener_asks_for_what_bolt_or_the_house_lends(listener: Callable[..., Any]) -> None:
    known = set(AsyncArgs.__annotations__) | LENT
    assert set(inspect.signature(listener).parameters) <= known
    assert inspect.iscoroutinefunction(listener)
    assert inspect.getdoc(listener)


@pytest.mark.parametrize("name", TABLE)
def test_a_command_says_in_one_line_what_it_does(name: str) -> None:
    assert 8 < len(meaning(TABLE[name])) <= 120


def test_every_alias_names_a_command_and_hides_none() -> None:
    assert set(ALIASES.values()) <= set(TABLE)
    assert not set(ALIASES) & set(TABLE)


# Reading the source


def sources(place: Path) -> list[Path]:
    """The Python files of a folder, or the file itself."""
    return sorted(place.rglob("*.py")) if place.is_dir() else [place]


def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def every_module(package: Any) -> list[str]:
    """The package's modules; migrations are run by their path and are none."""
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    return [package.__name__, *(each.name for each in found if "migrations" not in each.name)]
