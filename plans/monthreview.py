"""Making a month of its weeks: what was done, how the ratings moved, what stands out, what to change next.

What is asked stands in "Weekly planning" (Monthly Progress Evaluation): three highlights, three areas for
continued focus, three adjustments. The rules by which they are found are ours.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from plans import calendar, minimums
from plans.model import Metric
from plans.month import (
    FULL_LOAD,
    METRICS,
    RATED,
    WEEKS,
    Amount,
    Aspect,
    Course,
    Focus,
    Highlight,
    Kind,
    Month,
    MonthWeek,
    NextStep,
    Step,
    Tally,
)
from plans.published import PublishedWeek
from plans.scorecard import SECTIONS, Band

MOST_HIGHLIGHTS = MOST_FOCUS = MOST_STEPS = 3  # the lines that the source leaves for each
RISE = 0.5  # of five: a smaller step is no highlight
BAD_WEEKS = 2  # below 70 %, from which on a lighter load is worth a thought, as in the weekly suggestions
GOOD_WEEKS = 3  # from 90 % on and nothing else, from which on more is
MINUTES = 60
READINESS = "readiness"  # the scorecard's section that mock interviews move


def review(
    number: int,
    span: Sequence[date],
    cards: Mapping[date, PublishedWeek],
    *,
    starts_on: date,
    is_last: bool,
    mocks_before: int,
) -> Month:
    """The month of the weeks of `span` (Mondays, at least one), of which `cards` holds the published ones.

    `mocks_before` are the mock interviews of the member before it; `is_last` says that the plan ends with it.
    """
    weeks = tuple(
        MonthWeek(monday=day, number=(day - starts_on) // calendar.WEEK + 1, card=cards[day])
        for day in span
        if day in cards
    )
    tallies = tuple(_tally(amount, weeks) for amount in Amount)
    courses = tuple(course for aspect in Aspect if (course := _course(aspect, weeks)) is not None)
    focus = _focus(weeks)
    return Month(
        number=number,
        first=span[0],
        planned=len(span),
        is_last=is_last,
        weeks=weeks,
        tallies=tallies,
        courses=courses,
        highlights=tuple(_highlights(weeks, tallies, courses, mocks_before))[:MOST_HIGHLIGHTS],
        focus=focus,
        steps=_steps(weeks, tallies, focus, is_last=is_last),
    )


def _tally(amount: Amount, weeks: Sequence[MonthWeek]) -> Tally:
    """What was done, against what these weeks asked for; against the source's figures if that is unknown."""
    done = _sum(weeks, lambda card: _done(amount, card))
    if all(week.is_counted for week in weeks):
        return Tally(amount=amount, done=done, target=_sum(weeks, lambda card: _asked(amount, card)) or None)
    return Tally(amount=amount, done=done, reference=FULL_LOAD[amount] * len(weeks) / WEEKS)


def _sum(weeks: Sequence[MonthWeek], of: Callable[[PublishedWeek], float]) -> float:
    return round(sum(of(week.card) for week in weeks), 2)


def _done(amount: Amount, card: PublishedWeek) -> float:
    if amount is Amount.HOURS:
        return card.minutes / MINUTES
    return sum(card.counts.get(metric, 0) for metric in METRICS[amount])


def _asked(amount: Amount, card: PublishedWeek) -> float:
    if amount is Amount.HOURS:
        return card.hours or 0
    return sum(card.targets.get(metric, 0) for metric in METRICS[amount])


def _course(aspect: Aspect, weeks: Sequence[MonthWeek]) -> Course | None:
    """The first and the last rating, each the mean over the dimensions that can be compared.

    A dimension that was rated in one week alone says nothing of a change; it speaks where none was rated
    twice. None without any rating.
    """
    given = [
        [week.card.ratings[each] for week in weeks if each in week.card.ratings] for each in RATED[aspect]
    ]
    if twice := [values for values in given if len(values) > 1]:
        start, end = (_mean([values[place] for values in twice]) for place in (0, -1))
        return Course(aspect=aspect, start=start, end=end)
    once = [values[0] for values in given if values]
    return Course(aspect=aspect, start=None, end=_mean(once)) if once else None


def _mean(values: Sequence[float]) -> float:
    """To one decimal, as it is shown, so that a change is the difference of what people read."""
    return round(sum(values) / len(values), 1)


# What is worth a look back


def _highlights(
    weeks: Sequence[MonthWeek], tallies: Sequence[Tally], courses: Sequence[Course], mocks_before: int
) -> Iterator[Highlight]:
    """The most telling first; each is a number that the month holds."""
    yield from _rise(courses)
    mocks = next(tally.done for tally in tallies if tally.amount is Amount.MOCKS)
    if mocks and not mocks_before:
        yield Highlight(kind=Kind.FIRST_MOCK, number=mocks)
    yield from _target(tallies)
    worked = _worked(weeks)
    high = sum(week.card.band is Band.HIGH for week in worked)
    if high:
        yield Highlight(kind=Kind.HIGH_WEEKS, number=high, of=len(worked))
    yield from _fullest(weeks)


def _rise(courses: Sequence[Course]) -> Iterator[Highlight]:
    """The aspect that rose most, if it rose by half a point."""
    best = max(courses, key=lambda course: course.change or 0, default=None)
    if best is not None and best.start is not None and (best.change or 0) >= RISE:
        yield Highlight(kind=Kind.RISE, what=best.aspect, number=best.start, of=best.end)


def _target(tallies: Sequence[Tally]) -> Iterator[Highlight]:
    """The target that was passed by most."""
    reached = [(tally.done / tally.target, tally) for tally in tallies if tally.is_reached and tally.target]
    if reached:
        best = max(reached, key=lambda pair: pair[0])[1]
        yield Highlight(kind=Kind.TARGET, what=best.amount, number=best.done, of=best.target or 0)


def _fullest(weeks: Sequence[MonthWeek]) -> Iterator[Highlight]:
    """The week with the most hours, if one had more than each of the others."""
    by_hours = sorted(weeks, key=lambda week: week.card.minutes)
    if len(by_hours) > 1 and by_hours[-1].card.minutes > by_hours[-2].card.minutes:
        best = by_hours[-1]
        yield Highlight(kind=Kind.FULLEST, number=best.card.minutes / MINUTES, monday=best.monday)


def _worked(weeks: Sequence[MonthWeek]) -> list[MonthWeek]:
    """The weeks in which anything was planned."""
    return [week for week in weeks if week.card.band is not Band.REST]


# What to look at, and what to change


def _focus(weeks: Sequence[MonthWeek]) -> tuple[Focus, ...]:
    """The sections below their target, the furthest first."""
    found = []
    for section in SECTIONS:
        given = [value for week in weeks if (value := week.card.sections.get(section.name)) is not None]
        if given and (mean := Fraction(sum(given), len(given))) < section.target:
            focus = Focus(section=section.name, title=section.title, percent=int(mean), target=section.target)
            found.append((mean - section.target, focus))
    return tuple(focus for _, focus in sorted(found, key=lambda pair: pair[0]))[:MOST_FOCUS]


def _steps(
    weeks: Sequence[MonthWeek], tallies: Sequence[Tally], focus: Sequence[Focus], *, is_last: bool
) -> tuple[NextStep, ...]:
    """What the month's numbers propose for the next, the load first; to go on where they propose nothing."""
    if not _worked(weeks):
        return (NextStep(step=Step.NEXT_PLAN),) if is_last else ()
    load = [NextStep(step=Step.NEXT_PLAN)] if is_last else list(_load(weeks))
    mocks = list(_mocks(weeks, tallies))
    steps = [*load, *mocks, *_favour(focus, mocks), *_minimum(weeks)]
    if not is_last and not load:
        steps += _catch_up(weeks)
    return tuple(steps[:MOST_STEPS]) or (NextStep(step=Step.STEADY),)


def _load(weeks: Sequence[MonthWeek]) -> Iterator[NextStep]:
    """A lighter load after two weeks below 70 %, a heavier one after nothing but weeks of 90 % and more."""
    worked = _worked(weeks)
    low = sum(week.card.band is Band.RECOVERY for week in worked)
    high = sum(week.card.band is Band.HIGH for week in worked)
    if low >= BAD_WEEKS:
        yield NextStep(step=Step.LIGHTER, number=low, of=len(worked))
    elif high == len(worked) >= GOOD_WEEKS:
        yield NextStep(step=Step.HEAVIER, number=high, of=len(worked))


def _mocks(weeks: Sequence[MonthWeek], tallies: Sequence[Tally]) -> Iterator[NextStep]:
    """Fewer mock interviews than the weeks asked for; one at least, where they asked for none."""
    mocks = next(tally for tally in tallies if tally.amount is Amount.MOCKS)
    wanted = mocks.target or 1
    if mocks.done < wanted and all(week.is_counted for week in weeks):
        yield NextStep(step=Step.MOCKS, number=mocks.done, of=wanted)


def _favour(focus: Sequence[Focus], mocks: Sequence[NextStep]) -> Iterator[NextStep]:
    """The section furthest below its target gets time first; readiness not where mocks are proposed."""
    others = [each for each in focus if not mocks or each.section != READINESS]
    for each in others[:1]:
        yield NextStep(step=Step.FAVOUR, what=each.section, number=each.percent, of=each.target)


def _minimum(weeks: Sequence[MonthWeek]) -> Iterator[NextStep]:
    """The weekly minimum ("Timelines") of which least was done, in a week's mean; mocks speak for themselves.

    What the weeks did not ask for is left out: their hours do not hold it, which is no failure of anybody.
    """
    counted = [week.card for week in _worked(weeks) if week.is_counted]
    short = []
    for metric, least in minimums.WEEKLY.items():
        reach = sum(min(least, card.targets.get(metric, 0)) for card in counted)
        done = sum(card.counts.get(metric, 0) for card in counted)
        if metric is not Metric.MOCK_INTERVIEWS and done < reach:
            mean = round(done / len(counted), 1)
            step = NextStep(step=Step.MINIMUM, what=metric, number=mean, of=least)
            short.append((Fraction(done, reach), step))
    if short:
        yield min(short, key=lambda pair: pair[0])[1]


def _catch_up(weeks: Sequence[MonthWeek]) -> Iterator[NextStep]:
    """Goals that the month left open, where they are more than a tenth."""
    done, planned = sum(week.card.done for week in weeks), sum(week.card.planned for week in weeks)
    if done * 10 < planned * 9:
        yield NextStep(step=Step.CATCH_UP, number=done, of=planned)
