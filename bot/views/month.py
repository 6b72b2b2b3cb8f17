"""A member's month: the message at its end, the same at any time, and the form for their own words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement

from bot.views import form
from bot.views.catching_up import CATCH_UP
from bot.views.changing import OPEN_CHANGES
from bot.views.groupcard import MY_CARD
from bot.views.membership import SHOW_TODAY
from bot.views.message import Blocks, Message, actions, built, button, context, header, image, section
from bot.views.mocks import SHOW as SHOW_MOCKS
from bot.views.month_words import AMOUNTS, moved, number, proposed, stood_out, tallied, to_look_at
from bot.views.scorecard import share, table, week_name
from bot.views.words import clip, escape, listed, plural, steadiness
from plans.month import WEEKS, Month, MonthPage, Step, Tally
from plans.scorecard import Band

SHOW_MONTH, WRITE = "month_open", "month_write"  # buttons
STRATEGY = "month_strategy"  # callback id
KEEP, CHANGE, TRY = "month_keep", "month_change", "month_try"
QUESTIONS = ((KEEP, "What I keep"), (CHANGE, "What I change"), (TRY, "What I try"))
EXAMPLES = {
    KEEP: "Coding before work, three mornings a week",
    CHANGE: "Designs aloud instead of on paper",
    TRY: "A mock with somebody whom I do not know",
}
LINE_LIMIT = 300

_DOORS: Mapping[Step, tuple[str, str, str]] = {
    Step.LIGHTER: ("Change my plan", OPEN_CHANGES, ""),
    Step.HEAVIER: ("Change my plan", OPEN_CHANGES, ""),
    Step.NEXT_PLAN: ("Change my plan", OPEN_CHANGES, ""),
    Step.MOCKS: ("Mock interviews", SHOW_MOCKS, "m"),
    Step.CATCH_UP: ("Catch up", CATCH_UP, ""),
}


def post(page: MonthPage, alt: str | None = None) -> Message:
    """The month as it was published so far; with `alt` also made with a picture, which that text describes."""
    plainer = _made(page, _amount_lines(page.month))
    return Message(
        _summary(page),
        _made(page, [*_table(page.month), *_course_lines(page.month)]),
        plainer=plainer,
        pictured=_made(page, [image(alt)]) if alt else None,
    )


def answer(page: MonthPage) -> Message:
    """The same for who asks: in older blocks alone, which every answer can hold."""
    message = post(page)
    return replace(message, blocks=message.plainer or [], plainer=None)


# In words


def _summary(page: MonthPage) -> str:
    month = page.month
    numbers = "; ".join([*map(tallied, month.tallies), *map(moved, month.courses)])
    lines = [f"{_headline(month)}.", _verdict(month), f"{numbers}.", *map(stood_out, month.highlights)]
    lines += ["For the next month:", *map(proposed, month.steps)] if month.steps else []
    return clip(" ".join(lines), 3500)


def _headline(month: Month) -> str:
    first = (month.number - 1) * WEEKS + 1
    last = first + month.planned - 1
    weeks = f"weeks {first} to {last}" if last > first else f"week {first}"
    return f"Month {month.number} · {weeks}"


def _verdict(month: Month) -> str:
    so_far = "" if month.is_over else f"{len(month.weeks)} of {plural(month.planned, 'week')} so far. "
    if month.percent is None:
        return f"{so_far}{_bands(month)}." if month.uncounted else f"{so_far}No goals were planned."
    return f"{so_far}{month.done} of {plural(month.asked, 'goal')} met, {month.percent} %: {_bands(month)}."


def _bands(month: Month) -> str:
    """The weeks by band: "2 high weeks and 1 standard"."""
    names = {Band.HIGH: "high", Band.STANDARD: "standard", Band.RECOVERY: "recovery", Band.REST: "rest"}
    counted = [f"{count} {names[band]}" for band, count in month.bands.items()]
    first, _, name = counted[0].partition(" ")
    return listed([f"{first} {name} week{'' if first == '1' else 's'}", *counted[1:]])


# In blocks


def _made(page: MonthPage, numbers: Sequence[Block | dict[str, Any]]) -> Blocks:
    return built(list(_blocks(page, numbers)))


def _blocks(page: MonthPage, numbers: Sequence[Block | dict[str, Any]]) -> Iterator[Block | dict[str, Any]]:
    month = page.month
    yield header(_headline(month))
    yield section(f"*{_verdict(month)}*")
    yield from numbers
    yield context(_by_week(month))
    yield from _list("What went well", map(stood_out, month.highlights))
    yield from _list("Worth more of your time", map(to_look_at, month.focus))
    yield from _checkpoints(page)
    yield from _list("For the next month", map(proposed, month.steps))
    yield from _words(page.words)
    yield context("Only you see this. Ratings compare the first and the last of the month.")
    yield actions(*_row(page))


def _by_week(month: Month) -> str:
    shares = (f"{week_name(week.monday)} {share(week.card.percent)}" for week in month.weeks)
    said = f"Goals met by week: {', '.join(shares)}."
    newest = month.weeks[-1].card
    if steady := steadiness(newest.streak or 0, newest.strength or 0):
        said += f" At the end: {steady}."
    if month.uncounted:
        weeks = listed([week_name(week.monday) for week in month.uncounted])
        said += f" {weeks} came before counts were kept, so they are missing above."
    return said


def _list(title: str, lines: Iterator[str]) -> Iterator[Block]:
    found = [f"• {line}" for line in lines]
    if found:
        yield section("\n".join([f"*{title}*", *found]))


def _checkpoints(page: MonthPage) -> Iterator[Block]:
    results = [
        f"Week {week}, {escape(title)}: {done} of {lines} done."
        for week, title, done, lines in page.checkpoints
    ]
    if results:
        yield section("\n".join(["*Checkpoint*", *results, "`/prep plan checkpoint` shows the list."]))


def _words(words: Mapping[str, str]) -> Iterator[Block]:
    said = [f"{label}: {escape(words[key])}" for key, label in QUESTIONS if words.get(key)]
    if said:
        yield section("\n".join(["*My strategy*", *said]))


def _row(page: MonthPage) -> list[ButtonElement]:
    """The form, the newest card, and a door for each proposal that has one."""
    label = "Change my strategy" if any(page.words.values()) else "Write my strategy"
    about = f"{page.membership_id}:{page.month.first.isoformat()}"
    newest = page.month.weeks[-1].monday.isoformat()
    doors = dict.fromkeys(_DOORS[step.step] for step in page.month.steps if step.step in _DOORS)
    return [
        button(label, WRITE, about, style="primary"),
        button("My scorecard", MY_CARD, f"{page.group_id}:{newest}"),
        *(button(text, action, f"{prefix}{page.membership_id}") for text, action, prefix in doors),
    ]


# The numbers, where no picture shows them


def _table(month: Month) -> Blocks:
    """What was done of what was asked for, in Slack's own table."""
    return table(("What", "Done", "Asked for"), [_cells(each) for each in month.tallies], words=1)


def _cells(tally: Tally) -> list[str]:
    if tally.target is not None:
        asked = number(tally.target) + (" ✓" if tally.is_reached else "")
    else:
        asked = "-" if tally.reference is None else f"{number(tally.reference)} at 20 h a week"
    return [AMOUNTS[tally.amount], number(tally.done), asked]


def _course_lines(month: Month) -> list[Block]:
    if not month.courses:
        return [
            context("No ratings yet. The weekly check-in asks for them; they show how you feel about it.")
        ]
    return [section("\n".join(map(moved, month.courses)))]


def _amount_lines(month: Month) -> list[Block]:
    return [section("\n".join(map(tallied, month.tallies))), *_course_lines(month)]


# The member's own words


def strategy_form(membership_id: int, first: date, words: Mapping[str, str]) -> dict[str, Any]:
    """Three lines for the next month, each optional; what is left empty is taken away."""
    blocks: list[Block] = [section("Three lines for your next month. Only you see them.")]
    blocks += [
        form.text(key, label, value=words.get(key), most=LINE_LIMIT, placeholder=EXAMPLES[key], optional=True)
        for key, label in QUESTIONS
    ]
    about = f"{membership_id}:{first.isoformat()}"
    return form.modal("My strategy", blocks, callback_id=STRATEGY, submit="Save", about=about)


def saved() -> Message:
    """Where no message of the month can show the words."""
    text = "Saved. `/prep month` shows it with your numbers."
    return Message(text, built([section(text)]))


def nothing_yet() -> Message:
    """Before the first week was published."""
    text = "Your month begins to show with your first weekly scorecard. Today's goals are how it fills."
    return Message(text, built([section(text), actions(button("Show today", SHOW_TODAY, "0"))]))
