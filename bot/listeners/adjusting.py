"""Adjusting a suggestion: the form that shows the difference as it is filled in, and taking it."""

import re
from hashlib import sha256
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners.actor import actor_of
from bot.listeners.answers import Answers
from bot.listeners.listening import Listening
from bot.listeners.replying import TOO_LATE, acknowledge, open_form, tell
from bot.listeners.steps import Carried
from bot.listeners.suggestions import SuggestionGone, decided, own_suggestion, want_redrawn
from bot.store import enrolments, memberships, standing, suggestions
from bot.store.tables import Membership, Suggestion
from bot.views import adjusting as view
from bot.views.form import VALUE
from bot.views.message import Message
from bot.views.suggestion import ADJUST
from plans import adjusting
from plans.adapting import Offer, Standing
from plans.adapting import Suggestion as Offered
from plans.adjusting import Goals, Wish
from plans.model import Area


class Draft(Carried):
    """What the form carries: the suggestion, where it was opened, and which difference was shown last."""

    suggestion: str
    channel: str = ""
    seen: str = ""


def register(app: Listening) -> None:
    """Listen to the Adjust button, to the fields and to the form."""
    app.action(ADJUST)(open_adjusting)
    app.action({"block_id": re.compile(f"^{view.PREFIX}"), "action_id": VALUE})(redraw)
    app.view(view.ADJUSTING)(take)


async def open_adjusting(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """The form, with what was recommended filled in."""
    value = str(body["actions"][0].get("value") or "")
    async with house.database.read() as session:
        suggestion, membership = await own_suggestion(session, body, value)
        found, where = await _open(session, house, suggestion, membership)
    wish = adjusting.wish_of(found.offers[0].change, where)
    draft = Draft(suggestion=value, channel=actor_of(body).channel_id or "")
    form = _form(found, where, wish, draft)
    await acknowledge(ack, house, body, await open_form(house, body, form, "week"))


async def redraw(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """A field has changed: the difference is shown anew."""
    draft = Draft.by(body["view"])
    async with house.database.read() as session:
        suggestion, membership = await own_suggestion(session, body, draft.suggestion)
        found, where = await _open(session, house, suggestion, membership)
    await ack()
    await _show(house, body["view"], _form(found, where, _wish(Answers(body["view"]), where), draft))


async def _show(house: House, shown: dict[str, Any], form: dict[str, Any]) -> None:
    """Put the form in its own place; one that has moved on already is redrawn by what moved it."""
    try:
        await house.slack.views_update(view_id=shown["id"], hash=shown.get("hash"), view=form)
    except SlackApiError as error:
        if error.response.get("error") not in (*TOO_LATE, "not_found", "hash_conflict"):
            raise


async def take(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], house: House) -> None:
    """Take what the form shows; if it has shown something else, it shows this first."""
    draft = Draft.by(view)
    async with house.database.write() as session:
        suggestion, membership = await own_suggestion(session, body, draft.suggestion)
        found, where = await _open(session, house, suggestion, membership)
        wish = _wish(Answers(view), where)
        if errors := _errors(found, where, wish):
            await ack(response_action="errors", errors=errors)
            return
        offer = adjusting.adjusted(wish, found, where)
        if _fingerprint(offer) != draft.seen:
            await ack(response_action="update", view=_form(found, where, wish, draft, anew=True))
            return
        answer = await _accept(session, house, suggestion, membership, offer)
    await ack(response_action="clear")
    house.outbox.wake()
    await tell(house, actor_of(body), answer, draft.channel or None)


async def _accept(
    session: AsyncSession, house: House, suggestion: Suggestion, membership: Membership, offer: Offer
) -> Message:
    enrolment = await enrolments.current(session, membership.id)
    if enrolment is None or not await suggestions.accept_adjusted(
        session, membership, enrolment, house.library, suggestion, offer, house.now()
    ):
        raise SuggestionGone
    await want_redrawn(session, membership, suggestion)
    return decided(suggestion, membership, house.now())


async def _open(
    session: AsyncSession, house: House, suggestion: Suggestion, membership: Membership
) -> tuple[Offered, Standing]:
    """The suggestion, if it can still be answered, and where its member stands.

    Raises:
        SuggestionGone: it was decided, its week is over, or the plan is.
    """
    found = Offered.model_validate(suggestion.facts)
    is_over = suggestions.is_over(membership, suggestion, house.now())
    today = memberships.today(membership, house.now())
    where = await standing.after(session, membership, suggestion.week_of, house.library, today=today)
    if suggestion.state != "offered" or is_over or where is None or not found.offers:
        raise SuggestionGone
    return found, where


def _form(found: Offered, where: Standing, wish: Wish, draft: Draft, *, anew: bool = False) -> dict[str, Any]:
    """The form with a wish, carrying which difference it shows."""
    within = adjusting.bounds(found, where)
    faults = adjusting.faults(wish, within)
    offer = None if faults else adjusting.adjusted(wish, found, where)
    shown = view.Adjusting(
        for_week=where.monday,
        since=where.since,
        wish=wish,
        bounds=within,
        tracks=[where.plan.track(name) for name in within.tracks],
        offer=offer,
        faults=faults,
        anew=anew,
    )
    seen = _fingerprint(offer) if offer else ""
    return view.adjust_form(shown, draft.model_copy(update={"seen": seen}).text)


def _wish(answers: Answers, where: Standing) -> Wish:
    """What the fields say."""
    first, goals = answers.choice(view.FIRST), answers.choice(view.GOALS)
    return Wish(
        hours=answers.number(view.HOURS),
        goals=Goals(goals) if goals in set(Goals) else Goals.ALL,
        first=Area(first) if first in set(adjusting.FAVOURABLE) else None,
        longer=answers.choice(view.LONGER) == view.WEEK,
        track=answers.choice(view.TRACK) or where.track,
    )


def _errors(found: Offered, where: Standing, wish: Wish) -> dict[str, str]:
    """What is wrong, by block; also if nothing would change."""
    faults = adjusting.faults(wish, adjusting.bounds(found, where))
    if faults:
        return {view.FIELDS[name]: sentence for name, sentence in faults.items()}
    if not adjusting.adjusted(wish, found, where).changes_something:
        return {view.HOURS: view.NOTHING}
    return {}


def _fingerprint(offer: Offer) -> str:
    """Tells two differences apart."""
    return sha256(offer.model_dump_json().encode()).hexdigest()[:16]
