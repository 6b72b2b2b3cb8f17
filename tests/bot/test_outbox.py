"""Lost answers, refusals, limits: whatever Slack does, a message is there once, or held; never twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.outbox import Letter
from bot.store.tables import Delivery
from bot.workspace.visitors.people import Person
from tests.bot.conftest import OpenHouse
from tests.bot.house import MONDAY, SUNDAY, House

POST, UPDATE, HISTORY = "chat.postMessage", "chat.update", "conversations.history"
SETTLED = timedelta(minutes=4)  # longer than a doubt is left to settle
HELD = r"is held: nobody can tell"
MONDAY_POST = "Monday · week 1"


@pytest.fixture
async def house(open_house: OpenHouse) -> House:
    """A house that opens the day before the plans begin."""
    return await open_house(SUNDAY)


@pytest.fixture
async def ana(house: House) -> Person:
    """A member, a minute before her first post."""
    (person,) = await house.group("Ana")
    await house.travel("Monday 07:59")
    return person


async def monday(house: House) -> Delivery:
    """What the bot knows of the first day's post."""
    return next(row for row in await house.deliveries("day") if row.period == MONDAY.isoformat())


async def state_of_day(house: House) -> str:
    """What the bot believes of the first day's post."""
    return (await monday(house)).state


ACCEPTED = [
    ("drop_after_accept", {}),
    ("hang_after_accept", {}),
    ("status", {"status": 500, "after": True}),
    ("status", {"status": 503, "after": True}),
    ("status", {"status": 200, "after": True}),  # a 200 that is no JSON
    ("html", {"status": 200, "after": True}),
    ("error", {"error": "internal_error", "after": True}),
    ("error", {"error": "fatal_error", "after": True}),
    ("error", {"error": "request_timeout", "after": True}),
]
NOT_ACCEPTED = [
    ("drop_before_accept", {}),
    ("hang_before_accept", {}),
    ("status", {"status": 503}),
    ("html", {"status": 200}),
    ("error", {"error": "internal_error"}),
    ("error", {"error": "service_unavailable"}),
]


@pytest.mark.parametrize(("trouble", "options"), ACCEPTED)
async def test_an_accepted_message_whose_answer_was_lost_is_found_again(
    house: House, ana: Person, trouble: Any, options: dict[str, Any]
) -> None:
    house.workspace.faults.next(POST, trouble, **options)
    await house.travel("Monday 08:00")
    assert await state_of_day(house) == "unknown"
    await house.travel(SETTLED)
    assert await state_of_day(house) == "sent"
    (post,) = house.posts(ana, MONDAY_POST)
    assert (await monday(house)).ts == post.ts


@pytest.mark.parametrize(("trouble", "options"), NOT_ACCEPTED)
async def test_a_message_that_was_never_accepted_is_sent_once_after_the_doubt_has_settled(
    house: House, ana: Person, trouble: Any, options: dict[str, Any]
) -> None:
    house.workspace.faults.next(POST, trouble, **options)
    await house.travel("Monday 08:00")
    await house.travel(timedelta(minutes=2))
    assert (house.posts(ana, MONDAY_POST), await state_of_day(house)) == ([], "unknown")
    await house.travel(timedelta(minutes=2))
    assert (len(house.posts(ana, MONDAY_POST)), await state_of_day(house)) == (1, "sent")


async def test_history_that_lags_behind_does_not_make_a_second_message(house: House, ana: Person) -> None:
    house.workspace.faults.history_lag_seconds = 30
    house.workspace.faults.next(POST, "drop_after_accept")
    await house.travel("Monday 08:00")
    await house.travel(SETTLED)
    assert (len(house.posts(ana, MONDAY_POST)), await state_of_day(house)) == (1, "sent")


async def test_a_message_is_held_when_history_cannot_be_read(house: House, ana: Person) -> None:
    house.complaints = [HELD]
    house.workspace.faults.next(POST, "drop_after_accept")
    house.workspace.faults.next(HISTORY, "html", times=20, status=200)
    await house.travel("Monday 08:00")
    await house.travel(SETTLED)
    assert await state_of_day(house) == "unknown"
    for _ in range(2):
        await house.travel(timedelta(minutes=2))
    assert await state_of_day(house) == "held"
    house.workspace.faults.clear()
    await house.travel("Tuesday 08:00")
    assert len(house.posts(ana, MONDAY_POST)) == 1
    assert len(house.posts(ana, "Tuesday · week 1")) == 1


@pytest.mark.parametrize("trouble", ["drop_after_accept", "drop_before_accept"])
async def test_without_a_history_a_doubtful_message_is_held(house: House, ana: Person, trouble: Any) -> None:
    house.complaints = [HELD]
    house.refusals.add("unknown_method")
    house.workspace.faults.without(HISTORY)
    house.workspace.faults.next(POST, trouble)
    await house.travel("Monday 08:00")
    for _ in range(3):
        await house.travel(SETTLED)
    accepted = 1 if trouble == "drop_after_accept" else 0
    assert (len(house.posts(ana, MONDAY_POST)), await state_of_day(house)) == (accepted, "held")


@pytest.mark.parametrize("trouble", ["drop_after_accept", "drop_before_accept"])
async def test_a_history_without_metadata_is_enough_to_tell(house: House, ana: Person, trouble: Any) -> None:
    house.workspace.faults.no_metadata = True
    house.workspace.faults.next(POST, trouble)
    await house.travel("Monday 08:00")
    await house.travel(SETTLED)
    assert (len(house.posts(ana, MONDAY_POST)), await state_of_day(house)) == (1, "sent")


async def test_a_reply_of_the_bots_is_not_mistaken_for_the_message_in_doubt(
    house: House, ana: Person
) -> None:
    house.workspace.faults.next(POST, "drop_before_accept")
    await house.travel("Monday 08:00")
    await ana.says("", "/prep settings")
    await house.submits(ana, await ana.modal("My settings"), {"hours": 9})
    await ana.waits_for_dm("Saved")
    await house.travel(SETTLED)
    assert len(house.posts(ana, MONDAY_POST)) == 1


async def test_a_sender_that_paused_past_its_lease_does_not_call_any_more(house: House, ana: Person) -> None:
    outbox = house.bot.outbox
    writes = dict(outbox._compose)

    async def writes_slowly(session: AsyncSession, delivery: Delivery, now: datetime) -> Letter | None:
        letter = await writes["day"](session, delivery, now)
        house.workspace.clock.move_to(house.now + timedelta(seconds=55))  # five seconds of the lease are left
        return letter

    outbox._compose = {**writes, "day": writes_slowly}
    await house.travel("Monday 08:00")
    assert (house.posts(ana, MONDAY_POST), await state_of_day(house)) == ([], "sending")
    outbox._compose = writes
    await house.travel(SETTLED)
    assert (len(house.posts(ana, MONDAY_POST)), await state_of_day(house)) == (1, "sent")


# Limits


@pytest.mark.parametrize(
    ("retry_after", "too_early", "in_time"),
    [
        (30, 25, 35),
        (None, 25, 35),  # unsaid: half a minute
        ("abc", 25, 35),
        (10**9, 25, 35),
        (500_000, 60 * 14, 60 * 16),  # more than a quarter of an hour is not believed
    ],
)
async def test_a_limited_message_waits_as_long_as_slack_asks_within_reason(
    house: House, ana: Person, retry_after: Any, too_early: int, in_time: int
) -> None:
    house.workspace.faults.next(POST, "ratelimited", retry_after=retry_after)
    await house.travel("Monday 08:00")
    day = await monday(house)
    assert (day.state, day.not_before - house.now < timedelta(seconds=in_time)) == ("planned", True)
    assert day.not_before > house.at("2026-11-23 08:00") + timedelta(seconds=too_early)
    assert not house.posts(ana, MONDAY_POST)
    await house.travel(timedelta(seconds=in_time))
    assert (len(house.posts(ana, MONDAY_POST)), await state_of_day(house)) == (1, "sent")


async def test_one_limited_member_does_not_delay_the_others(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    await house.travel("Monday 07:59")
    house.workspace.faults.next(POST, "ratelimited", retry_after=600)
    await house.travel("Monday 08:00")
    assert len(house.posts(ana, MONDAY_POST)) + len(house.posts(bo, MONDAY_POST)) == 1
    await house.travel("Monday 08:11")
    assert (len(house.posts(ana, MONDAY_POST)), len(house.posts(bo, MONDAY_POST))) == (1, 1)


async def test_a_revoked_token_keeps_the_post_until_it_works_again(house: House, ana: Person) -> None:
    house.workspace.faults.next(POST, "error", times=2, error="token_revoked")
    await house.travel("Monday 08:00")
    await house.travel(timedelta(minutes=20))
    assert (len(house.posts(ana, MONDAY_POST)), await state_of_day(house)) == (1, "sent")


async def test_a_message_that_slack_will_never_accept_is_not_tried_again(house: House, ana: Person) -> None:
    house.workspace.faults.next(POST, "error", error="restricted_action")
    await house.travel("Monday 08:00")
    await house.travel("Monday 20:00")
    assert (house.posts(ana, MONDAY_POST), await state_of_day(house)) == ([], "failed")


async def test_sending_goes_on_when_a_locked_database_is_free_again(
    house: House, ana: Person, caplog: pytest.LogCaptureFixture
) -> None:
    house.complaints = [
        "this round of sending failed",
        "this minute's pulse failed",
        "this round of Homes failed",
    ]
    house.workspace.faults.next(POST, "ratelimited", retry_after=30)
    await house.travel("Monday 08:00")
    with house.locked():
        house.workspace.clock.move_to(house.now + timedelta(seconds=60))
        await ana.waits(lambda: _complained(caplog))
        assert not house.posts(ana, MONDAY_POST)
    await ana.waits_for_dm(MONDAY_POST)


async def _complained(caplog: pytest.LogCaptureFixture) -> bool | None:
    return "this round of sending failed" in caplog.messages or None


# Redrawing


async def test_a_redraw_that_was_limited_comes_later_also_after_a_restart(house: House, ana: Person) -> None:
    await house.travel("Monday 08:00")
    post = await ana.waits_for_dm(MONDAY_POST)
    house.workspace.faults.next(UPDATE, "ratelimited", retry_after=60)
    await ana.ticks(post, [_first_goal(post)])
    await house.settle()
    assert house.updates(post["ts"]) == []
    await house.restart_bot()
    await house.travel(timedelta(seconds=70))
    assert "1 of" in _last_words(house, post)


async def test_ticks_that_come_while_a_redraw_waits_become_one_redraw(house: House, ana: Person) -> None:
    await house.travel("Monday 08:00")
    post = await ana.waits_for_dm(MONDAY_POST)
    goals = _goals(post)
    house.workspace.faults.next(UPDATE, "ratelimited", retry_after=60)
    for goal in goals:
        await ana.ticks(post, [goal])
    await house.settle()
    await house.travel(timedelta(seconds=70))
    assert len(house.updates(post["ts"])) == 1
    assert f"All {len(goals)} done" in _last_words(house, post)


async def test_a_tick_during_a_redraw_is_drawn_too(house: House, ana: Person) -> None:
    await house.travel("Monday 08:00")
    post = await ana.waits_for_dm(MONDAY_POST)
    house.workspace.faults.next(UPDATE, "slow", seconds=0.5)
    for goal in _goals(post)[:2]:  # the second tick arrives while the first one's redraw is under way
        await ana.ticks(post, [goal])
    await house.settle()
    assert "2 of" in _last_words(house, post)


@pytest.mark.parametrize(
    ("trouble", "options"),
    [
        ("drop_before_accept", {}),
        ("drop_after_accept", {}),
        ("status", {"status": 503}),
        ("error", {"error": "internal_error"}),
    ],
)
async def test_a_redraw_that_failed_is_made_again(
    house: House, ana: Person, trouble: Any, options: dict[str, Any]
) -> None:
    await house.travel("Monday 08:00")
    post = await ana.waits_for_dm(MONDAY_POST)
    house.workspace.faults.next(UPDATE, trouble, **options)
    await ana.ticks(post, [_first_goal(post)])
    await house.settle()
    await house.travel(timedelta(minutes=1))
    assert "1 of" in _last_words(house, post)
    day = await monday(house)
    assert day.drawn == day.wanted


def _goals(post: dict[str, Any]) -> list[str]:
    boxes = [block["accessory"] for block in post["blocks"] if "accessory" in block]
    return [option["value"] for box in boxes for option in box["options"]]


def _first_goal(post: dict[str, Any]) -> str:
    return _goals(post)[0]


def _last_words(house: House, post: dict[str, Any]) -> str:
    return str(house.updates(post["ts"])[-1].payload["text"])
