"""Web API: views.*, blocks.validate"""

from __future__ import annotations

from bot.workspace.api.call import Call
from bot.workspace.errors import Refusal
from bot.workspace.profile import BOT_USER_ID, SLACKBOT_ID
from bot.workspace.state import views
from bot.workspace.state.checks import check_message, check_view
from bot.workspace.state.models import Json


def _definition(call: Call, surface: str) -> Json:
    view = call.json("view", "invalid_arguments")
    if not isinstance(view, dict):
        call.needed("view")
        raise Refusal("invalid_arguments", response_metadata={"messages": ["[ERROR] view must be an object"]})
    check_view(view, surface, call.team.profile)
    return view


async def open_view(call: Call) -> Json:
    """Open a modal. A trigger that was caused inside a modal puts the new one on top of it."""
    definition = _definition(call, "modal")
    trigger = call.team.triggers.take(call.needed("trigger_id"))
    inside = trigger.view_id in call.team.stacks.get(trigger.user, [])
    show = views.push_modal if inside else views.open_modal
    view = show(call.team, trigger.user, definition)
    call.accept(ts=view["id"])
    return {"view": view}


async def push_view(call: Call) -> Json:
    """Put a modal on top of the one that is open."""
    definition = _definition(call, "modal")
    trigger = call.team.triggers.take(call.needed("trigger_id"))
    view = views.push_modal(call.team, trigger.user, definition)
    call.accept(ts=view["id"])
    return {"view": view}


async def update_view(call: Call) -> Json:
    """Replace what a view shows."""
    view_id = call.text("view_id") or _by_external_id(call)
    known = call.team.views.get(view_id)
    definition = _definition(call, known["type"] if known else "modal")
    view = views.update_modal(call.team, view_id, definition, call.text("hash"))
    call.accept(ts=view["id"])
    return {"view": view}


def _by_external_id(call: Call) -> str:
    wanted = call.needed("external_id")
    found = (view["id"] for view in call.team.views.values() if view["external_id"] == wanted)
    return next(found, "")


async def publish_view(call: Call) -> Json:
    """Replace a member's Home tab."""
    user = call.needed("user_id")
    member = call.team.people.get(user)
    if member is None or user in (BOT_USER_ID, SLACKBOT_ID) or member.is_bot:
        raise Refusal("user_not_found" if member is None else "invalid_arguments")
    if not call.team.profile.home:
        raise Refusal("not_enabled")
    view = views.publish_home(call.team, user, _definition(call, "home"), call.text("hash"))
    call.accept(ts=view["id"])
    return {"view": view}


async def validate_blocks(call: Call) -> Json:
    """Say what is wrong with blocks, a message or a view, without posting them."""
    if call.args.get("view"):
        view = call.json("view", "invalid_arguments")
        check_view(view, view.get("type", "modal"), call.team.profile)
    else:
        message = call.json("message", "invalid_arguments") or {
            "blocks": call.json("blocks", "invalid_blocks_format")
        }
        check_message({"text": "", **message})
    return {}


METHODS = {
    "views.open": open_view,
    "views.push": push_view,
    "views.update": update_view,
    "views.publish": publish_view,
    "blocks.validate": validate_blocks,
}
