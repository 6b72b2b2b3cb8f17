"""The tables of mock interviews: wishes, rounds, sessions, feedback and full loops.

Instants are UTC; weekly hours are wall-clock times of the member's own zone. Who sits in a session, and who
wrote what about whom, is named by membership.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.columns import Text
from bot.store.tables.table import Table


class MockProfile(Table):
    """How a member likes to practise: kinds, hours, with whom. One that is missing means the defaults."""

    __tablename__ = "mock_profiles"

    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), primary_key=True)
    kinds: Mapped[list[str]] = mapped_column(default=list)  # `plans.mocks.Kind`; none: any
    wish: Mapped[str | None]  # the `plans.mocks.Role` that they would rather begin with
    same_level_only: Mapped[bool] = mapped_column(default=False)
    hours: Mapped[list[Any]] = mapped_column(default=list)  # `plans.availability` as JSON
    always: Mapped[bool] = mapped_column(default=False)  # in every round until they say otherwise
    capacity: Mapped[int] = mapped_column(default=1)  # sessions a round; a mentor may take several
    thanked_in: Mapped[int | None]  # the year of a mentor's newest thank-you
    changed_at: Mapped[datetime]


class MockBlock(Table):
    """Whom a member is never paired with; nobody else learns of it."""

    __tablename__ = "mock_blocks"
    __table_args__ = (UniqueConstraint("membership_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"))
    user_id: Mapped[str]
    made_at: Mapped[datetime]


class MockRound(Table):
    """One run of matching in a group."""

    __tablename__ = "mock_rounds"
    __table_args__ = (UniqueConstraint("group_id", "week_of"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    week_of: Mapped[date]  # the Monday of the week in which it was called
    opened_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    seed: Mapped[int]
    state: Mapped[str] = mapped_column(default="open")  # open, matched


class MockSignup(Table):
    """Whether a member is in a round, with what differs from their profile this once."""

    __tablename__ = "mock_signups"
    __table_args__ = (UniqueConstraint("round_id", "membership_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("mock_rounds.id"))
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), index=True)
    state: Mapped[str]  # in, out
    by_default: Mapped[bool] = mapped_column(default=False)  # put in because they are always in
    kinds: Mapped[list[str] | None]  # this round only
    hours: Mapped[list[Any] | None]  # this round only
    left_out: Mapped[str | None] = mapped_column(Text)  # why there was no session for them
    changed_at: Mapped[datetime]


class MockAsk(Table):
    """Somebody asks for a mock interview outside of the rounds; who answers first has it."""

    __tablename__ = "mock_asks"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), index=True)
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(default="open")  # open, taken, withdrawn, expired
    session_id: Mapped[int | None]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class MockLoop(Table):
    """A planned full loop: one candidate, several interviewers, several rounds, a debrief."""

    __tablename__ = "mock_loops"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    candidate_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"))
    bar_raiser_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id"))
    planned_by: Mapped[int] = mapped_column(ForeignKey("memberships.id"))
    format: Mapped[str]  # `plans.loop.LoopFormat`
    starts_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="planned")  # planned, over, cancelled
    sequence: Mapped[int] = mapped_column(default=0)  # of its calendar file
    seed: Mapped[int]
    made_at: Mapped[datetime]
    debriefed_at: Mapped[datetime | None]


class LoopPanelist(Table):
    """An interviewer of a full loop: whether they come, and how they vote."""

    __tablename__ = "loop_panelists"
    __table_args__ = (UniqueConstraint("loop_id", "membership_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    loop_id: Mapped[int] = mapped_column(ForeignKey("mock_loops.id"))
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), index=True)
    state: Mapped[str] = mapped_column(default="invited")  # invited, coming, declined
    vote: Mapped[str | None]  # `plans.loop.Vote`; secret until the debrief
    note: Mapped[str] = mapped_column(Text, default="")
    voted_at: Mapped[datetime | None]


class MockSession(Table):
    """A session of two or three people: from a round, from an ask, or one round of a full loop."""

    __tablename__ = "mock_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), index=True)
    round_id: Mapped[int | None] = mapped_column(ForeignKey("mock_rounds.id"), index=True)
    ask_id: Mapped[int | None] = mapped_column(ForeignKey("mock_asks.id"))
    loop_id: Mapped[int | None] = mapped_column(ForeignKey("mock_loops.id"), index=True)
    kind: Mapped[str]  # `plans.mocks.Kind`
    subject: Mapped[str | None]  # in a full loop, what this round is about (`plans.questions.Subject`)
    minutes: Mapped[int]
    swaps: Mapped[bool]  # the first two change roles half-way
    # proposed, agreed, held, missed, unclear, cancelled, dissolved (its people were matched anew)
    state: Mapped[str] = mapped_column(default="proposed")
    slots: Mapped[list[Any]] = mapped_column(default=list)  # [start, end] in ISO 8601, UTC
    starts_at: Mapped[datetime | None]
    sequence: Mapped[int] = mapped_column(default=0)  # of its calendar file; rises with each change
    reason: Mapped[str] = mapped_column(Text, default="")  # why these people
    seed: Mapped[int]
    made_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]  # when its state became final


class MockSeat(Table):
    """One person in a session."""

    __tablename__ = "mock_seats"
    __table_args__ = (UniqueConstraint("session_id", "membership_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("mock_sessions.id"))
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), index=True)
    role: Mapped[str]  # `plans.mocks.Role` in the first turn
    style: Mapped[str | None]  # `plans.mocks.Style` that this candidate is to meet
    state: Mapped[str] = mapped_column(default="invited")  # invited, in, silent, cancelled, left
    late: Mapped[bool] = mapped_column(default=False)  # cancelled within a day of the start
    picks: Mapped[list[str]] = mapped_column(default=list)  # starts that suit them, ISO 8601, UTC
    said: Mapped[str] = mapped_column(Text, default="")  # their words on another time or on not coming
    confirmed_at: Mapped[datetime | None]  # they said "I'll be there" to the reminder
    answered: Mapped[str | None]  # did it happen: yes, no_partner, no_me, moved
    answered_at: Mapped[datetime | None]
    goal_id: Mapped[int | None] = mapped_column(ForeignKey("goals.id"))  # the plan's goal that it completed


class MockQuestion(Table):
    """A question of a session: its candidate never gets it again, nor does who read it."""

    __tablename__ = "mock_questions"
    __table_args__ = (UniqueConstraint("session_id", "turn", "question"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("mock_sessions.id"))
    turn: Mapped[int]  # 1, or 2 after the swap
    position: Mapped[int]
    question: Mapped[str] = mapped_column(index=True)  # a `plans.questions.Question`'s id


class MockFeedback(Table):
    """What one person of a session wrote about another, or about themselves."""

    __tablename__ = "mock_feedback"
    __table_args__ = (UniqueConstraint("session_id", "author_id", "about_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("mock_sessions.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"))
    about_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), index=True)
    ratings: Mapped[dict[str, Any]]  # by `plans.feedback.Skill`, 1-5
    improvements: Mapped[list[str]] = mapped_column(default=list)
    strength: Mapped[str] = mapped_column(Text, default="")
    given_at: Mapped[datetime]
    goal_id: Mapped[int | None] = mapped_column(ForeignKey("goals.id"))  # made of its weakest skill
