"""Events and files between people and a Bolt app."""

from __future__ import annotations

import asyncio
import re
from typing import Any

from bot.workspace.server import Workspace
from bot.workspace.visitors.people import People
from tests.workspace.coach import App
from tests.workspace.shapes import (
    Json,
)

ANY = re.compile(r".*")


async def test_events_tell_who_came_moved_and_left(app: App, people: People, workspace: Workspace) -> None:
    @app.bolt.event(re.compile(r".+"))
    async def event() -> None: ...

    ana, bo = await people.create("Ana", tz="Europe/Berlin"), await people.create("Bo", guest=True)
    room = await ana.creates_channel("crew")
    await ana.invites(room)
    await bo.joins(room)
    await bo.moves_to("Asia/Tokyo")
    await bo.is_deactivated()
    await ana.renames(room, "team")
    await ana.archives(room)
    await ana.unarchives(room)
    await ana.removes(room)
    await workspace.socket.settled()
    joined = app.events("member_joined_channel")
    assert [(one["user"], one["channel"]) for one in joined] == [("U0BOT", room), (bo.id, room)]
    assert joined[0]["inviter"] == ana.id
    assert [one["user"]["tz"] for one in app.events("team_join")] == ["Europe/Berlin", "UTC"]
    assert app.events("team_join")[1]["user"]["is_restricted"] is True
    moved, gone = app.events("user_change")
    assert (moved["user"]["tz"], moved["user"]["tz_offset"]) == ("Asia/Tokyo", 9 * 3600)
    assert gone["user"]["deleted"] is True
    assert app.events("channel_rename")[0]["channel"]["name"] == "team"
    assert [len(app.events(kind)) for kind in ("channel_archive", "channel_unarchive", "channel_left")] == [
        1,
        1,
        1,
    ]
    assert app.events("member_left_channel")[0]["user"] == "U0BOT"
    ids = [body["event_id"] for body in app.heard]
    assert len(set(ids)) == len(ids)
    assert app.heard[0]["authorizations"][0]["user_id"] == "U0BOT"


async def test_a_private_channel_is_known_to_the_app_only_from_its_invitation_on(
    app: App, people: People, workspace: Workspace
) -> None:
    @app.bolt.event(re.compile(r".+"))
    async def event() -> None: ...

    ana, bo = await people.create("Ana"), await people.create("Bo")
    room = await ana.creates_channel("secret", private=True)
    await ana.invites(room, bo)
    await ana.invites(room)
    await ana.archives(room)
    await workspace.socket.settled()
    assert [one["user"] for one in app.events("member_joined_channel")] == ["U0BOT"]
    assert app.events("member_joined_channel")[0]["channel_type"] == "G"
    assert len(app.events("group_archive")) == 1


async def test_what_people_write_to_the_app_comes_as_an_event(app: App, people: People) -> None:
    heard = asyncio.Event()

    @app.bolt.event("message")
    async def message(event: Json, say: Any) -> None:
        await say(f"You said {event['text']}")
        heard.set()

    ana = await people.create("Ana")
    await ana.says("", "see https://example.com & @Ana")
    await ana.waits_for_dm("You said")
    event = app.events("message")[0]
    assert event["text"] == f"see <https://example.com> &amp; <@{ana.id}>"
    assert event["channel_type"] == "im"


async def test_reactions_come_as_events(app: App, people: People, workspace: Workspace) -> None:
    @app.bolt.event(re.compile(r".+"))
    async def reaction() -> None: ...

    ana = await people.create("Ana")
    posted = await app.client.chat_postMessage(channel=ana.id, text="x")
    message = (await ana.dm())[-1]
    await ana.reacts(message, "tada")
    await ana.reacts(message, "tada")
    await workspace.socket.settled()
    assert app.events("reaction_added")[0]["item"]["ts"] == posted["ts"]
    assert len(app.events("reaction_removed")) == 1


async def test_a_file_is_uploaded_and_shown(app: App, people: People) -> None:
    ana = await people.create("Ana")
    await ana.says("", "hello")
    dm = await ana.dm_id()
    answer = await app.client.files_upload_v2(
        channel=dm, content=b"\x89PNG pixels", filename="card.png", title="Card", initial_comment="Your card"
    )
    message = await ana.waits_for_dm("Your card")
    file = message["files"][0]
    assert (file["title"], file["mimetype"], file["size"]) == ("Card", "image/png", 11)
    assert answer["files"][0]["id"] == file["id"]
    assert await ana.downloads(file) == b"\x89PNG pixels"


async def test_a_mention_of_the_app_in_a_channel_is_an_event_of_its_own(app: App, people: People) -> None:
    @app.bolt.event("app_mention")
    async def mention(event: Json, say: Any) -> None:
        await say(f"Yes, <@{event['user']}>?")

    ana = await people.create("Ana")
    room = await ana.creates_channel("crew")
    await ana.invites(room)
    await ana.says(room, "@Coach hello")
    await ana.waits_for(room, "Yes,")
    assert app.events("app_mention")[0]["text"] == "<@U0BOT> hello"
