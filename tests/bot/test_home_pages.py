"""App Homes that follow what happens: looked at often, published only where something has changed."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.workspace.visitors.people import Person, words
from tests.bot.house import House
from tests.bot.members import asks, boxes, day_post, goal_texts, hears, ticked

Json = dict[str, Any]
TODAY = "Technical baseline"  # what the plan's first Tuesday is about


def published(house: House, person: Person) -> int:
    """How many Homes Slack has accepted for this person."""
    writes = [write for write in house.workspace.accepted if write.method == "views.publish"]
    return sum(write.payload["user_id"] == person.id for write in writes)


def block_ids(home: Json) -> list[str]:
    """What names this drawing of the day's checkboxes."""
    return [block["block_id"] for block in home["blocks"] if block["block_id"].startswith("day:")]


async def test_a_tick_in_either_place_shows_in_the_other_without_opening_anything(house: House) -> None:
    (ana,) = await house.group("Ana")
    await house.travel("Tuesday 08:00")
    home = await ana.home(TODAY)
    first = goal_texts(home)[:1]
    before = block_ids(home)

    await ana.ticks(home, first)
    await house.settle()
    home = await ana.fresh(home)
    assert "1 of 5 done" in words(home)
    assert block_ids(home) == before  # its own tick: the client keeps what it shows
    post = await day_post(ana)
    assert ticked(post) == first

    await ana.ticks(post, goal_texts(post)[1:2])
    await house.settle()
    home = await ana.fresh(home)
    assert ticked(home) == goal_texts(home)[:2]
    assert set(block_ids(home)).isdisjoint(before)  # a tick from elsewhere: the client forgets its own


async def test_what_changes_nothing_on_the_page_publishes_nothing(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    await house.travel("Tuesday 08:00")
    await ana.home(TODAY)
    assert published(house, ana) == 1
    await hears(ana, "/prep help")
    await hears(ana, "/prep today")
    post = await day_post(bo)
    await bo.ticks(post, goal_texts(post)[:1])
    await house.settle()
    assert published(house, ana) == 1
    assert published(house, bo) == 0  # who never opened the Home costs nothing
    assert house.sql("SELECT user_id FROM home_pages") == [(ana.id,)]
    await ana.home(TODAY)
    await house.settle()
    assert published(house, ana) == 2  # opening always publishes


async def test_while_slack_asks_to_wait_ticks_gather_and_become_one_page_even_after_a_restart(
    house: House,
) -> None:
    (ana,) = await house.group("Ana")
    await house.travel("Tuesday 08:00")
    home = await ana.home(TODAY)
    house.workspace.faults.next("views.publish", "ratelimited", retry_after=600)
    for text in goal_texts(home)[:3]:
        await ana.ticks(home, [text])
        await house.settle()
        home = await ana.fresh(home)
    assert published(house, ana) == 1
    assert house.workspace.faults.happened == [("views.publish", "ratelimited")]  # nobody asked again
    await house.restart_bot()
    await house.settle()
    assert published(house, ana) == 2
    assert len(ticked(await ana.fresh(home))) == 3
    await house.restart_bot()
    await house.settle()
    assert published(house, ana) == 2


async def test_an_older_page_never_comes_to_lie_on_a_newer_one(house: House) -> None:
    (ana,) = await house.group("Ana")
    await house.travel("Tuesday 08:00")
    home = await ana.home(TODAY)
    post = await day_post(ana)
    happened = house.workspace.faults.happened
    house.workspace.faults.next("views.publish", "slow", seconds=1)
    await ana.ticks(post, goal_texts(post)[:1])
    async with asyncio.timeout(30):
        while ("views.publish", "slow") not in happened:  # noqa: ASYNC110 - Slack tells nobody when it is slow
            await asyncio.sleep(0.01)
    await ana.ticks(await ana.fresh(post), goal_texts(post)[1:2])
    await ana.home("2 of 5 done")
    await house.settle()
    assert len(ticked(await ana.fresh(home))) == 2


async def test_a_new_day_comes_to_the_home_by_itself(house: House) -> None:
    (ana,) = await house.group("Ana")
    await house.travel("Tuesday 08:00")
    home = await ana.home(TODAY)
    await house.travel("Wednesday 08:00")
    home = await ana.fresh(home)
    assert TODAY not in words(home).splitlines()[0]
    assert "Wednesday" in words(home).splitlines()[0]
    assert goal_texts(home) == goal_texts(await day_post(ana, "Wednesday"))


async def test_the_day_turns_at_midnight_where_its_owner_is_also_on_a_day_off(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo", zones={"Bo": "America/New_York"}, days_off=["5", "6"])
    await house.travel("Friday 23:00")
    pages = [await person.home("Friday") for person in (ana, bo)]
    await house.travel("Saturday 00:00")
    assert "Saturday" in words(await ana.fresh(pages[0])).splitlines()[0]
    assert "Friday" in words(await bo.fresh(pages[1])).splitlines()[0]
    await house.travel("Saturday 00:00", "America/New_York")
    assert "Saturday" in words(await bo.fresh(pages[1])).splitlines()[0]
    assert published(house, ana) == 2


async def test_who_has_not_looked_for_a_month_gets_their_page_when_they_look(house: House) -> None:
    (ana,) = await house.group("Ana")
    await house.travel("Tuesday 08:00")
    home = await ana.home(TODAY)
    await house.settle()
    house.sql("UPDATE home_pages SET opened_at = '2026-10-01 08:00:00.000000'")
    post = await day_post(ana)
    await ana.ticks(post, goal_texts(post)[:1])
    await house.settle()
    assert published(house, ana) == 1
    assert ticked(await ana.fresh(home)) == []
    assert len(ticked(await ana.home("1 of 5 done"))) == 1


async def test_nothing_is_kept_of_the_home_of_who_is_forgotten_or_never_came(house: House) -> None:
    (ana,) = await house.group("Ana")
    dee = await house.person("Dee")
    home = await ana.home("yours alone")
    await dee.home("Consistency over intensity")
    assert house.sql("SELECT user_id FROM home_pages") == [(ana.id,)]
    await ana.clicks(await asks(ana, "/prep forget"), "Forget me")
    await house.settle()
    assert house.sql("SELECT user_id FROM home_pages") == []
    assert "Consistency over intensity" in words(await ana.fresh(home))
    assert boxes(await ana.fresh(home)) == []


async def test_who_leaves_sees_a_strangers_page_and_leaves_no_row(house: House) -> None:
    _, bo = await house.group("Ana", "Bo")
    home = await bo.home("yours alone")
    await bo.clicks(await asks(bo, "/prep leave"), "Leave")
    await house.settle()
    assert "Consistency over intensity" in words(await bo.fresh(home))
    assert house.sql("SELECT user_id FROM home_pages") == []


async def test_a_page_that_slack_refuses_for_good_waits_for_the_next_thing_that_happens(house: House) -> None:
    (ana,) = await house.group("Ana")
    await house.travel("Tuesday 08:00")
    home = await ana.home(TODAY)
    house.refusals.add("user_disabled")
    house.workspace.faults.next("views.publish", "error", times=1000, error="user_disabled")
    await ana.ticks(home, goal_texts(home)[:1])
    await house.settle()
    assert house.sql("SELECT wanted = drawn FROM home_pages") == [(1,)]
    tries = len(house.workspace.faults.happened)
    await house.settle()
    assert len(house.workspace.faults.happened) == tries > 0
    assert published(house, ana) == 1
    house.workspace.faults.clear()
    await ana.ticks(await ana.fresh(home), goal_texts(home)[:2])
    await house.settle()
    assert published(house, ana) == 2
