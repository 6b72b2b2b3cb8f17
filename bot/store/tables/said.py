"""What members say of themselves: ratings, words, ticks in lists that no goal stands behind."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.columns import Text
from bot.store.tables.table import Table


class Rating(Table):
    """A 1-5 self-assessment on one dimension, of a day or of a week (then `on_date` is its Monday)."""

    __tablename__ = "ratings"
    __table_args__ = (UniqueConstraint("membership_id", "scope", "on_date", "dimension"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"))
    scope: Mapped[str]  # day, week
    on_date: Mapped[date]
    dimension: Mapped[str]
    value: Mapped[int]
    rated_at: Mapped[datetime]


class Reflection(Table):
    """A member's own words about a day or a week; always private."""

    __tablename__ = "reflections"
    __table_args__ = (UniqueConstraint("membership_id", "scope", "on_date", "question"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"))
    scope: Mapped[str]
    on_date: Mapped[date]
    question: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]


class CheckpointTick(Table):
    """A line of a checkpoint that the member ticked by hand, or unticked again: then `ticked_at` is none."""

    __tablename__ = "checkpoint_ticks"
    __table_args__ = (UniqueConstraint("enrolment_id", "week", "item"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), index=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id"))
    week: Mapped[int]  # of the plan
    item: Mapped[str]  # "2-3": the third line of the week's second checkpoint
    ticked_at: Mapped[datetime | None]
    marked_ts: Mapped[str] = mapped_column(default="")  # Slack's action_ts of the newest click


class InterviewTick(Table):
    """A line of the interview week's list that was ticked, or unticked again: then `ticked_at` is none."""

    __tablename__ = "interview_ticks"
    __table_args__ = (UniqueConstraint("membership_id", "interview_on", "item"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"))
    interview_on: Mapped[date]
    item: Mapped[str]
    ticked_at: Mapped[datetime | None]
    marked_ts: Mapped[str] = mapped_column(default="")  # Slack's action_ts of the newest click
