"""Which columns of each table are told to the person whom they are about, and how a row becomes plain values.

What a table has beside these is Cadence's own bookkeeping; a test holds that each column that stays out has a
reason.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from bot.store.tables import (
    Adjustment,
    Buddy,
    CheckpointTick,
    Enrolment,
    Entry,
    Goal,
    Group,
    GroupPlan,
    HolidayAsk,
    InterviewTick,
    LoopPanelist,
    Membership,
    Milestone,
    MockAsk,
    MockBlock,
    MockFeedback,
    MockLoop,
    MockProfile,
    MockRound,
    MockSeat,
    MockSession,
    MockSignup,
    Pause,
    Period,
    Person,
    PlanChange,
    Proposal,
    Rating,
    Reflection,
    Scorecard,
    Story,
    Suggestion,
    Table,
    Vote,
    Week,
)

Row = dict[str, Any]

KEPT: Mapping[type[Table], str] = {
    Person: "name user_id workspace_id timezone seen_at",
    Group: "name timezone status",
    Membership: (
        "name role status sharing timezone follows_slack_zone post_time nudge_time days_off windows"
        " country may_be_asked may_be_nudged joined_at left_at"
    ),
    Enrolment: (
        "plan track level hours starts_on first_day interview_on current_level risk made_at ended_at"
    ),
    Week: "week_of number hours mode outline opened_at",
    Goal: (
        "week_of due_on first_due_on text note block minutes area tier metrics state excused skip_reason"
        " done_at"
    ),
    Entry: "on_date metric count minutes area note logged_at undone_at",
    Rating: "scope on_date dimension value rated_at",
    Reflection: "scope on_date question text written_at",
    Pause: "starts_on ends_on reason made_at",
    Period: "mode starts_on ends_on keeps note made_at",
    HolidayAsk: "week_of holidays state made_at decided_at",
    InterviewTick: "interview_on item ticked_at",
    Story: ("title situation task action result principles status quality made_at changed_at deleted_at"),
    Milestone: "name week_of in_channel reached_at",
    Buddy: "week_of state made_at answered_at",
    Proposal: "week_of area factor first_week last_week state",
    Vote: "choice voted_at",
    Suggestion: "week_of for_week kind facts state in_channel taken blocker made_at decided_at",
    Adjustment: "for_week change lasts extends made_at",
    Scorecard: "week_of card published_at closed",
    GroupPlan: "slug title text uploaded_at retired_at",
    CheckpointTick: "week item ticked_at",
    PlanChange: "made_on made_at undone_at",
    MockProfile: "kinds wish same_level_only hours always capacity changed_at",
    MockBlock: "user_id made_at",
    MockRound: "week_of closes_at state",
    MockSignup: "state by_default kinds hours left_out changed_at",
    MockAsk: "kind state made_at expires_at",
    MockLoop: "format starts_at state made_at",
    LoopPanelist: "state vote note voted_at",
    MockSession: "kind subject minutes swaps state slots starts_at reason made_at closed_at",
    MockSeat: "role state late picks said confirmed_at answered answered_at",
    MockFeedback: "ratings improvements strength given_at",
}


def told(row: Table) -> Row:
    """What of a row is told, by column; instants are ISO 8601 in UTC, dates and times of day local."""
    return {name: _plain(getattr(row, name)) for name in KEPT[type(row)].split()}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime | time) else value
