"""A round of mock interviews: called, joined, closed, matched, announced."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.workspace.visitors.people import words
from tests.bot.conftest import OpenHouse
from tests.bot.house import CHANNEL, House
from tests.bot.members import group_card, has_element, hears, last_words
from tests.bot.rounds import CALLED, MATCHED, WARNED, agree, call, called, comes_in, matched, sessions


async def test_a_round_is_called_on_monday_noon_with_three_buttons(house: House) -> None:
    ana, _ = await called(house, "Ana", "Bo")
    said = words(await call(ana))
    assert said.startswith("Mocks this week: who is in?\nNobody yet. The first click is the hardest.\n")
    assert "It closes Wednesday 25 Nov, 18:00, Berlin (UTC+1)." in said
    assert said.endswith("[I'm in] [Not this week] [My hours]")
    assert len(house.posts(CHANNEL, "Mocks this week")) == 1


async def test_the_call_names_who_is_in_and_forgets_who_goes_out_again(house: House) -> None:
    ana, bo = await called(house, "Ana", "Bo")
    await comes_in(house, ana, bo)
    assert "*Ana and Bo* are in." in words(await call(ana))
    await bo.clicks(await call(bo), "Not this week")
    await house.settle()
    assert "*Ana* is in. One more, and there is a pair." in words(await call(ana))


async def test_a_click_on_im_in_is_enough_and_says_what_is_assumed(house: House) -> None:
    _, ana = await called(house, "Bo", "Ana", zones={"Ana": "America/New_York"})
    await comes_in(house, ana)
    said = await last_words(ana, CHANNEL)
    assert said.startswith("You are in. I match Wednesday 25 Nov, 12:00, your time.")
    assert "Mon-Fri 18-21, Sat, Sun 9-12" in said
    assert said.endswith("[Change that]")
    await comes_in(house, ana)
    assert (await last_words(ana, CHANNEL)).endswith("[My hours]")
    assert house.sql("select count(*) from mock_signups") == [(1,)]


async def test_after_the_matching_the_pairs_are_announced_and_the_call_points_to_them(house: House) -> None:
    ana, bo = await matched(house, "Ana", "Bo")
    (post,) = house.posts(CHANNEL, "This week's mock interviews")
    said = words(post.payload)
    assert "• Ana and Bo: technical, 1 h 30" in said or "• Bo and Ana: technical, 1 h 30" in said
    assert "wait" not in said
    assert words(await call(bo)).splitlines() == [
        "*Mocks this week: closed*",
        "2 people were in; who meets whom stands below.",
    ]
    assert sessions(house) == [("Ana", "Bo")]
    assert len(await house.deliveries("session")) == 1
    assert "You have not met yet" in await hears(ana, "/prep why")


async def test_the_next_round_is_called_a_week_later(house: House) -> None:
    await matched(house, "Ana", "Bo")
    await house.travel(CALLED)
    assert len(house.posts(CHANNEL, "Mocks this week")) == 2
    assert house.sql("select state from mock_rounds order by id") == [("matched",), ("open",)]


async def test_an_odd_one_out_observes_and_nobody_waits(house: House) -> None:
    await matched(house, "Ana", "Bo", "Cy")
    assert sessions(house) == [("Ana", "Bo", "Cy")]
    assert not await house.deliveries("leftout")


async def test_nobody_in_means_one_line_on_the_call_and_no_new_post(house: House) -> None:
    ana, _ = await called(house, "Ana", "Bo")
    await house.travel(MATCHED)
    assert "Nobody was in this time, and that is fine." in words(await call(ana))
    assert not house.posts(CHANNEL, "This week's mock interviews")
    assert not await house.deliveries("leftout")


async def test_one_person_alone_is_told_in_private_and_can_ask_for_one_now(house: House) -> None:
    ana, _ = await called(house, "Ana", "Bo")
    await comes_in(house, ana)
    await house.travel(MATCHED)
    said = await last_words(ana)
    assert said.startswith("No mock partner for you this week, Ana. You are the only one in this time.")
    assert said.endswith("[Ask for one now] [My hours]")
    assert "Ana" not in words(await call(ana))
    assert not house.posts(CHANNEL, "This week's mock interviews")
    assert "You are the only one in this time." in await hears(ana, "/prep mock why")


async def test_hours_that_never_meet_leave_both_unmatched_and_unnamed(
    house: House,
) -> None:
    ana, bo, cy, dee = await called(house, "Ana", "Bo", "Cy", "Dee")
    await hears(ana, "/prep mock hours Mon 7-9")
    await hears(bo, "/prep mock hours Tue 7-9")
    await comes_in(house, ana, bo, cy, dee)
    await house.travel(MATCHED)
    (post,) = house.posts(CHANNEL, "This week's mock interviews")
    said = words(post.payload) + post.payload["text"]
    assert "Ana" not in said
    assert "Bo" not in said
    assert "2 people wait for the next round." in said
    assert "Nobody else is free at your hours. You come first next time." in await last_words(ana)


async def test_who_is_always_in_is_warned_the_evening_before_and_nobody_else(house: House) -> None:
    ana, bo, cy = await house.group("Ana", "Bo", "Cy")
    assert (await hears(ana, "/prep mock always")).startswith("You are in every round from now on")
    await hears(cy, "/prep mock always")
    await house.travel(CALLED)
    await comes_in(house, bo, cy)
    assert "*Ana, Bo and Cy* are in." in words(await call(ana))
    await house.travel(WARNED)
    assert [len(house.posts(person, "as always")) for person in (ana, bo, cy)] == [1, 0, 0]
    warning = await ana.waits_for_dm("as always")
    await ana.clicks(warning, "Not this week")
    await house.settle()
    assert words(await ana.fresh(warning)).startswith("You are not in this week's mock round.")
    await house.travel(MATCHED)
    assert sessions(house) == [("Bo", "Cy")]


async def test_staying_in_answers_the_warning(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    await hears(ana, "/prep mock always")
    await house.travel(CALLED)
    await comes_in(house, bo)
    await house.travel(WARNED)
    warning = await ana.waits_for_dm("as always")
    await ana.clicks(warning, "Stay in")
    await house.settle()
    assert "Does it suit you" not in words(await ana.fresh(warning))
    await house.travel(MATCHED)
    assert sessions(house) == [("Ana", "Bo")]
    assert words(await ana.fresh(warning)).startswith("You are in this week's mock round.")


async def test_a_click_after_the_closing_says_what_is_next(house: House) -> None:
    ana, bo = await called(house, "Ana", "Bo")
    await bo.clicks(await call(bo), "I'm in")
    envelope = house.workspace.socket.sent[-1]
    await house.travel(MATCHED)
    payload = envelope["payload"]
    late = payload | {"user": payload["user"] | {"id": ana.id}, "response_url": ""}
    await house.workspace.deliver(envelope | {"envelope_id": "late", "payload": late})
    await house.settle()
    assert await last_words(ana, CHANNEL) == (
        "That round is closed. The next one is called on Monday at 12:00."
        " `/prep mock now` asks for a mock before that."
    )


async def test_a_stranger_who_clicks_is_offered_to_join(house: House) -> None:
    await called(house, "Ana", "Bo")
    dee = await house.person("Dee")
    await dee.joins(CHANNEL)
    for name in ("I'm in", "Not this week", "My hours"):
        await dee.clicks(await call(dee), name)
        await house.settle()
        assert await last_words(dee, CHANNEL) == "You're not in Staff Prep yet.\n[Join]"
    assert house.sql("select count(*) from mock_signups") == [(0,)]


async def test_a_group_of_one_is_not_called(house: House) -> None:
    await called(house, "Ana")
    assert not house.posts(CHANNEL, "Mocks this week")
    assert house.sql("select count(*) from timers where kind = 'call'") == [(1,)]


async def test_the_lead_turns_the_rounds_off_and_sets_their_hours(house: House) -> None:
    ana, _ = await house.group("Ana", "Bo")
    await ana.says(CHANNEL, "/prep group")
    await ana.clicks((await ana.messages(CHANNEL))[-1], "Change the rhythm")
    sheet = await ana.modal("The group's rhythm")
    same = {"call_day": "Tuesday", "call_time": "10:00", "matching_day": "Tuesday", "matching_time": "10:00"}
    assert "matching_time" in (await ana.submits(sheet, same)).errors
    await house.submits(ana, sheet, {**same, "matching_day": "Friday", "has_mocks": []})
    await house.settle()
    assert "No weekly mock rounds." in await last_words(ana, CHANNEL)
    await house.travel("2026-11-24 10:00")
    assert not house.posts(CHANNEL, "Mocks this week")
    assert "This group has no weekly rounds." in await hears(ana, "/prep mock in")
    await ana.says(CHANNEL, "/prep group")
    await ana.clicks((await ana.messages(CHANNEL))[-1], "Change the rhythm")
    await house.submits(ana, await ana.modal("The group's rhythm"), {"has_mocks": ["yes"]})
    await house.travel("2026-12-01 10:00")
    assert "closes Friday 4 Dec, 10:00" in words(await call(ana))


async def test_a_paused_member_is_not_matched(house: House) -> None:
    ana, bo, cy = await called(house, "Ana", "Bo", "Cy")
    await comes_in(house, ana, bo, cy)
    await hears(cy, "/prep pause 1w")
    await house.travel(MATCHED)
    assert sessions(house) == [("Ana", "Bo")]
    assert "You were away when the newest round was matched" in await hears(cy, "/prep why")


async def test_who_leaves_before_the_matching_is_out_and_the_call_forgets_them(house: House) -> None:
    ana, bo, cy = await called(house, "Ana", "Bo", "Cy")
    await comes_in(house, ana, bo, cy)
    await cy.leaves(CHANNEL)
    await house.settle()
    assert "*Ana and Bo* are in." in words(await call(ana))
    await house.travel(MATCHED)
    assert sessions(house) == [("Ana", "Bo")]


async def test_who_leaves_between_the_matching_and_the_post_is_not_announced(house: House) -> None:
    ana, bo, cy, dee = await called(house, "Ana", "Bo", "Cy", "Dee")
    await comes_in(house, ana, bo, cy, dee)
    house.workspace.clock.move_to(house.at(MATCHED))
    await house.bot.schedule.plan()  # matched, and nothing is sent yet
    pairs = sessions(house)
    gone = next(person for person in (ana, bo, cy, dee) if person.name == pairs[0][0])
    await gone.leaves(CHANNEL)
    await house.workspace.socket.settled()
    await house.bot._listening.finish(20)
    await house.bot.outbox.drain()
    said = "\n".join(words(post.payload) for post in house.posts(CHANNEL, "This week's mock interviews"))
    assert gone.name not in said
    assert all(name in said for name in pairs[1])
    await house.settle()


async def test_a_group_whose_channel_rested_over_the_closing_lets_the_round_go(house: House) -> None:
    ana, bo = await called(house, "Ana", "Bo")
    await comes_in(house, ana, bo)
    await ana.archives(CHANNEL)
    await house.settle()
    await house.travel("Friday 12:00")
    await ana.unarchives(CHANNEL)
    await house.settle()
    await house.travel(timedelta(minutes=1))
    assert house.sql("select state from mock_rounds") == [("lapsed",)]
    assert sessions(house) == []
    await house.travel(CALLED)
    assert "Nobody yet" in words(await call(ana))


async def test_a_bot_that_slept_over_the_call_calls_while_the_round_is_worth_it(house: House) -> None:
    await house.group("Ana", "Bo")
    await house.stop_bot()
    await house.travel("Tuesday 09:00")
    await house.start_bot()
    await house.settle()
    assert len(house.posts(CHANNEL, "Mocks this week")) == 1


async def test_a_bot_that_slept_over_the_closing_calls_nothing_late(house: House) -> None:
    await house.group("Ana", "Bo")
    await house.stop_bot()
    await house.travel("2026-11-26 09:00")
    await house.start_bot()
    await house.settle()
    assert not house.posts(CHANNEL, "Mocks this week")
    await house.travel(CALLED)
    assert len(house.posts(CHANNEL, "Mocks this week")) == 1


async def test_who_was_left_out_comes_first_in_the_next_round(house: House) -> None:
    ana, *_ = people = await called(house, "Ana", "Bo", "Cy", "Dee")
    await hears(ana, "/prep mock hours Mon 7-9")
    await comes_in(house, *people[:3])
    await house.travel(MATCHED)
    assert sessions(house) == [("Bo", "Cy")]
    await hears(ana, "/prep mock hours Mon-Fri 18-21")
    await house.travel(CALLED)
    await comes_in(house, *people)
    await house.travel(MATCHED)
    assert any("Ana" in names for names in sessions(house))


async def test_two_rounds_do_not_repeat_a_pair(house: House) -> None:
    people = await called(house, "Ana", "Bo", "Cy", "Dee")
    await comes_in(house, *people)
    await house.travel(MATCHED)
    first = set(sessions(house))
    await agree(house, *people)
    await house.travel("2026-11-30 12:00")
    await comes_in(house, *people)
    await house.travel(MATCHED)
    assert len({pair for pair in sessions(house) if pair not in first}) == 2
    assert house.sql("select count(*) from mock_sessions") == [(4,)]


async def test_the_hours_of_a_round_are_right_over_the_end_of_summer_time(open_house: OpenHouse) -> None:
    house = await open_house(datetime(2026, 10, 18, 9, tzinfo=UTC))
    ana, bo = await house.group("Ana", "Bo", zones={"Bo": "America/New_York"})
    await hears(ana, "/prep mock hours Sun 18-20")
    await hears(bo, "/prep mock hours Sun 13-15")
    await house.travel(CALLED)
    await comes_in(house, ana, bo)
    await house.travel(MATCHED)
    (slots,) = house.sql("select slots from mock_sessions")
    # On 25 October Berlin has gone back to UTC+1 and New York not yet: 18:00 is 13:00 there, both 17:00 UTC.
    assert "2026-10-25T17:00:00+00:00" in slots[0]


@pytest.mark.parametrize("name", ["Ana", "Bo"])
async def test_the_channel_hears_no_hours_no_reasons_and_no_wishes(house: House, name: str) -> None:
    people = await matched(house, "Ana", "Bo")
    person = next(each for each in people if each.name == name)
    text = await person.reads(CHANNEL)
    posts = "\n".join(words(post.payload) + post.payload["text"] for post in house.posts(CHANNEL))
    assert "not met yet" not in posts
    assert "18-21" not in posts
    assert has_element(await group_card(person), "join_open")
    assert text
