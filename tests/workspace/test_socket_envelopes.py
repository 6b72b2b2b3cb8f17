"""Socket Mode: tickets, several connections, refreshes, retries, envelopes sent twice."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.server import Workspace
from bot.workspace.visitors.people import NotDone, People
from tests.workspace.coach import App
from tests.workspace.shapes import Json, actions, button

Wire = Callable[[], Awaitable[aiohttp.ClientWebSocketResponse]]


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as open_session:
        yield open_session


@pytest.fixture
def wire(workspace: Workspace, client: AsyncWebClient, session: aiohttp.ClientSession) -> Wire:
    async def connect() -> aiohttp.ClientWebSocketResponse:
        answer = await client.apps_connections_open(app_token=workspace.app_token)
        return await session.ws_connect(str(answer["url"]))

    return connect


async def test_a_connection_starts_with_hello(wire: Wire) -> None:
    first, second = await wire(), await wire()
    hello = await first.receive_json()
    assert (hello["type"], hello["num_connections"]) == ("hello", 1)
    assert hello["debug_info"]["approximate_connection_time"] == 3600
    assert (await second.receive_json())["num_connections"] == 2


async def test_a_ticket_is_good_for_one_connection(
    client: AsyncWebClient, workspace: Workspace, session: aiohttp.ClientSession
) -> None:
    url = str((await client.apps_connections_open(app_token=workspace.app_token))["url"])
    await session.ws_connect(url)
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await session.ws_connect(url)


async def test_a_refused_ticket_is_refused_as_often_as_planned(wire: Wire, workspace: Workspace) -> None:
    workspace.faults.refuse_tickets(1)
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await wire()
    assert (await (await wire()).receive_json())["type"] == "hello"


async def test_an_event_that_is_not_acked_comes_again_and_says_why(
    wire: Wire, workspace: Workspace, people: People
) -> None:
    workspace.socket.ack_seconds, workspace.socket.retry_seconds = 0.05, (0.0, 0.0, 0.0)
    socket = await wire()
    await socket.receive_json()
    await people.create("Ana")
    tries = [await socket.receive_json() for _ in range(4)]
    assert [one["retry_attempt"] for one in tries] == [0, 1, 2, 3]
    assert [one["retry_reason"] for one in tries] == ["", "timeout", "timeout", "timeout"]
    assert len({one["payload"]["event_id"] for one in tries}) == 1
    assert tries[0]["accepts_response_payload"] is False
    await workspace.socket.settled()


async def test_an_acked_event_does_not_come_again(wire: Wire, workspace: Workspace, people: People) -> None:
    workspace.socket.retry_seconds = (0.0, 0.0, 0.0)
    socket = await wire()
    await socket.receive_json()
    await people.create("Ana")
    await socket.send_json({"envelope_id": (await socket.receive_json())["envelope_id"]})
    await workspace.socket.settled()
    assert len(workspace.socket.sent) == 1


async def test_events_wait_for_the_app_to_come(wire: Wire, people: People) -> None:
    await people.create("Ana")
    socket = await wire()
    await socket.receive_json()
    assert (await socket.receive_json())["payload"]["event"]["type"] == "team_join"


async def test_the_sdk_reconnects_when_it_is_asked_to(app: App, workspace: Workspace, people: People) -> None:
    @app.bolt.command("/study")
    async def study(ack: Any) -> None:
        await ack("Still here")

    before = workspace.socket.connections[0]
    await workspace.socket.refresh()
    await workspace.socket.gone(before)
    await workspace.socket.connected()
    ana = await people.create("Ana")
    await ana.says("", "/study")
    await ana.waits_for_dm("Still here")


async def test_any_of_several_connections_gets_the_envelope(
    app: App, workspace: Workspace, client: AsyncWebClient, people: People
) -> None:
    second = AsyncSocketModeHandler(app.bolt, workspace.app_token, web_client=client)
    await second.connect_async()
    await workspace.socket.connected(2)

    @app.bolt.command("/study")
    async def study(ack: Any) -> None:
        await ack("Here")

    ana = await people.create("Ana")
    for _ in range(4):
        await ana.says("", "/study")
    assert len(await ana.dm()) == 4
    await second.close_async()


async def test_the_last_envelope_can_be_delivered_twice(
    app: App, workspace: Workspace, people: People
) -> None:
    clicks: list[str] = []

    @app.bolt.action("go")
    async def go(ack: Any, action: Json) -> None:
        await ack()
        clicks.append(action["action_ts"])

    ana = await people.create("Ana")
    await app.client.chat_postMessage(channel=ana.id, text="x", blocks=[actions(button())])
    await ana.clicks((await ana.dm())[-1], "Go")
    await workspace.socket.redeliver_last("interactive")
    assert len(clicks) == 2
    assert len(set(clicks)) == 1


async def test_a_handmade_envelope_goes_out_as_it_is(app: App, workspace: Workspace) -> None:
    @app.bolt.action("go")
    async def go(ack: Any) -> None:
        await ack()

    payload = {
        "type": "block_actions",
        "user": {"id": "U9"},
        "actions": [{"action_id": "go", "block_id": "b"}],
    }
    handmade = {"envelope_id": "e1", "type": "interactive", "payload": payload}
    assert await workspace.deliver(handmade) is None
    assert app.heard[-1]["user"]["id"] == "U9"


async def test_a_cut_connection_leaves_the_person_with_an_error(
    wire: Wire, workspace: Workspace, people: People
) -> None:
    workspace.socket.ack_seconds = 0.1
    socket = await wire()
    await socket.receive_json()
    ana = await people.create("Ana")
    workspace.socket.cut()
    with pytest.raises(NotDone, match=r"operation_timeout|dispatch_failed"):
        await ana.says("", "/study")


async def test_junk_from_the_app_is_ignored(wire: Wire, workspace: Workspace, people: People) -> None:
    workspace.socket.ack_seconds = 0.2
    socket = await wire()
    await socket.receive_json()
    for junk in ("no json", "[]", "{}", '{"envelope_id": 7}'):
        await socket.send_str(junk)
    ana = await people.create("Ana")
    with pytest.raises(NotDone, match="operation_timeout"):
        await ana.says("", "/study")
