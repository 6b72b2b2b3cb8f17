"""What the bot owes: claimed, sent, confirmed, redrawn. At most one message for each row, whatever fails.

A row is claimed and committed before Slack is called; the call is made outside of any transaction; a lost
answer makes the row "unknown", and reading the channel back settles it. What cannot be settled is held, not
repeated: a missed message is less bad than a double one.
"""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot import outcomes
from bot.outcomes import CALL_ERRORS, CallError, Outcome, Verdict
from bot.pace import Pace
from bot.picture_files import PictureFiles
from bot.posting import CALL_TIMEOUT, SEVERAL, Attachment, Letter, NotHandedOver, Posting, is_people
from bot.store import deliveries
from bot.store.database import Database
from bot.store.tables import Delivery

__all__ = ["SETTLE", "Attachment", "Composer", "GivenUp", "Letter", "Outbox"]

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
SETTLE = timedelta(seconds=180)
READBACKS = 3
ATTEMPTS_TO_COMPOSE = 5
IDLE = 2.0  # seconds between looks when nobody wakes us


Composer = Callable[[AsyncSession, Delivery, datetime], Awaitable[Letter | None]]
GivenUp = Callable[[AsyncSession, Delivery], Awaitable[None]]


class Outbox:
    """Sends what is owed and redraws what has changed.

    `poster` must not retry by itself: a retried post is a second post. `compose` makes a delivery's letter
    from the database at the moment of sending; it answers none when there is nothing to say any more.
    `settled` is told of whom a delivery was that was sent, redrawn or given up; `given_up` says by kind what
    is done when Slack has refused one for good, in the same transaction.
    """

    def __init__(
        self,
        database: Database,
        compose: Mapping[str, Composer],
        *,
        poster: AsyncWebClient,
        reader: AsyncWebClient,
        now: Callable[[], datetime],
        redraws: Pace,
        settled: Callable[[str], None] = lambda _whom: None,
        given_up: Mapping[str, GivenUp] = MappingProxyType({}),
    ) -> None:
        self._database = database
        self._compose = compose
        self._posting = Posting(poster, reader)
        self._pictures = PictureFiles(database, self._posting)
        self._now = now
        self._redraw_pace = redraws
        self._settled, self._given_up = settled, given_up
        self._owner = secrets.token_hex(8)
        self._to_send, self._to_draw = asyncio.Event(), asyncio.Event()
        self._sending = asyncio.Lock()
        self._drawing = asyncio.Lock()
        self._stopping = False

    def wake(self) -> None:
        """Something was committed that may be sent or redrawn now."""
        self._to_send.set()
        self._to_draw.set()

    async def run(self) -> None:
        """Send and redraw as things come, until cancelled; neither waits for the other."""
        async with asyncio.TaskGroup() as both:
            both.create_task(self._keep_at(self.send_due, self._to_send))
            both.create_task(self._keep_at(self.redraw_due, self._to_draw))

    async def _keep_at(self, work: Callable[[], Awaitable[None]], awake: asyncio.Event) -> None:
        while not self._stopping:
            awake.clear()
            try:
                await work()
            except Exception:  # a locked database, say: what is owed stays owed, and we look again
                log.exception("this round of sending failed")
            # Not `wait_for`: on Python 3.11 it may swallow a cancellation that comes with the wake-up.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(IDLE):
                    await awake.wait()

    async def finish(self, seconds: float) -> None:
        """Begin nothing new and wait for the call that is under way, but not for ever."""
        self._stopping = True
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds), self._sending, self._drawing:
                return

    async def drain(self) -> None:
        """Do all that can be done now."""
        await self.send_due()
        await self.redraw_due()

    async def send_due(self) -> None:
        """Send everything that is due, oldest first, and settle what is in doubt."""
        async with self._sending:
            while not self._stopping and (delivery := await self._claim()) is not None:
                await self._deliver(delivery)
            await self._settle_unknown()

    async def redraw_due(self) -> None:
        """Draw every message again that has changed, each once, as it now stands."""
        async with self._drawing:
            async with self._database.read() as session:
                waiting = await deliveries.redraws(session, self._now())
            for delivery in waiting:
                await self._redraw_pace.wait()
                if self._stopping:
                    return
                await self._redraw(delivery)

    # Sending

    async def _claim(self) -> Delivery | None:
        now = self._now()
        async with self._database.read() as session:
            if not await deliveries.is_waiting(session, now):
                return None
        async with self._database.write() as session:
            await deliveries.doubt_expired(session, now)
            return await deliveries.claim(session, now, owner=self._owner, lease=LEASE)

    async def _deliver(self, delivery: Delivery) -> None:
        if self._now() >= delivery.expires_at:
            log.warning("delivery %s (%s) skipped: late", delivery.id, delivery.kind)
            await self._move(delivery, "skipped", reason="late")
            return
        letter = await self._letter(delivery)
        if letter is None:
            return
        await self._post(delivery, letter)

    async def _letter(self, delivery: Delivery) -> Letter | None:
        try:
            async with self._database.write() as session:
                letter = await self._compose[delivery.kind](session, delivery, self._now())
        except Exception:  # one message that cannot be written must not keep the others from being sent
            log.exception("delivery %s (%s) could not be composed", delivery.id, delivery.kind)
            gone = delivery.attempt >= ATTEMPTS_TO_COMPOSE
            later = self._now() + outcomes.OUTAGE
            await self._move(
                delivery, "failed" if gone else "planned", reason="not_composed", not_before=later
            )
            return None
        if letter is None:
            await self._move(delivery, "skipped", reason="nothing to say")
        return letter

    def _lease_left(self, delivery: Delivery) -> timedelta:
        return (delivery.lease_until or delivery.due_at) - self._now()

    async def _post(self, delivery: Delivery, letter: Letter) -> None:
        """Hand the letter over: the place first, then a file's bytes; only the last call shows anything."""
        channel = letter.to
        try:
            if SEVERAL in letter.to or (letter.file is not None and is_people(letter.to)):
                channel = await self._posting.room(letter.to)
            file_id = await self._posting.upload(letter.file) if letter.file else None
        except (*CALL_ERRORS, NotHandedOver) as error:
            await self._not_begun(delivery, error)
            return
        picture = await self._pictures.ready(delivery, letter)
        if not await self._may_call(delivery, file_id):
            return
        try:
            if letter.file and file_id:
                await self._posting.show(channel, file_id, letter.file.title, letter.message.text)
                sent: Mapping[str, Any] = {}
            else:
                sent = await self._posting.post(channel, letter.message, delivery.nonce, picture)
        except CALL_ERRORS as error:
            await self._failed(delivery, channel, outcomes.verdict(error), error)
            return
        await self._move(delivery, "sent", channel=sent.get("channel") or channel, ts=sent.get("ts"))
        await self._pictures.clear(delivery, picture)

    async def _may_call(self, delivery: Delivery, file_id: str | None) -> bool:
        """Whether the call that shows something may be made; a file's id is written down before it."""
        if file_id is not None:
            async with self._database.write() as session:
                if not await deliveries.move(session, delivery, "sending", file_id=file_id):
                    log.warning("delivery %s: somebody else has it; its file is not shown", delivery.id)
                    return False
        if self._lease_left(delivery) > CALL_TIMEOUT:
            return True
        log.warning("delivery %s: the lease ran out before the call", delivery.id)
        return False  # whoever finds the expired lease looks first whether it was sent

    async def _not_begun(self, delivery: Delivery, error: CallError | NotHandedOver) -> None:
        """Act on a failure before anything could be shown: what is in doubt there costs nothing to repeat."""
        if isinstance(error, NotHandedOver):
            verdict = Verdict(Outcome.NOT_SENT, "not_uploaded", outcomes.OUTAGE / 10)
        else:
            verdict = outcomes.verdict(error)
        if verdict.outcome is Outcome.UNKNOWN:
            verdict = Verdict(Outcome.NOT_SENT, verdict.code, outcomes.OUTAGE / 10)
        await self._failed(delivery, "", verdict, error)

    async def _failed(self, delivery: Delivery, to: str, verdict: Verdict, error: BaseException) -> None:
        """Act on a call that did not plainly succeed."""
        detail = getattr(getattr(error, "response", None), "data", None)
        hints = detail.get("response_metadata") if isinstance(detail, dict) else None
        log.warning(
            "delivery %s (%s): %s, %s %s",
            delivery.id,
            delivery.kind,
            verdict.outcome,
            verdict.code,
            hints or "",
        )
        later = self._now() + verdict.wait
        match verdict.outcome:
            case Outcome.UNKNOWN:
                channel = None if is_people(to) else to
                await self._move(
                    delivery, "unknown", reason=verdict.code, channel=channel, not_before=self._now()
                )
            case Outcome.REFUSED:
                await self._move(delivery, "failed", reason=verdict.code)
            case _:
                await self._move(delivery, "planned", reason=verdict.code, not_before=later)

    async def _move(self, delivery: Delivery, state: str, **values: Any) -> None:
        async with self._database.write() as session:
            if not await deliveries.move(session, delivery, state, **values):
                log.warning("delivery %s: somebody else has it; nothing was changed", delivery.id)
            elif state in deliveries.GIVEN_UP and delivery.kind in self._given_up:
                await self._given_up[delivery.kind](session, delivery)
        self._settled(delivery.whom)

    # Settling doubt

    async def _settle_unknown(self) -> None:
        async with self._database.read() as session:
            doubtful = await deliveries.unknown(session, self._now(), settle=SETTLE)
        for delivery in doubtful:
            await self._settle(delivery)

    async def _settle(self, delivery: Delivery) -> None:
        """Look whether the message is there: found, absent, or not to be known."""
        try:
            channel = delivery.channel or await self._place_of(delivery)
            found = await self._find(delivery, channel) if channel else None
        except CALL_ERRORS as error:
            verdict = outcomes.verdict(error)
            log.warning("delivery %s: read-back failed, %s", delivery.id, verdict.code)
            await self._inconclusive(delivery, verdict)
            return
        except Exception:  # one message in doubt that cannot be looked up must not keep the others in doubt
            log.exception("delivery %s (%s) could not be looked up", delivery.id, delivery.kind)
            await self._inconclusive(delivery, Verdict(Outcome.UNKNOWN, "not_composed"))
            return
        if channel and found:
            await self._move(delivery, "sent", channel=channel, ts=found)
        elif self._now() >= delivery.expires_at:
            await self._move(delivery, "held", reason="late")
        else:
            log.info("delivery %s was never accepted; it is sent again", delivery.id)
            await self._move(delivery, "planned", not_before=self._now())

    async def _inconclusive(self, delivery: Delivery, verdict: Verdict) -> None:
        """Ask again later; after three times, or where reading is impossible, hold it for a human."""
        hopeless = verdict.outcome in (Outcome.REFUSED, Outcome.STOPPED)
        if hopeless or delivery.readbacks + 1 >= READBACKS:
            log.error("delivery %s (%s) is held: nobody can tell if it was sent", delivery.id, delivery.kind)
            await self._move(delivery, "held", reason=verdict.code)
            return
        later = self._now() + max(verdict.wait, timedelta(minutes=1))
        await self._move(delivery, "unknown", readbacks=delivery.readbacks + 1, not_before=later)

    async def _place_of(self, delivery: Delivery) -> str | None:
        """The channel of a message that was sent to a person or to several."""
        async with self._database.write() as session:
            letter = await self._compose[delivery.kind](session, delivery, self._now())
        if letter is None or not is_people(letter.to):
            return letter.to if letter else None
        return await self._posting.room(letter.to)

    async def _find(self, delivery: Delivery, channel: str) -> str | None:
        """The timestamp of this delivery's message in the channel's history; a file is known by its id."""
        claimed = delivery.claimed_at or delivery.due_at
        if delivery.file_id is not None:
            return await self._posting.find_file(channel, delivery.file_id, claimed)
        async with self._database.read() as session:
            known = await deliveries.known_timestamps(session, channel)
        return await self._posting.find_message(channel, delivery.nonce, claimed, known)

    # Redrawing

    async def _redraw(self, delivery: Delivery) -> None:
        try:
            async with self._database.write() as session:
                wanted = (await session.get_one(Delivery, delivery.id, populate_existing=True)).wanted
                letter = await self._compose[delivery.kind](session, delivery, self._now())
        except Exception:  # one message that cannot be written must not keep the others from being redrawn
            log.exception("delivery %s (%s) could not be redrawn", delivery.id, delivery.kind)
            await self._put_off(delivery, outcomes.OUTAGE)
            return
        if letter is None:
            await self._drawn(delivery, wanted)
            return
        picture = await self._pictures.ready(delivery, letter)
        try:
            await self._posting.redraw(delivery.channel or "", delivery.ts or "", letter.message, picture)
        except CALL_ERRORS as error:
            await self._not_redrawn(delivery, wanted, outcomes.verdict(error))
            return
        await self._drawn(delivery, wanted)
        await self._pictures.clear(delivery, picture)

    async def _not_redrawn(self, delivery: Delivery, wanted: int, verdict: Verdict) -> None:
        """Drawing again is harmless, so everything but a plain refusal is tried again."""
        log.warning("delivery %s (%s): not redrawn, %s", delivery.id, delivery.kind, verdict.code)
        if verdict.outcome is Outcome.REFUSED:
            await self._drawn(delivery, wanted)
            return
        await self._put_off(delivery, max(verdict.wait, timedelta(seconds=5)))

    async def _put_off(self, delivery: Delivery, wait: timedelta) -> None:
        async with self._database.write() as session:
            await deliveries.put_off(session, delivery, self._now() + wait)

    async def _drawn(self, delivery: Delivery, wanted: int) -> None:
        async with self._database.write() as session:
            await deliveries.redrawn(session, delivery, wanted)
        self._settled(delivery.whom)
