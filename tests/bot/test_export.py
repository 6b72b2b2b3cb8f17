"""`/prep export`: one file with everything of one's own, and nothing of anybody else's."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from bot.store.tables import Table
from bot.store.telling import KEPT
from bot.workspace.visitors.people import Person, words
from tests.bot.house import CHANNEL, House
from tests.bot.life import ABOUT_HIM, NAME, UNREAD, WORDS, lives
from tests.bot.members import asks, hears, last_words
from tests.bot.sessions import a_session

EXPORT = "Here is all that I keep of you"
ON_ITS_WAY = "On its way to your direct messages"

# What is not in the file, and why. Who adds a table or a column has to decide.
BOOKKEEPING = {
    "timers": "when something rings next; it follows from the settings, which are told",
    "deliveries": "which message is owed or was sent; the messages are in Slack",
    "inbox": "fingerprints of requests, for a week",
    "home_pages": "what was published last in somebody's App Home; it is made of what is told",
    "mock_questions": "a bank's questions by id; what was asked is told in words, with its session",
}
LINKS = {"id", "membership_id", "enrolment_id", "goal_id", "group_id", "session_id", "round_id", "ask_id"}
LINKS |= {"buddy_id", "period_id", "proposal_id"}
LINKS |= {"loop_id", "suggestion_id", "author_id", "about_id", "candidate_id", "planned_by", "bar_raiser_id"}
LEFT_OUT = {
    "people": {"deleted": "Slack's word on the account", "is_bot": "the same"},
    "groups": {
        **dict.fromkeys(
            ("checkin_weekday", "checkin_time", "scorecard_weekday", "scorecard_time", "has_mocks"),
            "the group's rhythm, which its card in the channel shows",
        ),
        **dict.fromkeys(("call_weekday", "call_time", "matching_weekday", "matching_time"), "the same"),
        **dict.fromkeys(("has_ranking", "has_milestones"), "the same"),
        "workspace_id": "stands with the person",
        "channel_id": "the group's name says it",
        "started_by": "told as the groups that one has started",
        "started_at": "told there",
    },
    "memberships": {"workspace_id": "stands with the person", "user_id": "stands with the person"},
    "goals": {
        "key": "the plan's own name for the goal",
        "position": "the order in its day",
        "marked_ts": "Slack's time of the newest click",
    },
    "entries": {"mock_id": "told as the number of the mock interview"},
    "scorecards": {"whom": "the member, or the group whose line is told"},
    "group_plans": {"uploaded_by": "the person themselves"},
    "interview_ticks": {"marked_ts": "Slack's time of the newest click"},
    "proposals": {
        "facts": "numbers that the channel was shown",
        "closes_at": "the channel's own history",
        "made_at": "the same",
    },
    "checkpoint_ticks": {"marked_ts": "Slack's time of the newest click"},
    "suggestions": {"before": "copies of rows that are told, kept for taking it back"},
    "plan_changes": {
        "asked_in": "the form's number at Slack",
        "before": "copies of rows that are told, kept for taking it back",
        "after": "a fingerprint for the same",
    },
    "mock_profiles": {"thanked_in": "so that a year is thanked for once"},
    "mock_rounds": {"opened_at": "the channel's own history", "seed": "the matching's chance"},
    "mock_loops": {
        "sequence": "the version of a calendar file",
        "seed": "chance",
        "debriefed_at": "what the panel did among themselves",
    },
    "mock_sessions": {"sequence": "the version of a calendar file", "seed": "chance"},
    "mock_seats": {"style": "how the partner was asked to interview; it is on their sheet"},
}


@pytest.mark.parametrize("name", sorted(Table.metadata.tables))
def test_of_every_column_it_is_decided_whether_it_is_exported(name: str) -> None:
    told = {table.__tablename__: set(columns.split()) for table, columns in KEPT.items()}
    columns = set(Table.metadata.tables[name].columns.keys())
    if name in BOOKKEEPING:
        assert name not in told
        return
    left_out = set(LEFT_OUT.get(name, {}))
    assert told[name] & left_out == set()
    assert told[name] | left_out | (LINKS & columns) == columns


async def exported(house: House, person: Person) -> tuple[dict[str, Any], str]:
    """The newest file that a person was sent: read, and as it stands."""
    await house.settle()
    content = house.files(person)[-1].decode()
    return json.loads(content), content


async def test_the_file_holds_a_whole_life_and_nothing_that_is_not_theirs_to_read(house: House) -> None:
    boris, ana, cy = await lives(house)
    assert (await hears(boris, "/prep export")).startswith(ON_ITS_WAY)
    found, text = await exported(house, boris)
    assert [kind for kind, word in WORDS.items() if word not in text] == ["before"]
    assert ABOUT_HIM[0] in text
    for hidden in (UNREAD, ABOUT_HIM[1], "nonce", "seed", "owner", ana.id, cy.id):
        assert hidden not in text
    assert found["person"]["name"] == NAME
    assert [plan["slug"] for plan in found["uploaded_plans"]] == ["our-way"]
    assert [each["name"] for each in found["started_groups"]] == ["Staff Prep"]
    (group,) = found["groups"]
    holds_the_plan(group)
    holds_what_was_released(group["mock_interviews"])
    await hears(cy, "/prep export")
    found, text = await exported(house, cy)
    (block,) = found["groups"][0]["mock_interviews"]["never_paired_with"]
    assert (block["name"], block["user_id"]) == (NAME, boris.id)  # Cy's wish is in Cy's file alone
    assert not any(word in text for word in WORDS.values())


def holds_the_plan(group: dict[str, Any]) -> None:
    """The side of the plan: weeks, goals, what was published, what was answered."""
    assert group["group"]["name"] == "Staff Prep"
    (plan,) = group["plans"]
    assert plan["title"].startswith("12-week")
    assert plan["weeks"][0]["week_of"] == "2026-11-23"
    assert {"done", "skipped"} <= {goal["state"] for goal in plan["goals"]}
    assert plan["checkpoints"][0]["item"] == "1-1"
    assert [goal["text"] for goal in group["own_goals"]] == [WORDS["goal"]]
    assert group["scorecards"][0]["line_in_the_channel"]["name"] == NAME
    assert group["suggestions"][0]["blocker"] == "family"
    assert group["adjustments"][0]["for_week"] == "2026-11-30"


def holds_what_was_released(mocks: dict[str, Any]) -> None:
    """The side of the mocks: others' words once they were released, one's own at once."""
    sessions = [each for each in mocks["sessions"] if each["full_loop"] is None]
    first, unread = sessions[0], sessions[-1]
    assert [note["from"] for note in first["feedback_received"]] == ["Ana"]
    assert first["feedback_received"][0]["ratings"]["structure"] == 2
    assert [note["about"] for note in first["feedback_given"]] == ["Ana"]
    assert first["my_own_rating"]["ratings"]["structure"] == 3
    assert first["with"] == [{"name": "Ana", "role": "interviewer"}]
    assert first["asked"]
    assert (unread["feedback_received"], unread["feedback_given"]) == ([], [])
    his, anas = mocks["full_loops"]
    assert (his["candidate"], his["my_vote"], his["outcome"]) == ("me", None, "1 of 1 is inclined: a yes.")
    assert (anas["candidate"], anas["my_vote"]["note"]) == ("Ana", WORDS["vote"])
    assert mocks["never_paired_with"][0]["user_id"]
    assert mocks["rounds"][0]["state"] == "in"
    assert mocks["asked_for"][0]["kind"] == "technical"


async def test_a_session_that_is_still_to_come_does_not_tell_what_will_be_asked(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    await a_session(house, [ana, bo])
    assert house.sql("select count(*) from mock_questions") > [(0,)]
    await hears(bo, "/prep export")
    found, _ = await exported(house, bo)
    (session,) = found["groups"][0]["mock_interviews"]["sessions"]
    assert session["asked"] == []
    assert "style" not in session["my_part"]


async def test_asking_twice_within_a_minute_sends_one_file(house: House) -> None:
    (ana,) = await house.group("Ana")
    assert (await hears(ana, "/prep export")).startswith(ON_ITS_WAY)
    await house.travel(timedelta(seconds=50))
    assert (await hears(ana, "/prep export")).startswith("It is on its way already.")
    await house.settle()
    assert len(house.files(ana)) == 1
    await house.travel(timedelta(seconds=20))
    await hears(ana, "/prep export")
    await house.settle()
    assert len(house.files(ana)) == 2
    assert [row.state for row in await house.deliveries("export")] == ["sent", "sent"]


async def test_the_file_is_written_when_it_is_sent_and_goes_to_nobody_else(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    house.workspace.faults.next("files.getUploadURLExternal", "drop_before_accept")
    await hears(ana, "/prep export")
    await house.settle()
    assert house.files(ana) == []
    await hears(ana, "/prep log coding 1 written-afterwards")
    await house.travel(timedelta(minutes=5))
    _, text = await exported(house, ana)
    assert "written-afterwards" in text
    assert EXPORT in await ana.reads()
    assert EXPORT not in await bo.reads()
    assert EXPORT not in await bo.reads(CHANNEL)


async def test_who_has_left_every_group_can_still_have_their_data(house: House) -> None:
    (ana,) = await house.group("Ana")
    await ana.clicks(await asks(ana, "/prep leave"), "Leave")
    await house.settle()
    await hears(ana, "/prep export")
    found, _ = await exported(house, ana)
    assert found["groups"][0]["membership"]["status"] == "left"


async def test_a_stranger_hears_that_nothing_is_kept(house: House) -> None:
    await house.group("Ana")
    dee = await house.person("Dee")
    await dee.joins(CHANNEL)
    for command in ("/prep export", "/prep forget me", "/prep data"):
        assert (await hears(dee, command)).startswith("I keep nothing of you.")
    assert await house.deliveries("export") == []


async def test_both_doors_stand_in_one_answer(house: House) -> None:
    (ana,) = await house.group("Ana")
    doors = await asks(ana, "/prep data")
    assert "Your data in *Staff Prep* is yours" in words(doors)
    await ana.clicks(doors, "Send me my data")
    await house.settle()
    assert (await last_words(ana, CHANNEL)).startswith(ON_ITS_WAY)
    assert len(house.files(ana)) == 1
    await ana.clicks(doors, "Forget me")
    await house.settle()
    assert "That cannot be undone." in await last_words(ana, CHANNEL)
