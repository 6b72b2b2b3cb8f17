"""A group's roster and rhythm."""

from __future__ import annotations

from bot.workspace.visitors.people import words
from tests.bot.house import CHANNEL, House
from tests.bot.members import asks, blanks, group_card, has_element, hears, last_words


async def test_the_roster_says_who_is_in_where_each_one_stands_and_who_is_paused(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo", zones={"Bo": "Asia/Kolkata"})
    await house.travel("Monday 09:00")
    await hears(bo, "/prep pause 2d")
    lines = (await hears(ana, "/prep group")).splitlines()
    assert lines[:3] == [
        "Staff Prep",
        "• Ana, lead: Berlin (UTC+1) · week 1 of 12",
        "• Bo: Kolkata (UTC+5:30) · week 1 of 12 · paused",
    ]
    assert lines[-2:] == [
        "Check-in Saturday 18:00 · scorecard Sunday 18:00, Berlin (UTC+1)",
        "[Join] [Change the rhythm] [Invite a mentor] [Plans]",
    ]
    assert (await hears(bo, "/prep roster")).splitlines()[-1] == "[Join]"
    assert (await hears(bo, "/prep group", "")).startswith("Staff Prep\n• Ana")


async def test_the_lead_changes_the_rhythm_and_everything_follows(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    roster = await asks(ana, "/prep group")
    await ana.clicks(roster, "Change the rhythm")
    sheet = await ana.modal("The group's rhythm")
    assert blanks(sheet)["name"] == "Staff Prep"
    empty = await ana.submits(sheet, {"name": "   "})
    assert "name" in empty.errors
    answers = {
        "name": "Night Owls",
        "checkin_day": "Friday",
        "checkin_time": "21:00",
        "scorecard_day": "Saturday",
        "scorecard_time": "12:00",
        "timezone": "UTC",
    }
    await house.submits(ana, sheet, answers)
    await house.settle()
    said = (
        "Night Owls: check-in Friday 21:00, scorecard Saturday 12:00, UTC (UTC+0)."
        " Mock rounds are called Monday 12:00, matched Wednesday 18:00."
        " The scorecard is in the order of names, with milestones."
    )
    assert await last_words(ana, CHANNEL) == f"Saved. {said}"
    assert words(await group_card(ana)).startswith("Night Owls\n")
    await house.travel("Friday 20:00")
    await house.travel("2026-11-27 21:00")
    assert house.posts(bo, "Weekly check-in")
    assert not house.posts(CHANNEL, "goals met")
    await house.travel("2026-11-28 12:00", "UTC")
    assert len(house.posts(CHANNEL, "Week 48 · Night Owls")) == 1


async def test_only_the_lead_changes_the_rhythm_even_with_the_leads_own_button(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    await ana.clicks(await asks(ana, "/prep group"), "Change the rhythm")
    envelope = house.workspace.socket.sent[-1]
    payload = envelope["payload"]
    stolen = payload | {"user": payload["user"] | {"id": bo.id}, "response_url": ""}
    await house.workspace.deliver(envelope | {"envelope_id": "stolen", "payload": stolen})
    await house.settle()
    assert await last_words(bo, CHANNEL) == (
        "Only the group's lead can change its rhythm. Ana leads Staff Prep."
    )
    assert await bo.modals() == []


async def test_a_command_outside_of_every_group_says_what_to_do(house: House) -> None:
    await house.group("Ana")
    dee = await house.person("Dee")
    await dee.joins(CHANNEL)
    assert await hears(dee, "/prep today") == "You're not in Staff Prep yet.\n[Join]"
    assert await hears(dee, "/prep today", "") == (
        "You're not in a study group yet. Go to its channel and type `/prep join`."
    )
    await dee.creates_channel("elsewhere")
    assert await hears(dee, "/prep join", "#elsewhere") == (
        "This channel is not a study group yet. Whoever starts it leads it.\n[Start a study group]"
    )
    await dee.clicks((await dee.messages("#elsewhere"))[-1], "Start a study group")
    assert await dee.modal("Start a study group")


async def test_a_member_is_served_in_the_dm_and_in_channels_that_are_no_group(house: House) -> None:
    (ana,) = await house.group("Ana")
    await house.travel("Monday 09:00")
    await ana.creates_channel("elsewhere")
    for where in ("", "#elsewhere", CHANNEL):
        assert (await hears(ana, "/prep today", where)).startswith("Monday · week 1 of 12")
        assert (await hears(ana, "/prep scorecard", where)).startswith("Your week 1")


async def test_two_groups_keep_their_members_apart(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    await house.starts(bo, "#second", name="Second")
    await house.joins(ana, "#second", hours=7)
    await house.travel("Monday 09:00")
    await house.settle()
    assert "Bo" in words(await asks(bo, "/prep group"))
    assert "• Ana: " in await hears(ana, "/prep group", "#second")
    assert await hears(bo, "/prep today", "#second") == "You're not in Second yet.\n[Join]"
    assert "7 h a week" in await hears(ana, "/prep plan", "#second")
    assert "12 h a week" in await hears(ana, "/prep plan", CHANNEL)
    await hears(ana, "/prep log coding 2", "#second")
    assert "coding problems 0 of 3" in await hears(ana, "/prep week", CHANNEL)
    assert "coding problems 2 of" in await hears(ana, "/prep week", "#second")


async def test_the_buttons_of_a_list_act_in_the_group_that_it_belongs_to(house: House) -> None:
    (ana,) = await house.group("Ana")
    await house.starts(ana, "#second", name="Second")
    await house.joins(ana, "#second", hours=7)
    await house.travel("Monday 09:00")
    first, second = await ana.waits_for_dm("12 h a week"), await ana.waits_for_dm("7 h a week")
    for welcome, goals in ((first, 7), (second, 4)):
        await ana.clicks(welcome, "Show today")
        await house.settle()
        assert f"0 of {goals} done" in await last_words(ana)
        await ana.clicks(welcome, "My week")
        await house.settle()
        assert ("31 goals" in await last_words(ana)) == (welcome == first)
        await ana.clicks(welcome, "Settings")
        sheet = await ana.modal("My settings")
        assert blanks(sheet)["hours"] == ("12" if welcome == first else "7")
        await ana.closes(sheet)
    lists = [post for post in await ana.dm() if has_element(post, "rate_day") and not post.get("ephemeral")]
    for post in lists:
        await ana.clicks(post, "Log something")
        await house.submits(ana, await ana.modal("Log what you did"), {"count": 1})
    assert house.sql("select membership_id from entries order by id") == [(1,), (2,)]
