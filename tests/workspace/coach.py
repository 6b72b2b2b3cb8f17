"""The small app that the tests connect to the workspace."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.shapes import modal, question


@dataclass
class App:
    """A Bolt app that is connected, and what it has been told."""

    bolt: AsyncApp
    client: AsyncWebClient
    handler: AsyncSocketModeHandler
    heard: list[dict[str, Any]] = field(default_factory=list)

    def events(self, kind: str) -> list[dict[str, Any]]:
        return [body["event"] for body in self.heard if body.get("event", {}).get("type") == kind]


async def open_form(ack: Any, body: dict[str, Any], client: Any) -> None:
    """Answer a command with a form of one question."""
    await ack()
    await client.views_open(trigger_id=body["trigger_id"], view=modal(question(block_id="name")))
