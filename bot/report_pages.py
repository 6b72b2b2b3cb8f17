"""A group's report as HTML, Markdown and CSV. Names are people's words: each format has its own escaping."""

import base64
import csv
import functools
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.pictures import record as record_picture
from bot.views.words import METRICS, hours, long_date
from plans import calendar
from plans.groupcard import Line
from plans.grouprecord import GroupRecord, RecordWeek

TEMPLATES = Path(__file__).parent / "templates"
PICTURE = "Goals met by week in %"
NONE = "–"
CSV_HEAD = (
    "group",
    "week",
    "week_of",
    "final",
    "member_number",
    "member",
    "band",
    "goals_met_percent",
    "hours",
    "points",
    "possible_points",
)
_FORMULA = tuple("=+-@\t\r")
_MARKDOWN = re.compile(r"([\\`*_\[\]#|~:])")


@dataclass(frozen=True)
class Cell:
    """One member's week as it is written."""

    week: str
    band: str
    goals: str
    hours: str
    points: str


@dataclass(frozen=True)
class Row:
    """One week of the group as it is written."""

    week: str
    goals: str
    members: str
    hours: str
    mocks: str


@dataclass(frozen=True)
class Report:
    """All that the pages say, in words already; `picture` is a data URI, "" if there is none."""

    group: str
    span: str
    facts: tuple[tuple[str, str], ...]
    weeks: tuple[Row, ...]
    members: tuple[tuple[str, tuple[Cell, ...]], ...]
    notes: tuple[str, ...]
    picture: str = ""
    alt: str = ""


# Formats


def html(group: str, record: GroupRecord) -> str:
    """One page that stands alone, on paper as well, light and dark."""
    return _rendered(_html_pages(), "report.html.j2", _report(group, record, pictured=True))


def markdown(group: str, record: GroupRecord) -> str:
    """The same to be pasted somewhere, without the picture."""
    return _rendered(_markdown_pages(), "report.md.j2", _report(group, record, pictured=False))


def table(group: str, record: GroupRecord) -> str:
    """One row for each member and week, for a spreadsheet: nothing in it begins a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(CSV_HEAD)
    writer.writerows(
        [_safe(group), *_csv_week(week), _safe(line.member), _safe(line.name), *_csv_line(line)]
        for week, line in record.lines
    )
    return out.getvalue()


FORMATS: Mapping[str, Callable[[str, GroupRecord], str]] = MappingProxyType(
    {"md": markdown, "csv": table, "html": html}
)


def _rendered(pages: Environment, template: str, report: Report) -> str:
    return pages.get_template(template).render(report=report)


@functools.cache
def _html_pages() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@functools.cache
def _markdown_pages() -> Environment:
    """Whatever is put into a page is escaped for Markdown, as autoescape does it for HTML."""
    return Environment(  # noqa: S701 (its escaping is `finalize`)
        loader=FileSystemLoader(TEMPLATES),
        finalize=in_markdown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def in_markdown(words: object) -> str:
    """Words that stay words in Markdown: no markup, no table's edge, no HTML, no link, nobody called."""
    text = " ".join(str(words).split())
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _MARKDOWN.sub(r"\\\1", text)
    return text.replace("@", "@\N{WORD JOINER}").replace("www.", "www\\.")


# In words


def _report(group: str, record: GroupRecord, *, pictured: bool) -> Report:
    drawn = record_picture.picture(PICTURE, "report.png", record) if pictured else None
    return Report(
        group=group,
        span=_span(record),
        facts=tuple(_facts(record)),
        weeks=tuple(map(_row, record.weeks)),
        members=tuple(_member(record, shown.member, shown.name) for shown in record.roster),
        notes=tuple(_notes(record)),
        picture=f"data:image/png;base64,{base64.b64encode(drawn.draw()).decode()}" if drawn else "",
        alt=drawn.alt if drawn else "",
    )


def _span(record: GroupRecord) -> str:
    first, last = record.weeks[0].monday, record.weeks[-1].monday + 6 * calendar.DAY
    return f"{long_date(first)} to {long_date(last)}"


def _facts(record: GroupRecord) -> list[tuple[str, str]]:
    """The totals, each with its name; of what is not summed nothing."""
    newest = record.weeks[-1].card
    facts = [("Weeks", str(len(record.weeks))), ("Members now", str(newest.members))]
    if record.goals is not None and record.goals.percent is not None:
        facts.append(("Goals met", f"{record.goals.percent} %"))
    if record.trend is not None:
        first, last = record.weeks[0].card.percent, newest.percent
        facts.append(("First to last week", f"{first} to {last} %"))
    if record.minutes is not None:
        facts.append(("Hours", f"{hours(record.minutes.amount)} ({record.minutes.people})"))
    facts += [
        (_capital(METRICS[metric][1]), f"{total.amount} ({total.people})")
        for metric, total in (record.metrics or {}).items()
    ]
    return [*facts, ("Mocks held", str(record.mocks_held))]


def _capital(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"


def _row(week: RecordWeek) -> Row:
    card = week.card
    spent = f"{hours(card.minutes.amount)} ({card.minutes.people})" if card.minutes.people else NONE
    met = NONE if card.percent is None else f"{card.percent} % ({card.goals_people})"
    return Row(_week(week), met, str(card.members), spent, str(card.mocks_held))


def _week(week: RecordWeek) -> str:
    name = calendar.week_label(week.monday)
    return name if week.closed else f"{name}, so far"


def _member(record: GroupRecord, member: str, name: str) -> tuple[str, tuple[Cell, ...]]:
    return name, tuple(_cell(week, line) for week, line in record.lines if line.member == member)


def _cell(week: RecordWeek, line: Line) -> Cell:
    return Cell(
        week=_week(week),
        band=line.band,
        goals=NONE if line.percent is None else f"{line.percent} %",
        hours=NONE if line.hours is None else f"{line.hours:.1f} h",
        points=f"{line.points}/{line.possible}" if line.possible else NONE,
    )


def _notes(record: GroupRecord) -> list[str]:
    """What the numbers count, in sentences."""
    notes = [
        (
            "All of this stood in the channel. Who shares a summary shows band and goals met,"
            " who shares everything hours and points as well."
        ),
        "A number in brackets says how many people the one before it counts.",
    ]
    if record.goals is None or record.minutes is None:
        notes.append("Weeks of different people are not summed; each stands for itself.")
    hidden = record.weeks[-1].card.unlisted
    if hidden:
        who = "1 member of the newest week is" if hidden == 1 else f"{hidden} members of the newest week are"
        notes.append(f"{who} in no line and in no total.")
    return notes


# For spreadsheets


def _csv_week(week: RecordWeek) -> list[str]:
    final = "yes" if week.closed else "no"
    return [calendar.week_label(week.monday), week.monday.isoformat(), final]


def _csv_line(line: Line) -> list[object]:
    spent = None if line.hours is None else round(line.hours, 2)
    return [line.band, line.percent, spent, line.points, line.possible]


def _safe(words: str) -> str:
    """Words that no spreadsheet takes for a formula, in one line."""
    text = " ".join(words.split())
    return f"'{text}" if text.startswith(_FORMULA) else text
