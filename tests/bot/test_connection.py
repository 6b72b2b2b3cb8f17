"""Connections come and go; what people do meanwhile arrives, once."""

from __future__ import annotations

import pytest

from bot.workspace.visitors.people import Person
from tests.bot.conftest import OpenHouse
from tests.bot.house import SUNDAY, House


@pytest.fixture
async def house(open_house: OpenHouse) -> House:
    return await open_house(SUNDAY)


@pytest.fixture
async def ana(house: House) -> Person:
    (person,) = await house.group("Ana")
    return person


async def works(ana: Person) -> None:
    """Say whether the bot answers."""
    await ana.says("#staff-prep", "/prep plan")
    await ana.waits_for("#staff-prep", "12-week")


async def test_slacks_wish_to_reconnect_is_followed(house: House, ana: Person) -> None:
    (before,) = house.workspace.socket.connections
    await house.workspace.socket.refresh()
    await house.workspace.socket.gone(before)
    await house.workspace.socket.connected()
    await works(ana)


async def test_a_cut_connection_is_opened_again_and_what_happened_meanwhile_arrives(
    house: House, ana: Person
) -> None:
    await house.travel("Monday 08:00")
    house.workspace.socket.retry_seconds = (20.0, 20.0, 20.0)
    (before,) = house.workspace.socket.connections
    house.workspace.socket.cut()
    await house.workspace.socket.gone(before)
    await ana.moves_to("America/New_York")
    await house.workspace.socket.connected()
    await house.settle()
    assert house.sql("SELECT timezone FROM memberships") == [("America/New_York",)]
    await works(ana)


async def test_a_command_that_is_delivered_twice_counts_once(house: House, ana: Person) -> None:
    await house.travel("Monday 08:00")
    await ana.says("#staff-prep", "/prep log coding 3")
    await house.workspace.socket.redeliver_last("slash_commands")
    assert house.sql("SELECT sum(count) FROM entries WHERE metric = 'coding_problems'") == [(3,)]


async def test_a_form_that_is_delivered_twice_is_submitted_once(house: House) -> None:
    await house.group("Ana")
    bo = await house.person("Bo")
    await house.joins(bo)
    await house.workspace.socket.redeliver_last("interactive")
    await house.settle()
    assert house.sql("SELECT count(*) FROM memberships WHERE user_id = ?", [bo.id]) == [(1,)]
    assert len(house.posts(bo)) == 1


async def test_an_event_that_is_delivered_three_times_has_one_effect(house: House, ana: Person) -> None:
    await house.travel("Monday 08:00")
    await ana.moves_to("America/New_York")
    await house.workspace.socket.settled()
    for _ in range(2):
        await house.workspace.socket.redeliver_last("events_api")
    await house.travel("Tuesday 08:00", "America/New_York")
    assert len(house.posts(ana, "Tuesday · week 1")) == 1
