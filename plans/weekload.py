"""What a coming week may hold: the member's load, a change that they accepted, the modes that lie on it, and
what the group has agreed on, folded into the terms of the fit.

One function says it for the week that is offered and for every preview of it, so that a suggestion promises
exactly what accepting it gives.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from fractions import Fraction

from pydantic import Field

from plans import modes, windows
from plans.fit import FittedWeek, fit
from plans.model import Area, Level, Plan, Value
from plans.modes import Eased, Mode, Period

WHOLE_DAY = 24 * 60


class Load(Value):
    """The terms of a week: hours, shares (per cent by area; None for the track's), which tiers, and how many
    minutes each weekday has (None where nothing bounds them). `modes` say why it is not an ordinary week.
    """

    track: str
    hours: float
    shares: dict[Area, float] | None = None
    core_only: bool = False
    include_stretch: bool = False
    capacity: dict[int, int] | None = None
    modes: tuple[Mode, ...] = ()


class Circumstances(Value):
    """What is known of somebody's coming week, beside the change that they may accept for it.

    `hours` are those of an ordinary week. `eased` are the parts of its share that an area keeps, as the group
    has agreed.
    """

    plan: Plan
    track: str
    level: Level
    week: int
    monday: date
    hours: float
    interview: date | None = None
    days_off: frozenset[int] = frozenset()
    windows: str = ""
    periods: tuple[Period, ...] = ()
    eased: dict[Area, float] = Field(default_factory=dict)
    done_or_offered: frozenset[str] = frozenset()


class Wanted(Value):
    """What a change asks of the week; nothing, for a week as it comes.

    `favour` gets at least `favoured` per cent of the hours.
    """

    track: str | None = None
    hours: float | None = None
    core_only: bool = False
    include_stretch: bool = False
    favour: Area | None = None
    favoured: int = modes.FAVOURED


AS_IT_COMES = Wanted()


def fitted(where: Circumstances, wanted: Wanted = AS_IT_COMES) -> FittedWeek:
    """The week as it would be offered."""
    terms = load(where, wanted)
    return fit(
        where.plan.week(where.week),
        track=where.plan.track(terms.track),
        level=where.level,
        hours=terms.hours,
        shares=terms.shares,
        include_stretch=terms.include_stretch,
        core_only=terms.core_only,
        done_or_offered=where.done_or_offered,
        days_off=where.days_off,
        capacity=terms.capacity,
    )


def load(where: Circumstances, wanted: Wanted = AS_IT_COMES) -> Load:
    """The terms of the week.

    A change and a mode are never multiplied: the one that leaves fewer hours counts. In a week that a mode
    makes lighter there are no stretch goals.
    """
    own = where.hours
    asked = own if wanted.hours is None else wanted.hours
    eased = modes.of_week(
        where.periods, where.monday, hours=own, interview=where.interview, days_off=where.days_off
    )
    track = where.plan.track(wanted.track or where.track)
    return Load(
        track=track.name,
        hours=min(asked, float(Fraction(own) * eased.kept)),
        shares=_shares(
            track.shares, where.eased, [(eased.first, modes.FAVOURED), (wanted.favour, wanted.favoured)]
        ),
        core_only=wanted.core_only or eased.core_only,
        include_stretch=wanted.include_stretch and not eased.is_lighter,
        capacity=_capacity(where, eased),
        modes=eased.modes,
    )


def _shares(
    shares: Mapping[Area, float],
    eased: Mapping[Area, float],
    favours: Sequence[tuple[Area | None, int]],
) -> dict[Area, float] | None:
    """The shares after what the group agreed on and what is favoured; None if nothing changes them."""
    changed = dict(shares)
    for area, factor in eased.items():
        changed = with_share(changed, area, changed.get(area, 0) * factor)
    for favour, least in favours:
        if favour is not None and changed.get(favour, 0) < least:
            changed = with_share(changed, favour, least)
    return None if changed == dict(shares) else changed


def with_share(shares: Mapping[Area, float], area: Area, share: float) -> dict[Area, float]:
    """The shares with this one set; the others divide the rest as they did before.

    Alone, an area keeps everything, for there is nothing to divide.
    """
    others = sum(part for name, part in shares.items() if name is not area)
    if not others:
        return dict(shares)
    scale = (100 - share) / others
    return {area: share} | {name: part * scale for name, part in shares.items() if name is not area}


def _capacity(where: Circumstances, eased: Eased) -> dict[int, int] | None:
    """The minutes of each weekday: of its windows, or of the plan's day where a mode makes it shorter."""
    kept = windows.capacity(windows.of_week(where.windows, where.plan, where.week))
    if not eased.capacity and not eased.at_most:
        return kept
    usual = kept if kept is not None else _usual_minutes(where)
    bounds = dict.fromkeys(range(7), WHOLE_DAY) if kept is None else dict(kept)
    for day, part in eased.capacity.items():
        bounds[day] = min(bounds[day], round(usual.get(day, 0) * part))
    for day, most in eased.at_most.items():
        bounds[day] = min(bounds[day], most)
    return _without(bounds, where.days_off)


def _usual_minutes(where: Circumstances) -> dict[int, int]:
    """How long each day usually is: the hours, shared out as the plan lists its days."""
    listed = {day.weekday.number: day.hours for day in where.plan.week(where.week).days}
    whole = sum(listed.values())
    return {day: round(where.hours * 60 * hours / whole) for day, hours in listed.items()}


def _without(bounds: Mapping[int, int], days_off: AbstractSet[int]) -> dict[int, int]:
    return {day: 0 if day in days_off else minutes for day, minutes in bounds.items()}
