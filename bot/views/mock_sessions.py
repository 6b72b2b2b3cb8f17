"""A mock session as its people see it: their room, the agreed time, reminders, the forms about its time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block, ButtonElement

from bot.views.message import Message, actions, built, button, context, header, said, section
from bot.views.mock_sheet import sheet
from bot.views.words import clip, clock, duration, escape, listed, short_date
from plans import mocks
from plans.mocks import Kind, Role

__all__ = ["Room", "Sitter", "sheet", "when"]

PICK, OTHER, QUESTION, CANNOT = "mock_pick", "mock_other_times", "mock_question", "mock_cannot"
LINK = "mock_link"
PAST = ("held", "missed", "unclear")  # what a session can have become once its time has passed
MOST_TIMES = 10  # of checkboxes, and of slots that a message shows


@dataclass(frozen=True)
class Sitter:
    """Somebody in a session; `there` while they are expected, `confirmed` once they have said they come."""

    name: str
    zone: str
    role: Role
    mentor: bool = False
    there: bool = True
    confirmed: bool = False
    said: str = ""


@dataclass(frozen=True)
class Room:
    """A session as its people's room shows it.

    `slots` are the times that can still be picked, with the names of those whom they suit; `links` are
    addresses that add an agreed time to a calendar, by the calendar's name.
    """

    session_id: int
    sequence: int
    kind: Kind
    minutes: int
    swaps: bool
    seed: int
    reason: str
    state: str
    people: Sequence[Sitter]
    starts_at: datetime | None = None
    slots: Sequence[tuple[datetime, Sequence[str]]] = ()
    links: Mapping[str, str] = field(default_factory=dict)

    @property
    def here(self) -> list[Sitter]:
        """Who is expected."""
        return [person for person in self.people if person.there]

    @property
    def zones(self) -> list[tuple[str, str]]:
        """Who is where."""
        return [(person.name, person.zone) for person in self.here]


def when(starts_at: datetime, minutes: int, zones: Sequence[tuple[str, str]]) -> str:
    """An instant on everybody's clock: "Thu 26 Nov 17:30 Berlin / 11:30 New York, 1 h 30".

    `zones` are names with IANA zones; each wall clock is written once, with its cities, and the day again
    only where it is another one. With 0 `minutes` the length is left out.
    """
    clocks: dict[datetime, list[str]] = {}
    for _, zone in zones or [("", "UTC")]:
        wall = starts_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        cities = clocks.setdefault(wall, [])
        city = zone.rpartition("/")[2].replace("_", " ")
        if city not in cities:
            cities.append(city)
    parts, day = [], None
    for wall, cities in clocks.items():
        date_ = "" if wall.date() == day else f"{short_date(wall.date())} "
        day = wall.date()
        parts.append(f"{date_}{clock(wall.time())} {' and '.join(cities)}")
    length = f", {duration(minutes)}" if minutes else ""
    return f"{' / '.join(parts)}{length}"


def title(kind: Kind, names: Sequence[str]) -> str:
    """What the session is called: "Technical mock: Ana and Bo"."""
    return f"{kind.words.capitalize()} mock: {listed(names)}"


# The room


def room(card: Room) -> Message:
    """Everything that the people of a session need, and what they can do about it."""
    if card.state in ("cancelled", "dissolved"):
        return _over(card)
    if card.state in PAST:
        return _past(card)
    text = f"{_head(card)}. {_who(card)} {_time_in_short(card)}"
    return Message(text, built(list(_room(card))))


def moved_on(card: Room) -> Message:
    """The old room of three when two of them go on in one of their own."""
    names = listed([escape(person.name) for person in card.here])
    text = f"{_absent(card)} {names} go on together: what you need is in a conversation of your own."
    return Message(text, built([section(text)]))


def _head(card: Room) -> str:
    return f"{title(card.kind, [escape(person.name) for person in card.here])}, {card.minutes} minutes"


def _room(card: Room) -> Iterator[Block]:
    yield header(f"{title(card.kind, [person.name for person in card.here])}, {card.minutes} minutes")
    yield section(_who(card))
    if card.reason:
        yield context(f"Why you: {escape(card.reason)}")
    yield from _words_of_people(card)
    yield from _time(card)
    yield section("\n".join(_agenda(card)))
    yield context(
        "\n".join(
            [
                escape(mocks.warm_up(card.kind, card.seed)),
                *([escape(mocks.how_to_swap(card.kind))] if card.swaps else []),
                escape(mocks.if_someone_is_late()),
            ]
        )
    )
    yield actions(*_doors(card))


def _of(card: Room, role: Role) -> Sitter | None:
    return next((person for person in card.here if person.role is role), None)


def _who(card: Room) -> str:
    """Who does what in the first turn, and what happens half-way."""
    interviewer, candidate = _of(card, Role.INTERVIEWER), _of(card, Role.CANDIDATE)
    if interviewer is None or candidate is None:
        return f"{_absent(card)} One moment: I look who else is free."
    label = ", your mentor," if interviewer.mentor else ""
    begins = "begins as interviewer" if card.swaps else "interviews"
    turns = (
        "is the candidate first; half-way you change places."
        if card.swaps
        else "is the candidate throughout."
    )
    sentences = [f"{escape(interviewer.name)}{label} {begins}, {escape(candidate.name)} {turns}"]
    if observer := _of(card, Role.OBSERVER):
        sentences.append(
            f"{escape(observer.name)} observes and takes notes for you both, and comes first next time."
        )
    return " ".join(sentences)


def _words_of_people(card: Room) -> Iterator[Block]:
    for person in card.people:
        if person.said:
            yield said(f"{person.name}: {person.said}")


def _agenda(card: Room) -> Iterator[str]:
    names = {1: _of(card, Role.CANDIDATE), 2: _of(card, Role.INTERVIEWER)}
    yield "*The plan*"
    for box in mocks.agenda(card.kind, card.minutes, swap=card.swaps):
        candidate = names.get(box.turn)
        answers = f" ({escape(candidate.name)} answers)" if candidate else ""
        yield f"{box.start}–{box.end} min  {escape(box.title)}{answers}"


def _time_in_short(card: Room) -> str:
    if card.starts_at is not None:
        return f"Agreed: {when(card.starts_at, 0, card.zones)}."
    if not card.slots:
        return "No time is left of those that suited everybody: propose one with Other times."
    times = "; ".join(when(start, 0, card.zones) for start, _ in card.slots[:MOST_TIMES])
    return f"Which time suits you? {times}."


def _time(card: Room) -> Iterator[Block]:
    """The agreed time, or the times to choose from; after an agreement only those that somebody asks for."""
    if card.starts_at is not None:
        yield section(f"*Agreed: {when(card.starts_at, 0, card.zones)}*")
        yield context(
            "The calendar file follows here. Meet in a huddle in this conversation, or post a link to a call."
        )
    elif card.slots:
        yield section("*Which time suits you?* The first one that suits everybody is it.")
    else:
        yield section(_time_in_short(card))
    shown = [
        (start, who)
        for start, who in card.slots
        if card.starts_at is None or (who and start != card.starts_at)
    ]
    if shown and card.starts_at is not None:
        yield section("Another time was proposed. It counts once it suits everybody:")
    for start, who in shown[:MOST_TIMES]:
        yield slot(card, start, who)


def slot(card: Room, start: datetime, who: Sequence[str]) -> Block:
    """A time with whom it suits, and the button that says yes to it."""
    yes = f"\nsuits {listed([escape(name) for name in who])}" if who else ""
    return section(
        f"{when(start, 0, card.zones)}{yes}",
        accessory=button("Works for me", PICK, f"{card.session_id}:{start.isoformat()}"),
        block_id=f"slot:{start.isoformat()}",
    )


def _doors(card: Room) -> list[ButtonElement]:
    about = str(card.session_id)
    doors = [button("The question", QUESTION, about)]
    for name, address in card.links.items():
        label = f"Add to {name.capitalize()}"
        doors.append(button(label, f"{LINK}_{name}", about, url=address))
    doors += [button("Other times", OTHER, about), button("I can't make it", CANNOT, about)]
    return doors


def _absent(card: Room) -> str:
    """Who does not come; without a reason, for that is theirs to tell."""
    gone = [escape(person.name) for person in card.people if not person.there]
    return f"{listed(gone)} can't make it this time." if gone else ""


def _over(card: Room) -> Message:
    words = list(_words_of_people(card))
    if card.state == "dissolved":
        text = f"This session does not take place: {_absent(card)} Whoever is free is matched anew; look out for a message."
    elif len(card.here) > 1:
        text = "No time was found for this session, so it ends here. You both come first in the next round."
    else:
        text = (
            "This session does not take place: nobody can make it this time. There is a new round every week."
        )
    return Message(text, built([section(text), *words]))


def _past(card: Room) -> Message:
    """A session that was: what it was, and the questions, which its interviewers may want to read again."""
    time_ = f", {when(card.starts_at, 0, card.zones)}" if card.starts_at else ""
    became = {
        "held": "This one is done. How it was stays between you and comes to each of you alone.",
        "missed": "This one did not take place. The next round comes every week; who waited comes first.",
        "unclear": "Its time has passed. How was it? I have asked each of you alone.",
    }[card.state]
    text = f"{_head(card)}{time_}. {became}"
    head = header(title(card.kind, [person.name for person in card.here]))
    row = actions(button("The question", QUESTION, str(card.session_id)))
    return Message(text, built([head, section(became), context(f"It was{time_.removeprefix(',')}."), row]))


# The calendar


def file_comment(card: Room, *, cancelled: bool) -> str:
    """What stands beside the calendar file."""
    if card.starts_at is None or cancelled:
        return "For your calendar: this takes the session out of it again."
    return f"For your calendar: {when(card.starts_at, card.minutes, card.zones)}."


def description(card: Room) -> str:
    """What the calendar says about the session: no question, nobody's secrets."""
    lines = [
        f"{box.start}–{box.end} min: {box.title}"
        for box in mocks.agenda(card.kind, card.minutes, swap=card.swaps)
    ]
    return "\n".join(["Meet in your conversation with Cadence in Slack.", *lines])


def clipped_title(card: Room) -> str:
    """The session's name as plain text, for a calendar."""
    is_on = card.state not in ("cancelled", "dissolved")
    return clip(title(card.kind, [person.name for person in (card.here if is_on else card.people)]), 120)
