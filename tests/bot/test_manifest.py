"""The manifest asks Slack for exactly what the code uses."""

from __future__ import annotations

import ast
import inspect

import pytest
import yaml
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.app import LISTENERS
from bot.listeners import commands
from bot.listeners.listening import Key, Listening, Register
from bot.manifest import MANIFEST, read_manifest

BOT = MANIFEST.parent / "bot"
NONE: set[str] = set()

# The scopes that a bot token needs for each method. A group's channel is public or private, a member's
# conversation with the app is direct, and so is that of several who practise together.
METHODS = {
    "auth_test": NONE,
    "chat_delete": {"chat:write"},
    "chat_postEphemeral": {"chat:write"},
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "conversations_history": {"channels:history", "groups:history", "im:history", "mpim:history"},
    "conversations_info": {"channels:read", "groups:read"},
    "conversations_open": {"im:write", "mpim:write"},
    "files_completeUploadExternal": {"files:write"},
    "files_delete": {"files:write"},
    "files_getUploadURLExternal": {"files:write"},
    "files_info": {"files:read"},
    "users_info": {"users:read"},
    "views_open": NONE,
    "views_publish": NONE,
    "views_push": NONE,
    "views_update": NONE,
}
EVENTS = {
    "app_home_opened": NONE,
    "channel_archive": {"channels:read"},
    "channel_deleted": {"channels:read"},
    "channel_left": {"channels:read"},
    "channel_unarchive": {"channels:read"},
    "group_archive": {"groups:read"},
    "group_deleted": {"groups:read"},
    "group_left": {"groups:read"},
    "group_unarchive": {"groups:read"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "member_left_channel": {"channels:read", "groups:read"},
    "user_change": {"users:read"},
}


class Counting(Listening):
    """Notes what is listened to by name; the catch-alls are patterns."""

    def __init__(self) -> None:
        app = AsyncApp(client=AsyncWebClient(token="xoxb-none"), signing_secret="none")  # noqa: S106
        super().__init__(app, seen=lambda _: None)
        self.events: set[str] = set()
        self.commands: set[str] = set()

    def event(self, key: Key) -> Register:
        if isinstance(key, str):
            self.events.add(key)
        return super().event(key)

    def command(self, key: Key) -> Register:
        if isinstance(key, str):
            self.commands.add(key)
        return super().command(key)


@pytest.fixture
def counted() -> Counting:
    listening = Counting()
    for room in LISTENERS:
        room.register(listening)
    return listening


def methods() -> set[str]:
    """The Web API methods that the code calls, the local workspace left out: that is Slack's side."""
    names: set[str] = set()
    for path in BOT.rglob("*.py"):
        if BOT / "workspace" not in path.parents:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            names |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    client = {name for name, _ in inspect.getmembers(AsyncWebClient, inspect.iscoroutinefunction)}
    return {name for name in names & client if "_" in name} - {"api_call"}


def test_the_scopes_are_those_of_the_methods_and_events_in_use(counted: Counting) -> None:
    used = methods()
    assert used == set(METHODS)
    needed = {"commands"}.union(*METHODS.values(), *(EVENTS[event] for event in counted.events))
    assert read_manifest().scopes == needed


def test_the_events_are_those_that_are_listened_to(counted: Counting) -> None:
    assert read_manifest().events == counted.events == set(EVENTS)


def test_the_slash_command_is_the_one_that_is_listened_to_and_its_hint_names_commands(
    counted: Counting,
) -> None:
    (command,) = read_manifest().commands
    assert counted.commands == {command.command}
    named = [part.split()[0] for part in command.usage_hint.strip("[]").split(" | ")]
    assert set(named) <= set(commands.TABLE)
    assert len(command.description) <= 2000


def test_the_manifest_keeps_slacks_limits_and_switches_on_what_the_bot_needs() -> None:
    data = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    assert len(data["display_information"]["name"]) <= 35
    assert len(data["display_information"]["description"]) <= 140
    assert data["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    assert data["settings"]["interactivity"] == {"is_enabled": True}
    assert data["settings"]["socket_mode_enabled"] is True
    assert data["settings"]["token_rotation_enabled"] is False
