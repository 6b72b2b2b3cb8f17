"""The limits of interactive elements."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.workspace.limits.check import BOTH, PLAIN, Check
from bot.workspace.state.models import Json

IDS = "action_id "
CHOICE = IDS + "confirm focus_on_load "
SELECT = CHOICE + "placeholder "
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
FILE_TYPE = re.compile(r"[A-Za-z0-9]+")  # an extension without its dot
STYLES = ("primary", "danger")
SELECTS = ("static_select", "external_select", "users_select", "conversations_select", "channels_select")
MULTI_SELECTS = tuple(f"multi_{name}" for name in SELECTS)
PICKERS = ("datepicker", "timepicker")
TYPED = ("plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input")
IN_SECTION = (
    "button",
    "image",
    "checkboxes",
    "radio_buttons",
    "overflow",
    *SELECTS,
    *MULTI_SELECTS,
    *PICKERS,
    "workflow_button",
)
IN_ACTIONS = (
    "button",
    "checkboxes",
    "radio_buttons",
    "overflow",
    *SELECTS,
    *PICKERS,
    "datetimepicker",
    "workflow_button",
)
IN_INPUT = (
    "checkboxes",
    "radio_buttons",
    *SELECTS,
    *MULTI_SELECTS,
    *PICKERS,
    "datetimepicker",
    *TYPED,
    "file_input",
)


def check_element(check: Check, element: Json, at: str, allowed: tuple[str, ...]) -> None:
    """Check one element, which must be of a type that its block may hold."""
    kind = element.get("type")
    rule = RULES.get(str(kind))
    if rule is None or kind not in allowed:
        check.fail(f"{at}/type", f"unsupported type: {kind}")
        return
    check.string(element, "action_id", at, 255)
    check.text(element, "placeholder", at, 150, PLAIN)
    check.flag(element, "focus_on_load", at)
    if element.get("confirm") is not None:
        _confirm(check, element["confirm"], f"{at}/confirm")
    rule(check, element, at)


def _confirm(check: Check, confirm: object, at: str) -> None:
    if not isinstance(confirm, dict):
        check.fail(at, "must be an object")
        return
    check.fields(confirm, at, "title text confirm deny", "style")
    check.text(confirm, "title", at, 100, PLAIN)
    check.text(confirm, "text", at, 300)
    check.text(confirm, "confirm", at, 30, PLAIN)
    check.text(confirm, "deny", at, 30, PLAIN)
    check.one_of(confirm, "style", at, STYLES)


def _button(check: Check, element: Json, at: str) -> None:
    check.fields(element, at, "text", IDS + "url value style confirm accessibility_label agent_prompt")
    check.text(element, "text", at, 75, PLAIN)
    check.string(element, "value", at, 2000, least=0)
    check.string(element, "url", at, 3000)
    check.string(element, "accessibility_label", at, 75)
    check.one_of(element, "style", at, STYLES)


def _workflow_button(check: Check, element: Json, at: str) -> None:
    check.fields(element, at, "text workflow", IDS + "style accessibility_label")
    check.text(element, "text", at, 75, PLAIN)


def _icon_button(check: Check, element: Json, at: str) -> None:
    check.fields(element, at, "icon text", IDS + "value confirm accessibility_label visible_to_user_ids")
    check.text(element, "text", at, 75, PLAIN)
    check.string(element, "value", at, 2000, least=0)


def _feedback(check: Check, element: Json, at: str) -> None:
    check.fields(element, at, "positive_button negative_button", IDS)
    for name in ("positive_button", "negative_button"):
        button = element.get(name)
        if isinstance(button, dict):
            check.fields(button, f"{at}/{name}", "text value", "accessibility_label")
            check.text(button, "text", f"{at}/{name}", 75, PLAIN)


def _image(check: Check, element: Json, at: str) -> None:
    check.fields(element, at, "alt_text", "image_url slack_file")
    check.picture(element, at)


def _options(
    check: Check, node: Json, at: str, most: int, kinds: tuple[str, ...], *, least: int = 1
) -> list[Json]:
    found = check.objects(node, "options", at, most, least)
    for option, place in found:
        _option(check, option, place, kinds)
    return [option for option, _ in found]


def _option(check: Check, option: Json, at: str, kinds: tuple[str, ...], *, url: bool = False) -> None:
    check.fields(option, at, "text value", "description" + (" url" if url else ""))
    check.text(option, "text", at, 75, kinds)
    check.text(option, "description", at, 75, kinds)
    check.string(option, "value", at, 150)
    check.string(option, "url", at, 3000)


def _initial_options(check: Check, element: Json, at: str, options: list[Json]) -> None:
    for initial, place in check.items(element, "initial_options", at, max(len(options), 1)):
        if initial not in options:
            check.fail(place, "initial option must exactly match one of the options")


def _initial_option(check: Check, element: Json, at: str, options: list[Json]) -> None:
    initial = element.get("initial_option")
    if initial is not None and initial not in options:
        check.fail(f"{at}/initial_option", "initial option must exactly match one of the options")


def _checkboxes(check: Check, element: Json, at: str) -> None:
    check.fields(element, at, "options", CHOICE + "initial_options")
    _initial_options(check, element, at, _options(check, element, at, 10, BOTH))


def _radio_buttons(check: Check, element: Json, at: str) -> None:
    check.fields(element, at, "options", CHOICE + "initial_option")
    _initial_option(check, element, at, _options(check, element, at, 10, BOTH))


def _overflow(check: Check, element: Json, at: str) -> None:
    check.fields(element, at, "options", IDS + "confirm")
    for option, place in check.objects(element, "options", at, 5):
        _option(check, option, place, PLAIN, url=True)


def _menu(check: Check, element: Json, at: str) -> list[Json]:
    if (element.get("options") is None) == (element.get("option_groups") is None):
        check.fail(at, "must have exactly one of: options, option_groups")
    options = _options(check, element, at, 100, PLAIN)
    for group, place in check.objects(element, "option_groups", at, 100):
        check.fields(group, place, "label options")
        check.text(group, "label", place, 75, PLAIN)
        options += _options(check, group, place, 100, PLAIN)
    return options


def _static_select(check: Check, element: Json, at: str) -> None:
    check.fields(element, at, "", SELECT + "options option_groups initial_option")
    _initial_option(check, element, at, _menu(check, element, at))


def _multi_static_select(check: Check, element: Json, at: str) -> None:
    check.fields(element, at, "", SELECT + "options option_groups initial_options max_selected_items")
    _initial_options(check, element, at, _menu(check, element, at))
    check.whole(element, "max_selected_items", at, 1, 100)


def _external_select(check: Check, element: Json, at: str) -> None:
    check.fields(element, at, "", SELECT + "initial_option min_query_length")


def _multi_external_select(check: Check, element: Json, at: str) -> None:
    check.fields(element, at, "", SELECT + "initial_options min_query_length max_selected_items")
    check.objects(element, "initial_options", at, 100)


def _picks(*own: str) -> Callable[[Check, Json, str], None]:
    def rule(check: Check, element: Json, at: str) -> None:
        check.fields(element, at, "", SELECT + " ".join(own))
        check.whole(element, "max_selected_items", at, 1, 100)
        for name in own:
            if name.startswith("initial_") and name.endswith("s"):
                check.items(element, name, at, 100)

    return rule


def _datepicker(check: Check, element: Json, at: str) -> None:
    check.fields(element, at, "", SELECT + "initial_date")
    value = element.get("initial_date")
    if value is not None and not _is_date(value):
        check.fail(f"{at}/initial_date", "must be a date in the format YYYY-MM-DD")


def _is_date(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _timepicker(check: Check, element: Json, at: str) -> None:
    check.fields(element, at, "", SELECT + "initial_time timezone")
    value = element.get("initial_time")
    if value is not None and not (isinstance(value, str) and TIME.fullmatch(value)):
        check.fail(f"{at}/initial_time", "must be a time in the format HH:mm")
    zone = element.get("timezone")
    if zone is not None and not _is_zone(zone):
        check.fail(f"{at}/timezone", "must be an IANA time zone")


def _is_zone(name: object) -> bool:
    try:
        ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _datetimepicker(check: Check, element: Json, at: str) -> None:
    check.fields(element, at, "", CHOICE + "initial_date_time")
    if check.surface == "home":
        check.fail(f"{at}/type", "unsupported type: datetimepicker")
    check.whole(element, "initial_date_time", at, 1_000_000_000, 9_999_999_999)


def _plain_text_input(check: Check, element: Json, at: str) -> None:
    own = "initial_value multiline min_length max_length dispatch_action_config placeholder focus_on_load"
    check.fields(element, at, "", IDS + own)
    check.string(element, "initial_value", at, 3000, least=0)
    check.whole(element, "min_length", at, 0, 3000)
    check.whole(element, "max_length", at, 1, 3000)
    least, most = element.get("min_length"), element.get("max_length")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        check.fail(f"{at}/min_length", "must not be greater than max_length")
    check.flag(element, "multiline", at)


def _line_input(check: Check, element: Json, at: str) -> None:
    check.fields(element, at, "", IDS + "initial_value dispatch_action_config placeholder focus_on_load")
    check.string(element, "initial_value", at, 3000, least=0)


def _number_input(check: Check, element: Json, at: str) -> None:
    own = "initial_value min_value max_value dispatch_action_config placeholder focus_on_load"
    check.fields(element, at, "is_decimal_allowed", IDS + own)
    check.flag(element, "is_decimal_allowed", at)
    for name in ("initial_value", "min_value", "max_value"):
        value = element.get(name)
        if value is not None and not (isinstance(value, str) and _is_number(value)):
            check.fail(f"{at}/{name}", "must be a number written as a string")


def _is_number(value: str) -> bool:
    try:
        return Decimal(value).is_finite()
    except InvalidOperation:
        return False


def _rich_text_input(check: Check, element: Json, at: str) -> None:
    own = "initial_value dispatch_action_config placeholder focus_on_load min_lines max_lines"
    check.fields(element, at, "", IDS + own)
    check.whole(element, "min_lines", at, 1, 100)
    check.whole(element, "max_lines", at, 1, 100)


def _file_input(check: Check, element: Json, at: str) -> None:
    check.fields(element, at, "", IDS + "filetypes max_files")
    if check.surface != "modal":
        check.fail(f"{at}/type", "unsupported type: file_input")
    check.whole(element, "max_files", at, 1, 10)
    for kind, place in check.items(element, "filetypes", at, 100):
        if not isinstance(kind, str) or not FILE_TYPE.fullmatch(kind):
            check.fail(place, "must be a file extension")


CONVERSATIONS = ("default_to_current_conversation", "filter")
URL_ENABLED = "response_url_enabled"
RULES: dict[str, Callable[[Check, Json, str], None]] = {
    "button": _button,
    "workflow_button": _workflow_button,
    "icon_button": _icon_button,
    "feedback_buttons": _feedback,
    "image": _image,
    "checkboxes": _checkboxes,
    "radio_buttons": _radio_buttons,
    "overflow": _overflow,
    "static_select": _static_select,
    "multi_static_select": _multi_static_select,
    "external_select": _external_select,
    "multi_external_select": _multi_external_select,
    "users_select": _picks("initial_user"),
    "multi_users_select": _picks("initial_users", "max_selected_items"),
    "conversations_select": _picks("initial_conversation", URL_ENABLED, *CONVERSATIONS),
    "multi_conversations_select": _picks("initial_conversations", "max_selected_items", *CONVERSATIONS),
    "channels_select": _picks("initial_channel", URL_ENABLED),
    "multi_channels_select": _picks("initial_channels", "max_selected_items"),
    "datepicker": _datepicker,
    "timepicker": _timepicker,
    "datetimepicker": _datetimepicker,
    "plain_text_input": _plain_text_input,
    "email_text_input": _line_input,
    "url_text_input": _line_input,
    "number_input": _number_input,
    "rich_text_input": _rich_text_input,
    "file_input": _file_input,
}
