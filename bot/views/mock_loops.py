"""A full loop before it begins: its room with the schedule, reminders, the calendar, the forms."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block, ButtonElement, ConfirmObject

from bot.views import form
from bot.views.message import Message, actions, built, button, context, header, plain, section
from bot.views.mock_sessions import when
from bot.views.words import clip, clock, duration, escape, listed, plural, weekday
from plans.loop import FEWEST_INTERVIEWERS, MOST_INTERVIEWERS, LoopFormat, Stop
from plans.questions import Subject

ACCEPT, DECLINE, QUESTION, SHEET = "loop_accept", "loop_decline", "loop_question", "loop_sheet"
MOVE, CANCEL, LINK = "loop_move", "loop_cancel", "mock_link"
FORM, MOVE_FORM, PLAN = "loop_form", "loop_move_form", "loop_plan"
CANDIDATE, FORMAT, MOMENT, PANEL, RAISER = "candidate", "format", "moment", "panel", "bar_raiser"


@dataclass(frozen=True)
class Player:
    """Somebody in a full loop, by the id that its schedule knows; `state` is an interviewer's answer."""

    id: str
    name: str
    zone: str
    state: str = "coming"
    mentor: bool = False


@dataclass(frozen=True)
class Day:
    """A full loop as its people see it. `planner` is named if they are neither candidate nor interviewer."""

    loop_id: int
    sequence: int
    format: LoopFormat
    starts_at: datetime
    state: str
    candidate: Player
    panel: Sequence[Player]
    bar_raiser: str | None
    stops: Sequence[Stop]
    planner: str | None = None
    begun: bool = False
    links: Mapping[str, str] = field(default_factory=dict)

    @property
    def here(self) -> list[Player]:
        """The interviewers who have not declined."""
        return [player for player in self.panel if player.state != "declined"]

    @property
    def zones(self) -> list[tuple[str, str]]:
        """Who is where, the candidate first."""
        return [(player.name, player.zone) for player in (self.candidate, *self.here)]

    @property
    def time(self) -> str:
        """When it begins and how long it lasts, on everybody's clock."""
        return when(self.starts_at, self.format.minutes, self.zones)

    def name(self, player_id: str | None) -> str:
        """Somebody's name by the id in the schedule."""
        return next((player.name for player in self.panel if player.id == player_id), "")


def title(day: Day) -> str:
    """What the loop is called: "Full loop for Ana"."""
    return f"{day.format.value.capitalize()} loop for {day.candidate.name}"


def round_title(subject: str | None) -> str:
    """What a round is called, by the subject that is stored of it."""
    return Subject(subject).words.capitalize() if subject else "Round"


# The room


def room(day: Day) -> Message:
    """The whole day: who, when, what comes after what, and what each can do about it."""
    if day.state == "cancelled":
        return cancelled(day)
    text = f"{escape(title(day))}, {day.time}. {_who(day)} {_answers(day)}"
    return Message(clip(text, 3900), built(list(_room(day))))


def _room(day: Day) -> Iterator[Block]:
    yield header(title(day))
    yield section(f"*{day.time}*")
    yield section(_who(day))
    yield section("\n".join(["*The day*", *(_stop(day, stop) for stop in day.stops)]))
    yield context(
        "Take it as a real one: camera on, no notes, ten seconds of thought before an answer. Each interviewer"
        " finds the question behind My question; the candidate learns it in the round."
    )
    if day.begun:
        yield actions(button("My question", QUESTION, str(day.loop_id)))
        return
    yield context(_answers(day))
    yield actions(*_answer_doors(day), button("My question", QUESTION, str(day.loop_id)))
    yield actions(
        *_links(day),
        button("Move it", MOVE, str(day.loop_id)),
        button(
            "Cancel",
            CANCEL,
            str(day.loop_id),
            confirm=_sure("Cancel the loop?", "Everybody is told, and calendars let it go.", "Cancel it"),
        ),
    )


def _who(day: Day) -> str:
    raiser = f" {escape(day.name(day.bar_raiser))} is the bar raiser." if day.bar_raiser else ""
    names = listed([_interviewer(player) for player in day.here])
    planner = f" {escape(day.planner)} has planned it." if day.planner else ""
    return f"{escape(day.candidate.name)} is the candidate; {names} interview.{raiser}{planner}"


def _interviewer(player: Player) -> str:
    return f"{escape(player.name)} (mentor)" if player.mentor else escape(player.name)


def _stop(day: Day, stop: Stop) -> str:
    """One line of the day: when it begins for everybody, how long it is, who does what."""
    people = ""
    if stop.what == "round":
        listens = f", {escape(day.name(stop.shadow))} listens" if stop.shadow else ""
        people = f": {escape(day.name(stop.interviewer))} asks{listens}"
    begins = clocks(day.starts_at + timedelta(minutes=stop.start), [zone for _, zone in day.zones])
    return f"{begins}  {escape(stop.title)}{people} ({duration(stop.minutes)})"


def clocks(instant: datetime, zones: Sequence[str]) -> str:
    """A time of day on several clocks, each once, the first one's first; another day is named.

    In one zone alone the city is left out: "09:00", else "09:00 Berlin / 03:00 New York".
    """
    first = instant.astimezone(ZoneInfo(zones[0])).date()
    found: dict[str, str] = {}
    for zone in zones:
        local = instant.astimezone(ZoneInfo(zone))
        other = "" if local.date() == first else f"{weekday(local.date())[:3]} "
        found.setdefault(f"{other}{clock(local.time())}", zone.rpartition("/")[2].replace("_", " "))
    if len(found) == 1:
        return next(iter(found))
    return " / ".join(f"{time_} {city}" for time_, city in found.items())


def _answers(day: Day) -> str:
    """Who has said that they come, and who cannot."""
    named = {
        state: [escape(player.name) for player in day.panel if player.state == state]
        for state in ("coming", "invited", "declined")
    }
    parts = [
        f"{listed(named['coming'])} will be there." if named["coming"] else "",
        f"Waiting for {listed(named['invited'])}." if named["invited"] else "",
        f"{listed(named['declined'])} can't make it." if named["declined"] else "",
    ]
    return " ".join(part for part in parts if part)


def _answer_doors(day: Day) -> list[ButtonElement]:
    about = f"{day.loop_id}:{day.sequence}"
    sure = _sure("Not this time?", "The day is made anew with the others, who are told.", "I can't")
    return [
        button("I'll be there", ACCEPT, about, style="primary"),
        button("I can't", DECLINE, about, confirm=sure),
    ]


def _sure(title_: str, text: str, yes: str) -> ConfirmObject:
    return ConfirmObject(title=plain(title_), text=plain(text), confirm=plain(yes), deny=plain("Back"))


def _links(day: Day) -> list[ButtonElement]:
    return [
        button(f"Add to {name.capitalize()}", f"{LINK}_{name}", str(day.loop_id), url=address)
        for name, address in day.links.items()
    ]


def cancelled(day: Day) -> Message:
    """What the room shows when there is no loop any more."""
    gone = [escape(player.name) for player in day.panel if player.state == "declined"]
    why = f"{listed(gone)} can't make it this time. " if gone else ""
    text = (
        f"{escape(title(day))}, {day.time}, does not take place. {why}"
        "`/prep mock loop` plans another one when it suits you better."
    )
    return _sentence(text)


def anew(day: Day, gone: str) -> Message:
    """Somebody has dropped out; what that means for each of the others."""
    if day.state != "planned" or not day.stops:
        return _sentence(f"{escape(gone)} can't make it this time.")
    parts = []
    for player in day.here:
        held = [
            escape(stop.title) for stop in day.stops if stop.what == "round" and stop.interviewer == player.id
        ]
        parts.append(f"{escape(player.name)}: {listed(held) or 'listens'}")
    text = f"{escape(gone)} can't make it this time, so the day is made anew. {'; '.join(parts)}."
    note = "The whole day stands in the first message here. Questions may have changed: look again."
    return Message(f"{text} {note}", built([section(text), context(note)]))


# Reminders


def reminder(day: Day, *, hour: bool) -> Message:
    """A day or an hour ahead: when, and who has said that they come."""
    open_ = any(player.state == "invited" for player in day.here)
    ahead = "In an hour" if hour else "Tomorrow"
    text = f"{ahead}: {title(day)}, {day.time}."
    doors = _answer_doors(day) if open_ else _answer_doors(day)[1:]
    question = [button("My question", QUESTION, str(day.loop_id))] if hour else []
    answers = _answers(day)
    blocks = [section(f"*{escape(text)}*"), context(answers), actions(*doors, *question)]
    return Message(f"{escape(text)} {answers}", built(blocks))


def over() -> Message:
    """What a reminder shows when the loop has begun."""
    return _sentence("This reminder has done its work: the loop has begun.")


def outdated() -> Message:
    """What a reminder shows when its time is not the loop's any more."""
    return _sentence(
        "This reminder is out of date: the loop has changed. The first message here says what counts."
    )


# The calendar


def file_comment(day: Day) -> str:
    """What stands beside the calendar file."""
    if day.state == "cancelled":
        return f"{escape(title(day))} is cancelled; this takes it out of your calendar."
    if day.sequence > 1:
        return f"{escape(title(day))} has moved: {day.time}. Can you make it? Please answer above."
    return f"For your calendar: {day.time}."


def description(day: Day) -> str:
    """What the calendar says: the day without anybody's name, which a change of people does not touch."""
    lines = [f"{stop.start}–{stop.end} min: {stop.title}" for stop in day.stops]
    return "\n".join(["Meet in your conversation with Cadence in Slack.", *lines])


# Forms


def loop_form(user_id: str, about: str, starts_at: datetime) -> dict[str, Any]:
    """Who, with whom, when and how long."""
    fewest, most = FEWEST_INTERVIEWERS, MOST_INTERVIEWERS
    blocks: list[Block] = [
        section(
            "A whole interview day: several rounds, breaks, a vote and a debrief. You get one room for it."
        ),
        form.people(CANDIDATE, "Who is the candidate?", values=[user_id], most=1, optional=False),
        form.radio(
            FORMAT,
            "How long?",
            [(clip(each.words.capitalize(), 75), each.value) for each in LoopFormat],
            value=LoopFormat.FULL.value,
        ),
        form.moment(MOMENT, "When does it begin?", value=starts_at, hint="On your own clock."),
        form.people(
            PANEL,
            "Who interviews?",
            most=most,
            optional=False,
            hint=f"{fewest} to {most} people of your group, its mentors included.",
        ),
        form.people(
            RAISER,
            "Bar raiser",
            most=1,
            hint="One of the interviewers; takes the last round and listens in another. Empty: I choose.",
        ),
    ]
    return form.modal("Plan a full loop", blocks, callback_id=FORM, submit="Plan it", about=about)


def move_form(loop_id: int, starts_at: datetime) -> dict[str, Any]:
    """Another beginning."""
    blocks: list[Block] = [
        section("The day stays as it is; everybody is asked again."),
        form.moment(MOMENT, "When does it begin?", value=starts_at, hint="On your own clock."),
    ]
    return form.modal("Move the loop", blocks, callback_id=MOVE_FORM, submit="Move it", about=str(loop_id))


def rounds_form(rounds: Sequence[tuple[int, str]]) -> dict[str, Any]:
    """Whoever interviews several times chooses the round whose question they want to see."""
    blocks: list[Block] = [section(f"You ask in {plural(len(rounds), 'round')}. Which question?")]
    blocks += [
        section(escape(name), accessory=button("Show it", SHEET, str(mock_id)), block_id=f"round:{mock_id}")
        for mock_id, name in rounds
    ]
    return form.modal("My questions", blocks, callback_id="loop_rounds", submit=None, close="Close")


# Answers to one person


def planned(candidate: str, starts_at: datetime, minutes: int, zone: str) -> Message:
    """To who planned it."""
    return _sentence(
        f"{escape(candidate)}'s loop is planned for {when(starts_at, minutes, [('', zone)])}."
        " The day and all else stand in a conversation with everybody."
    )


def for_candidate(names: Sequence[str]) -> Message:
    """To a candidate who asks for the question."""
    asks = listed([escape(name) for name in names])
    return _sentence(f"The questions are for {asks} alone, so that they stay a surprise.")


def listens_only() -> Message:
    """To an interviewer who only listens."""
    return _sentence(
        "You listen in and ask nothing, so there is no question for you; you may be a candidate one day."
        " Note what you hear, with examples: your vote counts as much as the others'."
    )


def _sentence(text: str) -> Message:
    return Message(text, built([section(text)]))
