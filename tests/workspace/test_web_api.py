"""The Web API answers as Slack does, its refusals included."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.clock import Clock
from bot.workspace.profile import AppProfile, Command
from bot.workspace.server import Workspace
from bot.workspace.visitors.people import People, Person
from tests.workspace.coach import App
from tests.workspace.shapes import actions, boxes, home, modal, section, table


async def refusal(call: Any) -> Any:
    with pytest.raises(SlackApiError) as refused:
        await call
    return refused.value.response


async def test_the_bot_knows_itself(client: AsyncWebClient) -> None:
    me = await client.auth_test()
    assert (me["user_id"], me["bot_id"], me["team_id"], me["team"]) == ("U0BOT", "B0BOT", "T0LOCAL", "Crew")


async def test_a_wrong_or_missing_token_is_refused(workspace: Workspace) -> None:
    stranger = AsyncWebClient("xoxb-other", base_url=workspace.api_url)
    assert (await refusal(stranger.auth_test()))["error"] == "invalid_auth"
    nobody = AsyncWebClient(base_url=workspace.api_url)
    assert (await refusal(nobody.auth_test()))["error"] == "not_authed"
    swapped = AsyncWebClient(token=workspace.app_token, base_url=workspace.api_url)
    assert (await refusal(swapped.auth_test()))["error"] == "not_allowed_token_type"


async def test_an_unknown_method_is_named(client: AsyncWebClient) -> None:
    answer = await refusal(client.api_call("chat.whistle"))
    assert (answer["error"], answer["req_method"]) == ("unknown_method", "chat.whistle")


async def test_arguments_come_as_a_form_as_json_or_in_the_address(
    client: AsyncWebClient, people: People
) -> None:
    ana = await people.create("Ana")
    await client.api_call("chat.postMessage", data={"channel": ana.id, "text": "form", "blocks": "[]"})
    await client.api_call("chat.postMessage", json={"channel": ana.id, "text": "json", "blocks": [section()]})
    found = await client.api_call("users.info", http_verb="GET", params={"user": ana.id})
    assert found["user"]["profile"]["display_name"] == "Ana"
    assert [message["text"] for message in await ana.dm()] == ["form", "json"]


async def test_a_post_to_a_person_opens_the_conversation(client: AsyncWebClient, people: People) -> None:
    ana = await people.create("Ana")
    posted = await client.chat_postMessage(channel=ana.id, text="Hello", blocks=[section()])
    assert posted["channel"] == await ana.dm_id()
    message = posted["message"]
    assert (message["user"], message["bot_id"], message["app_id"]) == ("U0BOT", "B0BOT", "A0APP")
    assert message["blocks"][0]["block_id"]
    assert message["blocks"][0]["text"]["verbatim"] is False


async def test_blocks_without_text_are_posted_with_a_warning(client: AsyncWebClient, people: People) -> None:
    ana = await people.create("Ana")
    posted = await client.api_call("chat.postMessage", json={"channel": ana.id, "blocks": [section()]})
    assert "text" in posted["response_metadata"]["messages"][0]


async def test_whom_and_where_the_app_cannot_post(client: AsyncWebClient, people: People) -> None:
    ana, bo = await people.create("Ana"), await people.create("Bo")
    robot = await people.create("Robot", is_bot=True)
    await bo.is_deactivated()
    room = await ana.creates_channel("crew")
    secret = await ana.creates_channel("secret", private=True)
    old = await ana.creates_channel("old")
    await ana.invites(old)
    await ana.archives(old)
    expected = {
        "C999": "channel_not_found",
        "U999": "channel_not_found",
        room: "not_in_channel",
        secret: "channel_not_found",
        old: "is_archived",
        bo.id: "user_disabled",
        robot.id: "cannot_dm_bot",
    }
    answers = {where: await refusal(client.chat_postMessage(channel=where, text="x")) for where in expected}
    assert {where: answer["error"] for where, answer in answers.items()} == expected
    empty = {"channel": ana.id, "text": ""}
    assert (await refusal(client.api_call("chat.postMessage", json=empty)))["error"] == "no_text"
    assert (await refusal(client.chat_postMessage(channel=ana.id, text="x" * 40_001)))[
        "error"
    ] == "msg_too_long"


async def test_bad_blocks_are_pointed_at(client: AsyncWebClient, people: People) -> None:
    ana = await people.create("Ana")
    answer = await refusal(client.chat_postMessage(channel=ana.id, text="x", blocks=[section(), section("")]))
    assert answer["error"] == "invalid_blocks"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be more than 0 characters [json-pointer:/blocks/1/text/text]"
    ]
    answer = await refusal(client.chat_postMessage(channel=ana.id, text="x", blocks=[table(), table()]))
    assert answer["error"] == "invalid_attachments"
    answer = await refusal(client.views_publish(user_id=ana.id, view=home(section(""))))
    assert answer["error"] == "invalid_arguments"
    assert "[json-pointer:/view/blocks/0/text/text]" in answer["response_metadata"]["messages"][0]


async def test_more_than_a_message_a_second_is_too_fast(client: AsyncWebClient, people: People) -> None:
    ana, bo = await people.create("Ana"), await people.create("Bo")
    for _ in range(5):
        await client.chat_postMessage(channel=ana.id, text="x")
    answer = await refusal(client.chat_postMessage(channel=ana.id, text="x"))
    assert (answer["error"], answer.status_code, answer.headers["Retry-After"]) == ("ratelimited", 429, "1")
    await client.chat_postMessage(channel=bo.id, text="x")


async def test_the_rate_counts_in_the_workspaces_time(
    workspace: Workspace, client: AsyncWebClient, people: People
) -> None:
    ana = await people.create("Ana")
    for _ in range(5):
        await client.chat_postMessage(channel=ana.id, text="x")
    workspace.clock.move_to(workspace.clock.now() + timedelta(seconds=3))
    await client.chat_postMessage(channel=ana.id, text="x")


async def test_an_update_keeps_metadata_and_drops_blocks_that_it_does_not_bring(
    client: AsyncWebClient, people: People
) -> None:
    ana = await people.create("Ana")
    metadata = {"event_type": "day", "event_payload": {"key": "k"}}
    posted = await client.chat_postMessage(channel=ana.id, text="x", blocks=[section()], metadata=metadata)
    where = {"channel": posted["channel"], "ts": posted["ts"]}
    updated = await client.chat_update(**where, text="y")
    assert "blocks" not in updated["message"]
    assert updated["message"]["edited"]["user"] == "U0BOT"
    assert (await _history(client, posted["channel"]))[0]["metadata"] == metadata
    await client.chat_update(**where, text="y", metadata={})
    assert "metadata" not in (await _history(client, posted["channel"]))[0]


async def _history(client: AsyncWebClient, channel: str, **more: Any) -> list[Any]:
    answer = await client.conversations_history(channel=channel, include_all_metadata=True, **more)
    return list(answer["messages"])


async def test_what_cannot_be_updated_or_deleted(client: AsyncWebClient, people: People) -> None:
    ana = await people.create("Ana")
    said = await ana.says("", "mine")
    posted = await client.chat_postMessage(channel=ana.id, text="x")
    dm = posted["channel"]
    assert (await refusal(client.chat_update(channel=dm, ts=said["ts"], text="x")))[
        "error"
    ] == "cant_update_message"
    assert (await refusal(client.chat_update(channel=dm, ts="1.1", text="x")))["error"] == "message_not_found"
    assert (await refusal(client.chat_update(channel=ana.id, ts=posted["ts"], text="x")))[
        "error"
    ] == "channel_not_found"
    long = await refusal(client.chat_update(channel=dm, ts=posted["ts"], text="x" * 4001))
    assert long["error"] == "msg_too_long"
    assert (await refusal(client.chat_delete(channel=dm, ts=said["ts"])))["error"] == "cant_delete_message"
    await client.chat_delete(channel=dm, ts=posted["ts"])
    assert [message["text"] for message in await ana.dm()] == ["mine"]


async def test_a_whisper_is_seen_by_one_member_of_the_channel(client: AsyncWebClient, people: People) -> None:
    ana, bo = await people.create("Ana"), await people.create("Bo")
    room = await ana.creates_channel("crew")
    await ana.invites(room)
    answer = await client.chat_postEphemeral(channel=room, user=ana.id, text="psst")
    assert await ana.waits_for(room, "psst")
    update = await refusal(client.chat_update(channel=room, ts=answer["message_ts"], text="x"))
    assert update["error"] == "message_not_found"
    outside = await refusal(client.chat_postEphemeral(channel=room, user=bo.id, text="psst"))
    assert outside["error"] == "user_not_in_channel"


async def test_the_same_people_share_one_conversation(client: AsyncWebClient, people: People) -> None:
    ana, bo = await people.create("Ana"), await people.create("Bo")
    first = await client.conversations_open(users=[ana.id, bo.id])
    again = await client.conversations_open(users=f"{bo.id},{ana.id}")
    assert first["channel"]["id"] == again["channel"]["id"]
    assert again["already_open"] is True
    members = await client.conversations_members(channel=first["channel"]["id"])
    assert set(members["members"]) == {ana.id, bo.id, "U0BOT"}
    await bo.is_deactivated()
    assert (await refusal(client.conversations_open(users=bo.id)))["error"] == "user_disabled"
    assert (await refusal(client.conversations_open(users="U999")))["error"] == "user_not_found"
    many = ",".join([ana.id] * 9)
    assert (await refusal(client.conversations_open(users=many)))["error"] == "too_many_users"


async def test_history_goes_backwards_in_pages(
    workspace: Workspace, client: AsyncWebClient, people: People
) -> None:
    workspace.faults.rate_limits = False
    ana = await people.create("Ana")
    stamps = [(await client.chat_postMessage(channel=ana.id, text=str(n)))["ts"] for n in range(7)]
    dm = await ana.dm_id()
    pages = [page["messages"] async for page in await client.conversations_history(channel=dm, limit=3)]
    assert [[message["text"] for message in page] for page in pages] == [
        ["6", "5", "4"],
        ["3", "2", "1"],
        ["0"],
    ]
    inside = await _history(client, dm, oldest=stamps[2], latest=stamps[4])
    assert [message["text"] for message in inside] == ["3"]
    edges = await _history(client, dm, oldest=stamps[2], latest=stamps[4], inclusive=True)
    assert [message["text"] for message in edges] == ["4", "3", "2"]
    assert stamps == sorted(set(stamps))


async def test_threads_live_under_their_parent(client: AsyncWebClient, people: People) -> None:
    ana = await people.create("Ana")
    parent = await client.chat_postMessage(channel=ana.id, text="parent")
    dm, ts = parent["channel"], parent["ts"]
    await ana.says(dm, "reply", thread_ts=ts)
    await client.chat_postMessage(channel=dm, text="answer", thread_ts=ts)
    thread = await client.conversations_replies(channel=dm, ts=ts)
    assert [message["text"] for message in thread["messages"]] == ["parent", "reply", "answer"]
    assert thread["messages"][0]["reply_count"] == 2
    assert [message["text"] for message in await _history(client, dm)] == ["parent"]
    await client.chat_delete(channel=dm, ts=ts)
    orphan = await client.chat_postMessage(channel=dm, text="orphan", thread_ts=ts)
    assert "thread_ts" not in orphan["message"]


async def test_lists_of_people_and_rooms_go_in_pages(client: AsyncWebClient, people: People) -> None:
    names = [(await people.create(f"P{n}")).name for n in range(4)]
    ana = await people.create("Ana")
    await ana.creates_channel("crew")
    secret = await ana.creates_channel("secret", private=True)
    pages = [page["members"] async for page in await client.users_list(limit=3)]
    everybody = [member for page in pages for member in page]
    assert len(pages) > 1
    assert {*names, "Ana", "Coach", "Slackbot"} == {one["profile"]["display_name"] for one in everybody}
    assert [one["is_bot"] for one in everybody if one["id"] == "USLACKBOT"] == [False]
    rooms = await client.conversations_list(types="public_channel,private_channel")
    assert [(room["name"], room["is_member"]) for room in rooms["channels"]] == [("crew", False)]
    await ana.invites(secret)
    mine = await client.users_conversations(types="private_channel")
    assert [room["id"] for room in mine["channels"]] == [secret]


async def test_the_app_joins_public_channels(client: AsyncWebClient, people: People) -> None:
    ana = await people.create("Ana")
    room = await ana.creates_channel("crew")
    joined = await client.conversations_join(channel=room)
    assert joined["channel"]["is_member"] is True
    assert (await client.conversations_join(channel=room))["warning"] == "already_in_channel"
    await client.chat_postMessage(channel="#crew", text="by name")
    await ana.waits_for(room, "by name")


async def test_a_trigger_opens_one_modal_within_three_seconds(
    app: App, people: People, workspace: Workspace, client: AsyncWebClient
) -> None:
    triggers: list[str] = []

    @app.bolt.command("/study")
    async def study(ack: Any, body: Any) -> None:
        await ack()
        triggers.append(body["trigger_id"])

    ana = await people.create("Ana")
    await ana.says("", "/study")
    await ana.says("", "/study")
    await client.views_open(trigger_id=triggers[0], view=modal())
    again = await refusal(client.views_open(trigger_id=triggers[0], view=modal()))
    assert again["error"] == "exchanged_trigger_id"
    workspace.team.triggers._triggers[triggers[1]].made -= 3.1
    late = await refusal(client.views_open(trigger_id=triggers[1], view=modal()))
    assert late["error"] == "expired_trigger_id"
    unknown = await refusal(client.views_open(trigger_id="1.2.3", view=modal()))
    assert unknown["error"] == "invalid_trigger_id"


async def test_three_modals_are_the_most(app: App, people: People, client: AsyncWebClient) -> None:
    triggers: list[str] = []

    @app.bolt.command("/study")
    async def study(ack: Any, body: Any) -> None:
        await ack()
        triggers.append(body["trigger_id"])

    ana = await people.create("Ana")
    for _ in range(4):
        await ana.says("", "/study")
    await client.views_open(trigger_id=triggers[0], view=modal(external_id="first"))
    for trigger in triggers[1:3]:
        await client.views_push(trigger_id=trigger, view=modal())
    assert len(await ana.modals()) == 3
    full = await refusal(client.views_push(trigger_id=triggers[3], view=modal()))
    assert full["error"] == "push_limit_reached"


async def test_a_view_is_updated_by_id_or_external_id_and_guarded_by_its_hash(
    client: AsyncWebClient, people: People
) -> None:
    ana = await people.create("Ana")
    first = (await client.views_publish(user_id=ana.id, view=home(external_id="mine")))["view"]
    second = (await client.views_publish(user_id=ana.id, view=home(section("two")), hash=first["hash"]))[
        "view"
    ]
    assert second["id"] == first["id"]
    stale = await refusal(client.views_publish(user_id=ana.id, view=home(), hash=first["hash"]))
    assert stale["error"] == "hash_conflict"
    await client.views_update(view_id=first["id"], view=home(section("three"), external_id="x"))
    await client.views_update(external_id="x", view=home(section("four")))
    await ana.home("four")
    assert (await refusal(client.views_update(view_id="V999", view=modal())))["error"] == "not_found"


async def test_blocks_can_be_validated_without_a_token(workspace: Workspace) -> None:
    nobody = AsyncWebClient(base_url=workspace.api_url)
    await nobody.api_call("blocks.validate", data={"blocks": "[]"})
    answer = await refusal(nobody.api_call("blocks.validate", json={"view": modal(section(""))}))
    assert answer["error"] == "invalid_arguments"


async def test_scopes_and_subscriptions_count_if_they_are_given(clock: Clock) -> None:
    scopes, events = frozenset({"chat:write", "chat:write.public"}), frozenset({"app_home_opened"})
    profile = AppProfile(name="Coach", commands=(Command("/study"),), scopes=scopes, events=events)
    async with Workspace(profile=profile, clock=clock) as workspace, People(workspace.page_url) as people:
        client = AsyncWebClient(token=workspace.bot_token, base_url=workspace.api_url)
        ana = await people.create("Ana")
        room = await ana.creates_channel("crew")
        await client.chat_postMessage(channel=room, text="uninvited")
        answer = await refusal(client.conversations_members(channel=room))
        assert (answer["error"], answer["needed"]) == ("missing_scope", "channels:read")
        assert answer["provided"] == "chat:write,chat:write.public"
        assert (await refusal(client.users_info(user=ana.id)))["needed"] == "users:read"
        assert workspace.team.app._deliveries == set()


@pytest.fixture
def clock() -> Clock:
    return Clock()


async def test_every_accepted_write_is_logged(
    workspace: Workspace, client: AsyncWebClient, people: People
) -> None:
    ana = await people.create("Ana")
    posted = await client.chat_postMessage(channel=ana.id, text="x", blocks=[actions(boxes("A"))])
    await client.chat_update(channel=posted["channel"], ts=posted["ts"], text="y")
    await refusal(client.chat_postMessage(channel="C9", text="x"))
    log = [(write.method, write.channel, write.ts) for write in workspace.accepted]
    where = (posted["channel"], posted["ts"])
    assert log == [("chat.postMessage", *where), ("chat.update", *where)]
    assert workspace.accepted[0].payload["blocks"][0]["type"] == "actions"
    assert workspace.refused[-1].code == "channel_not_found"


async def test_parallel_posts_get_different_stamps(client: AsyncWebClient, people: People) -> None:
    ana = await people.create("Ana")
    posts = await asyncio.gather(*(client.chat_postMessage(channel=ana.id, text=str(n)) for n in range(5)))
    assert len({post["ts"] for post in posts}) == 5


async def test_a_reply_to_a_reply_joins_the_thread_of_both(client: AsyncWebClient, people: People) -> None:
    ana = await people.create("Ana")
    parent = await client.chat_postMessage(channel=ana.id, text="parent")
    dm = parent["channel"]
    reply = await client.chat_postMessage(channel=dm, text="reply", thread_ts=parent["ts"])
    await client.chat_postMessage(channel=dm, text="deeper", thread_ts=reply["ts"])
    thread = await client.conversations_replies(channel=dm, ts=parent["ts"])
    assert [message["text"] for message in thread["messages"]] == ["parent", "reply", "deeper"]
    assert thread["messages"][0]["reply_count"] == 2


async def test_an_uploaded_picture_can_stand_in_a_block(client: AsyncWebClient, people: People) -> None:
    ana = await people.create("Ana")
    place = await client.files_getUploadURLExternal(filename="a.png", length=3)
    async with ana._doors._http.post(str(place["upload_url"]), data=b"png") as taken:
        assert taken.status == 200
    await client.files_completeUploadExternal(files=[{"id": str(place["file_id"]), "title": "A"}])
    picture = {"type": "image", "slack_file": {"id": place["file_id"]}, "alt_text": "bars"}
    posted = await client.chat_postMessage(channel=ana.id, text="x", blocks=[picture])
    block = posted["message"]["blocks"][0]
    assert block["slack_file"]["url"] == f"/files/{place['file_id']}"
    await client.chat_update(channel=posted["channel"], ts=posted["ts"], text="x", blocks=[block])


async def uploaded(client: AsyncWebClient, person: Person, name: str, *, finished: bool = True) -> str:
    """The id of a file that was uploaded, and finished if asked for."""
    place = await client.files_getUploadURLExternal(filename=name, length=3)
    async with person._doors._http.post(str(place["upload_url"]), data=b"abc") as taken:
        assert taken.status == 200
    if finished:
        await client.files_completeUploadExternal(files=[{"id": str(place["file_id"]), "title": name}])
    return str(place["file_id"])


async def test_a_block_may_only_show_a_finished_upload_that_is_a_picture(
    client: AsyncWebClient, people: People
) -> None:
    ana = await people.create("Ana")
    wrong = [
        "F999",
        await uploaded(client, ana, "a.txt"),
        await uploaded(client, ana, "a.svg"),
        await uploaded(client, ana, "a.png", finished=False),
    ]
    for file_id in wrong:
        picture = {"type": "image", "slack_file": {"id": file_id}, "alt_text": "bars"}
        with pytest.raises(SlackApiError) as refused:
            await client.chat_postMessage(channel=ana.id, text="x", blocks=[{"type": "divider"}, picture])
        assert refused.value.response["error"] == "invalid_blocks"
        assert refused.value.response["response_metadata"]["messages"] == [
            "[ERROR] invalid slack file [json-pointer:/blocks/1/slack_file]"
        ]
