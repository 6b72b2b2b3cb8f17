"""A week before public holidays: who is asked, what the answer makes of the week, which country counts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.workspace.visitors.people import Person, words
from tests.bot.house import CHANNEL, House
from tests.bot.members import blanks, form, goals_of, hears, last_words

ASKED = "in the week of Mon 21 Dec"
CHRISTMAS = date(2026, 12, 21)


async def before_christmas(house: House, **answers: Any) -> Person:
    """Ana in Berlin, on the Monday a week before the week of Christmas, after her post."""
    (ana,) = await house.group("Ana", **answers)
    await house.travel("2026-12-13 09:00")
    return ana


@pytest.fixture
async def ana(house: House) -> Person:
    ana = await before_christmas(house)
    assert not house.posts(ana, ASKED)
    await house.travel("2026-12-14 08:00")
    return ana


async def test_it_is_asked_once_a_week_ahead_with_the_exact_change_and_the_guess(
    house: House, ana: Person
) -> None:
    (post,) = house.posts(ana, ASKED)
    said = words(post.payload)
    assert said.startswith("Public holidays in the week of Mon 21 Dec\n")
    assert "Fri 25 Dec, Christmas Day and Sat 26 Dec, Second Day of Christmas." in said
    assert "I take your country to be Germany." in said
    assert "[Lighter week] [As planned] [Another country]" in said
    assert "instead of" in post.payload["text"]
    assert not house.posts(CHANNEL, "holiday")
    await house.travel("2026-12-18 09:00")
    assert len(house.posts(ana, ASKED)) == 1
    assert house.sql("select week_of, state from holiday_asks") == [("2026-12-21", "asked")]


async def test_a_lighter_week_is_exactly_what_was_shown_and_undo_gives_the_old_one(
    house: House, ana: Person
) -> None:
    post = await ana.waits_for_dm(ASKED)
    said = words(post)
    await ana.clicks(post, "Lighter week")
    await house.settle()
    assert "Taken: these days are 35 % lighter. [Undo]" in words(await ana.fresh(post)).replace("\n", " ")
    assert house.sql("select mode, starts_on, ends_on from periods") == [
        ("holiday", "2026-12-25", "2026-12-26")
    ]
    await house.travel("2026-12-21 08:00")
    offered = await goals_of(house, ana, CHRISTMAS)
    minutes = sum(goal.minutes for goal in offered)
    assert f"*Week of Mon 21 Dec*: {len(offered)} goals instead of " in said
    assert f" · {minutes // 60} h" in said
    await ana.clicks(post, "Undo")
    await house.settle()
    usual = await goals_of(house, ana, CHRISTMAS)
    assert sum(goal.minutes for goal in usual) > minutes
    assert house.sql("select count(*) from periods") == [(0,)]
    assert "[Lighter week]" in words(await ana.fresh(post))
    await ana.clicks(post, "As planned")
    await house.settle()
    assert "The week stays as planned." in words(await ana.fresh(post))
    assert [goal.id for goal in await goals_of(house, ana, CHRISTMAS)] == [goal.id for goal in usual]


async def test_an_answer_after_the_holidays_is_told_so_kindly(house: House, ana: Person) -> None:
    post = await ana.waits_for_dm(ASKED)
    await house.travel("2026-12-27 09:00")
    await ana.clicks(post, "Lighter week")
    await house.settle()
    assert "Those holidays are over, so that week stays as it was." in await last_words(ana)
    assert house.sql("select state from holiday_asks where week_of = '2026-12-21'") == [("asked",)]


async def test_another_country_asks_about_its_own_days_and_none_asks_about_nothing(
    house: House, ana: Person
) -> None:
    post = await ana.waits_for_dm(ASKED)
    await ana.clicks(post, "Another country")
    sheet = await ana.modal("My settings")
    assert blanks(sheet)["country"] == "guess"
    await house.submits(ana, sheet, {"country": "US"})
    await house.settle()
    assert "public holidays United States" in await last_words(ana)
    said = words(await ana.fresh(post))
    assert "Second Day of Christmas" not in said
    assert "I take your country" not in said
    sheet = await form(ana, "/prep settings", "My settings")
    await house.submits(ana, sheet, {"country": "none"})
    await house.settle()
    assert "has no public holiday of yours" in words(await ana.fresh(post))
    await house.travel("2026-12-21 09:00")  # a week before the one of New Year
    assert not house.posts(ana, "in the week of Mon 28 Dec")


async def test_who_is_covered_already_or_has_these_days_off_is_not_asked(house: House) -> None:
    people = await house.group("Ana", "Bo", "Cy", "Di", answers={"Cy": {"days_off": ["4", "5", "6"]}})
    ana, bo, cy, di = people
    await house.travel("2026-12-13 09:00")
    await ana.says(CHANNEL, "/prep mode holiday 24 Dec - 2 Jan")
    await house.submits(ana, await ana.modal("What would change"), {})
    await hears(bo, "/prep pause 2w")
    await house.travel("2026-12-14 08:00")
    assert [len(house.posts(person, ASKED)) for person in (ana, bo, cy, di)] == [0, 0, 0, 1]
