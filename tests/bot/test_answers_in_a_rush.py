"""Answers by direct message while Slack asks to wait: they come a little later, and come once."""

from __future__ import annotations

import pytest

from tests.bot.house import House

MY_PLAN = "[Compare plans]"


@pytest.mark.parametrize("times", [1, 3])
async def test_an_answer_that_slack_wants_a_little_later_comes_then_and_once(
    house: House, times: int
) -> None:
    (ana,) = await house.group("Ana")
    home = await ana.home("yours alone")
    house.workspace.faults.next("chat.postMessage", "ratelimited", times=times, retry_after=1)
    await ana.clicks(home, "My plan")
    await house.settle()
    assert len(house.posts(ana, MY_PLAN)) == 1


async def test_an_answer_that_would_come_minutes_later_is_left_out_and_said_so_in_the_log(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    (ana,) = await house.group("Ana")
    home = await ana.home("yours alone")
    house.workspace.faults.next("chat.postMessage", "ratelimited", retry_after=600)
    await ana.clicks(home, "My plan")
    await house.settle()
    assert house.posts(ana, MY_PLAN) == []
    assert f"a message to {ana.id} did not arrive: ratelimited" in caplog.text
    await ana.clicks(home, "My plan")
    await house.settle()
    assert len(house.posts(ana, MY_PLAN)) == 1
