"""Whose App Home is tried again, and when, after Slack or the database would not take it."""

import asyncio
from datetime import timedelta

from bot.store.home_pages import Person

FIRST_RETRY, LAST_RETRY = 5.0, 300.0  # seconds; each failure doubles the wait


class HomeRetries:
    """Who failed how often, by the loop's clock: a restart begins anew."""

    def __init__(self) -> None:
        self._not_before: dict[Person, float] = {}
        self._tries: dict[Person, int] = {}
        self._quiet_until = 0.0  # Slack asked everybody to wait

    def put_off(self, person: Person) -> None:
        """This one failed: wait, twice as long as the last time."""
        tries = self._tries[person] = self._tries.get(person, 0) + 1
        self._not_before[person] = _clock() + min(FIRST_RETRY * 2 ** (tries - 1), LAST_RETRY)

    def put_all_off(self, wait: timedelta) -> None:
        """Slack asked everybody to wait."""
        self._quiet_until = _clock() + wait.total_seconds()

    def succeeded(self, person: Person) -> None:
        """This one is published: the next failure is the first again."""
        self._not_before.pop(person, None)
        self._tries.pop(person, None)

    @property
    def is_quiet(self) -> bool:
        """Whether nobody's page may go to Slack now."""
        return _clock() < self._quiet_until

    def may_try(self, person: Person) -> bool:
        """Whether this one's page may go to Slack now."""
        return not self.is_quiet and _clock() >= self._not_before.get(person, 0.0)

    def next_try(self) -> float | None:
        """The seconds until something that failed may be tried again; none if nothing failed."""
        now = _clock()
        later = [at for at in (self._quiet_until, *self._not_before.values()) if at > now]
        return min(later) - now if later else None


def _clock() -> float:
    return asyncio.get_running_loop().time()
