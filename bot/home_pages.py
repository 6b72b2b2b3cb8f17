"""App Homes that stay true: looked at whenever they may have changed, published only where they have.

Opening the Home publishes it at once. Afterwards it is looked at when its owner did something, when the bot
sent or redrew something to them, and at their midnight. A look composes the page from the database and
compares a digest; only another page goes to Slack. What was asked for is a number in the database (`wanted`),
so ten ticks become one call and a restart forgets none.

Slack promises no order between two calls, so nobody's page is composed and published by two at a time: the
newest composition is the last one that Slack gets. Two bots on one database cannot promise that: the one that
finds that the other has published another page meanwhile looks once more.
"""

import asyncio
import contextlib
import functools
import hashlib
import itertools
import json
import logging
import secrets
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from weakref import WeakValueDictionary

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot import outcomes
from bot.home_retries import FIRST_RETRY, HomeRetries
from bot.outcomes import CALL_ERRORS, CallError, Outcome
from bot.pace import Pace
from bot.store import home_pages
from bot.store.database import Database
from bot.store.home_pages import Person

log = logging.getLogger(__name__)

REMEMBERED = timedelta(days=30)  # ours: who has not opened their Home for so long gets it when they open it
MINUTE = timedelta(minutes=1)
LULL = 0.5  # seconds in which a burst of ticks becomes one look
NO_REVISION = "h"


@dataclass(frozen=True)
class Page:
    """A Home as it stands: `draw` makes the view for a revision of its checkboxes, `ticked` are the goals
    that it shows as done. `is_member` is false for who is in no group: nothing is remembered of them.
    """

    draw: Callable[[str], dict[str, Any]]
    ticked: frozenset[int] = frozenset()
    is_member: bool = True

    @functools.cached_property
    def digest(self) -> str:
        """What tells two pages apart; the revision of the checkboxes does not count."""
        written = json.dumps(self.draw(NO_REVISION), sort_keys=True)
        return hashlib.sha256(written.encode()).hexdigest()


Composer = Callable[[AsyncSession, Person], Awaitable[Page]]


@dataclass(frozen=True)
class Shown:
    """What a person's client is believed to show: the revision of the checkboxes, and what is ticked."""

    revision: str
    ticked: frozenset[int]


class HomePages:
    """Publishes App Homes. `compose` reads a person's page in a transaction that may write."""

    def __init__(
        self, database: Database, slack: AsyncWebClient, now: Callable[[], datetime], pace: Pace
    ) -> None:
        self._database = database
        self._slack = slack
        self._now = now
        self._pace = pace
        self._compose: Composer | None = None
        self._people: set[Person] = set()
        self._whoms: set[str] = set()
        self._shown: dict[Person, Shown] = {}
        self._stale: set[Person] = set()  # whose client shows something that is not stored
        self._revisions = (f"h{secrets.token_hex(3)}-{number}" for number in itertools.count())
        self._locks: WeakValueDictionary[Person, asyncio.Lock] = WeakValueDictionary()
        self._retries = HomeRetries()
        self._followed: datetime | None = None  # up to when new days were asked for
        self._awake = asyncio.Event()
        self._drawing = asyncio.Lock()
        self._stopping = False

    def composed_by(self, compose: Composer) -> None:
        """Say how a page is made. It is said later than the rest, since what makes it needs us."""
        self._compose = compose

    # What may have changed

    def look(self, person: Person) -> None:
        """This person has done something; look at their Home soon, if they ever opened it."""
        self._people.add(person)
        self._awake.set()

    def look_at(self, whom: str) -> None:
        """A delivery or a timer of "m12", "g3", "s45" or "l6" was seen to; look at their Homes soon."""
        self._whoms.add(whom)
        self._awake.set()

    def wake(self) -> None:
        """A minute has passed, or the clock was moved: for some people a new day may have begun."""
        self._awake.set()

    def ticked(self, person: Person, offered: Collection[int], chosen: Collection[int]) -> None:
        """These goals were ticked in the Home itself: its checkboxes show it already and may stay."""
        if shown := self._shown.get(person):
            kept = (shown.ticked - frozenset(offered)) | frozenset(chosen)
            self._shown[person] = Shown(shown.revision, kept)

    def anew(self, person: Person) -> None:
        """Something was chosen in a menu that only opens doors: draw it again, with nothing chosen."""
        self._shown.pop(person, None)
        self._stale.add(person)
        self.look(person)

    # Publishing

    async def opened(self, person: Person) -> None:
        """Publish at once, whatever was published before; from now on the page follows what happens."""
        async with self._lock(person):
            async with self._database.write() as session:
                page = await self._composed(session, person)
                wanted, before = await self._remember(session, person, page)
            if self._retries.is_quiet:  # Slack asked to wait; whoever looks next publishes it
                self._awake.set()
                return
            await self._published(person, page, wanted, before)

    async def run(self) -> None:
        """Look and publish as things come, until cancelled; what changed while nobody ran comes first."""
        while not self._stopping:
            failed = not await self._safely(self.drain)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(FIRST_RETRY if failed else self._retries.next_try()):
                    await self._awake.wait()
            await asyncio.sleep(LULL)
            self._awake.clear()

    async def finish(self, seconds: float) -> None:
        """Begin nothing new, write down what was asked for, and wait for the call under way, not for ever."""
        self._stopping = True
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds), self._drawing:
                await self._safely(self._write_down)

    async def drain(self) -> None:
        """Look at every Home that may have changed, each once, as things now stand."""
        async with self._drawing:
            await self._follow_the_clock()
            await self._write_down()
            async with self._database.read() as session:
                waiting = await home_pages.waiting(session)
            for person in waiting:
                if self._stopping or not self._retries.may_try(person):
                    continue
                await self._pace.wait()
                if not await self._look(person):
                    self._pace.give_back()

    async def _follow_the_clock(self) -> None:
        """Ask for everybody's page at the start; later, once a minute, for who has a new day since."""
        before, now = self._followed, self._now()
        if before is not None and abs(now - before) < MINUTE:
            return
        async with self._database.write() as session:
            if before is None:
                await home_pages.want_all(session, now - REMEMBERED)
            else:
                await home_pages.want_new_days(session, before, now, now - REMEMBERED)
        self._followed = now

    async def _write_down(self) -> None:
        """Make what was asked for a number in the database; until then it stays asked."""
        people, whoms = set(self._people), set(self._whoms)
        if not people and not whoms:
            return
        async with self._database.read() as session:
            found = await home_pages.concerned(session, people, whoms, self._now() - REMEMBERED)
        if found:  # else nothing is written: most of what happens concerns nobody's Home
            async with self._database.write() as session:
                await home_pages.want(session, found)
        self._people -= people
        self._whoms -= whoms

    async def _look(self, person: Person) -> bool:
        """Publish the page if it is another one; whether Slack was called."""
        async with self._lock(person):
            try:
                async with self._database.write() as session:
                    row = await home_pages.find(session, person)
                    if row is None:
                        return False
                    wanted, digest = row.wanted, row.digest
                    page = await self._composed(session, person)
            except Exception:  # one page that cannot be written must not keep the others from being published
                log.exception("the Home of %s could not be composed", person[1])
                self._retries.put_off(person)
                return False
            if page.digest == digest and self._is_as_shown(person, page):
                await self._looked(person, wanted)
                return False
            await self._published(person, page, wanted, digest)
            return True

    async def _remember(self, session: AsyncSession, person: Person, page: Page) -> tuple[int, str]:
        """Write down that the Home was opened; the look that is due, and what was published before.

        A stranger leaves no trace.
        """
        if not page.is_member:
            await home_pages.forget(session, person)
            return 0, ""
        row = await home_pages.opened(session, person, self._now())
        return row.wanted, row.digest

    async def _composed(self, session: AsyncSession, person: Person) -> Page:
        if self._compose is None:
            raise RuntimeError("nobody has said how a Home is composed")
        return await self._compose(session, person)

    async def _published(self, person: Person, page: Page, wanted: int, before: str) -> None:
        """Hand the page over; what Slack would not take now is tried again by whoever looks next."""
        shown = self._next_shown(person, page)
        try:
            await self._slack.views_publish(user_id=person[1], view=page.draw(shown.revision))
        except CALL_ERRORS as error:
            await self._failed(person, error, wanted)
            return
        self._stale.discard(person)
        self._retries.succeeded(person)
        if not page.is_member:
            self._shown.pop(person, None)
            async with self._database.write() as session:
                await home_pages.forget(session, person)
            return
        self._shown[person] = shown
        async with self._database.write() as session:
            is_known = await home_pages.published(session, person, page.digest, before, self._now())
        await self._looked(person, wanted)
        if not is_known:  # another bot published meanwhile: once more, as things now stand
            self.look(person)

    def _next_shown(self, person: Person, page: Page) -> Shown:
        """The same revision while the client shows the right ticks; a new one makes it forget its own."""
        shown = self._shown.get(person)
        if shown is not None and shown.ticked == page.ticked:
            return shown
        return Shown(next(self._revisions), page.ticked)

    def _is_as_shown(self, person: Person, page: Page) -> bool:
        """Whether the client shows the stored ticks and no choice of its own, as far as we know."""
        if person in self._stale:
            return False
        shown = self._shown.get(person)
        return shown is None or shown.ticked == page.ticked

    async def _looked(self, person: Person, wanted: int) -> None:
        async with self._database.write() as session:
            await home_pages.looked(session, person, wanted)

    # When Slack would not take it

    async def _failed(self, person: Person, error: CallError, wanted: int) -> None:
        """Publishing again is harmless, so everything but a plain refusal is tried again."""
        verdict = outcomes.verdict(error)
        log.warning("the Home of %s was not published: %s", person[1], verdict.code)
        self._awake.set()
        if verdict.outcome is Outcome.REFUSED:
            await self._looked(person, wanted)
            return
        if verdict.outcome in (Outcome.LATER, Outcome.STOPPED):
            self._retries.put_all_off(verdict.wait)
            return
        self._retries.put_off(person)

    def _lock(self, person: Person) -> asyncio.Lock:
        return self._locks.setdefault(person, asyncio.Lock())

    async def _safely(self, work: Callable[[], Awaitable[None]]) -> bool:
        """Whether the work could be done; if not it stays asked for."""
        try:
            await work()
        except Exception:  # a locked database, say: the looks stay asked for, and the next round takes them
            log.exception("this round of Homes failed")
            return False
        return True
