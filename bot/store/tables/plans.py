"""Plans that are taken: the weeks that were opened, their goals, and what was done."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.columns import Text
from bot.store.tables.table import Table


class Enrolment(Table):
    """A membership taking a plan on a track at a level; the newest without an end is the current one.

    `plan` is the slug of a plan in the library, or "upload:7" for a group's own (`GroupPlan`).
    """

    __tablename__ = "enrolments"

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), index=True)
    plan: Mapped[str]
    track: Mapped[str]
    level: Mapped[str]
    hours: Mapped[float]
    starts_on: Mapped[date]  # the Monday of the plan's first week
    first_day: Mapped[date]  # the first day that counts; later than Monday for who begins in mid-week
    interview_on: Mapped[date | None]
    current_level: Mapped[str | None]  # a `plans.situation.CurrentLevel`, as said when the plan was chosen
    risk: Mapped[str | None]  # and how much risk may be in it: a `plans.situation.Risk`
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class GroupPlan(Table):
    """A plan that a group's lead uploaded. A row never changes: a new upload is a new row, so that who takes
    the plan keeps what they began; `retired_at` says from when on nobody new is offered it.
    """

    __tablename__ = "group_plans"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), index=True)
    slug: Mapped[str]
    title: Mapped[str]
    text: Mapped[str] = mapped_column(Text)  # the file as it came
    uploaded_by: Mapped[str]
    uploaded_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


class Week(Table):
    """A week that was opened for a member: what the fit chose is written down and stays true."""

    __tablename__ = "weeks"
    __table_args__ = (UniqueConstraint("membership_id", "week_of"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"))
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id"))
    week_of: Mapped[date]
    number: Mapped[int]  # of the plan
    hours: Mapped[float]  # what the fit offered
    mode: Mapped[str] = mapped_column(default="normal")  # normal, recovery, longer, core, lighter, stretch
    outline: Mapped[dict[str, Any]]  # the days' titles, and what was left out and why
    opened_at: Mapped[datetime]


class Goal(Table):
    """One thing to do on one day: from the plan, or a member's own."""

    __tablename__ = "goals"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "key"),
        Index("ix_goals_membership_due", "membership_id", "due_on"),
        Index("ix_goals_membership_week", "membership_id", "week_of"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"))
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolments.id"))
    key: Mapped[str | None]  # the plan's goal id; none for a member's own
    week_of: Mapped[date]  # the week that offered it
    due_on: Mapped[date]
    first_due_on: Mapped[date]
    text: Mapped[str]
    note: Mapped[str] = mapped_column(Text, default="")
    block: Mapped[str] = mapped_column(default="")
    position: Mapped[int]
    minutes: Mapped[int]
    area: Mapped[str]
    tier: Mapped[str]
    metrics: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(default="open")  # open, done, skipped, withdrawn
    excused: Mapped[bool] = mapped_column(default=False)
    skip_reason: Mapped[str | None]
    done_at: Mapped[datetime | None]
    marked_ts: Mapped[str] = mapped_column(default="")  # Slack's action_ts of the newest click


class Entry(Table):
    """Something done: from a completed goal or from the log. What was undone stays, marked so."""

    __tablename__ = "entries"
    __table_args__ = (
        UniqueConstraint("goal_id", "metric"),
        Index("ix_entries_membership_date", "membership_id", "on_date"),
        Index("uq_entries_membership_mock", "membership_id", "mock_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"))
    goal_id: Mapped[int | None] = mapped_column(ForeignKey("goals.id"))
    mock_id: Mapped[int | None]  # the session that was held (`MockSession`), if that is what was done
    on_date: Mapped[date]
    metric: Mapped[str]  # a metric, or "minutes" for time alone
    count: Mapped[int]
    minutes: Mapped[int]
    area: Mapped[str | None]
    note: Mapped[str] = mapped_column(Text, default="")
    logged_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
