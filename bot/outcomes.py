"""What an answer of Slack's means for the message that was sent."""

import asyncio
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

import aiohttp
from slack_sdk.errors import SlackApiError

RETRY_AFTER_UNSAID = timedelta(seconds=30)
RETRY_AFTER_MOST = timedelta(minutes=15)
OUTAGE = timedelta(minutes=5)

WORKSPACE_STOPPED = frozenset(
    {
        "invalid_auth",
        "not_authed",
        "account_inactive",
        "token_revoked",
        "token_expired",
        "missing_scope",
        "team_access_not_granted",
        "access_denied",
        "org_login_required",
        "no_permission",
        "not_allowed_token_type",
    }
)
MAYBE_SENT = frozenset(
    {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"}
)
LATER = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
NEWER_BLOCKS_REFUSED = frozenset({"invalid_blocks", "invalid_blocks_format", "invalid_attachments"})


# What a call to Slack may raise; slack_sdk stumbles with an AttributeError over a text that is no JSON.
CallError = SlackApiError | aiohttp.ClientError | asyncio.TimeoutError | OSError | AttributeError
CALL_ERRORS = (SlackApiError, aiohttp.ClientError, asyncio.TimeoutError, OSError, AttributeError)


class Outcome(StrEnum):
    """What is known of a message after a call that did not plainly succeed."""

    NOT_SENT = "not_sent"  # try again, it costs nothing
    LATER = "later"  # Slack asks to wait
    STOPPED = "stopped"  # nothing can be sent in this workspace
    REFUSED = "refused"  # this message will never be accepted
    UNKNOWN = "unknown"  # it may have been sent


class Verdict(NamedTuple):
    """An outcome, Slack's code for it, and how long to wait before the next try."""

    outcome: Outcome
    code: str
    wait: timedelta = timedelta(0)


def verdict(error: CallError) -> Verdict:
    """Judge a failed call. A failure proves that nothing was sent only where it says so itself."""
    if isinstance(error, aiohttp.ClientConnectorError):
        return Verdict(Outcome.NOT_SENT, "no_connection", OUTAGE / 10)
    if not isinstance(error, SlackApiError):
        return Verdict(Outcome.UNKNOWN, type(error).__name__)
    status = getattr(error.response, "status_code", 200)
    code = _code(error)
    if status == 429 or code in LATER:
        return Verdict(Outcome.LATER, code or "ratelimited", _retry_after(error))
    if code in WORKSPACE_STOPPED:
        return Verdict(Outcome.STOPPED, code, OUTAGE)
    if status >= 500 or not code or code in MAYBE_SENT:
        return Verdict(Outcome.UNKNOWN, code or f"http_{status}")
    return Verdict(Outcome.REFUSED, code)


def refuses_picture(error: SlackApiError) -> bool:
    """Whether Slack refuses a message for its picture alone: the file is not there, or not there yet."""
    data = error.response.data
    said = ((data.get("response_metadata") or {}).get("messages") or []) if isinstance(data, dict) else []
    return _code(error) in NEWER_BLOCKS_REFUSED and any("/slack_file" in str(line) for line in said)


def _code(error: SlackApiError) -> str:
    data = getattr(error.response, "data", error.response)
    return str(data.get("error", "")) if isinstance(data, dict) else ""


def _retry_after(error: SlackApiError) -> timedelta:
    """What the header asks for, within reason."""
    headers = getattr(error.response, "headers", None) or {}
    said = str(headers.get("Retry-After") or headers.get("retry-after") or "")
    wait = timedelta(seconds=int(said)) if said.isdigit() and len(said) < 7 else RETRY_AFTER_UNSAID
    return min(max(wait, timedelta(seconds=1)), RETRY_AFTER_MOST)
