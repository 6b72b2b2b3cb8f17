"""What the bot has said to one person alone, found and taken back as far as Slack lets it."""

import logging
from collections.abc import Iterable, Sequence

from slack_sdk.errors import SlackApiError

from bot.house import House
from bot.listeners.replying import FAILURES

log = logging.getLogger(__name__)

PAGE = 200
MOST_PAGES = 50
GONE = ("message_not_found", "file_not_found", "file_deleted", "channel_not_found")

Place = tuple[str, str]  # a message's channel and timestamp


async def to_person(house: House, user_id: str) -> list[Place]:
    """The bot's messages in its direct conversation with this person; none if Slack does not answer."""
    try:
        opened = await house.slack.conversations_open(users=user_id)
        channel = str((opened.get("channel") or {})["id"])
        return [(channel, ts) for ts in await _own(house, channel)]
    except (*FAILURES, KeyError) as error:
        log.warning("the messages to a person could not be listed: %s", type(error).__name__)
        return []


async def _own(house: House, channel: str) -> list[str]:
    """The timestamps of the bot's messages in a direct conversation, newest first."""
    found: list[str] = []
    cursor: str | None = None
    for _ in range(MOST_PAGES):
        page = await house.slack.conversations_history(channel=channel, limit=PAGE, cursor=cursor)
        found += [str(message["ts"]) for message in page.get("messages") or [] if message.get("bot_id")]
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
        if cursor is None:
            break
    return found


async def take_back(house: House, messages: Iterable[Place], files: Sequence[str]) -> int:
    """Delete messages and files of the bot's own, one after the other; how many messages are still there.

    One that is gone already counts as deleted. Slack says how fast this may go, and the client waits for it.
    """
    for file_id in files:
        try:
            await house.slack.files_delete(file=file_id)
        except FAILURES as error:
            log.info("a file was not deleted: %s", _code(error))
    left = 0
    for channel, ts in messages:
        try:
            await house.slack.chat_delete(channel=channel, ts=ts)
        except FAILURES as error:
            left += _code(error) not in GONE
            log.info("a message was not deleted: %s", _code(error))
    return left


def _code(error: BaseException) -> str:
    if isinstance(error, SlackApiError) and isinstance(error.response.data, dict):
        return str(error.response.data.get("error") or "")
    return type(error).__name__
