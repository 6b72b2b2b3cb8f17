"""Answers that the app gives through a `response_url`."""

from __future__ import annotations

from aiohttp import web

from bot.workspace.app.interactions import reply_draft, say_in_return
from bot.workspace.errors import Refusal
from bot.workspace.state.accepted import Refused, Write
from bot.workspace.state.messages import delete, edit
from bot.workspace.state.models import Channel, Json
from bot.workspace.state.team import Team
from bot.workspace.state.tokens import ResponseUrl


async def respond(team: Team, token: str, body: Json) -> web.Response:
    """Do what the app posted to a response_url."""
    try:
        url = team.response_urls.take(token)
        ts = _carry_out(team, url, body)
    except Refusal as refusal:
        messages = refusal.extra.get("response_metadata", {}).get("messages", [])
        team.refused.append(Refused("response_url", refusal.code, messages, body))
        return web.Response(status=refusal.status if refusal.status != 200 else 400, text=refusal.code)
    team.accepted.append(Write("response_url", body, url.channel, ts))
    return web.Response(text="ok")


def _carry_out(team: Team, url: ResponseUrl, body: Json) -> str:
    channel = team.channels[url.channel]
    original = _original(channel, url)
    if body.get("delete_original"):
        if original is None:
            raise Refusal("message_not_found", status=404)
        delete(team, channel, url.ts)
        return url.ts
    if body.get("replace_original") and url.ts:
        if original is None:
            raise Refusal("message_not_found", status=404)
        edit(team, channel, original, reply_draft(body))
        return url.ts
    ts: str = say_in_return(team, url.user, channel, body, url.thread_ts)["ts"]
    return ts


def _original(channel: Channel, url: ResponseUrl) -> Json | None:
    if url.ts in channel.whispers:
        return channel.whispers[url.ts][1]
    return channel.messages.get(url.ts)
