"""The program: `python -m bot`. Reads settings, builds, runs until stopped. The only place that wires."""

import argparse
import asyncio
import logging
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

import aiohttp
from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import SQLAlchemyError

from bot import choosing, demo, doctor, local, matching, planning, report
from bot.health import Health
from bot.manifest import read_manifest
from bot.running import Bot, Connection
from bot.settings import Settings, SettingsError, read_settings
from bot.workspace.clock import Clock
from bot.workspace.server import Workspace
from plans import library, question_files
from plans.errors import StudyError
from plans.library import Library, PlanFaults

OK, FAILED, MISUSED = 0, 1, 2
UNFINISHED = "demo.unfinished"  # stands in the data folder while the demo is played


class CannotStartError(Exception):
    """Something outside of the program is in the way; the message is one sentence that says what."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command of the program; the answer is its exit code."""
    given = _parser().parse_args(arguments)
    try:
        code: int = given.command(given)
    except SettingsError as error:
        print(f"Cadence cannot start. {error}", file=sys.stderr)
        return MISUSED
    except CannotStartError as error:
        print(f"Cadence cannot start. {error} `make doctor` says more.", file=sys.stderr)
        return FAILED
    except StudyError as error:
        print(error, file=sys.stderr)
        return FAILED
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot", description="Cadence: prepare together for engineering-manager interviews."
    )
    parser.set_defaults(command=run, weeks=demo.WEEKS, at=None)
    commands = parser.add_subparsers(title="commands")
    runs = commands.add_parser("run", help="run the bot (the default)")
    furnishing = runs.add_mutually_exclusive_group()
    furnishing.add_argument(
        "--empty",
        dest="weeks",
        action="store_const",
        const=0,
        default=demo.WEEKS,
        help="start the local workspace without its demo group",
    )
    furnishing.add_argument(
        "--weeks",
        type=_weeks,
        default=demo.WEEKS,
        help=f"how many weeks the demo group has behind it, 1 to {demo.MOST_WEEKS} (default {demo.WEEKS})",
    )
    runs.add_argument(
        "--at", type=_instant, help="what the local workspace's clock shows at first, in ISO 8601"
    )
    runs.set_defaults(command=run)
    checks = commands.add_parser("doctor", help="say what is wrong with the set-up and what to do about it")
    checks.set_defaults(command=examine)
    choosing.add_choose(planning.add_plans(commands.add_parser("plans", help="look at the study plans")))
    matching.add_mocks(commands.add_parser("mocks", help="try out how mock interviews are matched"))
    report.add_report(
        commands.add_parser("report", help="a group's weeks for its lead, to print or to count")
    )
    return parser


def _instant(text: str) -> datetime:
    """An instant from the command line; without an offset it is UTC."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date and time; try 2027-01-11T18:00") from None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _weeks(text: str) -> int:
    """How long the demo group has been at it."""
    if not text.isdecimal() or not 1 <= int(text) <= demo.MOST_WEEKS:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of weeks from 1 to {demo.MOST_WEEKS}")
    return int(text)


# Running


def run(given: argparse.Namespace) -> int:
    """Run until Ctrl-C or SIGTERM."""
    settings = read_settings()
    _log_to_stderr(settings.log_level)
    return asyncio.run(_run(settings, _plans(settings), weeks=given.weeks, at=given.at))


def _plans(settings: Settings) -> Library:
    """The plans that come with Cadence and those of the installation's own.

    Raises:
        SettingsError: with every fault of one's own plans; a start without them would take them from members.
    """
    try:
        return library.read(settings.plans)
    except PlanFaults as error:
        if settings.plans is None:
            raise
        faults = "\n".join(error.lines)
        raise SettingsError(f"CADENCE_PLANS: {len(error.faults)} to put right.\n{faults}") from None


def examine(_: argparse.Namespace) -> int:
    """Print what the doctor finds; 0 if all is well."""
    return asyncio.run(doctor.examine())


def _log_to_stderr(level: str) -> None:
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    if level != "DEBUG":
        for chatty in ("apscheduler", "alembic", "slack_bolt", "slack_sdk", "aiohttp.access"):
            logging.getLogger(chatty).setLevel("WARNING")


async def _run(settings: Settings, shelf: Library, *, weeks: int, at: datetime | None) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(each, stop.set)
    if settings.is_local:
        return await _run_local(settings, shelf, stop, weeks=weeks, at=at or datetime.now(UTC))
    return await _run_with_slack(settings, shelf, stop)


async def _run_with_slack(settings: Settings, shelf: Library, stop: asyncio.Event) -> int:
    """Connect to the Slack that the settings name."""
    if settings.bot_token is None or settings.app_token is None:
        raise SettingsError("SLACK_BOT_TOKEN and SLACK_APP_TOKEN are both needed to connect.")
    secret = settings.signing_secret.get_secret_value() if settings.signing_secret else None
    connection = Connection(
        settings.api_url,
        settings.bot_token.get_secret_value(),
        settings.app_token.get_secret_value(),
        secret,
    )
    with _reasons(settings):
        bot = Bot(
            connection,
            database=settings.database,
            library=shelf,
            bank=question_files.read(),
            now=lambda: datetime.now(UTC),
        )
        await _start(bot)
    health = Health(bot, settings.host, settings.port)
    try:
        address = await health.start()
    except OSError as error:
        await bot.stop()
        raise _not_listening(settings, error) from error
    print(f"Cadence is connected to Slack. {address} tells how it is. Ctrl-C ends it.", flush=True)
    await stop.wait()
    await health.stop()
    await bot.stop()
    return OK


async def _run_local(
    settings: Settings, shelf: Library, stop: asyncio.Event, *, weeks: int, at: datetime
) -> int:
    """Start the local workspace and the bot in it; the first time with a demo group."""
    _forget_half_a_demo(settings)
    store = settings.data / local.STORE
    fresh = not store.exists()
    clock = Clock(demo.begins(at, weeks) if fresh and weeks else at)
    with _reasons(settings):
        settings.data.mkdir(parents=True, exist_ok=True)
    try:
        workspace = local.open_workspace(
            read_manifest(), store=store, clock=clock, host=settings.host, port=settings.port
        )
    except ValueError as error:
        raise SettingsError(f"CADENCE_HOST: {error}") from error
    try:
        await workspace.start()
    except OSError as error:
        raise _not_listening(settings, error) from error
    with _reasons(settings):
        bot = Bot(
            local.connection_to(workspace),
            database=settings.database,
            library=shelf,
            bank=question_files.read(),
            now=workspace.clock.now,
            redraws=local.LOCAL_REDRAWS,
        )
        await _start(bot)
    workspace.timekeeper = local.BotTime(bot)
    print(
        f"Cadence is running in a local workspace. Open {workspace.page_url} and Ctrl-C ends it.", flush=True
    )
    if fresh:
        unfinished = settings.data / UNFINISHED
        unfinished.touch()
        if await _furnish(workspace, stop, weeks=weeks, until=at):
            unfinished.unlink()
    if demo.is_furnished(workspace):
        workspace.timekeeper = demo.Companions(workspace, workspace.timekeeper)
    await stop.wait()
    workspace.timekeeper = None
    await bot.stop()
    await workspace.stop()
    return OK


async def _start(bot: Bot) -> None:
    try:
        await bot.start()
    except Exception:  # whatever it was: let go of what was opened, then say it
        await bot.abandon()
        raise


@contextmanager
def _reasons(settings: Settings) -> Iterator[None]:
    """Say in one sentence what is in the way, where the program can go no further."""
    try:
        yield
    except SlackApiError as error:
        raise CannotStartError(f"Slack refused to connect: {error.response['error']}.") from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise CannotStartError(
            f"{settings.api_url} cannot be reached. SLACK_API_URL may be wrong, or the network is down."
        ) from error
    except (SQLAlchemyError, OSError) as error:
        named = "DATABASE_URL" if settings.database_url else "CADENCE_DATA"
        reason = getattr(error, "orig", None) or getattr(error, "strerror", None) or type(error).__name__
        raise CannotStartError(f"{named}: the database cannot be opened ({reason}).") from error


def _not_listening(settings: Settings, error: OSError) -> SettingsError:
    """What to say when the page's or the health check's address cannot be had."""
    reason = os.strerror(error.errno) if error.errno and error.errno > 0 else str(error)
    return SettingsError(
        f"CADENCE_PORT, CADENCE_HOST: {settings.host}:{settings.port} cannot be used ({reason})."
        " Is Cadence running already? If not, set another port."
    )


def _forget_half_a_demo(settings: Settings) -> None:
    """A demo that was stopped in the middle begins anew: nobody has worked in it yet."""
    unfinished = settings.data / UNFINISHED
    if not unfinished.exists():
        return
    for name in (local.STORE, local.DATABASE):
        for leftover in settings.data.glob(f"{name}*"):
            leftover.unlink()
    unfinished.unlink()


async def _furnish(workspace: Workspace, stop: asyncio.Event, *, weeks: int, until: datetime) -> bool:
    """The first time, let the demo group live through its weeks, in sight of who opens the page.

    False if it was stopped before it had come to the end.
    """
    playing = asyncio.create_task(demo.play(workspace, until) if weeks else demo.play_empty(workspace))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({playing, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if playing.done():
        playing.result()
        behind = f"The demo group has {_in_words(weeks)} behind it" if weeks else "The workspace is empty"
        print(f"{behind}. It is your turn.", flush=True)
        stopping.cancel()
        return True
    playing.cancel()
    await asyncio.gather(playing, return_exceptions=True)
    return False


def _in_words(weeks: int) -> str:
    return "a week" if weeks == 1 else f"{weeks} weeks"


if __name__ == "__main__":
    sys.exit(main())
