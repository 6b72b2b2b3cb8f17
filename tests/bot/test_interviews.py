"""The week of an interview: when its list comes, ticking it, moving its date, and what comes afterwards."""

from __future__ import annotations

from typing import Any

import pytest

from bot.workspace.visitors.people import Person, words
from tests.bot.checking import clicked
from tests.bot.conftest import OpenHouse
from tests.bot.house import CHANNEL, SUNDAY, House
from tests.bot.members import asks, boxes, form, hears, last_words, newest, ticked

AUCKLAND = "Pacific/Auckland"
LIST = "Interview on Thu 10 Dec"
AFTER = "After your interview on Thu 10 Dec"
ROOM, SLEEP = "A quiet room is mine for the whole day", "The same bedtime every night this week"
WALK = "A walk, and early to bed"
Json = dict[str, Any]


@pytest.fixture
async def house(open_house: OpenHouse) -> House:
    return await open_house(SUNDAY)


@pytest.fixture
async def ana(house: House) -> Person:
    """Ana on the first light morning before her interview on Thursday, 10 December."""
    (ana,) = await house.group("Ana", interview="2026-12-10", sharing="full")
    await house.travel("2026-12-04 08:00")
    return ana


def first_title(post: Json) -> str:
    """The title of the list's part that stands on top."""
    found = [block for block in post["blocks"] if "accessory" in block]
    return str(found[0]["text"]["text"])


def ticks(house: House, day: str = "2026-12-10") -> list[str]:
    """What is ticked for a date."""
    rows = house.sql(
        "select item from interview_ticks where interview_on = ? and ticked_at is not null order by item",
        [day],
    )
    return [item for (item,) in rows]


async def moves(house: House, person: Person, post: Json, day: str | None, button: str) -> Json:
    """Give the interview another date from a message's button, through form and preview; the preview."""
    await person.clicks(post, button)
    result = await person.submits(await person.modal("Interview date"), {"interview": day})
    assert result.ok, f"{result.error} {result.errors}"
    assert result.view is not None
    assert (await person.submits(result.view)).ok
    await house.settle()
    return result.view


# The list


async def test_it_comes_once_on_the_first_light_morning_of_the_members_own_zone(house: House) -> None:
    (ana,) = await house.group("Ana", zones={"Ana": AUCKLAND}, interview="2026-12-10", sharing="full")
    await house.travel("2026-12-04 07:59", AUCKLAND)
    assert not house.posts(ana, LIST)
    await house.travel("2026-12-04 08:00", AUCKLAND)
    (post,) = house.posts(ana, LIST)
    said = words(post.payload)
    assert "Light days until then: 50 % of your usual hours, core goals only, at most 1 h" in said
    assert " Planned: " in said
    assert "*Sat 5 Dec*: one last mock" in said
    assert "*Thu 10 Dec*: ten minutes of warm-up, then the interview" in said
    assert f"○ {ROOM}" in post.payload["text"]
    assert first_title(await ana.waits_for_dm(LIST)) == "*In the days before*"
    await house.travel("2026-12-09 09:00", AUCKLAND)
    assert first_title(await ana.waits_for_dm(LIST)) == "*The day before*"
    await house.travel("2026-12-10 08:00", AUCKLAND)
    morning = await ana.waits_for_dm(LIST)
    assert first_title(morning) == "*The morning of Thu 10 Dec*"
    assert "Nothing else is planned: ten minutes of warm-up" in words(morning)
    assert "Light days" not in words(morning)
    today = await ana.waits_for_dm("Today is your interview.")
    assert not boxes(today)
    assert today["text"].startswith("Today is your interview. Nothing else is planned")
    await ana.clicks(today, "My list")
    await house.settle()
    assert (await last_words(ana)).startswith(LIST)
    assert len(house.posts(ana, LIST)) == 1
    assert not house.posts(CHANNEL, "nterview on")


async def test_unticking_takes_a_tick_back_and_a_late_click_changes_nothing(
    house: House, ana: Person
) -> None:
    post = await ana.waits_for_dm(LIST)
    await ana.ticks(post, [ROOM, SLEEP])
    late = house.workspace.socket.sent[-1]
    await house.settle()
    assert ticks(house) == ["room", "sleep"]
    drawn = await ana.fresh(post)
    assert ticked(drawn) == [ROOM, SLEEP]
    assert "*2 of 19 ready.*" in words(drawn)
    await ana.ticks(drawn, [SLEEP], on=False)
    await house.workspace.deliver(clicked(late))
    await house.settle()
    assert ticks(house) == ["room"]
    assert ticked(await ana.fresh(post)) == [ROOM]
    for block_id in ("interview:1:2026-12-11:r0:phone", "interview:99999999999999999999:2026-12-10:r0:phone"):
        await house.workspace.deliver(clicked(late, block_id=block_id, action_ts="9999999999.000100"))
    await house.settle()
    assert ticks(house) == ["room"]


async def test_it_is_there_at_any_time_and_comes_after_a_pause(house: House) -> None:
    (ana,) = await house.group("Ana")
    told = await asks(ana, "/prep plan interview")
    assert "There is no interview date yet." in words(told)
    await moves(house, ana, told, "2026-12-10", "Set a date")
    told = await asks(ana, "/prep plan interview")
    assert "It comes to you on Fri 4 Dec; what you tick until then stays ticked." in words(told)
    await ana.ticks(told, [WALK])
    await house.settle()
    assert "*1 of 19 ready.*" in words(await newest(ana, CHANNEL))
    await house.travel("2026-12-03 09:00")
    await hears(ana, "/prep pause 3d")
    await house.travel("2026-12-05 09:00")
    assert not house.posts(ana, LIST)
    await house.travel("2026-12-06 08:00")
    assert ticked(await ana.waits_for_dm(LIST)) == [WALK]
    assert len(house.posts(ana, LIST)) == 1


async def test_who_is_in_two_groups_gets_one_list_for_one_interview(house: House, ana: Person) -> None:
    await house.starts(ana, "#second")
    await house.joins(ana, "#second", interview="2026-12-10")
    await house.travel("2026-12-11 09:00")
    assert len(house.posts(ana, LIST)) == 1
    assert len(house.posts(ana, AFTER)) == 1


# Its date


async def test_a_moved_date_takes_the_list_along_and_undo_brings_it_back(house: House, ana: Person) -> None:
    post = await ana.waits_for_dm(LIST)
    await ana.ticks(post, [ROOM, WALK])
    await house.settle()
    preview = await moves(house, ana, await ana.fresh(post), "2026-12-08", "Move the date")
    assert "8 December 2026" in words(preview)
    said = words(await ana.fresh(post))
    assert "Your interview has moved from Thu 10 Dec to Tue 8 Dec. The list for it is here, too." in said
    new = await ana.waits_for_dm("Interview on Tue 8 Dec")
    assert ticked(new) == []
    await ana.clicks(new, "Take over 1 tick from Thu 10 Dec")
    await house.settle()
    assert ticks(house, "2026-12-08") == ["room"]
    assert ticked(await ana.fresh(new)) == [ROOM]
    undo = next(each for each in reversed(await ana.dm()) if "[Undo]" in words(each))
    await ana.clicks(undo, "Undo")
    await house.settle()
    assert ticked(await ana.fresh(post)) == [ROOM, WALK]
    assert "has moved from Tue 8 Dec to Thu 10 Dec" in words(await ana.fresh(new))


async def test_a_date_within_a_week_brings_the_list_at_once_and_none_sets_it_aside(house: House) -> None:
    (ana,) = await house.group("Ana")
    await house.travel("2026-12-07 12:00")
    sheet = await form(ana, "/prep settings", "My settings")
    await house.submits(ana, sheet, {"interview": "2026-12-10"})
    await house.settle()
    post = await ana.waits_for_dm(LIST)
    await ana.clicks(post, "Move the date")
    result = await ana.submits(await ana.modal("Interview date"), {"interview": "2026-12-01"})
    assert result.errors == {"interview": "That date is in the past. When is the interview?"}
    result = await ana.submits(await ana.modal("Interview date"), {"interview": "2026-12-10"})
    assert result.errors == {"interview": "That is the date already. Pick another one, or close this."}
    sheet = await form(ana, "/prep settings", "My settings")
    await house.submits(ana, sheet, {"interview": None})
    await house.settle()
    assert "Your interview on Thu 10 Dec is off." in words(await ana.fresh(post))
    await house.travel("2026-12-12 09:00")
    assert not house.posts(ana, "After your interview")


# Afterwards


async def test_what_is_written_afterwards_stays_with_the_member(house: House, ana: Person) -> None:
    await house.travel("2026-12-11 07:59")
    assert not house.posts(ana, AFTER)
    await house.travel("2026-12-11 08:00")
    post = await ana.waits_for_dm(AFTER)
    await ana.clicks(post, "Write it down")
    sheet = await ana.modal("After the interview")
    empty = await ana.submits(sheet, {})
    assert empty.errors == {"asked": "A few words to one of the questions are enough."}
    await house.submits(ana, sheet, {"asked": "A *conflict* story", "surprised": "The silence"})
    await house.settle()
    assert "*Written down: 2 of 4 questions.*" in words(await ana.fresh(post))
    kept = house.sql("select scope, on_date, question, text from reflections order by question")
    assert kept == [
        ("interview", "2026-12-10", "asked", "A *conflict* story"),
        ("interview", "2026-12-10", "surprised", "The silence"),
    ]
    await hears(ana, "/prep export")
    await house.settle()
    assert b"The silence" in house.files(ana)[-1]
    await house.travel("2026-12-21 09:00")
    assert len(house.posts(ana, AFTER)) == 1
    assert not house.posts(CHANNEL, "The silence")
    assert "[Read or change it]" in await hears(ana, "/prep plan interview")


async def test_who_told_the_group_is_told_that_it_did_not_arrive_and_can_tell_it_again(
    house: House, ana: Person
) -> None:
    await house.travel("2026-12-11 08:00")
    post = await ana.waits_for_dm(AFTER)
    await ana.clicks(post, "I got an offer")
    await house.settle()
    house.workspace.faults.next("chat.postMessage", "error", error="not_in_channel")
    await ana.clicks(await ana.fresh(post), "Tell the group")
    await house.settle()
    assert not house.posts(CHANNEL, "offer")
    refused = words(await ana.fresh(post))
    assert "Your message did not reach the channel, so Staff Prep does not know yet." in refused
    assert "Staff Prep knows" not in refused
    await ana.clicks(await ana.fresh(post), "Tell the group")
    await house.settle()
    assert len(house.posts(CHANNEL, "offer")) == 1
    assert "You have an offer, and Staff Prep knows." in words(await ana.fresh(post))


async def test_the_group_hears_of_an_offer_only_if_the_member_tells(house: House, ana: Person) -> None:
    await house.travel("2026-12-11 08:00")
    post = await ana.waits_for_dm(AFTER)
    await ana.clicks(post, "I got an offer")
    await house.settle()
    open_ = await ana.fresh(post)
    assert "The group hears of it only if you tell." in words(open_)
    await ana.clicks(open_, "No offer after all")
    await ana.clicks(open_, "Tell the group")
    await house.settle()
    assert "There is no offer to tell of." in await last_words(ana)
    assert not house.posts(CHANNEL, "offer")
    await ana.clicks(await ana.fresh(post), "I got an offer")
    await house.settle()
    await ana.clicks(await ana.fresh(post), "Tell the group")
    await ana.clicks(open_, "No offer after all")
    await house.settle()
    (told,) = house.posts(CHANNEL, "offer")
    assert words(told.payload) == "Ana has an offer. Congratulations, Ana, from all of us."
    drawn = words(await ana.fresh(post))
    assert "You have an offer, and Staff Prep knows." in drawn
    assert "[Tell the group]" not in drawn
