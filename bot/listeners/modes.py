"""Modes: what is on, choosing one in words or in a form, the preview, keeping it, ending it."""

from datetime import date, timedelta
from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners import previewing
from bot.listeners.actor import actor_of, meant_membership, needed_membership, own_membership
from bot.listeners.answers import Answers, id_in
from bot.listeners.call import Call
from bot.listeners.listening import Listening
from bot.listeners.replying import acknowledge, is_ephemeral, open_form, reply, tell
from bot.listeners.steps import replace_form
from bot.store import enrolments, memberships, mode_changes, periods
from bot.store.enrolments import NoPlanToChange
from bot.store.mode_changes import (
    ModeEndsFirst,
    ModeInThePast,
    ModeIsOver,
    ModeOutsidePlan,
    ModeTooLong,
)
from bot.store.previewed import Accepted
from bot.store.tables import Membership
from bot.views import modes as forms
from bot.views.message import Message
from plans import mode_words
from plans.errors import StudyError
from plans.mode_changes import ModePreview, ModeWish
from plans.mode_words import Said
from plans.modes import CHOSEN, FAMILY, Mode, interview_period

WEEK_LATER = timedelta(days=6)  # the last day of a week that begins on the first
Draft = previewing.Draft[ModeWish]
FIELDS = {
    ModeEndsFirst: forms.LAST_DAY,
    ModeInThePast: forms.FIRST_DAY,
    ModeTooLong: forms.LAST_DAY,
    ModeOutsidePlan: forms.FIRST_DAY,
    NoPlanToChange: forms.MODE,
}


class InterviewComesByItself(StudyError):
    """The interview's light days come with its date. `/prep plan change` sets or moves that."""


def register(app: Listening) -> None:
    """Listen to the doors of the form, to the form, to the preview and to the ways out."""
    app.action(forms.OPEN_MODES)(open_modes)
    app.view(forms.MODES)(submit)
    app.action(forms.MODE_BACK)(go_back)
    app.view(forms.MODE_PREVIEW)(keep)
    app.action(forms.END_MODE)(end)


# The command


async def mode(call: Call) -> Message | None:
    """Lighter or different weeks: `mode travel 5d`, `mode heavy work until 5 Dec`, `mode off`"""
    async with call.house.database.write() as session:
        membership = await needed_membership(session, call.actor)
        today = memberships.today(membership, call.house.now())
        if not call.words.strip():
            return await _overview(session, membership, today)
        said = mode_words.read(call.words, today)
        if said.ends:
            return await _end_meant(session, call, membership, said, today)
        form = await _asked(session, call, membership, said, today)
    return await open_form(call.house, call.body, form, "mode")


async def _asked(
    session: AsyncSession, call: Call, membership: Membership, said: Said, today: date
) -> dict[str, Any]:
    """The preview of what was typed; the form if the days are still to be said."""
    if said.mode is Mode.INTERVIEW:
        raise InterviewComesByItself
    draft = Draft.begun(membership, call.actor)
    wish = ModeWish(
        mode=said.mode or CHOSEN[0],
        starts_on=said.starts_on or today,
        ends_on=said.ends_on or (said.starts_on or today) + WEEK_LATER,
        keeps=said.keeps,
    )
    if said.ends_on is None:
        return await _form(session, membership, wish, today, draft)
    found = await mode_changes.preview(session, membership, call.house.library, wish, call.house.now())
    return forms.preview_form(found, draft.shown(wish, found).text)


async def _end_meant(
    session: AsyncSession, call: Call, membership: Membership, said: Said, today: date
) -> Message:
    """End the one mode that `off` can mean; of several, show them with their ways out."""
    rows = [
        row
        for row in await periods.rows(session, membership.id, today)
        if (said.mode and row.mode == said.mode) or (said.mode is None and row.starts_on <= today)
    ]
    if len(rows) != 1:
        return await _overview(session, membership, today)
    asked_in = f"end:{rows[0].id}:{call.body.get('trigger_id')}"[:255]
    found = await mode_changes.end(
        session, membership, call.house.library, rows[0].id, call.house.now(), asked_in=asked_in
    )
    return _ended(found, membership)


async def _overview(session: AsyncSession, membership: Membership, today: date) -> Message:
    return forms.overview(await shown(session, membership, today), today, membership.id)


async def shown(session: AsyncSession, membership: Membership, today: date) -> list[forms.Shown]:
    """What is on for the member from today on, the interview's days among it, in order.

    Raises:
        NoPlanToChange: there is no plan that could be lighter.
    """
    enrolment = await enrolments.needed(session, membership)
    rows = await periods.rows(session, membership.id, today)
    found = [forms.Shown(periods.as_period(row), row.note, row.id) for row in rows]
    if enrolment.interview_on is not None and enrolment.interview_on >= today:
        found.append(forms.Shown(interview_period(enrolment.interview_on)))
    return sorted(found, key=lambda each: each.period.starts_on)


# The form


async def open_modes(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """The button "Choose a mode"."""
    actor = actor_of(body)
    async with house.database.read() as session:
        membership = await meant_membership(session, actor, body["actions"][0].get("value"))
        today = memberships.today(membership, house.now())
        draft = Draft.begun(membership, actor)
        form = await _form(session, membership, _blank(today), today, draft)
    await acknowledge(ack, house, body, await open_form(house, body, form, "mode"))


def _blank(today: date) -> ModeWish:
    return ModeWish(mode=CHOSEN[0], starts_on=today, ends_on=today + WEEK_LATER)


async def _form(
    session: AsyncSession, membership: Membership, wish: ModeWish, today: date, draft: Draft
) -> dict[str, Any]:
    return forms.mode_form(wish, await shown(session, membership, today), today, membership.id, draft.text)


async def submit(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], house: House) -> None:
    """What is wrong is said in its field; else the preview takes the form's place."""
    draft = Draft.by(view)
    async with house.database.write() as session:
        membership = await own_membership(session, actor_of(body), draft.membership)
        wish, errors = _read(Answers(view))
        form = None
        if wish is not None:
            form, errors = await _tried(session, house, membership, wish, draft)
    await previewing.answer(ack, form, errors)


def _read(answers: Answers) -> tuple[ModeWish | None, dict[str, str]]:
    """The form's fields; or what is wrong with each."""
    first, last = answers.day(forms.FIRST_DAY), answers.day(forms.LAST_DAY)
    chosen = next((mode for mode in CHOSEN if mode.value == answers.choice(forms.MODE)), None)
    errors = {}
    if chosen is None:
        errors[forms.MODE] = "Which one is it?"
    if first is None:
        errors[forms.FIRST_DAY] = "That date does not exist. Which is the first day?"
    if last is None:
        errors[forms.LAST_DAY] = "That date does not exist. Which is the last day?"
    if chosen is None or first is None or last is None:
        return None, errors
    keeps = _keeps(answers.choice(forms.LESS)) if chosen is Mode.FAMILY else None
    note = answers.text(forms.NOTE)[: forms.NOTE_LIMIT]
    return ModeWish(mode=chosen, starts_on=first, ends_on=last, keeps=keeps, note=note), {}


def _keeps(less: str) -> int | None:
    """The per cent that are kept of a choice of how much lighter; none for what is not offered."""
    kept = 100 - int(less) if less.isdecimal() else 0
    return kept if FAMILY[0] <= kept <= FAMILY[1] else None


async def _tried(
    session: AsyncSession, house: House, membership: Membership, wish: ModeWish, draft: Draft
) -> tuple[dict[str, Any] | None, dict[str, str]]:
    """The preview of a wish; or what speaks against it, in its field."""
    try:
        found = await mode_changes.preview(session, membership, house.library, wish, house.now())
    except tuple(FIELDS) as error:
        return None, {FIELDS[type(error)]: str(error).replace("`", "")}
    return forms.preview_form(found, draft.shown(wish, found).text), {}


async def go_back(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """From the preview to the form, as it was filled in."""
    draft = Draft.by(body["view"])
    async with house.database.read() as session:
        membership = await own_membership(session, actor_of(body), draft.membership)
        today = memberships.today(membership, house.now())
        form = await _form(session, membership, draft.wish or _blank(today), today, draft)
    await ack()
    await replace_form(house, body, form)


# Keeping it, and ending it


async def keep(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], house: House) -> None:
    """Let the mode begin that the preview showed; if it is no longer true, show what is."""
    draft = Draft.by(view)
    wish = draft.wished

    async def make(session: AsyncSession, membership: Membership) -> Accepted[ModePreview] | None:
        asked_in = str(view.get("id") or "")
        return await mode_changes.keep(
            session, membership, house.library, wish, house.now(), asked_in=asked_in, seen=draft.seen
        )

    def anew(found: ModePreview) -> dict[str, Any]:
        return forms.preview_form(found, draft.shown(wish, found).text, anew=True)

    screens = previewing.Screens(anew, forms.refused, forms.kept)
    await previewing.accept(ack, house, actor_of(body), draft, make, screens)


async def end(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """The way out of a mode, in the list or above the form."""
    action, actor = body["actions"][0], actor_of(body)
    mine, _, period = str(action.get("value") or "").partition(":")
    asked_in = f"end:{period}:{action.get('action_ts')}"[:255]
    async with house.database.write() as session:
        membership = await own_membership(session, actor, id_in(mine))
        found = await mode_changes.end(
            session, membership, house.library, id_in(period), house.now(), asked_in=asked_in
        )
        message = _ended(found, membership)
        today = memberships.today(membership, house.now())
        draft = Draft.begun(membership, actor)
        form = await _form(session, membership, _blank(today), today, draft) if body.get("view") else None
    await ack()
    house.outbox.wake()
    if form is None:
        await reply(house, body, message, replace=is_ephemeral(body))
        return
    await replace_form(house, body, form)
    await tell(house, actor, message)


def _ended(found: Accepted[ModePreview] | None, membership: Membership) -> Message:
    """The word after an end.

    Raises:
        ModeIsOver: this very click did so before.
    """
    if found is None or found.change is None:
        raise ModeIsOver
    return forms.ended(found.preview, found.change.id, membership.id)
