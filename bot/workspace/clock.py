"""The workspace's time: real UTC time plus an offset that only grows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Clock:
    """Tells the workspace's time. It runs at the speed of real time and can be moved forward."""

    def __init__(self, now: datetime | None = None) -> None:
        self._offset = now.astimezone(UTC) - datetime.now(UTC) if now else timedelta(0)

    @property
    def offset(self) -> timedelta:
        """How far this clock is ahead of (or, if it was started so, behind) real time."""
        return self._offset

    def now(self) -> datetime:
        """Return the present moment, in UTC."""
        return datetime.now(UTC) + self._offset

    def microseconds(self) -> int:
        """Return the present moment as whole microseconds since 1970."""
        return (self.now() - EPOCH) // MICROSECOND

    def seconds(self) -> float:
        """Return the present moment as seconds since 1970."""
        return self.microseconds() / 1_000_000

    def move_to(self, instant: datetime) -> None:
        """Move forward to `instant`; a clock that is already past it stays where it is."""
        self._offset += max(instant.astimezone(UTC) - self.now(), timedelta(0))

    def resume(self, offset: timedelta) -> None:
        """Go on with the offset of an earlier run, unless this clock is further ahead already."""
        self._offset = max(self._offset, offset)


@dataclass(frozen=True)
class Landmark:
    """A button of the clock: a moment that is worth travelling to, and what to call it."""

    label: str
    at: datetime


class Timekeeper(Protocol):
    """Whoever runs an app in the same process and must do its work at every stop of a travel."""

    async def next_stop(self, after: datetime, until: datetime) -> datetime | None:
        """Return the next instant in (after, until] that matters, if there is one."""
        ...

    async def arrive(self, now: datetime) -> None:
        """Do what is due now."""
        ...

    async def landmarks(self, now: datetime) -> list[Landmark]:
        """Return the moments ahead that a person may want to travel to."""
        ...
