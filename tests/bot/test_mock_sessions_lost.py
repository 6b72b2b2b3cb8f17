"""When a session is in danger: nobody answers, somebody cannot come or leaves; nobody is blamed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from icalendar import Calendar

from bot.workspace.visitors.people import Person, words
from tests.bot.conftest import OpenHouse
from tests.bot.house import CHANNEL, House
from tests.bot.members import has_element
from tests.bot.mock_rooms import agrees, clicks_forged, picks, room, seats, session_of
from tests.bot.test_crashes import KILLED, a_mortal_bot

THU, FRI = "2026-11-26 17:30", "2026-11-27 18:00"
DAY = timedelta(days=1)


@pytest.fixture
async def two(house: House) -> list[Person]:
    """Two people in one group."""
    return await house.group("Ana", "Bo")


async def cannot(
    house: House, person: Person, people: list[Person], what: str = "not_this_week", said: str = ""
) -> None:
    """Say that one cannot come."""
    await person.clicks(await room(house, people), "I can't make it")
    await house.submits(person, await person.modal("I can't make it"), {"what": what, "words": said})
    await house.settle()


async def states(house: House, mock_id: int) -> tuple[str, list[str]]:
    """The state of a session and of its seats, the interviewer's first."""
    mock, rows = await session_of(house, mock_id)
    return mock.state, [row.seat.state for row in rows]


# No answer


async def test_who_picks_nothing_is_asked_after_a_day_and_can_answer_right_there(
    house: House, two: list[Person]
) -> None:
    ana, bo = two
    mock_id = await seats(house, two, THU)
    await picks(house, ana, two, THU)
    await house.travel(DAY)
    question = await bo.waits_for_dm("Which one suits you?")
    assert "Ana would like to practise with you" in words(question)
    assert not house.posts(ana, "Which one suits you?")
    await bo.clicks(question, "Works for me")
    await house.settle()
    assert (await session_of(house, mock_id))[0].starts_at == house.at(THU)
    assert "Agreed: Thu 26 Nov 17:30 Berlin" in words(await bo.fresh(question))


async def test_who_stays_silent_for_another_day_loses_the_seat_and_the_other_one_is_told_kindly(
    house: House, two: list[Person]
) -> None:
    ana, _ = two
    mock_id = await seats(house, two, THU)
    await picks(house, ana, two, THU)
    await house.travel(2 * DAY)
    assert await states(house, mock_id) == ("dissolved", ["in", "silent"])
    alone = words(await ana.waits_for_dm("does not take place"))
    assert "You come first" in alone
    assert "Ask for one now" in alone
    assert "silent" not in alone
    assert len(house.posts(ana, "does not take place")) == 1
    assert not house.posts(CHANNEL, "does not take place")


async def test_two_who_pick_different_times_are_never_taken_for_silent_and_end_with_the_last_slot(
    house: House, two: list[Person]
) -> None:
    ana, bo = two
    mock_id = await seats(house, two, THU, FRI)
    await picks(house, ana, two, THU)
    await picks(house, bo, two, FRI)
    await house.travel(house.at(FRI) - timedelta(minutes=1))
    assert (await states(house, mock_id))[0] == "proposed"
    await house.travel(timedelta(minutes=2))
    assert await states(house, mock_id) == ("cancelled", ["in", "in"])
    await room(house, two, "No time was found")


# Cancelling


async def test_not_this_week_frees_the_seat_and_their_words_stand_in_the_room_as_they_wrote_them(
    house: House, two: list[Person]
) -> None:
    ana, bo = two
    mock_id = await seats(house, two, THU)
    await cannot(house, bo, two, said="Sorry, *my* <train> @here")
    assert await states(house, mock_id) == ("dissolved", ["invited", "cancelled"])
    over = words(await room(house, two, "Bo can't make it this time"))
    assert "Bo: Sorry, *my* <train> @here" in over
    await ana.waits_for_dm("Your technical mock does not take place")
    assert not house.posts(bo, "does not take place")


@pytest.mark.parametrize(("hours", "late"), [(25, False), (23, True)])
async def test_a_cancellation_is_late_within_a_day_of_the_start_and_takes_the_event_out_of_calendars(
    house: House, two: list[Person], hours: int, late: bool
) -> None:
    mock_id = await seats(house, two, THU)
    await agrees(house, two, THU)
    await house.travel(house.at(THU) - timedelta(hours=hours))
    await cannot(house, two[1], two)
    _, rows = await session_of(house, mock_id)
    assert [row.seat.late for row in rows] == [False, late]
    first, last = [Calendar.from_ical(file) for file in house.files(two)]
    assert last["METHOD"] == "CANCEL"
    before, after = first.walk("VEVENT")[0], last.walk("VEVENT")[0]
    assert before["UID"] == after["UID"]
    assert [int(str(event["SEQUENCE"])) for event in (before, after)] == [1, 2]
    posts = len(house.posts())
    await house.travel(house.at(THU))
    assert not [post for post in house.posts()[posts:] if post.channel == house.place(two)]


async def test_another_time_keeps_the_two_together_and_asks_again(house: House, two: list[Person]) -> None:
    mock_id = await seats(house, two, THU, FRI)
    await agrees(house, two, THU)
    await cannot(house, two[1], two, "another_time", "Dentist.")
    assert await states(house, mock_id) == ("proposed", ["in", "in"])
    text = words(await room(house, two))
    assert "Bo: Dentist." in text
    assert "Thu 26 Nov" not in text
    assert "Fri 27 Nov 18:00" in text
    await agrees(house, two, FRI)
    assert (await session_of(house, mock_id))[0].starts_at == house.at(FRI)


async def test_when_both_decline_the_session_is_cancelled_and_nobody_is_matched(
    house: House, two: list[Person]
) -> None:
    mock_id = await seats(house, two, THU)
    await house.stop_bot()
    house.sql("UPDATE mock_seats SET state = 'cancelled'")
    house.sql(
        "INSERT INTO timers (kind, whom, period, next_due_at) VALUES ('rematch', ?, '2026-11-18', ?)",
        (f"s{mock_id}", f"{house.now:%Y-%m-%d %H:%M:%S.%f}"),
    )
    await house.start_bot()
    await house.settle()
    assert await states(house, mock_id) == ("cancelled", ["cancelled", "cancelled"])
    assert not any(house.posts(person, "does not take place") for person in two)


async def test_a_click_after_the_end_says_what_is_next_and_changes_nothing(
    house: House, two: list[Person]
) -> None:
    ana, bo = two
    mock_id = await seats(house, two, THU)
    await cannot(house, bo, two)
    before = await states(house, mock_id)
    for person, sentence in ((ana, "no longer on"), (bo, "no longer on")):
        await clicks_forged(house, person, "mock_pick", f"{mock_id}:{house.at(THU).isoformat()}")
        assert sentence in await person.reads()
    assert await states(house, mock_id) == before


# Leaving


@pytest.mark.parametrize("way", ["command", "channel", "deactivated"])
async def test_whoever_leaves_in_any_way_frees_their_seat_and_the_partner_hears_of_it(
    house: House, two: list[Person], way: str
) -> None:
    ana, bo = two
    mock_id = await seats(house, two, THU)
    await agrees(house, two, THU)
    match way:
        case "command":
            await bo.says(CHANNEL, "/prep leave")
            question = await bo.waits_for(CHANNEL, "Your goals stop arriving")
            await bo.clicks(question, "Leave")
        case "channel":
            await bo.leaves(CHANNEL)
        case _:
            await bo.is_deactivated()
    await house.settle()
    assert await states(house, mock_id) == ("dissolved", ["in", "left"])
    await ana.waits_for_dm("Your technical mock does not take place")


async def test_a_session_that_has_begun_stays_when_somebody_leaves(house: House, two: list[Person]) -> None:
    mock_id = await seats(house, two, THU)
    await agrees(house, two, THU)
    await house.travel(house.at(THU) + timedelta(minutes=5))
    await two[1].leaves(CHANNEL)
    await house.settle()
    assert (await states(house, mock_id))[1] == ["in", "in"]


async def test_a_three_that_loses_its_candidate_goes_on_as_a_pair_in_a_room_of_their_own(
    house: House,
) -> None:
    three = await house.group("Ana", "Bo", "Chen")
    ana, bo, chen = three
    mock_id = await seats(house, three, THU)
    await cannot(house, bo, three)
    await house.settle()
    mock, rows = await session_of(house, mock_id)
    roles = {row.membership.name: row.seat.role for row in rows if row.seat.state != "cancelled"}
    assert (mock.state, roles) == ("proposed", {"Ana": "interviewer", "Chen": "candidate"})
    assert "Chen is the candidate first" in words(await room(house, [ana, chen]))
    await room(house, three, "Bo can't make it this time. Ana and Chen go on together")
    await agrees(house, [ana, chen], THU)
    assert len(house.files([ana, chen])) == 1
    assert house.files(three) == []


# Silence before the start


async def test_an_hour_ahead_who_confirmed_may_ask_for_somebody_else(house: House, two: list[Person]) -> None:
    mock_id = await seats(house, two, THU)
    await agrees(house, two, THU)
    await house.travel(house.at(THU) - timedelta(hours=1))
    hour = await room(house, two, "In an hour")
    await two[0].clicks(hour, "Find me somebody else")
    await house.settle()
    assert await states(house, mock_id) == ("dissolved", ["in", "silent"])


async def test_nobody_is_replaced_who_has_confirmed_in_the_meantime(house: House, two: list[Person]) -> None:
    ana, bo = two
    mock_id = await seats(house, two, THU)
    await agrees(house, two, THU)
    await house.travel(house.at(THU) - timedelta(hours=1))
    hour = await room(house, two, "In an hour")
    await bo.clicks(hour, "I'll be there")
    await ana.clicks(hour, "I'll be there")
    await house.settle()
    assert not has_element(await ana.fresh(hour), "mock_find_another")
    assert (await states(house, mock_id))[0] == "agreed"


# The house


async def test_in_an_archived_group_nothing_is_sent_any_more(house: House, two: list[Person]) -> None:
    await seats(house, two, THU)
    await agrees(house, two, THU)
    await two[0].archives(CHANNEL)
    await house.settle()
    before = len(house.posts())
    await house.travel(house.at(THU))
    assert len(house.posts()) == before


async def test_a_session_whose_group_was_archived_before_a_time_was_found_ends_without_a_word(
    house: House, two: list[Person]
) -> None:
    mock_id = await seats(house, two, THU)
    await two[0].archives(CHANNEL)
    await house.settle()
    before = len(house.posts())
    await house.travel(DAY)
    assert ((await states(house, mock_id))[0], len(house.posts())) == ("cancelled", before)


async def test_who_is_left_is_matched_anew_with_somebody_who_stands_by_in_the_round(house: House) -> None:
    three = await house.group("Ana", "Bo", "Chen")
    ana, bo, chen = three
    mock_id = await seats(house, [ana, bo], THU)
    house.sql(
        "INSERT INTO mock_rounds (group_id, week_of, opened_at, closes_at, seed, state)"
        " SELECT id, '2026-11-16', ?, ?, 7, 'matched' FROM groups",
        [f"{house.now:%Y-%m-%d %H:%M:%S.%f}"] * 2,
    )
    house.sql("UPDATE mock_sessions SET round_id = 1")
    house.sql(
        "INSERT INTO mock_signups (round_id, membership_id, state, by_default, changed_at)"
        " SELECT 1, id, 'in', false, ? FROM memberships",
        [f"{house.now:%Y-%m-%d %H:%M:%S.%f}"],
    )
    await cannot(house, bo, [ana, bo])
    assert await states(house, mock_id) == ("dissolved", ["invited", "cancelled"])
    card = words(await room(house, [ana, chen]))
    assert "Ana" in card
    assert "Chen" in card
    assert not house.posts(ana, "does not take place")


@pytest.mark.parametrize(
    "death",
    [
        ("before", "UPDATE deliveries", "sending"),
        ("after", "UPDATE deliveries", "sending"),
        ("before", "UPDATE deliveries", "sent"),
        ("after", "UPDATE deliveries", "sent"),
    ],
)
async def test_a_bot_that_is_killed_while_it_hands_over_the_calendar_file_has_sent_one_in_the_end(
    open_house: OpenHouse, death: tuple[str, str, str]
) -> None:
    house = await open_house()
    two = await house.group("Ana", "Bo")
    mock_id = await seats(house, two, THU)
    await house.stop_bot()
    start = house.at(THU)
    house.sql(
        "UPDATE mock_sessions SET state = 'agreed', sequence = 1, starts_at = ?",
        (f"{start:%Y-%m-%d %H:%M:%S.%f}",),
    )
    now, later = f"{house.now:%Y-%m-%d %H:%M:%S.%f}", f"{start:%Y-%m-%d %H:%M:%S.%f}"
    house.sql(
        "INSERT INTO deliveries (workspace_id, kind, whom, period, state, due_at, expires_at, not_before,"
        " attempt, readbacks, nonce, revision, wanted, drawn, pictures)"
        " SELECT workspace_id, 'invitation', ?, 'v1', 'planned', ?, ?, ?, 0, 0, 'n', 0, 0, 0, '{}'"
        " FROM groups",
        (f"s{mock_id}", now, later, now),
    )
    assert await a_mortal_bot(house, *death) == KILLED
    await house.start_bot()
    await house.settle()
    for _ in range(2):
        await house.travel(timedelta(minutes=4))
    assert len(house.files(two)) == 1
