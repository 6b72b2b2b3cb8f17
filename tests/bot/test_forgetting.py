"""`/prep forget me`: nothing is left but what the question said, and nobody else's numbers move."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from bot.store import mock_counts, mock_feedback, mock_loops
from bot.store.tables import Group, Table
from bot.workspace.visitors.people import Person, words
from tests.bot.house import CHANNEL, MONDAY, House
from tests.bot.life import ABOUT_HIM, NAME, UNREAD, WORDS, lives
from tests.bot.loops import plans_loop
from tests.bot.members import Json, asks, group_card, hears, membership_of
from tests.bot.mentors import invites
from tests.bot.mock_rooms import clicks_forged
from tests.bot.sessions import a_session, asked, ends_at, gives

DONE = "It is done: I keep nothing of you any more."
SESSION_FEEDBACK = "Feedback on your technical mock"


async def forgets(house: House, person: Person, where: str = CHANNEL) -> str:
    """Ask to be forgotten, say so a second time; the last word that comes back."""
    question = await asks(person, "/prep forget me", where)
    assert "That cannot be undone." in words(question)
    await person.clicks(question, "data_forget_now")
    await house.settle()
    return words(await person.fresh(question))


def everything(house: House) -> Iterator[tuple[str, str]]:
    """Every value of every column of every table, with where it stands."""
    for table in Table.metadata.sorted_tables:
        for row in house.sql(f"select * from {table.name}"):  # noqa: S608 - our own tables
            for column, value in zip(table.columns.keys(), row, strict=True):
                yield f"{table.name}.{column}", str(value)


def places_of(house: House, *wanted: str) -> set[str]:
    """Where one of these words stands in the database."""
    return {place for place, value in everything(house) if any(word in value for word in wanted)}


def is_the_bots(message: Json) -> bool:
    """Whether the bot has posted it, for good."""
    return bool(message.get("bot_id")) and not message.get("ephemeral")


async def without_files(person: Person, room: str) -> str:
    """What somebody reads in a room; calendar files stay as they were handed over."""
    return "\n".join(line for line in (await person.reads(room)).splitlines() if "[file:" not in line)


async def numbers(house: House, others: list[Person]) -> dict[str, Any]:
    """Everything that is counted of these people and of their group."""
    found: dict[str, Any] = {}
    async with house.read() as session:
        ids = [(await membership_of(house, person)).id for person in others]
        found["readiness"] = {
            each: mock_feedback.averages_of(pieces)
            for each, pieces in (await mock_feedback.evidence(session, ids)).items()
        }
        found["reliability"] = await mock_feedback.reliability(session, ids, house.now.date())
        group = await session.get_one(Group, 1)
        found["held"] = [
            await mock_counts.held_in_week(session, group, MONDAY + timedelta(weeks=week))
            for week in (-1, 0, 1)
        ]
    of_them = ", ".join(str(each) for each in ids)
    for table in ("goals", "entries", "ratings", "weeks", "adjustments", "suggestions", "mock_signups"):
        found[table] = house.sql(f"select * from {table} where membership_id in ({of_them}) order by id")  # noqa: S608
    names = ", ".join(f"'m{each}'" for each in ids)
    found["scorecards"] = house.sql(f"select * from scorecards where whom in ({names}) order by id")  # noqa: S608
    published = house.sql("select card from scorecards where whom = 'g1' order by id")
    cards = [json.loads(card) for (card,) in published]
    for card in cards:
        del card["card"]["lines"], card["sharing"]
    found["totals"] = cards
    return found


async def test_a_whole_life_is_gone_from_every_table_and_nobody_elses_numbers_move(house: House) -> None:
    boris, ana, cy = await lives(house)
    assert {place.partition(".")[0] for place, _ in everything(house)} == set(Table.metadata.tables)
    direct = house.place(boris)
    mine = (boris.id, NAME, direct, *WORDS.values(), *ABOUT_HIM, UNREAD)
    assert {place.partition(".")[0] for place in places_of(house, *mine)} > {
        "goals",
        "mock_feedback",
        "inbox",
    }
    before = await numbers(house, [ana, cy])
    assert (await forgets(house, boris)).startswith(DONE)
    assert places_of(house, *mine) == {"mock_blocks.user_id"}  # Cy's own wish, as the question said
    assert house.sql("select membership_id from mock_blocks") == [((await membership_of(house, cy)).id,)]
    assert await numbers(house, [ana, cy]) == before
    await his_messages_are_gone(house, boris)
    await what_others_see_has_no_name(house, boris, ana, cy)
    await a_new_lead_and_a_new_beginning(house, boris, ana)


async def his_messages_are_gone(house: House, boris: Person) -> None:
    """The bot's words to him alone, the suggestion about him in the channel, his Home."""
    assert [words(message) for message in await boris.dm() if is_the_bots(message)] == []
    assert f"recovery week for {NAME}" not in await boris.reads(CHANNEL)
    home = house.workspace.team.views[house.workspace.team.homes[boris.id]]
    assert "no group yet" in str(home).lower()


async def what_others_see_has_no_name(house: House, boris: Person, ana: Person, cy: Person) -> None:
    """Rooms, feedback, votes and scorecards are drawn again without him."""
    card = await ana.waits_for(CHANNEL, "Week 48")
    assert NAME not in words(card)
    assert "3 members" in words(card)  # the totals stay
    letter = await ana.waits_for_dm(SESSION_FEEDBACK)
    assert "A partner who has left" in words(letter)
    assert "Structure: *4* of 5" in words(letter)
    assert WORDS["feedback"] not in words(letter)
    room = house.place([boris, ana, cy])
    assert "Full loop for someone who left" in await without_files(ana, room)
    assert NAME not in await without_files(ana, room)
    loops = house.sql("select id from mock_loops order by id")
    async with house.read() as session:
        casts = [await mock_loops.needed(session, loop_id) for (loop_id,) in loops]
    assert [each.row.vote for each in casts[0].panel] == [None, None]  # it was about him
    assert [each.row.vote for each in casts[1].panel] == ["hire", "hire"]  # it is Ana's, one by him


async def a_new_lead_and_a_new_beginning(house: House, boris: Person, ana: Person) -> None:
    """Who has been there longest leads; he can join again and is nobody that anybody knew."""
    assert house.sql("select started_by from groups") == [(ana.id,)]
    assert (await membership_of(house, ana)).role == "lead"
    assert "You lead *Staff Prep* from now on" in await ana.reads()
    assert (await hears(boris, "/prep today")).startswith("You're not in Staff Prep yet.")
    assert (await hears(boris, "/prep forget me")).startswith("I keep nothing of you.")
    await house.joins(boris)
    await house.settle()
    member = await membership_of(house, boris)
    assert (member.role, member.id) == ("member", 4)
    assert house.sql("select count(*) from entries where membership_id = 4") == [(0,)]
    await house.travel("2026-12-07 09:00")  # and everything goes on


# One thing at a time


async def test_the_question_says_what_goes_and_what_stays_and_a_no_changes_nothing(house: House) -> None:
    ana, _ = await house.group("Ana", "Bo")
    before = list(everything(house))
    question = await asks(ana, "/prep forget me")
    for part in (
        "Forget you, in *Staff Prep*?",
        "your plans, goals, log, ratings",
        "they keep the ratings that you gave, without your words and your name",
        "messages that are already in a channel",
        "with whom they would rather not practise",
    ):
        assert part in words(question)
        assert part.replace("*", "") in question["text"].replace("*", "")
    await ana.clicks(question, "Keep everything")
    await house.settle()
    assert words(await ana.fresh(question)) == "Good. Nothing has changed."
    assert [each for each in everything(house) if each[0] != "deliveries.drawn"] == [
        each for each in before if each[0] != "deliveries.drawn"
    ]


async def test_nobody_forgets_somebody_else(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    of_ana = (await membership_of(house, ana)).id
    await clicks_forged(house, bo, "data_forget_now", str(of_ana))
    assert house.sql("select name from memberships where status = 'active'") == [("Ana",)]


async def test_a_partner_who_is_waiting_is_matched_anew_and_asked_nothing_about_somebody_who_left(
    house: House,
) -> None:
    ana, bo = await house.group("Ana", "Bo")
    over = await a_session(house, [ana, bo], "Thursday 17:00")
    await house.travel(ends_at(over))
    coming = await a_session(house, [ana, bo], "Friday 17:00")
    await gives(house, bo, ana, 4, word="from-bo")
    await forgets(house, bo)
    assert house.sql("select state from mock_sessions where id = ?", [coming.id]) == [("dissolved",)]
    question = await asked(ana)
    assert "Your technical mock with someone who left" in words(question)
    await ana.clicks(question, "Yes")
    await house.settle()
    assert "How do you rate yourself?" in words(await ana.fresh(question))
    await gives(house, ana, None, own=3)
    letter = await ana.waits_for_dm(SESSION_FEEDBACK)
    assert "Structure: *4* of 5 · you said 3" in words(letter)
    assert "from-bo" not in words(letter)
    await house.travel(ends_at(over) + timedelta(days=3))
    assert house.sql("select count(*) from entries where membership_id = 2") == [(0,)]
    assert house.sql("select count(*) from entries where metric = 'mock_interviews'") == [(1,)]


async def test_a_loop_that_is_still_to_come_is_called_off_without_its_candidate(house: House) -> None:
    ana, bo, cy = await house.group("Ana", "Bo", "Cy")
    await plans_loop(house, ana, [bo, cy])
    await forgets(house, ana)
    assert house.sql("select state from mock_loops") == [("cancelled",)]
    assert "Ana" not in await without_files(bo, house.place([ana, bo, cy]))
    await house.travel("2026-11-24 09:00")
    assert house.sql("select count(*) from entries") == [(0,)]


async def test_a_mentor_who_was_only_asked_can_be_forgotten_too(house: House) -> None:
    (ana,) = await house.group("Ana")
    dee = await house.person("Dee")
    await invites(house, ana, dee)
    await dee.joins(CHANNEL)
    assert (await forgets(house, dee)).startswith(DONE)
    assert places_of(house, dee.id, "Dee") == set()
    assert [words(message) for message in await dee.dm() if is_the_bots(message)] == []


async def test_alone_in_a_group_one_comes_back_as_its_lead(house: House) -> None:
    (ana,) = await house.group("Ana")
    await forgets(house, ana)
    assert house.sql("select started_by from groups") == [("",)]
    await house.joins(ana)
    await house.settle()
    assert (await membership_of(house, ana)).role == "lead"
    assert "Ana" in words(await group_card(ana))


async def test_the_file_that_was_asked_for_goes_with_the_rest(house: House) -> None:
    (ana,) = await house.group("Ana")
    await hears(ana, "/prep export")
    await house.settle()
    assert [file["name"] for file in house.workspace.team.files.values()] == ["cadence-2026-11-18.json"]
    await forgets(house, ana)
    assert house.workspace.team.files == {}


async def test_what_is_still_owed_is_never_sent(house: House) -> None:
    (ana,) = await house.group("Ana")
    await house.travel("Monday 07:59")
    await forgets(house, ana)
    posts = len(house.posts(ana))
    await house.travel("2026-11-30 09:00")
    assert len(house.posts(ana)) == posts
    assert house.sql("select whom from timers where whom = 'm1'") == []


async def test_messages_that_slack_does_not_delete_are_counted_and_said(house: House) -> None:
    (ana,) = await house.group("Ana")
    house.refusals |= {"internal_error"}
    house.workspace.faults.next("chat.delete", "error", times=9, error="internal_error")
    await forgets(house, ana)
    assert "1 message of mine to you could not be deleted." in await ana.reads(CHANNEL)
    assert places_of(house, ana.id, "Ana") == set()


async def test_two_clicks_at_once_forget_once(house: House) -> None:
    ana, _ = await house.group("Ana", "Bo")
    question = await asks(ana, "/prep forget me")
    await asyncio.gather(*(ana.clicks(question, "data_forget_now") for _ in range(2)), return_exceptions=True)
    await house.settle()
    assert house.sql("select count(*) from memberships where status = 'forgotten'") == [(1,)]


async def test_from_the_direct_conversation_the_last_word_stays(house: House) -> None:
    (ana,) = await house.group("Ana")
    said = await forgets(house, ana, "")
    assert said.startswith(DONE)
    assert [words(message) for message in await ana.dm() if is_the_bots(message)] == []
