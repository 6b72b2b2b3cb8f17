"""The question about a week with public holidays, and what became of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import Block, InteractiveElement

from bot.views.membership import OPEN_SETTINGS
from bot.views.message import Message, actions, built, button, context, header, section
from bot.views.modes import sum_of_change, week_change
from bot.views.words import escape, listed, short_date
from plans.mode_changes import WeekChange
from plans.public_holidays import Holiday

HOLIDAY_LIGHTER, HOLIDAY_AS_PLANNED, HOLIDAY_UNDO = "holiday_lighter", "holiday_as_planned", "holiday_undo"


@dataclass(frozen=True)
class HolidayWeek:
    """A week with holidays as one member is asked about it; `country` is a name, `guessed` from the zone.

    `change` is what lighter days would change; it is asked for while `state` is "asked".
    """

    ask_id: int
    membership_id: int
    monday: date
    holidays: Sequence[Holiday]
    country: str
    guessed: bool
    state: str  # asked, lighter, as_planned
    over: bool
    change: WeekChange | None = None


def post(week: HolidayWeek) -> Message:
    """The question, or its answer with the way back."""
    if not week.holidays:
        text = f"The week of {short_date(week.monday)} has no public holiday of yours. It stays as planned."
        return Message(text, built([section(text), actions(_settings(week))]))
    lines = list(_lines(week))
    blocks: list[Block] = [header(_title(week)), section(lines[0])]
    if week.state == "asked" and week.change is not None and not week.over:
        blocks += week_change(week.change)
        blocks.append(context(" ".join(lines[1:])))
    elif len(lines) > 1:
        blocks.append(section(" ".join(lines[1:])))
    if row := _buttons(week):
        blocks.append(actions(*row))
    return Message(_summary(week, lines), built(blocks))


def _title(week: HolidayWeek) -> str:
    one = len(week.holidays) == 1
    return f"{'A public holiday' if one else 'Public holidays'} in the week of {short_date(week.monday)}"


def _lines(week: HolidayWeek) -> Iterator[str]:
    days = [f"{short_date(day)}, {escape(name)}" for day, name in week.holidays]
    yield f"{listed(days)}."
    if week.state == "lighter":
        yield "Taken: these days are 35 % lighter."
    elif week.state == "as_planned":
        yield "The week stays as planned."
    elif week.over:
        yield "The week went as planned."
    else:
        yield "With lighter days it looks like this, 35 % less on them. No answer means as planned."
        if week.guessed:
            yield f"I take your country to be {escape(week.country)}."


def _summary(week: HolidayWeek, lines: Sequence[str]) -> str:
    """The same for notifications and screen readers, with the sums of the change."""
    if week.state == "asked" and week.change is not None and not week.over:
        return f"{_title(week)}: {' '.join(lines)} {sum_of_change(week.change)}"
    return f"{_title(week)}: {' '.join(lines)}"


def _buttons(week: HolidayWeek) -> list[InteractiveElement]:
    about = str(week.ask_id)
    if week.over:
        return []
    if week.state != "asked":
        return [button("Undo", HOLIDAY_UNDO, about)]
    row: list[InteractiveElement] = [
        button("Lighter week", HOLIDAY_LIGHTER, about, style="primary"),
        button("As planned", HOLIDAY_AS_PLANNED, about),
    ]
    return [*row, _settings(week)]


def _settings(week: HolidayWeek) -> InteractiveElement:
    return button("Another country", OPEN_SETTINGS, str(week.membership_id))
