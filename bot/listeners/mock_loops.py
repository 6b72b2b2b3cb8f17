"""Planning a full loop: the form, and what can be wrong with it."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners.actor import Actor, actor_of, meant_membership, needed_membership, own_membership
from bot.listeners.answers import Answers
from bot.listeners.call import Call
from bot.listeners.listening import Listening
from bot.listeners.once import key_of
from bot.listeners.people import profile
from bot.listeners.replying import acknowledge, open_form, tell
from bot.store import groups, inbox, memberships, mock_loop_plans, mock_loops, people
from bot.store.mock_loop_plans import Wish
from bot.store.mock_loops import Cast
from bot.store.tables import Group, Membership
from bot.views import mock_loops as view
from bot.views.message import Message
from bot.views.mock_loops import CANDIDATE, PANEL
from bot.views.words import clip
from plans import calendar
from plans.errors import StudyError
from plans.loop import (
    FEWEST_INTERVIEWERS,
    MOST_INTERVIEWERS,
    BarRaiserNotOnPanel,
    CandidateInterviews,
    LoopFormat,
    PanelSize,
)

NOTICE, FURTHEST = timedelta(hours=1), timedelta(weeks=13)
SATURDAY, MORNING = 5, time(9)


class MentorsInterview(StudyError):
    """As a mentor you interview others: ask whoever you help to plan the loop and to name you."""


class Faults(Exception):
    """What is wrong with a form, by field; nothing of it is kept."""

    def __init__(self, fields: dict[str, str]) -> None:
        """Keep the sentences by field."""
        super().__init__()
        self.fields = fields


def register(app: Listening) -> None:
    """Listen to the button that opens the form, and to the form."""
    app.action(view.PLAN)(open_plan)
    app.view(view.FORM)(submit)


# Planning


async def loop(call: Call, _words: str) -> Message | None:
    """Open the form that plans a full loop; it begins with next Saturday morning."""
    async with call.house.database.read() as session:
        member = await needed_membership(session, call.actor)
    return await _open_form(call.house, call.body, member)


async def open_plan(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """The button on one's page of mock interviews."""
    async with house.database.read() as session:
        value = str(body["actions"][0].get("value") or "").removeprefix("m")
        member = await meant_membership(session, actor_of(body), value)
    await acknowledge(ack, house, body, await _open_form(house, body, member))


async def _open_form(house: House, body: dict[str, Any], member: Membership) -> Message | None:
    """The form, unless it is a mentor who asks.

    Raises:
        MentorsInterview: mentors are no candidates.
    """
    if member.role == "mentor":
        raise MentorsInterview
    zone = ZoneInfo(member.timezone)
    starts_at = calendar.next_occurrence(house.now() + NOTICE, MORNING, zone, frozenset({SATURDAY})).instant
    about = f"{member.id}:{actor_of(body).channel_id or ''}"
    return await open_form(house, body, view.loop_form(member.user_id, about, starts_at), "mock loop")


async def submit(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], house: House) -> None:
    """Plan the loop; a fault is said in its field, and nothing is lost."""
    member_id, _, channel = str(view.get("private_metadata") or "").partition(":")
    actor, answer = actor_of(body), None
    for user in (*Answers(view).people(CANDIDATE), *Answers(view).people(PANEL)):
        await profile(house, Actor(actor.workspace_id, user, None))  # an outsider is to be named, too
    try:
        async with house.database.write() as session:
            planner = await own_membership(session, actor, int(member_id or 0))
            if await inbox.receive(session, key_of(body), house.now()):
                wish = await _wish(session, planner, Answers(view), house.now())
                made = await mock_loop_plans.plan(session, house.bank, wish, house.now())
                answer = _planned(await mock_loops.needed(session, made.id))
    except Faults as faults:
        await ack(response_action="errors", errors=faults.fields)
        return
    await ack()
    house.outbox.wake()
    if answer is not None:
        await tell(house, Actor(actor.workspace_id, actor.user_id, channel or None), answer)


def _planned(cast: Cast) -> Message:
    return view.planned(cast.candidate.name, cast.loop.starts_at, cast.minutes, cast.planner.timezone)


async def _wish(session: AsyncSession, planner: Membership, answers: Answers, now: datetime) -> Wish:
    """What the form says.

    Raises:
        Faults: it cannot be planned so.
    """
    group = await groups.get(session, planner.group_id)
    users = {each: answers.people(each) for each in (CANDIDATE, PANEL, view.RAISER)}
    known, faults = await _members(session, group, users)
    starts_at = answers.moment(view.MOMENT)
    if problem := time_fault(starts_at, now):
        faults[view.MOMENT] = problem
    if PANEL not in faults and (problem := _panel_fault(users)):
        faults[PANEL] = problem
    if set(users[view.RAISER]) - set(users[PANEL]):
        faults[view.RAISER] = str(BarRaiserNotOnPanel())
    if faults or starts_at is None:
        raise Faults(faults)
    wish = Wish(
        planner=planner,
        candidate=known[users[CANDIDATE][0]],
        panel=[known[user] for user in dict.fromkeys(users[PANEL])],
        bar_raiser=next((known[user] for user in users[view.RAISER]), None),
        format=LoopFormat.SHORT if answers.choice(view.FORMAT) == LoopFormat.SHORT else LoopFormat.FULL,
        starts_at=starts_at,
    )
    if kept_out := await mock_loop_plans.cannot_come(session, wish):
        raise Faults(_kept_out(wish, kept_out))
    return wish


async def _members(
    session: AsyncSession, group: Group, users: dict[str, list[str]]
) -> tuple[dict[str, Membership], dict[str, str]]:
    """The members who were chosen, by user; and what is wrong in the fields of those who are none."""
    known: dict[str, Membership] = {}
    faults: dict[str, str] = {}
    for block, chosen in users.items():
        for user in chosen:
            member = await memberships.in_group(session, group, user)
            if member is not None and member.status == "active":
                known[user] = member
                continue
            person = await people.find(session, group.workspace_id, user)
            name = clip(person.name, 40) if person else "Somebody you chose"
            faults.setdefault(block, f"{name} is not in {clip(group.name, 40)} yet. Choose its members.")
    if not users[CANDIDATE]:
        faults[CANDIDATE] = "Who is the candidate?"
    elif (member := known.get(users[CANDIDATE][0])) is not None and member.role == "mentor":
        faults[CANDIDATE] = "Mentors only interview. Who is the candidate?"
    return known, faults


def time_fault(starts_at: datetime | None, now: datetime) -> str:
    """What is wrong with a loop that begins then; nothing if it is empty."""
    if starts_at is None:
        return "When does it begin?"
    if starts_at < now + NOTICE:
        return "That is too soon: give everybody an hour's notice, better some days."
    if starts_at > now + FURTHEST:
        return "That is far away. Take a time within the next three months."
    return ""


def _panel_fault(users: dict[str, list[str]]) -> str:
    """What is wrong with the number of interviewers, or with who is among them."""
    panel = set(users[PANEL])
    if panel & set(users[CANDIDATE]):
        return str(CandidateInterviews())
    if not FEWEST_INTERVIEWERS <= len(panel) <= MOST_INTERVIEWERS:
        return str(PanelSize(fewest=FEWEST_INTERVIEWERS, most=MOST_INTERVIEWERS, count=len(panel)))
    return ""


def _kept_out(wish: Wish, members: list[Membership]) -> dict[str, str]:
    """One sentence for whatever keeps people away: it must not tell who would rather not meet whom."""
    candidate = [each for each in members if each.id == wish.candidate.id]
    panel = [each for each in members if each.id != wish.candidate.id]
    faults = {}
    if candidate:
        faults[CANDIDATE] = f"{candidate[0].name} cannot be the candidate then. Is there another time?"
    if panel:
        name = clip(panel[0].name, 60)
        faults[PANEL] = f"{name} cannot be on this panel. Choose somebody else, or another time."
    return faults
