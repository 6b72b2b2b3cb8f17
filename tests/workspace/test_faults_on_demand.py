"""Troubles on demand: what an app must survive can be made to happen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.server import Workspace
from bot.workspace.visitors.people import People, Person


@pytest.fixture
async def ana(people: People) -> Person:
    return await people.create("Ana")


@pytest.fixture
async def hasty(workspace: Workspace) -> AsyncIterator[AsyncWebClient]:
    """A client that waits no longer than 0.3 seconds."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=0.3)) as session:
        yield AsyncWebClient(
            token=workspace.bot_token, base_url=workspace.api_url, session=session, retry_handlers=[]
        )


@pytest.mark.parametrize(
    ("kind", "options", "error", "accepted"),
    [
        ("drop_after_accept", {}, aiohttp.ClientError, 1),
        ("drop_before_accept", {}, aiohttp.ClientError, 0),
        ("hang_after_accept", {}, asyncio.TimeoutError, 1),
        ("hang_before_accept", {}, asyncio.TimeoutError, 0),
        ("slow", {"seconds": 0.5}, asyncio.TimeoutError, None),
        ("status", {"status": 503}, SlackApiError, 0),
        ("status", {"status": 503, "after": True}, SlackApiError, 1),
        ("html", {"status": 200}, SlackApiError, 0),
        ("ratelimited", {"retry_after": 7}, SlackApiError, 0),
        ("error", {"error": "fatal_error"}, SlackApiError, 0),
        ("error", {"error": "internal_error", "after": True}, SlackApiError, 1),
    ],
)
async def test_a_planned_trouble_meets_the_next_call_and_only_that(
    workspace: Workspace,
    hasty: AsyncWebClient,
    ana: Person,
    kind: Any,
    options: dict[str, Any],
    error: type[Exception],
    accepted: int | None,
) -> None:
    workspace.faults.next("chat.postMessage", kind, **options)
    with pytest.raises(error) as failed:
        await hasty.chat_postMessage(channel=ana.id, text="first")
    if accepted is not None:
        assert len(await ana.dm()) == len(workspace.accepted) == accepted
    if kind == "ratelimited":
        assert isinstance(failed.value, SlackApiError)
        assert failed.value.response.headers["Retry-After"] == "7"
    await hasty.chat_postMessage(channel=ana.id, text="second")
    assert workspace.faults.happened == [("chat.postMessage", kind)]


async def test_troubles_come_as_often_as_planned(
    workspace: Workspace, client: AsyncWebClient, ana: Person
) -> None:
    workspace.faults.next("chat.postMessage", "error", times=2, error="ratelimited")
    for _ in range(2):
        with pytest.raises(SlackApiError):
            await client.chat_postMessage(channel=ana.id, text="x")
    await client.chat_postMessage(channel=ana.id, text="x")


async def test_an_older_slack_does_not_know_a_method(
    workspace: Workspace, client: AsyncWebClient, ana: Person
) -> None:
    workspace.faults.without("users.info")
    with pytest.raises(SlackApiError, match="unknown_method"):
        await client.users_info(user=ana.id)


async def test_history_can_lag_and_come_without_metadata(
    workspace: Workspace, client: AsyncWebClient, ana: Person
) -> None:
    metadata = {"event_type": "day", "event_payload": {"key": "k"}}
    await client.chat_postMessage(channel=ana.id, text="x", metadata=metadata)
    dm = await ana.dm_id()
    workspace.faults.history_lag_seconds = 60
    assert (await client.conversations_history(channel=dm))["messages"] == []
    workspace.faults.history_lag_seconds = 0
    (message,) = (await client.conversations_history(channel=dm))["messages"]
    assert message["metadata"] == {"event_type": "day"}
    workspace.faults.no_metadata = True
    (message,) = (await client.conversations_history(channel=dm, include_all_metadata=True))["messages"]
    assert "metadata" not in message
