"""The picture of a letter as a file in Slack: drawn, uploaded, remembered, cleared away.

Nobody sees a file before a message shows it, so every step may fail, and be done again, without harm: the
message then goes out without its picture. What was uploaded is written down before it is shown; the same
picture is never uploaded twice, and one that no message shows any more is deleted.
"""

import asyncio
import hashlib
import logging
from datetime import timedelta

from bot.outcomes import CALL_ERRORS
from bot.pictures.picture import Picture
from bot.posting import Attachment, Letter, NotHandedOver, Posting
from bot.store import deliveries
from bot.store.database import Database
from bot.store.tables import Delivery

log = logging.getLogger(__name__)

PATIENCE = timedelta(seconds=20)  # for drawing and uploading; the lease of the message goes on


class PictureFiles:
    """Sees to it that a letter's picture is in Slack when the letter is sent or drawn again."""

    def __init__(self, database: Database, posting: Posting) -> None:
        self._database = database
        self._posting = posting

    async def ready(self, delivery: Delivery, letter: Letter) -> str | None:
        """The id of the file that this letter is to show; None if it has no picture or that cannot be had."""
        if letter.picture is None or letter.message.pictured is None:
            return None
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                return await self._uploaded(delivery, letter.picture)
        except (*CALL_ERRORS, NotHandedOver) as error:
            log.warning("delivery %s: no picture, %s", delivery.id, type(error).__name__)
        except Exception:  # a picture that cannot be drawn must not keep the words from being sent
            log.exception("delivery %s: no picture", delivery.id)
        return None

    async def _uploaded(self, delivery: Delivery, picture: Picture) -> str | None:
        content = await asyncio.to_thread(picture.draw)
        digest = hashlib.sha256(content).hexdigest()
        async with self._database.read() as session:
            known = await deliveries.picture_of(session, delivery, digest)
        if known is not None:
            return known
        file_id = await self._posting.upload_picture(Attachment(picture.name, content, picture.name))
        async with self._database.write() as session:
            kept = await deliveries.keep_picture(session, delivery, file_id, digest)
        if kept:
            return file_id
        await self._posting.drop(file_id)  # the member has been forgotten meanwhile
        return None

    async def clear(self, delivery: Delivery, shown: str | None) -> None:
        """Delete the pictures that this message has shown before the one that it shows now."""
        if shown is None:
            return
        async with self._database.read() as session:
            others = await deliveries.other_pictures(session, delivery, shown)
        if not others:
            return
        for file_id in others:
            await self._posting.drop(file_id)
        async with self._database.write() as session:
            await deliveries.forget_pictures(session, delivery, others)
