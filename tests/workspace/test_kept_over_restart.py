"""A workspace that is given a file goes on where it stopped."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.server import Workspace
from bot.workspace.visitors.people import NotDone, People
from tests.workspace.shapes import actions, boxes, home, section


async def test_everything_but_open_modals_outlives_a_restart(tmp_path: Path) -> None:
    store = tmp_path / "play" / "workspace.db"
    async with Workspace(store=store) as before, People(before.page_url) as people:
        client = AsyncWebClient(token=before.bot_token, base_url=before.api_url)
        ana = await people.create("Ana", tz="Europe/Berlin", guest=True)
        room = await ana.creates_channel("crew", topic="Together")
        await ana.says(room, "hello")
        blocks = [actions(boxes("One", "Two"), block_id="goals")]
        posted = await client.chat_postMessage(
            channel=ana.id, text="x", blocks=blocks, metadata={"event_type": "e", "event_payload": {}}
        )
        gone = await client.chat_postMessage(channel=ana.id, text="gone")
        await client.chat_delete(channel=gone["channel"], ts=gone["ts"])
        with pytest.raises(NotDone, match="dispatch_failed"):  # no app is there, but the tick is
            await ana.ticks((await ana.dm())[-1], ["Two"])
        await client.views_publish(user_id=ana.id, view=home(section("Welcome")))
        await before.travel(before.clock.now() + timedelta(days=3))
        then = before.clock.now()

    async with Workspace(store=store) as after, People(after.page_url) as people:
        client = AsyncWebClient(token=after.bot_token, base_url=after.api_url)
        ana = await people.find("Ana")
        assert ana.tz == "Europe/Berlin"
        assert after.clock.now() >= then
        assert [message["text"] for message in await ana.messages("#crew")] == ["hello"]
        assert await ana.reads() == "[ ] One\n[x] Two"
        assert (await ana.home("Welcome"))["type"] == "home"
        found = await client.conversations_history(channel=posted["channel"], include_all_metadata=True)
        assert found["messages"][0]["metadata"]["event_type"] == "e"
        again = await client.chat_postMessage(channel=ana.id, text="later")
        assert again["ts"] > posted["ts"]
        assert again["channel"] == posted["channel"]
        bo = await people.create("Bo")
        assert bo.id != ana.id
        assert await bo.creates_channel("other") != room
