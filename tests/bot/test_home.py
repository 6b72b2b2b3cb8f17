"""The App Home."""

from __future__ import annotations

from bot.workspace.visitors.people import words
from tests.bot.house import House
from tests.bot.members import day_post, goal_texts, last_words, ticked


async def test_the_home_shows_today_and_ticks_in_it_reach_the_days_post(house: House) -> None:
    (ana,) = await house.group("Ana")
    await house.travel("Tuesday 08:00")
    home = await ana.home("Technical baseline")
    post = await day_post(ana)
    assert goal_texts(home) == goal_texts(post)
    assert "Staff Prep · everything here is yours alone" in words(home)
    await ana.ticks(home, goal_texts(home)[:1])
    await house.settle()
    home = await ana.home("1 of 5 done")
    assert ticked(home) == goal_texts(home)[:1] == ticked(await ana.fresh(post))
    await ana.ticks(await day_post(ana), goal_texts(home)[1:2])
    assert ticked(await ana.home("2 of 5 done")) == goal_texts(home)[:2]


async def test_the_homes_doors_open_what_they_say(house: House) -> None:
    (ana,) = await house.group("Ana")
    await house.travel("Tuesday 08:00")
    home = await ana.home("Technical baseline")
    await ana.clicks(home, "Next week")
    await house.settle()
    assert (await last_words(ana)).startswith("Week 2 of 12")
    await ana.clicks(home, "Settings")
    sheet = await ana.modal("My settings")
    await house.submits(ana, sheet, {"sharing": "full"})
    await house.settle()
    assert await last_words(ana) == "Saved: the channel sees everything."
    await ana.clicks(home, "Log something")
    await house.submits(ana, await ana.modal("Log what you did"), {"count": 2})
    await house.settle()
    assert "Logged: 2 coding problems." in await last_words(ana)


async def test_a_strangers_home_says_how_to_begin(house: House) -> None:
    dee = await house.person("Dee")
    home = await dee.home("Consistency over intensity")
    assert "`/prep join`" in words(home)
    ana = (await house.group("Ana"))[0]
    assert "Your plan begins on Mon 23 Nov" in words(await ana.home("Your plan begins"))
