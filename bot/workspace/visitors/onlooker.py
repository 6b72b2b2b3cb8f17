"""One person who looks at the page, and notices what happens on it."""
# ruff: noqa: ASYNC109 - how long somebody waits is theirs to say, and they say what they missed when it is over

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, TypeVar

import aiohttp

from bot.workspace.state.models import Json
from bot.workspace.visitors.knocking import Doors
from bot.workspace.visitors.words import words

T = TypeVar("T")
Wanted = Callable[[Json], object] | str
PATIENCE = 20.0
HOME_SECONDS = 2.0
RECHECK_SECONDS = 0.5  # a net under the events, in case one was missed


class Onlooker:
    """Somebody who reads, and waits for what they expect to appear."""

    def __init__(self, doors: Doors, row: Json) -> None:
        self._doors = doors
        self.id: str = row["id"]
        self.name: str = row["name"]
        self.tz: str = row["tz"]
        self.seen: list[Json] = []
        self._news = asyncio.Event()
        self._feed: aiohttp.ClientWebSocketResponse | None = None
        self._reader: asyncio.Task[None] | None = None
        self._dm = ""

    # --- watching ---

    async def watch(self) -> None:
        """Start to notice what happens."""
        self._feed = await self._doors.events(self.id)
        self._reader = asyncio.create_task(self._read(self._feed))

    async def leave(self) -> None:
        """Stop noticing."""
        if self._feed is not None and self._reader is not None:
            await self._feed.close()
            self._reader.cancel()
            with suppress(asyncio.CancelledError):
                await self._reader

    async def _read(self, feed: aiohttp.ClientWebSocketResponse) -> None:
        async for message in feed:
            self.seen.append(json.loads(message.data))
            self._news.set()

    @property
    def notices(self) -> list[str]:
        """Return the sentences that popped up in front of this person."""
        return [event["text"] for event in self.seen if event["type"] == "notice"]

    async def waits(
        self, check: Callable[[], Awaitable[T | None]], timeout: float = PATIENCE, instead: Any = None
    ) -> T:
        """Wait until `check` returns something; `instead` tells what is there when it never does."""
        until = time.monotonic() + timeout
        while True:
            self._news.clear()
            found = await check()
            if found is not None:
                return found
            left = until - time.monotonic()
            if left <= 0:
                there = await instead() if instead is not None else ""
                raise AssertionError(f"{self.name} waited {timeout:g} s in vain. {there}")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), min(left, RECHECK_SECONDS))

    # --- looking ---

    async def state(self) -> Json:
        """Return what surrounds the messages: people, channels, the app, the clock."""
        return await self._look("state")

    async def channel_id(self, channel: str) -> str:
        """Return a channel's id by `#name` or id; an empty string means the conversation with the app."""
        if not channel:
            return await self.dm_id()
        if not channel.startswith("#"):
            return channel
        rows = (await self.state())["channels"]
        return str(next(row["id"] for row in rows if row["name"] == channel[1:]))

    async def dm_id(self) -> str:
        """Return the id of the direct conversation with the app."""
        if not self._dm:
            state = await self.state()
            pairs = [row for row in state["channels"] if row["kind"] == "im"]
            self._dm = next(row["id"] for row in pairs if row["with"] == [state["app"]["user_id"]])
        return self._dm

    async def messages(self, channel: str, limit: int = 200) -> list[Json]:
        """Return the newest messages of a channel, oldest first, each with its `channel`."""
        where = await self.channel_id(channel)
        answer = await self._look("messages", channel=where, limit=str(limit))
        return [{**message, "channel": where} for message in answer["messages"]]

    async def dm(self) -> list[Json]:
        """Return the messages in the conversation with the app."""
        return await self.messages(await self.dm_id())

    async def reads(self, channel: str = "") -> str:
        """Return everything in a channel (by default the conversation with the app) as one string."""
        return "\n---\n".join(words(message) for message in await self.messages(channel))

    async def waits_for(self, channel: str, wanted: Wanted, timeout: float = PATIENCE) -> Json:
        """Wait for a message that `wanted` likes, or whose words contain it; return the newest such one."""
        where = await self.channel_id(channel)

        async def check() -> Json | None:
            return _newest(await self.messages(where), wanted)

        async def instead() -> str:
            return f"What is there:\n{await self.reads(where)}"

        return await self.waits(check, timeout, instead)

    async def waits_for_dm(self, wanted: Wanted, timeout: float = PATIENCE) -> Json:
        """Wait for a message in the conversation with the app."""
        return await self.waits_for(await self.dm_id(), wanted, timeout)

    async def modal(self, wanted: Wanted = "", timeout: float = PATIENCE) -> Json:
        """Wait for a modal (that `wanted` likes, or that contains it) to be on top, and return it."""

        async def check() -> Json | None:
            stack = await self.modals()
            return _newest(stack[-1:], wanted)

        async def instead() -> str:
            return f"Open modals: {[words(view) for view in await self.modals()]}; notices: {self.notices}"

        return await self.waits(check, timeout, instead)

    async def modals(self) -> list[Json]:
        """Return the modals that are open, the topmost last."""
        views: list[Json] = (await self._look("view"))["views"]
        return views

    async def no_modal(self, timeout: float = PATIENCE) -> None:
        """Wait until no modal is open."""

        async def check() -> bool | None:
            return None if await self.modals() else True

        await self.waits(check, timeout)

    async def home(self, wanted: Wanted = "", timeout: float = PATIENCE) -> Json:
        """Open the Home tab and wait until it shows something that `wanted` likes, or that contains it.

        An app may or may not publish anew when its tab is opened: a tab that was there already counts only
        after a moment.
        """
        before = await self._home()
        trusts_old_from = time.monotonic() + HOME_SECONDS
        await self._knock("home", tab="home")

        async def check() -> Json | None:
            view = await self._home()
            if view is None or (view == before and time.monotonic() < trusts_old_from):
                return None
            return _newest([view], wanted)

        async def instead() -> str:
            view = await self._home()
            return f"On the Home tab: {words(view) if view else 'nothing'}"

        return await self.waits(check, timeout, instead)

    async def _home(self) -> Json | None:
        view: Json | None = (await self._look("view"))["home"]
        return view

    async def fresh(self, thing: Json) -> Json:
        """Return a message or view as it is now."""
        if "channel" not in thing:
            answer = await self._look("view")
            views = [*answer["views"], *([answer["home"]] if answer["home"] else [])]
            return next((view for view in views if view["id"] == thing["id"]), thing)
        there = await self.messages(thing["channel"], limit=1000)
        return next((message for message in there if message["ts"] == thing["ts"]), thing)

    async def _knock(self, door: str, **fields: Any) -> Json:
        return await self._doors.knock(door, {"as": self.id, **fields})

    async def _look(self, door: str, **fields: str) -> Json:
        return await self._doors.look(door, {"as": self.id, **fields})


def _newest(things: list[Json], wanted: Wanted) -> Json | None:
    likes = wanted if callable(wanted) else lambda thing: wanted in words(thing)
    return next((thing for thing in reversed(things) if likes(thing)), None)
