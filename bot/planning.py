"""`python -m bot plans`: the study plans to read, and one's own to begin, to check and to measure."""

import argparse
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from shlex import quote

from bot.settings import OwnPlans
from plans import checking, hoursheet, library, listing, schema, skeleton
from plans.faults import PlanFaults, printable
from plans.library import Library, PlanNotFoundError
from plans.model import Level, Plan
from plans.reading import is_part

OK, FAILED, MISUSED = 0, 1, 2
OWN = "a plan's name or the beginning of it, or the path of a plan of your own"
PLACE = "a plan's file (NAME.toml) or its folder"


def add_plans(plans: argparse.ArgumentParser) -> "argparse._SubParsersAction[argparse.ArgumentParser]":
    """The sub-commands of `plans`; what comes back takes further ones."""
    plans.set_defaults(command=list_plans)
    commands = plans.add_subparsers(title="commands")
    lists = commands.add_parser("list", help="the plans that there are")
    lists.set_defaults(command=list_plans)
    _add_show(
        commands.add_parser("show", help="a plan with its weeks, days and goals, and what a track leaves out")
    )
    _add_hours(commands.add_parser("hours", help="the hours of each week, by track and area"))
    checks = commands.add_parser("check", help="every fault of a plan of your own, and what is worth a look")
    checks.add_argument("path", type=Path, help=f"{PLACE}, or a folder of plans")
    checks.set_defaults(command=check_plans)
    begins = commands.add_parser("new", help="write a plan to begin with, with a comment for each choice")
    begins.add_argument("path", type=Path, help=f"{PLACE}, which is not there yet")
    begins.set_defaults(command=begin_plan)
    describes = commands.add_parser("schema", help="the JSON Schema of a plan's files, for editors")
    describes.add_argument(
        "file",
        nargs="?",
        choices=[kind.value for kind in schema.File],
        default=schema.File.PLAN.value,
        help="a folder's plan.toml, one of its weeks, or a whole plan in one file (the default)",
    )
    describes.set_defaults(command=print_schema)
    return commands


def _add_show(shows: argparse.ArgumentParser) -> None:
    shows.add_argument("slug", help=OWN)
    shows.add_argument("--track", help="as a member on this track gets it")
    shows.add_argument(
        "--level", choices=[level.value for level in Level], help="the level's alternatives only"
    )
    shows.add_argument("--json", action="store_true", help="for programs")
    shows.set_defaults(command=show_plan)


def _add_hours(hours: argparse.ArgumentParser) -> None:
    hours.add_argument("slug", nargs="?", help=f"{OWN}; without one, all plans")
    forms = hours.add_mutually_exclusive_group()
    forms.add_argument("--json", action="store_true", help="for programs")
    forms.add_argument(
        "--markdown", action="store_true", help="as a page; without a plan, of those that come with Cadence"
    )
    hours.set_defaults(command=print_hours)


# Reading


def list_plans(_: argparse.Namespace) -> int:
    """Print a line for each plan."""
    for plan in _library().plans:
        tracks = ", ".join(f"{track.name} {track.hours:g} h" for track in plan.tracks)
        _say(f"{plan.slug}: {len(plan.weeks)} weeks; tracks: {tracks}")
    return OK


def show_plan(given: argparse.Namespace) -> int:
    """Print a plan, in full or as a track and a level get it."""
    plan = _find(given.slug)
    level = Level(given.level) if given.level else None
    names = [track.name for track in plan.tracks]
    if given.track and given.track not in names:
        _complain(f"{plan.slug} has no track {given.track!r}. It has: {', '.join(names)}.")
        return MISUSED
    if given.json:
        _say_json(listing.as_json(plan, given.track, level))
    else:
        _say(listing.as_text(plan, given.track, level))
    return OK


def print_hours(given: argparse.Namespace) -> int:
    """Print what each track holds in each week, beside the full load."""
    if given.slug:
        plans: Iterable[Plan] = (_find(given.slug),)
    else:  # the page of the documentation must not depend on whose machine writes it
        plans = (library.read() if given.markdown else _library()).plans
    sheets = [hoursheet.sheet(plan) for plan in plans]
    if given.json:
        _say_json([sheet.model_dump(mode="json") for sheet in sheets])
    elif given.markdown:
        sys.stdout.write(hoursheet.as_markdown(sheets))
    else:
        _say(hoursheet.as_text(sheets))
    return OK


def print_schema(given: argparse.Namespace) -> int:
    """Print the JSON Schema of a kind of file."""
    sys.stdout.write(schema.as_text(schema.File(given.file)))
    return OK


# Writing one's own


def check_plans(given: argparse.Namespace) -> int:
    """Print every fault of the plans at a place; of a plan without one, what is worth a second look."""
    try:
        plans = library.check(given.path)
    except PlanFaults as error:
        _complain("\n".join(error.lines))
        return FAILED
    for plan in plans:
        found = checking.verdict(plan)
        _say(f"{f'{plan.slug}: ' if len(plans) > 1 else ''}{found}")
        if found.hints:
            _say("Worth a look:")
        for hint in found.hints:
            _say(f"  {hint}")
    return OK


def begin_plan(given: argparse.Namespace) -> int:
    """Write a plan to begin with; 2 if something is in the way."""
    path: Path = given.path
    name, shown = path.name, printable(str(path))
    if is_part(name):
        _complain(
            f"{name} is the name of a part of a plan's folder; name the folder, or choose another name."
        )
        return MISUSED
    taken = frozenset(plan.slug for plan in library.read().plans)
    is_file = name.endswith(".toml")
    files = skeleton.file(name, shown, taken) if is_file else skeleton.folder(name, shown, taken)
    home = path.parent if is_file else path
    try:
        if not is_file:
            path.mkdir()
        _write(home, files)
    except FileExistsError as error:
        _complain(f"{printable(str(error.filename))} is there already, and nothing was written over it.")
        return MISUSED
    except (OSError, ValueError) as error:
        _complain(f"{shown} cannot be written ({getattr(error, 'strerror', None) or error}).")
        return MISUSED
    _say(
        f"{shown} is a plan of two weeks, ready to be changed. Then: python -m bot plans check {quote(shown)}"
    )
    return OK


def _write(folder: Path, files: dict[str, str]) -> None:
    """Write new files into a folder.

    Raises:
        FileExistsError: one of them is there; then none is written.
    """
    for name in files:
        if os.path.lexists(folder / name):
            raise FileExistsError(0, "", str(folder / name))
    for name, text in files.items():
        with (folder / name).open("x", encoding="utf-8") as file:
            file.write(text)


# Finding and saying


def _library() -> Library:
    """The plans that come with Cadence and those of one's own."""
    return library.read(OwnPlans().plans)


def _find(wanted: str) -> Plan:
    """The plan of this name or at this path.

    Raises:
        PlanFaults: what stands at the path cannot be used.
        PlanNotFoundError: there is neither such a plan nor such a path.
        PlanAmbiguousError: more than one plan begins so.
    """
    path = Path(wanted)
    if path.suffix == ".toml" or os.sep in wanted:
        return library.load(path)
    try:
        return _library().find(wanted)
    except PlanNotFoundError:
        if path.is_dir() and wanted:
            return library.load(path)
        raise


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _say_json(value: object) -> None:
    _say(json.dumps(value, indent=2, ensure_ascii=False))


def _complain(text: str) -> None:
    sys.stderr.write(f"{text}\n")
