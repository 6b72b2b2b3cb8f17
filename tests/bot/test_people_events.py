"""What happens to people and channels outside of the bot's own commands."""

from __future__ import annotations

from datetime import timedelta

from bot.workspace.visitors.people import words
from tests.bot.house import CHANNEL, House
from tests.bot.members import asks, day_post, finishes, goals_of, group_card, hears, last_words, membership_of


async def test_who_leaves_the_channel_leaves_the_group_and_keeps_what_they_did(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    await house.travel("Monday 08:00")
    await finishes(bo, await day_post(bo))
    await bo.leaves(CHANNEL)
    await house.settle()
    assert (await membership_of(house, bo)).status == "left"
    assert "1 member: Ana." in words(await group_card(ana))
    await house.travel("Tuesday 08:00")
    assert house.posts(ana, "Tuesday · week 1")
    assert not house.posts(bo, "Tuesday · week 1")
    assert sum(goal.state == "done" for goal in await goals_of(house, bo)) == 7
    await house.joins(bo, start="today")
    await house.settle()
    assert (await membership_of(house, bo)).status == "active"
    assert "2 members: Ana and Bo." in words(await group_card(ana))


async def test_a_deactivated_account_gets_nothing_until_it_is_back(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    await bo.is_deactivated()
    await house.settle()
    assert (await membership_of(house, bo)).status == "deactivated"
    await house.travel("Monday 08:00")
    assert house.posts(ana, "Monday · week 1")
    assert not house.posts(bo, "Monday · week 1")
    assert "Bo" not in words(await group_card(ana))
    await bo.is_deactivated(False)
    await house.settle()
    await house.travel("Tuesday 08:00")
    assert len(house.posts(bo, "Tuesday · week 1")) == 1


async def test_who_left_by_themselves_does_not_come_back_with_their_account(house: House) -> None:
    _, bo = await house.group("Ana", "Bo")
    await bo.clicks(await asks(bo, "/prep leave"), "Leave")
    await bo.is_deactivated()
    await bo.is_deactivated(False)
    await house.settle()
    assert (await membership_of(house, bo)).status == "left"


async def test_who_travels_gets_the_goals_at_the_local_hour_of_the_new_place(house: House) -> None:
    (ana,) = await house.group("Ana")
    await ana.moves_to("America/New_York")
    await house.settle()
    await house.travel("Monday 08:00")
    assert not house.posts(ana, "Monday · week 1")
    await house.travel("Monday 08:00", "America/New_York")
    assert len(house.posts(ana, "Monday · week 1")) == 1


async def test_a_new_name_is_used_from_then_on(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    await house.people.doors.knock("person", {"id": bo.id, "name": "Robert"})
    await house.settle()
    assert "2 members: Ana and Robert." in words(await group_card(ana))
    assert "• Robert: " in await hears(ana, "/prep group")


async def test_a_group_rests_while_the_bot_is_out_of_its_channel(house: House) -> None:
    (ana,) = await house.group("Ana")
    await ana.removes(CHANNEL)
    await house.settle()
    await house.travel("Monday 12:00")
    assert not house.posts(ana, "Monday · week 1")
    await ana.invites(CHANNEL)
    await house.settle()
    await house.travel("Tuesday 08:00")
    assert len(house.posts(ana, "Tuesday · week 1")) == 1
    await house.travel("Sunday 18:00")
    assert len(house.posts(CHANNEL, "Week 48")) == 1


async def test_a_group_rests_while_its_channel_is_archived(house: House) -> None:
    (ana,) = await house.group("Ana")
    await house.travel("Monday 08:00")
    await ana.archives(CHANNEL)
    await house.settle()
    assert await hears(ana, "/prep today", "") == (
        "You're not in a study group yet. Go to its channel and type `/prep join`."
    )
    await house.travel("2026-11-29 20:00")
    assert not house.posts(CHANNEL, "Week 48")
    assert not house.posts(ana, "Tuesday · week 1")
    await ana.unarchives(CHANNEL)
    await ana.invites(CHANNEL)  # an archived channel lets everybody go, the app too
    await house.settle()
    await house.travel("2026-11-30 08:00")
    assert len(house.posts(ana, "Monday · week 2")) == 1


async def test_an_archived_group_takes_nobody_in(house: House) -> None:
    house.refusals |= {"is_archived"}  # an answer in the channel is tried first
    ana, _ = await house.group("Ana", "Bo")
    dee = await house.person("Dee")
    await dee.joins(CHANNEL)
    card = await group_card(dee)
    await dee.says(CHANNEL, "/prep join")
    sheet = await dee.modal("Join the study group")
    await ana.archives(CHANNEL)
    await house.settle()
    result = await dee.submits(sheet, {})
    assert "Staff Prep is archived. Unarchive its channel to go on." in result.errors.values()
    await dee.closes(sheet)
    await dee.clicks(card, "Join")
    assert await dee.modals() == []
    await house.settle()
    assert "Staff Prep is archived" in await dee.reads() + await dee.reads(CHANNEL)
    assert house.sql("select count(*) from memberships") == [(2,)]


async def test_strangers_and_bots_that_come_and_go_change_nothing(house: House) -> None:
    ana, _ = await house.group("Ana", "Bo")
    dee = await house.person("Dee")
    await dee.joins(CHANNEL)
    await dee.leaves(CHANNEL)
    robot = await house.people.create("Robot", is_bot=True)
    await ana.invites(CHANNEL, robot)
    await ana.removes(CHANNEL, robot)
    await dee.moves_to("Asia/Tokyo")
    await house.settle()
    assert house.sql("select count(*) from memberships") == [(2,)]
    assert (await house.workspace.socket.redeliver_last("events_api")) is None
    assert "2 members" in words(await group_card(ana))
    assert "Staff Prep" in await last_words(ana, CHANNEL)


async def test_a_week_that_ended_while_the_channel_was_archived_is_closed_when_it_is_back(
    house: House,
) -> None:
    ana, _ = await house.group("Ana", "Bo", sharing="full")
    await house.travel("2026-11-29 18:30")
    (post,) = house.posts(CHANNEL, "Week 48")
    await ana.archives(CHANNEL)
    await house.settle()
    await house.travel("2026-12-01 12:00")
    assert not house.updates(post.ts)
    await ana.unarchives(CHANNEL)
    await ana.invites(CHANNEL)
    await house.settle()
    await house.travel(timedelta(minutes=1))
    (redrawn,) = house.updates(post.ts)
    assert "Final: everybody's week has closed." in words(redrawn.payload)
