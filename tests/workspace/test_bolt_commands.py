"""A slash command of a Bolt app, from the composer to its answer."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest

from bot.workspace.server import Workspace
from bot.workspace.visitors.people import NotDone, People
from tests.workspace.coach import App
from tests.workspace.shapes import (
    Json,
    section,
)

ANY = re.compile(r".*")


async def test_a_command_is_answered_in_its_ack_and_seen_by_one_person_only(app: App, people: People) -> None:
    @app.bolt.command("/study")
    async def study(ack: Any, command: Json) -> None:
        await ack(f"You study {command['text']}")

    ana, bo = await people.create("Ana"), await people.create("Bo")
    room = await ana.creates_channel("crew")
    await bo.joins("#crew")
    await ana.says("#crew", "/study graphs")
    message = await ana.waits_for(room, "You study graphs")
    assert message["ephemeral"] is True
    assert await bo.messages(room) == []
    body = app.heard[-1]
    assert body["command"] == "/study"
    assert (body["user_id"], body["user_name"], body["channel_id"]) == (ana.id, "ana", room)
    assert body["channel_name"] == "crew"


async def test_a_command_brings_mentions_and_escapes_as_slack_does(app: App, people: People) -> None:
    @app.bolt.command("/study")
    async def study(ack: Any) -> None:
        await ack()

    ana = await people.create("Ana Lima")
    room = await ana.creates_channel("crew")
    await ana.says(room, "/study with @Ana Lima in #crew a<b & c")
    assert app.heard[-1]["text"] == f"with <@{ana.id}|ana.lima> in <#{room}|crew> a&lt;b &amp; c"


async def test_a_command_can_answer_to_everybody(app: App, people: People) -> None:
    @app.bolt.command("/study")
    async def study(ack: Any) -> None:
        await ack(response_type="in_channel", text="All of you", blocks=[section("All of *you*")])

    ana, bo = await people.create("Ana"), await people.create("Bo")
    room = await ana.creates_channel("crew")
    await bo.joins(room)
    await ana.says(room, "/study")
    assert "ephemeral" not in await bo.waits_for(room, "All of *you*")


async def test_an_ack_with_bad_blocks_is_an_error_that_the_person_sees(
    app: App, people: People, workspace: Workspace
) -> None:
    @app.bolt.command("/study")
    async def study(ack: Any) -> None:
        await ack(text="x", blocks=[section("x" * 3001)])

    ana = await people.create("Ana")
    with pytest.raises(NotDone, match="invalid_blocks"):
        await ana.says("", "/study")
    assert workspace.refused[-1].messages == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]


async def test_a_late_ack_of_a_command_is_a_timeout(app: App, people: People, workspace: Workspace) -> None:
    workspace.socket.ack_seconds = 0.1

    @app.bolt.command("/slow")
    async def slow(ack: Any) -> None:
        await asyncio.sleep(0.2)
        await ack("Too late")

    ana = await people.create("Ana")
    with pytest.raises(NotDone, match="/slow failed because the app did not respond"):
        await ana.says("", "/slow")
    assert await ana.dm() == []


async def test_a_command_without_an_app_is_not_dispatched(people: People) -> None:
    ana = await people.create("Ana")
    with pytest.raises(NotDone, match="dispatch_failed"):
        await ana.says("", "/study")


async def test_an_unknown_command_never_reaches_the_app(app: App, people: People) -> None:
    ana = await people.create("Ana")
    with pytest.raises(NotDone, match="unknown_command"):
        await ana.says("", "/nothing")
    assert not any("command" in body for body in app.heard)
