"""Files that people put into forms: as strict as Slack, and private."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace.profile import AppProfile, Command
from bot.workspace.server import Workspace
from bot.workspace.visitors.knocking import NotDone
from bot.workspace.visitors.people import People, Person
from tests.workspace.coach import App
from tests.workspace.shapes import Json, modal, question

FORM = {"type": "file_input", "action_id": "value", "filetypes": ["toml", "png"], "max_files": 2}
NAMES = ("id", "name", "size", "mimetype", "filetype", "user", "mode", "file_access")


async def opened(app: App, people: People, element: Json = FORM) -> tuple[Person, Json]:
    """Ana in front of a form that asks for files."""

    @app.bolt.command("/study")
    async def study(ack: Any, body: Json, client: Any) -> None:
        await ack()
        view = modal(question("Plan", block_id="plan", element=element))
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    ana = await people.create("Ana")
    await ana.says("", "/study")
    return ana, await ana.modal()


async def fetch(address: str, token: str = "") -> tuple[int, str, bytes]:
    """What comes back from the address of a private file."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with aiohttp.ClientSession() as http, http.get(address, headers=headers) as response:
        return response.status, response.content_type, await response.read()


async def submitted(app: App, ana: Person, form: Json, files: dict[str, bytes]) -> list[Json]:
    """What the app hears of the files."""
    heard: list[Json] = []

    @app.bolt.view("form")
    async def take(ack: Any, view: Json) -> None:
        heard.append(view["state"]["values"]["plan"]["value"])
        await ack()

    result = await ana.submits(form, {"Plan": files})
    assert result.ok, result
    (state,) = heard
    assert state["type"] == "file_input"
    found: list[Json] = state["files"]
    return found


async def test_what_was_added_comes_with_the_submission_and_the_app_reads_it_with_its_token(
    app: App, people: People, workspace: Workspace
) -> None:
    ana, form = await opened(app, people)
    files = {"mine.toml": "slug = 'größer'".encode(), "map.png": b"\x89PNG\0"}
    plan, picture = await submitted(app, ana, form, files)
    assert [plan[name] for name in NAMES] == [
        *(plan["id"], "mine.toml", 17, "text/plain", "text", ana.id, "hosted", "visible")
    ]
    assert (picture["mimetype"], picture["filetype"]) == ("image/png", "png")
    assert "content" not in plan
    told = await app.client.files_info(file=plan["id"])
    assert told["file"] == plan
    for address in (plan["url_private"], plan["url_private_download"]):
        assert await fetch(address, workspace.bot_token) == (200, "text/plain", files["mine.toml"])
    assert await ana.downloads(plan) == files["mine.toml"]


@pytest.mark.parametrize("token", ["", "xoxb-somebody-else", "xapp-local"])
async def test_without_the_apps_token_a_private_address_shows_the_login_page(
    app: App, people: People, token: str
) -> None:
    ana, form = await opened(app, people)
    (file,) = await submitted(app, ana, form, {"mine.toml": b"slug = 'secret'"})
    status, kind, page = await fetch(file["url_private"], token)
    assert (status, kind) == (200, "text/html")
    assert b"secret" not in page


async def test_a_file_that_is_not_there_is_not_found(app: App, workspace: Workspace) -> None:
    with pytest.raises(SlackApiError, match="file_not_found"):
        await app.client.files_info(file="F999")
    address = f"{workspace.page_url}files/F999/x.toml"
    assert (await fetch(address, workspace.bot_token))[0] == 404


async def test_an_empty_required_input_and_too_many_files_are_put_right_first(
    app: App, people: People
) -> None:
    ana, form = await opened(app, people)
    assert (await ana.submits(form)).errors == {"plan": "Please complete this required field."}
    three = {f"{number}.toml": b"" for number in range(3)}
    assert (await ana.submits(form, {"Plan": three})).errors == {"plan": "Please add at most 2 files."}


@pytest.mark.parametrize(
    ("name", "size", "code"), [("mine.txt", 1, "file_type"), ("mine.toml", 10_000_001, "file_too_large")]
)
async def test_other_types_and_more_than_ten_megabytes_are_not_taken(
    app: App, people: People, name: str, size: int, code: str
) -> None:
    ana, form = await opened(app, people)
    with pytest.raises(NotDone) as refused:
        await ana.fills(form, {"Plan": {name: b"x" * size}})
    assert refused.value.code == code


async def test_somebody_elses_file_cannot_be_put_into_a_form(app: App, people: People) -> None:
    ana, form = await opened(app, people)
    await ana.fills(form, {"Plan": {"mine.toml": b"x"}})
    (file,) = (await ana.fresh(form))["state"]["values"]["plan"]["value"]["files"]
    bo = await people.create("Bo")
    await bo.says("", "/study")
    where = {"view_id": (await bo.modal())["id"], "block_id": "plan", "action_id": "value"}
    with pytest.raises(NotDone) as refused:
        await bo._knock("fill", **where, value=[file["id"]])
    assert refused.value.code == "stale"


async def test_a_file_stays_over_a_redrawing_with_the_same_ids(app: App, people: People) -> None:
    ana, form = await opened(app, people)
    await ana.fills(form, {"Plan": {"mine.toml": b"x"}})
    for block_id, names in (("plan", ["mine.toml"]), ("other", [])):
        view = modal(question("Plan", block_id=block_id, element=FORM))
        await app.client.views_update(view_id=form["id"], view=view)
        state = (await ana.fresh(form))["state"]["values"][block_id]["value"]
        assert [file["name"] for file in state["files"]] == names


async def test_an_app_without_the_scope_opens_no_such_form_and_reads_no_file() -> None:
    scopes = frozenset({"commands", "files:write"})
    profile = AppProfile(name="Coach", commands=(Command("/study"),), scopes=scopes)
    async with Workspace(profile=profile) as workspace, People(workspace.page_url) as people:
        client = AsyncWebClient(token=workspace.bot_token, base_url=workspace.api_url, retry_handlers=[])
        ana = await people.create("Ana")
        trigger = workspace.team.triggers.hand_out(ana.id)
        with pytest.raises(SlackApiError) as refused:
            await client.views_open(trigger_id=trigger, view=modal(question(element=FORM)))
        assert (refused.value.response["error"], refused.value.response["needed"]) == (
            *("missing_scope", "files:read"),
        )
        with pytest.raises(SlackApiError, match="missing_scope"):
            await client.files_info(file="F001")
        address = f"{workspace.page_url}files/F001/x.toml"
        assert (await fetch(address, workspace.bot_token))[1] == "text/html"


async def test_fetching_a_file_meets_planned_troubles(app: App, people: People, workspace: Workspace) -> None:
    ana, form = await opened(app, people)
    (file,) = await submitted(app, ana, form, {"mine.toml": b"x"})
    workspace.faults.next("files", "status", status=503)
    assert (await fetch(file["url_private"], workspace.bot_token))[0] == 503
    assert (await fetch(file["url_private"], workspace.bot_token))[2] == b"x"
