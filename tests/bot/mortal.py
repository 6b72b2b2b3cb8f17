"""A bot in a process of its own that can be told where to die.

`python -m tests.bot.mortal API_URL DATABASE OFFSET [MOMENT STATEMENT VALUE]`: the clock is OFFSET seconds
ahead; MOMENT is "before" or "after" the commit of the transaction in which a STATEMENT with VALUE ran.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import event

from bot import local
from bot.running import Bot, Connection
from bot.store.database import Database
from bot.workspace.profile import APP_TOKEN, BOT_TOKEN
from plans import library, question_files


class Death:
    """Ends the process as a power cut would, before or after a commit."""

    def __init__(self, moment: str, statement: str, value: str) -> None:
        self._moment, self._statement, self._value = moment, statement, value
        self._near = self._committed = False

    def awaits(self, database: Database) -> None:
        """Watch what the database is told to do."""
        engine = database.writer.sync_engine
        event.listen(engine, "before_cursor_execute", self._notice)
        event.listen(engine, "commit", self._on_commit)
        event.listen(engine.pool, "checkin", self._on_checkin)

    def _notice(self, _connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        given = values.values() if isinstance(values, dict) else values  # by name with PostgreSQL's driver
        if statement.startswith(self._statement) and self._value in given:
            self._near = True

    def _on_commit(self, _connection: Any) -> None:
        if self._near and self._moment == "before":
            die()
        self._committed = self._near

    def _on_checkin(self, *_: Any) -> None:
        if self._committed:  # the connection comes back: the transaction is over
            die()


def die() -> None:
    """End this process at once."""
    os.kill(os.getpid(), signal.SIGKILL)


async def run(api_url: str, database: str, offset: float, death: Death | None) -> None:
    """Run the bot for ever, or until death."""
    ahead = timedelta(seconds=offset)
    bot = Bot(
        Connection(api_url, BOT_TOKEN, APP_TOKEN),
        database=database,
        library=library.read(),
        bank=question_files.read(),
        now=lambda: datetime.now(UTC) + ahead,
        redraws=local.LOCAL_REDRAWS,
    )
    if death is not None:
        death.awaits(bot.database)
    await bot.start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    url, file, seconds, *where = sys.argv[1:]
    asyncio.run(run(url, file, float(seconds), Death(*where) if where else None))
