"""Pushes what happens to the pages that are open."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable
from contextlib import suppress

from aiohttp import WSMsgType, web

from bot.workspace.state.models import Json

BACKLOG = 10_000  # a page that has not read this many events is not reading at all


class Feed:
    """Who is looking, and what they have not been told yet."""

    def __init__(self) -> None:
        self._watchers: dict[str, list[asyncio.Queue[str | None]]] = {}

    def watching(self) -> list[str]:
        """Return the ids of the members whom somebody is playing right now."""
        return list(self._watchers)

    def push(self, users: Iterable[str], kind: str, event: Callable[[str], Json]) -> None:
        """Tell those of `users` who are watching; `event` writes it as each of them sees it."""
        for user in self._watchers.keys() & set(users):
            line = json.dumps({"type": kind, **event(user)})
            for queue in self._watchers[user]:
                with suppress(asyncio.QueueFull):
                    queue.put_nowait(line)

    def push_all(self, kind: str, event: Json) -> None:
        """Tell everybody the same."""
        self.push(self.watching(), kind, lambda _: event)

    def close(self) -> None:
        """End every feed."""
        for queues in self._watchers.values():
            for queue in queues:
                with suppress(asyncio.QueueFull):
                    queue.put_nowait(None)

    async def serve(self, request: web.Request, user: str) -> web.WebSocketResponse:
        """Send this member's events down one WebSocket until the page goes away."""
        socket = web.WebSocketResponse(heartbeat=30)
        await socket.prepare(request)
        queue: asyncio.Queue[str | None] = asyncio.Queue(BACKLOG)
        self._watchers.setdefault(user, []).append(queue)
        writer = asyncio.create_task(_write(socket, queue))
        try:
            async for message in socket:
                if message.type is WSMsgType.ERROR:
                    break
        finally:
            writer.cancel()
            with suppress(asyncio.CancelledError, ConnectionError):
                await writer
            self._watchers[user].remove(queue)
            if not self._watchers[user]:
                del self._watchers[user]
        return socket


async def _write(socket: web.WebSocketResponse, queue: asyncio.Queue[str | None]) -> None:
    while (line := await queue.get()) is not None:
        await socket.send_str(line)
    await socket.close()
