"""After a mock: did it happen, and what people write about each other, double blind."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest

from bot.workspace.visitors.people import Person, words
from plans.mocks import Role
from tests.bot.house import CHANNEL, House
from tests.bot.members import blanks, goals_of, last_words, membership_of
from tests.bot.sessions import HOW_WAS_IT, a_session, asked, ends_at, gives, says, sheet, state_of

FEEDBACK = "Feedback on your technical mock"
TWO_DAYS = timedelta(hours=48)


@pytest.fixture
async def pair(house: House) -> list[Person]:
    """Ana, who begins as interviewer, and Bo."""
    return await house.group("Ana", "Bo")


async def test_both_are_asked_alone_when_the_time_is_over(house: House, pair: list[Person]) -> None:
    ana, bo = pair
    mock = await a_session(house, pair)
    await house.travel(ends_at(mock) - timedelta(minutes=1))
    assert not house.posts(saying=HOW_WAS_IT)
    await house.travel(ends_at(mock))
    for person, other in ((ana, "Bo"), (bo, "Ana")):
        (post,) = house.posts(person, HOW_WAS_IT)
        text = words(post.payload)
        assert f"Your technical mock with {other}, Thu 19 Nov 17:00: did it happen?" in text
        assert "[Yes] [They didn't come] [I couldn't] [We moved it]" in text
        assert "did it happen?" in post.payload["text"]
    assert not house.posts(CHANNEL, "did it happen")


async def test_nobody_reads_the_other_before_both_are_in(house: House, pair: list[Person]) -> None:
    ana, bo = pair
    mock = await a_session(house, pair)
    await house.travel(ends_at(mock))
    await gives(house, ana, bo, 4, word="from-ana", structure=2)
    assert "Thank you, your feedback for Bo is in." in words(await asked(ana))
    assert "Nobody reads the other's before both are in, or time is up: Sat 21 Nov 18:30." in words(
        await asked(ana)
    )
    assert not house.posts(saying=FEEDBACK)
    assert "from-ana" not in await bo.reads()
    await gives(house, bo, ana, 5, own=3, word="from-bo")
    (for_bo,), (for_ana,) = house.posts(bo, FEEDBACK), house.posts(ana, FEEDBACK)
    text = words(for_bo.payload)
    assert "Structure: *2* of 5 · you said 3" in text
    assert "Keep: Calm under questions from-ana" in text
    assert "1. Say the number first from-ana\n2. Leave room for questions from-ana" in text
    assert "[Practise structure next week]" in text
    assert "Practised: " in text
    for needed in ("Structure: *2* of 5", "Calm under questions from-ana", "Say the number first"):
        assert needed in for_bo.payload["text"]
    assert "Technical depth: *5* of 5\n" in words(for_ana.payload)  # Ana has not rated herself
    assert "Bo can read it now." in words(await asked(ana))
    assert not house.posts(CHANNEL, "from-")


async def test_when_time_is_up_the_one_that_is_in_is_read(house: House, pair: list[Person]) -> None:
    ana, bo = pair
    mock = await a_session(house, pair)
    await house.travel(ends_at(mock))
    await gives(house, ana, bo)
    await house.travel(ends_at(mock) + TWO_DAYS - timedelta(minutes=1))
    assert not house.posts(saying=FEEDBACK)
    await house.travel(ends_at(mock) + TWO_DAYS)
    assert len(house.posts(bo, FEEDBACK)) == 1
    assert not house.posts(ana, FEEDBACK)
    assert state_of(house, mock) == "held"  # one yes, and nobody says otherwise
    assert "No feedback for you has come." in words(await asked(ana))
    await gives(house, bo, ana)  # late is better than never
    assert len(house.posts(ana, FEEDBACK)) == 1
    assert len(house.posts(bo, FEEDBACK)) == 1


async def test_what_was_read_can_no_longer_be_changed_and_what_was_not_can(
    house: House, pair: list[Person]
) -> None:
    ana, bo = pair
    mock = await a_session(house, pair)
    await house.travel(ends_at(mock))
    await gives(house, ana, bo, 2)
    await ana.clicks(await asked(ana), "Change what I wrote")
    form = await ana.modal("Feedback")
    of_bo = (await membership_of(house, bo)).id
    assert blanks(form)[f"{of_bo}-structure"] == "2"
    assert blanks(form)[f"{of_bo}-improvements"] == "Say the number first\nLeave room for questions"
    await house.submits(ana, form, {f"{of_bo}-structure": "5"})
    await house.settle()
    await ana.clicks(await asked(ana), "Change what I wrote")
    kept_open = await ana.modal("Feedback")
    await gives(house, bo, ana)
    assert "Structure: *5* of 5" in words(house.posts(bo, FEEDBACK)[0].payload)
    assert "Change what I wrote" not in words(await asked(bo))
    result = await ana.submits(kept_open, {f"{of_bo}-structure": "1"})
    (sentence,) = result.errors.values()
    assert sentence.startswith("Bo has read your feedback, so it stays as it is.")
    rows = house.sql("select ratings from mock_feedback where about_id = ? and author_id != ?", [of_bo] * 2)
    assert '"structure": 5' in rows[0][0]


async def test_what_is_missing_is_said_in_its_field(house: House, pair: list[Person]) -> None:
    ana, bo = pair
    mock = await a_session(house, pair)
    await house.travel(ends_at(mock))
    await says(house, ana, "Yes")
    await ana.clicks(await asked(ana), "Give feedback")
    form = await ana.modal("Feedback")
    of_ana, of_bo = [(await membership_of(house, person)).id for person in (ana, bo)]
    answers = sheet(of_bo) | {f"{of_bo}-improvements": "Only one thing", f"{of_ana}-structure": "3"}
    result = await ana.submits(form, answers)
    assert result.errors[f"{of_bo}-improvements"].startswith("Two things to improve")
    assert result.errors[f"{of_ana}-evidence"] == "This one, too, or none of them."
    assert house.sql("select count(*) from mock_feedback") == [(0,)]


async def test_an_observer_may_write_about_both_and_nobody_waits_for_it(house: House) -> None:
    ana, bo, cy = await house.group("Ana", "Bo", "Cy")
    mock = await a_session(house, [ana, bo, cy])
    await house.travel(ends_at(mock))
    await gives(house, ana, bo)
    await gives(house, bo, ana)
    assert len(house.posts(bo, FEEDBACK)) == 1
    await gives(house, cy, ana, 3, word="from-cy")
    assert len(house.posts(ana, FEEDBACK)) == 1  # the same message shows it now
    message = await ana.waits_for_dm("from-cy")
    assert "Cy (observing)" in words(message)
    assert "from-cy" not in await bo.reads()


async def test_without_a_swap_the_interviewer_writes_and_the_candidate_rates_themselves(
    house: House, pair: list[Person]
) -> None:
    ana, bo = pair
    mock = await a_session(house, pair, swaps=False, roles=(Role.INTERVIEWER, Role.CANDIDATE))
    await house.travel(ends_at(mock))
    await says(house, bo, "Yes")
    assert "How do you rate yourself?" in words(await asked(bo))
    await gives(house, ana, bo)
    assert not house.posts(bo, FEEDBACK)
    await gives(house, bo, None, own=5)
    assert "Structure: *4* of 5 · you said 5" in words(house.posts(bo, FEEDBACK)[0].payload)
    assert not house.posts(ana, FEEDBACK)


async def test_feedback_of_a_partner_who_has_left_and_in_an_archived_group_still_arrives(
    house: House, pair: list[Person]
) -> None:
    ana, bo = pair
    mock = await a_session(house, pair)
    await house.travel(ends_at(mock))
    await gives(house, ana, bo, word="from-ana")
    await ana.says(CHANNEL, "/prep leave")
    await ana.clicks((await ana.messages(CHANNEL))[-1], "Leave")
    await house.settle()
    await bo.archives(CHANNEL)
    await house.settle()
    await house.travel(ends_at(mock) + TWO_DAYS)
    text = words(house.posts(bo, FEEDBACK)[0].payload)
    assert "A partner who has left" in text
    assert "from-ana" in text
    assert "Ana" not in text.replace("from-ana", "")


async def test_who_has_left_can_still_write_for_their_partner(house: House, pair: list[Person]) -> None:
    ana, bo = pair
    mock = await a_session(house, pair)
    await house.travel(ends_at(mock))
    await ana.says(CHANNEL, "/prep leave")
    await ana.clicks((await ana.messages(CHANNEL))[-1], "Leave")
    await house.settle()
    await gives(house, ana, bo, word="from-ana")
    await gives(house, bo, ana)
    assert "from-ana" in words(house.posts(bo, FEEDBACK)[0].payload)
    assert not house.posts(ana, FEEDBACK)


async def test_the_weakest_skill_becomes_a_goal_of_next_week_once(house: House, pair: list[Person]) -> None:
    ana, bo = pair
    mock = await a_session(house, pair, "2026-11-26 17:00")
    await house.travel(ends_at(mock))
    await gives(house, ana, bo, 4, time_management=2)
    await gives(house, bo, ana)
    post = await bo.waits_for_dm(FEEDBACK)
    await bo.clicks(post, "Practise time management next week")
    await house.settle()
    added = [goal for goal in await goals_of(house, bo) if goal.block == "Your own"]
    assert [(goal.text, goal.due_on.isoformat()) for goal in added] == [
        ("Do one design in 45 minutes with a running clock", "2026-11-30")
    ]
    assert 'On your list for Mon 30 Nov: "Do one design' in words(await bo.fresh(post))
    await house.workspace.socket.redeliver_last("interactive")
    await house.settle()
    assert len([goal for goal in await goals_of(house, bo) if goal.block == "Your own"]) == 1
    assert "stands on your list already" in await last_words(bo)


async def test_a_stranger_can_neither_answer_nor_write(house: House, pair: list[Person]) -> None:
    ana, bo = pair
    mock = await a_session(house, pair)
    await house.travel(ends_at(mock))
    post = await asked(ana)
    of_ana = (await membership_of(house, ana)).id
    house.sql("delete from mock_seats where membership_id = ?", [of_ana])  # as if the button named another's
    await ana.clicks(post, "Yes")
    await house.settle()
    assert "That mock belongs to others." in await last_words(ana)
    assert state_of(house, mock) == "agreed"
    assert "did it happen?" in words(await asked(bo))


async def test_what_people_write_is_never_markup(house: House, pair: list[Person]) -> None:
    ana, bo = pair
    mock = await a_session(house, pair)
    await house.travel(ends_at(mock))
    await gives(house, ana, bo, word="<!channel> *bold* <http://x|y>")
    await gives(house, bo, ana)
    (post,) = house.posts(bo, FEEDBACK)
    assert "<!channel>" not in str(post.payload)
    assert "<http://x|y>" not in str(post.payload)


async def test_what_people_write_and_answer_is_in_no_log_and_in_no_channel(
    house: House, pair: list[Person], caplog: pytest.LogCaptureFixture
) -> None:
    ana, bo = pair
    with caplog.at_level(logging.INFO):
        mock = await a_session(house, pair)
        await house.travel(ends_at(mock))
        await gives(house, ana, bo, word="canary-words")
        await house.travel(ends_at(mock) + TWO_DAYS)
    assert "canary-words" in await bo.reads()
    assert "canary-words" not in caplog.text
    outside = [write for write in house.workspace.accepted if write.channel == house.place(CHANNEL)]
    assert outside
    assert not any("canary-words" in str(write.payload) for write in outside)
