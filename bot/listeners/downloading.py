"""Fetching a file that somebody gave in a form: from Slack alone, never longer or larger than agreed."""

import asyncio
import logging
from typing import NamedTuple
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.outcomes import CALL_ERRORS
from plans.errors import StudyError

log = logging.getLogger(__name__)

CHUNK = 64 * 1024
SECONDS = 20.0
GONE = ("file_not_found", "file_deleted")
NOT_LET_IN = ("missing_scope", "no_permission", "not_allowed_token_type")


class FileGone(StudyError):
    """Slack no longer has that file. Please choose it again."""


class FileTooLarge(StudyError):
    """That file is larger than {most}. Is it the right one?"""


class FileKeptFromMe(StudyError):
    """I may not read files yet. Whoever installed Cadence adds the scope files:read and installs it anew."""


class FileTooSlow(StudyError):
    """Slack did not hand me the file just now. It is still here: please try again in a moment."""


class Fetched(NamedTuple):
    """A file as Slack knows it."""

    name: str
    content: bytes


async def fetch(slack: AsyncWebClient, file_id: str, most: int) -> Fetched:
    """The file with this id, of at most `most` bytes; what is larger is never loaded whole.

    Where it is and how large comes from Slack itself, not from the form.

    Raises:
        FileGone: Slack does not have it, or no longer.
        FileTooLarge: it is larger.
        FileKeptFromMe: the app may not read files.
        FileTooSlow: Slack cannot be reached, fails, or takes longer than twenty seconds.
    """
    try:
        async with asyncio.timeout(SECONDS):
            file = (await slack.files_info(file=file_id)).get("file") or {}
            if int(file.get("size") or 0) > most:
                raise FileTooLarge(most=in_words(most))
            address = str(file.get("url_private_download") or file.get("url_private") or "")
            content = await _content(address, slack, most)
    except SlackApiError as error:
        raise _refusal(error) from error
    except CALL_ERRORS as error:
        log.info("a file did not come: %s", type(error).__name__)
        raise FileTooSlow from error
    return Fetched(str(file.get("name") or file_id), content)


def in_words(size: int) -> str:
    """A limit as people read it: "1 MiB"."""
    return f"{size / 1024**2:g} MiB"


async def _content(address: str, slack: AsyncWebClient, most: int) -> bytes:
    """The bytes at a private address. The token goes to Slack and to nobody else."""
    if not _is_slacks(address, slack.base_url):
        raise FileGone
    headers = {"Authorization": f"Bearer {slack.token}", "Accept-Encoding": "identity"}
    async with aiohttp.ClientSession() as http, http.get(address, headers=headers) as response:
        if response.status in (404, 410):
            raise FileGone
        if response.status in (401, 403):
            raise FileKeptFromMe
        response.raise_for_status()
        content = bytearray()
        async for chunk in response.content.iter_chunked(CHUNK):
            content += chunk
            if len(content) > most:
                raise FileTooLarge(most=in_words(most))
        if _is_a_page(response.content_type, content):
            raise FileKeptFromMe
    return bytes(content)


def _is_slacks(address: str, api: str) -> bool:
    """Whether an address belongs to whom the token belongs to: files.slack.com to slack.com."""
    here, there = urlsplit(api), urlsplit(address)
    if here.scheme != there.scheme or not there.hostname or not here.hostname:
        return False
    if here.netloc == there.netloc:
        return True
    home = ".".join(here.hostname.split(".")[-2:])
    return here.scheme == "https" and there.port is None and there.hostname.endswith(f".{home}")


def _is_a_page(kind: str, content: bytes | bytearray) -> bool:
    """Whether this is the login page that Slack shows, as a success, to who may not read the file."""
    begins = bytes(content[:200]).lstrip().lower()
    return kind == "text/html" or begins.startswith((b"<!doctype html", b"<html"))


def _refusal(error: SlackApiError) -> StudyError:
    data = error.response.data if isinstance(error.response.data, dict) else {}
    code = str(data.get("error") or "")
    if code in GONE:
        return FileGone()
    if code in NOT_LET_IN:
        return FileKeptFromMe()
    log.info("files.info was refused: %s", code)
    return FileTooSlow()
