"""Doors through which a member acts: say, click, choose, fill in, submit, close, react."""

from __future__ import annotations

import asyncio
import base64
import binascii
import time
from typing import Any

from bot.workspace.app import interactions, payloads
from bot.workspace.app.events import tell_app
from bot.workspace.doors.door import Knock
from bot.workspace.doors.filling import mistakes_in
from bot.workspace.errors import DoorRefusal
from bot.workspace.profile import BOT_USER_ID
from bot.workspace.state import files, messages, views
from bot.workspace.state.elements import STATEFUL, UnknownChoice, find, options_of, state_from
from bot.workspace.state.messages import Draft
from bot.workspace.state.models import Channel, Json, Member
from bot.workspace.state.text import composed

HOME_GRACE_SECONDS = 1.0


async def say(knock: Knock) -> Json:
    """Say something, or run a slash command."""
    me, channel, text = knock.active_player(), knock.channel(), knock.text("text").strip()
    if not text:
        raise DoorRefusal("no_text", "There is nothing to send yet.")
    if text.startswith("/"):
        await _command(knock, me, channel, text)
        return {}
    if me.id not in channel.members:
        raise DoorRefusal("not_in_channel", f"Join #{channel.name} first, then you can write here.")
    if channel.archived:
        raise DoorRefusal("is_archived", "This channel is archived; nobody can write here.")
    written = composed(text, knock.team.people.values(), _rooms(knock))
    message = messages.post(knock.team, channel, me.id, Draft(written, thread_ts=knock.text("thread_ts")))
    return {"ts": message["ts"]}


async def _command(knock: Knock, me: Member, channel: Channel, text: str) -> None:
    name, rest = (*text.split(maxsplit=1), "")[:2]
    if knock.team.profile.command(name) is None:
        raise DoorRefusal("unknown_command", f"{name} is not a valid command.")
    if knock.text("thread_ts"):
        raise DoorRefusal("not_in_threads", f"{name} is not available in threads.")
    if channel.archived or (not channel.is_direct and me.id not in channel.members):
        raise DoorRefusal("not_in_channel", "Commands work in channels that you are in.")
    words = composed(rest.strip(), knock.team.people.values(), _rooms(knock), named=True)
    await interactions.run_command(knock.team, me, channel, name, words)


def _rooms(knock: Knock) -> list[Channel]:
    return [channel for channel in knock.team.channels.values() if not channel.is_direct]


async def act(knock: Knock) -> Json:
    """Click, tick or choose: the app is told."""
    me, where = knock.active_player(), Place(knock)
    block, element, chosen = where.choose(knock.fields.get("value"))
    if block["type"] == "input" and not block.get("dispatch_action"):
        return {}
    done = payloads.action(knock.team, block, element, chosen)
    if where.channel is not None:
        await interactions.act_in_message(knock.team, me, where.channel, where.thing, done)
    else:
        await interactions.act_in_view(knock.team, me, where.thing, done)
    return {}


async def fill(knock: Knock) -> Json:
    """Write into an input; the app hears of it only if the block dispatches its actions."""
    where = Place(knock)
    if where.block["type"] == "input" and where.block.get("dispatch_action"):
        return await act(knock)
    where.choose(knock.fields.get("value"))
    return {}


class Place:
    """The element that a member touches, and the message or view that holds it."""

    def __init__(self, knock: Knock) -> None:
        self._team, self._user = knock.team, knock.player().id
        self.channel: Channel | None = None
        if knock.text("view_id"):
            self.thing = knock.view()
            self._holder = self.thing["id"]
        else:
            self.channel = knock.channel()
            self.thing = knock.message(self.channel)
            self._holder = messages.holder(self.channel, self.thing["ts"])
        found = find(self.thing.get("blocks", []), knock.text("block_id"), knock.text("action_id"))
        if found is None:
            raise DoorRefusal("stale", "That has changed in the meantime; please look again.")
        self.block, self.element = found

    def choose(self, value: Any) -> tuple[Json, Json, Json | None]:
        """Remember what was chosen; return block, element and the new state value, if there is one."""
        if self.element["type"] in STATEFUL:
            key = (self.block["block_id"], self.element["action_id"])
            try:
                chosen = self._state(value)
            except UnknownChoice as error:
                raise DoorRefusal("stale", "That option is no longer there; please look again.") from error
            self._team.choices.remember(self._holder, self._user, key, chosen)
            return self.block, self.element, chosen
        if self.element["type"] == "overflow":
            return self.block, self.element, {"selected_option": self._overflow(value)}
        if self.element["type"] == "feedback_buttons":
            return self.block, self.element, {"value": value}
        return self.block, self.element, None

    def _state(self, value: Any) -> Json:
        if self.element["type"] == "file_input":
            return files.in_form(self._team, self._user, value)
        return state_from(self.element, value)

    def _overflow(self, value: Any) -> Json:
        option = next((one for one in options_of(self.element) if one.get("value") == value), None)
        if option is None:
            raise DoorRefusal("stale", "That option is no longer there; please look again.")
        return option


async def file(knock: Knock) -> Json:
    """Put a file (`name`, and its bytes as base64 in `content`) into a form's file input."""
    me, element = knock.active_player(), Place(knock).element
    if element["type"] != "file_input":
        raise DoorRefusal("not_possible", "No file can be put in here.")
    name, content = knock.needed("name").replace("/", "_"), _bytes(knock)
    allowed = [str(kind).lower() for kind in element.get("filetypes") or []]
    if allowed and name.rpartition(".")[2].lower() not in allowed:
        raise DoorRefusal("file_type", f"Only files of these types can be added: {', '.join(allowed)}.")
    if len(content) > files.LARGEST_IN_A_FORM:
        raise DoorRefusal("file_too_large", f"{name} is larger than 10 MB.")
    return {"file": files.file_object(files.add_to_form(knock.team, name, me.id, content))}


def _bytes(knock: Knock) -> bytes:
    try:
        return base64.b64decode(knock.text("content"), validate=True)
    except binascii.Error as error:
        raise DoorRefusal("invalid", "The content of a file comes as base64.") from error


async def submit(knock: Knock) -> Json:
    """Submit a modal: first Slack's own checks, then the app's answer."""
    me, view = knock.active_player(), knock.view()
    team = knock.team
    for block_id, values in (knock.fields.get("values") or {}).items():
        for action_id, value in values.items():
            place = Place(
                Knock(team, knock.travel, {**knock.fields, "block_id": block_id, "action_id": action_id})
            )
            place.choose(value)
    mistakes = mistakes_in(views.seen_by(team, view, me.id))
    if mistakes:
        raise DoorRefusal("invalid", "Some fields need another look.", errors=mistakes)
    submitted = await interactions.submit(team, me, view)
    if submitted.errors:
        raise DoorRefusal("invalid", "Some fields need another look.", errors=submitted.errors)
    stack = views.stack_of(team, me.id)
    return {"view": stack[-1] if stack else None}


async def close(knock: Knock) -> Json:
    """Close a modal by hand."""
    me, view = knock.player(), knock.view()
    if view["type"] != "modal":
        raise DoorRefusal("view_not_found", "That window is no longer open.")
    await interactions.close(knock.team, me, view)
    return {}


async def home(knock: Knock) -> Json:
    """Open the app's Home or Messages tab; a first Home tab gets a moment to be published."""
    me, team = knock.active_player(), knock.team
    tab = knock.text("tab", "home")
    channel, _ = team.open_direct([me.id, BOT_USER_ID])
    event: Json = {"type": "app_home_opened", "user": me.id, "channel": channel.id, "tab": tab}
    before = views.home_of(team, me.id)
    if before is not None and tab == "home":
        event["view"] = before
    tell_app(team, event)
    if tab != "home":
        return {"view": before}
    until = time.monotonic() + HOME_GRACE_SECONDS
    seen = before and before["hash"]
    view = before
    while view is None and time.monotonic() < until and team.app.connections:
        await asyncio.sleep(0.01)
        view = views.home_of(team, me.id)
    return {"view": view, "published": bool(view) and (view or {}).get("hash") != seen}


async def options(knock: Knock) -> Json:
    """Ask the app for the options of an external select."""
    me, where = knock.active_player(), Place(knock)
    ids = {"block_id": where.block["block_id"], "action_id": where.element["action_id"]}
    payload = payloads.base(knock.team, "block_suggestion", me) | ids | {"value": knock.text("value")}
    if where.channel is not None:
        payload["channel"] = {"id": where.channel.id, "name": payloads.spoken_name(where.channel)}
        payload["message"] = messages.for_apps(where.thing)
    else:
        payload["view"] = views.seen_by(knock.team, where.thing, me.id)
    sentence = "The options could not be loaded. Please try again."
    answer = await interactions.ask_app(knock.team, me, "interactive", payload, sentence)
    grouped = [option for group in answer.get("option_groups", []) for option in group["options"]]
    return {"options": answer.get("options") or grouped}


async def react(knock: Knock) -> Json:
    """Add a reaction, or take it back."""
    me, channel = knock.active_player(), knock.channel()
    message = knock.message(channel)
    if message.get("ephemeral"):
        raise DoorRefusal("not_possible", "Nobody else sees this message, so reactions make no sense on it.")
    added = messages.react(knock.team, channel, message, me.id, knock.needed("name").strip(":"))
    return {"added": added}


DOORS: dict[str, Any] = {
    "say": say,
    "act": act,
    "fill": fill,
    "file": file,
    "submit": submit,
    "close": close,
    "home": home,
    "options": options,
    "react": react,
}
