"""Blocks and views, as small as they can be."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def plain(text: str = "words") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "words") -> Json:
    return {"type": "mrkdwn", "text": text}


def option(text: str, **more: Any) -> Json:
    return {"text": plain(text), "value": text.lower(), **more}


def options(number: int) -> list[Json]:
    return [option(f"o{index}") for index in range(number)]


def section(text: str = "words", **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def button(text: str = "Go", action_id: str = "go", **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def boxes(*texts: str, action_id: str = "tick", **more: Any) -> Json:
    return {"type": "checkboxes", "action_id": action_id, "options": [option(text) for text in texts], **more}


def question(label: str = "Name", element: Json | None = None, **more: Any) -> Json:
    asked = element or {"type": "plain_text_input", "action_id": "text"}
    return {"type": "input", "label": plain(label), "element": asked, **more}


def modal(*blocks: Json, **more: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("Form"),
        "submit": plain("Send"),
        "blocks": list(blocks) or [section()],
        **more,
    }


def home(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks) or [section()], **more}


def table(rows: int = 1, cells: int = 1, text: str = "x") -> Json:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": text}] * cells] * rows}
