"""The week before an interview: what its days are for, and a list of what is to be ready by then.

The days follow "Templates" (the week before the interview, the day before, the interview's day), which has
the interview on a Monday: polishing first, one last mock, light review, rest and logistics. The list is ours,
after the final checklists of "The 12-week plan" and the interview week of "Weekly planning". Its ids are for
ever: what somebody ticked is kept under them.
"""

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum

from plans.model import Value
from plans.modes import interview_period

ASKED_FOR = 7  # days after the interview in which it is asked how it was; ours
DAY = timedelta(days=1)


class Part(StrEnum):
    """When something of the list is to be done."""

    WEEK = "week"
    EVE = "eve"
    MORNING = "morning"


class Stage(StrEnum):
    """Where a day lies, seen from an interview."""

    AHEAD = "ahead"  # before its light days
    LIGHT = "light"
    EVE = "eve"
    TODAY = "today"
    OVER = "over"


class Purpose(StrEnum):
    """What a day before the interview is for."""

    POLISH = "polish"
    MOCK = "mock"
    REVIEW = "review"
    REST = "rest"
    CALM = "calm"
    EVE = "eve"
    INTERVIEW = "interview"


PURPOSES = (  # by days before the interview
    Purpose.INTERVIEW,
    Purpose.EVE,
    Purpose.CALM,
    Purpose.REST,
    Purpose.REVIEW,
    Purpose.MOCK,
)


class Item(Value):
    """One line of the list; `text` fits into a checkbox."""

    id: str
    part: Part
    text: str


ITEMS = (
    Item(id="times", part=Part.WEEK, text="Times of the invitation written down in my own time zone"),
    Item(id="schedule", part=Part.WEEK, text="Schedule of the loop read: who comes when, and for what"),
    Item(id="calendar", part=Part.WEEK, text="Calendar at work blocked, with an hour free before it"),
    Item(id="room", part=Part.WEEK, text="A quiet room is mine for the whole day"),
    Item(id="network", part=Part.WEEK, text="Network, camera and sound tried on the link that I will use"),
    Item(id="second", part=Part.WEEK, text="A second device and another way into the network"),
    Item(id="phone", part=Part.WEEK, text="The recruiter's phone number on paper, for when the line drops"),
    Item(id="stories", part=Part.WEEK, text="My stories on one page, a line each"),
    Item(id="questions", part=Part.WEEK, text="Two questions that I want to ask each interviewer"),
    Item(id="sleep", part=Part.WEEK, text="The same bedtime every night this week"),
    Item(id="desk", part=Part.EVE, text="On the desk: page of stories, paper, pen, water, ID"),
    Item(id="charged", part=Part.EVE, text="Both devices charged, link and sound tried once more"),
    Item(id="read", part=Part.EVE, text="Page of stories read once, then put away: nothing new today"),
    Item(id="meals", part=Part.EVE, text="Tomorrow's meals, clothes and alarm settled"),
    Item(id="walk", part=Part.EVE, text="A walk, and early to bed"),
    Item(id="breakfast", part=Part.MORNING, text="A meal that I know, and water beside me"),
    Item(id="warmup", part=Part.MORNING, text="Ten minutes of warm-up: one story aloud, one easy problem"),
    Item(id="quiet", part=Part.MORNING, text="Phone silent, messages closed, note on the door"),
    Item(id="early", part=Part.MORNING, text="At the link ten minutes early, three slow breaths"),
)
IDS = frozenset(item.id for item in ITEMS)

QUESTIONS = (  # ours, after the post-interview reflection of "Weekly planning"
    ("asked", "What was asked?"),
    ("well", "What went well?"),
    ("differently", "What would I tell differently?"),
    ("surprised", "What surprised me?"),
)


class Sheet(Value):
    """The list of one interview as a member sees it on `today`, their date.

    `shown_until` is the last day before it is drawn again by itself. `minutes` are planned and open from its
    first light day, or from today, until the interview. `old_ticks` are those of an earlier date that may
    still hold, and `old_date` is that date.
    """

    membership_id: int
    interview_on: date
    today: date
    shown_until: date
    ticked: frozenset[str]
    minutes: int = 0
    old_date: date | None = None
    old_ticks: frozenset[str] = frozenset()

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of the list, what comes next on top.

        Where the eve has no post, its part is shown already before, for nothing would draw it later.
        """
        last = min(max(self.today, self.shown_until), self.interview_on - DAY)
        match stage(self.interview_on, max(self.today, last)):
            case Stage.AHEAD | Stage.LIGHT:
                return (Part.WEEK, Part.EVE, Part.MORNING)
            case Stage.EVE:
                return (Part.EVE, Part.MORNING, Part.WEEK)
            case _:
                return (Part.MORNING, Part.EVE, Part.WEEK)

    @property
    def days(self) -> tuple[tuple[date, Purpose], ...]:
        """The light days that are left, the interview's own included, and what each is for."""
        first = max(self.today, first_day(self.interview_on))
        left = (self.interview_on - first).days
        days = [first + number * DAY for number in range(left + 1)]
        return tuple((day, purpose(self.interview_on, day)) for day in days)

    @property
    def done(self) -> int:
        """How many lines are ticked."""
        return len(self.ticked & IDS)

    @property
    def is_done(self) -> bool:
        """Whether all of them are."""
        return self.done == len(ITEMS)


class Aftermath(Value):
    """What somebody called `name` in `group` has said after an interview: their words by question, whether it
    became an offer, and whether the group was told; `was_refused` if that did not arrive.
    """

    membership_id: int
    interview_on: date
    name: str
    group: str
    words: dict[str, str]
    has_offer: bool = False
    is_told: bool = False
    was_refused: bool = False

    @property
    def answered(self) -> int:
        """How many of the questions have words."""
        return sum(key in self.words for key, _ in QUESTIONS)


def of_part(part: Part) -> tuple[Item, ...]:
    """The lines of a part, in order."""
    return tuple(item for item in ITEMS if item.part is part)


def first_day(interview: date) -> date:
    """The first of the light days before it, on which the list comes."""
    return interview_period(interview).starts_on


def stage(interview: date, day: date) -> Stage:
    """Where `day` lies, seen from the interview."""
    if day > interview:
        return Stage.OVER
    if day == interview:
        return Stage.TODAY
    if day + DAY == interview:
        return Stage.EVE
    return Stage.LIGHT if day >= first_day(interview) else Stage.AHEAD


def has_list(interview: date, day: date) -> bool:
    """Whether the list is there on `day`: from the first light day until the interview."""
    return stage(interview, day) in (Stage.LIGHT, Stage.EVE, Stage.TODAY)


def asks_afterwards(interview: date, day: date) -> bool:
    """Whether `day` is one on which it is asked how it was: within a week after the interview."""
    return DAY <= day - interview <= ASKED_FOR * DAY


def purpose(interview: date, day: date) -> Purpose:
    """What a day up to the interview is for; before the last mock, polishing.

    Raises:
        ValueError: it lies after the interview.
    """
    before = (interview - day).days
    if before < 0:
        raise ValueError(f"{day} lies after the interview of {interview}")
    return PURPOSES[before] if before < len(PURPOSES) else Purpose.POLISH


def still_holding(ticked: Collection[str]) -> frozenset[str]:
    """What of a list may hold for another date, too: the eve and the morning come anew."""
    return frozenset(item.id for item in of_part(Part.WEEK) if item.id in ticked)
