"""The app as the rooms see it: what they register is counted while it runs, so that stopping can wait."""

import asyncio
import contextlib
import functools
import re
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from slack_bolt.async_app import AsyncApp

Listener = Callable[..., Awaitable[None]]
Register = Callable[[Listener], None]
Key = str | re.Pattern[str]


class Listening:
    """Registers listeners with Bolt and knows which of them are at work."""

    def __init__(self, app: AsyncApp, seen: Callable[[dict[str, Any]], None]) -> None:
        """`seen` is told what came, after whoever listened to it has finished."""
        self._app = app
        self._seen = seen
        self._busy: set[asyncio.Task[Any]] = set()

    def command(self, key: Key) -> Register:
        """Listen to a slash command."""
        return self._counted(self._app.command(key))

    def action(self, key: Key | dict[str, Key]) -> Register:
        """Listen to a click; the fields of a form share an action id and are told apart by `block_id`."""
        return self._counted(self._app.action(key))

    def view(self, key: Key) -> Register:
        """Listen to a submitted form."""
        return self._counted(self._app.view(key))

    def view_closed(self, key: Key) -> Register:
        """Listen to a closed form."""
        return self._counted(self._app.view_closed(key))

    def shortcut(self, key: Key) -> Register:
        """Listen to a shortcut."""
        return self._counted(self._app.shortcut(key))

    def options(self, key: Key) -> Register:
        """Listen to a menu that asks for its options."""
        return self._counted(self._app.options(key))

    def event(self, key: Key) -> Register:
        """Listen to an event."""
        return self._counted(self._app.event(key))

    def counted(self, work: Listener) -> Listener:
        """The same work, known to be under way while it is."""

        @functools.wraps(work)  # Bolt reads the names of the arguments through it
        async def counted(*given: Any, **named: Any) -> None:
            task = asyncio.current_task()
            if task is not None:
                self._busy.add(task)
            try:
                await work(*given, **named)
            finally:
                if task is not None:
                    self._busy.discard(task)
                if isinstance(body := named.get("body"), dict):
                    self._seen(body)

        return counted

    def later(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something beside what is going on; it is waited for like a listener."""
        task = asyncio.get_running_loop().create_task(work)
        self._busy.add(task)
        task.add_done_callback(self._busy.discard)

    async def finish(self, seconds: float) -> None:
        """Wait until what is at work has finished, but not for ever."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self._busy:
                    await asyncio.wait(set(self._busy))

    def _counted(self, register: Callable[[Listener], Any]) -> Register:
        return lambda listener: register(self.counted(listener))
