"""A full loop changes before it begins: somebody drops out or leaves, it is moved, it is called off."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.workspace.visitors.people import Person, words
from tests.bot.house import CHANNEL, House
from tests.bot.loops import SAT, cast_of, events, plans_loop, room
from tests.bot.members import form, has_element
from tests.bot.mock_rooms import clicks_forged

SUN = "2026-11-22 15:00"


@pytest.fixture
async def four(house: House) -> list[Person]:
    """Ana, who is the candidate of a planned loop, and her three interviewers."""
    people = await house.group("Ana", "Bo", "Chen", "Dan")
    await plans_loop(house, people[0], people[1:], bar_raiser=[people[3].id])
    return people


async def cannot(house: House, person: Person, people: list[Person]) -> None:
    """Say that one cannot come."""
    await person.clicks(await room(house, people), "I can't")
    await house.settle()


def sitting(house: House) -> list[set[str]]:
    """Who is expected in each round, in the order of the day."""
    rows = house.sql(
        "select s.id, m.name from mock_sessions s join mock_seats t on t.session_id = s.id"
        " join memberships m on m.id = t.membership_id where t.state in ('invited', 'in') order by s.id"
    )
    return [{name for number, name in rows if number == each} for each in sorted({row[0] for row in rows})]


async def test_whoever_drops_out_makes_a_new_day_for_the_others_who_are_told(
    house: House, four: list[Person]
) -> None:
    await cannot(house, four[3], four)  # the bar raiser
    cast = await cast_of(house)
    assert [each.row.state for each in cast.panel] == ["invited", "invited", "declined"]
    assert cast.loop.bar_raiser_id in {each.membership.id for each in cast.here}
    assert len(sitting(house)) == 5
    assert all("Dan" not in round_ and "Ana" in round_ for round_ in sitting(house))
    assert "Dan can't make it." in words(await room(house, four))
    (told,) = house.posts(four, "the day is made anew")
    assert "Bo: " in words(told.payload)
    assert "Chen: " in words(told.payload)
    await cannot(house, four[3], four)  # a second click
    assert len(house.posts(four, "the day is made anew")) == 1


async def test_who_reads_a_round_anew_gets_questions_that_nobody_there_has_read(
    house: House, four: list[Person]
) -> None:
    before = {row[0] for row in house.sql("select question from mock_questions")}
    held = sitting(house)
    await cannot(house, four[3], four)
    for number, (old, new) in enumerate(zip(held, sitting(house), strict=True), start=1):
        rows = house.sql("select question from mock_questions where session_id = ? and turn = 1", [number])
        assert rows
        if old != new:
            assert not before & {row[0] for row in rows}


async def test_who_changes_their_mind_is_back_on_the_panel(house: House, four: list[Person]) -> None:
    await cannot(house, four[1], four)
    await four[1].clicks(await room(house, four), "I'll be there")
    await house.settle()
    assert [each.row.state for each in (await cast_of(house)).panel] == ["coming", "invited", "invited"]
    assert any("Bo" in round_ for round_ in sitting(house))
    assert "Bo will be there." in words(await room(house, four))


async def test_who_was_kept_apart_meanwhile_does_not_come_back_and_reads_a_neutral_word(
    house: House, four: list[Person]
) -> None:
    ana, bo = four[0], four[1]
    await cannot(house, bo, four)
    await house.submits(
        ana, await form(ana, "/prep mock settings", "My mock interviews"), {"blocked": [bo.id]}
    )
    await bo.clicks(await room(house, four), "I'll be there")
    await house.settle()
    assert [each.row.state for each in (await cast_of(house)).panel] == ["declined", "invited", "invited"]
    assert not any("Bo" in round_ for round_ in sitting(house))
    assert "That one did not work out any more" in await bo.reads(house.place(four))


async def test_with_one_interviewer_left_the_loop_is_called_off_kindly(
    house: House, four: list[Person]
) -> None:
    await cannot(house, four[1], four)
    await cannot(house, four[2], four)
    assert (await cast_of(house)).loop.state == "cancelled"
    assert {row[0] for row in house.sql("select state from mock_sessions")} == {"cancelled"}
    over = words(await room(house, four, "does not take place"))
    assert "Bo and Chen can't make it this time." in over
    assert [str(event["METHOD"]) for event in events(house, four)] == ["PUBLISH", "CANCEL"]
    posts = len(house.posts())
    await house.travel(house.at(SAT) + timedelta(days=3))
    assert not [post for post in house.posts()[posts:] if post.channel == house.place(four)]
    assert not any(house.posts(person, "How was the loop?") for person in four)


@pytest.mark.parametrize("way", ["command", "channel", "deactivated"])
async def test_whoever_leaves_the_group_is_off_the_panel(house: House, four: list[Person], way: str) -> None:
    bo = four[1]
    match way:
        case "command":
            await bo.says(CHANNEL, "/prep leave")
            await bo.clicks(await bo.waits_for(CHANNEL, "Your goals stop arriving"), "Leave")
        case "channel":
            await bo.leaves(CHANNEL)
        case _:
            await bo.is_deactivated()
    await house.settle()
    assert [each.row.state for each in (await cast_of(house)).panel] == ["declined", "invited", "invited"]
    assert all("Bo" not in round_ for round_ in sitting(house))
    assert "Bo can't make it this time, so the day is made anew" in words(
        await room(house, four, "the day is made anew")
    )


async def test_without_its_candidate_there_is_no_loop(house: House, four: list[Person]) -> None:
    await four[0].leaves(CHANNEL)
    await house.settle()
    assert (await cast_of(house)).loop.state == "cancelled"
    await four[1].waits_for(house.place(four), "does not take place")


async def test_two_who_leave_before_the_clock_rings_are_left_out_at_once(
    house: House, four: list[Person]
) -> None:
    await house.stop_bot()
    house.sql("UPDATE memberships SET status = 'left' WHERE name IN ('Bo', 'Dan')")
    house.sql(
        "INSERT INTO timers (kind, whom, period, next_due_at) VALUES ('loop_anew', 'l1', '2026-11-18', ?)",
        (f"{house.now:%Y-%m-%d %H:%M:%S.%f}",),
    )
    await house.start_bot()
    await house.settle()
    assert (await cast_of(house)).loop.state == "cancelled"
    assert not house.posts(four, "the day is made anew")


async def test_who_leaves_once_it_has_begun_changes_nothing_for_the_others(
    house: House, four: list[Person]
) -> None:
    await house.travel(house.at(SAT) + timedelta(minutes=5))
    await four[1].leaves(CHANNEL)
    await house.settle()
    assert {each.row.state for each in (await cast_of(house)).panel} == {"invited"}
    assert not house.posts(four, "can't make it")


# Another time


async def moves(house: House, person: Person, people: list[Person], when: str) -> dict[str, str]:
    """Move the loop; what the form complains about."""
    await person.clicks(await room(house, people), "Move it")
    result = await person.submits(
        await person.modal("Move the loop"), {"moment": int(house.at(when).timestamp())}
    )
    await house.settle()
    return result.errors


async def test_a_moved_loop_asks_everybody_again_and_sends_the_same_event_anew(
    house: House, four: list[Person]
) -> None:
    ana, bo, *_ = four
    await bo.clicks(await room(house, four), "I'll be there")
    await house.settle()
    assert await moves(house, ana, four, SUN) == {}
    cast = await cast_of(house)
    assert (cast.loop.starts_at, {each.row.state for each in cast.panel}) == (house.at(SUN), {"invited"})
    (first,) = house.sql("select min(starts_at) from mock_sessions")
    assert str(first[0]).startswith("2026-11-22 14:00")
    before, after = events(house, four)
    assert before["UID"] == after["UID"]
    assert (int(before["SEQUENCE"]), int(after["SEQUENCE"])) == (1, 2)
    assert after["DTSTART"].dt == house.at(SUN)
    assert "Sun 22 Nov 15:00 Berlin" in words(await room(house, four))
    await house.travel(house.at(SAT))
    assert not house.posts(four, "In an hour")
    await house.travel(house.at(SUN))
    assert len(house.posts(four, "Tomorrow")) == len(house.posts(four, "In an hour")) == 1


async def test_a_reminder_of_the_old_time_says_so_and_its_buttons_change_nothing(
    house: House, four: list[Person]
) -> None:
    ana, bo, *_ = four
    await house.travel(house.at(SAT) - timedelta(hours=24))
    reminder = await room(house, four, "Tomorrow")
    await moves(house, ana, four, SUN)
    assert "This reminder is out of date" in words(await ana.fresh(reminder))
    await clicks_forged(house, bo, "loop_decline", "1:1")
    assert "That was about another time." in await bo.reads()
    assert {each.row.state for each in (await cast_of(house)).panel} == {"invited"}


async def test_it_cannot_be_moved_into_the_past_nor_by_an_interviewer(
    house: House, four: list[Person]
) -> None:
    ana, bo, *_ = four
    await ana.clicks(await room(house, four), "Move it")
    result = await ana.submits(
        await ana.modal("Move the loop"), {"moment": int((house.now - timedelta(hours=1)).timestamp())}
    )
    assert "That is too soon" in result.errors["moment"]
    await clicks_forged(house, bo, "loop_move", "1")
    assert "Only Ana can do that." in await bo.reads()


async def test_a_new_zone_of_somebody_redraws_the_day(house: House, four: list[Person]) -> None:
    await four[2].moves_to("America/New_York")
    await house.settle()
    assert "10:00 Berlin / 04:00 New York  Behavioural" in words(await room(house, four))


# Called off


async def test_its_planner_calls_it_off_and_calendars_let_it_go(house: House, four: list[Person]) -> None:
    ana, bo, *_ = four
    for _ in range(2):
        await clicks_forged(house, ana, "loop_cancel", "1")
    over = await room(house, four, "does not take place")
    assert not has_element(over, "loop_accept")
    assert len(house.files(four)) == 2
    await clicks_forged(house, bo, "loop_accept", "1:1")
    assert "That loop is no longer on." in await bo.reads()


async def test_in_an_archived_group_nothing_is_sent_any_more(house: House, four: list[Person]) -> None:
    await four[0].archives(CHANNEL)
    await house.settle()
    before = len(house.posts())
    await house.travel(house.at(SAT) + timedelta(days=3))
    assert house.posts()[before:] == []
