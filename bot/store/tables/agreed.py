"""What was offered to a member and agreed with them: changes of their weeks and of their plan."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.columns import Text
from bot.store.tables.table import Table


class Suggestion(Table):
    """What was offered after a week, why, and what the member said to it."""

    __tablename__ = "suggestions"
    __table_args__ = (UniqueConstraint("membership_id", "week_of"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"))
    week_of: Mapped[date]  # the week that was judged
    for_week: Mapped[date]  # the week that would change
    kind: Mapped[str]
    facts: Mapped[dict[str, Any]]
    # offered, accepted, declined, withdrawn, overtaken (by another change), lapsed (its week is over)
    state: Mapped[str] = mapped_column(default="offered")
    in_channel: Mapped[bool]
    taken: Mapped[int | None]  # which of its offers was accepted
    # what accepting has changed, as it was
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    blocker: Mapped[str | None]
    made_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]


class Adjustment(Table):
    """A change to a coming week that a member accepted."""

    __tablename__ = "adjustments"
    __table_args__ = (UniqueConstraint("membership_id", "for_week"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"))
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id"))
    suggestion_id: Mapped[int | None] = mapped_column(ForeignKey("suggestions.id"))
    for_week: Mapped[date]
    change: Mapped[dict[str, Any]]  # a `plans.adapting.Change`
    lasts: Mapped[bool] = mapped_column(default=False)  # a change of track holds from this week on
    extends: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime]


class PlanChange(Table):
    """A change of plan that a member accepted, and what stood before it, so that it can be taken back."""

    __tablename__ = "plan_changes"
    __table_args__ = (UniqueConstraint("membership_id", "asked_in"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"))
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id"))  # the one that holds since
    asked_in: Mapped[str]  # the form in which it was accepted: a second submission is the same change
    made_on: Mapped[date]
    before: Mapped[dict[str, Any]]  # the rows as they were, by table
    after: Mapped[str]  # a fingerprint of what the change left behind; another one can no longer be undone
    made_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]


class Pause(Table):
    """Days on which nothing is posted and nothing counts as missed; both ends included."""

    __tablename__ = "pauses"

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    reason: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime]


class Period(Table):
    """Days on which the plan is lighter or different; both ends included. `plans.modes` says how."""

    __tablename__ = "periods"
    __table_args__ = (Index("ix_periods_membership_days", "membership_id", "starts_on", "ends_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"))
    mode: Mapped[str]  # a `plans.modes.Mode`
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    keeps: Mapped[int | None]  # per cent of the hours, where the member chose; none for the mode's own
    note: Mapped[str] = mapped_column(Text, default="")  # the member's words, or the holiday's name
    made_at: Mapped[datetime]


class HolidayAsk(Table):
    """The question whether a week with public holidays shall be lighter, and the answer."""

    __tablename__ = "holiday_asks"
    __table_args__ = (UniqueConstraint("membership_id", "week_of"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"))
    week_of: Mapped[date]
    holidays: Mapped[list[Any]]  # each a date and a name: ["2026-12-25", "Christmas Day"]
    state: Mapped[str] = mapped_column(default="asked")  # asked, lighter, as_planned
    period_id: Mapped[int | None]
    made_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
