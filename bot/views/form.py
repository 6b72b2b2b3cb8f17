"""The parts of a modal: inputs with a label, and the modal around them.

Every input has its own block, whose only action is called `value`: a form is read by block id alone.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    DatePickerElement,
    DateTimePickerElement,
    InputBlock,
    InputInteractiveElement,
    NumberInputElement,
    OptionGroup,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticMultiSelectElement,
    StaticSelectElement,
    TimePickerElement,
    UserMultiSelectElement,
)
from slack_sdk.models.blocks.block_elements import FileInputElement
from slack_sdk.models.views import View

from bot.views.message import built, option, plain, section
from bot.views.words import escape

VALUE = "value"
Choice = tuple[str, str]  # what people read, what comes back


def modal(
    title: str,
    blocks: Sequence[Block],
    *,
    callback_id: str,
    submit: str | None,
    about: str = "",
    close: str = "Cancel",
) -> dict[str, Any]:
    """A modal; `about` comes back with the submission and says what the form was about."""
    view = View(
        type="modal",
        title=plain(title),
        submit=plain(submit) if submit else None,
        close=plain(close),
        callback_id=callback_id,
        private_metadata=about,
        blocks=built(blocks),
    )
    return view.to_dict()


def word(title: str, sentence: str, callback_id: str) -> dict[str, Any]:
    """A modal that only says something, in a form's place."""
    return modal(title, [section(escape(sentence))], callback_id=callback_id, submit=None, close="Close")


def _input(
    block_id: str, label: str, element: InputInteractiveElement, *, hint: str | None, optional: bool
) -> InputBlock:
    return InputBlock(
        block_id=block_id,
        label=plain(label),
        element=element,
        hint=plain(hint) if hint else None,
        optional=optional,
    )


def text(
    block_id: str,
    label: str,
    *,
    value: str | None = None,
    most: int = 500,
    multiline: bool = False,
    hint: str | None = None,
    optional: bool = False,
    placeholder: str | None = None,
) -> InputBlock:
    """Words."""
    element = PlainTextInputElement(
        action_id=VALUE,
        initial_value=value or None,
        max_length=most,
        multiline=multiline,
        placeholder=plain(placeholder) if placeholder else None,
    )
    return _input(block_id, label, element, hint=hint, optional=optional)


def number(
    block_id: str,
    label: str,
    *,
    value: float | None = None,
    decimal: bool = False,
    hint: str | None = None,
    optional: bool = False,
) -> InputBlock:
    """A number; its bounds are checked by who reads it, who can say what would be right."""
    element = NumberInputElement(
        action_id=VALUE,
        is_decimal_allowed=decimal,
        initial_value=None if value is None else f"{value:g}",
    )
    return _input(block_id, label, element, hint=hint, optional=optional)


def day(
    block_id: str, label: str, *, value: date | None = None, hint: str | None = None, optional: bool = False
) -> InputBlock:
    """A date."""
    element = DatePickerElement(action_id=VALUE, initial_date=value.isoformat() if value else None)
    return _input(block_id, label, element, hint=hint, optional=optional)


def clock(
    block_id: str, label: str, *, value: time | None = None, hint: str | None = None, optional: bool = False
) -> InputBlock:
    """A time of day."""
    element = TimePickerElement(action_id=VALUE, initial_time=value.strftime("%H:%M") if value else None)
    return _input(block_id, label, element, hint=hint, optional=optional)


def moment(
    block_id: str,
    label: str,
    *,
    value: datetime | None = None,
    hint: str | None = None,
    optional: bool = False,
) -> InputBlock:
    """A date and a time of day; Slack shows them in the reader's own zone."""
    element = DateTimePickerElement(
        action_id=VALUE, initial_date_time=int(value.timestamp()) if value else None
    )
    return _input(block_id, label, element, hint=hint, optional=optional)


def select(
    block_id: str,
    label: str,
    choices: Sequence[Choice],
    *,
    value: str | None = None,
    hint: str | None = None,
    optional: bool = False,
) -> InputBlock:
    """One of many, folded away."""
    options = {key: option(name, key) for name, key in choices}
    element = StaticSelectElement(
        action_id=VALUE, options=list(options.values()), initial_option=options.get(value or "")
    )
    return _input(block_id, label, element, hint=hint, optional=optional)


def grouped(
    block_id: str,
    label: str,
    groups: Sequence[tuple[str, Sequence[Choice]]],
    *,
    value: str | None = None,
    hint: str | None = None,
) -> InputBlock:
    """One of very many: up to a hundred options under each of up to a hundred titles."""
    options = {key: option(name, key) for _, choices in groups for name, key in choices}
    element = StaticSelectElement(
        action_id=VALUE,
        option_groups=[
            OptionGroup(label=plain(title), options=[options[key] for _, key in choices])
            for title, choices in groups
        ],
        initial_option=options.get(value or ""),
    )
    return _input(block_id, label, element, hint=hint, optional=False)


def radio(
    block_id: str,
    label: str,
    choices: Sequence[tuple[str, str] | tuple[str, str, str]],
    *,
    value: str | None = None,
    hint: str | None = None,
    optional: bool = False,
) -> InputBlock:
    """One of few, all in sight; a third part of a choice describes it."""
    options = {choice[1]: option(choice[0], choice[1], *choice[2:]) for choice in choices}
    element = RadioButtonsElement(
        action_id=VALUE, options=list(options.values()), initial_option=options.get(value or "")
    )
    return _input(block_id, label, element, hint=hint, optional=optional)


def boxes(
    block_id: str,
    label: str,
    choices: Sequence[Choice],
    *,
    values: Sequence[str] = (),
    hint: str | None = None,
    optional: bool = True,
) -> InputBlock:
    """Any of at most ten."""
    element = CheckboxesElement(action_id=VALUE, **_chosen(choices, values))
    return _input(block_id, label, element, hint=hint, optional=optional)


def _chosen(choices: Sequence[Choice], values: Sequence[str]) -> dict[str, Any]:
    """All choices as options, and those that are taken already."""
    options = {key: option(name, key) for name, key in choices}
    taken = [options[key] for key in values if key in options]
    return {"options": list(options.values()), "initial_options": taken or None}


def several(
    block_id: str,
    label: str,
    choices: Sequence[Choice],
    *,
    values: Sequence[str] = (),
    hint: str | None = None,
    optional: bool = True,
) -> InputBlock:
    """Any of many, folded away."""
    element = StaticMultiSelectElement(action_id=VALUE, **_chosen(choices, values))
    return _input(block_id, label, element, hint=hint, optional=optional)


def people(
    block_id: str,
    label: str,
    *,
    values: Sequence[str] = (),
    most: int | None = None,
    hint: str | None = None,
    optional: bool = True,
) -> InputBlock:
    """Any people of the workspace, by their Slack ids."""
    element = UserMultiSelectElement(
        action_id=VALUE, initial_users=list(values) or None, max_selected_items=most
    )
    return _input(block_id, label, element, hint=hint, optional=optional)


def files(block_id: str, label: str, *, most: int = 1, hint: str | None = None) -> InputBlock:
    """Files from the reader's own machine. Which kinds may come is checked by who reads them: Slack's own
    check knows only the kinds that Slack knows.
    """
    element = FileInputElement(action_id=VALUE, max_files=most)
    return _input(block_id, label, element, hint=hint, optional=False)
