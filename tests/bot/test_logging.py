"""Logging what was done, and taking it back."""

from __future__ import annotations

from typing import Any

import pytest

from bot.workspace.visitors.people import Person, words
from tests.bot.house import CHANNEL, House
from tests.bot.members import asks, blanks, day_post, form, has_element, hears, last_words, newest


@pytest.fixture
async def ana(house: House) -> Person:
    """Ana in her first week, on Tuesday morning."""
    (ana,) = await house.group("Ana")
    await house.travel("Tuesday 08:00")
    return ana


def logged(house: House) -> list[tuple[Any, ...]]:
    """What the log holds, oldest first."""
    query = (
        "select metric, count, minutes, area, note, on_date from entries where undone_at is null order by id"
    )
    return house.sql(query)


TODAY, YESTERDAY = "2026-11-24", "2026-11-23"
CODING = ("coding_problems", 1, 0, "coding", "", TODAY)


@pytest.mark.parametrize(
    ("typed", "entry"),
    [
        ("log coding 3", ("coding_problems", 3, 0, "coding", "", TODAY)),
        (
            "log sd 1 45m two pointers",
            ("system_design_problems", 1, 45, "system_design", "two pointers", TODAY),
        ),
        ("log hours 1.5 behavioral", ("minutes", 0, 90, "behavioral", "", TODAY)),
        ("log system design 2", ("system_design_problems", 2, 0, "system_design", "", TODAY)),
        ("Log SYSTEM Designs 2 1h30", ("system_design_problems", 2, 90, "system_design", "", TODAY)),
        ("log yesterday", None),
        ("log stories 2 yesterday", ("stories", 2, 0, "behavioral", "", YESTERDAY)),
        ("did 4 leetcode 1:15", ("coding_problems", 4, 75, "coding", "", TODAY)),
        ("done mocks", ("mock_interviews", 1, 0, "mock", "", TODAY)),
        ("logs news 1 20 min Kafka 4.1", ("industry_updates", 1, 20, "learning", "Kafka 4.1", TODAY)),
        (
            "log network 1 coffee with Maya",
            ("network_activities", 1, 0, "learning", "coffee with Maya", TODAY),
        ),
        ("log concept", ("concepts", 1, 0, "learning", "", TODAY)),
    ],
)
async def test_a_line_is_logged_as_it_was_meant(
    house: House, ana: Person, typed: str, entry: tuple[Any, ...] | None
) -> None:
    told = await hears(ana, f"/prep {typed}")
    assert logged(house) == ([entry] if entry else [])
    assert told.startswith("*Logged: " if entry else 'I can\'t log "yesterday". Did you mean')


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (
            "log coding fortyfive",
            'I read coding problems, but not "fortyfive". Try `/prep log coding 1 45m`.',
        ),
        ("log codng 3", 'I can\'t log "codng". Did you mean `/prep log coding 1`?'),
        ("log coding 0", "That counts as nothing. Say how many or how long"),
        ("log coding 101", "That is more than a day holds: at most 100 at a time and 16 hours."),
        ("log hours 17", "That is more than a day holds"),
        ("log coding 1.5", 'I read coding problems, but not "1.5".'),
        ("log coding -3", 'I read coding problems, but not "-3".'),
        (f"log coding 1 {'n' * 501}", "Your note has 501 characters and 500 fit. Nothing was logged"),
    ],
)
async def test_what_cannot_be_read_is_said_with_what_would_be_right(
    house: House, ana: Person, typed: str, told: str
) -> None:
    assert (await hears(ana, f"/prep {typed}")).startswith(told)
    assert logged(house) == []


async def test_the_receipt_says_what_today_and_the_week_add_up_to(ana: Person) -> None:
    await ana.ticks(await day_post(ana), ["Attempt 1 system design problem and note how you went about it"])
    told = await asks(ana, "/prep log sd 1 45m two pointers")
    totals = "Today 1 h 20 of 1 h 50 · this week 1 h 20 of 12 h"
    counts = "system designs 2 of 1, STAR stories 0 of 1, coding problems 0 of 3, mock interviews 0 of 1."
    assert words(told).splitlines() == [
        '*Logged: 1 system design, 45 min ("two pointers").*',
        f"{totals}; {counts}",
        "[Undo] [Log more]",
    ]
    assert told["text"].startswith('Logged: 1 system design, 45 min ("two pointers"). Today 1 h 20')
    assert "for Monday" in await hears(ana, "/prep log coding 2 yesterday")


async def test_a_note_of_500_characters_fits(house: House, ana: Person) -> None:
    await hears(ana, f"/prep log coding 1 {'n' * 500}")
    assert logged(house)[0][4] == "n" * 500


async def test_undo_takes_back_exactly_once_by_button_and_by_command(house: House, ana: Person) -> None:
    first = await asks(ana, "/prep log coding 1")
    second = await asks(ana, "/prep log coding 2 30m")
    await ana.clicks(first, "Undo")
    await house.settle()
    assert words(await ana.fresh(first)).startswith("Undone: 1 coding problem. Today 30 min")
    assert [entry[1] for entry in logged(house)] == [2]
    assert (await hears(ana, "/prep undo")).startswith("Undone: 2 coding problems. Today 0 min")
    assert logged(house) == []
    nothing = "There is nothing left to undo. A tick is undone by unticking it.\n[Log something]"
    assert await hears(ana, "/prep undo") == nothing
    assert await hears(ana, "/prep log undo") == nothing
    await ana.clicks(second, "Undo")
    await house.settle()
    assert words(await ana.fresh(second)) == nothing


async def test_undo_does_not_reach_what_was_ticked(house: House, ana: Person) -> None:
    await ana.ticks(await day_post(ana), ["Solve 3 or 4 coding problems, each with a different pattern"])
    assert "nothing left to undo" in await hears(ana, "/prep undo")
    assert len(logged(house)) == 1


async def test_the_same_command_delivered_twice_logs_once(house: House, ana: Person) -> None:
    await ana.says(CHANNEL, "/prep log coding 1")
    again = await house.workspace.socket.redeliver_last("slash_commands")
    assert "Logged: 1 coding problem" in again["text"]
    assert logged(house) == [CODING]
    await ana.says(CHANNEL, "/prep log coding 1")
    assert logged(house) == [CODING, CODING]


async def test_the_form_logs_once_and_answers_where_it_was_opened(house: House, ana: Person) -> None:
    sheet = await form(ana, "/prep log", "Log what you did")
    assert blanks(sheet) == {
        "subject": "coding_problems",
        "count": "1",
        "minutes": None,
        "area": None,
        "words": None,
    }
    answers = {"subject": "System designs", "count": 2, "minutes": "1h30", "words": "a cache"}
    await house.submits(ana, sheet, answers)
    await house.workspace.socket.redeliver_last("interactive")
    await house.settle()
    assert logged(house) == [("system_design_problems", 2, 90, "system_design", "a cache", TODAY)]
    assert 'Logged: 2 system designs, 1 h 30 ("a cache").' in await last_words(ana, CHANNEL)


@pytest.mark.parametrize(
    ("answers", "errors"),
    [
        ({"minutes": "soon"}, {"minutes": 'I can\'t read "soon" as a time. Try 45m, 1h30 or 1.5h.'}),
        ({"count": 101}, {"count": "A whole number from 1 to 100."}),
        ({"count": -1}, {"count": "A whole number from 1 to 100."}),
        ({"count": 0}, {"count": "How much was it? Give a number or a time."}),
        ({"subject": "Time alone"}, {"minutes": "How much was it? Give a number or a time."}),
    ],
)
async def test_a_fault_in_the_form_is_said_in_its_field_and_what_was_typed_stays(
    house: House, ana: Person, answers: dict[str, Any], errors: dict[str, str]
) -> None:
    sheet = await form(ana, "/prep log", "Log what you did")
    result = await ana.submits(sheet, {"words": "my note", **answers})
    assert result.errors == errors
    assert result.view is not None
    assert "my note" in words(result.view)
    assert logged(house) == []


async def test_time_alone_goes_to_the_area_that_was_chosen(house: House, ana: Person) -> None:
    await ana.clicks(await day_post(ana), "Log something")
    sheet = await ana.modal("Log what you did")
    answers = {"subject": "Time alone", "minutes": "45m", "area": "Behavioural", "count": 3}
    await house.submits(ana, sheet, answers)
    await house.settle()
    assert logged(house) == [("minutes", 0, 45, "behavioral", "", TODAY)]
    receipt = await newest(ana)
    assert "Logged: 45 min of behavioural." in words(receipt)
    assert has_element(receipt, "log_undo")
    await ana.clicks(receipt, "Undo")
    await house.settle()
    assert "Undone: 45 min" in await last_words(ana)
    assert logged(house) == []
