"""Modals and Home tabs: open, stack, replace, close."""

from __future__ import annotations

import secrets
from typing import Any

from bot.workspace.errors import Refusal
from bot.workspace.profile import APP_ID, BOT_ID, TEAM_ID
from bot.workspace.state.blocks import normalised
from bot.workspace.state.models import Json
from bot.workspace.state.team import Team

STACK_LIMIT = 3


def stack_of(team: Team, user: str) -> list[Json]:
    """Return the open modals of a member, the topmost last, with what was filled in."""
    return [seen_by(team, team.views[view_id], user) for view_id in team.stacks.get(user, [])]


def home_of(team: Team, user: str) -> Json | None:
    """Return a member's Home tab, if the app has published one."""
    view_id = team.homes.get(user)
    return seen_by(team, team.views[view_id], user) if view_id else None


def seen_by(team: Team, view: Json, user: str) -> Json:
    """Return a view with the state of its elements for this member."""
    return {**view, "state": {"values": team.choices.values(view["id"], user, view["blocks"])}}


def open_modal(team: Team, user: str, definition: Json) -> Json:
    """Open a modal in front of a member, as the only one."""
    for view_id in list(team.stacks.get(user, [])):
        _forget(team, user, view_id)
    return _put_on_top(team, user, definition)


def push_modal(team: Team, user: str, definition: Json) -> Json:
    """Put a modal on top of those that are open."""
    stack = team.stacks.get(user, [])
    if not stack:
        raise Refusal("not_found")
    if len(stack) >= STACK_LIMIT:
        raise Refusal("push_limit_reached")
    return _put_on_top(team, user, definition)


def _put_on_top(team: Team, user: str, definition: Json) -> Json:
    _refuse_duplicate(team, definition)
    stack = team.stacks.setdefault(user, [])
    view_id = team.next_id("V")
    view = _built(team, definition) | {
        "id": view_id,
        "root_view_id": stack[0] if stack else view_id,
        "previous_view_id": stack[-1] if stack else None,
    }
    team.views[view_id] = view
    stack.append(view_id)
    _show(team, "view_opened", user, view)
    return seen_by(team, view, user)


def update_modal(team: Team, view_id: str, definition: Json, expected_hash: str = "") -> Json:
    """Replace what a view shows; what was filled in stays where block_id and action_id stay."""
    view = team.views.get(view_id)
    if view is None:
        raise Refusal("not_found")
    _match_hash(view, expected_hash)
    if definition.get("external_id") != view["external_id"]:
        _refuse_duplicate(team, definition)
    old_blocks = view["blocks"]
    view |= _built(team, definition)
    team.choices.revise(view_id, old_blocks, view["blocks"])
    user = _reader(team, view_id)
    if view["type"] == "home":
        team.save_home(user, view)
        team.feed.push([user], "home", lambda _: {"view": home_of(team, user)})
    else:
        _show(team, "view_updated", user, view)
    return seen_by(team, view, user)


def publish_home(team: Team, user: str, definition: Json, expected_hash: str = "") -> Json:
    """Replace a member's Home tab."""
    view_id = team.homes.get(user)
    if view_id is not None:
        return update_modal(team, view_id, definition, expected_hash)
    if expected_hash:
        raise Refusal("hash_conflict")
    view = _built(team, definition) | {"id": team.next_id("V"), "previous_view_id": None}
    view["root_view_id"] = view["id"]
    team.save_home(user, view)
    team.feed.push([user], "home", lambda _: {"view": home_of(team, user)})
    return seen_by(team, view, user)


def close_modal(team: Team, user: str, view_id: str) -> None:
    """Close one modal; the one below shows again."""
    view = team.views[view_id]
    _forget(team, user, view_id)
    _show(team, "view_closed", user, view)


def close_all(team: Team, user: str) -> None:
    """Close every modal of a member."""
    for view_id in reversed(list(team.stacks.get(user, []))):
        close_modal(team, user, view_id)


def _reader(team: Team, view_id: str) -> str:
    shown = {view: user for user, stack in team.stacks.items() for view in stack}
    shown |= {view: user for user, view in team.homes.items()}
    return shown[view_id]


def _forget(team: Team, user: str, view_id: str) -> None:
    team.stacks[user].remove(view_id)
    del team.views[view_id]
    team.choices.forget(view_id)


def _match_hash(view: Json, expected_hash: str) -> None:
    if expected_hash and expected_hash != view["hash"]:
        raise Refusal("hash_conflict")


def _refuse_duplicate(team: Team, definition: Json) -> None:
    external_id = definition.get("external_id")
    if external_id and any(view["external_id"] == external_id for view in team.views.values()):
        raise Refusal("duplicate_external_id")


def _built(team: Team, definition: Json) -> Json:
    view: Json = {
        "team_id": TEAM_ID,
        "type": definition["type"],
        "blocks": normalised(definition["blocks"]),
        "private_metadata": definition.get("private_metadata") or "",
        "callback_id": definition.get("callback_id") or "",
        "hash": f"{team.now_ts()}.{secrets.token_hex(4)}",
        "external_id": definition.get("external_id") or "",
        "app_id": APP_ID,
        "app_installed_team_id": TEAM_ID,
        "bot_id": BOT_ID,
        "clear_on_close": bool(definition.get("clear_on_close")),
        "notify_on_close": bool(definition.get("notify_on_close")),
    }
    words: dict[str, Any] = {name: definition.get(name) for name in ("title", "close", "submit")}
    return view | {name: text and {"emoji": True, **text} for name, text in words.items()}


def _show(team: Team, kind: str, user: str, view: Json) -> None:
    team.feed.push([user], kind, lambda _: {"view": seen_by(team, view, user), "stack": stack_of(team, user)})
