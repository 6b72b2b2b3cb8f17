"""Everything that a command does is reached from the App Home by tapping."""

from __future__ import annotations

from typing import Any

from bot.listeners.commands import TABLE
from bot.views.home_doors import NEED_A_CHANNEL
from bot.workspace.visitors.people import Person, words
from tests.bot.house import House
from tests.bot.members import elements, last_words, membership_of
from tests.bot.mock_rooms import clicks_forged

Json = dict[str, Any]

# The element of the Home that does what a command does; every other command stands in its menu.
REACHES = {
    "today": "complete",
    "week": "week_open",
    "log": "log_open",
    "goal": "day_more",
    "scorecard": "home_do_scorecard",
    "plan": "home_do_plan",
    "mock": "mock_page",
    "story": "stories_open",
    "month": "home_do_month",
    "mode": "modes_open",
    "settings": "settings_open",
    "pause": "pause_open",
    "resume": "resume_now",
    "export": "data_export",
    "forget": "data_forget",
}
TODAY = "Technical baseline"
PAUSE = "Pause"


def actions(home: Json) -> set[str]:
    """The ids of everything on a page that can be tapped."""
    return {str(element.get("action_id")) for element in elements(home)}


def offered(home: Json) -> list[str]:
    """The commands in the menu of everything else."""
    (menu,) = [each for each in elements(home) if each.get("action_id") == "home_more"]
    return [option["value"].partition(":")[2] for option in menu["options"]]


async def chooses(house: House, person: Person, command: str) -> str:
    """Choose something in the menu; what the newest message then says."""
    member = await membership_of(house, person)
    home = await person.home("yours alone")
    await person.chooses(home, "home_more", f"{member.id}:{command}")
    await house.settle()
    return await last_words(person)


async def test_every_command_has_a_door_on_the_home(house: House) -> None:
    (ana,) = await house.group("Ana")
    await house.travel("Tuesday 08:00")
    home = await ana.home(TODAY)
    tapped = actions(home)
    await ana.clicks(home, "Pause…")
    await house.submits(ana, await ana.modal(PAUSE), {})
    await house.settle()
    tapped |= actions(await ana.fresh(home))
    in_menu = set(TABLE) - set(REACHES) - set(NEED_A_CHANNEL)
    assert {REACHES[name] for name in TABLE if name in REACHES} <= tapped
    assert set(offered(home)) == in_menu


async def test_the_menu_does_what_typing_would_do_and_is_empty_again_afterwards(house: House) -> None:
    (ana,) = await house.group("Ana")
    await house.travel("Tuesday 08:00")
    home = await ana.home(TODAY)
    await ana.clicks(home, "Log something")
    await house.submits(ana, await ana.modal("Log what you did"), {"count": 2})
    rows = [block["block_id"] for block in home["blocks"] if block["block_id"].startswith("home_more")]
    assert "Undone: 2 coding problems" in await chooses(house, ana, "undo")
    home = await ana.fresh(home)
    assert rows != [
        block["block_id"] for block in home["blocks"] if block["block_id"].startswith("home_more")
    ]
    assert "Staff Prep" in await chooses(house, ana, "group")
    assert "Leave *Staff Prep*?" in await chooses(house, ana, "leave")
    await ana.clicks(home, "My plan")
    await house.settle()
    assert "you are in week 1 of 12" in (await last_words(ana)).lower()
    await ana.clicks(home, "My card")
    await house.settle()
    assert (await last_words(ana)).startswith("Your week 1")


async def test_a_pause_is_taken_and_ended_by_tapping(house: House) -> None:
    (ana,) = await house.group("Ana")
    await house.travel("Tuesday 08:00")
    home = await ana.home(TODAY)
    for day, said in (
        ("2026-11-23", "That day is over. Choose today or a later one."),
        ("2027-06-01", "A pause lasts at most 180 days."),
    ):
        await ana.clicks(home, "Pause…")
        form = await ana.modal(PAUSE)
        result = await ana.submits(form, {"last_day": day, "reason": "family"})
        assert said in str(result.errors)
        await ana.closes(form)
    await ana.clicks(home, "Pause…")
    form = await ana.modal(PAUSE)
    await house.submits(ana, form, {"last_day": "2026-11-27", "reason": "family"})
    await house.settle()
    assert (await last_words(ana)).startswith("Paused until Friday, 27 November 2026.")
    assert house.sql("SELECT starts_on, ends_on, reason FROM pauses") == [
        ("2026-11-24", "2026-11-27", "family")
    ]
    home = await ana.fresh(home)
    assert "Paused until Friday, 27 November 2026: nothing counts as missed." in words(home)
    await ana.clicks(home, "Resume")
    await house.settle()
    assert "Welcome back" in await last_words(ana)
    assert "[Pause…]" in words(await ana.fresh(home))


async def test_who_is_in_two_groups_chooses_whose_page_the_home_shows(house: House) -> None:
    _, bo = await house.group("Ana", "Bo")
    await house.starts(bo, "#night-owls", name="Night Owls")
    await house.joins(bo, "#night-owls")
    await house.settle()
    home = await bo.home("You are in 2 groups. This page is about *Night Owls*.")
    first, second = [
        str(row[0]) for row in house.sql("SELECT id FROM memberships WHERE user_id = ? ORDER BY id", [bo.id])
    ]
    await bo.chooses(home, "home_group", first)
    await house.settle()
    home = await bo.fresh(home)
    assert "This page is about *Staff Prep*." in words(home)
    assert "Staff Prep · everything here is yours alone" in words(home)
    await house.settle()
    await bo.chooses(home, "home_more", f"{first}:leave")
    await house.settle()
    assert "Leave *Staff Prep*?" in await last_words(bo)
    assert "This page is about *Staff Prep*." in words(await bo.home("You are in 2 groups"))
    await bo.chooses(await bo.fresh(home), "home_group", second)
    await house.settle()
    assert "Night Owls · everything" in words(await bo.fresh(home))


async def test_somebody_elses_number_and_a_door_that_is_gone_open_nothing(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    other, mine = await membership_of(house, ana), await membership_of(house, bo)
    for action, value, said in (
        ("home_do_plan", str(other.id), "That list belongs to somebody else."),
        ("home_do_nonsense", str(mine.id), "That door is from an older page"),
        ("home_do_plan", "x" * 50, "That list belongs to somebody else."),
    ):
        await clicks_forged(house, bo, action, value)
        await house.settle()
        assert said in await last_words(bo)
