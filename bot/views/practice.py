"""Rating a day, logging what was done, skipping, adding a goal of one's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block

from bot.views import form
from bot.views.day import LOG
from bot.views.message import Message, actions, built, button, context, section
from bot.views.words import AREAS, METRICS, clip, count, duration, escape, listed, plural, short_date, weekday
from plans.agenda import Agenda, AgendaGoal
from plans.logbook import LogLine, Subject
from plans.ratings import SCALES, Dimension, reflection_of

RATE, LOG_FORM, SKIP, ADD = "rate", "log", "skip_goals", "add_goal"  # callback ids
UNDO = "log_undo"
NOTE, REFLECTION = "note", "reflection"
SUBJECT, COUNT, MINUTES, AREA, WORDS = "subject", "count", "minutes", "area", "words"
GOALS, REASON, REASON_NOTE = "goals", "reason", "reason_note"
TEXT, DAY = "text", "day"
NOTE_LIMIT = 1000
GOAL_LIMIT = 75
SUBJECTS = (
    ("Coding problems", Subject.CODING_PROBLEMS.value),
    ("System designs", Subject.SYSTEM_DESIGN_PROBLEMS.value),
    ("STAR stories", Subject.STORIES.value),
    ("Mock interviews", Subject.MOCK_INTERVIEWS.value),
    ("Concepts studied", Subject.CONCEPTS.value),
    ("Industry updates", Subject.INDUSTRY_UPDATES.value),
    ("Network activities", Subject.NETWORK_ACTIVITIES.value),
    ("Time alone", Subject.MINUTES.value),
)
REASONS = (
    ("Work got in the way", "work"),
    ("I was ill", "health"),
    ("Family or friends", "family"),
    ("Too hard for now", "too hard"),
    ("I know this already", "too easy"),
    ("Holiday: do not count it", "holiday"),
    ("Something else", "other"),
)


def rate_form(
    agenda: Agenda, dimensions: Sequence[Dimension], given: Mapping[str, int], words: Mapping[str, str]
) -> dict[str, Any]:
    """Rate a day on its two to four dimensions; a note and the day's question if one likes."""
    name = "Today" if agenda.day == agenda.today else short_date(agenda.day)
    blocks: list[Block] = [section(f"*{name}*: {agenda.done} of {plural(len(agenda.counted), 'goal')} done.")]
    blocks += [scale(dimension, given.get(dimension.value)) for dimension in dimensions]
    blocks.append(
        form.text(
            NOTE,
            "A note to yourself",
            value=words.get(NOTE),
            most=NOTE_LIMIT,
            multiline=True,
            optional=True,
            hint="Only you see it.",
        )
    )
    question = reflection_of(agenda.day)
    blocks.append(
        form.text(
            REFLECTION, question, value=words.get(question), most=NOTE_LIMIT, multiline=True, optional=True
        )
    )
    title = "Rate today" if agenda.day == agenda.today else f"Rate {short_date(agenda.day)}"
    about = f"{agenda.membership_id}:{agenda.day.isoformat()}"
    return form.modal(title, blocks, callback_id=RATE, submit="Save", about=about)


def scale(dimension: Dimension, value: int | None) -> Block:
    """One row from 1 to 5 with words at both ends, all in sight."""
    label, choices = _steps(dimension)
    return form.radio(dimension.value, label, choices, value=str(value) if value else None)


def folded_scale(dimension: Dimension, value: int | None) -> Block:
    """The same folded away, where many stand below each other; it may be left out."""
    label, choices = _steps(dimension)
    return form.select(dimension.value, label, choices, value=str(value) if value else None, optional=True)


def _steps(dimension: Dimension) -> tuple[str, list[form.Choice]]:
    words = SCALES[dimension]
    labels = [f"1 {words.low}", "2", "3", "4", f"5 {words.high}"]
    return words.label, [(label, str(number)) for number, label in enumerate(labels, start=1)]


def log_form(membership_id: int, *, line: LogLine | None = None, typed: str = "") -> dict[str, Any]:
    """The form behind `/prep log`; what was typed but not understood stays in it."""
    blocks: list[Block] = [
        form.select(
            SUBJECT,
            "What did you do?",
            SUBJECTS,
            value=line.subject.value if line else Subject.CODING_PROBLEMS.value,
        ),
        form.number(
            COUNT,
            "How many?",
            value=line.count if line else 1,
            optional=True,
            hint="Leave it for time alone.",
        ),
        form.text(
            MINUTES,
            "How long?",
            most=20,
            optional=True,
            placeholder="45m, 1h30 or 1.5h",
            value=f"{line.minutes}m" if line and line.minutes else None,
        ),
        form.select(
            AREA,
            "Area, for time alone",
            [(name.capitalize(), key) for key, name in AREAS.items() if key != "other"],
            optional=True,
        ),
        form.text(
            WORDS,
            "A note",
            value=clip(line.note if line else typed, 500),
            most=500,
            optional=True,
            hint="Only you see it.",
        ),
    ]
    return form.modal(
        "Log what you did", blocks, callback_id=LOG_FORM, submit="Log it", about=str(membership_id)
    )


@dataclass(frozen=True)
class Receipt:
    """What was logged and what it adds up to. `targets` and `week` are counts by metric."""

    membership_id: int
    entry_id: int
    subject: str
    count: int
    minutes: int
    area: str | None
    note: str
    on_date: date
    today: date
    minutes_today: int
    planned_today: int
    minutes_week: int
    planned_week: float
    week: Mapping[str, int]
    targets: Mapping[str, int]


def receipt(facts: Receipt) -> Message:
    """What was logged, and where that leaves today and this week."""
    text = f"Logged: {_logged(facts)}."
    lines = [text, totals(facts)]
    row = actions(
        button("Undo", UNDO, f"{facts.membership_id}:{facts.entry_id}"),
        button("Log more", LOG, f"{facts.membership_id}:{facts.today.isoformat()}"),
    )
    return Message(" ".join(lines), built([section(f"*{text}*"), section(lines[1]), row]))


def _logged(facts: Receipt) -> str:
    parts = [count(facts.count, facts.subject)] if facts.subject in METRICS else []
    if facts.minutes:
        parts.append(duration(facts.minutes))
    what = ", ".join(parts)
    if facts.subject not in METRICS and facts.area:
        what += f" of {AREAS[facts.area]}"
    if facts.note:
        what += f' ("{escape(clip(facts.note, 200))}")'
    if facts.on_date != facts.today:
        what += f", for {weekday(facts.on_date)}"
    return what


def totals(facts: Receipt) -> str:
    """Where today and this week stand, the logged metric first."""
    today = f"Today {duration(facts.minutes_today)}" + (
        f" of {duration(facts.planned_today)}" if facts.planned_today else ""
    )
    week = f"this week {duration(facts.minutes_week)}" + (
        f" of {duration(facts.planned_week)}" if facts.planned_week else ""
    )
    wanted = [metric for metric in METRICS if metric in facts.targets or facts.week.get(metric)]
    wanted.sort(key=lambda metric: metric != facts.subject)
    counts = [_of(metric, facts.week.get(metric, 0), facts.targets.get(metric)) for metric in wanted[:4]]
    return f"{today} · {week}" + (f"; {', '.join(counts)}." if counts else ".")


def _of(metric: str, done: int, target: int | None) -> str:
    return f"{METRICS[metric][1]} {done} of {target}" if target else f"{METRICS[metric][1]} {done}"


def undone(what: str, totals: str) -> Message:
    """What was taken back."""
    text = f"Undone: {what}. {totals}"
    return Message(text, built([section(text)]))


def nothing_to_undo(membership_id: int, today: date) -> Message:
    """There is nothing to take back; here is what one can do."""
    text = "There is nothing left to undo. A tick is undone by unticking it."
    return Message(
        text,
        built([section(text), actions(button("Log something", LOG, f"{membership_id}:{today.isoformat()}"))]),
    )


def skip_form(agenda: Agenda) -> dict[str, Any]:
    """Which goals, and why: the reason stays private."""
    still_open = [goal for goal in agenda.goals if goal.state == "open"]
    blocks: list[Block] = []
    for number, start in enumerate(range(0, len(still_open), 10)):
        part = still_open[start : start + 10]
        label = "Which goals?" if number == 0 else "More goals"
        blocks.append(form.boxes(f"{GOALS}{number}", label, [(goal.text, str(goal.id)) for goal in part]))
    blocks.append(
        form.select(
            REASON,
            "Why?",
            REASONS,
            value="work",
            hint="Only you see it. A holiday takes them out of the count.",
        )
    )
    blocks.append(form.text(REASON_NOTE, "In your words", most=200, optional=True))
    about = f"{agenda.membership_id}:{agenda.day.isoformat()}"
    return form.modal("Skip goals", blocks, callback_id=SKIP, submit="Skip", about=about)


def add_form(
    membership_id: int, day: date, today: date, text: str = "", minutes: int = 30, area: str = "behavioral"
) -> dict[str, Any]:
    """A goal of one's own: what, how long, which area, by which day."""
    blocks: list[Block] = [
        form.text(
            TEXT,
            "What will you do?",
            value=clip(text, GOAL_LIMIT),
            most=GOAL_LIMIT,
            hint='Specific and countable, e.g. "Retell 2 stories in 4 minutes each".',
        ),
        form.number(MINUTES, "Minutes", value=minutes, hint="From 5 to 480."),
        form.select(
            AREA,
            "Area",
            [(name.capitalize(), key) for key, name in AREAS.items() if key != "other"],
            value=area,
        ),
        form.day(DAY, "By which day?", value=max(day, today)),
    ]
    return form.modal(
        "Add a goal of mine",
        blocks,
        callback_id=ADD,
        submit="Add",
        about=f"{membership_id}:{day.isoformat()}",
    )


def goal_added(text: str, minutes: int, day: date, today: date) -> Message:
    """The new goal, in words."""
    when = "today" if day == today else short_date(day)
    said = f'Added "{escape(text)}", {duration(minutes)}, for {when}.'
    return Message(said, built([section(said)]))


def moved(goals: Sequence[str], day: date) -> Message:
    """What was moved, and where."""
    said = (
        f"Moved to {weekday(day)}: {listed([escape(text) for text in goals])}."
        if goals
        else "Nothing was open, so nothing moved."
    )
    return Message(said, built([section(said)]))


def skipped(goals: Sequence[AgendaGoal] | Sequence[str], excused: bool) -> Message:
    """What was skipped, and what that means for the week."""
    names = listed([escape(goal if isinstance(goal, str) else goal.text) for goal in goals])
    rest = "It does not count as missed." if excused else "Your week still counts it as planned."
    said = f"Skipped: {names}. {rest}"
    return Message(
        said,
        built(
            [
                section(said),
                context(
                    "The reason stays with you. _Bring back what I skipped_ in the day's menu undoes it."
                ),
            ]
        ),
    )
