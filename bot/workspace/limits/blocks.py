"""The limits of blocks."""

from __future__ import annotations

from collections.abc import Callable

from bot.workspace.limits.check import PLAIN, Check
from bot.workspace.limits.elements import IN_ACTIONS, IN_INPUT, IN_SECTION, check_element
from bot.workspace.limits.rich_text import check_rich_text
from bot.workspace.limits.tables import check_chart, check_data_table, check_table
from bot.workspace.state.models import Json

EVERYWHERE = ("message", "modal", "home")
MESSAGE = ("message",)
NOT_IN_MODALS = ("message", "home")
IN_CONTAINERS = (
    "section",
    "header",
    "divider",
    "context",
    "actions",
    "image",
    "rich_text",
    "table",
    "markdown",
    "card",
)


def check_block(check: Check, block: Json, at: str, allowed: tuple[str, ...] | None = None) -> None:
    """Check one block, which must be of a type that its surface (or its container) may hold."""
    kind = block.get("type")
    rule = RULES.get(str(kind))
    if rule is None or check.surface not in rule[0] or (allowed is not None and kind not in allowed):
        check.fail(f"{at}/type", f"unsupported type: {kind}")
        return
    check.string(block, "block_id", at, 255)
    block_id = block.get("block_id")
    if isinstance(block_id, str):
        if block_id in check.block_ids:
            check.fail(f"{at}/block_id", f"block_id already exists: {block_id}")
        check.block_ids.add(block_id)
    rule[1](check, block, at)


def _unique_actions(check: Check, elements: list[tuple[Json, str]]) -> None:
    seen: set[str] = set()
    for element, place in elements:
        action_id = element.get("action_id")
        if action_id is None:
            continue
        if action_id in seen:
            check.fail(f"{place}/action_id", f"action_id already exists: {action_id}")
        seen.add(str(action_id))


def _section(check: Check, block: Json, at: str) -> None:
    check.fields(block, at, "", "block_id text fields accessory expand")
    if block.get("text") is None and block.get("fields") is None:
        check.fail(at, "missing required field: text")
    check.text(block, "text", at)
    for field, place in check.items(block, "fields", at, 10):
        check.text_object(field, place, 2000)
    check.flag(block, "expand", at)
    accessory = block.get("accessory")
    if isinstance(accessory, dict):
        check_element(check, accessory, f"{at}/accessory", IN_SECTION)
    elif accessory is not None:
        check.fail(f"{at}/accessory", "must be an object")


def _header(check: Check, block: Json, at: str) -> None:
    check.fields(block, at, "text", "block_id level")
    check.text(block, "text", at, 150, PLAIN)
    check.whole(block, "level", at, 1, 4)


def _divider(check: Check, block: Json, at: str) -> None:
    check.fields(block, at, "", "block_id")


def _actions(check: Check, block: Json, at: str) -> None:
    check.fields(block, at, "elements", "block_id")
    elements = check.objects(block, "elements", at, 25)
    for element, place in elements:
        check_element(check, element, place, IN_ACTIONS)
    _unique_actions(check, elements)


def _context_actions(check: Check, block: Json, at: str) -> None:
    check.fields(block, at, "elements", "block_id")
    elements = check.objects(block, "elements", at, 5)
    for element, place in elements:
        check_element(check, element, place, ("feedback_buttons", "icon_button"))
    _unique_actions(check, elements)


def _context(check: Check, block: Json, at: str) -> None:
    check.fields(block, at, "elements", "block_id")
    for element, place in check.objects(block, "elements", at, 10):
        if element.get("type") == "image":
            check_element(check, element, place, ("image",))
        else:
            check.text_object(element, place, 3000)


def _input(check: Check, block: Json, at: str) -> None:
    check.fields(block, at, "label element", "block_id hint optional dispatch_action")
    check.text(block, "label", at, 2000, PLAIN)
    check.text(block, "hint", at, 2000, PLAIN)
    check.flag(block, "optional", at)
    check.flag(block, "dispatch_action", at)
    element = block.get("element")
    if isinstance(element, dict):
        check_element(check, element, f"{at}/element", IN_INPUT)
        if element.get("type") == "file_input" and block.get("dispatch_action"):
            check.fail(f"{at}/dispatch_action", "not allowed with file_input")
    elif element is not None:
        check.fail(f"{at}/element", "must be an object")


def _image(check: Check, block: Json, at: str) -> None:
    check.fields(block, at, "alt_text", "block_id image_url slack_file title")
    check.picture(block, at)
    check.text(block, "title", at, 2000, PLAIN)


def _markdown(check: Check, block: Json, at: str) -> None:
    check.fields(block, at, "text", "block_id")
    check.string(block, "text", at, 12_000)


def _alert(check: Check, block: Json, at: str) -> None:
    check.fields(block, at, "text", "block_id level")
    check.text(block, "text", at, 200)
    check.one_of(block, "level", at, ("default", "info", "warning", "error", "success"))


def _card(check: Check, block: Json, at: str) -> None:
    check.fields(block, at, "", "block_id hero_image icon slack_icon title subtitle body subtext actions")
    if all(block.get(name) is None for name in ("hero_image", "title", "actions", "body")):
        check.fail(at, "must have at least one of: hero_image, title, actions, body")
    for name, most in (("title", 150), ("subtitle", 150), ("body", 200), ("subtext", 200)):
        check.text(block, name, at, most)
    buttons = check.objects(block, "actions", at, 3)
    for element, place in buttons:
        check_element(check, element, place, ("button",))
    _unique_actions(check, buttons)


def _carousel(check: Check, block: Json, at: str) -> None:
    check.fields(block, at, "elements", "block_id")
    for card, place in check.objects(block, "elements", at, 10):
        check_block(check, card, place, ("card",))


def _container(check: Check, block: Json, at: str) -> None:
    own = "block_id title rich_text_title subtitle icon width is_collapsible default_collapsed"
    check.fields(block, at, "child_blocks", own)
    if block.get("title") is None and block.get("rich_text_title") is None:
        check.fail(at, "must have at least one of: title, rich_text_title")
    check.text(block, "title", at, 150)
    check.text(block, "subtitle", at, 150)
    if block.get("default_collapsed") and not block.get("is_collapsible"):
        check.fail(f"{at}/default_collapsed", "needs is_collapsible")
    for child, place in check.objects(block, "child_blocks", at, 10):
        check_block(check, child, place, IN_CONTAINERS)


def _video(check: Check, block: Json, at: str) -> None:
    own = "block_id author_name description provider_name provider_icon_url title_url"
    check.fields(block, at, "alt_text title thumbnail_url video_url", own)
    check.text(block, "title", at, 200, PLAIN)


def _task_card(check: Check, block: Json, at: str) -> None:
    check.fields(block, at, "title", "block_id task_id status details output sources")
    check.string(block, "title", at, 3000)
    check.one_of(block, "status", at, ("in_progress", "complete", "error"))


def _plan(check: Check, block: Json, at: str) -> None:
    check.fields(block, at, "title", "block_id plan_id tasks")
    check.string(block, "title", at, 3000)


RULES: dict[str, tuple[tuple[str, ...], Callable[[Check, Json, str], None]]] = {
    "section": (EVERYWHERE, _section),
    "header": (EVERYWHERE, _header),
    "divider": (EVERYWHERE, _divider),
    "actions": (EVERYWHERE, _actions),
    "context": (EVERYWHERE, _context),
    "context_actions": (MESSAGE, _context_actions),
    "input": (EVERYWHERE, _input),
    "image": (EVERYWHERE, _image),
    "markdown": (MESSAGE, _markdown),
    "table": (NOT_IN_MODALS, check_table),
    "data_table": (NOT_IN_MODALS, check_data_table),
    "data_visualization": (MESSAGE, check_chart),
    "alert": (("modal",), _alert),
    "card": (EVERYWHERE, _card),
    "carousel": (NOT_IN_MODALS, _carousel),
    "container": (NOT_IN_MODALS, _container),
    "plan": (MESSAGE, _plan),
    "task_card": (MESSAGE, _task_card),
    "video": (EVERYWHERE, _video),
    "rich_text": (EVERYWHERE, check_rich_text),
}
