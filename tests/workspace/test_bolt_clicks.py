"""Clicks in messages of a Bolt app: what they carry and what can answer them."""

from __future__ import annotations

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
    option,
    options,
    plain,
)

ANY = re.compile(r".*")


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


async def test_an_action_nobody_hears_is_an_error_in_front_of_the_person(
    app: App, people: People, workspace: Workspace
) -> None:
    workspace.socket.ack_seconds = 0.1
    ana = await people.create("Ana")
    await app.client.chat_postMessage(channel=ana.id, text="x", blocks=[actions(button())])
    with pytest.raises(NotDone, match="operation_timeout"):
        await ana.clicks((await ana.dm())[-1], "Go")
    await ana.waits(lambda: _full(ana.notices, 1))


async def test_options_are_asked_for_as_one_types(app: App, people: People) -> None:
    @app.bolt.options("topic")
    async def topics(ack: Any, payload: Json) -> None:
        await ack(options=[option(payload["value"] + "s")])

    ana = await people.create("Ana")
    select: Json = {"type": "external_select", "action_id": "topic"}
    await app.client.chat_postMessage(channel=ana.id, text="x", blocks=[actions(select)])
    found = await ana.asks_for_options((await ana.dm())[-1], "topic", "graph")
    assert [one["value"] for one in found] == ["graphs"]


async def _full(things: list[Any], number: int) -> bool | None:
    return len(things) >= number or None
