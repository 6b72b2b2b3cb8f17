"""The tables, in the product's words. Queries live beside this file, one noun each.

Instants are UTC, dates are the member's local dates, times of day are wall-clock times of the zone
that stands in the same row. People are named by Slack ids; everything personal hangs off a membership.
"""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, MetaData, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.store.columns import UtcDateTime


class Table(DeclarativeBase):
    """The base of all tables; constraints are named so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 (SQLAlchemy reads it from the class)
        datetime: UtcDateTime,
        dict[str, Any]: JSON,
        list[int]: JSON,
        list[str]: JSON,
        list[Any]: JSON,
        str: String(255),
    }


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
    status: Mapped[str] = mapped_column(
        default="active"
    )  # invited (a mentor), active, left, deactivated, forgotten
    sharing: Mapped[str] = mapped_column(default="summary")  # full, summary, private
    timezone: Mapped[str]
    follows_slack_zone: Mapped[bool] = mapped_column(default=True)
    post_time: Mapped[time]
    nudge_time: Mapped[time | None]
    days_off: Mapped[list[int]] = mapped_column(default=list)
    windows: Mapped[str] = mapped_column(
        default=""
    )  # study windows: a template's name, or hours in own words
    country: Mapped[
        str | None
    ]  # ISO 3166, whose public holidays are asked about; "" for none, None for a guess
    may_be_asked: Mapped[bool] = mapped_column(default=False)  # as a buddy for somebody's recovery week
    may_be_nudged: Mapped[bool] = mapped_column(default=False)  # the lead may see that a word would help
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]


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
    current_level: Mapped[str | None]  # what was said when the plan was chosen: `plans.choose.CurrentLevel`
    risk: Mapped[str | None]  # and how much risk may be in it: `plans.choose.Risk`
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


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
    mode: Mapped[str] = mapped_column(default="normal")  # normal, recovery, core, stretch
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


class Story(Table):
    """A story of the member's bank, in its four parts; private unless shared for a session."""

    __tablename__ = "stories"

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id"), index=True)
    title: Mapped[str]
    situation: Mapped[str] = mapped_column(Text, default="")
    task: Mapped[str] = mapped_column(Text, default="")
    action: Mapped[str] = mapped_column(Text, default="")
    result: Mapped[str] = mapped_column(Text, default="")
    principles: Mapped[list[int]]  # Leadership Principles by number, 1 to 16
    status: Mapped[str] = mapped_column(default="draft")  # draft, refined, polished
    quality: Mapped[int | None]  # 1 to 5
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]


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


class HomePage(Table):
    """A person's App Home: whether it may have changed, and what was published last."""

    __tablename__ = "home_pages"

    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    wanted: Mapped[int] = mapped_column(default=0)  # looks asked for
    drawn: Mapped[int] = mapped_column(default=0)  # looks taken
    digest: Mapped[str] = mapped_column(default="")  # of what was published
    membership_id: Mapped[int | None]  # whose page somebody in several groups wants to see
    opened_at: Mapped[datetime]
    published_at: Mapped[datetime | None]


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
    state: Mapped[str] = mapped_column(default="offered")  # offered, accepted, declined, withdrawn, overtaken
    in_channel: Mapped[bool]
    taken: Mapped[int | None]  # which of its offers was accepted
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


class Timer(Table):
    """When something recurring is due next, and for which local date. A tick asks for what is due."""

    __tablename__ = "timers"
    __table_args__ = (UniqueConstraint("kind", "whom"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    whom: Mapped[str]
    period: Mapped[date]
    next_due_at: Mapped[datetime] = mapped_column(index=True)


class Delivery(Table):
    """One message that the bot owes somebody: made once, sent once, redrawn when it changes."""

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("kind", "whom", "period"),
        Index("ix_deliveries_state_due", "state", "due_at"),
        Index("ix_deliveries_place", "channel", "ts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[str]
    kind: Mapped[str]
    whom: Mapped[str]  # "m12" a membership, "g3" a group, "cC01" a channel, "s45" a session, "l6" a full loop
    period: Mapped[str]
    state: Mapped[str] = mapped_column(
        default="planned"
    )  # planned, sending, sent, unknown, held, failed, skipped
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    not_before: Mapped[datetime]
    attempt: Mapped[int] = mapped_column(default=0)
    owner: Mapped[str | None]
    claimed_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    readbacks: Mapped[int] = mapped_column(default=0)
    nonce: Mapped[str]
    reason: Mapped[str | None]
    channel: Mapped[str | None]
    ts: Mapped[str | None]
    file_id: Mapped[str | None]  # Slack's, of the file that it brings along; known before anybody sees it
    pictures: Mapped[dict[str, Any]] = mapped_column(default=dict)  # uploaded for it: file ids and digests
    revision: Mapped[int] = mapped_column(default=0)  # of its stateful blocks
    wanted: Mapped[int] = mapped_column(default=0)  # drawings asked for
    drawn: Mapped[int] = mapped_column(default=0)  # drawings made


class Received(Table):
    """What Slack has delivered already: a second delivery changes nothing. Kept for a week."""

    __tablename__ = "inbox"

    key: Mapped[str] = mapped_column(primary_key=True)
    received_at: Mapped[datetime] = mapped_column(index=True)
