"""`/prep why`: the last decisions and single goals, from what was stored."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from bot.views.why import goal
from bot.workspace.visitors.people import words
from plans.adapting import Change, Kind
from plans.goalreason import GoalReason
from tests.bot.house import House
from tests.bot.members import asks, day_post, finishes, goal_texts, hears, last_words


async def test_why_tells_what_was_seen_what_was_offered_and_what_was_answered(house: House) -> None:
    ana, _ = await house.group("Ana", "Bo")
    assert "There was none yet." in await hears(ana, "/prep why")
    await house.travel("Monday 08:00")
    await finishes(ana, await day_post(ana, "Monday"))
    await house.travel("Sunday 18:00")
    post = await ana.waits_for_dm("A recovery week?")
    said = await hears(ana, "/prep why")
    assert "After the week of Mon 23 Nov: 7 of 31 goals (22 %)." in said
    assert "Below 70 % of goals met, an easier week is offered" in said
    assert "Offered: a recovery week, 10 goals instead of 23, 6.8 h instead of 12 h." in said
    assert "You have not answered yet." in said
    assert "You were not in the newest round." in said
    await ana.clicks(post, "Take the recovery week")
    await house.settle()
    await ana.clicks(post, "Why?")
    assert "You took a recovery week on Sun 29 Nov: 10 goals instead of 23" in await last_words(ana)


async def test_why_explains_a_goal_that_is_there_one_that_is_not_and_the_nearest(house: House) -> None:
    (ana,) = await house.group("Ana")
    await house.travel("Monday 08:00")
    first = goal_texts(await day_post(ana, "Monday"))[0]
    by_number = await hears(ana, "/prep why 1")
    assert by_number.startswith(f"*{first}*, ")
    assert " goal" in by_number
    assert by_number == await hears(ana, f"/prep why {first.lower()}")
    assert "Today's list has" in await hears(ana, "/prep why 40")
    assert "I see no goal like" in await hears(ana, "/prep why quarterly taxes")

    outline = json.loads(house.sql("select outline from weeks order by id")[0][0])
    left = outline["left_out"][0]["text"]
    said = await hears(ana, f"/prep why {left}")
    assert f"*{left}*, " in said
    assert "is not in the week of Mon 23 Nov: " in said

    misspelt = first.replace("our", "uor", 1)
    assert misspelt != first
    near = await hears(ana, f"/prep why {misspelt}")
    assert "The nearest is this one." in near
    assert first in near

    await hears(ana, "/prep goal add write to an old colleague")
    assert "You added it yourself." in await hears(ana, "/prep why old colleague")
    refused = await asks(ana, "/prep why <!channel> *x*")
    assert "<!channel>" not in str(refused["blocks"])


WEEK = date(2026, 11, 23)
TERMS: dict[str, Any] = {
    "text": "Design a *chat* system",
    "minutes": 45,
    "area": "system_design",
    "week_of": WEEK,
    "hours": 6.0,
    "modes": ("travel",),
    "change": Change(kind=Kind.CATCH_UP, track="standard", core_only=True),
    "share": 35.0,
}


def test_a_goal_says_its_tier_its_share_its_minimum_its_days_and_the_terms_of_its_week() -> None:
    reason = GoalReason(
        **TERMS,
        tier="core",
        due_on=WEEK + timedelta(days=2),
        first_due_on=WEEK,
        state="skipped",
        skip_reason="<!here> ill",
        metrics=("system_design_problems",),
    )
    message = goal(reason, asked="chat", exact=True)
    said = words({"blocks": message.blocks})
    assert "core goals come in before all others" in said
    assert "System design was to have 35 % of this week." in said
    assert "It counts towards the weekly minimum of 2 system designs." in said
    assert "It was first planned for Monday, Mon 23 Nov" in said
    assert "You took a week to catch up for this week, core goals only." in said
    assert "The week is lighter or different: travel." in said
    assert "&lt;!here&gt; ill" in message.text


def test_a_goal_that_is_left_out_says_the_stored_reason_and_what_would_bring_it_in() -> None:
    reason = GoalReason(**TERMS, left_out="over this week's 6 h: 45 min no longer fit in", may_come=True)
    said = words({"blocks": goal(reason, asked="chta", exact=False).blocks})
    assert 'I see no goal with "chta". The nearest is this one.' in said
    assert "is not in the week of Mon 23 Nov: over this week's 6 h: 45 min no longer fit in." in said
    assert "/prep plan extend" in said
