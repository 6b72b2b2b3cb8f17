"""People, their groups, and who is in which."""

from datetime import datetime, time

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.table import Table


class Person(Table):
    """What Slack says of somebody, kept so that a form can open without asking Slack first."""

    __tablename__ = "people"

    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    timezone: Mapped[str | None]
    deleted: Mapped[bool] = mapped_column(default=False)
    is_bot: Mapped[bool] = mapped_column(default=False)
    seen_at: Mapped[datetime]


class Group(Table):
    """A study group: one channel of one workspace, with its weekly rhythm in its own zone."""

    __tablename__ = "groups"
    __table_args__ = (UniqueConstraint("workspace_id", "channel_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[str]
    channel_id: Mapped[str]
    name: Mapped[str]
    timezone: Mapped[str]
    checkin_weekday: Mapped[int]
    checkin_time: Mapped[time]
    scorecard_weekday: Mapped[int]
    scorecard_time: Mapped[time]
    has_mocks: Mapped[bool] = mapped_column(default=True)  # whether the weekly mock round is called
    call_weekday: Mapped[int] = mapped_column(default=0)  # when the round is called
    call_time: Mapped[time] = mapped_column(default=time(12))
    matching_weekday: Mapped[int] = mapped_column(default=2)  # when it closes and is matched
    matching_time: Mapped[time] = mapped_column(default=time(18))
    has_ranking: Mapped[bool] = mapped_column(default=False)  # lines by goals met instead of by name
    has_milestones: Mapped[bool] = mapped_column(default=True)  # whether the channel celebrates them
    status: Mapped[str] = mapped_column(default="active")  # active, archived, unreachable
    started_by: Mapped[str]
    started_at: Mapped[datetime]


class Membership(Table):
    """One person in one group."""

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("group_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    workspace_id: Mapped[str]
    user_id: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    role: Mapped[str] = mapped_column(default="member")  # lead, member, mentor
    # invited (a mentor), active, left, deactivated, forgotten
    status: Mapped[str] = mapped_column(default="active")
    sharing: Mapped[str] = mapped_column(default="summary")  # full, summary, private
    timezone: Mapped[str]
    follows_slack_zone: Mapped[bool] = mapped_column(default=True)
    post_time: Mapped[time]
    nudge_time: Mapped[time | None]
    days_off: Mapped[list[int]] = mapped_column(default=list)
    # study windows: a template's name, or hours in own words
    windows: Mapped[str] = mapped_column(default="")
    # ISO 3166, whose public holidays are asked about; "" for none, None for a guess
    country: Mapped[str | None]
    may_be_asked: Mapped[bool] = mapped_column(default=False)  # as a buddy for somebody's recovery week
    may_be_nudged: Mapped[bool] = mapped_column(default=False)  # the lead may see that a word would help
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
