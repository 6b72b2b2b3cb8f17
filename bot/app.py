"""The Bolt app: every listener, what it is lent, and the one place where errors are turned into answers.

| what was raised | what the person sees | what the log says |
|---|---|---|
| a `StudyError` | its own sentence, with the next step | nothing |
| anything else | "That was not saved", with a short reference | the traceback under that reference |
| nothing, for nobody listens to such a thing | nothing, but Slack gets its acknowledgement | its kind |
"""

import logging
import secrets
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.house import House
from bot.listeners import (
    adjusting,
    buddies,
    catching_up,
    changing,
    channels,
    checkpoints,
    choosing,
    commands,
    fallback,
    goals,
    group_plans,
    groups,
    holidays,
    home,
    interviews,
    joining,
    lead_week,
    leaving,
    logbook,
    mentors,
    mock_asks,
    mock_debriefs,
    mock_feedback,
    mock_loop_rooms,
    mock_loops,
    mock_profile,
    mock_rounds,
    mock_sessions,
    mocks,
    modes,
    months,
    pausing,
    people,
    personal_data,
    proposals,
    ratings,
    replying,
    scorecards,
    settings,
    stories,
    story_telling,
    suggestions,
    weeks,
    why,
)
from bot.listeners.actor import actor_of
from bot.listeners.listening import Listening
from bot.views import errors
from bot.views.message import Message
from plans.errors import StudyError

log = logging.getLogger(__name__)

LISTENERS = (
    commands,
    goals,
    weeks,
    logbook,
    ratings,
    buddies,
    lead_week,
    stories,
    story_telling,
    checkpoints,
    interviews,
    joining,
    choosing,
    changing,
    catching_up,
    settings,
    modes,
    holidays,
    pausing,
    leaving,
    personal_data,
    groups,
    channels,
    group_plans,
    people,
    scorecards,
    months,
    suggestions,
    adjusting,
    why,
    proposals,
    mocks,
    mock_rounds,
    mock_profile,
    mock_asks,
    mentors,
    mock_feedback,
    mock_sessions,
    mock_loops,
    mock_loop_rooms,
    mock_debriefs,
    home,
    fallback,  # last: it takes what is left
)


def build(
    house: House, client: AsyncWebClient, signing_secret: str | None = None
) -> tuple[AsyncApp, Listening]:
    """The app with all its listeners, and who knows which of them are at work.

    `client` carries the bot's token and answers; it must not repeat a post by itself.
    """
    bolt = logging.getLogger("slack_bolt")  # lent, or Bolt would give its loggers the root's level
    app = AsyncApp(
        client=client,
        signing_secret=signing_secret or None,
        name="cadence",
        logger=bolt,
        raise_error_for_unhandled_request=True,
    )

    listening = Listening(app, partial(_look_at_home, house))
    house.homes.composed_by(partial(home.compose, house))

    async def lend(context: AsyncBoltContext, next_: Callable[[], Awaitable[None]]) -> None:
        context["house"] = house
        context["listening"] = listening
        await next_()

    app.use(lend)
    app.error(answer)
    for room in LISTENERS:
        room.register(listening)
    return app, listening


def _look_at_home(house: House, body: dict[str, Any]) -> None:
    """Whoever did something may see it in their Home; opening it is no news, for that publishes by itself."""
    event = body.get("event") or {}
    if event.get("type") == "app_home_opened" or body.get("type") == "block_suggestion":
        return
    user = event.get("user")
    who = {**body, "user": user if isinstance(user, dict) else {"id": user}} if user else body
    if who.get("user") or who.get("user_id"):
        actor = actor_of(who)
        house.homes.look((actor.workspace_id, actor.user_id))


async def answer(
    error: Exception, body: dict[str, Any], ack: AsyncAck, context: AsyncBoltContext
) -> BoltResponse | None:
    """Turn whatever a listener raised into a kind reply where the person is looking.

    What is returned acknowledges; after an error Bolt would acknowledge nothing by itself.
    """
    if isinstance(error, BoltUnhandledRequestError):
        log.info("nobody listens to this %s", body.get("type"))
        return await ack()
    if isinstance(error, StudyError):
        message = errors.mistake(error)
    else:
        reference = secrets.token_hex(2).upper()
        log.error("failure %s", reference, exc_info=error)
        message = errors.failure(reference)
    house: House | None = context.get("house")
    listening: Listening | None = context.get("listening")
    kind = body.get("type")
    if kind == "view_submission":
        return await ack(response_action="errors", errors=_in_first_field(body, message))
    if kind == "block_actions" and house is not None and listening is not None:
        listening.later(replying.reply(house, body, message))  # Slack is not kept waiting for it
        return await ack()
    if body.get("command"):
        return await ack(text=message.text, blocks=message.blocks)
    return None


def _in_first_field(body: dict[str, Any], message: Message) -> dict[str, str]:
    """The sentence under the form's first input, so that nothing typed is lost."""
    blocks = (body.get("view") or {}).get("blocks") or []
    inputs = [block["block_id"] for block in blocks if block.get("type") == "input"]
    return {inputs[0] if inputs else "none": message.text.replace("`", "")}
