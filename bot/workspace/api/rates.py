"""How fast an app may post: about one message a second in each channel, with short bursts."""

from __future__ import annotations

import math

from bot.workspace.clock import Clock
from bot.workspace.errors import Refusal

BURST = 5
PER_SECOND = 1.0


class PostingRate:
    """A bucket of permissions for each channel, filled by the workspace's clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}

    def spend(self, channel: str) -> None:
        """Count a post, or refuse it with the seconds to wait."""
        now = self._clock.seconds()
        left, since = self._buckets.get(channel, (float(BURST), now))
        left = min(float(BURST), left + (now - since) * PER_SECOND)
        if left < 1:
            raise Refusal("ratelimited", status=429, retry_after=math.ceil((1 - left) / PER_SECOND))
        self._buckets[channel] = (left - 1, now)
