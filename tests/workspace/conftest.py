"""A workspace, a small app that is connected to it, and people."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.profile import Command
from bot.workspace.server import Workspace
from bot.workspace.visitors.people import People
from tests.workspace.coach import App

COMMANDS = [Command("/study", "Study something", "[topic]"), Command("/slow", "Never answers", "")]


@pytest.fixture
async def workspace() -> AsyncIterator[Workspace]:
    async with Workspace(name="Crew", app_name="Coach", commands=COMMANDS) as running:
        yield running


@pytest.fixture
async def people(workspace: Workspace) -> AsyncIterator[People]:
    async with People(workspace.page_url) as everybody:
        yield everybody


@pytest.fixture
async def client(workspace: Workspace) -> AsyncWebClient:
    return AsyncWebClient(token=workspace.bot_token, base_url=workspace.api_url, retry_handlers=[])


@pytest.fixture
async def app(workspace: Workspace, client: AsyncWebClient) -> AsyncIterator[App]:
    bolt = AsyncApp(client=client)
    handler = AsyncSocketModeHandler(bolt, workspace.app_token, web_client=client)
    running = App(bolt, client, handler)

    @bolt.middleware
    async def listen(body: dict[str, Any], next: Any) -> None:  # noqa: A002 - Bolt's name
        running.heard.append(body)
        await next()

    await handler.connect_async()
    await workspace.socket.connected()
    yield running
    await handler.close_async()
