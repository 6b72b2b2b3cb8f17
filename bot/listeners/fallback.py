"""What nobody else listens to: acknowledged, noted, and answered where a person waits."""

import logging
import re
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.house import House
from bot.listeners.listening import Listening
from bot.listeners.replying import reply
from bot.views import errors

log = logging.getLogger(__name__)

ANY = re.compile(r".*", re.DOTALL)


def register(app: Listening) -> None:
    """Listen to the rest. Slack shows an error for whatever is not acknowledged, so this comes last."""
    app.action(ANY)(old_action)
    app.view(ANY)(acknowledge)
    app.view_closed(ANY)(acknowledge)
    app.command(ANY)(acknowledge)
    app.shortcut(ANY)(acknowledge)
    app.options(ANY)(no_options)
    app.event(re.compile(r".+", re.DOTALL))(ignore)


async def old_action(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """A button that this version no longer has, or a link button, which only wants an acknowledgement."""
    await ack()
    action = (body.get("actions") or [{}])[0]
    if action.get("url"):
        return
    log.info("an unknown action: %s", action.get("action_id"))
    await reply(house, body, errors.outdated())


async def acknowledge(ack: AsyncAck) -> None:
    """Nothing to do."""
    await ack()


async def no_options(ack: AsyncAck) -> None:
    """No menu of ours asks for its options."""
    await ack(options=[])


async def ignore() -> None:
    """An event that changes nothing here."""
