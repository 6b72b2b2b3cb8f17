"""The unchanged slack-bolt and slack_sdk work against the workspace as they do against Slack."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest

from bot.workspace.server import Workspace
from bot.workspace.visitors.people import NotDone, People
from tests.workspace.coach import App
from tests.workspace.shapes import (
    Json,
    actions,
    boxes,
    button,
    home,
    modal,
    option,
    options,
    plain,
    question,
    section,
)

ANY = re.compile(r".*")


async def open_form(ack: Any, body: Json, client: Any) -> None:
    await ack()
    await client.views_open(trigger_id=body["trigger_id"], view=modal(question(block_id="name")))


async def test_a_command_is_answered_in_its_ack_and_seen_by_one_person_only(app: App, people: People) -> None:
    @app.bolt.command("/study")
    async def study(ack: Any, command: Json) -> None:
        await ack(f"You study {command['text']}")

    ana, bo = await people.create("Ana"), await people.create("Bo")
    room = await ana.creates_channel("crew")
    await bo.joins("#crew")
    await ana.says("#crew", "/study graphs")
    message = await ana.waits_for(room, "You study graphs")
    assert message["ephemeral"] is True
    assert await bo.messages(room) == []
    body = app.heard[-1]
    assert body["command"] == "/study"
    assert (body["user_id"], body["user_name"], body["channel_id"]) == (ana.id, "ana", room)
    assert body["channel_name"] == "crew"


async def test_a_command_brings_mentions_and_escapes_as_slack_does(app: App, people: People) -> None:
    @app.bolt.command("/study")
    async def study(ack: Any) -> None:
        await ack()

    ana = await people.create("Ana Lima")
    room = await ana.creates_channel("crew")
    await ana.says(room, "/study with @Ana Lima in #crew a<b & c")
    assert app.heard[-1]["text"] == f"with <@{ana.id}|ana.lima> in <#{room}|crew> a&lt;b &amp; c"


async def test_a_command_can_answer_to_everybody(app: App, people: People) -> None:
    @app.bolt.command("/study")
    async def study(ack: Any) -> None:
        await ack(response_type="in_channel", text="All of you", blocks=[section("All of *you*")])

    ana, bo = await people.create("Ana"), await people.create("Bo")
    room = await ana.creates_channel("crew")
    await bo.joins(room)
    await ana.says(room, "/study")
    assert "ephemeral" not in await bo.waits_for(room, "All of *you*")


async def test_an_ack_with_bad_blocks_is_an_error_that_the_person_sees(
    app: App, people: People, workspace: Workspace
) -> None:
    @app.bolt.command("/study")
    async def study(ack: Any) -> None:
        await ack(text="x", blocks=[section("x" * 3001)])

    ana = await people.create("Ana")
    with pytest.raises(NotDone, match="invalid_blocks"):
        await ana.says("", "/study")
    assert workspace.refused[-1].messages == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]


async def test_a_modal_opens_refuses_and_closes(app: App, people: People) -> None:
    app.bolt.command("/study")(open_form)

    @app.bolt.view("form")
    async def form(ack: Any, view: Json) -> None:
        value = view["state"]["values"]["name"]["text"]["value"]
        await (ack() if value == "Ana" else ack(response_action="errors", errors={"name": "Who is that?"}))

    ana = await people.create("Ana")
    await ana.says("", "/study")
    view = await ana.modal("Name")
    assert (await ana.submits(view, {})).errors == {"name": "Please complete this required field."}
    assert (await ana.submits(view, {"Name": "Bo"})).errors == {"name": "Who is that?"}
    assert (await ana.submits(view, {"Name": "Ana"})).ok
    assert await ana.modals() == []


async def test_a_submission_updates_pushes_and_clears(app: App, people: People) -> None:
    app.bolt.command("/study")(open_form)

    @app.bolt.view("form")
    async def form(ack: Any, view: Json) -> None:
        match view["state"]["values"]["name"]["text"]["value"]:
            case "update":
                await ack(response_action="update", view=modal(question("Again", block_id="name")))
            case "push":
                await ack(response_action="push", view=modal(section("On top"), callback_id="second"))

    @app.bolt.view("second")
    async def second(ack: Any) -> None:
        await ack(response_action="clear")

    ana = await people.create("Ana")
    await ana.says("", "/study")
    shown = (await ana.submits(await ana.modal(), {"Name": "update"})).view
    assert shown is not None
    assert shown["state"]["values"]["name"]["text"]["value"] == "update"  # the same ids keep what was typed
    top = (await ana.submits(await ana.modal("Again"), {"Again": "push"})).view
    assert top is not None
    assert top["previous_view_id"] == top["root_view_id"] == shown["id"]
    assert len(await ana.modals()) == 2
    assert (await ana.submits(top)).view is None
    assert await ana.modals() == []


async def test_errors_for_blocks_that_take_no_input_are_trouble(app: App, people: People) -> None:
    app.bolt.command("/study")(open_form)

    @app.bolt.view("form")
    async def form(ack: Any) -> None:
        await ack(response_action="errors", errors={"elsewhere": "no"})

    ana = await people.create("Ana")
    await ana.says("", "/study")
    result = await ana.submits(await ana.modal(), {"Name": "x"})
    assert result.error == "bad_answer"
    assert "We had some trouble connecting. Try again?" in ana.notices


async def test_closing_tells_the_app_if_it_asked_for_that(app: App, people: People) -> None:
    closed: list[Json] = []

    @app.bolt.command("/study")
    async def study(ack: Any, body: Json, client: Any) -> None:
        await ack()
        view = modal(question(block_id="name"), notify_on_close=True, clear_on_close=True)
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.bolt.view_closed("form")
    async def close(ack: Any, body: Json) -> None:
        await ack()
        closed.append(body)

    ana = await people.create("Ana")
    await ana.says("", "/study")
    view = await ana.modal()
    await ana.fills(view, {"Name": "Ana"})
    await ana.closes(view)
    assert closed[0]["view"]["state"] == {"values": {}}
    assert closed[0]["is_cleared"] is True
    assert "trigger_id" not in closed[0]


async def test_a_tick_carries_the_whole_selection_and_the_state_of_the_message(
    app: App, people: People
) -> None:
    clicked: list[Json] = []

    @app.bolt.action(ANY)
    async def act(ack: Any, body: Json) -> None:
        await ack()
        clicked.append(body)

    ana = await people.create("Ana")
    blocks = [actions(boxes("One", "Two", "Three"), button("Done", value="v"), block_id="goals")]
    await app.client.chat_postMessage(channel=ana.id, text="Goals", blocks=blocks)
    message = await ana.waits_for_dm("[ ] One")
    await ana.ticks(message, ["Two"])
    await ana.ticks(message, ["One"])
    await ana.ticks(message, ["Two"], on=False)
    await ana.clicks(message, "Done")
    chosen = [[one["value"] for one in body["actions"][0].get("selected_options", [])] for body in clicked]
    assert chosen == [["two"], ["one", "two"], ["one"], []]
    last = clicked[-1]
    assert last["actions"][0] | {"action_ts": ""} == {
        "type": "button",
        "block_id": "goals",
        "action_id": "go",
        "text": {"type": "plain_text", "text": "Done", "emoji": True},
        "value": "v",
        "action_ts": "",
    }
    assert last["state"]["values"]["goals"]["tick"]["selected_options"][0]["value"] == "one"
    assert last["container"]["channel_id"] == last["channel"]["id"] == await ana.dm_id()
    assert last["channel"]["name"] == "directmessage"
    assert last["message"]["blocks"][0]["elements"][0]["options"][0]["text"]["emoji"] is True
    assert last["user"]["team_id"] == last["team"]["id"] == "T0LOCAL"


async def test_every_kind_of_choice_has_its_shape(app: App, people: People) -> None:
    heard: list[Json] = []

    @app.bolt.action(ANY)
    async def act(ack: Any, action: Json) -> None:
        await ack()
        heard.append({key: value for key, value in action.items() if key not in ("action_ts", "block_id")})

    ana = await people.create("Ana")
    kinds: list[Json] = [
        {"type": "static_select", "action_id": "select", "options": options(2)},
        {"type": "radio_buttons", "action_id": "radio", "options": options(2)},
        {"type": "overflow", "action_id": "more", "options": options(2)},
        {"type": "datepicker", "action_id": "date"},
        {"type": "timepicker", "action_id": "time", "timezone": "Europe/Berlin"},
        {"type": "users_select", "action_id": "user"},
    ]
    await app.client.chat_postMessage(channel=ana.id, text="x", blocks=[actions(*kinds)])
    message = (await ana.dm())[-1]
    picks = {
        "select": "o1",
        "radio": "o0",
        "more": "o1",
        "date": "2026-11-20",
        "time": "09:30",
        "user": ana.id,
    }
    for action_id, value in picks.items():
        await ana.chooses(message, action_id, value)
    o0, o1 = ({**option(f"o{n}"), "text": {**plain(f"o{n}"), "emoji": True}} for n in (0, 1))
    assert heard == [
        {"type": "static_select", "action_id": "select", "selected_option": o1},
        {"type": "radio_buttons", "action_id": "radio", "selected_option": o0},
        {"type": "overflow", "action_id": "more", "selected_option": o1},
        {"type": "datepicker", "action_id": "date", "selected_date": "2026-11-20"},
        {"type": "timepicker", "action_id": "time", "selected_time": "09:30", "timezone": "Europe/Berlin"},
        {"type": "users_select", "action_id": "user", "selected_user": ana.id},
    ]


async def test_a_click_in_a_whisper_has_no_message_and_its_url_can_replace_and_delete_it(
    app: App, people: People
) -> None:
    bodies: list[Json] = []

    @app.bolt.command("/study")
    async def study(ack: Any) -> None:
        await ack(text="Sure?", blocks=[actions(button("Yes"), button("No", "no"))])

    @app.bolt.action("go")
    async def go(ack: Any, body: Json, respond: Any) -> None:
        await ack()
        bodies.append(body)
        await respond(text="Really?", blocks=[actions(button("No", "no"))], replace_original=True)

    @app.bolt.action("no")
    async def no(ack: Any, respond: Any) -> None:
        await ack()
        await respond(delete_original=True)

    ana = await people.create("Ana")
    await ana.says("", "/study")
    message = await ana.waits_for_dm("[Yes]")
    await ana.clicks(message, "Yes")
    assert "message" not in bodies[0]
    assert bodies[0]["container"]["is_ephemeral"] is True
    replaced = await ana.waits_for_dm(lambda one: one["text"] == "Really?")
    assert replaced["ts"] == message["ts"]
    await ana.clicks(replaced, "No")
    assert await ana.dm() == []


async def test_a_response_url_works_five_times(app: App, people: People, workspace: Workspace) -> None:
    answers: list[tuple[int, str]] = []

    @app.bolt.command("/study")
    async def study(ack: Any, respond: Any) -> None:
        await ack()
        for number in range(6):
            answer = await respond(f"Answer {number}")
            answers.append((answer.status_code, answer.body))

    ana = await people.create("Ana")
    await ana.says("", "/study")
    await ana.waits(lambda: _full(answers, 6))
    assert answers == [(200, "ok")] * 5 + [(404, "used_url")]
    assert len(await ana.dm()) == 5
    assert workspace.refused[-1].code == "used_url"


async def _full(things: list[Any], number: int) -> bool | None:
    return len(things) >= number or None


async def test_the_home_tab_is_published_when_it_is_opened(app: App, people: People) -> None:
    @app.bolt.event("app_home_opened")
    async def opened(event: Json, client: Any) -> None:
        await client.views_publish(user_id=event["user"], view=home(section(f"Tab {event['tab']}")))

    ana = await people.create("Ana")
    view = await ana.home("Tab home")
    assert view["type"] == "home"
    await ana.home("Tab home")
    assert app.events("app_home_opened")[1]["view"]["id"] == view["id"]


async def test_a_button_on_the_home_tab_opens_a_modal(app: App, people: People) -> None:
    app.bolt.action("go")(open_form)
    ana = await people.create("Ana")
    await app.client.views_publish(user_id=ana.id, view=home(actions(button("Set up"))))
    view = await ana.home()
    await ana.clicks(view, "Set up")
    await ana.modal("Name")
    body = app.heard[-1]
    assert body["container"] == {"type": "view", "view_id": view["id"]}
    assert body["view"]["hash"] == view["hash"]
    assert "response_url" not in body


async def test_an_action_nobody_hears_is_an_error_in_front_of_the_person(
    app: App, people: People, workspace: Workspace
) -> None:
    workspace.socket.ack_seconds = 0.1
    ana = await people.create("Ana")
    await app.client.chat_postMessage(channel=ana.id, text="x", blocks=[actions(button())])
    with pytest.raises(NotDone, match="operation_timeout"):
        await ana.clicks((await ana.dm())[-1], "Go")
    await ana.waits(lambda: _full(ana.notices, 1))


async def test_a_late_ack_of_a_command_is_a_timeout(app: App, people: People, workspace: Workspace) -> None:
    workspace.socket.ack_seconds = 0.1

    @app.bolt.command("/slow")
    async def slow(ack: Any) -> None:
        await asyncio.sleep(0.2)
        await ack("Too late")

    ana = await people.create("Ana")
    with pytest.raises(NotDone, match="/slow failed because the app did not respond"):
        await ana.says("", "/slow")
    assert await ana.dm() == []


async def test_a_command_without_an_app_is_not_dispatched(people: People) -> None:
    ana = await people.create("Ana")
    with pytest.raises(NotDone, match="dispatch_failed"):
        await ana.says("", "/study")


async def test_an_unknown_command_never_reaches_the_app(app: App, people: People) -> None:
    ana = await people.create("Ana")
    with pytest.raises(NotDone, match="unknown_command"):
        await ana.says("", "/nothing")
    assert not any("command" in body for body in app.heard)


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


async def test_options_are_asked_for_as_one_types(app: App, people: People) -> None:
    @app.bolt.options("topic")
    async def topics(ack: Any, payload: Json) -> None:
        await ack(options=[option(payload["value"] + "s")])

    ana = await people.create("Ana")
    select: Json = {"type": "external_select", "action_id": "topic"}
    await app.client.chat_postMessage(channel=ana.id, text="x", blocks=[actions(select)])
    found = await ana.asks_for_options((await ana.dm())[-1], "topic", "graph")
    assert [one["value"] for one in found] == ["graphs"]


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
    async with ana._doors._http.get(file["url_private"]) as picture:
        assert await picture.read() == b"\x89PNG pixels"


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
