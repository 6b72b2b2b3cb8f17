"""How the workspace says no: to an app, in Slack's codes; to a person, in a sentence."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """A Web API answer with `ok: false`."""

    def __init__(self, code: str, *, status: int = 200, retry_after: int | None = None, **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.retry_after = retry_after
        self.extra = extra


class DoorRefusal(Exception):
    """Something that a person cannot do, with the sentence that tells them why."""

    def __init__(self, code: str, message: str, **extra: Any) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.extra = extra


class AppFailed(Exception):
    """The app did not answer an interaction as Slack expects."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code
        self.reason = reason
