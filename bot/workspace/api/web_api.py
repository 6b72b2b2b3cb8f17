"""The Web API: finds the method, checks the token, meets planned troubles, answers as Slack does."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.workspace.api import chat as api_chat
from bot.workspace.api import conversations as api_conversations
from bot.workspace.api import files as api_files
from bot.workspace.api import history as api_history
from bot.workspace.api import users as api_users
from bot.workspace.api import views as api_views
from bot.workspace.api.call import Call
from bot.workspace.errors import Refusal
from bot.workspace.faults import Planned
from bot.workspace.profile import APP_ID, APP_TOKEN, BOT_ID, BOT_TOKEN, BOT_USER_ID, TEAM_ID
from bot.workspace.state.accepted import Refused
from bot.workspace.state.models import Json
from bot.workspace.state.team import Team

Method = Callable[[Call], Awaitable[Json]]
WITHOUT_TOKEN = ("api.test", "blocks.validate")


async def auth_test(call: Call) -> Json:
    """Say whose token this is."""
    return {
        "url": f"{call.base_url}/",
        "team": call.team.name,
        "user": call.team.bot.handle,
        "team_id": TEAM_ID,
        "user_id": BOT_USER_ID,
        "bot_id": BOT_ID,
        "app_id": APP_ID,
        "is_enterprise_install": False,
    }


async def open_connection(call: Call) -> Json:
    """Return the address of a Socket Mode connection, good for one use."""
    address = call.base_url.replace("http", "ws", 1)
    return {"url": f"{address}/socket?ticket={call.team.app.ticket()}&app_id={APP_ID}"}


async def api_test(call: Call) -> Json:
    """Say that the API is there."""
    return {"args": call.args}


METHODS: dict[str, Method] = {
    "auth.test": auth_test,
    "apps.connections.open": open_connection,
    "api.test": api_test,
    **api_chat.METHODS,
    **api_conversations.METHODS,
    **api_files.METHODS,
    **api_history.METHODS,
    **api_users.METHODS,
    **api_views.METHODS,
}


class WebApi:
    """Answers `/api/<method>`."""

    def __init__(self, team: Team, stopping: asyncio.Event) -> None:
        self._team = team
        self._stopping = stopping

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer one call."""
        method = request.match_info["method"]
        args = await read_args(request)
        return await self.in_trouble(request, method, lambda: self._answer(request, method, args))

    async def in_trouble(
        self, request: web.Request, method: str, answer: Callable[[], Awaitable[web.Response]]
    ) -> web.StreamResponse:
        """Answer, unless a trouble is planned for this method (`files`: the fetching of a private file)."""
        planned = self._team.faults.take(method)
        if planned is None:
            return await answer()
        if planned.after:
            given = await answer()
            return await self._trouble(request, planned) or given
        return await self._trouble(request, planned) or await answer()

    async def _answer(self, request: web.Request, method: str, args: Json) -> web.Response:
        scopes = self._team.profile.scopes
        headers = {} if scopes is None else {"X-OAuth-Scopes": ",".join(sorted(scopes))}
        try:
            answer = await self._carry_out(request, method, args)
        except Refusal as refusal:
            messages = refusal.extra.get("response_metadata", {}).get("messages", [])
            self._team.refused.append(Refused(method, refusal.code, messages, args))
            return refused(refusal)
        return web.json_response({"ok": True, **answer}, headers=headers)

    async def _carry_out(self, request: web.Request, method: str, args: Json) -> Json:
        if method not in METHODS or not self._team.faults.knows(method):
            raise Refusal("unknown_method", req_method=method)
        _check_token(method, request.headers.get("Authorization", ""), str(args.pop("token", "")))
        return await METHODS[method](Call(self._team, method, args, self._team.base_url))

    async def _trouble(self, request: web.Request, planned: Planned) -> web.StreamResponse | None:
        options = planned.options
        match planned.kind:
            case "drop_before_accept" | "drop_after_accept":
                if isinstance(request.transport, asyncio.Transport):
                    request.transport.abort()
            case "hang_before_accept" | "hang_after_accept":
                await self._stopping.wait()
            case "slow":
                await asyncio.sleep(options.get("seconds", 1.0))
                return None
            case _:
                return _bad_answer(planned)
        return web.Response(status=500)


def _bad_answer(planned: Planned) -> web.Response:
    options = planned.options
    match planned.kind:
        case "html":
            page = "<html><body><h1>Something went wrong</h1></body></html>"
            return web.Response(status=options.get("status", 200), text=page, content_type="text/html")
        case "ratelimited":
            return refused(Refusal("ratelimited", status=429, retry_after=options.get("retry_after", 1)))
        case "error":
            extra = {name: value for name, value in options.items() if name not in ("error", "after")}
            return refused(Refusal(options["error"], **extra))
        case _:
            return web.Response(status=options.get("status", 503), text="Service Unavailable")


def refused(refusal: Refusal) -> web.Response:
    """Return a refusal as Slack answers it."""
    headers = {"Retry-After": str(refusal.retry_after)} if refusal.retry_after is not None else {}
    body = {"ok": False, "error": refusal.code, **refusal.extra}
    return web.json_response(body, status=refusal.status, headers=headers)


def _check_token(method: str, header: str, field: str) -> None:
    token = header.removeprefix("Bearer ").strip() if header else field
    if method in WITHOUT_TOKEN:
        return
    if not token:
        raise Refusal("not_authed")
    if token not in (BOT_TOKEN, APP_TOKEN):
        raise Refusal("invalid_auth")
    if (token == APP_TOKEN) != (method == "apps.connections.open"):
        raise Refusal("not_allowed_token_type")


async def read_args(request: web.Request) -> Json:
    """Return the arguments of a call from its address and its body, a form or JSON."""
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        args |= _object(await request.text())
    elif request.can_read_body:
        form: Any = await request.post()
        args |= {name: value for name, value in form.items() if isinstance(value, str)}
    return args


def _object(body: str) -> Json:
    try:
        value = json.loads(body or "{}")
    except json.JSONDecodeError as error:
        raise web.HTTPBadRequest(text="invalid_json") from error
    if not isinstance(value, dict):
        raise web.HTTPBadRequest(text="json_not_object")
    return value
