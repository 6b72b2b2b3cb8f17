"""A plan that cannot be read any more: who follows it hears what to do, and nobody else misses a thing."""

from __future__ import annotations

from bot.workspace.visitors.words import words
from tests.bot.asking import LAST_SUNDAY, QUESTION, WEEK, behind
from tests.bot.conftest import OpenHouse
from tests.bot.house import CHANNEL, MONDAY, SUNDAY
from tests.bot.members import day_post, hears

GONE = "UPDATE enrolments SET plan = 'no-such-plan' WHERE membership_id = 1"
NEXT_WEEK_IS_OPEN = (
    "INSERT INTO weeks (membership_id, enrolment_id, week_of, number, hours, mode, outline, opened_at)"
    " SELECT membership_id, enrolment_id, ?, number, hours, mode, outline, opened_at"
    " FROM weeks WHERE membership_id = 1 LIMIT 1"
)


async def test_the_group_gets_its_scorecard_and_everybody_their_card(open_house: OpenHouse) -> None:
    house = await open_house(SUNDAY)
    house.complaints = ["could not be composed"]  # the day of who follows it
    _, bo = await house.group("Ana", "Bo")
    await house.travel("Saturday 08:00")
    house.sql(GONE)
    await house.travel("Sunday 18:00")
    assert [row.state for row in await house.deliveries("scorecard")] == ["sent"]
    assert [row.state for row in await house.deliveries("card")] == ["sent", "sent"]
    await house.travel("Monday 08:00")
    assert house.sql("SELECT DISTINCT closed FROM scorecards") == [(1,)]
    assert (await day_post(bo, "Monday · week 2"))["ts"]


async def test_a_vote_of_the_group_is_held_and_done_for_the_others(open_house: OpenHouse) -> None:
    house = await open_house(LAST_SUNDAY)
    house.complaints = ["could not be composed"]
    _, bo, cy, dee = await behind(house, "Ana", "Bo", "Cy", "Dee")
    await house.travel("Monday 09:00")
    house.sql(GONE)
    house.sql(NEXT_WEEK_IS_OPEN, [(MONDAY + 2 * WEEK).isoformat()])
    (write,) = house.posts(CHANNEL, QUESTION)
    for person in (bo, cy, dee):
        question = next(each for each in await person.messages(CHANNEL) if each["ts"] == write.ts)
        await person.clicks(question, "Ease it")
        await house.settle()
    await house.travel("Wednesday 18:00")
    assert house.sql("SELECT state FROM proposals") == [("passed",)]
    assert "as the group agreed" in await hears(bo, "/prep week next")


async def test_the_home_says_so_and_shows_what_needs_no_plan_until_it_is_back(open_house: OpenHouse) -> None:
    house = await open_house(SUNDAY)
    (ana,) = await house.group("Ana")
    house.sql(GONE)
    home = await ana.home("Your plan cannot be read just now")
    for part in ("tell them", "Scorecard", "Stories", "Mock interviews", "yours alone"):
        assert part in words(home)
    await house.settle()
    house.sql("UPDATE enrolments SET plan = '12-week-comprehensive'")
    assert "The plan" in words(await ana.home("This week"))
