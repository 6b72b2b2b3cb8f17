"""Puts blocks into the form in which Slack stores and sends them."""

from __future__ import annotations

import copy
import secrets
from typing import Any

from bot.workspace.state.elements import elements
from bot.workspace.state.models import Json

NO_TEXT = "This content can't be displayed."


def normalised(blocks: list[Json]) -> list[Json]:
    """Return the blocks as Slack keeps them: with every id, and `emoji` and `verbatim` spelled out."""
    kept = copy.deepcopy(blocks)
    _spell_out(kept)
    _name(kept)
    return kept


def _name(blocks: list[Json]) -> None:
    for block in blocks:
        block.setdefault("block_id", secrets.token_urlsafe(4))
        _name(block.get("child_blocks", []))
        if block["type"] == "carousel":
            _name(block["elements"])
    for _, element in elements(blocks):
        element.setdefault("action_id", secrets.token_urlsafe(4))


def _spell_out(node: Any) -> None:
    if isinstance(node, list):
        for item in node:
            _spell_out(item)
    elif isinstance(node, dict):
        if node.get("type") == "plain_text":
            node.setdefault("emoji", True)
        elif node.get("type") == "mrkdwn":
            node.setdefault("verbatim", False)
        elif isinstance(file := node.get("slack_file"), dict) and "id" in file:
            file.setdefault("url", f"/files/{file['id']}")
        for value in node.values():
            if isinstance(value, dict | list):
                _spell_out(value)
