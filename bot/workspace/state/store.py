"""Keeps the workspace's state in one SQLite file: JSON documents in one table."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from bot.workspace.state.models import Json


class Store:
    """A document store. Without a path it keeps nothing, and costs nothing."""

    def __init__(self, path: Path | None) -> None:
        self._db: sqlite3.Connection | None = None
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, isolation_level=None)
            # What is lost in a power cut is play; what is slow is felt in every click.
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=OFF")
            self._db.execute(
                "CREATE TABLE IF NOT EXISTS documents"
                " (kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (kind, id))"
                " WITHOUT ROWID"
            )

    def put(self, kind: str, key: str, document: Json) -> None:
        """Keep a document."""
        if self._db is not None:
            self._db.execute("REPLACE INTO documents VALUES (?, ?, ?)", (kind, key, json.dumps(document)))

    def remove(self, kind: str, key: str) -> None:
        """Forget a document."""
        if self._db is not None:
            self._db.execute("DELETE FROM documents WHERE kind = ? AND id = ?", (kind, key))

    def all(self, kind: str) -> Iterator[tuple[str, Json]]:
        """Yield every document of a kind with its key, ordered by key."""
        if self._db is None:
            return
        rows = self._db.execute("SELECT id, body FROM documents WHERE kind = ? ORDER BY id", (kind,))
        yield from ((key, json.loads(body)) for key, body in rows.fetchall())

    def close(self) -> None:
        """Close the file."""
        if self._db is not None:
            self._db.close()
            self._db = None
