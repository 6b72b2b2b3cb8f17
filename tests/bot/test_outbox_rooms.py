"""Letters to several people, and files that come along: once each, whatever Slack answers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.outbox import Attachment, Letter
from bot.store import deliveries
from bot.store.tables import Delivery
from bot.views.message import Message, built, section
from bot.workspace.visitors.people import Person
from tests.bot.house import House

OPEN, POST, HISTORY = "conversations.open", "chat.postMessage", "conversations.history"
PROMISE, SHOW = "files.getUploadURLExternal", "files.completeUploadExternal"
SETTLED = timedelta(minutes=4)  # longer than a doubt is left to settle
WORDS = "Something for the two of you."
FILE = Attachment("plan.ics", b"BEGIN:VCALENDAR", "The plan")


@pytest.fixture
async def two(house: House) -> list[Person]:
    """Two people with whom the app has no conversation of three yet."""
    return [await house.person("Ana"), await house.person("Bo")]


async def owe(house: House, two: list[Person], file: Attachment | None = None) -> None:
    """Let the bot owe both of them one message, and do all that it can do now."""
    outbox = house.bot.outbox

    async def compose(_session: AsyncSession, delivery: Delivery, _now: Any) -> Letter:
        to = delivery.channel or ",".join(person.id for person in two)
        return Letter(to, Message(WORDS, built([section(WORDS)])), file)

    outbox._compose = {**outbox._compose, "both": compose}
    async with house.bot.database.write() as session:
        await deliveries.owe(
            session,
            "both",
            workspace_id="T1",
            whom="s1",
            period="1",
            due_at=house.now,
            expires_at=house.now + timedelta(days=1),
        )
    await house.settle()


async def state(house: House) -> str:
    (row,) = await house.deliveries("both")
    return row.state


async def test_a_letter_to_two_people_is_one_message_in_a_conversation_of_their_own(
    house: House, two: list[Person]
) -> None:
    await owe(house, two)
    (post,) = house.posts(two, WORDS)
    for person in two:
        assert any(message["ts"] == post.ts for message in await person.messages(house.place(two)))
        assert not house.posts(person, WORDS)
    (row,) = await house.deliveries("both")
    assert (row.state, row.channel, row.ts) == ("sent", house.place(two), post.ts)


async def test_a_redraw_of_a_letter_to_two_people_changes_the_message_in_their_conversation(
    house: House, two: list[Person]
) -> None:
    await owe(house, two)
    async with house.bot.database.write() as session:
        await deliveries.want_redraw(session, "both", "s1", "1")
    await house.settle()
    (update,) = house.updates()
    assert update.channel == house.place(two)


@pytest.mark.parametrize(
    ("method", "trouble", "options"),
    [
        (OPEN, "error", {"error": "internal_error"}),
        (OPEN, "status", {"status": 200}),
        (POST, "drop_before_accept", {}),
        (POST, "drop_after_accept", {}),
        (POST, "error", {"error": "fatal_error", "after": True}),
    ],
)
async def test_whatever_is_lost_on_the_way_both_have_the_letter_once_in_the_end(
    house: House, two: list[Person], method: str, trouble: Any, options: dict[str, Any]
) -> None:
    house.workspace.faults.next(method, trouble, times=2 if method == OPEN else 1, **options)
    await owe(house, two)
    for _ in range(2):
        await house.travel(SETTLED)
    assert (len(house.posts(two, WORDS)), await state(house)) == (1, "sent")


async def test_a_letter_to_somebody_who_is_deactivated_is_given_up_and_not_tried_for_ever(
    house: House, two: list[Person]
) -> None:
    house.refusals.add("user_disabled")
    await two[1].is_deactivated()
    await owe(house, two)
    assert await state(house) == "failed"


async def test_a_file_comes_once_with_its_bytes_and_its_comment(house: House, two: list[Person]) -> None:
    await owe(house, two, FILE)
    assert house.files(two) == [FILE.content]
    (message,) = await two[0].messages(house.place(two))
    assert (message["text"], message["files"][0]["title"]) == (WORDS, FILE.title)
    assert not house.posts(two)


@pytest.mark.parametrize(
    ("method", "trouble", "options"),
    [
        (PROMISE, "drop_before_accept", {}),
        (PROMISE, "status", {"status": 503, "after": True}),
        (SHOW, "drop_before_accept", {}),
        (SHOW, "drop_after_accept", {}),
        (SHOW, "hang_after_accept", {}),
        (SHOW, "status", {"status": 500, "after": True}),
        (SHOW, "error", {"error": "internal_error", "after": True}),
        (SHOW, "ratelimited", {"retry_after": 30}),
    ],
)
async def test_a_file_whose_answer_was_lost_is_there_once_in_the_end(
    house: House, two: list[Person], method: str, trouble: Any, options: dict[str, Any]
) -> None:
    house.workspace.faults.next(method, trouble, **options)
    await owe(house, two, FILE)
    for _ in range(2):
        await house.travel(SETTLED)
    assert (house.files(two), await state(house)) == ([FILE.content], "sent")


async def test_a_file_in_doubt_is_known_by_its_id_where_history_gives_no_metadata(
    house: House, two: list[Person]
) -> None:
    house.workspace.faults.no_metadata = True
    house.workspace.faults.next(SHOW, "drop_before_accept")
    await owe(house, two)
    await owe_another_file(house, two)
    await house.travel(SETTLED)
    assert house.files(two) == [FILE.content]


async def owe_another_file(house: House, two: list[Person]) -> None:
    """A file of another delivery in the conversation where a message stands already."""
    house.sql("UPDATE deliveries SET period = '0' WHERE kind = 'both'")
    await owe(house, two, FILE)


async def test_a_file_of_ours_is_not_mistaken_for_a_message_in_doubt(house: House, two: list[Person]) -> None:
    await owe(house, two, FILE)
    house.sql("UPDATE deliveries SET period = '0', ts = NULL WHERE kind = 'both'")
    house.workspace.faults.no_metadata = True
    house.workspace.faults.next(POST, "drop_before_accept")
    await owe(house, two)
    await house.travel(SETTLED)
    assert len(house.posts(two, WORDS)) == 1


async def test_a_file_is_held_when_nobody_can_tell_whether_it_was_shown(
    house: House, two: list[Person]
) -> None:
    house.complaints = [r"is held: nobody can tell"]
    house.workspace.faults.next(SHOW, "drop_after_accept")
    house.workspace.faults.next(HISTORY, "html", times=20, status=200)
    await owe(house, two, FILE)
    for _ in range(3):
        await house.travel(SETTLED)
    assert (house.files(two), await state(house)) == ([FILE.content], "held")
