"""Checkpoints: when they come, what the data ticks and what the member, looking at them at any time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.store import deliveries
from bot.workspace.visitors.people import Person, words
from tests.bot.checking import POST, checkpoint, clicked, in_week, lines, on_a_plan_of_their_own, ticks
from tests.bot.conftest import OpenHouse
from tests.bot.house import CHANNEL, MONDAY, SUNDAY, House
from tests.bot.members import (
    asks,
    boxes,
    day_post,
    elements,
    goal_texts,
    has_element,
    hears,
    last_words,
    newest,
    ticked,
)
from tests.bot.sessions import a_session, ends_at, gives

PATTERNS = "Core coding patterns solved reliably"
ROUTINE = "A study routine that has held for four weeks"
STORIES = "First stories written from your own experience"


@pytest.fixture
async def house(open_house: OpenHouse) -> House:
    return await open_house(SUNDAY)


@pytest.fixture
async def ana(house: House) -> Person:
    """Ana in the fourth week of the 12-week plan, on Friday at eight."""
    (ana,) = await house.group("Ana")
    in_week(house, 4)
    await house.travel("Friday 08:00")
    return ana


# When it comes


async def test_it_comes_once_on_the_friday_of_its_week_to_the_member_alone(house: House) -> None:
    (ana,) = await house.group("Ana", sharing="full")
    in_week(house, 3)
    await house.travel("2026-11-29 20:00")
    assert not house.posts(ana, POST)
    await house.travel("2026-12-04 07:59")
    assert not house.posts(ana, POST)
    await house.travel("2026-12-04 08:00")
    (post,) = house.posts(ana, POST)
    assert post.payload["text"].startswith("Checkpoint · week 4 of 12. 0 of 7 done. ○ Self-assessment")
    await house.travel("2026-12-07 09:00")
    assert len(house.posts(ana, POST)) == 1
    assert not house.posts(CHANNEL, "Month 1")


async def test_it_says_what_is_counted_and_asks_for_the_rest(ana: Person) -> None:
    post = await checkpoint(ana)
    said = words(post).splitlines()
    assert said[:3] == [
        "Checkpoint · week 4 of 12",
        "Only you see this list. What is counted ticks itself.",
        "*Month 1: the foundation stands*",
    ]
    assert lines(post) == [
        "○ 10 STAR stories drafted (0 so far)",
        "○ 30 coding problems solved (0 so far)",
        "○ 5 system designs completed (0 so far)",
    ]
    assert goal_texts(post)[1:] == [PATTERNS, STORIES, ROUTINE]
    assert "[ ] Self-assessment done, with a plan for each gap Not known yet: your plan has" in words(post)
    assert "*0 of 7 done.* What is open is simply what comes next." in words(post)
    assert "[Log what you did]" in words(post)


async def test_with_friday_off_it_comes_on_the_last_working_day_before(house: House) -> None:
    (ana,) = await house.group("Ana", days_off=["3", "4", "6"])
    in_week(house, 4)
    await house.travel("Wednesday 07:00")
    assert not house.posts(ana, POST)
    await house.travel("Wednesday 08:00")
    assert len(house.posts(ana, POST)) == 1
    await house.travel("Sunday 09:00")
    assert len(house.posts(ana, POST)) == 1


async def test_a_pause_brings_none_and_its_end_within_the_week_does(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    in_week(house, 4)
    await house.travel("Friday 07:00")
    await hears(ana, "/prep pause 1d")
    await hears(bo, "/prep pause 3d")
    await house.travel("Friday 20:00")
    assert not house.posts(ana, POST)
    await house.travel("2026-12-02 09:00")
    assert len(house.posts(ana, POST)) == 1
    assert not house.posts(bo, POST)


async def test_after_an_outage_it_comes_until_sunday_and_not_on_monday(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo", answers={"Bo": {"timezone": "Asia/Tokyo"}})
    in_week(house, 4)
    await house.travel("Thursday 12:00")
    await house.stop_bot()
    await house.travel("2026-11-29 20:00")  # in Tokyo it is Monday
    await house.start_bot()
    await house.settle()
    assert len(house.posts(ana, POST)) == 1
    assert not house.posts(bo, POST)


async def test_a_week_that_comes_twice_has_its_checkpoint_the_second_time(house: House) -> None:
    (ana,) = await house.group("Ana")
    in_week(house, 4)
    house.sql(
        "insert into adjustments (membership_id, enrolment_id, for_week, change, lasts, extends, made_at)"
        " values (1, 1, ?, ?, false, true, '2026-11-20 09:00:00.000000')",
        [MONDAY.isoformat(), '{"kind": "focus", "track": "standard"}'],
    )
    await house.travel("2026-11-29 20:00")
    assert not house.posts(ana, POST)
    await house.travel("2026-12-04 08:00")
    assert len(house.posts(ana, POST)) == 1
    await house.travel("2026-12-11 09:00")
    assert len(house.posts(ana, POST)) == 1


async def test_who_has_left_and_who_has_another_plan_by_now_get_none(house: House) -> None:
    ana, bo, cy = await house.group("Ana", "Bo", "Cy")
    in_week(house, 4)
    await house.travel("Friday 07:00")
    [(workspace_id,)] = house.sql("select distinct workspace_id from memberships")
    async with house.bot.database.write() as session:  # as if they had been owed theirs before
        for number in (1, 2):
            assert await deliveries.owe(
                session,
                "checkpoint",
                workspace_id=workspace_id,
                whom=f"m{number}",
                period=f"{number}:4",
                due_at=house.at("08:00"),
                expires_at=house.now + timedelta(days=2),
            )
    house.sql("update enrolments set ended_at = '2026-11-26 09:00:00.000000' where id = 2")
    house.sql("update memberships set status = 'left' where id = 1")
    await house.travel("Friday 09:00")
    states = [(row.whom, row.state) for row in await house.deliveries("checkpoint")]
    assert states == [("m1", "skipped"), ("m2", "skipped"), ("m3", "sent")]
    assert (house.posts(ana, POST), house.posts(bo, POST)) == ([], [])
    assert len(house.posts(cy, POST)) == 1


# What the member ticks


async def test_ticks_are_kept_and_taken_back_and_the_list_keeps_its_boxes(house: House, ana: Person) -> None:
    post = await checkpoint(ana)
    await ana.ticks(post, [PATTERNS, ROUTINE])
    assert ticks(house) == ["1-2", "1-4"]
    await house.settle()
    drawn = await ana.fresh(post)
    assert ticked(drawn) == [PATTERNS, ROUTINE]
    assert "*2 of 7 done.*" in words(drawn)
    assert block_ids(drawn) == block_ids(post)
    await ana.ticks(drawn, [PATTERNS], on=False)
    assert ticks(house) == ["1-4"]
    await house.settle()
    assert "*1 of 7 done.*" in words(await ana.fresh(post))


async def test_a_click_that_is_delivered_twice_or_comes_late_changes_nothing(
    house: House, ana: Person
) -> None:
    await ana.ticks(await checkpoint(ana), [PATTERNS])
    sample = house.workspace.socket.sent[-1]
    (chosen,) = sample["payload"]["actions"][0]["selected_options"]
    began = int(house.now.timestamp()) + 60

    async def arrives(at: int, options: list[object]) -> None:
        made = clicked(sample, action_ts=f"{began + at}.000100", selected_options=options)
        await house.workspace.deliver(made)

    await arrives(9, [])
    assert ticks(house) == []
    for at in (1, 8, 9):
        await arrives(at, [chosen])
        assert ticks(house) == []
    await arrives(10, [chosen])
    await arrives(10, [chosen])
    await arrives(3, [])
    assert ticks(house) == ["1-2"]


def block_ids(thing: dict[str, object]) -> list[str]:
    """The ids of the groups of checkboxes."""
    blocks: list[dict[str, object]] = thing["blocks"]  # type: ignore[assignment]  # JSON
    return [
        str(block["block_id"]) for block in blocks if str(block.get("block_id")).startswith("checkpoint:")
    ]


async def test_the_list_in_the_channel_and_the_posted_one_stay_in_step(house: House, ana: Person) -> None:
    post = await checkpoint(ana)
    live = await asks(ana, "/prep plan checkpoint")
    assert live["ephemeral"]
    await ana.ticks(live, [STORIES])
    await house.settle()
    drawn = await ana.fresh(post)
    assert ticked(drawn) == [STORIES]
    assert block_ids(drawn) != block_ids(post)
    assert "*1 of 7 done.*" in words(await ana.fresh(live))
    await ana.ticks(drawn, [STORIES], on=False)
    assert ticked(await asks(ana, "/prep plan checkpoint", "")) == []


async def test_nobody_ticks_for_anybody_else_or_what_is_not_there(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    in_week(house, 4)
    await house.travel("Friday 08:00")
    await ana.ticks(await checkpoint(ana), [PATTERNS])
    mine = house.workspace.socket.sent[-1]
    await bo.ticks(await checkpoint(bo), [PATTERNS])
    theirs = house.workspace.socket.sent[-1]
    kept = house.sql("select enrolment_id, week, item, marked_ts from checkpoint_ticks")
    later = f"{int(house.now.timestamp()) + 60}.000100"
    gone = "That checkpoint is not part of the plan that you follow now. `/prep plan checkpoint` shows yours."
    for envelope, block_id, told in (
        (theirs, mine["payload"]["actions"][0]["block_id"], "That list belongs to somebody else."),
        (mine, "checkpoint:1:5:r0:1-1", gone),
        (mine, "checkpoint:77:4:r0:1-1", gone),
        (mine, "checkpoint:99999999999999999999:4:r0:1-1", gone),
        (mine, "checkpoint:1:4", gone),
    ):
        await house.workspace.deliver(clicked(envelope, block_id=block_id, action_ts=later))
        await house.settle()
        assert told in await last_words(bo if envelope is theirs else ana)
    forged = clicked(mine, block_id="checkpoint:1:4:r0:9-9,1-2", action_ts=later)
    forged["payload"]["actions"][0]["selected_options"] = [{"value": "9-9"}, {"value": "1-2"}]
    await house.workspace.deliver(forged)
    now = house.sql("select enrolment_id, week, item, marked_ts from checkpoint_ticks")
    assert [row for row in now if row[3] != later] == [row for row in kept if row[:3] != (1, 4, "1-2")]
    assert [row[:3] for row in now if row[3] == later] == [(1, 4, "1-2")]


async def test_a_list_of_a_plan_that_one_no_longer_follows_says_so(house: House, ana: Person) -> None:
    house.sql("update enrolments set ended_at = '2026-11-27 09:00:00.000000'")
    await ana.ticks(await checkpoint(ana), [PATTERNS])
    await house.settle()
    assert ticks(house) == []
    assert "That checkpoint is not part of the plan that you follow now." in await last_words(ana)


# What the data ticks


async def test_what_is_logged_ticks_the_line_and_undoing_opens_it_again(house: House, ana: Person) -> None:
    post = await checkpoint(ana)
    await hears(ana, "/prep log stories 11")
    await house.settle()
    assert lines(await ana.fresh(post))[0] == "✓ 10 STAR stories drafted (11)"
    assert "✓ 10 STAR stories drafted (11)" in (await ana.fresh(post))["text"]
    assert "*1 of 7 done.*" in words(await ana.fresh(post))
    await hears(ana, "/prep undo")
    await house.settle()
    assert lines(await ana.fresh(post))[0] == "○ 10 STAR stories drafted (0 so far)"


async def test_a_completed_goal_moves_the_count(house: House, ana: Person) -> None:
    post = await checkpoint(ana)
    house.sql("""update goals set metrics = '{"coding_problems": 31}'""")
    await ana.ticks(day := await day_post(ana), goal_texts(day)[:1])
    await house.settle()
    assert lines(await ana.fresh(post))[1] == "✓ 30 coding problems solved (31)"


async def test_only_what_was_done_since_the_plan_began_counts(house: House) -> None:
    (ana,) = await house.group("Ana")
    await hears(ana, "/prep log stories 4")
    on_a_plan_of_their_own(house, '{ text = "3 stories", counts = { stories = 3 } }')
    await house.travel("Friday 08:00")
    assert lines(await checkpoint(ana)) == ["○ 3 stories (0 so far)"]


async def test_the_goals_of_a_line_tick_it_together(house: House) -> None:
    (ana,) = await house.group("Ana")
    on_a_plan_of_their_own(house, '{ text = "Both evenings", goals = ["w1-code", "w1-story"] }')
    await house.travel("Monday 08:00")
    await ana.ticks(await day_post(ana, "Monday"), ["Solve two problems"])
    await house.travel("Friday 08:00")
    post = await checkpoint(ana)
    assert lines(post) == ["○ Both evenings (1 of 2 goals done)"]
    await ana.ticks(await day_post(ana, "Wednesday"), ["Tell one story aloud"])
    await house.settle()
    assert lines(await ana.fresh(post)) == ["✓ Both evenings"]


async def test_ratings_and_principles_are_asked_until_a_check_in_answers_them(house: House) -> None:
    (ana,) = await house.group("Ana")
    on_a_plan_of_their_own(
        house,
        '{ text = "Every rating at 3", ratings = { of = "all", at_least = 3 } }',
        '{ text = "The primary ones at 4", ratings = { of = "primary", at_least = 4 } }',
        '{ text = "12 principles", lp_coverage = 12 }',
        '{ text = "Mocks at 4", mock_average = 4 }',
    )
    await house.travel("Friday 08:00")
    post = await checkpoint(ana)
    assert goal_texts(post) == ["Every rating at 3", "The primary ones at 4", "12 principles", "Mocks at 4"]
    assert "Mocks at 4 Not known yet: no feedback from a mock interview" in words(post)
    await ana.ticks(post, ["Mocks at 4"])
    await house.travel("Saturday 18:00")
    await ana.clicks(await ana.waits_for_dm("Weekly check-in"), "checkin_open")
    rated = dict.fromkeys(
        ("time_management", "feedback_integration", "overall_confidence", "stress_management"), "5"
    )
    rated |= dict.fromkeys(("story_quality", "delivery_confidence", "self_assessment_progress"), "4")
    answers = {**rated, "technical_communication": "3", "lp_covered": 9}
    await house.submits(ana, await ana.modal("Weekly check-in"), answers)
    await house.settle()
    drawn = await ana.fresh(post)
    assert lines(drawn) == [
        "✓ Every rating at 3 (the lowest is 3)",
        "○ The primary ones at 4 (the lowest is 3)",
        "○ 12 principles (9 so far)",
    ]
    assert (goal_texts(drawn), ticked(drawn)) == (["Mocks at 4"], ["Mocks at 4"])
    assert "*2 of 4 done.*" in words(drawn)


async def test_a_mock_that_was_held_and_its_feedback_are_drawn_into_the_list(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    on_a_plan_of_their_own(
        house, '{ text = "A mock at 4", counts = { mock_interviews = 1 }, mock_average = 4 }'
    )
    await house.travel("Friday 08:00")
    post = await checkpoint(bo)
    assert lines(post) == ["○ A mock at 4 (0 mock interviews so far)"]
    mock = await a_session(house, [ana, bo], "Friday 17:00")
    await house.travel(ends_at(mock))
    await gives(house, ana, bo, 3)
    await gives(house, bo, ana, 5)
    await house.settle()
    assert lines(await bo.fresh(post)) == ["○ A mock at 4 (1 mock interview, 3 on average)"]
    assert lines(await checkpoint(ana)) == ["✓ A mock at 4 (1 mock interview, 5 on average)"]


# Its end


async def test_a_finished_one_says_so_and_names_what_comes_next(house: House) -> None:
    (ana,) = await house.group("Ana")
    following = '[[checkpoints]]\nweek = 3\ntitle = "The *last* one"\nitems = ["Done"]\n'
    on_a_plan_of_their_own(house, '"One"', '{ text = "A story", counts = { stories = 1 } }', more=following)
    await house.travel("Friday 08:00")
    await hears(ana, "/prep log stories 1")
    await house.settle()
    post = await checkpoint(ana)
    await ana.ticks(post, ["One"])
    await house.settle()
    said = words(await ana.fresh(post))
    assert "All of it is done.* Well done, that is solid ground. Next: The ∗last∗ one, in week 3." in said
    assert "[Log what you did]" not in said
    await house.travel("2026-12-11 08:00")
    last = await checkpoint(ana)
    await ana.ticks(last, ["Done"])
    await house.settle()
    assert "It is the last checkpoint of your plan." in words(await ana.fresh(last))


async def test_many_and_long_lines_can_all_be_read_and_ticked(house: House) -> None:
    (ana,) = await house.group("Ana")
    long = [
        f"Number {number} " + "of the lines that are too long for a checkbox " * 4 for number in range(11)
    ]
    long = [line.strip()[:200] for line in long]
    on_a_plan_of_their_own(house, *(f'"{line}"' for line in long), '"A short one"')
    await house.travel("Friday 08:00")
    post = await checkpoint(ana)
    assert [len(box["options"]) for box in boxes(post)] == [10, 2]
    for number, line in enumerate(long):
        assert f"{number % 10 + 1}. {line}" in words(post)
    texts = goal_texts(post)
    assert texts[0] == "1. Number 0 of the lines that are too long for a checkbox of the lines…"
    assert texts[-1] == "A short one"
    await ana.ticks(post, [texts[2], texts[10], "A short one"])
    await house.settle()
    assert ticks(house) == ["1-11", "1-12", "1-3"]
    assert ticked(await ana.fresh(post)) == [texts[2], texts[10], "A short one"]


# At any time


async def test_the_next_one_can_be_looked_at_at_any_time_and_the_others_too(house: House) -> None:
    (ana,) = await house.group("Ana")
    assert words(await asks(ana, "/prep plan checkpoint")).startswith("Checkpoint · week 4 of 12\nOnly you")
    await house.travel("Monday 08:00")
    told = await asks(ana, "/prep plan checkpoint")
    assert "It comes in week 4; this is where you are now." in words(told)
    picks = [element for element in elements(told) if element.get("action_id") == "checkpoint_pick"]
    assert [option["text"]["text"] for option in picks[0]["options"]] == [
        "Week 4: Month 1: the foundation stands",
        "Week 8: Month 2: the harder material",
        "Week 12: Month 3: ready for the interview",
    ]
    await ana.chooses(told, "checkpoint_pick", "1:12")
    await house.settle()
    other = await newest(ana, CHANNEL)
    assert words(other).startswith("Checkpoint · week 12 of 12")
    assert [len(box["options"]) for box in boxes(other)] == [4, 5, 5, 5, 5]
    await ana.ticks(other, ["Every part of the loop polished"])
    assert ticks(house) == ["1-3"]
    assert "*1 of 24 done.*" in words(await newest(ana, CHANNEL))


async def test_the_map_of_the_plan_has_a_door_to_it(house: House, ana: Person) -> None:
    shown = await asks(ana, "/prep plan")
    await ana.clicks(shown, "Checkpoint")
    await house.settle()
    assert (await last_words(ana, CHANNEL)).startswith("Checkpoint · week 4 of 12")


async def test_a_plan_without_any_says_so_and_has_no_door(house: House) -> None:
    (ana,) = await house.group("Ana")
    on_a_plan_of_their_own(house, '"One"')
    ((text,),) = house.sql("select text from group_plans")
    house.sql("update group_plans set text = ?", [text.partition("[[checkpoints]]")[0]])
    await house.travel("Friday 09:00")
    assert not house.posts(ana, POST)
    assert "Your plan has no checkpoints." in await hears(ana, "/prep plan checkpoints")
    assert not has_element(await asks(ana, "/prep plan"), "checkpoint_show")
