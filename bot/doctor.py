"""What is wrong with the set-up, and what to do about it. The doctor changes nothing and tells no secret."""

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from io import TextIOWrapper
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import aiohttp
import yaml
from pydantic import SecretStr
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.listeners.commands import COMMAND
from bot.manifest import MANIFEST, Manifest, read_manifest
from bot.settings import Settings, SettingsError, read_settings
from bot.store import checkup
from bot.workspace.addresses import is_loopback
from plans import library
from plans.library import PlanFaults

CALL_TIMEOUT = 10  # seconds
CLOCK_TOLERANCE = timedelta(seconds=60)
LATELY = timedelta(days=7)
LOCAL_NEEDS = (
    "no tokens are set, so the local workspace starts. It needs nothing but a free port and a data folder."
    " A real Slack needs two tokens, SLACK_BOT_TOKEN and SLACK_APP_TOKEN (README, In your Slack)."
)
COPY_AGAIN = (
    "Copy the Bot User OAuth Token once more from the app's page, OAuth & Permissions, into SLACK_BOT_TOKEN;"
    " if the app was removed from the workspace, install it there again."
)
MAKE_ANEW = (
    "Make an app-level token with the scope connections:write on the app's page, Basic Information, and put"
    " it into SLACK_APP_TOKEN; Socket Mode has to be on."
)
NOT_SLACK = "what answers there is not Slack"
REINSTALL = "Paste manifest.yaml on the app's page, App Manifest, save, and install the app again."
ADVICE = {
    "held": "nobody can tell whether they arrived, so they are not repeated; /prep shows the same",
    "failed": "Slack refused them; is Cadence in the channel (/invite), and is the person still here?",
    "unknown": "their answer was lost; a running Cadence looks them up within minutes",
}


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; a remedy makes it a fault."""

    subject: str
    says: str
    remedy: str = ""

    def __str__(self) -> str:
        """As lines for a terminal."""
        if self.remedy:
            return f"✗ {self.subject}: {self.says}\n  → {self.remedy}"
        return f"✓ {self.subject}: {self.says}"


@dataclass(frozen=True)
class Answer:
    """What a Web API method answered; with `error` set, why it did not do what was asked."""

    data: Mapping[str, Any]
    headers: Mapping[str, str]
    error: str = ""


def utc_now() -> datetime:
    """This machine's time."""
    return datetime.now(UTC)


async def examine() -> int:
    """Print each finding with its remedy; 0 if all is well."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without ✓ gets a question mark, not a crash
    faults = count = 0
    async for finding in findings():
        sys.stdout.write(f"{finding}\n")
        sys.stdout.flush()
        count += 1
        faults += bool(finding.remedy)
    sys.stdout.write(f"\n{faults} of {count} need attention.\n" if faults else "\nAll is well.\n")
    return 1 if faults else 0


async def findings(
    now: Callable[[], datetime] = utc_now, manifest_file: Path = MANIFEST
) -> AsyncIterator[Finding]:
    """Everything that applies to these settings, in the order in which one would mend it."""
    try:
        settings = read_settings()
    except SettingsError as error:
        yield Finding("Settings", str(error), "Correct it in .env or in the environment, then ask me again.")
        return
    yield Finding("Settings", "complete and readable.")
    manifest, finding = _manifest(manifest_file)
    yield finding
    yield await asyncio.to_thread(_plans, settings)
    yield _data_folder(settings)
    for finding in await asyncio.to_thread(_database, settings, now()):
        yield finding
    for finding in await _slack(settings, manifest, now):
        yield finding
    yield _time_zones()
    yield await _port(settings)


# The repository and the machine


def _manifest(file: Path) -> tuple[Manifest | None, Finding]:
    """The manifest, and whether it describes the app that this code is."""
    restore = "Take manifest.yaml from the repository again."
    try:
        manifest = read_manifest(file)
    except OSError as error:
        return None, Finding("Manifest", f"manifest.yaml cannot be read ({error.strerror}).", restore)
    except (KeyError, TypeError, yaml.YAMLError) as error:
        reason = f"{type(error).__name__}: {error}"
        return None, Finding("Manifest", f"manifest.yaml is not whole ({reason}).", restore)
    if COMMAND not in [each.command for each in manifest.commands]:
        return manifest, Finding("Manifest", f"manifest.yaml does not name the command {COMMAND}.", restore)
    if not (manifest.socket_mode and manifest.home):
        says = "manifest.yaml has Socket Mode or the Home tab switched off."
        return manifest, Finding("Manifest", says, restore)
    return manifest, Finding("Manifest", f"names {COMMAND} and {len(manifest.scopes)} scopes.")


def _plans(settings: Settings) -> Finding:
    """Whether the plans can be read, those of the installation's own among them."""
    try:
        plans = library.read(settings.plans).plans
    except PlanFaults as error:
        faults = "\n".join(f"  {line}" for line in error.lines)
        where, remedy = "What comes with Cadence", "Take plans/curricula from the repository again."
        if settings.plans is not None:
            where = f"CADENCE_PLANS ({settings.plans})"
            remedy = (
                "Correct these files (python -m bot plans check reads them), or leave CADENCE_PLANS empty."
            )
        return Finding("Plans", f"{where} has {len(error.faults)} to put right.\n{faults}", remedy)
    return Finding("Plans", f"{len(plans)} can be read.")


def _data_folder(settings: Settings) -> Finding:
    """Whether the files of Cadence have a place."""
    folder = settings.data.absolute()
    if reason := _in_the_way(folder):
        remedy = "Give the user who runs Cadence the right to write there, or set CADENCE_DATA."
        return Finding("Data folder", f"{folder} cannot be written to ({reason}).", remedy)
    return Finding("Data folder", f"{folder} can be written to.")


def _in_the_way(folder: Path) -> str | None:
    """Why no file can be made in a folder; the folder itself may still be missing."""
    nearest = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    try:
        with tempfile.TemporaryFile(dir=nearest):
            return None
    except OSError as error:
        return error.strerror or type(error).__name__


def _time_zones() -> Finding:
    try:
        ZoneInfo("Europe/Kyiv")  # a name that only recent data has
        return Finding("Time zones", f"up to date (tzdata {version('tzdata')}).")
    except ZoneInfoNotFoundError:
        return Finding("Time zones", "there is no time zone data.", "Run make clean, then make run.")


async def _port(settings: Settings) -> Finding:
    """Whether the page or the health check can be served, unless Cadence does so at this moment."""
    place = f"{settings.host}:{settings.port}"
    if settings.is_local and not is_loopback(settings.host):
        remedy = "Set CADENCE_HOST=127.0.0.1, or both tokens."
        return Finding("Port", f"the local workspace has no passwords and refuses {settings.host}.", remedy)
    try:
        server = await asyncio.start_server(lambda *_: None, settings.host, settings.port)
    except OSError as error:
        if await _answers(settings):
            return Finding("Port", f"{place} is in use by a running Cadence.")
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else str(error)
        remedy = "Set another CADENCE_PORT or CADENCE_HOST, or end the program that listens there."
        return Finding("Port", f"{place} cannot be had ({reason}).", remedy)
    server.close()
    await server.wait_closed()
    return Finding("Port", f"{place} is free.")


async def _answers(settings: Settings) -> bool:
    """Whether what listens on our port is Cadence: its local workspace, or its health check."""
    path, key = ("api/api.test", "ok") if settings.is_local else ("health", "clock")
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=CALL_TIMEOUT)) as session,
            session.get(f"http://{host}:{settings.port}/{path}") as response,
        ):
            return key in await response.json()
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError, TypeError):
        return False


# The database


def _database(settings: Settings, now: datetime) -> list[Finding]:
    """Whether the database can be used, is sound and up to date, and what could not be sent."""
    name, file = checkup.shown(settings.database), checkup.file_of(settings.database)
    if file is not None and not file.exists():
        if reason := _in_the_way(file.parent):
            return [_no_database(name, reason)]
        return [Finding("Database", f"{name} is not there yet. The first start makes it.")]
    try:
        with checkup.looking_at(settings.database) as connection:
            checkup.try_writing(connection)
            return [Finding("Database", f"{name} can be written to."), *_inside(connection, now)]
    except SQLAlchemyError as error:
        return [_no_database(name, str(getattr(error, "orig", None) or error).partition("\n")[0])]


def _no_database(name: str, reason: str) -> Finding:
    remedy = (
        "Does it exist, may this user write to it, and is nobody else holding it? A damaged file is"
        " replaced by its last backup. DATABASE_URL and CADENCE_DATA say where it is."
    )
    return Finding("Database", f"{name} cannot be used ({reason}).", remedy)


def _inside(connection: Connection, now: datetime) -> list[Finding]:
    stands_at, known = checkup.revision(connection), checkup.revisions()
    found = [_integrity(checkup.damage(connection)), _migrations(stands_at, known[0], stands_at in known)]
    if stands_at == known[0]:
        found.append(_deliveries(checkup.stuck(connection, now - LATELY)))
    return found


def _integrity(damage: str | None) -> Finding:
    if damage is None:
        return Finding("Integrity", "sound.")
    remedy = "Stop Cadence, keep a copy of the file, and put the last backup in its place."
    return Finding("Integrity", f"the file is damaged ({damage}).", remedy)


def _migrations(stands_at: str | None, newest: str, known: bool) -> Finding:
    if stands_at == newest:
        return Finding("Tables", f"up to date ({newest}).")
    if stands_at is None or known:
        return Finding("Tables", f"the next start brings them from {stands_at or 'nothing'} to {newest}.")
    remedy = "Update Cadence to the version that was used last, or restore the backup from before it."
    return Finding("Tables", f"they were made by a newer Cadence ({stands_at}).", remedy)


def _deliveries(stuck: Sequence[tuple[str, str, int]]) -> Finding:
    """The last week's messages of which it is not plain that they arrived."""
    if not stuck:
        return Finding("Messages", "all of the last seven days were sent.")
    says = ", ".join(f"{count} {state} ({reason})" for state, reason, count in stuck)
    states = dict.fromkeys(state for state, _, _ in stuck)
    remedy = ". ".join(f"{state.capitalize()}: {ADVICE[state]}" for state in states)
    return Finding("Messages", f"of the last seven days, {says}.", f"{remedy}.")


# Slack


async def _slack(settings: Settings, manifest: Manifest | None, now: Callable[[], datetime]) -> list[Finding]:
    """Whether Slack knows us, lets us do what we do, and agrees with us about the time."""
    if settings.bot_token is None or settings.app_token is None:
        return [Finding("Slack", LOCAL_NEEDS)]
    try:
        bot = await _ask(settings, "auth.test", settings.bot_token)
        asked_at = now()
        app = await _ask(settings, "apps.connections.open", settings.app_token)
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        remedy = "Is SLACK_API_URL right, is the network up, and is a proxy needed (HTTPS_PROXY)?"
        return [Finding("Slack", f"{settings.api_url} cannot be reached ({type(error).__name__}).", remedy)]
    found = [_bot_token(bot)]
    if manifest is not None and not bot.error:
        found.append(_scopes(bot.headers, manifest.scopes))
    return [*found, _app_token(app), _clock(bot.headers, asked_at)]


async def _ask(settings: Settings, method: str, token: SecretStr) -> Answer:
    """Call a method as the bot would, once."""
    client = AsyncWebClient(
        token=token.get_secret_value(), base_url=settings.api_url, timeout=CALL_TIMEOUT, retry_handlers=[]
    )
    try:
        response = await client.api_call(method)
    except AttributeError:  # slack_sdk stumbles so over a plain text that calls itself a success
        return Answer({}, {}, NOT_SLACK)
    except SlackApiError as error:
        data = getattr(error.response, "data", None)
        data = data if isinstance(data, dict) else {}
        reason = str(data.get("error") or NOT_SLACK)
        return Answer(data, getattr(error.response, "headers", {}), reason)
    return Answer(response.data if isinstance(response.data, dict) else {}, response.headers)


def _bot_token(answer: Answer) -> Finding:
    if answer.error:
        return Finding("Bot token", f"Slack does not accept it: {answer.error}.", COPY_AGAIN)
    return Finding(
        "Bot token", f"accepted; Cadence is {answer.data.get('user')} in {answer.data.get('team')}."
    )


def _app_token(answer: Answer) -> Finding:
    if answer.error:
        return Finding("App token", f"Slack does not accept it: {answer.error}.", MAKE_ANEW)
    return Finding("App token", "accepted; Socket Mode is on.")


def _scopes(headers: Mapping[str, str], wanted: frozenset[str]) -> Finding:
    """What the bot token may do against what the manifest asks for."""
    said = headers.get("x-oauth-scopes")
    if said is None:
        return Finding("Scopes", "this server does not say what the token may do.")
    granted = {scope.strip() for scope in said.split(",") if scope.strip()}
    missing, surplus = sorted(wanted - granted), sorted(granted - wanted)
    more = f" Granted but not needed: {', '.join(surplus)}." if surplus else ""
    if missing:
        return Finding("Scopes", f"missing: {', '.join(missing)}.{more}", REINSTALL)
    return Finding("Scopes", f"all {len(wanted)} are granted.{more}")


def _clock(headers: Mapping[str, str], asked_at: datetime) -> Finding:
    """This machine's clock against Slack's: posts go out by it."""
    try:
        ahead = asked_at - parsedate_to_datetime(headers.get("Date", ""))
    except (TypeError, ValueError):
        return Finding("Clock", "this server does not say what time it is.")
    if abs(ahead) <= CLOCK_TOLERANCE:
        return Finding("Clock", "agrees with Slack's to the minute.")
    way = "ahead of" if ahead > timedelta(0) else "behind"
    says = f"this machine is {abs(ahead).total_seconds():.0f} s {way} Slack."
    return Finding("Clock", says, "Let the machine set its clock: timedatectl set-ntp true.")
