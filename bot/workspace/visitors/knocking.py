"""Knocks at the doors of the page over real HTTP."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping

import aiohttp

from bot.workspace.state.models import Json


class NotDone(AssertionError):
    """The workspace refused what a person tried; `code` says why, `errors` names the fields."""

    def __init__(self, answer: Json) -> None:
        super().__init__(f"{answer.get('error')}: {answer.get('message')} {answer.get('errors', '')}".strip())
        self.code = str(answer.get("error"))
        self.errors: dict[str, str] = answer.get("errors", {})


class Stale(NotDone):
    """What a person touched has changed since they looked."""


class Doors:
    """The doors of one workspace."""

    def __init__(self, page_url: str) -> None:
        self._url = page_url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None

    @property
    def _http(self) -> aiohttp.ClientSession:
        # Made late: a session belongs to the loop that runs when it is made.
        if self._session is None:
            self._session = aiohttp.ClientSession()
        return self._session

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def knock(self, door: str, fields: Json) -> Json:
        """Post to a door and return its answer; raise `NotDone` if it says no."""
        body = io.BytesIO(json.dumps(fields).encode())  # a file may be large
        kind = {"Content-Type": "application/json"}
        async with self._http.post(f"{self._url}/door/{door}", data=body, headers=kind) as response:
            return _accepted(await response.json())

    async def look(self, door: str, fields: Mapping[str, str]) -> Json:
        """Look through a door and return what is there."""
        async with self._http.get(f"{self._url}/door/{door}", params=fields) as response:
            return _accepted(await response.json())

    async def file(self, address: str, user: str) -> bytes:
        """Return what one person gets to read at the address of a private file."""
        async with self._http.get(address, headers={"Cookie": f"as={user}"}) as response:
            return await response.read()

    async def events(self, user: str) -> aiohttp.ClientWebSocketResponse:
        """Open the feed of what one person sees happening."""
        return await self._http.ws_connect(f"{self._url}/door/events", params={"as": user}, max_msg_size=0)


def _accepted(answer: Json) -> Json:
    if not answer["ok"]:
        raise Stale(answer) if answer.get("error") == "stale" else NotDone(answer)
    return answer
