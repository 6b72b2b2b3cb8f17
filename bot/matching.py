"""`python -m bot mocks`: mock interviews without a group, to try out how people are matched."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from plans import dryrun
from plans.pairing import pair

OK, MISUSED = 0, 2
Content = TypeVar("Content")
EXPLAINED = """\
PEOPLE.json is a list of people, of whom only the id is required:
  [{"id": "ana", "level": "L6", "kinds": ["technical", "behavioral", "full_loop"],
    "free": [["2027-01-14T17:00+01:00", "2027-01-14T20:00+01:00"]], "mentor": false, "blocks": ["bo"]}]
Without "free" somebody can at any time, without "kinds" they like any kind.

HISTORY.json is a list of past rounds:
  [{"round": 1, "groups": [["ana", "cy"], ["dan", "eve", "flo"]], "left_out": ["gus"]}]
In each group the interviewer of the first turn stands first, then the candidate, then an observer. The
"people" of an answer stand in this order, so an answer can be a round of the next history. The coming round
has the number after the greatest one there.
"""


def add_mocks(mocks: argparse.ArgumentParser) -> None:
    """The sub-commands of `mocks`."""
    mocks.set_defaults(command=lambda _: _explain(mocks))
    commands = mocks.add_subparsers(title="commands")
    matches = commands.add_parser(
        "match",
        help="match the people of a file, as the bot would",
        description="Match people for one round of mock interviews as the bot would. Nothing is stored.",
        epilog=EXPLAINED,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    matches.add_argument("people", metavar="PEOPLE.json", type=Path, help="who is in")
    matches.add_argument("--history", metavar="HISTORY.json", type=Path, help="the rounds so far")
    matches.add_argument("--seed", type=int, default=0, help="decides between equals (default: 0)")
    matches.add_argument("--json", action="store_true", help="for programs")
    matches.set_defaults(command=match)


def _explain(mocks: argparse.ArgumentParser) -> int:
    mocks.print_help()
    return OK


def match(given: argparse.Namespace) -> int:
    """Print who would meet whom; 2 if a file cannot be read, and then each fault on the error output."""
    faults: list[str] = []
    people = _read(given.people, dryrun.people, faults) or ()
    past = (_read(given.history, dryrun.history, faults) or ()) if given.history else ()
    if faults:
        sys.stderr.write("".join(f"{fault}\n" for fault in faults))
        return MISUSED
    made = pair(people, past, seed=given.seed)
    said = dryrun.as_json(made) if given.json else dryrun.as_text(made, past)
    sys.stdout.write(f"{said}\n")
    return OK


def _read(path: Path, reader: Callable[[bytes, str], Content], faults: list[str]) -> Content | None:
    """What a file holds; None once its faults are noted."""
    try:
        return reader(path.read_bytes(), path.name)
    except OSError as error:
        faults.append(f"{path}: it cannot be read ({error.strerror})")
    except dryrun.FileFaults as error:
        faults.extend(error.faults)
    return None
