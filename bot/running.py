"""The bot in one piece: built from settings, started, watched, stopped."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Self

import aiohttp
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

from bot import app as app_
from bot.home_pages import HomePages
from bot.house import House
from bot.outbox import Outbox
from bot.pace import Pace
from bot.schedule import GIVEN_UP, Schedule, composers
from bot.store.database import Database, open_database
from plans.library import Library
from plans.questions import Bank

log = logging.getLogger(__name__)

CALL_TIMEOUT = 10  # seconds
FINISH = 10  # seconds that work in flight may take when we stop
WATCH_EVERY = 15  # seconds
PATIENCE = 3  # looks without a connection before a new address is asked for
SLACK_REDRAWS = (45, 15)  # a minute, and at once: below Slack's 50 chat.update and 100 views.publish a minute


@dataclass(frozen=True)
class Connection:
    """Where Slack is and how to prove who we are."""

    api_url: str
    bot_token: str = field(repr=False)
    app_token: str = field(repr=False)
    signing_secret: str | None = field(default=None, repr=False)


class Bot:
    """Cadence at work. `now` is the clock that everything is told by."""

    def __init__(
        self,
        connection: Connection,
        *,
        database: str,
        library: Library,
        bank: Bank,
        now: Callable[[], datetime],
        redraws: tuple[float, int] = SLACK_REDRAWS,
    ) -> None:
        self._connection = connection
        self._now = now
        self._redraws = redraws
        self._library, self._bank = library, bank
        self.database: Database = open_database(database)
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Bring the database up to date, connect, and catch up with what is due.

        Raises:
            SlackApiError: Slack refuses the tokens.
        """
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=CALL_TIMEOUT))
        await self.database.upgrade()
        poster, reader = self._clients()
        await poster.auth_test()
        self.homes = HomePages(self.database, poster, self._now, Pace(*self._redraws))
        self.outbox = Outbox(
            self.database,
            composers(self._library, self._bank),
            poster=poster,
            reader=reader,
            now=self._now,
            redraws=Pace(*self._redraws),
            settled=self.homes.look_at,
            given_up=GIVEN_UP,
        )
        self.schedule = Schedule(
            self.database,
            self.outbox,
            self._library,
            self._bank,
            self._now,
            rung=self.homes.look_at,
            planned=self.homes.wake,
        )
        house = House(self.database, self._library, self._bank, self._now, self.outbox, poster, self.homes)
        built, self._listening = app_.build(house, poster, self._connection.signing_secret)
        web = AsyncWebClient(token=self._connection.app_token, base_url=self._connection.api_url)
        self._socket = AsyncSocketModeHandler(built, self._connection.app_token, web_client=web)
        self._socket.client.socket_mode_request_listeners = [self._listening.counted(self._socket.handle)]
        await self._socket.connect_async()
        await self.schedule.plan()
        self.schedule.start()
        self._tasks = [
            asyncio.create_task(work) for work in (self.outbox.run(), self.homes.run(), self._watch_socket())
        ]

    async def stop(self) -> None:
        """Take nothing new, finish what is in flight, let go. What is left is resumed at the next start."""
        self.schedule.stop()
        self._socket.client.socket_mode_request_listeners = []
        await self._listening.finish(FINISH)  # still connected, so that it can answer
        await self._socket.disconnect_async()
        await self.outbox.finish(FINISH)
        await self.homes.finish(FINISH)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._socket.close_async()
        await self._session.close()
        await self.database.close()

    async def abandon(self) -> None:
        """Let go after a start that failed."""
        await self._session.close()
        await self.database.close()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def is_connected(self) -> bool:
        """Whether events can reach us."""
        return bool(await self._socket.client.is_connected())

    def _clients(self) -> tuple[AsyncWebClient, AsyncWebClient]:
        """One client that posts and never repeats itself, and one that reads and may."""
        return self._client([]), self._client(
            [
                AsyncConnectionErrorRetryHandler(max_retry_count=1),
                AsyncServerErrorRetryHandler(max_retry_count=1),
                AsyncRateLimitErrorRetryHandler(max_retry_count=1),
            ]
        )

    def _client(self, retries: list[AsyncRetryHandler]) -> AsyncWebClient:
        return AsyncWebClient(
            token=self._connection.bot_token,
            base_url=self._connection.api_url,
            session=self._session,  # its timeout counts, not the client's
            retry_handlers=retries,
        )

    async def _watch_socket(self) -> None:
        """Slack's client tries a refused address for ever; after a while let it ask for a new one."""
        client = self._socket.client
        misses = 0
        while not client.closed:
            await asyncio.sleep(WATCH_EVERY)
            misses = 0 if await client.is_connected() else misses + 1
            if misses >= PATIENCE:
                log.warning("no connection to Slack for %s s; asking for a new address", WATCH_EVERY * misses)
                client.wss_uri = None
                misses = 0
