"""The structure of rich text."""

from __future__ import annotations

from bot.workspace.limits.check import Check
from bot.workspace.state.models import Json

# type -> (required fields, optional fields)
PARTS: dict[str, tuple[str, str]] = {
    "text": ("text", "style"),
    "link": ("url", "text style unsafe"),
    "user": ("user_id", "style"),
    "usergroup": ("usergroup_id", "style"),
    "channel": ("channel_id", "style"),
    "team": ("team_id", "style"),
    "emoji": ("name", "style unicode skin_tone"),
    "date": ("timestamp format", "url fallback style"),
    "broadcast": ("range", "style"),
    "color": ("value", "style"),
}
STYLES = {"bold", "italic", "strike", "code", "highlight", "client_highlight", "unlink", "underline"}


def check_rich_text(check: Check, node: Json, at: str) -> None:
    """Check a rich text block (or a table cell of that kind)."""
    check.fields(node, at, "elements", "block_id")
    for element, place in check.objects(node, "elements", at, 1000, least=0):
        _group(check, element, place)


def _group(check: Check, node: Json, at: str) -> None:
    kind = node.get("type")
    if kind == "rich_text_list":
        _list(check, node, at)
    elif kind in ("rich_text_section", "rich_text_quote", "rich_text_preformatted"):
        own = {"rich_text_quote": "border", "rich_text_preformatted": "border language"}.get(str(kind), "")
        check.fields(node, at, "elements", own)
        for part, place in check.objects(node, "elements", at, 10_000, least=0):
            _part(check, part, place)
    else:
        check.fail(f"{at}/type", f"unsupported type: {kind}")


def _list(check: Check, node: Json, at: str) -> None:
    check.fields(node, at, "style elements", "indent offset border")
    check.one_of(node, "style", at, ("bullet", "ordered"))
    check.whole(node, "indent", at, 0, 8)
    for item, place in check.objects(node, "elements", at, 1000):
        if item.get("type") != "rich_text_section":
            check.fail(f"{place}/type", f"unsupported type: {item.get('type')}")
        else:
            _group(check, item, place)


def _part(check: Check, node: Json, at: str) -> None:
    kind = str(node.get("type"))
    if kind not in PARTS:
        check.fail(f"{at}/type", f"unsupported type: {kind}")
        return
    required, optional = PARTS[kind]
    check.fields(node, at, required, optional)
    for name in required.split():
        if name != "timestamp":
            check.string(node, name, at, 40_000)
    style = node.get("style")
    if style is not None and not (isinstance(style, dict) and style.keys() <= STYLES):
        check.fail(f"{at}/style", "unknown style")
    if kind == "broadcast":
        check.one_of(node, "range", at, ("here", "channel", "everyone"))
