"""The week of an interview: what its days are for, the list, and its date."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block, CheckboxesElement, InteractiveElement

from bot.views import form
from bot.views.checkbox_ids import CheckboxId
from bot.views.membership import INTERVIEW, interview_date
from bot.views.message import (
    Message,
    actions,
    built,
    button,
    context,
    header,
    option,
    section,
)
from bot.views.words import clip, duration, plural, short_date
from plans.interview_week import (
    ITEMS,
    Item,
    Part,
    Purpose,
    Sheet,
    Stage,
    first_day,
    of_part,
    stage,
)
from plans.modes import EVE_MINUTES, RULES, Mode

SHOW_INTERVIEW, TICK, TAKE_OVER = "interview_show", "interview_tick", "interview_take_over"
SET_DATE, DATE_FORM = "interview_set_date", "interview_date_form"  # a button, a callback id
DATE = INTERVIEW  # the form's only field

_NOTHING_ELSE = "Nothing else is planned: ten minutes of warm-up, then trust what you have practised."
THE_DAY = f"Today is your interview. {_NOTHING_ELSE}"
_PURPOSES: Mapping[Purpose, str] = {
    Purpose.POLISH: "polish your stories, look your designs through",
    Purpose.MOCK: "one last mock, and what its feedback says",
    Purpose.REVIEW: "light review, nothing new",
    Purpose.REST: "rest, and the logistics",
    Purpose.CALM: "a little review, then something that you like",
    Purpose.EVE: "your page of stories in the morning, logistics in the afternoon, rest",
    Purpose.INTERVIEW: "ten minutes of warm-up, then the interview",
}


@dataclass(frozen=True)
class Box(CheckboxId):
    """Whose list a group of checkboxes is part of, for which interview, and its lines."""

    PREFIX = "interview"

    membership_id: int
    interview_on: date
    revision: str
    items: tuple[str, ...]


# The list


def post(sheet: Sheet, revision: str) -> Message:
    """The list. `revision` names this drawing of its checkboxes: a new one makes clients forget theirs."""
    return Message(_summary(sheet), built(list(_blocks(sheet, revision))))


def _summary(sheet: Sheet) -> str:
    lines = "; ".join(
        f"{'✓' if item.id in sheet.ticked else '○'} {item.text}"
        for part in sheet.parts
        for item in of_part(part)
    )
    ease = f" {_ease(sheet)}" if sheet.days else ""
    return clip(f"{_headline(sheet)}.{ease} {_progress(sheet)} {lines}", 3500)


def _headline(sheet: Sheet) -> str:
    return f"Interview on {short_date(sheet.interview_on)}"


def _blocks(sheet: Sheet, revision: str) -> Iterator[Block]:
    yield header(_headline(sheet))
    if sheet.days:
        yield section(_ease(sheet))
    if len(sheet.days) > 1:  # on the day itself its purpose is said above
        yield section("\n".join(f"*{short_date(day)}*: {_PURPOSES[each]}" for day, each in sheet.days))
    for part in sheet.parts:
        yield _boxes(sheet, part, revision)
    yield section(f"*{_progress(sheet)}* {_next(sheet)}")
    yield context(_privacy(sheet))
    yield actions(*_doors(sheet))


def _ease(sheet: Sheet) -> str:
    """What the light days are, in numbers."""
    if sheet.today == sheet.interview_on:
        return _NOTHING_ELSE
    since = first_day(sheet.interview_on)
    span = f"from {short_date(since)}" if sheet.today < since else "until then"
    planned = f" Planned: {duration(sheet.minutes)}." if sheet.minutes else ""
    return (
        f"Light days {span}: {RULES[Mode.INTERVIEW].keeps} % of your usual hours, core goals only,"
        f" at most {duration(EVE_MINUTES)} on the day before.{planned}"
    )


def _progress(sheet: Sheet) -> str:
    return "All of it is ready." if sheet.is_done else f"{sheet.done} of {len(ITEMS)} ready."


def _next(sheet: Sheet) -> str:
    if sheet.is_done:
        return "You did the work; trust it."
    return "Most of it takes minutes, and what stays open is no reason to worry."


def _privacy(sheet: Sheet) -> str:
    if stage(sheet.interview_on, sheet.today) is not Stage.AHEAD:
        return "Only you see this list."
    comes = short_date(first_day(sheet.interview_on))
    return f"Only you see this list. It comes to you on {comes}; what you tick until then stays ticked."


def _boxes(sheet: Sheet, part: Part, revision: str) -> Block:
    """The lines of one part to tick."""
    items = of_part(part)
    options = {item.id: option(item.text, item.id) for item in items}
    box = Box(sheet.membership_id, sheet.interview_on, revision, tuple(options))
    return section(
        f"*{_title(sheet, part)}*{_so_far(sheet, items)}",
        block_id=str(box),
        accessory=CheckboxesElement(
            action_id=TICK,
            options=list(options.values()),
            initial_options=[options[item.id] for item in items if item.id in sheet.ticked] or None,
        ),
    )


def _title(sheet: Sheet, part: Part) -> str:
    match part:
        case Part.WEEK:
            return "In the days before"
        case Part.EVE:
            return "The day before"
        case Part.MORNING:
            return f"The morning of {short_date(sheet.interview_on)}"


def _so_far(sheet: Sheet, items: tuple[Item, ...]) -> str:
    done = sum(item.id in sheet.ticked for item in items)
    return f", {done} of {len(items)}" if done else ""


def _doors(sheet: Sheet) -> list[InteractiveElement]:
    about = f"{sheet.membership_id}:{sheet.interview_on.isoformat()}"
    row: list[InteractiveElement] = []
    if sheet.old_date is not None:
        ticks = plural(len(sheet.old_ticks), "tick")
        row.append(button(f"Take over {ticks} from {short_date(sheet.old_date)}", TAKE_OVER, about))
    return [*row, button("Move the date", SET_DATE, about)]


def moved(old: date, new: date | None, today: date, membership_id: int) -> Message:
    """The list of a date that no longer holds."""
    if new is None:
        text = f"Your interview on {short_date(old)} is off. What you ticked is kept for the next date."
        return _sentence(text, button("Set a date", SET_DATE, f"{membership_id}:{old.isoformat()}"))
    comes = first_day(new)
    when = f"comes on {short_date(comes)}" if comes > today else "is here, too"
    text = f"Your interview has moved from {short_date(old)} to {short_date(new)}. The list for it {when}."
    return _sentence(text, button("Show the list", SHOW_INTERVIEW, str(membership_id)))


def no_date(membership_id: int, today: date) -> Message:
    """For who has no interview date yet."""
    text = (
        "There is no interview date yet. With one, the days before it become light, and a list brings what is"
        " to be ready."
    )
    return _sentence(text, button("Set a date", SET_DATE, f"{membership_id}:{today.isoformat()}"))


def date_form(membership_id: int, current: date | None) -> dict[str, Any]:
    """The day of the interview alone."""
    text = "You see what it changes in your plan before anything does."
    return form.modal(
        "Interview date",
        [section(text), interview_date(current)],
        callback_id=DATE_FORM,
        submit="Show the change",
        about=str(membership_id),
    )


def _sentence(text: str, *doors: InteractiveElement) -> Message:
    row = [actions(*doors)] if doors else []
    return Message(text, built([section(text), *row]))
