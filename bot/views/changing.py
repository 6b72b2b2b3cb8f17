"""Changing the plan in mid-course: the form, what would change, and the word afterwards."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block, DividerBlock

from bot.views import form
from bot.views.membership import (
    FIT_TO_HOURS,
    LEVEL,
    LEVELS,
    MONDAY,
    SHOW_TODAY,
    SHOW_WEEK,
    TODAY,
    TRACK,
    hours_a_week,
    interview_date,
)
from bot.views.message import Message, actions, built, button, context, section
from bot.views.planned import goal_list
from bot.views.words import clip, duration, escape, long_date, plural, short_date
from plans.changing import Outline, Preview
from plans.course import MOST_WEEKS
from plans.model import Track

OPEN_CHANGES, CHANGE_BACK, CHANGE_UNDO = "change_open", "change_back", "change_undo"  # buttons
CHANGES, CHANGE_PREVIEW = "change_form", "change_preview"  # callback ids
PLAN, START_OVER, BEGINS, EXTEND = "plan", "start_over", "begins", "extend"
AGAIN = "again"
SHOWN = 12  # goals of each list
TITLE = "Change my plan"


@dataclass(frozen=True)
class Asked:
    """What the form starts with: the plan as it is, or what was filled in before going back."""

    plan: str
    track: str
    level: str
    hours: float
    interview_on: date | None
    start_over: bool = False
    begins: str = TODAY
    extend_by: int = 0


def change_form(
    asked: Asked, plans: Sequence[tuple[str, str, int]], tracks: Sequence[Track], about: str
) -> dict[str, Any]:
    """Everything that can be changed; `plans` are the offered ones: their name, title and weeks."""
    blocks: list[Block] = [
        section("What was offered stays as it was. You see what would change before anything does."),
        form.select(
            PLAN,
            "Plan",
            [(clip(f"{title}, {plural(weeks, 'week')}", 75), name) for name, title, weeks in plans[:100]],
            value=asked.plan,
        ),
        form.select(
            TRACK,
            "Track",
            [("Fit to my hours", FIT_TO_HOURS), *((track.title, track.name) for track in tracks)],
            value=asked.track if asked.track in {track.name for track in tracks} else FIT_TO_HOURS,
            hint="How the hours are shared. Where another plan has no such track, your hours decide.",
        ),
        hours_a_week(asked.hours),
        form.radio(LEVEL, "Level", LEVELS, value=asked.level),
        interview_date(asked.interview_on),
        DividerBlock(),
        form.boxes(
            START_OVER,
            "From the beginning",
            [("Start the plan over from week 1", AGAIN)],
            values=[AGAIN] if asked.start_over else [],
        ),
        form.radio(
            BEGINS,
            "When does it begin?",
            [
                ("Today", TODAY, "this week becomes its first, earlier days are offered too"),
                ("Next Monday", MONDAY, "this week goes on as it is"),
            ],
            value=asked.begins,
            hint="Only for another plan, and for starting over.",
        ),
        form.select(
            EXTEND,
            "More weeks",
            [
                ("No more weeks", "0"),
                *((f"{plural(n, 'week')} more", str(n)) for n in range(1, MOST_WEEKS + 1)),
            ],
            value=str(asked.extend_by),
            hint="The weeks that leave out most come twice; the second time brings the rest.",
        ),
    ]
    return form.modal(TITLE, blocks, callback_id=CHANGES, submit="Show the change", about=about)


def preview_form(preview: Preview, about: str, *, anew: bool = False) -> dict[str, Any]:
    """What would change. `anew` if things have moved since the member looked at it last."""
    blocks: list[Block] = []
    if anew:
        blocks.append(section("Something has changed since you looked. This is how it would be now."))
    blocks += list(_difference(preview))
    blocks.append(actions(button("Back", CHANGE_BACK, "back")))
    submit = None if preview.changes_nothing else "Change it"
    return form.modal(TITLE, blocks, callback_id=CHANGE_PREVIEW, submit=submit, about=about)


def _difference(preview: Preview) -> Iterator[Block]:
    if preview.changes_nothing:
        yield section("Nothing would change: everything is as you want it already.")
        return
    now, then = _course(preview.before), _course(preview.after)
    yield section(f"*As now*: {now}" if now == then else f"*Now*: {now}\n*Then*: {then}")
    yield section(_interview(preview.after))
    for repeat in preview.repeats:
        yield context(
            f"Week {repeat.week} comes again after the week of {short_date(repeat.monday)}: {duration(repeat.minutes)} of it find no room the first time."
        )
    yield DividerBlock()
    yield from _week(preview)
    yield context(_stays(preview))


def _course(course: Outline) -> str:
    return f"{escape(course.title)}, {escape(course.track.partition(',')[0].lower())} track, {course.hours:g} h a week, {course.level}, {plural(course.weeks, 'week')} until {long_date(course.ends_on)}"


def _interview(course: Outline) -> str:
    """Whether it ends in time."""
    if course.interview_on is None:
        return "There is no interview date yet."
    if course.ends_in_time:
        return f"It ends before your interview on {long_date(course.interview_on)}."
    return f"Your interview is on {long_date(course.interview_on)}, before it ends. The last weeks would come too late."


def _week(preview: Preview) -> Iterator[Block]:
    """What becomes of the rest of this week."""
    if preview.begins_anew and preview.after.first_day > preview.today:
        yield section(
            f"*This week* goes on as it is. Week 1 begins on {short_date(preview.after.first_day)}."
        )
        return
    before, after = len(preview.kept) + len(preview.set_aside), len(preview.kept) + len(preview.added)
    if not (preview.set_aside or preview.added):
        yield section(
            f"*The rest of this week* stays: {plural(after, 'goal')}, {duration(preview.minutes_after)}."
        )
    else:
        yield section(
            f"*The rest of this week*: {plural(after, 'goal')} instead of {before} · {duration(preview.minutes_after)} instead of {duration(preview.minutes_before)}."
        )
    if preview.set_aside:
        yield section(goal_list("Goes out", preview.set_aside, SHOWN))
    if preview.added:
        yield section(goal_list("Comes in", preview.added, SHOWN))
    if preview.optional:
        yield context(
            f"If you like: {plural(len(preview.optional), 'goal')} of the days before today {'is' if len(preview.optional) == 1 else 'are'} offered, too, and never missed."
        )


def _stays(preview: Preview) -> str:
    sentence = "What was offered until yesterday stays."
    if preview.done:
        stay = "stays" if preview.done == 1 else "stay"
        sentence = f"The {plural(preview.done, 'goal')} that you have done {stay}, and so does all that was offered until yesterday."
    return f"{sentence} Suggestions for weeks that now look different are withdrawn."


def refused(sentence: str) -> dict[str, Any]:
    """Why the change cannot be made after all."""
    return form.word(TITLE, sentence, CHANGE_PREVIEW)


# Afterwards


def changed(preview: Preview, change_id: int, membership_id: int) -> Message:
    """The change is made; until the end of the day it can be taken back."""
    begins = ""
    if preview.begins_anew and preview.after.first_day > preview.today:
        begins = f" It begins on {short_date(preview.after.first_day)}."
    text = f"Changed: {_course(preview.after)}.{begins}"
    about = str(membership_id)
    row = actions(
        button("Show today", SHOW_TODAY, about),
        button("My week", SHOW_WEEK, about),
        button("Undo", CHANGE_UNDO, str(change_id)),
    )
    note = "Undo works until midnight, as long as nothing of what is new is done."
    return Message(f"{text} {note}", built([section(text), context(note), row]))


def undone(membership_id: int) -> Message:
    """Everything is as it was."""
    text = "Taken back. Your plan is as it was before."
    row = actions(button("Show today", SHOW_TODAY, str(membership_id)))
    return Message(text, built([section(text), row]))
