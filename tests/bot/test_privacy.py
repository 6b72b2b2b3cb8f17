"""What is somebody's own stays their own: canaries that must never leave their cage."""

from __future__ import annotations

import logging
from typing import Any

import pytest

from bot.workspace.visitors.people import words
from tests.bot.house import CHANNEL, House
from tests.bot.members import asks, day_post, finishes, goal_texts, hears, newest

NOTE, REASON, INSIGHT, LOGGED, GOAL, PAUSE = (
    f"canary-{kind}" for kind in ("note", "reason", "insight", "logged", "goal", "pause")
)
WORDS = (NOTE, REASON, INSIGHT, LOGGED, GOAL, PAUSE)


async def a_private_week(house: House) -> None:
    """A week of four: Ana and Bo show everything, Cy and Dee nothing, and Cy leaves canaries everywhere."""
    sharing = {"Ana": "full", "Bo": "full", "Cy": "private", "Dee": "private"}
    answers = {name: {"sharing": choice} for name, choice in sharing.items()}
    ana, bo, cy, _ = await house.group(*sharing, answers=answers)
    await house.travel("Tuesday 08:00")
    for person in (ana, bo, cy):
        await finishes(person, await day_post(person, "Tuesday"))
    await hears(cy, f"/prep log coding 73 7h57m {LOGGED}")
    await hears(cy, f"/prep goal add {GOAL}")
    await cy.clicks(await day_post(cy), "Rate today")
    scores = {"technical_communication": "1", "time_management": "1", "overall_confidence": "1"}
    await house.submits(cy, await cy.modal("Rate today"), {**scores, "note": NOTE, "reflection": NOTE})
    await house.travel("Wednesday 08:00")
    post = await day_post(cy, "Wednesday")
    await cy.chooses(post, "day_more", "Skip something…")
    skipped = {"goals0": goal_texts(post)[:1], "reason_note": REASON}
    await house.submits(cy, await cy.modal("Skip goals"), skipped)
    await hears(cy, f"/prep pause 1d {PAUSE}")
    await house.travel("Saturday 18:00")
    await cy.clicks(await cy.waits_for_dm("Weekly check-in"), "Check in")
    answers_of_cy: dict[str, Any] = {"biggest_win": INSIGHT, "next_focus": INSIGHT, "lp_covered": 11}
    await house.submits(cy, await cy.modal("Weekly check-in"), answers_of_cy)
    await house.travel("Sunday 18:00")
    await cy.clicks(await cy.waits_for_dm("A recovery week?"), "Take the recovery week")
    await house.settle()
    await cy.chooses(await newest(cy), "suggestion_blocker", "Family")
    await house.travel("2026-11-30 09:00")


async def test_what_a_private_member_writes_and_counts_never_leaves_their_own_conversation(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        await a_private_week(house)
    ana, cy = await house.people.find("Ana"), await house.people.find("Cy")
    mine = house.place(cy)
    accepted = house.workspace.accepted
    messages = [write for write in accepted if not write.method.startswith("files.")]  # nobody sees these
    outside = [write for write in messages if write.channel != mine and "view" not in write.payload]
    shown = "\n".join(words(write.payload) + write.payload.get("text", "") for write in outside)
    for canary in WORDS:
        assert canary not in shown
        assert canary not in caplog.text
    assert "xoxb-" not in caplog.text
    assert "xapp-" not in caplog.text
    channel = [write for write in outside if write.channel == house.place(CHANNEL)]
    said = "\n".join(words(write.payload) for write in channel)
    posted = [write for write in channel if "Week 48" in words(write.payload)]
    assert len(posted) == 2  # on Sunday, and when the week had closed
    for write in posted:
        numbers = str(write.payload["blocks"]) + write.payload["text"]
        for secret in ("73", "76", "79", "Cy", "Dee", "7 h 57", "9.8 h", " 8 h"):
            assert secret not in numbers
        assert "4 members · 16 % of goals met · 3.7 h." in words(write.payload)
        assert "+ 2 members who keep the week private" in words(write.payload)
    assert "recovery week for Cy" not in said
    assert "A recovery week for Ana?" in said
    for person in (ana, await house.people.find("Bo")):
        everything = await person.reads() + await person.reads(CHANNEL)
        assert not any(canary in everything for canary in WORDS)
        assert "Cy" not in (await hears(person, "/prep scorecard"))
    assert INSIGHT in words(await asks(cy, "/prep scorecard last"))


async def test_message_metadata_holds_opaque_keys_only(house: House) -> None:
    (ana,) = await house.group("Ana", sharing="full")
    await house.travel("Tuesday 08:00")
    await hears(ana, f"/prep goal add {GOAL}")
    await house.travel("2026-11-30 08:00")
    payloads = [write.payload["metadata"] for write in house.posts() if write.payload.get("metadata")]
    assert payloads
    for metadata in payloads:
        assert set(metadata) == {"event_type", "event_payload"}
        assert set(metadata["event_payload"]) <= {"k"}
        assert ana.id not in str(metadata)
    assert len({metadata["event_payload"].get("k") for metadata in payloads}) > 5


async def test_an_answer_meant_for_one_person_never_goes_to_everybody_when_they_have_left_the_channel(
    house: House,
) -> None:
    house.refusals |= {"user_not_in_channel"}
    ana, bo = await house.group("Ana", "Bo")
    await bo.creates_channel("corner")
    await bo.invites("#corner")
    await ana.joins("#corner")
    await ana.says("#corner", "/prep log")
    sheet = await ana.modal("Log what you did")
    await ana.leaves("#corner")
    await house.submits(ana, sheet, {"words": NOTE})
    await house.settle()
    assert NOTE not in await bo.reads("#corner")
    assert NOTE in await ana.reads()


async def test_nobody_is_asked_for_more_than_the_form_says_and_ratings_are_never_in_the_channel(
    house: House,
) -> None:
    (ana,) = await house.group("Ana", sharing="full")
    await house.travel("Tuesday 08:00")
    await ana.clicks(await day_post(ana), "Rate today")
    scores = {"technical_communication": "2", "time_management": "5", "overall_confidence": "3"}
    await house.submits(ana, await ana.modal("Rate today"), scores)
    await house.travel("2026-11-29 18:00")
    (post,) = house.posts(CHANNEL, "Week 48")
    text = words(post.payload)
    assert "2 · 5 · 3" not in text
    assert "of 5" not in text
    assert "/225" in text  # ratings count in the points that she chose to share
