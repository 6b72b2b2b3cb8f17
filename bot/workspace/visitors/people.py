"""People who use the page's doors: for end-to-end tests and for demonstrations."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from bot.workspace.state.models import Json
from bot.workspace.visitors.knocking import Doors, NotDone
from bot.workspace.visitors.person import Person, SubmitResult
from bot.workspace.visitors.words import words

__all__ = ["NotDone", "People", "Person", "SubmitResult", "words"]


class People:
    """The people of a workspace, over real HTTP. Close it when done, or use `async with`."""

    def __init__(self, page_url: str) -> None:
        self.doors = Doors(page_url)
        self._persons: list[Person] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Let everybody go home."""
        for person in self._persons:
            await person.leave()
        await self.doors.close()

    async def create(self, name: str, tz: str = "UTC", **about: Any) -> Person:
        """Let somebody new join the workspace (`guest`, `real_name`, `is_bot` if need be)."""
        answer = await self.doors.knock("people", {"name": name, "tz": tz, **about})
        return await self._enter(answer["person"])

    async def find(self, name: str) -> Person:
        """Return somebody who is here already, by name or id."""
        rows = (await self.doors.look("state", {}))["people"]
        row = next(row for row in rows if name in (row["name"], row["id"]))
        return await self._enter(row)

    async def _enter(self, row: Json) -> Person:
        person = Person(self.doors, row)
        self._persons.append(person)
        if not row["is_bot"]:
            await person.watch()
        return person

    async def travel(self, to: datetime) -> Json:
        """Move the workspace's clock; returns on arrival."""
        return await self.doors.knock("clock", {"to": to.isoformat()})
