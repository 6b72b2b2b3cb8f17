"""What a person does, brought to the app, and what the app's ack does in return."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.workspace.app import payloads
from bot.workspace.errors import AppFailed, DoorRefusal, Refusal
from bot.workspace.profile import BOT_USER_ID
from bot.workspace.state import views
from bot.workspace.state.accepted import Refused
from bot.workspace.state.checks import check_message, check_view
from bot.workspace.state.messages import Draft, post, whisper
from bot.workspace.state.models import Channel, Json, Member
from bot.workspace.state.team import Team

TROUBLE = "We had some trouble connecting. Try again?"


@dataclass
class Submitted:
    """What became of a submission: mistakes by block, or none."""

    errors: dict[str, str] = field(default_factory=dict)


async def ask_app(team: Team, member: Member, kind: str, payload: Json, sentence: str) -> Json:
    """Send an interaction and return the ack's payload; if none comes, tell the person in `sentence`."""
    try:
        return await team.app.ask(kind, payload)
    except AppFailed as failed:
        team.refused.append(Refused(str(payload.get("type") or payload.get("command")), failed.code))
        raise _unanswered(team, member, failed.code, sentence) from failed


def _unanswered(team: Team, member: Member, code: str, sentence: str) -> DoorRefusal:
    team.feed.push([member.id], "notice", lambda _: {"text": sentence, "kind": "error"})
    return DoorRefusal(code, sentence)


async def run_command(team: Team, member: Member, channel: Channel, name: str, text: str) -> None:
    """Run a slash command: the app's ack may carry an answer."""
    payload = payloads.command(team, member, channel, name, text)
    try:
        answer = await team.app.ask("slash_commands", payload)
    except AppFailed as failed:
        why = "the app did not respond" if failed.code == "operation_timeout" else "the app is not reachable"
        sentence = f"{name} failed because {why} (error: {failed.code})."
        team.refused.append(Refused(name, failed.code))
        raise _unanswered(team, member, failed.code, sentence) from failed
    if not answer:
        return
    try:
        say_in_return(team, member.id, channel, answer)
    except Refusal as refusal:
        _note(team, name, refusal, answer)
        sentence = f"{name} failed because the app's answer could not be shown (error: {refusal.code})."
        raise _unanswered(team, member, refusal.code, sentence) from refusal


def say_in_return(team: Team, user: str, channel: Channel, answer: Json, thread_ts: str = "") -> Json:
    """Show what an ack or a response_url says: to the person alone, or to the channel."""
    written = reply_draft(answer, thread_ts)
    if answer.get("response_type") == "in_channel":
        return post(team, channel, BOT_USER_ID, written)
    return whisper(team, channel, user, written)


def reply_draft(answer: Json, thread_ts: str = "") -> Draft:
    """Return the message in an ack or a response_url body, checked."""
    written = Draft(
        text=str(answer.get("text") or ""),
        blocks=answer.get("blocks"),
        attachments=answer.get("attachments"),
        thread_ts=str(answer.get("thread_ts") or thread_ts),
    )
    check_message({"text": written.text, "blocks": written.blocks, "attachments": written.attachments})
    if not (written.text or written.blocks or written.attachments):
        raise Refusal("no_text")
    return written


async def act_in_message(team: Team, member: Member, channel: Channel, message: Json, done: Json) -> None:
    """Bring a click or choice in a message to the app."""
    payload = payloads.message_actions(team, member, channel, message, done)
    await ask_app(team, member, "interactive", payload, "The app did not respond in time. Please try again.")


async def act_in_view(team: Team, member: Member, view: Json, done: Json) -> None:
    """Bring a click or choice in a modal or on the Home tab to the app."""
    payload = payloads.view_actions(team, member, view, done)
    await ask_app(team, member, "interactive", payload, "The app did not respond in time. Please try again.")


async def submit(team: Team, member: Member, view: Json) -> Submitted:
    """Submit a modal and do what the app's ack asks for."""
    answer = await ask_app(team, member, "interactive", payloads.submission(team, member, view), TROUBLE)
    try:
        return _obey(team, member, view, answer)
    except Refusal as refusal:
        _note(team, "view_submission", refusal, answer)
        raise _unanswered(team, member, "bad_answer", TROUBLE) from refusal


def _obey(team: Team, member: Member, view: Json, answer: Json) -> Submitted:
    match answer.get("response_action"):
        case "errors":
            return Submitted(_errors(view, answer.get("errors")))
        case "update":
            views.update_modal(team, view["id"], _definition(team, answer))
        case "push":
            views.push_modal(team, member.id, _definition(team, answer))
        case "clear":
            views.close_all(team, member.id)
        case None if not answer:
            if view["id"] in team.stacks.get(member.id, []):
                views.close_modal(team, member.id, view["id"])
        case _:
            raise Refusal("invalid_response_action")
    return Submitted()


def _definition(team: Team, answer: Json) -> Json:
    definition = answer.get("view")
    if not isinstance(definition, dict):
        raise Refusal("invalid_arguments")
    check_view(definition, "modal", team.profile)
    return definition


def _errors(view: Json, errors: object) -> dict[str, str]:
    inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not errors.keys() <= inputs:
        said = "[ERROR] the keys of errors must be block_ids of input blocks"
        raise Refusal("invalid_errors", response_metadata={"messages": [said]})
    return {block_id: str(text) for block_id, text in errors.items()}


async def close(team: Team, member: Member, view: Json) -> None:
    """Close a modal by hand, and with it all of them if it says so; tell the app of those that want it."""
    stack = [team.views[view_id] for view_id in reversed(team.stacks.get(member.id, []))]
    clearing = view["clear_on_close"]
    closing = stack if clearing else [view]
    told = [
        payloads.closing(team, member, one, cleared=clearing) for one in closing if one["notify_on_close"]
    ]
    for one in closing:
        views.close_modal(team, member.id, one["id"])
    for payload in told:
        try:
            await team.app.ask("interactive", payload)
        except AppFailed as failed:
            # Nobody waits for an answer to a modal that is gone.
            team.refused.append(Refused("view_closed", failed.code))


def _note(team: Team, what: str, refusal: Refusal, answer: Json) -> None:
    messages = refusal.extra.get("response_metadata", {}).get("messages", [])
    team.refused.append(Refused(f"ack of {what}", refusal.code, messages, answer))
