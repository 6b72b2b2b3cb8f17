"""The story bank: writing, listing, telling, deleting; what it covers, and that nobody else ever reads it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from bot.store import stories
from bot.views.stories import home_blocks
from bot.views.story_telling import telling
from bot.workspace.limits.surfaces import faults_of
from bot.workspace.visitors.people import Person, words
from plans.questions import LeadershipPrinciple
from plans.stories import PART_LIMIT, PRINCIPLES, TITLE_LIMIT, Part, Status, Story, StoryBank
from tests.bot.checking import checkpoint, lines, on_a_plan_of_their_own
from tests.bot.conftest import OpenHouse
from tests.bot.house import CHANNEL, SUNDAY, House, bank
from tests.bot.members import (
    Json,
    asks,
    blanks,
    form,
    hears,
    last_words,
    membership_of,
    menu,
    newest,
)
from tests.bot.mock_rooms import clicks_forged

PARTS = {f"story_{part.value}": f"{part.value}-words I did in 3 days" for part in Part}
WHOLE = {**PARTS, "story_principles": ["ownership", "dive_deep"]}


@pytest.fixture
async def ana(house: House) -> Person:
    """Ana, who has joined and has no story yet."""
    (ana,) = await house.group("Ana")
    return ana


async def writes(house: House, person: Person, title: str, **fields: Any) -> Json:
    """Write a story by `/prep story add`; what comes back when it is saved."""
    sheet = await form(person, f"/prep story add {title}", "New story")
    await house.submits(person, sheet, fields)
    await house.settle()
    return await newest(person, CHANNEL)


def kept(house: House) -> list[tuple[Any, ...]]:
    """Every column of every story."""
    return house.sql("select * from stories order by id")


def column(house: House, name: str) -> list[Any]:
    """One column of all stories."""
    return [row[0] for row in house.sql(f"select {name} from stories order by id")]  # noqa: S608 - our own


# Writing


async def test_an_empty_bank_invites_with_three_prompts_that_open_the_form_with_their_principle(
    house: House, ana: Person
) -> None:
    told = await asks(ana, "/prep story")
    assert words(told).startswith("Your stories\nNo story in your bank yet.")
    assert words(told).count("[Write it]") == 3
    await ana.clicks(told, "A decision that could not wait")
    sheet = await ana.modal("New story")
    assert blanks(sheet)["story_principles"] == ["bias_for_action"]
    assert blanks(sheet)["story_status"] == "draft"
    assert kept(house) == []


async def test_a_story_is_kept_as_it_was_typed_and_the_list_says_what_it_covers(
    house: House, ana: Person
) -> None:
    said = words(await writes(house, ana, "Payments outage", **WHOLE, story_quality="4"))
    assert said.startswith("Saved: *Payments outage* · draft · quality 4 of 5 · about ")
    assert "Your stories cover 2 of 16 Leadership Principles." in said
    ((_, _, *row),) = kept(house)
    assert row[:8] == ["Payments outage", *PARTS.values(), "[2, 12]", "draft", 4]
    await writes(house, ana, "The merger", story_principles=["frugality"])
    told = await asks(ana, "/prep story")
    page = words(told)
    assert "2 stories (2 draft) · 2 of 16 Leadership Principles covered" in page
    assert "●Owner" in page
    assert "◐Frugal" in page
    assert "14 of 16 not covered yet: Customer Obsession · Invent and Simplify · " in page
    assert "Frugality (begun)" in page
    assert page.index("The merger") < page.index("Payments outage")
    assert "still open: situation, task, action and result" in page
    assert menu(told) == ["Edit", "Practise telling it", "Polish further", "Delete"] * 2
    await ana.chooses(told, "Write one for", "Frugality")
    assert blanks(await ana.modal("New story"))["story_principles"] == ["frugality"]


async def test_polished_needs_everything_and_a_refusal_loses_nothing(house: House, ana: Person) -> None:
    sheet = await form(ana, "/prep story add Outage", "New story")
    answers = {"story_situation": "It was late", "story_action": "I rolled back", "story_status": "polished"}
    result = await ana.submits(sheet, answers)
    assert result.errors == {
        "story_status": "A polished story has all four parts and a principle. Still open: task, result and"
        " principles. Refined fits until then."
    }
    assert kept(house) == []
    assert (await ana.submits(sheet, {"story_title": "   "})).errors.keys() == {"story_title", "story_status"}
    await house.submits(ana, sheet, {**WHOLE, "story_title": " The  outage "})
    await house.settle()
    assert (column(house, "title"), column(house, "status")) == (["The outage"], ["polished"])


async def test_what_is_too_long_for_a_title_becomes_the_situation(house: House, ana: Person) -> None:
    long = "It was a dark night " * 20
    sheet = await form(ana, f"/prep story add {long}", "New story")
    assert blanks(sheet)["story_title"] == f"{long[:149].rstrip()}…"
    assert blanks(sheet)["story_situation"] == long.strip()
    assert "one part of a story holds 3000" in await hears(ana, f"/prep story add {'x' * 3001}")
    assert kept(house) == []


async def test_words_open_the_nearest_story_and_unknown_ones_begin_it(house: House, ana: Person) -> None:
    await writes(house, ana, "Payments outage", **WHOLE)
    sheet = await form(ana, "/prep story outage", "Edit story")
    filled = blanks(sheet)
    assert filled | WHOLE | {"story_title": "Payments outage"} == filled
    assert (await hears(ana, "/prep story practise")).startswith("Payments outage\nThe four parts take")
    told = await asks(ana, "/prep stories of *my* <!channel>")
    assert "&lt;!channel&gt;" in told["text"]
    assert words(told).startswith('No story of yours is called "of ∗my∗ <!channel>".')
    await ana.clicks(told, "Begin it")
    assert blanks(await ana.modal("New story"))["story_title"] == "of *my* <!channel>"


async def test_of_two_forms_of_one_story_the_newest_save_counts_and_says_so(
    house: House, ana: Person
) -> None:
    await writes(house, ana, "Outage", **WHOLE)
    older = await form(ana, "/prep story outage", "Edit story")
    await ana.closes(older)  # Slack closes it in the member's sight; the other device still has it
    newer = await form(ana, "/prep story outage", "Edit story")
    await house.submits(ana, newer, {"story_task": "from the newer form"})
    await house.workspace.socket.redeliver_last("interactive")
    await house.settle()
    assert "It had changed" not in await last_words(ana, CHANNEL)
    assert (await ana.reads(CHANNEL)).count("Saved: *Outage*") == 2
    house.sql("update stories set task = 'from another device'")
    await house.workspace.socket.redeliver_last("interactive")
    await house.settle()
    assert column(house, "task") == ["from another device"]
    third = await form(ana, "/prep story outage", "Edit story")
    house.sql("update stories set result = 'from a third device'")
    await house.submits(ana, third, {"story_task": "the last word"})
    await house.settle()
    assert "It had changed since you opened the form" in await last_words(ana, CHANNEL)
    assert (column(house, "task"), column(house, "result")) == (["the last word"], [PARTS["story_result"]])


async def test_saving_a_story_that_was_deleted_meanwhile_brings_it_back(house: House, ana: Person) -> None:
    await writes(house, ana, "Outage", **WHOLE)
    sheet = await form(ana, "/prep story outage", "Edit story")
    house.sql("update stories set deleted_at = '2026-11-18 09:00:00'")
    await house.submits(ana, sheet, {"story_quality": "5"})
    await house.settle()
    assert "it is back, as you have just saved it" in await last_words(ana, CHANNEL)
    assert (column(house, "deleted_at"), column(house, "quality")) == ([None], [5])


# Telling


async def test_telling_shows_parts_with_times_and_a_follow_up_and_is_rated_in_one_tap(
    house: House, ana: Person
) -> None:
    await writes(house, ana, "Outage", **WHOLE)
    await writes(house, ana, "Merger", **PARTS)
    told = await asks(ana, "/prep story practise outage")
    text = words(told)
    assert "The four parts take 2:45 to 4:00, with follow-ups 4 to 6 minutes." in text
    assert "*Situation*  30 to 45 s, yours about 5 s\nsituation-words I did in 3 days" in text
    assert "at 130 words a minute" in text
    assert "*A follow-up, " in text
    assert not [each.ask for each in bank().questions if each.ask in text]
    await ana.clicks(told, "Another follow-up")
    await house.settle()
    other = words(await ana.fresh(told))
    assert other.partition("*A follow-up")[2] != text.partition("*A follow-up")[2]
    await ana.clicks(told, "stories_rate_4")
    await house.settle()
    assert "Your last rating: 4." in words(await ana.fresh(told))
    assert column(house, "quality") == [4, None]
    await ana.clicks(told, "Next story")
    await house.settle()
    assert words(await ana.fresh(told)).startswith("Merger\n")
    assert "*A follow-up" not in words(await ana.fresh(told))
    assert house.sql("select count(*) from entries") == [(0,)]
    await ana.clicks(told, "Log it")
    await house.submits(ana, await ana.modal("Log what you did"), {})
    assert house.sql("select metric, count from entries") == [("stories", 1)]


async def test_polishing_says_what_to_do_next_and_offers_the_next_step_when_nothing_is_missing(
    house: House, ana: Person
) -> None:
    await writes(house, ana, "Outage", **{**WHOLE, "story_task": "", "story_result": "Better than before"})
    told = await asks(ana, "/prep story")
    await ana.chooses(told, "stories_menu", "Polish further")
    await house.settle()
    said = await last_words(ana, CHANNEL)
    assert "• The task is still to be written." in said
    assert "• A number makes the result land" in said
    assert "Call it" not in said
    sheet = await form(ana, "/prep story outage", "Edit story")
    await house.submits(ana, sheet, WHOLE)
    await ana.chooses(await asks(ana, "/prep story"), "stories_menu", "Polish further")
    await house.settle()
    polishing = await newest(ana, CHANNEL)
    await ana.clicks(polishing, "Call it refined")
    await house.settle()
    assert column(house, "status") == ["refined"]
    assert "[Call it polished]" in words(await ana.fresh(polishing))


# Deleting


async def test_deleting_is_asked_once_and_undone_to_the_letter(house: House, ana: Person) -> None:
    await writes(house, ana, "Outage", **WHOLE, story_status="polished", story_quality="5")
    before = kept(house)
    await ana.chooses(await asks(ana, "/prep story"), "stories_menu", "Delete")
    await house.settle()
    question = await newest(ana, CHANNEL)
    assert words(question).startswith("Delete *Outage*? For a week you can bring it back")
    assert kept(house) == before
    await house.travel(timedelta(minutes=1))
    await ana.clicks(question, "Delete")
    await house.settle()
    assert (await hears(ana, "/prep story")).startswith("Your stories\nNo story in your bank yet.")
    await ana.clicks(question, "Undo")
    await house.settle()
    assert words(await ana.fresh(question)).startswith("*Outage* is back, exactly as it was.")
    assert kept(house) == before
    house.sql("update stories set deleted_at = '2026-11-18 09:00:00'")
    assert "*Outage* is back" in await hears(ana, "/prep story undo")
    assert kept(house) == before
    assert "No deleted story is left" in await hears(ana, "/prep story undo")


async def test_what_was_deleted_is_erased_after_a_week(house: House, ana: Person) -> None:
    await writes(house, ana, "Outage", **WHOLE)
    list_ = await asks(ana, "/prep story")
    await ana.chooses(list_, "stories_menu", "Delete")
    await house.settle()
    await ana.clicks(await newest(ana, CHANNEL), "Delete")
    await house.travel(timedelta(days=6, hours=22))
    assert len(kept(house)) == 1
    await house.travel(timedelta(hours=4))
    assert kept(house) == []
    await ana.chooses(list_, "stories_menu", "Edit")
    await house.settle()
    assert (await last_words(ana, CHANNEL)).startswith("That story is not in your bank any more.")


# What the bank covers, elsewhere


async def test_a_whole_story_answers_the_check_ins_question_and_counts_on_the_card(
    house: House, ana: Person
) -> None:
    member = await membership_of(house, ana)
    await house.travel("2026-11-28 18:00")
    question = await newest(ana)
    await ana.clicks(question, "Check in")
    sheet = await ana.modal("Weekly check-in")
    await house.submits(ana, sheet, {"lp_covered": 1})
    await writes(house, ana, "Half", **{**WHOLE, "story_result": ""})
    assert "covered 1 of 16" in await hears(ana, "/prep scorecard")
    await writes(house, ana, "Outage", **WHOLE)
    assert "covered 2 of 16" in await hears(ana, "/prep scorecard")
    await ana.clicks(question, "Change my check-in")
    sheet = await ana.modal("Weekly check-in")
    assert "lp_covered" not in blanks(sheet)
    assert "Your story bank covers 2 of 16 Leadership Principles" in words(sheet)
    house.sql("update ratings set value = 9 where dimension = 'lp_covered'")  # had she answered so
    assert "covered 9 of 16" in await hears(ana, "/prep scorecard")  # a story costs no point
    async with house.read() as session:
        assert await stories.covered(session, member.id, house.now) == 2
        assert await stories.covered(session, member.id, house.now - timedelta(days=1)) is None


async def test_the_checkpoint_counts_the_bank_and_follows_it(open_house: OpenHouse) -> None:
    house = await open_house(SUNDAY)
    (ana,) = await house.group("Ana")
    on_a_plan_of_their_own(house, '{ text = "All principles", lp_coverage = 16 }')
    await house.travel("Friday 08:00")
    assert not [line for line in lines(await checkpoint(ana)) if "so far" in line]
    await writes(house, ana, "Outage", **WHOLE)
    await house.settle()
    assert lines(await checkpoint(ana)) == ["○ All principles (2 so far)"]


# Nobody else's


async def test_no_story_is_ever_posted_and_nobody_else_can_reach_one(open_house: OpenHouse) -> None:
    house = await open_house(SUNDAY)
    ana, bo = await house.group("Ana", "Bo", sharing="full", start="today")
    await writes(house, ana, "Secret outage", **WHOLE)
    (story_id,) = column(house, "id")
    mine, his = [await membership_of(house, each) for each in (ana, bo)]
    before = kept(house)
    for action, whose in (("delete", his), ("rate_1", mine), ("tell", his), ("edit", mine)):
        await clicks_forged(house, bo, f"stories_{action}", f"{whose.id}:{story_id}:0:1")
    assert kept(house) == before
    await house.travel("18:05")
    assert [row.state for row in await house.deliveries("scorecard")] == ["sent"]
    for text in (await bo.reads(), await bo.reads(CHANNEL)):
        assert "Secret" not in text
        assert "-words" not in text
    assert not house.posts(saying="Secret")
    assert not house.posts(saying="-words")
    assert (await hears(bo, "/prep story")).startswith("Your stories\nNo story in your bank yet.")


async def test_stories_stay_when_one_leaves_go_with_the_export_and_with_forgetting(house: House) -> None:
    ana, _ = await house.group("Ana", "Bo")
    await writes(house, ana, "Outage", **WHOLE)
    await ana.clicks(await asks(ana, "/prep leave"), "Leave")
    await house.settle()
    assert "Outage" not in await hears(ana, "/prep story")
    await house.joins(ana)
    await house.settle()
    assert "Outage" in await hears(ana, "/prep story")
    await hears(ana, "/prep export")
    await house.settle()
    (found,) = json.loads(house.files(ana)[-1])["groups"][0]["stories"]
    assert (found["title"], found["action"]) == ("Outage", PARTS["story_action"])
    await ana.clicks(await asks(ana, "/prep forget me"), "data_forget_now")
    await house.settle()
    assert kept(house) == []


# Sizes


def longest(number: int, *, parts: int = PART_LIMIT) -> Story:
    """A story as long as it may be, in letters that are escaped."""
    text = {part.value: "&" * parts for part in Part}
    return Story(
        id=number, title="<" * TITLE_LIMIT, principles=PRINCIPLES, status=Status.POLISHED, quality=5, **text
    )


async def test_a_bank_of_many_long_stories_has_pages_and_each_fits(house: House, ana: Person) -> None:
    member = await membership_of(house, ana)
    async with house.bot.database.write() as session:
        for _ in range(14):
            await stories.save(session, member.id, longest(0), "", house.now)
    told = await asks(ana, "/prep story")
    assert "Page 1 of 2." in words(told)
    assert "All 16 principles are covered." in words(told)
    await ana.clicks(told, "Next page")
    await house.settle()
    second = await ana.fresh(told)
    assert (len(menu(second)), len(menu(told))) == (2 * 4, 12 * 4)
    await ana.chooses(second, "stories_menu", "Practise telling it")
    await house.settle()
    assert "The rest stands in the form: *Edit*." in await last_words(ana, CHANNEL)
    await ana.clicks(second, "Earlier page")
    await house.settle()
    assert "Page 1 of 2." in words(await ana.fresh(told))


def test_what_is_shown_of_the_longest_story_is_within_slacks_limits() -> None:
    story = longest(7).model_copy(update={"title": "*" * TITLE_LIMIT})
    plain_story = longest(8, parts=0)
    message = telling(story, 1, None, 0, plain_story)
    assert faults_of("message", {"blocks": message.blocks, "text": message.text}) == []
    for held in ((), (story,), (plain_story,) * 30):
        blocks = [block.to_dict() for block in home_blocks(StoryBank(membership_id=1, stories=held))]
        assert faults_of("home", {"type": "home", "blocks": blocks}) == []


def test_the_home_says_how_far_one_is_and_who_has_no_story_is_invited_in_one_line() -> None:
    empty = [block.to_dict() for block in home_blocks(StoryBank(membership_id=3))]
    assert "Your first STAR story" in words({"blocks": empty})
    assert "[Begin a story]" in words({"blocks": empty})
    one = Story(id=1, title="Outage", principles=(LeadershipPrinciple.OWNERSHIP,))
    begun = [block.to_dict() for block in home_blocks(StoryBank(membership_id=3, stories=(one,)))]
    assert "1 story (1 draft) · 0 of 16 Leadership Principles covered" in words({"blocks": begun})
    assert "◐Owner" in words({"blocks": begun})
