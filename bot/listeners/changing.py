"""Changing the plan in mid-course: the form, the preview, accepting, taking back."""

import re
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners import preferences, previewing
from bot.listeners.actor import Actor, actor_of, meant_membership, needed_membership, own_membership
from bot.listeners.answers import Answers, number_of
from bot.listeners.call import Call, Subcommand
from bot.listeners.choosing import situation_in
from bot.listeners.listening import Listening
from bot.listeners.replying import acknowledge, is_ephemeral, open_form, reply
from bot.listeners.steps import replace_form
from bot.store import change_undo, changes, curricula, enrolments, memberships
from bot.store.previewed import Accepted
from bot.store.tables import Membership
from bot.views import changing as forms
from bot.views.choosing import TAKE_PLAN
from bot.views.membership import FIT_TO_HOURS, TRACK
from bot.views.message import Message
from plans.changing import Preview
from plans.course import MOST_WEEKS, Begin, Course, Wish
from plans.errors import StudyError
from plans.lengthening import NoWeekToRepeat, PlanIsOver
from plans.library import PlanNotFoundError
from plans.model import Level

NOTHING = "Everything is like that already. Change something, or close this."


class HowManyWeeks(StudyError):
    """From 1 to {most} weeks can be added: `/prep plan extend 2`."""


class NoSuchChange(StudyError):
    """There is nothing here to take back. `/prep plan` shows where you are."""


class Draft(previewing.Draft[Wish]):
    """What form and preview carry, with what was said in the comparison that led to them."""

    current_level: str | None = None
    risk: str | None = None


def register(app: Listening) -> None:
    """Listen to the doors of the form, to the form, to the preview and to Undo."""
    app.action(forms.OPEN_CHANGES)(open_changes)
    app.action(TAKE_PLAN)(take_plan)
    app.view(forms.CHANGES)(submit_changes)
    app.action(forms.CHANGE_BACK)(go_back)
    app.view(forms.CHANGE_PREVIEW)(accept)
    app.action(forms.CHANGE_UNDO)(undo)


# Doors


def asked(words: str) -> Subcommand | None:
    """What `/prep plan <words>` asks for, if it is a change of plan."""
    verb = words.casefold().partition(" ")[0]
    return {"change": change, "extend": extend, "restart": restart}.get(verb)


async def change(call: Call) -> Message | None:
    """`/prep plan change`: the form."""
    async with call.house.database.read() as session:
        membership = await needed_membership(session, call.actor)
        form = await _form(session, call.house, membership, Draft.begun(membership, call.actor))
    return await open_form(call.house, call.body, form, "plan change")


async def extend(call: Call) -> Message | None:
    """`/prep plan extend 2`: straight to the preview."""
    found = re.search(r"\d+", call.words)
    weeks = int(found[0]) if found else 1
    if not 1 <= weeks <= MOST_WEEKS:
        raise HowManyWeeks(most=MOST_WEEKS)
    return await _preview_at_once(call, {"extend_by": weeks})


async def restart(call: Call) -> Message | None:
    """`/prep plan restart`: straight to the preview; from next Monday if that is said."""
    begins = Begin.MONDAY if "monday" in call.words.casefold() else Begin.TODAY
    return await _preview_at_once(call, {"start_over": True, "begins": begins})


async def _preview_at_once(call: Call, wanted: dict[str, Any]) -> Message | None:
    async with call.house.database.write() as session:
        membership = await needed_membership(session, call.actor)
        form = await previewed(session, call.house, membership, call.actor, wanted)
    return await open_form(call.house, call.body, form, "plan change")


async def previewed(
    session: AsyncSession, house: House, membership: Membership, actor: Actor, wanted: dict[str, Any]
) -> dict[str, Any]:
    """The preview of the plan as it is with only `wanted` changed, by the fields of `Wish`.

    Raises:
        NoPlanToChange, PlanIsOver, NoWeekToRepeat: it cannot be made.
    """
    course = await changes.course(session, membership, house.library, house.now())
    wish = _as_it_is(course).model_copy(update=wanted)
    found = await changes.preview(session, membership, house.library, wish, house.now())
    return forms.preview_form(found, Draft.begun(membership, actor).shown(wish, found).text)


async def open_changes(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """The button "Change my plan"."""
    actor = actor_of(body)
    async with house.database.read() as session:
        membership = await meant_membership(session, actor, body["actions"][0].get("value"))
        form = await _form(session, house, membership, Draft.begun(membership, actor))
    await acknowledge(ack, house, body, await open_form(house, body, form, "plan change"))


async def take_plan(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """A plan chosen elsewhere: the form with it, and with what was said when it was chosen."""
    actor = actor_of(body)
    value = str(body["actions"][0].get("value") or "")
    said = situation_in(body.get("view") or {})
    async with house.database.read() as session:
        membership = await meant_membership(session, actor, value)
        course = await changes.course(session, membership, house.library, house.now())
        wish = _as_it_is(course).model_copy(
            update={"plan": value.partition(":")[2], "track": FIT_TO_HOURS}
            | ({"level": said.level, "hours": said.hours, "interview_on": said.interview_on} if said else {})
        )
        draft = Draft.begun(membership, actor).model_copy(
            update={"current_level": said.current.value, "risk": said.risk.value} if said else {}
        )
        form = await _form(session, house, membership, draft, wish)
    await acknowledge(ack, house, body, await open_form(house, body, form, "plan change"))


def _as_it_is(course: Course) -> Wish:
    """The wish that changes nothing."""
    return Wish(
        plan=course.name,
        track=course.track,
        level=course.level,
        hours=course.hours,
        interview_on=course.interview_on,
    )


# The form


async def _form(
    session: AsyncSession, house: House, membership: Membership, draft: Draft, wish: Wish | None = None
) -> dict[str, Any]:
    """The form, with the plan as it is or with a wish."""
    course = await changes.course(session, membership, house.library, house.now())
    wish = wish or _as_it_is(course)
    there = await curricula.offered(session, house.library, membership.group_id)
    if course.name not in {name for name, _ in there}:  # a retired one: who takes it can keep it
        there.append((course.name, course.plan))
    wanted = next((plan for name, plan in there if name == wish.plan), course.plan)
    shown = forms.Asked(
        plan=wish.plan if wanted is not course.plan else course.name,
        track=wish.track,
        level=wish.level,
        hours=wish.hours,
        interview_on=wish.interview_on,
        start_over=wish.start_over,
        begins=wish.begins,
        extend_by=wish.extend_by,
    )
    plans = [(name, plan.title, len(plan.weeks)) for name, plan in there]
    return forms.change_form(shown, plans, wanted.tracks, draft.text)


async def submit_changes(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], house: House) -> None:
    """What is wrong is said in its field; else the preview takes the form's place."""
    draft = Draft.by(view)
    async with house.database.write() as session:
        membership = await own_membership(session, actor_of(body), draft.membership)
        wish, errors = await _read(session, house, membership, Answers(view), draft)
        form = None
        if wish is not None:
            form, errors = await _tried(session, house, membership, wish, draft)
    await previewing.answer(ack, form, errors)


async def _read(
    session: AsyncSession, house: House, membership: Membership, answers: Answers, draft: Draft
) -> tuple[Wish | None, dict[str, str]]:
    """The form's fields, checked; or what is wrong with each."""
    course = await changes.course(session, membership, house.library, house.now())
    enrolment = await enrolments.current(session, membership.id)
    load, errors = preferences.read_load(answers, memberships.today(membership, house.now()), enrolment)
    plan = answers.choice(forms.PLAN) or course.name
    there = {name for name, _ in await curricula.offered(session, house.library, membership.group_id)}
    if plan not in there | {course.name}:
        errors[forms.PLAN] = "That plan is no longer offered here. Choose another one."
    if errors or load is None:
        return None, errors
    weeks = answers.choice(forms.EXTEND)
    wish = Wish(
        plan=plan,
        track=answers.choice(TRACK) or course.track,
        level=Level(load.level),
        hours=load.hours,
        interview_on=load.interview_on,
        start_over=forms.AGAIN in answers.choices(forms.START_OVER),
        begins=Begin(answers.choice(forms.BEGINS) or Begin.TODAY),
        extend_by=min(int(weeks), MOST_WEEKS) if weeks.isdecimal() else 0,
        current_level=draft.current_level,
        risk=draft.risk,
    )
    return wish, {}


async def _tried(
    session: AsyncSession, house: House, membership: Membership, wish: Wish, draft: Draft
) -> tuple[dict[str, Any] | None, dict[str, str]]:
    """The preview of a wish; or what speaks against it, in its field."""
    try:
        found = await changes.preview(session, membership, house.library, wish, house.now())
    except (PlanIsOver, NoWeekToRepeat) as error:
        return None, {forms.EXTEND: str(error)}
    except PlanNotFoundError as error:
        return None, {forms.PLAN: str(error)}
    if found.changes_nothing:
        return None, {forms.PLAN: NOTHING}
    return forms.preview_form(found, draft.shown(wish, found).text), {}


async def go_back(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """From the preview to the form, as it was filled in."""
    draft = Draft.by(body["view"])
    async with house.database.read() as session:
        membership = await own_membership(session, actor_of(body), draft.membership)
        form = await _form(session, house, membership, draft, draft.wish)
    await ack()
    await replace_form(house, body, form)


# Accepting, and taking back


async def accept(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], house: House) -> None:
    """Make the change that the preview showed; if it is no longer true, show what is."""
    draft = Draft.by(view)
    wish = draft.wished

    async def make(session: AsyncSession, membership: Membership) -> Accepted[Preview] | None:
        asked_in = str(view.get("id") or "")
        return await changes.accept(
            session, membership, house.library, wish, house.now(), asked_in=asked_in, seen=draft.seen
        )

    def anew(found: Preview) -> dict[str, Any]:
        return forms.preview_form(found, draft.shown(wish, found).text, anew=True)

    screens = previewing.Screens(anew, forms.refused, forms.changed)
    await previewing.accept(ack, house, actor_of(body), draft, make, screens)


async def undo(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Take a change back; its message says so."""
    async with house.database.write() as session:
        change = await change_undo.get(session, number_of(body))
        if change is None:
            raise NoSuchChange
        membership = await own_membership(session, actor_of(body), change.membership_id)
        await change_undo.undo(session, membership, change, house.now())
    await ack()
    house.outbox.wake()
    await reply(house, body, forms.undone(membership.id), replace=is_ephemeral(body))
