"""`python -m bot report`: a group's weeks on paper for its lead, of nothing but what its channel has seen."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot import report_pages
from bot.settings import read_settings
from bot.store import checkup, reports
from bot.store.database import open_database
from bot.store.reports import KnownGroup
from plans.errors import StudyError
from plans.grouprecord import GroupRecord

OK = 0


class NoDatabase(StudyError):
    """There is no database at {place} yet. CADENCE_DATA or DATABASE_URL says where yours is."""


class DatabaseUnreadable(StudyError):
    """The database cannot be read ({reason}). `make doctor` says more."""


class UnknownGroup(StudyError):
    """There is no group {wanted!r}. Known: {known}."""


class SeveralGroups(StudyError):
    """Several groups are called {wanted!r}. Name one by its number or its channel: {known}."""


class NoScorecardYet(StudyError):
    """{group} has no scorecard yet. The first one comes at the end of its first week."""


class CannotWrite(StudyError):
    """{place} cannot be written ({reason}). Choose another file with --out."""


def add_report(report: argparse.ArgumentParser) -> None:
    """What the command takes."""
    report.description = (
        "Write a group's published weeks for its lead. It holds what the channel has seen, and no more."
    )
    report.add_argument("--group", required=True, help="its name, its number, or its channel's id")
    report.add_argument("--format", choices=list(report_pages.FORMATS), default="md", help="default: md")
    report.add_argument("--out", metavar="FILE", type=Path, help="where to; else it is printed")
    report.add_argument("--weeks", metavar="N", type=_weeks, help="only the newest N weeks (default: all)")
    report.set_defaults(command=write)


def _weeks(text: str) -> int:
    """How many weeks, from the command line."""
    if not text.isdecimal() or not 0 < int(text) < 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of weeks; try 4")
    return int(text)


def write(given: argparse.Namespace) -> int:
    """Print the report, or write it to a file.

    Raises:
        StudyError: there is no such database, group, week or place.
    """
    group, record = asyncio.run(_read(read_settings().database, given.group, given.weeks))
    text = report_pages.FORMATS[given.format](group.name, record)
    if given.out is None:
        sys.stdout.write(text)
        return OK
    try:
        given.out.write_text(text, "utf-8", newline="")
    except OSError as error:
        raise CannotWrite(place=given.out, reason=error.strerror) from error
    return OK


async def _read(address: str, wanted: str, weeks: int | None) -> tuple[KnownGroup, GroupRecord]:
    """The group that is meant and its weeks, over connections that cannot write."""
    file = checkup.file_of(address)
    if file is not None and not file.exists():
        raise NoDatabase(place=file)
    database = open_database(address)
    try:
        async with database.read() as session:
            group = find(await reports.groups(session), wanted)
            record = await reports.record(session, group.id, weeks)
    except SQLAlchemyError as error:
        raise DatabaseUnreadable(reason=getattr(error, "orig", None) or type(error).__name__) from error
    finally:
        await database.close()
    if not record.weeks:
        raise NoScorecardYet(group=group.name)
    return group, record


def find(known: Sequence[KnownGroup], wanted: str) -> KnownGroup:
    """The group that is meant: by number or channel, else by name, whatever its case, spaces and signs.

    Raises:
        UnknownGroup: there is none; it lists those that there are.
        SeveralGroups: the name does not decide.
    """
    exact = [group for group in known if wanted.lstrip("#") in (str(group.id), group.channel_id)]
    named = [group for group in known if _bare(group.name) == _bare(wanted)]
    found = exact or named
    if len(found) == 1:
        return found[0]
    if found:
        raise SeveralGroups(wanted=wanted, known=_listed(found))
    raise UnknownGroup(wanted=wanted, known=_listed(known) or "none yet")


def _bare(name: str) -> str:
    """A name as people recall it: "#staff-prep" is "Staff Prep"."""
    return "".join(sign for sign in name.casefold() if sign.isalnum()) or name.strip()


def _listed(known: Sequence[KnownGroup]) -> str:
    return ", ".join(f"{group.name} (number {group.id}, channel {group.channel_id})" for group in known)
