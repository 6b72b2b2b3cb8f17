"""The doors of the page: who may knock, and what they find."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.server import Workspace
from bot.workspace.visitors.people import NotDone, People
from tests.workspace.coach import App
from tests.workspace.shapes import modal, question


@pytest.fixture
async def browser() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.com", ""])  # noqa: S104 - refused
def test_a_workspace_listens_on_loopback_only(host: str) -> None:
    with pytest.raises(ValueError, match="loopback"):
        Workspace(host=host)


async def test_names_that_only_point_here_are_refused(
    workspace: Workspace, browser: aiohttp.ClientSession
) -> None:
    for path in ("door/state", "api/auth.test", ""):
        url = workspace.page_url + path
        async with browser.get(url, headers={"Host": "evil.example:80"}) as answer:
            assert answer.status == 403
    async with browser.get(workspace.page_url + "door/state", headers={"Host": "localhost:1"}) as answer:
        assert answer.status == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
async def test_other_sites_cannot_reach_in(
    workspace: Workspace, browser: aiohttp.ClientSession, origin: str
) -> None:
    body = {"name": "Eve", "tz": "UTC"}
    async with browser.post(
        workspace.page_url + "door/people", json=body, headers={"Origin": origin}
    ) as answer:
        assert answer.status == 403
    own = workspace.page_url.rstrip("/")
    async with browser.post(workspace.page_url + "door/people", json=body, headers={"Origin": own}) as answer:
        assert answer.status == 200


async def test_malformed_requests_are_said_to_be_so(
    workspace: Workspace, browser: aiohttp.ClientSession
) -> None:
    url = workspace.page_url + "door/people"
    bodies: list[dict[str, Any]] = [{"data": {"name": "x"}}, {"json": [1]}, {"json": {}}]
    for body in bodies:
        async with browser.post(url, **body) as answer:
            assert answer.status == 400
            assert (await answer.json())["ok"] is False
    async with browser.get(workspace.page_url + "door/nowhere") as answer:
        assert answer.status == 404
    async with browser.get(workspace.page_url + "door/events?as=U999") as answer:
        assert answer.status == 403


async def test_the_page_and_its_parts_are_served(
    workspace: Workspace, browser: aiohttp.ClientSession
) -> None:
    async with browser.get(workspace.page_url) as page:
        assert page.status == 200
        assert (
            "script-src" in page.headers["Content-Security-Policy"]
            or "default-src 'self'" in page.headers["Content-Security-Policy"]
        )
    async with browser.get(workspace.page_url + "static/js/main.js") as script:
        assert script.status == 200
        assert "javascript" in script.headers["Content-Type"]


async def test_state_shows_what_one_member_may_see(people: People) -> None:
    ana, bo = await people.create("Ana", tz="Europe/Berlin"), await people.create("Bo")
    await ana.creates_channel("crew", topic="Together")
    await ana.creates_channel("secret", private=True)
    mine, theirs = await ana.state(), await bo.state()
    assert [room["name"] for room in mine["channels"]] == ["", "crew", "secret"]
    assert [(room["name"], room["joined"]) for room in theirs["channels"]] == [("", True), ("crew", False)]
    assert mine["app"]["commands"][0] == {
        "command": "/study",
        "description": "Study something",
        "usage_hint": "[topic]",
    }
    assert (mine["team"]["name"], mine["me"]["tz"], mine["travelling"]) == ("Crew", "Europe/Berlin", False)
    assert {row["name"] for row in mine["people"]} == {"Ana", "Bo", "Coach"}


async def test_unread_counts_what_others_said(people: People, client: AsyncWebClient) -> None:
    ana = await people.create("Ana")
    dm = await ana.dm_id()
    await ana.says(dm, "mine")
    await client.chat_postMessage(channel=dm, text="yours")
    assert [room["unread"] for room in (await ana.state())["channels"]] == [1]
    await ana._doors.knock("channel", {"as": ana.id, "channel": dm, "do": "read"})
    assert [room["unread"] for room in (await ana.state())["channels"]] == [0]


async def test_messages_are_read_in_pages(people: People) -> None:
    ana = await people.create("Ana")
    for number in range(5):
        await ana.says("", str(number))
    fields = {"as": ana.id, "channel": await ana.dm_id(), "limit": "2"}
    last = await ana._doors.look("messages", fields)
    assert [message["text"] for message in last["messages"]] == ["3", "4"]
    assert last["more"] is True
    before = await ana._doors.look("messages", {**fields, "limit": "9", "before": last["messages"][0]["ts"]})
    assert [message["text"] for message in before["messages"]] == ["0", "1", "2"]
    assert before["more"] is False


async def test_what_people_cannot_do_is_said_in_a_sentence(people: People) -> None:
    ana, bo = await people.create("Ana"), await people.create("Bo")
    room = await ana.creates_channel("crew")
    with pytest.raises(NotDone, match="Join #crew first"):
        await bo.says(room, "hello")
    secret = await ana.creates_channel("secret", private=True)
    with pytest.raises(NotDone, match="cannot see"):
        await bo.messages(secret)
    with pytest.raises(NotDone, match="already"):
        await bo.creates_channel("crew")
    with pytest.raises(NotDone, match="time zone"):
        await people.create("Eve", tz="Mars/Olympus")
    await ana.archives(room)
    with pytest.raises(NotDone, match="archived"):
        await ana.says(room, "hello")
    await bo.is_deactivated()
    with pytest.raises(NotDone, match="deactivated"):
        await bo.says("", "hello")


async def test_a_feed_tells_each_page_what_its_member_sees(people: People, client: AsyncWebClient) -> None:
    ana, bo = await people.create("Ana"), await people.create("Bo")
    await client.chat_postMessage(channel=ana.id, text="for Ana")
    await ana.waits_for_dm("for Ana")
    kinds = [event["type"] for event in ana.seen]
    assert "message" in kinds
    assert all(event["type"] != "message" for event in bo.seen)


@pytest.mark.parametrize(
    ("element", "given", "mistake"),
    [
        ({"type": "plain_text_input", "min_length": 3}, "ab", "at least 3"),
        ({"type": "plain_text_input", "max_length": 2}, "abc", "at most 2"),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "whole number"),
        ({"type": "number_input", "is_decimal_allowed": True, "min_value": "2"}, "1.5", "at least 2"),
        ({"type": "number_input", "is_decimal_allowed": True, "max_value": "2"}, "2.5", "at most 2"),
        ({"type": "number_input", "is_decimal_allowed": True}, "many", "valid number"),
        ({"type": "email_text_input"}, "ana", "email"),
        ({"type": "url_text_input"}, "ana", "URL"),
        (
            {"type": "checkboxes", "options": [{"text": {"type": "plain_text", "text": "A"}, "value": "a"}]},
            [],
            "required",
        ),
    ],
)
async def test_slack_checks_fields_before_the_app_hears_of_them(
    app: App, people: People, element: dict[str, Any], given: Any, mistake: str
) -> None:
    @app.bolt.command("/study")
    async def study(ack: Any, body: Any, client: Any) -> None:
        await ack()
        view = modal(question("Field", {**element, "action_id": "a"}, block_id="b"))
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    ana = await people.create("Ana")
    await ana.says("", "/study")
    result = await ana.submits(await ana.modal(), {"Field": given})
    assert mistake in result.errors["b"]
    assert not any(body.get("type") == "view_submission" for body in app.heard)
