"""Turns faults in blocks and views into the refusals that Slack answers with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.workspace.errors import Refusal
from bot.workspace.limits.surfaces import Fault, faults_of
from bot.workspace.profile import AppProfile
from bot.workspace.state.elements import elements
from bot.workspace.state.models import Json

FILES = "files:read"
PICTURES = ("image/png", "image/jpeg", "image/gif")


def check_message(payload: Json) -> None:
    """Refuse a message (`text`, `blocks`, `attachments`, `metadata`) that Slack would refuse."""
    _refuse(faults_of("message", payload), "invalid_blocks", "")


def check_pictures(files: Mapping[str, Json], blocks: Any) -> None:
    """Refuse blocks that show a file that is not there, not finished, or not a picture Slack can show."""
    wrong = [
        Fault(at, "invalid slack file")
        for wanted, at in _pictures(blocks, "/blocks")
        if not any(_is_shown(file, wanted) for file in files.values())
    ]
    _refuse(wrong, "invalid_blocks", "")


def _pictures(node: Any, at: str) -> Iterator[tuple[Json, str]]:
    """Every uploaded picture in blocks, with its pointer."""
    inside: Iterable[tuple[Any, Any]] = ()
    if isinstance(node, list):
        inside = enumerate(node)
    elif isinstance(node, dict):
        inside = node.items()
    for name, value in inside:
        if name == "slack_file" and isinstance(value, dict):
            yield value, f"{at}/{name}"
        else:
            yield from _pictures(value, f"{at}/{name}")


def _is_shown(file: Json, wanted: Json) -> bool:
    named = wanted["id"] == file["id"] if "id" in wanted else wanted["url"] == file["url_private"]
    return named and file.get("finished", False) and file["mimetype"] in PICTURES


def check_view(view: Json, surface: str, profile: AppProfile) -> None:
    """Refuse a view that Slack would refuse on this surface (`modal` or `home`) to this app."""
    _refuse(faults_of("home" if surface == "home" else "modal", view), "invalid_arguments", "/view")
    asks_for_files = any(element["type"] == "file_input" for _, element in elements(view["blocks"]))
    if asks_for_files and not profile.may(FILES):
        raise Refusal("missing_scope", needed=FILES, provided=",".join(sorted(profile.scopes or ())))


def _refuse(faults: list[Fault], code: str, prefix: str) -> None:
    if not faults:
        return
    special = next((fault.code for fault in faults if fault.code), code)
    raise Refusal(special, response_metadata={"messages": lines(faults, prefix)})


def lines(faults: list[Fault], prefix: str = "") -> list[str]:
    """Return faults as Slack writes them into `response_metadata.messages`."""
    return [f"[ERROR] {fault.message} [json-pointer:{prefix}{fault.pointer}]" for fault in faults]
