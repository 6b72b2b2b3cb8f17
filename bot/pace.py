"""Not faster than Slack allows: so many calls a minute, with a burst saved up while idle."""

import asyncio
from time import monotonic


class Pace:
    """A bucket of `burst` calls that refills at `per_minute`."""

    def __init__(self, per_minute: float, burst: int) -> None:
        self._rate = per_minute / 60
        self._burst = burst
        self._left = float(burst)
        self._at = monotonic()

    async def wait(self) -> None:
        """Return when the next call may be made."""
        while True:
            now = monotonic()
            self._left = min(self._burst, self._left + (now - self._at) * self._rate)
            self._at = now
            if self._left >= 1:
                self._left -= 1
                return
            await asyncio.sleep((1 - self._left) / self._rate)

    def give_back(self) -> None:
        """The call was not made after all."""
        self._left = min(self._burst, self._left + 1)
