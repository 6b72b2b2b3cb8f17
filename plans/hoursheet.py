"""What each track of a plan really holds, week by week, beside the full load and the source's own figures."""

from collections.abc import Iterable, Iterator

from plans.fit import fit
from plans.model import Area, Level, Plan, Track, Value, Week

LEVEL = Level.L6  # both levels have the same hours in each week, so one speaks for both


class TrackHours(Value):
    """What a track offers of a week, in minutes; `areas` holds those that it has."""

    track: str
    minutes: int
    areas: dict[Area, int]


class WeekHours(Value):
    """A week's full load, and what each track makes of it, in minutes."""

    number: int
    full: int
    tracks: tuple[TrackHours, ...]


class HourSheet(Value):
    """A plan's hours; `hours_per_week` are the source's for the default track, if it says."""

    slug: str
    title: str
    source: str
    hours_per_week: tuple[float, float] | None
    default_track: str
    track_hours: dict[str, float]
    weeks: tuple[WeekHours, ...]


def sheet(plan: Plan) -> HourSheet:
    """The hours of every week of a plan at L6, as each of its tracks offers them."""
    return HourSheet(
        slug=plan.slug,
        title=plan.title,
        source=plan.source,
        hours_per_week=plan.hours_per_week,
        default_track=plan.default_track,
        track_hours={track.name: track.hours for track in plan.tracks},
        weeks=tuple(_week(week, plan.tracks) for week in plan.weeks),
    )


def _week(week: Week, tracks: Iterable[Track]) -> WeekHours:
    return WeekHours(
        number=week.number,
        full=round(week.hours * 60),
        tracks=tuple(_track(week, track) for track in tracks),
    )


def _track(week: Week, track: Track) -> TrackHours:
    fitted = fit(week, track=track, level=LEVEL)
    areas = {area: sum(goal.minutes for goal in fitted.goals if goal.area is area) for area in Area}
    return TrackHours(
        track=track.name,
        minutes=fitted.minutes,
        areas={area: minutes for area, minutes in areas.items() if minutes},
    )


# To read


HEAD = ("week", "full load", "track", "aim", "offered", *(area.words for area in Area))


def as_text(sheets: Iterable[HourSheet]) -> str:
    """The sheets as columns for a terminal."""
    return "\n\n".join("\n".join(_columns(each)) for each in sheets)


def as_markdown(sheets: Iterable[HourSheet]) -> str:
    """The sheets as the page of the documentation."""
    return "\n".join([_PAGE, *(line for each in sheets for line in _section(each))]) + "\n"


_PAGE = """\
# The hours of each plan

This page is made by `make plan-tables`; a test compares it with the plans.

A plan lists its full load, and each track takes of it what fits its hours and its shares, core goals first. *Full load* is everything that a week lists for one level, stretch goals included. *Aim* is what the plan says of the track; for the default track, the hours of a full week that a source gives, if one does. *Offered* is what the week then holds for somebody who goes for L6, with its hours by area.\
"""  # noqa: E501 - a paragraph of Markdown is one line


def _section(sheet: HourSheet) -> Iterator[str]:
    """A plan's heading, its figures and its table."""
    rows = list(_rows(sheet))
    yield from ("", f"## {sheet.title}", "", f"`{sheet.slug}`. {_figures(sheet)}", "")
    yield _row(HEAD)
    yield _row("---" if name == "track" else "---:" for name in HEAD)
    yield from map(_row, rows)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _figures(sheet: HourSheet) -> str:
    """Where the plan comes from, and the hours that its source gives."""
    source = f'From "{sheet.source}".'
    if sheet.hours_per_week is None:
        return source
    return f"{source} A full week on the {sheet.default_track} track: {_range(*sheet.hours_per_week)}."


def _columns(sheet: HourSheet) -> Iterator[str]:
    """A plan's heading and its table in columns."""
    rows = [HEAD, *_rows(sheet)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    yield f"{sheet.title} ({sheet.slug}). {_figures(sheet)}"
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _rows(sheet: HourSheet) -> Iterator[tuple[str, ...]]:
    """A row for each week and track; week and full load stand in the first of a week's rows."""
    for week in sheet.weeks:
        for position, track in enumerate(week.tracks):
            first = (str(week.number), _time(week.full)) if position == 0 else ("", "")
            areas = (_time(track.areas.get(area, 0)) for area in Area)
            yield (*first, track.track, _aim(sheet, track.track), _time(track.minutes), *areas)


def _aim(sheet: HourSheet, track: str) -> str:
    """The hours that the plan says of a track."""
    if track == sheet.default_track and sheet.hours_per_week is not None:
        return _range(*sheet.hours_per_week)
    return f"{sheet.track_hours[track]:g} h"


def _range(low: float, high: float) -> str:
    return f"{low:g} h" if low == high else f"{low:g} to {high:g} h"


def _time(minutes: int) -> str:
    """Minutes as people say them: "45 min", "3 h", "1 h 05", "-" for none."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min" if rest else "-"
    return f"{hours} h {rest:02}" if rest else f"{hours} h"
