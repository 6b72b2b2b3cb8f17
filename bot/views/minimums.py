"""The minimums in words: how they stand, what a weekend still holds, what the hours cannot hold."""

from collections.abc import Sequence

from bot.views.words import METRICS, count, duration, listed
from plans.minimums import Held, Piece, Standing, WeekMinimums
from plans.model import Metric

SHORT = {
    Metric.MOCK_INTERVIEWS: "mocks",
    Metric.SYSTEM_DESIGN_PROBLEMS: "designs",
    Metric.CODING_PROBLEMS: "coding",
    Metric.STORIES: "stories",
}


def of_week(week: WeekMinimums) -> str:
    """The four counts, the days, and what the hours do not hold, one sentence a line."""
    counts = " · ".join(f"{SHORT[each.metric]} {each.done} of {each.minimum}" for each in week.standings)
    return "\n".join(filter(None, (f"Minimums of the week: {counts}", _days_so_far(week.held), beyond(week))))


def _days_so_far(held: Held) -> str:
    return f"Daily minimum held on {_days(held)} so far" if held.asked else ""


def _days(held: Held) -> str:
    return f"{held.days} of {held.asked} {'day' if held.asked == 1 else 'days'}"


def beyond(week: WeekMinimums) -> str:
    """What the week's hours do not hold of the usual minimums, which is no failure; "" if they hold all."""
    if not week.beyond:
        return ""
    held = listed([_held(each) for each in week.beyond])
    usual = listed([str(each.minimum) for each in week.beyond])
    minimums = "minimum is" if len(week.beyond) == 1 else "minimums are"
    return f"This week's {_hours(week)} h hold {held}; the usual {minimums} {usual}."


def _held(standing: Standing) -> str:
    return (
        count(standing.offered, standing.metric) if standing.offered else f"no {METRICS[standing.metric][0]}"
    )


def _hours(week: WeekMinimums) -> str:
    """The week's hours to the nearest half: goals seldom add up to a round number."""
    return f"{round(week.hours * 2) / 2:g}"


def for_weekend(pieces: Sequence[Piece]) -> str:
    """What is still short and fits into the weekend; "" if nothing is."""
    if not pieces:
        return ""
    named = listed([f"{count(each.number, each.metric)} (about {duration(each.minutes)})" for each in pieces])
    return f"Still open of the week's minimums, and it would fit into the weekend: {named}. Only if it does you good."


def for_card(week: WeekMinimums, *, closed: bool) -> str:
    """What was short, by name, for the member's own eyes."""
    parts = [_short(week, closed=closed)]
    if week.held.asked:
        parts.append(f"The daily minimum held on {_days(week.held)}.")
    parts.append(beyond(week))
    return " ".join(filter(None, parts))


def _short(week: WeekMinimums, *, closed: bool) -> str:
    if not week.short:
        return "" if week.beyond else "All minimums of the week are held."
    names = listed([_of(each) for each in week.short])
    if closed:
        return f"Below the week's minimums: {names}. The new week counts from nought."
    return f"Still open of the week's minimums: {names}."


def _of(standing: Standing) -> str:
    """How far a shortfall has come: "1 of 2 system designs"."""
    return f"{standing.done} of {count(standing.reach, standing.metric)}"
