"""What Slack would refuse: every documented limit of messages, modals and Home tabs."""

from __future__ import annotations

import json
from typing import Any

from bot.workspace.limits.blocks import check_block
from bot.workspace.limits.check import PLAIN, Check, Fault, Surface
from bot.workspace.limits.tables import characters, check_sizes
from bot.workspace.state.models import Json

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
VIEW_BYTES = 250_000
MARKDOWN_CHARACTERS = 12_000
# Slack does not document these two; the first is where others have seen posts fail.
BLOCK_CHARACTERS = 13_200
METADATA_BYTES = 16_000

__all__ = ["Fault", "Surface", "faults_of"]


def faults_of(surface: Surface, payload: Json) -> list[Fault]:
    """Return everything that Slack would refuse in a message or view; pointers start at `payload`."""
    check = Check(surface)
    if surface == "message":
        _message(check, payload)
    else:
        _view(check, payload)
    return check.faults


def _message(check: Check, payload: Json) -> None:
    blocks = _blocks(check, payload, MESSAGE_BLOCKS, least=0)
    inside = [blocks]
    for attachment, at in check.objects(payload, "attachments", "", 100, least=0):
        found = check.objects(attachment, "blocks", at, MESSAGE_BLOCKS, least=0)
        for block, place in found:
            check_block(check, block, place)
        inside.append([block for block, _ in found])
    check_sizes(check, [block for some in inside for block in some])
    markdown = [block for some in inside for block in some if block.get("type") == "markdown"]
    if characters(markdown) > MARKDOWN_CHARACTERS:
        check.fail(
            "/blocks", f"markdown blocks must hold no more than {MARKDOWN_CHARACTERS} characters together"
        )
    if characters(inside) > BLOCK_CHARACTERS:
        check.fail("/blocks", "the blocks of the message hold too much text", "msg_blocks_too_long")
    _metadata(check, payload.get("metadata"))


def _blocks(check: Check, payload: Json, most: int, least: int) -> list[Json]:
    found = check.objects(payload, "blocks", "", most, least)
    for block, at in found:
        check_block(check, block, at)
    return [block for block, _ in found]


def _metadata(check: Check, metadata: Any) -> None:
    if metadata is None or metadata == {}:
        return
    if not isinstance(metadata, dict):
        check.fail("/metadata", "must be an object", "invalid_metadata_format")
        return
    if not isinstance(metadata.get("event_type"), str) or not isinstance(metadata.get("event_payload"), dict):
        check.fail("/metadata", "must have event_type and event_payload", "invalid_metadata_format")
    if len(json.dumps(metadata)) > METADATA_BYTES:
        check.fail("/metadata", "is too large", "metadata_too_large")


def _view(check: Check, view: Json) -> None:
    modal = check.surface == "modal"
    if view.get("type") != check.surface:
        check.fail("/type", f"must be one of: {check.surface}")
    shared = "callback_id external_id private_metadata"
    own = " submit close clear_on_close notify_on_close submit_disabled"
    check.fields(view, "", "title blocks" if modal else "blocks", shared + (own if modal else ""))
    for name in ("title", "submit", "close"):
        check.text(view, name, "", 24, PLAIN)
    check.string(view, "callback_id", "", 255, least=0)
    check.string(view, "external_id", "", 255, least=0)
    check.string(view, "private_metadata", "", 3000, least=0)
    blocks = _blocks(check, view, VIEW_BLOCKS, least=1)
    check_sizes(check, blocks)
    if modal and view.get("submit") is None and any(block.get("type") == "input" for block in blocks):
        check.fail("/submit", "missing required field: submit (the view has input blocks)")
    if len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES:
        check.fail("", "the view is too large", "view_too_large")
