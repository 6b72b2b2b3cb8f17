"""How a letter reaches Slack: its place is opened, its words or its file are handed over, or looked for.

Nothing here decides what a failure means or whether anything is sent again; that is the outbox's.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import outcomes
from bot.pictures.picture import Picture
from bot.views.message import Blocks, Message, hung

log = logging.getLogger(__name__)

CALL_TIMEOUT = timedelta(seconds=10)
PEOPLE = ("U", "W")  # how the ids of people begin
SEVERAL = ","  # stands between the ids of people who are written to together
READBACK_PAGES = 10
READBACK_MARGIN = timedelta(seconds=60)
PICTURE_PAUSE = timedelta(seconds=2)  # what Slack may need before an uploaded picture can be shown
LOOKS = (timedelta(0), timedelta(seconds=0.5), timedelta(seconds=1), timedelta(seconds=2))

Say = Callable[[Blocks], Awaitable[Mapping[str, Any]]]


@dataclass(frozen=True)
class Attachment:
    """A file that a letter brings along: its name on the reader's machine, its bytes, what it is called."""

    name: str
    content: bytes
    title: str


@dataclass(frozen=True)
class Letter:
    """A message and where it goes: a channel's or a person's Slack id, or several people's joined by commas.

    With a `file` the message's text goes along as its comment, without blocks, and is never redrawn. A
    `picture` stands inside the message, where that has a place for it.
    """

    to: str
    message: Message
    file: Attachment | None = None
    picture: Picture | None = None


def is_people(to: str) -> bool:
    """Whether a letter goes to one person or several, not to a conversation that has an id already."""
    return to.startswith(PEOPLE)


class NotHandedOver(Exception):
    """Something failed before Slack was asked to show anything: it costs nothing to try again."""


class Posting:
    """Makes the calls. `poster` must not retry by itself: a retried post is a second post."""

    def __init__(self, poster: AsyncWebClient, reader: AsyncWebClient) -> None:
        self._poster = poster
        self._reader = reader

    async def room(self, to: str) -> str:
        """The conversation with one person or with several, opened; doing it twice changes nothing.

        Raises:
            aiohttp.ClientPayloadError: the answer names no conversation.
        """
        async with asyncio.timeout(CALL_TIMEOUT.total_seconds()):
            answer = await self._reader.conversations_open(users=to.split(SEVERAL))
        channel = (answer.get("channel") or {}).get("id")
        if not channel:
            raise aiohttp.ClientPayloadError("the answer is no answer to conversations.open")
        return str(channel)

    async def post(
        self, to: str, message: Message, nonce: str, picture_id: str | None = None
    ) -> Mapping[str, Any]:
        """Slack's answer; a plain refusal of the place or of newer blocks is met once with another way."""
        metadata = {"event_type": "delivery", "event_payload": {"k": nonce}}

        async def say(blocks: Blocks) -> Mapping[str, Any]:
            try:
                return await self._say(to, message.text, blocks, metadata)
            except SlackApiError as error:
                if outcomes.verdict(error).code != "channel_not_found" or not is_people(to):
                    raise
                log.info("sent to the opened direct message")
                return await self._say(await self.room(to), message.text, blocks, metadata)

        return await _as_well_as_may_be(say, message, picture_id)

    async def _say(
        self, to: str, text: str, blocks: list[dict[str, Any]], metadata: dict[str, Any]
    ) -> Mapping[str, Any]:
        async with asyncio.timeout(CALL_TIMEOUT.total_seconds()):
            response = await self._poster.chat_postMessage(
                channel=to,
                text=text,
                blocks=blocks,
                metadata=metadata,
                unfurl_links=False,
                unfurl_media=False,
            )
        if not isinstance(response.data, dict) or "ts" not in response.data:
            raise aiohttp.ClientPayloadError("the answer is no answer to chat.postMessage")
        return response.data

    async def upload(self, file: Attachment) -> str:
        """Bring a file's bytes to Slack, where nobody sees them yet; its id.

        Raises:
            NotHandedOver: the bytes did not plainly arrive.
        """
        async with asyncio.timeout(CALL_TIMEOUT.total_seconds()):
            promised = await self._poster.files_getUploadURLExternal(
                filename=file.name, length=len(file.content)
            )
        address, file_id = promised.get("upload_url"), promised.get("file_id")
        if not address or not file_id:
            raise NotHandedOver("no place for a file was promised")
        session = self._poster.session
        if session is None:
            raise NotHandedOver("the client has no session to upload with")
        async with (
            asyncio.timeout(CALL_TIMEOUT.total_seconds()),
            session.post(str(address), data=file.content) as taken,
        ):
            if taken.status != 200:
                raise NotHandedOver(f"the upload was answered with {taken.status}")
        return str(file_id)

    async def upload_picture(self, file: Attachment) -> str:
        """Bring a picture to Slack, where nobody sees it before a message shows it; its id.

        Raises:
            NotHandedOver: the bytes did not plainly arrive.
        """
        file_id = await self.upload(file)
        await self._complete(file_id, file.title)
        for pause in LOOKS:
            await asyncio.sleep(pause.total_seconds())
            if await self._is_known(file_id):
                break
        return file_id

    async def _is_known(self, file_id: str) -> bool:
        """Whether Slack has looked at a file by now: before it has, the kind of the file is empty."""
        try:
            async with asyncio.timeout(CALL_TIMEOUT.total_seconds()):
                answer = await self._reader.files_info(file=file_id)
        except outcomes.CALL_ERRORS as error:
            log.info("whether a picture is ready is not to be known: %s", outcomes.verdict(error).code)
            return True
        return bool((answer.get("file") or {}).get("mimetype"))

    async def drop(self, file_id: str) -> None:
        """Delete a file that no message shows any more; one that stays does no harm."""
        try:
            async with asyncio.timeout(CALL_TIMEOUT.total_seconds()):
                await self._reader.files_delete(file=file_id)
        except outcomes.CALL_ERRORS as error:
            log.info("an older picture was not deleted: %s", outcomes.verdict(error).code)

    async def show(self, channel: str, file_id: str, title: str, comment: str) -> None:
        """Show an uploaded file in a conversation, with a comment."""
        await self._complete(file_id, title, channel_id=channel, initial_comment=comment)

    async def _complete(self, file_id: str, title: str, **place: Any) -> None:
        async with asyncio.timeout(CALL_TIMEOUT.total_seconds()):
            answer = await self._poster.files_completeUploadExternal(
                files=[{"id": file_id, "title": title}], **place
            )
        if not isinstance(answer.data, dict) or not answer.data.get("files"):
            raise aiohttp.ClientPayloadError("the answer is no answer to files.completeUploadExternal")

    async def redraw(self, channel: str, ts: str, message: Message, picture_id: str | None = None) -> None:
        """Draw a message again; with older blocks where newer ones are refused."""

        async def change(blocks: Blocks) -> Mapping[str, Any]:
            async with asyncio.timeout(CALL_TIMEOUT.total_seconds()):
                await self._poster.chat_update(
                    channel=channel, ts=ts, text=message.text, blocks=blocks, parse="none"
                )
            return {}

        await _as_well_as_may_be(change, message, picture_id)

    async def find_message(
        self, channel: str, nonce: str, since: datetime, known: Collection[str]
    ) -> str | None:
        """The timestamp of the message with this key in the channel's history.

        Our key in the metadata decides. A server that gives no metadata back at all leaves one clue: a
        message of ours, `since` then, that belongs to no other delivery (`known`). A file of ours has no
        metadata anywhere, so it is no clue.
        """
        me = (await self._reader.auth_test()).get("user_id")
        unnamed = None

        def is_it(message: Mapping[str, Any]) -> bool:
            nonlocal unnamed
            key = ((message.get("metadata") or {}).get("event_payload") or {}).get("k")
            ours = message.get("user") == me or message.get("bot_id")
            bare = not message.get("metadata") and not message.get("files")
            if bare and ours and message["ts"] not in known:
                unnamed = str(message["ts"])
            return bool(key == nonce)

        return await self._look(channel, since, is_it) or unnamed

    async def find_file(self, channel: str, file_id: str, since: datetime) -> str | None:
        """The timestamp of the message that shows this file in the channel's history."""
        return await self._look(
            channel,
            since,
            lambda message: any(file.get("id") == file_id for file in message.get("files") or []),
        )

    async def _look(
        self, channel: str, since: datetime, is_it: Callable[[Mapping[str, Any]], bool]
    ) -> str | None:
        oldest = f"{(since - READBACK_MARGIN).timestamp():.6f}"
        cursor: str | None = None
        for _ in range(READBACK_PAGES):
            page = await self._reader.conversations_history(
                channel=channel, oldest=oldest, include_all_metadata=True, limit=100, cursor=cursor
            )
            found = next((message for message in page.get("messages") or [] if is_it(message)), None)
            if found is not None:
                return str(found["ts"])
            cursor = ((page.get("response_metadata") or {}).get("next_cursor")) or None
            if cursor is None:
                break
        return None


async def _as_well_as_may_be(say: Say, message: Message, picture_id: str | None) -> Mapping[str, Any]:
    """Say it as well as Slack takes it: with its picture, without, or with older blocks."""
    try:
        if message.pictured is not None and picture_id:
            return await _with_picture(say, message.pictured, message.blocks, picture_id)
        return await say(message.blocks)
    except SlackApiError as error:
        if outcomes.verdict(error).code not in outcomes.NEWER_BLOCKS_REFUSED or message.plainer is None:
            raise
        log.info("newer blocks refused, older ones it is")
        return await say(message.plainer)


async def _with_picture(say: Say, pictured: Blocks, without: Blocks, picture_id: str) -> Mapping[str, Any]:
    """Say it with its picture, once more after a pause if Slack does not have it yet, and else without."""
    for pause in (PICTURE_PAUSE.total_seconds(), 0):
        try:
            return await say(hung(pictured, picture_id))
        except SlackApiError as error:
            if not outcomes.refuses_picture(error):
                raise
            log.info("the picture is refused")
        await asyncio.sleep(pause)
    return await say(without)
