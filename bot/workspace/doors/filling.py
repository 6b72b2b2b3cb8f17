"""Slack's own checks of a modal before its app hears of the submission."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from bot.workspace.state.elements import STATEFUL, is_empty
from bot.workspace.state.models import Json


def mistakes_in(view: Json) -> dict[str, str]:
    """Return what has to be put right before the modal can be submitted, by block."""
    mistakes: dict[str, str] = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            state = view["state"]["values"][block["block_id"]][block["element"]["action_id"]]
            if sentence := _mistake(block, state):
                mistakes[block["block_id"]] = sentence
    return mistakes


def _mistake(block: Json, state: Json) -> str:
    element = block["element"]
    if is_empty(state):
        return "" if block.get("optional") else "Please complete this required field."
    value = state[STATEFUL[element["type"]][0]]
    if element["type"] == "number_input":
        return _number_mistake(element, str(value))
    if element["type"] == "file_input" and len(value) > element.get("max_files", 10):
        return f"Please add at most {element.get('max_files', 10)} files."
    if isinstance(value, str):
        return _length_mistake(element, value)
    return ""


def _length_mistake(element: Json, value: str) -> str:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if len(value) < least:
        return f"Please enter at least {least} characters."
    if len(value) > most:
        return f"Please enter at most {most} characters."
    if element["type"] == "url_text_input" and not value.startswith(("http://", "https://")):
        return "Please enter a valid URL."
    if element["type"] == "email_text_input" and "@" not in value.strip("@"):
        return "Please enter a valid email address."
    return ""


def _number_mistake(element: Json, value: str) -> str:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return "Please enter a valid number."
    if not number.is_finite():
        return "Please enter a valid number."
    if not element.get("is_decimal_allowed") and number != number.to_integral_value():
        return "Please enter a whole number."
    if "min_value" in element and number < Decimal(element["min_value"]):
        return f"Please enter a number that is at least {element['min_value']}."
    if "max_value" in element and number > Decimal(element["max_value"]):
        return f"Please enter a number that is at most {element['max_value']}."
    return ""
