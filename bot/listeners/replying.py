"""Answering where the person is looking, and opening forms."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.house import House
from bot.listeners.actor import Actor, actor_of
from bot.outcomes import CALL_ERRORS, Outcome, verdict
from bot.views import errors
from bot.views.message import Message

log = logging.getLogger(__name__)

FAILURES = CALL_ERRORS
REPLY = {"event_type": "reply", "event_payload": {}}  # so that nobody takes it for a delivery in doubt
MOST_WAIT = timedelta(seconds=30)  # ours: an answer that Slack wants later than this comes too late to be one
TRIES = 4
TOO_LATE = ("expired_trigger_id", "trigger_expired", "exchanged_trigger_id", "invalid_trigger_id")


async def reply(house: House, body: dict[str, Any], message: Message, *, replace: bool = False) -> None:
    """Say something to the person who clicked, visible to nobody else.

    `replace` puts it in the place of the message that was clicked, if that was visible to them alone.
    """
    address = body.get("response_url")
    if address and await _through_response_url(str(address), message, replace=replace):
        return
    await tell(house, actor_of(body), message)


def is_ephemeral(body: dict[str, Any]) -> bool:
    """Whether only the person who clicked sees the message."""
    return bool((body.get("container") or {}).get("is_ephemeral"))


async def acknowledge(ack: AsyncAck, house: House, body: dict[str, Any], message: Message | None) -> None:
    """Acknowledge a click, then say what there is to say about it, if anything."""
    await ack()
    if message is not None:
        await reply(house, body, message)


async def tell(house: House, actor: Actor, message: Message, channel: str | None = None) -> None:
    """Say something to one person alone: in the channel where they are, else by direct message."""
    place = channel or actor.channel_id
    if place and not place.startswith("D"):
        try:
            await _when_slack_has_time(
                lambda: house.slack.chat_postEphemeral(
                    channel=place, user=actor.user_id, text=message.text, blocks=message.blocks
                )
            )
        except FAILURES as error:
            log.info("no ephemeral reply in %s: %s", place, verdict(error).code)
        else:
            return
    await write_to(house, actor.user_id, message)


async def write_to(house: House, user_id: str, message: Message) -> bool:
    """Say something to a person by direct message; whether Slack took it."""
    try:
        await _when_slack_has_time(
            lambda: house.slack.chat_postMessage(
                channel=user_id,
                text=message.text,
                blocks=message.blocks,
                metadata=REPLY,
                unfurl_links=False,
                unfurl_media=False,
            )
        )
    except FAILURES as error:
        log.warning("a message to %s did not arrive: %s", user_id, verdict(error).code)
        return False
    return True


async def _when_slack_has_time(call: Callable[[], Awaitable[object]]) -> None:
    """Make a call, again where Slack asks to wait a little: about one message a second goes to a channel.

    Such an answer says that nothing was sent, so that trying again never says something twice.
    """
    for left in reversed(range(TRIES)):
        try:
            await call()
        except FAILURES as error:
            judged = verdict(error)
            if judged.outcome is not Outcome.LATER or judged.wait > MOST_WAIT or not left:
                raise
            await asyncio.sleep(judged.wait.total_seconds())
        else:
            return


async def _through_response_url(address: str, message: Message, *, replace: bool) -> bool:
    try:
        answer = await AsyncWebhookClient(address, timeout=10).send(
            text=message.text,
            blocks=message.blocks,
            response_type="ephemeral",
            replace_original=replace,
            unfurl_links=False,
            unfurl_media=False,
        )
    except FAILURES as error:
        log.info("response_url failed: %s", type(error).__name__)
        return False
    return answer.status_code == 200


async def open_form(house: House, body: dict[str, Any], view: dict[str, Any], command: str) -> Message | None:
    """Open a modal for the person who asked; on top of another one if they are in a modal.

    The message to answer with if Slack would not open it, else none.
    """
    call = (
        house.slack.views_push if (body.get("view") or {}).get("type") == "modal" else house.slack.views_open
    )
    try:
        await call(trigger_id=body.get("trigger_id") or "", view=view)
    except SlackApiError as error:
        data = error.response.data if isinstance(error.response.data, dict) else {}
        code = data.get("error")
        log.warning("form %s did not open: %s %s", command, code, data.get("response_metadata"))
        if code in TOO_LATE:
            return errors.form_expired(command)
        raise
    return None
