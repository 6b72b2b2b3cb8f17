"""Modes in words: what is on, choosing one, what it would change, and the word afterwards."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block, DividerBlock

from bot.views import form
from bot.views.changing import CHANGE_UNDO, OPEN_CHANGES
from bot.views.membership import SHOW_TODAY, SHOW_WEEK
from bot.views.message import Message, actions, built, button, context, header, section
from bot.views.planned import goal_list
from bot.views.words import clip, duration, escape, plural, short_date
from plans.mode_changes import ModePreview, ModeWish, WeekChange
from plans.modes import CHOSEN, HEAVY_WORK_HOURS, RULES, Mode, Period

OPEN_MODES, END_MODE, MODE_BACK = "modes_open", "mode_end", "mode_back"  # buttons
MODES, MODE_PREVIEW = "mode_form", "mode_preview"  # callback ids
MODE, FIRST_DAY, LAST_DAY, LESS, NOTE = "mode", "first_day", "last_day", "less", "note"
TITLE, PREVIEW_TITLE = "Lighter or different", "What would change"
SHOWN = 8  # goals of each list
MOST_SHOWN = 12  # modes of a list
NOTE_LIMIT = 200
UNDO_NOTE = "Undo works until midnight, as long as nothing of what is new is done."
LESSER = (30, 40, 50)  # per cent, "The 12-week plan" for family and personal commitments

_WHAT = {
    Mode.TRAVEL: "stories and reading first, as many hours as usual",
    Mode.HIGH_STRESS: "an hour a day; core goals only in weeks that it fills by half or more",
    Mode.FAMILY: "30 to 50 % lighter, as you choose",
    Mode.HEAVY_WORK: f"{HEAVY_WORK_HOURS} h a week; core goals only in weeks that it fills by half or more",
    Mode.HOLIDAY: "35 % lighter, keeping going instead of growing",
    Mode.INTERVIEW: "light days, nothing new, rest on the day before",
}


@dataclass(frozen=True)
class Shown:
    """A mode that is on or ahead; no id for the interview's, which comes with its date."""

    period: Period
    note: str = ""
    period_id: int | None = None


# In a line, for the day and the week


def on_the_day(periods: Iterable[Period], day: date) -> list[str]:
    """Each mode that lies on the day, as a part of its quiet line: "travel until Fri 27 Nov: stories first"."""
    return [
        f"{_name(period)}{_until(period, day)}: {_brief(period)}"
        for period in periods
        if period.holds_on(day)
    ]


def in_the_week(periods: Iterable[Period]) -> list[str]:
    """Each mode of a week: "travel, Wed 25 Nov to Fri 27 Nov"."""
    return [f"{_name(period)}, {_days(period)}" for period in periods]


def _name(period: Period) -> str:
    return "interview week" if period.mode is Mode.INTERVIEW else period.mode.words


def _until(period: Period, day: date) -> str:
    return " today" if period.ends_on == day else f" until {short_date(period.ends_on)}"


def _days(period: Period) -> str:
    if period.starts_on == period.ends_on:
        return short_date(period.starts_on)
    return f"{short_date(period.starts_on)} to {short_date(period.ends_on)}"


def _brief(period: Period) -> str:
    match period.mode:
        case Mode.TRAVEL:
            return "stories first"
        case Mode.HIGH_STRESS:
            return "an hour a day"
        case Mode.HEAVY_WORK if period.keeps is None:
            return f"{HEAVY_WORK_HOURS} h a week"
        case Mode.INTERVIEW:
            return "light days"
        case _:
            return f"{less(period)} % lighter"


def less(period: Period) -> int:
    """By how many per cent a period makes its days lighter."""
    return 100 - (RULES[period.mode].keeps if period.keeps is None else period.keeps)


# What is on


def overview(shown: Sequence[Shown], today: date, membership_id: int) -> Message:
    """What is on now and ahead, and the door to a new one."""
    blocks: list[Block] = [header("Lighter or different times")]
    blocks += list(_list(shown, today, membership_id))
    if not shown:
        blocks.append(context("\n".join(f"• *{mode.words}*: {_WHAT[mode]}" for mode in CHOSEN)))
    blocks.append(actions(button("Choose a mode", OPEN_MODES, str(membership_id), style="primary")))
    blocks.append(context("Or in words: `/prep mode travel 5d`, `/prep mode heavy work until 5 Dec`."))
    text = " ".join(_line(each, today).replace("*", "") for each in shown) or _NOTHING
    return Message(text, built(blocks))


_NOTHING = "Your weeks are as usual. When life gets fuller, a mode makes them fit."


def _list(shown: Sequence[Shown], today: date, membership_id: int) -> Iterator[Block]:
    """Each mode with its way out, or that there is none."""
    if not shown:
        yield section(_NOTHING)
    for each in shown[:MOST_SHOWN]:
        if each.period_id is None:
            yield section(_line(each, today))
            continue
        word = "Cancel" if each.period.starts_on > today else "End it"
        way_out = button(word, END_MODE, f"{membership_id}:{each.period_id}")
        yield section(_line(each, today), accessory=way_out)
    if len(shown) > MOST_SHOWN:
        yield context(f"and {len(shown) - MOST_SHOWN} more later")


def _line(each: Shown, today: date) -> str:
    when = "Now" if each.period.holds_on(today) else "Ahead"
    note = f" ({escape(clip(each.note, NOTE_LIMIT))})" if each.note else ""
    return f"*{when}: {_name(each.period)}*, {_days(each.period)}{note}. {_effect(each.period)}."


def _effect(period: Period) -> str:
    what = f"{less(period)} % lighter" if period.mode is Mode.FAMILY else _WHAT[period.mode]
    return what[0].upper() + what[1:]


# The form


def mode_form(
    wish: ModeWish, shown: Sequence[Shown], today: date, membership_id: int, about: str
) -> dict[str, Any]:
    """Choosing a mode and its days, under what is on already."""
    blocks: list[Block] = list(_list(shown, today, membership_id)) if shown else []
    blocks += [DividerBlock()] if shown else []
    blocks += [
        section("You see exactly what would change before anything does."),
        form.radio(
            MODE,
            "What is coming?",
            [(_capital(mode.words), mode.value, _WHAT[mode]) for mode in CHOSEN],
            value=wish.mode.value,
        ),
        form.day(FIRST_DAY, "First day", value=wish.starts_on),
        form.day(LAST_DAY, "Last day", value=wish.ends_on),
        form.select(
            LESS,
            "How much lighter?",
            [(f"{per_cent} % lighter", str(per_cent)) for per_cent in LESSER],
            value=str(100 - wish.keeps) if wish.keeps is not None else "40",
            hint="For family time only.",
        ),
        form.text(
            NOTE,
            "A note for yourself",
            value=wish.note,
            most=NOTE_LIMIT,
            optional=True,
            hint="Nobody else sees it.",
        ),
    ]
    return form.modal(TITLE, blocks, callback_id=MODES, submit="Show the change", about=about)


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


# The preview


def preview_form(preview: ModePreview, about: str, *, anew: bool = False) -> dict[str, Any]:
    """What would change. `anew` if things have moved since the member looked at it last."""
    blocks: list[Block] = []
    if anew:
        blocks.append(section("Something has changed since you looked. This is how it would be now."))
    period = preview.wish.period
    blocks.append(section(f"*{_capital(_name(period))}*, {_days(period)}. {_effect(period)}."))
    if preview.extends:
        blocks.append(context("It joins the days of this mode that you have already."))
    for week in preview.weeks:
        blocks += [DividerBlock(), *week_change(week)]
    blocks.append(context(_later(preview)))
    blocks.append(actions(button("Back", MODE_BACK, "back")))
    return form.modal(
        PREVIEW_TITLE, blocks, callback_id=MODE_PREVIEW, submit="Take it", about=about, close="Not now"
    )


def week_change(week: WeekChange) -> Iterator[Block]:
    """One week before and after: the sums, and the goals that go, come and move."""
    yield section(f"{_week_name(week)}: {sum_of_change(week)}")
    for title, goals in (("Goes out", week.out), ("Comes in", week.into), ("Moves to", week.moved)):
        if goals:
            yield section(goal_list(title, goals, SHOWN))


def _week_name(week: WeekChange) -> str:
    begun = week.since > week.monday
    return (
        f"*The rest of this week*, from {short_date(week.since)}"
        if begun
        else f"*Week of {short_date(week.monday)}*"
    )


def sum_of_change(week: WeekChange) -> str:
    """How much a week holds after a change, and before it."""
    goals, minutes = plural(len(week.after), "goal"), duration(week.minutes_after)
    if week.changes_nothing:
        return f"stays as it is, {goals}, {minutes}."
    return f"{goals} instead of {len(week.before)} · {minutes} instead of {duration(week.minutes_before)}."


def _later(preview: ModePreview) -> str:
    """What holds for weeks that are not shown, and for what is done."""
    last = preview.weeks[-1].monday if preview.weeks else preview.wish.starts_on
    more = "Later weeks follow the same rule. " if (preview.wish.ends_on - last).days > 6 else ""
    return f"{more}What is done stays; `/prep week` lists what goes out."


def refused(sentence: str) -> dict[str, Any]:
    """Why it cannot be kept after all."""
    return form.word(PREVIEW_TITLE, sentence, MODE_PREVIEW)


# Afterwards


def kept(preview: ModePreview, change_id: int, membership_id: int) -> Message:
    """The mode holds; until the end of the day that can be taken back."""
    period = preview.wish.period
    text = f"Taken: {_name(period)}, {_days(period)}. {_effect(period)}.{_sums(preview)}"
    note = UNDO_NOTE
    doors = [("More weeks", OPEN_CHANGES)] if period.mode is Mode.FAMILY else []
    if doors:
        note = f"If you need it, the plan can take two to four weeks more. {note}"
    return _told(text, note, change_id, membership_id, doors)


def ended(preview: ModePreview, change_id: int, membership_id: int) -> Message:
    """The mode is over; that, too, can be taken back."""
    text = f"Ended: {_name(preview.wish.period)}, {_days(preview.wish.period)}.{_sums(preview)}"
    return _told(text, UNDO_NOTE, change_id, membership_id, [])


def _sums(preview: ModePreview) -> str:
    return "".join(f"\n{_week_name(week).replace('*', '')}: {sum_of_change(week)}" for week in preview.weeks)


def _told(
    text: str, note: str, change_id: int, membership_id: int, doors: Sequence[tuple[str, str]]
) -> Message:
    about = str(membership_id)
    row = actions(
        button("Show today", SHOW_TODAY, about),
        button("My week", SHOW_WEEK, about),
        *(button(name, action_id, about) for name, action_id in doors),
        button("Undo", CHANGE_UNDO, str(change_id)),
    )
    return Message(f"{text} {note}", built([section(text), context(note), row]))
