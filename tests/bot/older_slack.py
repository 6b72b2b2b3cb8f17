"""Another Slack: older and laxer than the local workspace. It knows a handful of methods and no more.

No metadata, no history, no ephemeral messages, no response_url, no group DMs, no cursors; people without a
time zone; ids that repeat.
"""

import asyncio
import json
from collections.abc import Callable
from typing import Any, Self

from aiohttp import WSMsgType, web

Json = dict[str, Any]
PATIENCE = 30


class OlderSlack:
    """Keeps the messages that it was given, and sends the app what people do."""

    def __init__(self) -> None:
        self.messages: list[Json] = []
        self.views: list[Json] = []
        self._socket: web.WebSocketResponse | None = None
        self._connected = asyncio.Event()
        self._acks: dict[str, asyncio.Future[Json]] = {}
        self._sent = 0

    async def __aenter__(self) -> Self:
        application = web.Application()
        application.router.add_route("*", "/api/{method}", self._method)
        application.router.add_get("/socket", self._listen)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.address = f"127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    @property
    def api_url(self) -> str:
        return f"http://{self.address}/api"

    # What people do

    async def command(self, text: str, user: str = "U1", channel: str = "C1") -> Json:
        """Type a slash command; what the app answered."""
        payload = {"command": "/prep", "text": text, "user_id": user, "channel_id": channel, "team_id": "T1"}
        return await self._send("slash_commands", payload | {"trigger_id": "the same for ever"})

    async def submit(self, values: Json, user: str = "U1") -> Json:
        """Submit the open form with these values beside its own; its next step opens in its place."""
        view = self.views[-1]
        state: Json = {}
        for block in view["blocks"]:
            if block["type"] == "input":
                element = block["element"]
                state[block["block_id"]] = {"value": values.get(block["block_id"]) or _initial(element)}
        view = {**view, "id": "V1", "state": {"values": state}}
        body = {"type": "view_submission", "user": {"id": user}, "team": {"id": "T1"}, "view": view}
        answer = await self._send("interactive", body)
        if answer.get("response_action") == "update":
            self.views.append(answer["view"])
        return answer

    async def tick(self, message: Json, block: Json, values: list[str], user: str = "U1") -> Json:
        """Choose these options in a group of checkboxes; without a time of the click."""
        options = [{"value": value, "text": {"type": "plain_text", "text": "?"}} for value in values]
        action = {"type": "checkboxes", "action_id": block["accessory"]["action_id"]}
        action |= {"block_id": block["block_id"], "selected_options": options}
        body = {"type": "block_actions", "user": {"id": user}, "team": {"id": "T1"}, "actions": [action]}
        body |= {"channel": {"id": message["channel"]}, "message": {"ts": message["ts"]}}
        return await self._send("interactive", body)

    async def said(self, words: str) -> Json:
        """Wait for a message with these words, wherever it was posted; the newest."""
        for _ in range(PATIENCE * 20):
            for message in reversed(self.messages):
                if words in json.dumps(message, ensure_ascii=False):
                    return message
            await asyncio.sleep(0.05)
        raise AssertionError(f"Nobody said {words!r}: {[message['text'] for message in self.messages]}")

    # What the app asks

    async def _method(self, request: web.Request) -> web.Response:
        form = {**request.query, **await request.post()}
        given = {name: _decoded(value) for name, value in form.items()}
        if request.content_type == "application/json":
            given = await request.json()
        answers: dict[str, Callable[[], Json]] = {
            "auth.test": lambda: {"user_id": "UBOT", "team_id": "T1"},
            "apps.connections.open": lambda: {"url": f"ws://{self.address}/socket"},
            "users.info": lambda: {"user": {"id": given["user"], "name": "ann"}},
            "chat.postMessage": lambda: self._posted(given),
            "chat.update": lambda: self._updated(given),
            "views.open": lambda: self._opened(given),
        }
        answer = answers.get(request.match_info["method"])
        if answer is None:
            return web.json_response({"ok": False, "error": "unknown_method"})
        return web.json_response({"ok": True, **answer()})

    def _posted(self, given: Json) -> Json:
        to = given["channel"]
        message = {"channel": to.replace("U", "D"), "ts": f"{len(self.messages) + 1}.0"}
        message |= {"text": given["text"], "blocks": given.get("blocks") or []}
        self.messages.append(message)
        return {"channel": message["channel"], "ts": message["ts"]}

    def _updated(self, given: Json) -> Json:
        place = (given["channel"], given["ts"])
        message = next(each for each in self.messages if (each["channel"], each["ts"]) == place)
        message |= {"text": given["text"], "blocks": given.get("blocks") or []}
        return {"channel": given["channel"], "ts": given["ts"]}

    def _opened(self, given: Json) -> Json:
        self.views.append(given["view"])
        return {"view": {"id": "V1"}}

    async def _listen(self, request: web.Request) -> web.WebSocketResponse:
        self._socket = web.WebSocketResponse()
        await self._socket.prepare(request)
        await self._socket.send_json({"type": "hello"})
        self._connected.set()
        async for message in self._socket:
            if message.type == WSMsgType.TEXT:
                ack = json.loads(message.data)
                self._acks.pop(ack["envelope_id"]).set_result(ack.get("payload") or {})
        return self._socket

    async def _send(self, kind: str, payload: Json) -> Json:
        await asyncio.wait_for(self._connected.wait(), PATIENCE)
        assert self._socket is not None
        self._sent += 1
        envelope = {"envelope_id": str(self._sent), "type": kind, "payload": payload}
        self._acks[str(self._sent)] = asyncio.get_running_loop().create_future()
        answered = self._acks[str(self._sent)]
        await self._socket.send_json(envelope)
        return await asyncio.wait_for(answered, PATIENCE)


def _decoded(value: Any) -> Any:
    """Form fields that hold JSON, as Slack's own SDK sends blocks and views."""
    text = str(value)
    return json.loads(text) if text.startswith(("{", "[")) else text


def _initial(element: Json) -> Json:
    """What an untouched element says."""
    return {
        "type": element["type"],
        "value": element.get("initial_value"),
        "selected_option": element.get("initial_option"),
        "selected_options": element.get("initial_options") or [],
        "selected_date": element.get("initial_date"),
        "selected_time": element.get("initial_time"),
    }
