"""Socket Mode: envelopes to the app over WebSockets, and the app's acknowledgements."""

from __future__ import annotations

import asyncio
import json
import secrets
import uuid
from collections.abc import Coroutine
from contextlib import suppress
from itertools import count
from typing import Any

from aiohttp import WSMsgType, web

from bot.workspace.errors import AppFailed
from bot.workspace.faults import Faults
from bot.workspace.profile import APP_ID
from bot.workspace.state.models import Json

CONNECTION_SECONDS = 3600


class Socket:
    """The connections of one app. Any of them may get an envelope; each envelope wants an ack within 3 s."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self.ack_seconds = 3.0
        self.retry_seconds: tuple[float, ...] = (1.0, 60.0, 300.0)
        self.connections: list[web.WebSocketResponse] = []
        self.sent: list[Json] = []
        self._tickets: set[str] = set()
        self._transports: dict[int, asyncio.Transport] = {}
        self._turn = count()
        self._waiting: dict[str, asyncio.Future[Any]] = {}
        self._change = asyncio.Condition()
        self._deliveries: set[asyncio.Task[None]] = set()

    # --- connecting ---

    def ticket(self) -> str:
        """Return a new ticket, good for one connection."""
        ticket = secrets.token_urlsafe(16)
        self._tickets.add(ticket)
        return ticket

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Hold one connection of the app."""
        ticket = request.query.get("ticket", "")
        if self._faults.refuses_ticket():
            return web.Response(status=403, text="ticket refused")
        if ticket not in self._tickets:
            return web.Response(status=403, text="unknown or used ticket")
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(heartbeat=30)
        await socket.prepare(request)
        self.connections.append(socket)
        if isinstance(request.transport, asyncio.Transport):
            self._transports[id(socket)] = request.transport
        try:
            await socket.send_json(self._hello())
            async with self._change:
                self._change.notify_all()
            await self._listen(socket)
        finally:
            self.connections.remove(socket)
            self._transports.pop(id(socket), None)
            async with self._change:
                self._change.notify_all()
        return socket

    def _hello(self) -> Json:
        debug = {"host": "local", "build_number": 1, "approximate_connection_time": CONNECTION_SECONDS}
        info = {"app_id": APP_ID}
        return {
            "type": "hello",
            "num_connections": len(self.connections),
            "debug_info": debug,
            "connection_info": info,
        }

    async def _listen(self, socket: web.WebSocketResponse) -> None:
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                continue
            with suppress(json.JSONDecodeError):
                ack = json.loads(message.data)
                if isinstance(ack, dict):
                    self._acknowledge(ack)

    def _acknowledge(self, ack: Json) -> None:
        waiting = self._waiting.get(str(ack.get("envelope_id")))
        if waiting is not None and not waiting.done():
            waiting.set_result(ack.get("payload"))

    # --- sending ---

    async def ask(self, kind: str, payload: Json) -> Json:
        """Send an interaction or a command, and return the payload of the app's ack ({} if it has none)."""
        answer = await self.deliver(envelope(kind, payload))
        if answer is None:
            return {}
        if not isinstance(answer, dict):
            raise AppFailed("bad_answer", f"an ack payload must be an object, not {type(answer).__name__}")
        return answer

    def tell(self, payload: Json) -> None:
        """Send an event, and again if it is not acknowledged, as Slack does."""
        self._start(self._deliver_event(payload))

    async def deliver(self, sending: Json) -> Any:
        """Send an envelope, well-formed or not, and return its ack's payload; raise if none comes."""
        if not self.connections:
            raise AppFailed("dispatch_failed", "no connection of the app is open")
        key = str(sending.get("envelope_id", ""))
        answer = asyncio.get_running_loop().create_future()
        self._waiting[key] = answer
        self.sent.append(sending)
        connection = self.connections[next(self._turn) % len(self.connections)]
        try:
            await connection.send_str(json.dumps(sending))
            async with asyncio.timeout(self.ack_seconds):
                return await answer
        except (TimeoutError, ConnectionError) as error:
            raise AppFailed("operation_timeout", "no ack within 3 seconds") from error
        finally:
            self._waiting.pop(key, None)

    async def redeliver_last(self, kind: str) -> Any:
        """Send the newest envelope of this kind (`events_api`, `interactive`, `slash_commands`) once more."""
        last = next(sending for sending in reversed(self.sent) if sending.get("type") == kind)
        again = {**last, "envelope_id": str(uuid.uuid4())}
        if kind == "events_api":
            again |= {"retry_attempt": 1, "retry_reason": "timeout"}
        return await self.deliver(again)

    async def _deliver_event(self, payload: Json) -> None:
        for attempt, pause in enumerate((*self.retry_seconds, 0.0)):
            reason = "timeout" if attempt else ""
            sending = envelope("events_api", payload) | {"retry_attempt": attempt, "retry_reason": reason}
            try:
                await self.deliver(sending)
            except AppFailed as failed:
                if failed.code == "dispatch_failed":
                    with suppress(TimeoutError):
                        async with asyncio.timeout(pause):
                            await self.connected()
                else:
                    await asyncio.sleep(pause)
            else:
                return

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._deliveries.add(task)
        task.add_done_callback(self._deliveries.discard)

    async def settled(self) -> None:
        """Wait until every event has been acknowledged or given up."""
        while self._deliveries:
            await asyncio.wait(set(self._deliveries))

    # --- what Slack does to connections ---

    async def refresh(self, reason: str = "refresh_requested") -> None:
        """Ask the app to reconnect, as Slack does about once an hour."""
        for connection in list(self.connections):
            await connection.send_json(
                {"type": "disconnect", "reason": reason, "debug_info": {"host": "local"}}
            )

    def cut(self) -> None:
        """Cut every connection without a word, as a failing network does."""
        for transport in self._transports.values():
            transport.abort()

    async def connected(self, number: int = 1) -> None:
        """Wait until this many connections of the app are open."""
        async with self._change:
            await self._change.wait_for(lambda: len(self.connections) >= number)

    async def gone(self, connection: web.WebSocketResponse) -> None:
        """Wait until this connection of the app is closed."""
        async with self._change:
            await self._change.wait_for(lambda: connection not in self.connections)

    async def close(self) -> None:
        """Stop delivering and close every connection."""
        for task in list(self._deliveries):
            task.cancel()
        await asyncio.gather(*self._deliveries, return_exceptions=True)
        for connection in list(self.connections):
            await connection.close()


def envelope(kind: str, payload: Json) -> Json:
    """Return a new envelope around a payload."""
    asks = kind != "events_api"
    return {
        "envelope_id": str(uuid.uuid4()),
        "type": kind,
        "accepts_response_payload": asks,
        "payload": payload,
    }
