"""What is wrong with one member costs the others nothing, and is made up for when it is put right."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.bot.conftest import OpenHouse
from tests.bot.house import CHANNEL, MONDAY, SUNDAY, House

MONDAY_POST = "Monday · week 1"
PLAN = "12-week-comprehensive"
LATER = timedelta(minutes=6)


@pytest.fixture
async def house(open_house: OpenHouse) -> House:
    return await open_house(SUNDAY)


async def test_a_timer_that_fails_leaves_the_others_alone_and_rings_again(house: House) -> None:
    house.complaints = ["timer day of m1 failed"]
    ana, bo, chen = await house.group("Ana", "Bo", "Chen")
    house.sql("UPDATE memberships SET timezone = 'Nowhere/At_All' WHERE user_id = ?", [ana.id])
    await house.travel("Monday 08:00")
    assert [len(house.posts(person, MONDAY_POST)) for person in (ana, bo, chen)] == [0, 1, 1]
    house.sql("UPDATE memberships SET timezone = 'Europe/Berlin' WHERE user_id = ?", [ana.id])
    await house.travel(LATER)
    assert [len(house.posts(person, MONDAY_POST)) for person in (ana, bo, chen)] == [1, 1, 1]


async def test_a_post_that_cannot_be_written_leaves_the_others_alone_and_is_tried_again(house: House) -> None:
    house.complaints = ["could not be composed"]
    ana, bo = await house.group("Ana", "Bo")
    house.sql("UPDATE enrolments SET plan = 'no-such-plan' WHERE membership_id = 1")
    await house.travel("Monday 08:00")
    assert [len(house.posts(person, MONDAY_POST)) for person in (ana, bo)] == [0, 1]
    house.sql("UPDATE enrolments SET plan = ?", [PLAN])
    await house.travel(LATER)
    assert [len(house.posts(person, MONDAY_POST)) for person in (ana, bo)] == [1, 1]


async def test_a_post_that_can_never_be_written_is_given_up(house: House) -> None:
    house.complaints = ["could not be composed"]
    await house.group("Ana")
    house.sql("UPDATE enrolments SET plan = 'no-such-plan'")
    await house.travel("Monday 08:00")
    for _ in range(6):
        await house.travel(LATER)
    monday = [row.state for row in await house.deliveries("day") if row.period == MONDAY.isoformat()]
    assert monday == ["failed"]


async def test_a_doubt_that_cannot_be_looked_up_is_held_and_leaves_the_others_alone(house: House) -> None:
    house.complaints = ["could not be looked up", "is held"]
    ana, bo = await house.group("Ana", "Bo")
    house.workspace.faults.next("chat.postMessage", "drop_before_accept", times=2)
    await house.travel("Monday 08:00")
    house.sql("UPDATE enrolments SET plan = 'no-such-plan' WHERE membership_id = 1")
    for _ in range(4):
        await house.travel(LATER)
    assert [len(house.posts(person, MONDAY_POST)) for person in (ana, bo)] == [0, 1]
    states = [row.state for row in await house.deliveries("day") if row.period == MONDAY.isoformat()]
    assert sorted(states) == ["held", "sent"]


async def test_a_message_that_cannot_be_redrawn_leaves_the_others_alone(house: House) -> None:
    house.complaints = ["could not be redrawn"]
    await house.group("Ana", "Bo")
    await house.travel("Monday 08:00")
    house.sql("UPDATE enrolments SET plan = 'no-such-plan' WHERE membership_id = 1")
    house.sql("UPDATE deliveries SET wanted = wanted + 1 WHERE kind = 'day' AND state = 'sent'")
    await house.settle()
    (_, bos) = [row for row in await house.deliveries("day") if row.state == "sent"]
    assert [update.ts for update in house.updates()][-1] == bos.ts


async def test_a_publication_that_fails_half_way_posts_nothing_and_is_made_whole_later(house: House) -> None:
    house.complaints = ["timer (scorecard of g1|checkin of m2|day of m2) failed"]
    ana, bo = await house.group("Ana", "Bo")
    await house.travel("Monday 08:00")
    await house.travel("Sunday 17:59")
    house.sql("UPDATE memberships SET timezone = 'Nowhere/At_All' WHERE id = 2")
    await house.travel("Sunday 18:00")  # Ana's card is written, then Bo's fails
    assert (house.posts(CHANNEL, "Week 48"), house.posts(ana, "Your week 1")) == ([], [])
    assert house.sql("SELECT count(*) FROM scorecards") == [(0,)]
    house.sql("UPDATE memberships SET timezone = 'Europe/Berlin'")
    await house.travel(LATER)
    assert len(house.posts(CHANNEL, "Week 48")) == 1
    assert [len(house.posts(person, "Your week 1")) for person in (ana, bo)] == [1, 1]


async def test_a_suggestion_that_cannot_be_made_costs_the_others_nothing(house: House) -> None:
    house.complaints = ["timer judged of m2 failed"]
    ana, bo = await house.group("Ana", "Bo")
    await house.travel("Monday 08:00")
    await house.travel("Sunday 17:59")
    house.sql("UPDATE enrolments SET track = 'no-such-track' WHERE membership_id = 2")
    await house.travel("Sunday 18:00")
    assert len(house.posts(CHANNEL, "Week 48")) == 1
    assert [len(house.posts(person, "Your week 1")) for person in (ana, bo)] == [1, 0]
    house.sql("UPDATE enrolments SET track = 'standard'")
    await house.travel(LATER)
    assert [len(house.posts(person, "Your week 1")) for person in (ana, bo)] == [1, 1]


async def test_a_redraw_that_cannot_be_written_is_made_when_it_can(house: House) -> None:
    house.complaints = ["could not be redrawn"]
    (ana,) = await house.group("Ana")
    await house.travel("Monday 08:00")
    post = await ana.waits_for_dm(MONDAY_POST)
    box = next(block["accessory"] for block in post["blocks"] if "accessory" in block)
    house.sql("UPDATE enrolments SET plan = 'no-such-plan'")
    await ana.ticks(post, [box["options"][0]["value"]])
    await house.settle()
    assert house.updates(post["ts"]) == []
    house.sql("UPDATE enrolments SET plan = ?", [PLAN])
    await house.travel(LATER)
    assert "1 of" in str(house.updates(post["ts"])[-1].payload["text"])
