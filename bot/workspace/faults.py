"""Troubles on demand: what tests make the Web API do to an app."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Trouble = Literal[
    "drop_before_accept",
    "drop_after_accept",
    "hang_before_accept",
    "hang_after_accept",
    "status",
    "html",
    "ratelimited",
    "error",
    "slow",
]
AFTER = ("drop_after_accept", "hang_after_accept")
BEFORE = ("drop_before_accept", "hang_before_accept", "ratelimited", "slow")


@dataclass
class Planned:
    """A trouble that awaits one of the next calls of a method."""

    kind: Trouble
    times: int = 1
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def after(self) -> bool:
        """Say whether the call takes effect before the trouble starts."""
        if self.kind in AFTER or self.kind in BEFORE:
            return self.kind in AFTER
        return bool(self.options.get("after", False))


class Faults:
    """What will go wrong, and how. Everything is in order until a test says otherwise."""

    def __init__(self) -> None:
        self.history_lag_seconds = 0.0
        self.no_metadata = False
        self.rate_limits = True
        self._planned: dict[str, list[Planned]] = {}
        self._without: set[str] = set()
        self._tickets = 0
        self.happened: list[tuple[str, Trouble]] = []

    def next(self, method: str, kind: Trouble, times: int = 1, **options: Any) -> None:
        """Let the next `times` calls of a method (`*`: of any) meet this trouble.

        Options: `status` (for `status` and `html`), `retry_after` (for `ratelimited`), `error` (for `error`:
        the code), `seconds` (for `slow`), and `after=True` for `status`, `html` and `error` that come
        although the call took effect.
        """
        self._planned.setdefault(method, []).append(Planned(kind, times, options))

    def take(self, method: str) -> Planned | None:
        """Return the trouble that awaits this call, if one does."""
        for name in (method, "*"):
            queue = self._planned.get(name)
            if queue:
                planned = queue[0]
                planned.times -= 1
                if planned.times <= 0:
                    queue.pop(0)
                self.happened.append((method, planned.kind))
                return planned
        return None

    def without(self, *methods: str) -> None:
        """Be an older Slack that does not know these methods."""
        self._without.update(methods)

    def knows(self, method: str) -> bool:
        """Say whether this Slack knows a method at all."""
        return method not in self._without

    def refuse_tickets(self, number: int) -> None:
        """Turn away the next `number` attempts to open a Socket Mode connection."""
        self._tickets = number

    def refuses_ticket(self) -> bool:
        """Say whether this attempt to connect is to be turned away, and count it."""
        refused = self._tickets > 0
        self._tickets -= refused
        return refused

    def clear(self) -> None:
        """Put everything in order again."""
        self.history_lag_seconds = 0.0
        self.no_metadata = False
        self.rate_limits = True
        self._tickets = 0
        self._planned.clear()
        self._without.clear()
