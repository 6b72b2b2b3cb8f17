"""Modals and Home tabs of a Bolt app: opened, submitted, refused, closed."""

from __future__ import annotations

import re
from typing import Any

from bot.workspace.visitors.people import People
from tests.workspace.coach import App, open_form
from tests.workspace.shapes import (
    Json,
    actions,
    button,
    home,
    modal,
    question,
    section,
)

ANY = re.compile(r".*")


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
