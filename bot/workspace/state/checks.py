"""Turns faults in blocks and views into the refusals that Slack answers with."""

from __future__ import annotations

from bot.workspace.errors import Refusal
from bot.workspace.limits.surfaces import Fault, faults_of
from bot.workspace.state.models import Json


def check_message(payload: Json) -> None:
    """Refuse a message (`text`, `blocks`, `attachments`, `metadata`) that Slack would refuse."""
    _refuse(faults_of("message", payload), "invalid_blocks", "")


def check_view(view: Json, surface: str) -> None:
    """Refuse a view that Slack would refuse on this surface (`modal` or `home`)."""
    _refuse(faults_of("home" if surface == "home" else "modal", view), "invalid_arguments", "/view")


def _refuse(faults: list[Fault], code: str, prefix: str) -> None:
    if not faults:
        return
    special = next((fault.code for fault in faults if fault.code), code)
    raise Refusal(special, response_metadata={"messages": lines(faults, prefix)})


def lines(faults: list[Fault], prefix: str = "") -> list[str]:
    """Return faults as Slack writes them into `response_metadata.messages`."""
    return [f"[ERROR] {fault.message} [json-pointer:{prefix}{fault.pointer}]" for fault in faults]
