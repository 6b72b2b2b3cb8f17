"""A finished message, and the few shapes that every screen is made of."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    HeaderBlock,
    InteractiveElement,
    MarkdownTextObject,
    Option,
    OverflowMenuElement,
    PlainTextObject,
    SectionBlock,
)

from bot.views.words import clip

HEADER_LIMIT, SECTION_LIMIT, OPTION_LIMIT, TEXT_LIMIT, ALT_LIMIT = 150, 2900, 75, 3900, 2000
Blocks = list[dict[str, Any]]


@dataclass(frozen=True)
class Message:
    """What is sent: blocks for the eye, `text` with the same substance for everybody else.

    `plainer` says the same with older blocks, for a Slack that refuses a newer one. `pictured` says it with a
    picture, for when that has been uploaded: its image block waits for the file's id, which `hung` puts in.
    """

    text: str
    blocks: Blocks = field(default_factory=list)
    plainer: Blocks | None = None
    pictured: Blocks | None = None


def built(blocks: Sequence[Block | dict[str, Any]]) -> Blocks:
    """Typed blocks as Slack's JSON."""
    return [block if isinstance(block, dict) else block.to_dict() for block in blocks]


def image(alt: str) -> dict[str, Any]:
    """The place of a picture that is uploaded before the message is sent."""
    return {"type": "image", "slack_file": {"id": ""}, "alt_text": clip(alt, ALT_LIMIT)}


def hung(blocks: Blocks, file_id: str) -> Blocks:
    """The blocks with the uploaded picture in its place."""
    return [{**block, "slack_file": {"id": file_id}} if "slack_file" in block else block for block in blocks]


def mrkdwn(text: str) -> MarkdownTextObject:
    """Our own markup; words of people are escaped before they come here, and nothing links by itself."""
    return MarkdownTextObject(text=text, verbatim=True)


def plain(text: str) -> PlainTextObject:
    """Text that never becomes markup or a mention."""
    return PlainTextObject(text=text, emoji=True)


def header(text: str) -> HeaderBlock:
    """The title of a screen."""
    return HeaderBlock(text=plain(clip(text, HEADER_LIMIT)))


def section(text: str, **kwargs: Any) -> SectionBlock:
    """A paragraph of our own markup."""
    return SectionBlock(text=mrkdwn(clip(text, SECTION_LIMIT)), **kwargs)


def said(text: str, **kwargs: Any) -> SectionBlock:
    """A paragraph of somebody's words."""
    return SectionBlock(text=plain(clip(text, SECTION_LIMIT)), **kwargs)


def context(text: str) -> ContextBlock:
    """A quiet line."""
    return ContextBlock(elements=[mrkdwn(clip(text, SECTION_LIMIT))])


def button(text: str, action_id: str, value: str, **kwargs: Any) -> ButtonElement:
    """A button whose text is a verb."""
    return ButtonElement(text=plain(text), action_id=action_id, value=value, **kwargs)


def actions(*elements: InteractiveElement) -> ActionsBlock:
    """A row of buttons and menus. Its id stays the same over redraws: a click meanwhile finds its button."""
    return ActionsBlock(elements=list(elements), block_id=f"row:{elements[0].action_id}")


def option(text: str, value: str, description: str | None = None) -> Option:
    """One choice in plain text."""
    note = plain(clip(description, OPTION_LIMIT)) if description else None
    return Option(text=plain(clip(text, OPTION_LIMIT)), value=value, description=note)


def overflow(action_id: str, choices: Sequence[tuple[str, str]]) -> OverflowMenuElement:
    """The rarer things to do, behind three dots."""
    return OverflowMenuElement(action_id=action_id, options=[option(text, value) for text, value in choices])
