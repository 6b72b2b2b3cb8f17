"""What `manifest.yaml` asks of Slack, read for the doctor, for the local workspace and for the tests."""

from dataclasses import dataclass
from pathlib import Path

import yaml

MANIFEST = Path(__file__).parent.parent / "manifest.yaml"


@dataclass(frozen=True)
class SlashCommand:
    """A slash command as Slack lists it."""

    command: str
    description: str
    usage_hint: str


@dataclass(frozen=True)
class Manifest:
    """The parts of the manifest that the code depends on."""

    name: str
    commands: tuple[SlashCommand, ...]
    scopes: frozenset[str]
    events: frozenset[str]
    home: bool
    socket_mode: bool


def read_manifest(path: Path = MANIFEST) -> Manifest:
    """Read the manifest.

    Raises:
        OSError: the file is not there.
        KeyError: a part is missing.
    """
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    features, settings = data["features"], data["settings"]
    return Manifest(
        name=data["display_information"]["name"],
        commands=tuple(
            SlashCommand(each["command"], each["description"], each.get("usage_hint", ""))
            for each in features["slash_commands"]
        ),
        scopes=frozenset(data["oauth_config"]["scopes"]["bot"]),
        events=frozenset(settings["event_subscriptions"]["bot_events"]),
        home=bool(features["app_home"]["home_tab_enabled"]),
        socket_mode=bool(settings["socket_mode_enabled"]),
    )
