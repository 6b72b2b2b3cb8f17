"""A suggestion whose week has begun: it shows and changes the days that are left, and ends with its week."""

from __future__ import annotations

from datetime import date, timedelta

from bot.workspace.visitors.people import Person, words
from tests.bot.house import CHANNEL, MONDAY, House
from tests.bot.members import form, goals_of, has_element, last_words
from tests.bot.test_modes import keeps
from tests.bot.test_suggestions import OFFER, after_a_bad_week

NEXT = MONDAY + timedelta(weeks=1)
WEDNESDAY = NEXT + timedelta(days=2)
TAKE = "Take the recovery week"


async def left(house: House, ana: Person, since: date = WEDNESDAY) -> list[tuple[str, date, int]]:
    """The goals that are open from a day to Sunday."""
    found = await goals_of(house, ana, since - timedelta(days=since.weekday()))
    return [
        (goal.text, goal.due_on, goal.minutes)
        for goal in found
        if goal.due_on >= since and goal.state == "open"
    ]


def sums(goals: list[tuple[str, date, int]]) -> str:
    hours = round(sum(minutes for *_, minutes in goals) / 60, 1)
    return f"{len(goals)} goal{'' if len(goals) == 1 else 's'}, {hours:g} h"


async def test_an_offer_shows_the_days_that_are_left_and_taking_it_changes_just_those(house: House) -> None:
    ana = await after_a_bad_week(house, sharing="private")
    await house.travel("Wednesday 08:00")
    post = await ana.waits_for_dm(OFFER)
    shown = words(post)
    before, monday = await left(house, ana), await goals_of(house, ana, NEXT)
    assert "*A recovery week*, from Wed 2 Dec to Sunday" in shown
    assert "This week: " not in shown
    await ana.clicks(post, TAKE)
    await house.settle()
    after = await left(house, ana)
    assert f"{len(after)} goals instead of {len(before)}" in shown
    assert f"Done. The rest of this week holds {sums(after)}." in await ana.reads()
    taken = words(await ana.fresh(post))
    assert taken.startswith(
        f"Taken: a recovery week: core goals only, {sums(after)}, for what is left of the week"
    )
    past = [goal.id for goal in await goals_of(house, ana, NEXT) if goal.due_on < WEDNESDAY]
    assert past == [goal.id for goal in monday if goal.due_on < WEDNESDAY]
    await ana.clicks(await ana.fresh(post), "Undo")
    await house.settle()
    assert await left(house, ana) == before


async def test_with_a_mode_on_the_days_that_are_left_become_what_the_form_promised(house: House) -> None:
    ana = await after_a_bad_week(house, sharing="private")
    await house.travel("2026-12-05 10:00")
    await keeps(house, ana, "/prep mode high-stress 10-13 dec")
    await house.travel("2026-12-09 08:00")
    await ana.clicks(await ana.waits_for_dm("Take a week more"), "Adjust")
    sheet = await ana.modal("Adjust this week")
    assert "*The rest of this week, from Wed 9 Dec*: " in words(sheet)
    await ana.fills(sheet, {"adjust_hours": "3"})
    await house.settle()
    promised = words(await ana.fresh(sheet))
    await house.submits(ana, await ana.fresh(sheet), {})
    await house.settle()
    after = await left(house, ana, date(2026, 12, 9))
    assert f"*The rest of this week, from Wed 9 Dec*: {sums(after).split(',')[0]} instead of " in promised
    assert f"Done. The rest of this week holds {sums(after)}." in await ana.reads()


async def test_settings_saved_while_a_mode_is_on_leave_the_days_as_the_mode_made_them(house: House) -> None:
    (ana,) = await house.group("Ana")
    await house.travel("Wednesday 18:00")
    await house.travel("2026-11-25 09:00")
    await keeps(house, ana, "/prep mode high-stress until Sunday")
    before = await left(house, ana, date(2026, 11, 25))
    assert before
    await house.submits(ana, await form(ana, "/prep settings", "My settings"), {"sharing": "summary"})
    await house.settle()
    assert await left(house, ana, date(2026, 11, 25)) == before


async def test_in_the_channel_a_week_that_has_begun_is_not_counted(house: House) -> None:
    """How far somebody is in their week is theirs until it is published."""
    ana = await after_a_bad_week(house, sharing="full")
    await house.travel("Wednesday 08:00")
    post = await ana.waits_for(CHANNEL, OFFER)
    assert "*A recovery week*, for what is left of the week of Mon 30 Nov." in words(post)
    assert " goals instead of " not in words(post)
    await ana.clicks(post, TAKE)
    await house.settle()
    assert words(await ana.fresh(post)).startswith(
        "Ana has taken a recovery week: core goals only, for what is left of the week of Mon 30 Nov. Who"
    )
    after = await left(house, ana)
    assert f"Done. The rest of this week holds {sums(after)}." in await last_words(ana, CHANNEL)


async def test_an_offer_that_nobody_answered_ends_with_its_week(house: House) -> None:
    ana = await after_a_bad_week(house, sharing="private")
    post = await ana.waits_for_dm(OFFER)
    await house.travel("2026-12-07 00:00")
    over = await ana.fresh(post)
    assert words(over).startswith("This was for the week of Mon 30 Nov. Nothing of it is left to decide.")
    assert not has_element(over, "suggestion_decline")
    assert not has_element(over, "suggestion_undo")
    drawn = len(house.updates(post["ts"]))
    await house.travel("2026-12-09 09:00")
    assert len(house.updates(post["ts"])) == drawn


async def test_an_answer_can_be_seen_but_not_undone_when_its_week_is_over(house: House) -> None:
    ana = await after_a_bad_week(house, sharing="private")
    post = await ana.waits_for_dm(OFFER)
    await ana.clicks(post, TAKE)
    await house.travel("2026-12-07 00:00")
    over = await ana.fresh(post)
    assert words(over).startswith(
        "Taken: a recovery week: core goals only, 10 goals, 6.8 h, week of Mon 30 Nov."
    )
    assert not has_element(over, "suggestion_undo")
