"""Choosing a plan: what somebody says of where they stand, and the advice that comes of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners import preferences
from bot.listeners.actor import actor_of, meant_membership, needed_membership, own_membership
from bot.listeners.answers import Answers
from bot.listeners.call import Call
from bot.listeners.listening import Listening
from bot.listeners.preferences import Load
from bot.listeners.replying import acknowledge, open_form
from bot.listeners.steps import Carried, FormOutdated, replace_form
from bot.store import curricula, enrolments, memberships, weeks
from bot.store.tables import Enrolment, Membership
from bot.views import choosing as forms
from bot.views.choosing import Advice, Answered
from bot.views.message import Message
from plans import calendar, choose, pace, situation, timelines
from plans.errors import StudyError
from plans.model import Level, Plan, Value
from plans.situation import CurrentLevel, Risk

MOST_PLANS = 60  # side by side in a form of at most a hundred blocks


class NothingToCompare(StudyError):
    """You have no plan in this group yet. `/prep join` recommends one."""


class Situation(Value):
    """Where somebody stands, and what they can give and risk."""

    interview_on: date | None
    current: CurrentLevel
    level: Level
    hours: float
    risk: Risk

    @property
    def load(self) -> Load:
        """The part that every plan is taken with."""
        return Load(self.level, self.hours, self.interview_on)

    @property
    def answered(self) -> Answered:
        """What the questions start with when they are asked again."""
        return Answered(self.interview_on, self.current.value, self.level.value, self.hours, self.risk.value)


class Comparison(Carried):
    """What the comparison carries from one screen to the next."""

    membership: int
    said: Situation | None = None


def register(app: Listening) -> None:
    """Listen to the Compare button, its questions and the way back to them."""
    app.action(forms.COMPARE)(open_comparison)
    app.action(forms.COMPARE_AGAIN)(reopen_comparison)
    app.view(forms.COMPARING)(submit_comparison)


# Advice


def read_situation(answers: Answers, here: date) -> tuple[Situation | None, dict[str, str]]:
    """The answers to the questions, checked; or what is wrong with each, seen from the member's `here`."""
    load, errors = preferences.read_load(answers, here)
    if load is None:
        return None, errors
    try:
        said = Situation(
            interview_on=load.interview_on,
            current=CurrentLevel(answers.choice(forms.CURRENT)),
            level=Level(load.level),
            hours=load.hours,
            risk=Risk(answers.choice(forms.RISK)),
        )
    except ValueError:
        return None, {forms.CURRENT: "Choose one of the four, and a level and a risk below."}
    return said, {}


async def offered(session: AsyncSession, house: House, group_id: int) -> list[Plan]:
    """The plans that a member of the group can take, each under the name that an enrolment gives it."""
    found = await curricula.offered(session, house.library, group_id)
    return [plan.model_copy(update={"slug": reference}) for reference, plan in found[:MOST_PLANS]]


def advise(said: Situation, plans: Sequence[Plan], here: date) -> Advice:
    """What to recommend to somebody whose day is `here`, and all plans side by side."""
    left = situation.weeks_left(here, said.interview_on)
    choice = choose.choose(left, said.current, said.level, said.hours, said.risk, plans)
    said_of_pace = pace.advice(said.current, said.level, said.hours)
    return Advice(choice=choice, rows=timelines.matrix(plans), pace=said_of_pace)


# Comparing, once one has a plan


async def compare(call: Call) -> Message:
    """`/prep plan compare`: the plans in a table, one's own marked."""
    async with call.house.database.read() as session:
        membership = await needed_membership(session, call.actor)
        enrolment = await enrolments.current(session, membership.id)
        plans = await offered(session, call.house, membership.group_id)
    rows = timelines.matrix(plans)
    if enrolment is None:
        return forms.matrix_message(rows, None, None)
    return forms.matrix_message(rows, membership.id, enrolment.plan)


async def open_comparison(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """The Compare button: the questions, with what is known already filled in."""
    actor = actor_of(body)
    async with house.database.read() as session:
        membership = await meant_membership(session, actor, body["actions"][0].get("value"))
        enrolment = await enrolments.current(session, membership.id)
        if enrolment is None:
            raise NothingToCompare
        answered = await _known(session, membership, enrolment, house)
    form = forms.compare_form(answered, Comparison(membership=membership.id).text)
    await acknowledge(ack, house, body, await open_form(house, body, form, "plan compare"))


async def _known(
    session: AsyncSession, membership: Membership, enrolment: Enrolment, house: House
) -> Answered:
    """What the enrolment says of the questions; an interview that is over counts for nothing."""
    here = memberships.today(membership, house.now())
    _, hours = await weeks.load(session, enrolment, calendar.monday_of(here))
    ahead = enrolment.interview_on and enrolment.interview_on >= here
    return Answered(
        interview_on=enrolment.interview_on if ahead else None,
        current=enrolment.current_level or CurrentLevel.MANAGER.value,
        level=enrolment.level,
        hours=hours,
        risk=enrolment.risk or Risk.MEDIUM.value,
    )


async def submit_comparison(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], house: House) -> None:
    """The answers: the recommendation, and all plans to choose from."""
    carried = Comparison.by(view)
    async with house.database.read() as session:
        membership = await own_membership(session, actor_of(body), carried.membership)
        enrolment = await enrolments.current(session, membership.id)
        plans = await offered(session, house, membership.group_id)
    here = memberships.today(membership, house.now())
    said, errors = read_situation(Answers(view), here)
    if said is None:
        await ack(response_action="errors", errors=errors)
        return
    about = Comparison(membership=membership.id, said=said).text
    current = enrolment.plan if enrolment else ""
    await ack(
        response_action="update",
        view=forms.compared(advise(said, plans, here), membership.id, current, about),
    )


async def reopen_comparison(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Back to the questions, as they were answered."""
    carried = Comparison.by(body["view"])
    answered = carried.said.answered if carried.said else Answered()
    form = forms.compare_form(answered, Comparison(membership=carried.membership).text)
    await ack()
    await replace_form(house, body, form)


def situation_in(view: dict[str, Any]) -> Situation | None:
    """What the member had answered when the comparison was shown; none if that cannot be read.

    For who takes a plan out of the comparison (`TAKE_PLAN`): the answers belong to the new enrolment.
    """
    try:
        return Comparison.by(view).said
    except FormOutdated:
        return None
