"""The tables, in the product's words. Queries live beside this folder, one noun each.

Instants are UTC, dates are the member's local dates, times of day are wall-clock times of the zone
that stands in the same row. People are named by Slack ids; everything personal hangs off a membership.
Each file is one subject; the rest of the bot imports from here.
"""

from bot.store.tables.agreed import Adjustment, HolidayAsk, Pause, Period, PlanChange, Suggestion
from bot.store.tables.delivery import Delivery, HomePage, Received, Timer
from bot.store.tables.group_life import Buddy, Milestone, Proposal, Scorecard, Vote
from bot.store.tables.mocks import (
    LoopPanelist,
    MockAsk,
    MockBlock,
    MockFeedback,
    MockLoop,
    MockProfile,
    MockQuestion,
    MockRound,
    MockSeat,
    MockSession,
    MockSignup,
)
from bot.store.tables.people import Group, Membership, Person
from bot.store.tables.plans import Enrolment, Entry, Goal, GroupPlan, Week
from bot.store.tables.said import CheckpointTick, InterviewTick, Rating, Reflection
from bot.store.tables.stories import Story
from bot.store.tables.table import Table

__all__ = [
    "Adjustment",
    "Buddy",
    "CheckpointTick",
    "Delivery",
    "Enrolment",
    "Entry",
    "Goal",
    "Group",
    "GroupPlan",
    "HolidayAsk",
    "HomePage",
    "InterviewTick",
    "LoopPanelist",
    "Membership",
    "Milestone",
    "MockAsk",
    "MockBlock",
    "MockFeedback",
    "MockLoop",
    "MockProfile",
    "MockQuestion",
    "MockRound",
    "MockSeat",
    "MockSession",
    "MockSignup",
    "Pause",
    "Period",
    "Person",
    "PlanChange",
    "Proposal",
    "Rating",
    "Received",
    "Reflection",
    "Scorecard",
    "Story",
    "Suggestion",
    "Table",
    "Timer",
    "Vote",
    "Week",
]
