"""The addresses of the workspace: which request goes where, and who may knock at all."""

from __future__ import annotations

import asyncio
import ipaddress
import json
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from bot.workspace.api import files as api_files
from bot.workspace.api.responses import respond
from bot.workspace.api.web_api import WebApi, read_args
from bot.workspace.doors import acting as doors_acting
from bot.workspace.doors import arranging as doors_arranging
from bot.workspace.doors import looking as doors_looking
from bot.workspace.doors.door import Knock
from bot.workspace.errors import DoorRefusal
from bot.workspace.state.models import Json
from bot.workspace.state.team import Team
from bot.workspace.travel import Travel

PAGE = Path(__file__).parent / "page"
LARGEST_REQUEST = 32 * 1024 * 1024
PAGE_POLICY = (
    "default-src 'self'; img-src * data: blob:; style-src 'self' 'unsafe-inline'; connect-src 'self' ws:;"
    " frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
Door = Callable[[Knock], Awaitable[Json]]
POST_DOORS: dict[str, Door] = {**doors_acting.DOORS, **doors_arranging.DOORS}
GET_DOORS: dict[str, Door] = doors_looking.DOORS


def is_loopback(host: str) -> bool:
    """Say whether a host name or address means this very machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


@web.middleware
async def only_from_here(request: web.Request, handler: Any) -> web.StreamResponse:
    """Refuse names that only point here (DNS rebinding), and pages of other sites that reach in."""
    if not is_loopback(urlsplit(f"//{request.host}").hostname or ""):
        raise web.HTTPForbidden(text="This workspace answers on loopback only.")
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise web.HTTPForbidden(text="Another site has no business here.")
    answer: web.StreamResponse = await handler(request)
    return answer


class Addresses:
    """Builds the web application of a workspace."""

    def __init__(self, team: Team, travel: Travel, stopping: asyncio.Event) -> None:
        self._team = team
        self._travel = travel
        self._api = WebApi(team, stopping)

    def application(self) -> web.Application:
        """Return the application with every address."""
        app = web.Application(middlewares=[only_from_here], client_max_size=LARGEST_REQUEST)
        app.router.add_route("*", "/api/{method}", self._api.serve)
        app.router.add_get("/socket", self._team.app.serve)
        app.router.add_post("/response/{token}", self._respond)
        app.router.add_route("*", "/upload/{file_id}", self._upload)
        app.router.add_get("/files/{file_id}", self._file)
        app.router.add_get("/files/{file_id}/{name}", self._file)
        app.on_response_prepare.append(_protect)
        app.router.add_get("/door/events", self._events)
        app.router.add_get("/door/{door}", self._look)
        app.router.add_post("/door/{door}", self._act)
        app.router.add_get("/", self._page)
        app.router.add_get("/archives/{channel}/{ts}", self._page)
        if PAGE.is_dir():
            app.router.add_static("/static/", PAGE)
        return app

    async def _respond(self, request: web.Request) -> web.Response:
        return await respond(self._team, request.match_info["token"], await read_args(request))

    async def _upload(self, request: web.Request) -> web.Response:
        return await api_files.take_upload(self._team, request)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        async def show() -> web.Response:
            return api_files.show_file(self._team, request)

        return await self._api.in_trouble(request, "files", show)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        try:
            user = self._knock(request.query).player().id
        except DoorRefusal as refusal:
            raise web.HTTPForbidden(text=refusal.message) from refusal
        return await self._team.feed.serve(request, user)

    async def _look(self, request: web.Request) -> web.Response:
        return await self._open(GET_DOORS.get(request.match_info["door"]), request.query)

    async def _act(self, request: web.Request) -> web.Response:
        # A form of another site could be posted without asking first; JSON cannot.
        if request.content_type != "application/json":
            return _malformed("The body must be JSON.")
        try:
            fields = json.loads(await request.text())
        except json.JSONDecodeError:
            return _malformed("The body is not JSON.")
        if not isinstance(fields, dict):
            return _malformed("The body must be a JSON object.")
        return await self._open(POST_DOORS.get(request.match_info["door"]), fields)

    async def _open(self, door: Door | None, fields: Mapping[str, Any]) -> web.Response:
        if door is None:
            raise web.HTTPNotFound(text="There is no such door.")
        try:
            answer = await door(self._knock(fields))
        except DoorRefusal as refusal:
            body = {"ok": False, "error": refusal.code, "message": refusal.message, **refusal.extra}
            return web.json_response(body, status=400 if refusal.code == "missing" else 200)
        return web.json_response({"ok": True, **answer})

    def _knock(self, fields: Mapping[str, Any]) -> Knock:
        return Knock(self._team, self._travel, fields)

    async def _page(self, _: web.Request) -> web.StreamResponse:
        index = PAGE / "index.html"
        if not index.exists():
            raise web.HTTPNotFound(text="The page of this workspace is not installed.")
        return web.FileResponse(index, headers={"Cache-Control": "no-cache"})


async def _protect(request: web.Request, response: web.StreamResponse) -> None:
    if request.path.startswith(("/door/", "/api/", "/response/")):
        return
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Content-Security-Policy", PAGE_POLICY)
    # The page is edited while it is open; asking whether it has changed costs a millisecond.
    response.headers.setdefault("Cache-Control", "no-cache")


def _malformed(sentence: str) -> web.Response:
    return web.json_response({"ok": False, "error": "malformed", "message": sentence}, status=400)
