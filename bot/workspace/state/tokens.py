"""Short-lived rights that come with a payload: to open a modal, to answer where one was asked."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from itertools import count

from bot.workspace.clock import Clock
from bot.workspace.errors import Refusal

TRIGGER_SECONDS = 3.0
RESPONSE_USES = 5
RESPONSE_SECONDS = 30 * 60


@dataclass
class Trigger:
    """The right to open one modal in front of one person, for three seconds of real time."""

    user: str
    made: float
    view_id: str = ""
    used: bool = False


class Triggers:
    """The triggers that were handed out."""

    def __init__(self) -> None:
        self.seconds = TRIGGER_SECONDS
        self._triggers: dict[str, Trigger] = {}
        self._numbers = count(100)

    def hand_out(self, user: str, view_id: str = "") -> str:
        """Return a new trigger_id; `view_id` names the modal it was caused in."""
        trigger_id = f"{next(self._numbers)}.{next(self._numbers)}.{secrets.token_hex(8)}"
        self._triggers[trigger_id] = Trigger(user, time.monotonic(), view_id)
        return trigger_id

    def take(self, trigger_id: str) -> Trigger:
        """Return the trigger and use it up."""
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise Refusal("invalid_trigger_id")
        if trigger.used:
            raise Refusal("exchanged_trigger_id")
        if time.monotonic() - trigger.made > self.seconds:
            raise Refusal("expired_trigger_id")
        trigger.used = True
        return trigger


@dataclass
class ResponseUrl:
    """The right to answer in a channel, five times within half an hour."""

    user: str
    channel: str
    made: float
    ts: str = ""
    ephemeral: bool = False
    thread_ts: str = ""
    uses: int = 0


class ResponseUrls:
    """The response_urls that were handed out."""

    def __init__(self, clock: Clock) -> None:
        self._urls: dict[str, ResponseUrl] = {}
        self._clock = clock

    def hand_out(
        self, user: str, channel: str, ts: str = "", *, ephemeral: bool = False, thread_ts: str = ""
    ) -> str:
        """Return the token of a new response_url; `ts` is the message that was clicked, if one was."""
        token = secrets.token_urlsafe(16)
        made = self._clock.seconds()
        self._urls[token] = ResponseUrl(user, channel, made, ts, ephemeral, thread_ts)
        return token

    def take(self, token: str) -> ResponseUrl:
        """Return what the URL stands for and count the use."""
        url = self._urls.get(token)
        if url is None:
            raise Refusal("invalid_url", status=404)
        if self._clock.seconds() - url.made > RESPONSE_SECONDS:
            raise Refusal("expired_url", status=404)
        if url.uses >= RESPONSE_USES:
            raise Refusal("used_url", status=404)
        url.uses += 1
        return url
