"""Everything that a reader sees of a message or a view, as one string."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any

from bot.workspace.state.elements import STATEFUL, options_of
from bot.workspace.state.models import Json

ENTITY = re.compile(r"<(?:[@#!]|https?:|mailto:)[^<>|]*(?:\|([^<>]*))?>")


def words(thing: Json) -> str:
    """Return what a message, an ephemeral message, a modal or a Home tab says, line by line.

    Checkboxes and radio buttons read `[x] this` and `[ ] that`, `(o) this` and `( ) that`; a select reads
    `{chosen}` or `{placeholder}`, a button `[Label]`, an input `Label: what was filled in`.
    """
    lines = [*_outside(thing), *_blocks(thing.get("blocks") or [], _values(thing)), *_attachments(thing)]
    if not thing.get("blocks") and thing.get("text"):
        lines.append(plain(thing["text"]))
    return "\n".join(line for line in lines if line)


def plain(text: str) -> str:
    """Return mrkdwn as it reads: entities decoded, labels of links and mentions instead of their codes."""
    return html.unescape(ENTITY.sub(lambda match: match[1] or match[0], text))


def said(node: Any) -> str:
    """Return the words of a text object, or of a bare string."""
    if isinstance(node, str):
        return plain(node)
    if not isinstance(node, dict):
        return ""
    text = str(node.get("text", ""))
    return plain(text) if node.get("type") == "mrkdwn" else html.unescape(text)


def _values(thing: Json) -> Json:
    state: Json = thing.get("state") or {}
    values: Json = state.get("values", state)
    return values


def _outside(thing: Json) -> Iterator[str]:
    yield said(thing.get("title"))


def _attachments(thing: Json) -> Iterator[str]:
    for file in thing.get("files", []):
        yield f"[file: {file.get('title', '')}] {file.get('alt_txt', '')}".strip()
    for attachment in thing.get("attachments", []):
        yield plain(attachment.get("text", ""))
        yield from _blocks(attachment.get("blocks", []), {})
    for name in ("submit", "close"):
        if thing.get("type") == "modal" and thing.get(name):
            yield f"[{said(thing[name])}]"


def _blocks(blocks: Iterable[Json], values: Json) -> Iterator[str]:
    for block in blocks:
        yield from _block(block, values.get(block.get("block_id", ""), {}))


def _block(block: Json, states: Json) -> Iterator[str]:
    match block.get("type"):
        case "header" | "section":
            yield said(block.get("text"))
            yield from (said(field) for field in block.get("fields", []))
            if "accessory" in block:
                yield _element(block["accessory"], states)
        case "context":
            yield " ".join(said(part) or part.get("alt_text", "") for part in block["elements"])
        case "actions" | "context_actions":
            yield " ".join(_element(element, states) for element in block["elements"])
        case "input":
            yield f"{said(block['label'])}: {_element(block['element'], states)}"
            yield said(block.get("hint"))
        case "image":
            yield f"[picture: {block['alt_text']}] {said(block.get('title'))}".strip()
        case "table":
            yield from ("\t".join(_cell(cell) for cell in row) for row in block["rows"])
        case "rich_text":
            yield from (_rich(element) for element in block["elements"])
        case _:
            yield _other(block)


def _other(block: Json) -> str:
    names = ("title", "subtitle", "text", "body", "subtext", "caption")
    lines = [said(block.get(name)) for name in names]
    lines += list(_blocks(block.get("child_blocks", []), {}))
    lines += [_element(element, {}) for element in block.get("actions", [])]
    if block.get("type") == "carousel":
        lines += list(_blocks(block["elements"], {}))
    return "\n".join(line for line in lines if line)


def _cell(cell: Any) -> str:
    if not isinstance(cell, dict):
        return ""
    return _rich(cell) if cell.get("type") == "rich_text" else str(cell.get("text", cell.get("value", "")))


def _rich(node: Json) -> str:
    match node.get("type"):
        case "text" | "link":
            return str(node.get("text", node.get("url", "")))
        case "user":
            return f"<@{node['user_id']}>"
        case "emoji":
            return f":{node['name']}:"
        case "rich_text_list":
            return "\n".join(f"- {_rich(item)}" for item in node["elements"])
        case "rich_text":
            return "\n".join(_rich(element) for element in node["elements"])
        case _:
            return "".join(_rich(element) for element in node.get("elements", []))


def _element(element: Json, states: Json) -> str:
    kind = element["type"]
    if kind == "button":
        return f"[{said(element['text'])}]"
    if kind == "image":
        return f"[picture: {element['alt_text']}]"
    if kind == "overflow":
        return "{" + " · ".join(said(option["text"]) for option in element["options"]) + "}"
    if kind in STATEFUL:
        return _input(element, states.get(element.get("action_id", ""), {}).get(STATEFUL[kind][0]))
    return ""


def _input(element: Json, value: Any) -> str:
    kind = element["type"]
    if kind in ("checkboxes", "radio_buttons"):
        return "\n".join(_choices(element, value))
    if kind in ("static_select", "multi_static_select"):
        chosen = [value] if isinstance(value, dict) else value or []
        return (
            "{" + (", ".join(said(one["text"]) for one in chosen) or said(element.get("placeholder"))) + "}"
        )
    if kind == "file_input":
        return ", ".join(str(file["name"]) for file in value or []) or "{file}"
    if kind == "rich_text_input" and isinstance(value, dict):
        return _rich(value)
    return said(element.get("placeholder")) if value in (None, "", []) else str(value)


def _choices(element: Json, value: Any) -> Iterator[str]:
    chosen = [value] if isinstance(value, dict) else value or []
    picked = {option.get("value") for option in chosen}
    yes, no = ("[x]", "[ ]") if element["type"] == "checkboxes" else ("(o)", "( )")
    for option in options_of(element):
        mark = yes if option.get("value") in picked else no
        yield f"{mark} {said(option['text'])} {said(option.get('description'))}".strip()
