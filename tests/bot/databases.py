"""The databases that tests run on: an SQLite file, or PostgreSQL where the environment names a server.

`CADENCE_TEST_DATABASE=postgresql+psycopg://user@host` is a server on which databases may be made and dropped.
Either way an empty database is migrated once and copied for each test.
"""

from __future__ import annotations

import atexit
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy.engine import URL, make_url

from bot.store.database import ONE_WRITER, open_database

SERVER = os.environ.get("CADENCE_TEST_DATABASE", "")
EMPTY = f"cadence_test_{os.getpid()}_empty"

Rows = list[tuple[Any, ...]]
_EMPTY_FILE: list[bytes] = []  # once it was made
_NUMBERS = count()

# How SQLite would have kept what PostgreSQL gives back
_AS_TEXT: dict[type, Callable[[Any], str]] = {
    date: date.isoformat,
    datetime: lambda value: f"{value:%Y-%m-%d %H:%M:%S.%f}",
    time: lambda value: f"{value:%H:%M:%S.%f}",
    dict: json.dumps,
    list: json.dumps,
}


def database_in(folder: Path) -> InFile | OnPostgres:
    """A database of one test's own; nothing is made yet."""
    return OnPostgres(make_url(SERVER)) if SERVER else InFile(folder / "cadence.db")


class InFile:
    """An SQLite file in the test's folder."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.address = f"sqlite+aiosqlite:///{file}"

    def make_room(self) -> None:
        """Nothing: the file comes with its first table."""

    async def make(self) -> None:
        """Write the bytes of the empty file."""
        if not _EMPTY_FILE:
            await _migrate(self.address)
            _EMPTY_FILE.append(self._file.read_bytes())
        self._file.write_bytes(_EMPTY_FILE[0])

    def drop(self) -> None:
        """Leave it to the folder."""

    def sql(self, statement: str, values: Iterable[Any] = ()) -> Rows:
        """Run a statement on a connection of its own; `?` stands for a value."""
        connection = sqlite3.connect(self._file, timeout=10, isolation_level=None)
        try:
            return connection.execute(statement, tuple(values)).fetchall()
        finally:
            connection.close()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Let another process hold the write lock."""
        connection = sqlite3.connect(self._file, isolation_level=None)
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield
        finally:
            connection.close()


class OnPostgres:
    """A database on a server, copied from one that each process of the tests makes for itself."""

    def __init__(self, server: URL) -> None:
        self._server = server.set(database="postgres")
        self._name = f"cadence_test_{os.getpid()}_{next(_NUMBERS)}"
        self.address = _written(server.set(database=self._name))

    def make_room(self) -> None:
        """A database without any table."""
        self._on_server(f"CREATE DATABASE {self._name}")

    async def make(self) -> None:
        """Copy the empty database."""
        if not self._on_server(f"SELECT 1 FROM pg_database WHERE datname = '{EMPTY}'"):  # noqa: S608 (our own name)
            self._on_server(f"CREATE DATABASE {EMPTY}")
            atexit.register(self._on_server, f"DROP DATABASE {EMPTY} WITH (FORCE)")
            await _migrate(_written(self._server.set(database=EMPTY)))
        self._on_server(f"CREATE DATABASE {self._name} TEMPLATE {EMPTY}")

    def drop(self) -> None:
        """Take it away from the server."""
        self._on_server(f"DROP DATABASE IF EXISTS {self._name} WITH (FORCE)")

    def sql(self, statement: str, values: Iterable[Any] = ()) -> Rows:
        """Run a statement on a connection of its own; dates come as SQLite keeps them."""
        asked = statement.replace("%", "%%").replace("?", "%s")
        with psycopg.connect(_for_psycopg(self.address), autocommit=True) as connection:
            found = connection.execute(asked.encode(), tuple(values))
            rows = found.fetchall() if found.description else []
        return [tuple(_as_sqlite_keeps(value) for value in row) for row in rows]

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Let another process hold the write lock."""
        with psycopg.connect(_for_psycopg(self.address)) as connection:
            connection.execute(ONE_WRITER.encode())
            yield

    def _on_server(self, statement: str) -> Rows:
        with psycopg.connect(_for_psycopg(_written(self._server)), autocommit=True) as connection:
            found = connection.execute(statement.encode())
            return found.fetchall() if found.description else []


async def _migrate(address: str) -> None:
    database = open_database(address)
    await database.upgrade()
    await database.close()


def _written(url: URL) -> str:
    return url.render_as_string(hide_password=False)


def _for_psycopg(address: str) -> str:
    return address.replace("postgresql+psycopg:", "postgresql:")


def _as_sqlite_keeps(value: Any) -> Any:
    write = _AS_TEXT.get(type(value))
    return write(value) if write else value
