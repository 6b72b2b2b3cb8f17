"""The week of an interview: its list, its date, and what is written down afterwards."""

from datetime import date, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners import changing, preferences, previewing, ticking
from bot.listeners.actor import actor_of, meant_membership, needed_membership, own_membership
from bot.listeners.answers import Answers, about, id_in
from bot.listeners.call import Call
from bot.listeners.listening import Listening
from bot.listeners.replying import acknowledge, is_ephemeral, open_form, reply
from bot.store import deliveries, enrolments, interviews, memberships
from bot.store.tables import Membership
from bot.views import interview_afterwards as after_view
from bot.views import interviews as view
from bot.views import plan as plan_view
from bot.views.interviews import DATE
from bot.views.message import Message
from plans.errors import StudyError
from plans.interview_week import IDS, QUESTIONS, Stage, stage

EMPTY = "A few words to one of the questions are enough."


class InterviewMoved(StudyError):
    """Your interview is on another day by now. `/prep plan interview` shows the list for it."""


class NoOffer(StudyError):
    """There is no offer to tell of. *I got an offer* comes first."""


def register(app: Listening) -> None:
    """Listen to the list, to the form for the date, and to what comes afterwards."""
    app.action(view.SHOW_INTERVIEW)(show)
    app.action(view.TICK)(tick)
    app.action(view.TAKE_OVER)(take_over)
    app.action(view.SET_DATE)(open_date)
    app.view(view.DATE_FORM)(submit_date)
    app.action(after_view.WRITE)(open_reflection)
    app.view(after_view.REFLECTION)(reflect)
    app.action(after_view.OFFER)(got_offer)
    app.action(after_view.NO_OFFER)(no_offer)
    app.action(after_view.TELL)(tell_group)


# The list


async def of_call(call: Call) -> Message:
    """`/prep plan interview`: the list, at any time; after the interview, what was written of it."""
    async with call.house.database.read() as session:
        membership = await needed_membership(session, call.actor)
        return await _live(session, call.house, membership)


async def show(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """The list, for who asks."""
    async with house.database.read() as session:
        membership = await meant_membership(session, actor_of(body), body["actions"][0].get("value"))
        message = await _live(session, house, membership)
    await ack()
    await reply(house, body, message)


async def _live(session: AsyncSession, house: House, membership: Membership, revision: str = "") -> Message:
    """What there is to say of the member's interview now."""
    now = house.now()
    today = memberships.today(membership, now)
    enrolment = await enrolments.current(session, membership.id)
    if enrolment is None:
        return plan_view.no_plan()
    sheet = await interviews.read(session, membership, enrolment, house.library, now)
    if sheet is None:
        return view.no_date(membership.id, today)
    if stage(sheet.interview_on, today) is Stage.OVER:
        return after_view.afterwards(await interviews.aftermath(session, membership, sheet.interview_on))
    return view.post(sheet, revision or f"e{int(now.timestamp())}")


async def tick(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Make what is ticked the ticked ones among what this group of checkboxes offered."""
    now = house.now()
    click = ticking.tick_of(body, now)
    box = view.Box.parse(click.block_id)
    if box is None:
        raise InterviewMoved
    async with house.database.write() as session:
        membership = await _own(session, body, box.membership_id, box.interview_on)
        await interviews.tick(
            session,
            membership.id,
            box.interview_on,
            offered=IDS & set(box.items),
            chosen=click.chosen,
            action_ts=click.action_ts,
            now=now,
        )
        clicked = await ticking.clicked(session, body)
        await ticking.redraw(session, membership, interviews.KIND, box.interview_on.isoformat(), clicked)
        message = await _live(session, house, membership, box.revision)
    await _answered(ack, body, house, message)


async def take_over(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Tick what was ticked for an earlier date."""
    async with house.database.write() as session:
        membership, interview = await _meant(session, body)
        await interviews.take_over(session, membership.id, interview, house.now())
        name = memberships.whom(membership)
        await deliveries.want_redraw(session, interviews.KIND, name, interview.isoformat(), anew=True)
        message = await _live(session, house, membership)
    await _answered(ack, body, house, message)


async def _answered(ack: AsyncAck, body: dict[str, Any], house: House, message: Message) -> None:
    """Acknowledge what is stored; what only the person sees is drawn again in its place."""
    await ack()
    house.outbox.wake()
    if is_ephemeral(body):
        await reply(house, body, message, replace=True)


async def _own(
    session: AsyncSession, body: dict[str, Any], membership_id: int, interview: date
) -> Membership:
    """The actor's membership, if that is the day of their interview now.

    Raises:
        InterviewMoved: it is on another day, or there is none.
        NotYours, NoLongerIn: it is somebody else's, or the actor has left that group.
    """
    membership = await own_membership(session, actor_of(body), membership_id)
    if await interviews.date_of(session, membership.id) != interview:
        raise InterviewMoved
    return membership


async def _meant(session: AsyncSession, body: dict[str, Any]) -> tuple[Membership, date]:
    """The same of what a button names."""
    membership_id, interview = about(body["actions"][0].get("value"))
    return await _own(session, body, membership_id, interview), interview


# Its date


async def open_date(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """The form for the date, with the one that holds now."""
    membership_id, _ = about(body["actions"][0].get("value"))
    async with house.database.read() as session:
        membership = await own_membership(session, actor_of(body), membership_id)
        current = await interviews.date_of(session, membership.id)
    today = memberships.today(membership, house.now())
    form = view.date_form(membership.id, current if current and current >= today else None)
    await acknowledge(ack, house, body, await open_form(house, body, form, "plan interview"))


async def submit_date(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], house: House) -> None:
    """What is wrong is said in the field; else the preview of the change takes the form's place."""
    answers, actor = Answers(view), actor_of(body)
    async with house.database.write() as session:
        membership = await own_membership(session, actor, id_in(view.get("private_metadata")))
        errors = await _date_faults(session, membership, answers, house.now())
        form = None
        if not errors:
            wanted = {"interview_on": answers.day(DATE)}
            form = await changing.previewed(session, house, membership, actor, wanted)
    await previewing.answer(ack, form, errors)


async def _date_faults(
    session: AsyncSession, membership: Membership, answers: Answers, now: datetime
) -> dict[str, str]:
    """What is wrong with the date that was picked, by its field."""
    if errors := preferences.interview_faults(answers, memberships.today(membership, now), None):
        return errors
    if answers.day(DATE) == await interviews.date_of(session, membership.id):
        return {DATE: "That is the date already. Pick another one, or close this."}
    return {}


# Afterwards


async def open_reflection(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """The questions, with what was written before."""
    async with house.database.read() as session:
        membership, interview = await _past(session, house, body, body["actions"][0].get("value"))
        words = (await interviews.aftermath(session, membership, interview)).words
    form = after_view.reflection_form(interview, words, f"{membership.id}:{interview.isoformat()}")
    await acknowledge(ack, house, body, await open_form(house, body, form, "plan interview"))


async def reflect(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], house: House) -> None:
    """Keep the words; nobody else ever sees them."""
    answers = Answers(view)
    texts = {key: answers.text(key) for key, _ in QUESTIONS}
    async with house.database.write() as session:
        membership, interview = await _past(session, house, body, view.get("private_metadata"))
        before = await interviews.aftermath(session, membership, interview)
        is_empty = not any(texts.values()) and not before.answered
        if not is_empty:
            await interviews.reflect(session, membership, interview, texts, house.now())
    if is_empty:
        await ack(response_action="errors", errors={QUESTIONS[0][0]: EMPTY})
        return
    await ack()
    house.outbox.wake()


async def got_offer(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """It became an offer; the group is told only if the member wants it."""
    await _set_offer(ack, body, house, got=True)


async def no_offer(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """It did not, or not yet; what the group was told stays said."""
    await _set_offer(ack, body, house, got=False)


async def _set_offer(ack: AsyncAck, body: dict[str, Any], house: House, *, got: bool) -> None:
    async with house.database.write() as session:
        membership, interview = await _past(session, house, body, body["actions"][0].get("value"))
        if got or not (await interviews.aftermath(session, membership, interview)).is_told:
            await interviews.set_offer(session, membership, interview, house.now(), got=got)
        message = await _afterwards(session, membership, interview)
    await _answered(ack, body, house, message)


async def tell_group(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Owe the channel the one line that was confirmed; twice is the same as once."""
    async with house.database.write() as session:
        membership, interview = await _past(session, house, body, body["actions"][0].get("value"))
        if not (await interviews.aftermath(session, membership, interview)).has_offer:
            raise NoOffer
        await interviews.owe_offer(session, membership, interview, house.now())
        message = await _afterwards(session, membership, interview)
    await _answered(ack, body, house, message)


async def _afterwards(session: AsyncSession, membership: Membership, interview: date) -> Message:
    return after_view.afterwards(await interviews.aftermath(session, membership, interview))


async def _past(
    session: AsyncSession, house: House, body: dict[str, Any], value: object
) -> tuple[Membership, date]:
    """The actor's membership and the interview that a button or a form names, once its day is there.

    Raises:
        InterviewMoved: they had none on that day, or it is still to come.
        NotYours, NoLongerIn: it is somebody else's, or the actor has left that group.
    """
    membership_id, interview = about(value)
    membership = await own_membership(session, actor_of(body), membership_id)
    is_over = interview < memberships.today(membership, house.now())
    if not is_over or not await interviews.was_theirs(session, membership, interview):
        raise InterviewMoved
    return membership, interview
