"""The week as a picture: uploaded, shown, drawn anew at the close; never a reason for no post or for two."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.pictures.canvas import WIDTH
from bot.workspace.state.files import content_of
from bot.workspace.visitors.people import Person
from tests.bot.conftest import OpenHouse
from tests.bot.house import CHANNEL, SUNDAY, House
from tests.bot.members import asks, day_post, finishes, finishes_all

ROOT = Path(__file__).parents[2]
POST, UPDATE = "chat.postMessage", "chat.update"
PLACE, COMPLETE = "files.getUploadURLExternal", "files.completeUploadExternal"
BAR = "█"
Json = dict[str, Any]


@pytest.fixture
async def house(open_house: OpenHouse) -> House:
    return await open_house(SUNDAY)


@pytest.fixture
async def ana(house: House) -> Person:
    """A member a minute before the first scorecard, with four goals done."""
    (ana,) = await house.group("Ana", sharing="full")
    await house.travel("Tuesday 08:00")
    await finishes(ana, await day_post(ana, "Tuesday"))
    await house.travel("Sunday 17:59")
    return ana


def picture(payload: Json) -> Json | None:
    """The image block of a message."""
    return next((block for block in payload["blocks"] if block["type"] == "image"), None)


def shown(house: House, payload: Json) -> Json:
    """The file that a message shows."""
    block = picture(payload)
    assert block is not None
    file: Json = house.workspace.team.files[block["slack_file"]["id"]]
    return file


def kept(house: House, kind: str) -> list[str]:
    """The files that are written down for the messages of a kind."""
    rows = house.sql("SELECT pictures FROM deliveries WHERE kind = ?", [kind])
    return [file_id for (pictures,) in rows for file_id in json.loads(pictures)]


async def test_a_week_is_published_with_a_picture_for_the_group_and_one_for_each_member(
    house: House, ana: Person
) -> None:
    await house.travel("Sunday 18:00")
    (post,), (card,) = house.posts(CHANNEL, "Week 48"), house.posts(ana, "Your week 1")
    for payload, about in ((post.payload, "Goals met by the group: week 48"), (card.payload, "Your week, ")):
        file = shown(house, payload)
        assert content_of(file).startswith(b"\x89PNG")
        assert int.from_bytes(content_of(file)[16:20]) == WIDTH
        block = picture(payload)
        assert block is not None
        assert block["alt_text"].startswith(about)
        assert BAR not in str(payload["blocks"])
    assert kept(house, "scorecard") == [shown(house, post.payload)["id"]]


async def test_the_group_picture_says_nothing_of_who_is_in_it(house: House) -> None:
    await house.group("Ana", "Bo", answers={"Ana": {"sharing": "full"}, "Bo": {"sharing": "private"}})
    await house.travel("2026-12-06 18:00")
    post = house.posts(CHANNEL, "Week 49")[-1]
    block = picture(post.payload)
    assert block is not None
    assert "week 48 0 %, week 49 0 %" in block["alt_text"]
    assert not any(name in block["alt_text"] for name in ("Ana", "Bo"))


async def test_what_is_done_on_sunday_evening_makes_another_picture_and_the_older_one_goes(
    house: House, ana: Person
) -> None:
    await house.travel("Sunday 18:00")
    (post,) = house.posts(CHANNEL, "Week 48")
    before = shown(house, post.payload)
    await finishes_all(house, ana)
    await house.travel("Monday 00:01")
    after = shown(house, house.updates(post.ts)[-1].payload)
    assert after["id"] != before["id"]
    assert kept(house, "scorecard") == [after["id"]]
    assert before["id"] not in house.workspace.team.files


async def test_a_week_that_closes_as_it_was_keeps_its_picture(house: House, ana: Person) -> None:
    await house.travel("Sunday 18:00")
    (post,) = house.posts(CHANNEL, "Week 48")
    (card,) = house.posts(ana, "Your week 1")
    await house.travel("Monday 00:01")
    for message in (post, card):
        assert shown(house, house.updates(message.ts)[-1].payload) == shown(house, message.payload)


@pytest.mark.parametrize(
    ("method", "trouble", "options"),
    [
        (PLACE, "error", {"error": "missing_scope"}),
        (PLACE, "ratelimited", {"retry_after": 30}),
        (COMPLETE, "status", {"status": 500}),
        (COMPLETE, "drop_after_accept", {}),
    ],
)
async def test_without_an_upload_the_week_is_published_in_letters(
    house: House, ana: Person, method: str, trouble: Any, options: Json
) -> None:
    house.workspace.faults.next(method, trouble, times=2, **options)
    await house.travel("Sunday 18:00")
    (post,), (card,) = house.posts(CHANNEL, "Week 48"), house.posts(ana, "Your week 1")
    assert picture(post.payload) is picture(card.payload) is None
    assert "table" in {block["type"] for block in post.payload["blocks"]}
    assert BAR in str(card.payload["blocks"])
    assert {row.attempt for row in await house.deliveries("scorecard")} == {1}


@pytest.mark.usefixtures("ana")
async def test_a_slack_that_knows_no_uploads_gets_the_week_in_letters(house: House) -> None:
    house.refusals.add("unknown_method")
    house.workspace.faults.without(PLACE)
    await house.travel("Sunday 18:00")
    (post,) = house.posts(CHANNEL, "Week 48")
    assert picture(post.payload) is None


NOT_THERE = {"messages": ["[ERROR] invalid slack file [json-pointer:/blocks/2/slack_file]"]}


@pytest.mark.usefixtures("ana")
@pytest.mark.parametrize(("refusals", "pictured"), [(1, True), (2, False)])
async def test_a_picture_that_is_not_ready_is_tried_again_once_and_then_left_out(
    house: House, refusals: int, *, pictured: bool
) -> None:
    house.workspace.faults.next(
        POST, "error", times=refusals, error="invalid_blocks", response_metadata=NOT_THERE
    )
    await house.travel("Sunday 18:00")
    (post,) = house.posts(CHANNEL, "Week 48")
    assert (picture(post.payload) is not None) is pictured
    assert "table" in {block["type"] for block in post.payload["blocks"]}


async def test_a_redraw_whose_picture_is_refused_is_drawn_in_letters(house: House, ana: Person) -> None:
    await house.travel("Sunday 18:00")
    (post,), (card,) = house.posts(CHANNEL, "Week 48"), house.posts(ana, "Your week 1")
    for message in (post, card):  # somebody who may has deleted the files
        house.workspace.team.drop_file(shown(house, message.payload)["id"])
    house.refusals.add("invalid_blocks")
    await house.travel("Monday 00:01")
    for message in (post, card):
        (redrawn,) = house.updates(message.ts)
        assert picture(redrawn.payload) is None
    assert BAR in str(house.updates(card.ts)[-1].payload)


# A bot that dies with a picture in its hands


@asynccontextmanager
async def a_bot_of_its_own(house: House) -> AsyncIterator[asyncio.subprocess.Process]:
    """A bot in another process, on the time of the house; killed at the end."""
    offset = str(house.workspace.clock.offset.total_seconds())
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.bot.mortal",
        house.workspace.api_url,
        house.database,
        offset,
        cwd=ROOT,
    )
    try:
        yield process
    finally:
        process.kill()
        await process.wait()


@pytest.mark.parametrize(("trouble", "accepted"), [("hang_before_accept", 0), ("hang_after_accept", 1)])
async def test_a_bot_that_dies_after_the_upload_has_posted_once_in_the_end(
    house: House, ana: Person, trouble: Any, accepted: int
) -> None:
    await house.stop_bot()
    await house.travel("Sunday 18:00")
    house.workspace.faults.next(POST, trouble)

    async def happened() -> bool | None:
        return (POST, trouble) in house.workspace.faults.happened or None

    async with a_bot_of_its_own(house):
        await ana.waits(happened, timeout=90)  # a process of its own takes its time to begin
    assert len(house.posts(CHANNEL, "Week 48")) == accepted
    uploaded = kept(house, "scorecard")
    assert len(uploaded) == 1
    await house.start_bot()
    for _ in range(2):  # past the lease, past the doubt
        await house.travel(timedelta(minutes=4))
    (post,) = house.posts(CHANNEL, "Week 48")
    assert [shown(house, post.payload)["id"]] == uploaded == kept(house, "scorecard")


async def test_who_is_forgotten_takes_their_pictures_along(house: House, ana: Person) -> None:
    await house.travel("Sunday 18:00")
    (card,) = house.posts(ana, "Your week 1")
    file = shown(house, card.payload)
    await ana.clicks(await asks(ana, "/prep forget me"), "data_forget_now")
    await house.settle()
    assert file["id"] not in house.workspace.team.files
