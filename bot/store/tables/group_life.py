"""What a group sees and decides together."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.table import Table


class Scorecard(Table):
    """A member's or a group's week as it was published."""

    __tablename__ = "scorecards"
    __table_args__ = (UniqueConstraint("whom", "week_of"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    whom: Mapped[str]
    week_of: Mapped[date]
    card: Mapped[dict[str, Any]]
    published_at: Mapped[datetime]
    closed: Mapped[bool] = mapped_column(default=False)


class Milestone(Table):
    """Something that a member reached, celebrated once."""

    __tablename__ = "milestones"
    __table_args__ = (UniqueConstraint("membership_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"))
    name: Mapped[str]  # a name that `plans.milestones` knows
    week_of: Mapped[date]
    in_channel: Mapped[bool]
    reached_at: Mapped[datetime]


class Buddy(Table):
    """Half an hour together in a recovery week: who would like it, and who was asked."""

    __tablename__ = "buddies"
    __table_args__ = (UniqueConstraint("membership_id", "week_of", "buddy_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"))
    buddy_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"))
    week_of: Mapped[date]  # the week in which they would meet
    state: Mapped[str] = mapped_column(default="asked")  # asked, accepted, declined, withdrawn
    made_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class Proposal(Table):
    """A change that the whole group is asked about, since most of it missed something for weeks."""

    __tablename__ = "proposals"
    __table_args__ = (UniqueConstraint("group_id", "week_of"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    week_of: Mapped[date]  # the week after which it was proposed
    area: Mapped[str]
    factor: Mapped[float]  # what is left of the area's share if it passes
    first_week: Mapped[date]  # the weeks for which it then holds, by their Mondays
    last_week: Mapped[date]
    facts: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(default="open")  # open, passed, failed
    closes_at: Mapped[datetime]
    made_at: Mapped[datetime]


class Vote(Table):
    """What a member said to a proposal; the newest answer counts."""

    __tablename__ = "votes"
    __table_args__ = (UniqueConstraint("proposal_id", "membership_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposals.id"))
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), index=True)
    choice: Mapped[str]  # ease, keep
    voted_at: Mapped[datetime]
