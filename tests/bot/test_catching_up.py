"""What is behind: offered again by priority, a little each day, and never at the expense of what was."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bot.workspace.visitors.people import Person, words
from tests.bot.house import CHANNEL, MONDAY, House
from tests.bot.members import (
    asks,
    boxes,
    day_post,
    finishes,
    goal_texts,
    hears,
    last_words,
    newest,
    ticked,
)

TUESDAY = date(2026, 12, 1)  # of the second week
Json = dict[str, Any]


@pytest.fixture
async def ana(house: House) -> Person:
    """Ana on the Tuesday of her second week; of the first she has done Monday alone."""
    (ana,) = await house.group("Ana")
    await house.travel("Monday 08:00")
    await finishes(ana, await day_post(ana, "Monday"))
    await house.travel("Sunday 18:00")
    await house.travel("Tuesday 08:00")
    return ana


def goals(house: House, where: str = "1 = 1") -> list[tuple[Any, ...]]:
    """The goals with these qualities: text, area, tier, day, first day, week, minutes, state."""
    columns = "text, area, tier, due_on, first_due_on, week_of, minutes, state"
    return house.sql(f"select {columns} from goals where {where} order by first_due_on, position")  # noqa: S608 (our own words)


async def takes(house: House, person: Person, offer: Json) -> None:
    """Take what is ticked."""
    await person.clicks(offer, "Take these")
    await house.settle()


async def test_stories_come_first_at_most_two_a_day_and_a_quarter_of_the_week(
    house: House, ana: Person
) -> None:
    offer = await asks(ana, "/prep catchup")
    texts = goal_texts(offer)
    assert ticked(offer) == texts
    assert all(len(box["options"]) <= 2 for box in boxes(offer))
    rows = {row[0]: row for row in goals(house, "state = 'open' and due_on < '2026-12-01'")}
    assert set(texts) <= set(rows)
    areas = [rows[text][1] for text in texts]
    assert areas == sorted(areas, key=lambda area: area != "behavioral")
    assert areas[0] == "behavioral"
    assert 0 < sum(rows[text][6] for text in texts) <= 12 * 60 / 4
    assert " set aside for good, unless you ask: " in words(offer)
    assert f"*{len(texts)} goals" not in offer["text"]
    assert all(text in offer["text"] for text in texts)


@pytest.mark.parametrize("typed", ["/prep plan catch up", "/prep catch up", "/prep plan catchup"])
async def test_however_it_is_typed_the_same_is_offered(ana: Person, typed: str) -> None:
    assert await hears(ana, typed) == await hears(ana, "/prep catchup")


@pytest.mark.parametrize("typed", ["/prep plan", "/prep week"])
async def test_plan_and_week_have_a_button_for_who_is_behind(house: House, ana: Person, typed: str) -> None:
    await ana.clicks(await asks(ana, typed), "Catch up")
    await house.settle()
    assert (await last_words(ana, CHANNEL)).startswith("Catch up\n")


async def test_who_is_not_behind_has_no_button_and_is_told_so(house: House) -> None:
    (ana,) = await house.group("Ana")
    await house.travel("Monday 08:00")
    assert "[Catch up]" not in await hears(ana, "/prep plan")
    assert "[Catch up]" not in await hears(ana, "/prep week")
    assert await hears(ana, "/prep catchup") == "You are not behind with anything. Good."


async def test_what_is_taken_stands_in_those_days_as_carried_over(house: House, ana: Person) -> None:
    offer = await asks(ana, "/prep catchup")
    first, *others = [[option["text"]["text"] for option in box["options"]] for box in boxes(offer)]
    await takes(house, ana, offer)
    told = await last_words(ana, CHANNEL)
    assert told.startswith(f"Taken: {len(goal_texts(offer))} goals, ")
    assert all(text in told for text in goal_texts(offer))
    assert set(first) <= set(goal_texts(await day_post(ana, "Tuesday · week 2")))
    assert "Carried over from" in words(await day_post(ana, "Tuesday · week 2"))
    moved = {row[0]: row for row in goals(house, "due_on >= '2026-12-01' and week_of = '2026-11-23'")}
    assert set(moved) == set(goal_texts(offer))
    assert all(row[4] < MONDAY.isoformat() or row[4] < row[3] for row in moved.values())
    await house.travel("Wednesday 08:00")
    assert set(others[0]) <= set(goal_texts(await day_post(ana, "Wednesday · week 2")))


async def test_only_what_is_still_ticked_moves(house: House, ana: Person) -> None:
    offer = await asks(ana, "/prep catchup")
    left, *kept = goal_texts(offer)
    await ana.ticks(offer, [left], on=False)
    await takes(house, ana, offer)
    moved = {row[0] for row in goals(house, "due_on >= '2026-12-01' and week_of = '2026-11-23'")}
    assert moved == set(kept)


async def test_with_nothing_ticked_nothing_moves_and_the_offer_stays(house: House, ana: Person) -> None:
    before = goals(house)
    offer = await asks(ana, "/prep catchup")
    await ana.ticks(offer, goal_texts(offer), on=False)
    await takes(house, ana, offer)
    assert (
        await last_words(ana, CHANNEL)
        == "Nothing is ticked, so nothing moves. Tick what you want to take up."
    )
    assert goals(house) == before


async def test_not_now_moves_nothing(house: House, ana: Person) -> None:
    before = goals(house)
    offer = await asks(ana, "/prep catchup")
    await ana.clicks(offer, "Not now")
    await house.settle()
    assert words(await ana.fresh(offer)) == "All right, nothing moves. `/prep catchup` offers it again."
    assert goals(house) == before


async def test_taking_twice_moves_once_and_a_second_offer_stays_below_the_quarter(
    house: House, ana: Person
) -> None:
    await takes(house, ana, await asks(ana, "/prep catchup"))
    await house.workspace.socket.redeliver_last("interactive")
    await house.settle()
    await ana.clicks(await asks(ana, "/prep week"), "Catch up")
    await house.settle()
    offer = await newest(ana, CHANNEL)
    if boxes(offer):
        await takes(house, ana, offer)
    moved = goals(house, "due_on >= '2026-12-01' and week_of = '2026-11-23'")
    assert sum(row[6] for row in moved) <= 12 * 60 / 4
    days = [row[3] for row in moved]
    assert all(days.count(day) <= 2 for day in days)


async def test_the_week_that_offered_it_keeps_its_card_and_this_week_is_asked_for_no_more(
    house: House, ana: Person
) -> None:
    cards = house.sql("select * from scorecards")
    last_week = await hears(ana, "/prep scorecard last")
    this_week = (await hears(ana, "/prep week")).splitlines()[1]
    await takes(house, ana, await asks(ana, "/prep catchup"))
    post = await day_post(ana, "Tuesday · week 2")
    await finishes(ana, post)
    await house.settle()
    assert house.sql("select * from scorecards") == cards
    assert await hears(ana, "/prep scorecard last") == last_week
    planned = this_week.split(" · ")[1]
    assert planned in await hears(ana, "/prep week")


async def test_an_offer_of_yesterday_is_not_taken_and_a_new_one_is_named(house: House, ana: Person) -> None:
    offer = await asks(ana, "/prep catchup")
    await house.travel("Wednesday 08:00")
    before = goals(house)
    await takes(house, ana, offer)
    assert "That offer is from another day. `/prep catchup` makes a new one." in await ana.reads(CHANNEL)
    assert goals(house) == before


async def test_days_off_and_pauses_are_left_free(house: House, ana: Person) -> None:
    house.sql("update memberships set days_off = '[1, 3, 4, 5, 6]'")
    offer = await asks(ana, "/prep catchup")
    assert [block["block_id"].split(":")[2] for block in offer["blocks"] if "accessory" in block] == [
        (TUESDAY + timedelta(days=1)).isoformat()
    ]
    house.sql("update memberships set days_off = '[1, 2, 3, 4, 5, 6]'")
    assert (await hears(ana, "/prep catchup")).startswith("This week has no room left for what is behind;")


async def test_what_is_older_than_four_weeks_is_left_alone(house: House, ana: Person) -> None:
    long_ago = "update goals set due_on = '2026-10-20', first_due_on = '2026-10-20'"
    house.sql(f"{long_ago} where state = 'open' and due_on < '2026-12-01'")
    assert "older than four weeks" in await hears(ana, "/prep catchup")
    assert "[Catch up]" not in await hears(ana, "/prep week")


async def test_nobody_takes_up_what_is_somebody_elses(house: House, ana: Person) -> None:
    bo = await house.person("Bo")
    await house.joins(bo)
    await house.settle()
    offer = await asks(ana, "/prep catchup")
    mine = house.sql("select id from memberships where user_id = ?", [bo.id])[0][0]
    house.sql("update goals set membership_id = ?", [mine])
    before = goals(house)
    await takes(house, ana, offer)
    assert await last_words(ana, CHANNEL) == "Nothing moved: what you took is done or gone by now."
    assert goals(house) == before


async def test_a_new_plan_puts_what_was_taken_back_into_the_week_that_counts_it(
    house: House, ana: Person
) -> None:
    last_week = await hears(ana, "/prep scorecard last")
    await takes(house, ana, await asks(ana, "/prep catchup"))
    await ana.says(CHANNEL, "/prep plan restart")
    result = await ana.submits(await ana.modal("Change my plan"))
    assert result.ok
    await house.settle()
    assert goals(house, "due_on >= '2026-12-01' and week_of = '2026-11-23' and enrolment_id = 1") == []
    assert await hears(ana, "/prep scorecard last") == last_week
