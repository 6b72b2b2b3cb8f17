"""Two bots on one database: they share the work and never do it twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.running import Bot
from tests.bot.conftest import OpenHouse
from tests.bot.house import SUNDAY, House
from tests.bot.members import day_post, goal_texts, ticked

NAMES = ("Ana", "Bo", "Chen", "Dee", "Eli")


@pytest.fixture
async def house(open_house: OpenHouse) -> House:
    return await open_house(SUNDAY)


@pytest.fixture
async def second(house: House) -> AsyncIterator[Bot]:
    bot = house.another_bot()
    async with bot:
        yield bot


async def both_arrive(house: House, second: Bot, when: str) -> None:
    """Move the clock and let both bots do at the same time what is due."""
    house.workspace.clock.move_to(house.at(when))
    await asyncio.gather(house.bot.schedule.arrive(), second.schedule.arrive())


async def test_two_bots_post_each_day_once(house: House, second: Bot) -> None:
    persons = await house.group(*NAMES)
    for day in ("Monday", "Tuesday", "Wednesday"):
        await both_arrive(house, second, f"{day} 08:00")
        assert [len(house.posts(person, f"{day} · week 1")) for person in persons] == [1] * len(NAMES)


async def test_two_bots_publish_a_week_once(house: House, second: Bot) -> None:
    persons = await house.group(*NAMES)
    for when in ("Monday 08:00", "Saturday 18:00", "Sunday 18:00", "Monday 00:00"):
        await both_arrive(house, second, when)
    assert len(house.posts("#staff-prep", "Week 48")) == 1
    assert [len(house.posts(person, "Your week 1")) for person in persons] == [1] * len(NAMES)


async def test_one_bot_settles_what_the_other_left_in_doubt(house: House, second: Bot) -> None:
    (ana,) = await house.group("Ana")
    house.workspace.faults.next("chat.postMessage", "drop_after_accept")
    house.workspace.clock.move_to(house.at("Monday 08:00"))
    await house.bot.schedule.arrive()
    house.workspace.clock.move_to(house.now + timedelta(minutes=4))
    await asyncio.gather(second.schedule.arrive(), house.bot.schedule.arrive())
    assert len(house.posts(ana, "Monday · week 1")) == 1
    assert "unknown" not in {row.state for row in await house.deliveries()}


async def test_a_click_reaches_one_of_two_bots_and_counts(house: House, second: Bot) -> None:
    (ana,) = await house.group("Ana")
    await both_arrive(house, second, "Monday 08:00")
    post = await ana.waits_for_dm("Monday · week 1")
    goals = [option["value"] for block in post["blocks"] for option in _options(block)][:4]
    for goal in goals:  # envelopes go to the two connections in turn
        await ana.ticks(post, [goal])
    await ana.waits_for_dm(f"{len(goals)} of")


async def test_of_two_bots_that_publish_a_home_at_once_neither_leaves_an_older_page(
    house: House, second: Bot
) -> None:
    (ana,) = await house.group("Ana")
    await both_arrive(house, second, "Monday 08:00")
    home, post = await ana.home("0 of "), await day_post(ana)
    goals, happened = goal_texts(post), house.workspace.faults.happened
    house.workspace.faults.next("views.publish", "slow", seconds=2)
    await ana.ticks(post, goals[:1])

    async def is_slow() -> bool | None:
        return ("views.publish", "slow") in happened or None

    async def has_arrived() -> bool | None:
        pages = [
            write.payload["view"] for write in house.workspace.accepted if write.method == "views.publish"
        ]
        return goals[:1] in [ticked(page) for page in pages] or None

    async def is_newest() -> bool | None:
        return ticked(await ana.fresh(home)) == goals[:2] or None

    await ana.waits(is_slow)  # one bot is publishing the first tick; the second one goes to the other
    await ana.ticks(await ana.fresh(post), goals[1:2])
    await ana.waits(has_arrived)
    await ana.waits(is_newest)


def _options(block: dict[str, dict[str, list[dict[str, str]]]]) -> list[dict[str, str]]:
    return block.get("accessory", {}).get("options", [])
