"""The clock: APScheduler's cron wakes us each minute, the database says what is due.

The cron only wakes. Whether somebody gets a post is decided by `next_due_at` in the database, which a pure
function has computed: restarts, daylight saving and missed minutes cannot change the answer.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.ext.asyncio import AsyncSession

from bot.jobs import (
    buddies,
    checkins,
    checkpoints,
    days,
    export,
    groups,
    holidays,
    interviews,
    lead_week,
    mentors,
    milestones,
    mock_debriefs,
    mock_feedback,
    mock_loops,
    mock_rematch,
    mock_rounds,
    mock_sessions,
    months,
    proposals,
    scorecards,
    suggestions,
    welcomes,
)
from bot.outbox import Composer, GivenUp, Outbox
from bot.store import deliveries, inbox, stories, timers
from bot.store.database import Database
from bot.store.tables import Timer
from plans.library import Library
from plans.questions import Bank

log = logging.getLogger(__name__)

PATIENCE = 50  # seconds that one pulse may take
SILENCE = timedelta(minutes=3)  # without a pulse, the clock counts as stopped
RETRY = timedelta(minutes=5)
TIDY_EVERY = timedelta(hours=1)
LATE_BY_A_MOMENT = timedelta(microseconds=1)

Ring = Callable[[AsyncSession, Timer, datetime], Awaitable[None]]


def rings(library: Library, bank: Bank) -> Mapping[str, Ring]:
    """What happens when a timer of each kind rings."""
    return {
        "day": partial(days.ring_day, library=library),
        "nudge": days.ring_nudge,
        "checkin": checkins.ring,
        "scorecard": partial(scorecards.ring, library=library),
        "judged": partial(scorecards.ring_judged, library=library),
        "close": partial(scorecards.ring_close, library=library),
        "closed": partial(scorecards.ring_closed, library=library),
        "vote": partial(proposals.ring, library=library),
        "call": mock_rounds.ring_call,
        "lastcall": mock_rounds.ring_last_call,
        "matching": partial(mock_rounds.ring_matching, bank=bank),
        "ask": mock_rounds.ring_ask,
        "answer": mock_sessions.ring_answer,
        "rematch": partial(mock_rematch.ring, bank=bank),
        "dayahead": mock_sessions.ring_reminder,
        "hourahead": mock_sessions.ring_reminder,
        "after": mock_feedback.ring_after,
        "verdict": mock_feedback.ring_verdict,
        "loop_dayahead": mock_loops.ring_reminder,
        "loop_hourahead": mock_loops.ring_reminder,
        "loop_anew": partial(mock_loops.ring_anew, bank=bank),
        "loop_after": mock_debriefs.ring_after,
        "loop_verdict": mock_debriefs.ring_verdict,
        "thanks": mentors.ring_thanks,
    }


def composers(library: Library, bank: Bank) -> Mapping[str, Composer]:
    """How a delivery of each kind is written."""
    return {
        "hello": groups.compose_hello,
        "opening": groups.compose,
        "welcome": partial(welcomes.compose, library=library),
        "day": partial(days.compose_day, library=library),
        "nudge": partial(days.compose_nudge, library=library),
        "checkin": checkins.compose,
        "holidays": partial(holidays.compose, library=library),
        "checkpoint": partial(checkpoints.compose, library=library),
        "interview": partial(interviews.compose_list, library=library),
        "afterwards": interviews.compose_afterwards,
        "offer": interviews.compose_offer,
        "scorecard": scorecards.compose_group,
        "card": scorecards.compose_card,
        "month": partial(months.compose, library=library),
        "groupmonth": months.compose_group,
        "suggestion": partial(suggestions.compose, library=library),
        "milestone": milestones.compose,
        "leadweek": lead_week.compose,
        "buddy_ask": buddies.compose_ask,
        "buddy_next": buddies.compose_next,
        "buddies": buddies.compose_room,
        "proposal": proposals.compose,
        "call": mock_rounds.compose_call,
        "lastcall": mock_rounds.compose_last_call,
        "pairs": mock_rounds.compose_pairs,
        "leftout": mock_rounds.compose_left_out,
        "ask": mock_rounds.compose_ask,
        "session": mock_sessions.compose_room,
        "invitation": mock_sessions.compose_invitation,
        "dayahead": mock_sessions.compose_reminder,
        "hourahead": mock_sessions.compose_reminder,
        "unanswered": mock_sessions.compose_unanswered,
        "alone": mock_rematch.compose_alone,
        "after": mock_feedback.compose_after,
        "feedback": partial(mock_feedback.compose_feedback, bank=bank),
        "loop": mock_loops.compose_room,
        "loop_invitation": mock_loops.compose_invitation,
        "loop_dayahead": mock_loops.compose_reminder,
        "loop_hourahead": mock_loops.compose_reminder,
        "loop_anew": mock_loops.compose_anew,
        "loop_after": mock_debriefs.compose_after,
        "debrief": mock_debriefs.compose_debrief,
        "loop_feedback": partial(mock_debriefs.compose_feedback, bank=bank),
        "mentor": mentors.compose_invitation,
        "mentor_answer": mentors.compose_answer,
        "thanks": mentors.compose_thanks,
        "export": partial(export.compose, library=library, bank=bank),
    }


GIVEN_UP: Mapping[str, GivenUp] = {"offer": interviews.offer_lost}
"""What follows when Slack has refused a delivery of a kind for good."""


class Schedule:
    """Plans what is due and lets the outbox send it, once a minute and whenever somebody asks."""

    def __init__(
        self,
        database: Database,
        outbox: Outbox,
        library: Library,
        bank: Bank,
        now: Callable[[], datetime],
        rung: Callable[[str], None] = lambda _whom: None,
        planned: Callable[[], None] = lambda: None,
    ) -> None:
        """`rung` is told of whom a timer was that has rung, `planned` of each pulse: Homes follow both."""
        self._database = database
        self._outbox = outbox
        self._rings = rings(library, bank)
        self._now = now
        self._rung, self._planned = rung, planned
        self._planning = asyncio.Lock()
        self._last_pulse: datetime | None = None
        self._last_tidy: datetime | None = None
        self._scheduler = AsyncIOScheduler(timezone="UTC")

    def start(self) -> None:
        """Wake at every full minute. A wake-up that comes late still counts; late ones become one."""
        self._scheduler.add_job(
            self._wake, "cron", second=0, coalesce=True, max_instances=1, misfire_grace_time=None
        )
        self._scheduler.start()

    def stop(self) -> None:
        """Wake no more."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def is_alive(self) -> bool:
        """Whether the clock has beaten within the last minutes."""
        return self._last_pulse is not None and self._now() - self._last_pulse < SILENCE

    async def _wake(self) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await self.plan()
        except TimeoutError:
            log.error("this minute's pulse took longer than %s s and was cut off", PATIENCE)  # noqa: TRY400 (no traceback helps)
        except Exception:  # a locked database, say: what is due stays due until the next minute
            log.exception("this minute's pulse failed")
        self._outbox.wake()

    async def plan(self) -> None:
        """Write down what is owed now; twice is the same as once."""
        async with self._planning:
            while await self._plan_next():
                continue
            await self._tidy()
            self._last_pulse = self._now()
            self._planned()

    async def _tidy(self) -> None:
        """Once an hour, forget what no redelivery and no undo can ask for any more."""
        if self._last_tidy is not None and self._now() - self._last_tidy < TIDY_EVERY:
            return
        async with self._database.write() as session:
            await inbox.forget_old(session, self._now())
            await stories.forget_deleted(session, self._now())
        self._last_tidy = self._now()

    async def _plan_next(self) -> bool:
        """Let what has been due for longest ring, in a transaction of its own; false if nothing is due.

        There is one writer: whoever waits for it, a click say, comes before the next timer.
        """
        now = self._now()
        async with self._database.write() as session:
            timer = await timers.due(session, now)
            if timer is not None:
                await self._ring(session, timer, now)
        await asyncio.sleep(0)  # the connection is free: now those who wait take it, in their order
        return timer is not None

    async def _ring(self, session: AsyncSession, timer: Timer, now: datetime) -> None:
        """Let one timer ring; one that fails is tried again later and leaves the others alone."""
        try:
            async with session.begin_nested():
                await self._rings[timer.kind](session, timer, now)
            self._rung(timer.whom)
        except Exception:  # whatever is wrong with one member's day must not cost the others theirs
            log.exception("timer %s of %s failed; next try in %s", timer.kind, timer.whom, RETRY)
            await timers.put_off(session, timer, now + RETRY)

    # For who can move the clock

    async def next_stop(self, after: datetime, until: datetime) -> datetime | None:
        """The next instant in (after, until] at which something is to be done.

        What is owed already is sent first, so that the clock does not jump over a message under way.
        """
        await self._outbox.drain()
        async with self._database.read() as session:
            found = [
                await timers.next_due_at(session, after),
                await deliveries.next_attempt_at(session, after),
            ]
        return min((at for at in found if at is not None and at <= until), default=None)

    async def arrive(self) -> None:
        """Do all that is due at this instant."""
        await self.plan()
        await self._outbox.drain()

    async def next_ring(self, kind: str) -> datetime | None:
        """When a timer of this kind rings next."""
        async with self._database.read() as session:
            return await timers.next_due_at(session, self._now() - LATE_BY_A_MOMENT, kind)
