"""What a reader chose outlives an update exactly as far as Slack keeps it."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.visitors.people import NotDone, People, Person
from tests.workspace.coach import App
from tests.workspace.shapes import Json, actions, boxes, option


@pytest.fixture
async def ana(app: App, people: People) -> Person:
    @app.bolt.action("tick")
    async def tick(ack: Any) -> None:
        await ack()

    return await people.create("Ana")


async def post(client: AsyncWebClient, who: Person, *blocks: Json) -> Any:
    return await client.chat_postMessage(channel=who.id, text="x", blocks=list(blocks))


async def update(client: AsyncWebClient, posted: Any, *blocks: Json) -> None:
    await client.chat_update(channel=posted["channel"], ts=posted["ts"], text="x", blocks=list(blocks))


async def test_a_choice_stays_while_block_id_and_action_id_stay(ana: Person, client: AsyncWebClient) -> None:
    posted = await post(client, ana, actions(boxes("One", "Two"), block_id="goals"))
    await ana.ticks((await ana.dm())[-1], ["One"])
    await update(client, posted, actions(boxes("One", "Two", "Three"), block_id="goals"))
    assert await ana.reads() == "[x] One\n[ ] Two\n[ ] Three"


async def test_an_option_that_is_gone_is_no_longer_chosen(ana: Person, client: AsyncWebClient) -> None:
    posted = await post(client, ana, actions(boxes("One", "Two"), block_id="goals"))
    await ana.ticks((await ana.dm())[-1], ["One", "Two"])
    await update(client, posted, actions(boxes("Two"), block_id="goals"))
    assert await ana.reads() == "[x] Two"


async def test_initial_options_of_an_update_count_only_under_a_new_block_id(
    ana: Person, client: AsyncWebClient
) -> None:
    posted = await post(client, ana, actions(boxes("One", "Two"), block_id="r1"))
    ticked = boxes("One", "Two", initial_options=[option("Two")])
    await update(client, posted, actions(ticked, block_id="r1"))
    assert await ana.reads() == "[ ] One\n[ ] Two"
    await update(client, posted, actions(ticked, block_id="r2"))
    assert await ana.reads() == "[ ] One\n[x] Two"


async def test_a_choice_is_one_readers_own(ana: Person, people: People, client: AsyncWebClient) -> None:
    bo = await people.create("Bo")
    room = await ana.creates_channel("crew")
    await bo.joins(room)
    await ana.invites(room)
    await client.chat_postMessage(channel=room, text="x", blocks=[actions(boxes("One"))])
    await ana.ticks((await ana.messages(room))[-1], ["One"])
    assert await ana.reads(room) == "[x] One"
    assert await bo.reads(room) == "[ ] One"


async def test_a_click_on_what_is_gone_is_refused_kindly(ana: Person, client: AsyncWebClient) -> None:
    posted = await post(client, ana, actions(boxes("One"), block_id="r1"))
    old = (await ana.dm())[-1]
    await update(client, posted, actions(boxes("One"), block_id="r2"))
    fields = {"as": ana.id, "channel": old["channel"], "ts": old["ts"], "block_id": "r1", "action_id": "tick"}
    with pytest.raises(NotDone, match="please look again"):
        await ana._doors.knock("act", {**fields, "value": ["one"]})
    with pytest.raises(NotDone, match="please look again"):
        await ana._doors.knock("act", {**fields, "block_id": "r2", "value": ["other"]})
