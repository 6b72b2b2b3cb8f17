"""Late goals, goals that were moved, days in a row: on the day's post and on one's own card."""

from __future__ import annotations

import json

from bot.workspace.visitors.people import words
from tests.bot.house import CHANNEL, House
from tests.bot.members import asks, day_post, finishes, hears


async def test_a_card_says_what_was_late_what_was_moved_and_where_the_hours_went(house: House) -> None:
    (ana,) = await house.group("Ana", sharing="full")
    before = await hears(ana, "/prep scorecard")
    assert before.startswith("Your week\n*Your plan begins on Mon 23 Nov; this week asks for nothing.*")
    await house.travel("Tuesday 08:00")
    await finishes(ana, await day_post(ana, "Monday"))  # seven goals, a day late
    await ana.chooses(await day_post(ana, "Tuesday"), "day_more", "Move what is open to tomorrow")  # five
    await house.travel("Wednesday 08:00")
    await finishes(ana, await day_post(ana, "Wednesday"))
    assert "2 days in a row · strength 23 %" in words(await ana.fresh(await day_post(ana, "Wednesday")))
    week = await hears(ana, "/prep week")
    assert week.count(", late)") == 7
    assert week.count(", from Tue 24 Nov)") == 5
    answer = await asks(ana, "/prep scorecard")
    assert (
        "7 done a day or more late · 5 came over from earlier days, 5 of them done"
        " · 2 days in a row · strength 23 %"
    ) in words(answer)
    assert "% of the hours (35 % asked)" in words(answer)
    assert "table" not in {block["type"] for block in answer["blocks"]}
    await house.travel("Sunday 18:00")
    (card,) = house.posts(ana, "Your week 1 ·")
    rows = [line.split("\t") for line in words(card.payload).splitlines() if "\t" in line]
    assert rows[0] == ["Area", "Goals", "Hours", "Share asked", "Share given"]
    assert {row[0]: row[3] for row in rows[1:]} == {
        "Behavioural": "35 %",
        "System design": "35 %",
        "Coding": "20 %",
        "Mock": "10 %",
        "Learning": "-",
        "Planning": "-",
    }
    group = words(house.posts(CHANNEL, "Week 48")[0].payload)
    assert not any(said in group for said in ("a day or more late", "came over", "strength", "in a row"))


async def test_neither_a_pause_nor_a_holiday_breaks_the_row_or_weakens_it(house: House) -> None:
    (ana,) = await house.group("Ana")
    await house.travel("Tuesday 07:00")
    await finishes(ana, await day_post(ana, "Monday"))
    await hears(ana, "/prep pause 2d holiday")  # from today on
    await house.travel("Thursday 08:00")
    await finishes(ana, await day_post(ana, "Thursday"))
    assert "2 days in a row · strength 23 %" in await hears(ana, "/prep today")
    house.sql(
        "insert into periods (membership_id, mode, starts_on, ends_on, note, made_at)"
        " values (1, 'holiday', '2026-11-27', '2026-11-27', '', '2026-11-26 09:00:00.000000')"
    )
    await house.travel("Saturday 08:00")  # nothing was done on Friday
    assert "2 days in a row · strength 23 %" in await hears(ana, "/prep today")
    await house.travel("Sunday 18:00")
    ((kept,),) = house.sql("select card from scorecards where whom like 'm%'")
    card = json.loads(kept)
    assert (card["streak"], card["strength"]) == (0, 20)  # 23.4 %, less an eighth for Saturday
