"""The week before an interview: the days, the order of the list, what holds for another date."""

from datetime import date, timedelta

import pytest

from plans.interview_week import (
    IDS,
    ITEMS,
    QUESTIONS,
    Part,
    Purpose,
    Sheet,
    Stage,
    asks_afterwards,
    first_day,
    has_list,
    of_part,
    purpose,
    stage,
    still_holding,
)

INTERVIEW = date(2026, 12, 14)  # a Monday, as in the source
DAY = timedelta(days=1)
FRIDAY, SATURDAY, SUNDAY = (INTERVIEW - before * DAY for before in (3, 2, 1))


def sheet(today: date, shown_until: date | None = None, **more: object) -> Sheet:
    return Sheet.model_validate(
        {
            "membership_id": 1,
            "interview_on": INTERVIEW,
            "today": today,
            "shown_until": shown_until or today,
            "ticked": frozenset(),
            **more,
        }
    )


@pytest.mark.parametrize(
    ("before", "found"),
    [
        (30, Stage.AHEAD),
        (7, Stage.AHEAD),
        (6, Stage.LIGHT),
        (2, Stage.LIGHT),
        (1, Stage.EVE),
        (0, Stage.TODAY),
        (-1, Stage.OVER),
    ],
)
def test_a_day_lies_where_the_interview_puts_it(before: int, found: Stage) -> None:
    assert stage(INTERVIEW, INTERVIEW - before * DAY) is found


def test_the_list_is_there_from_the_first_light_day_until_the_interview() -> None:
    there = [before for before in range(-3, 12) if has_list(INTERVIEW, INTERVIEW - before * DAY)]
    assert there == [0, 1, 2, 3, 4, 5, 6]
    assert first_day(INTERVIEW) == INTERVIEW - 6 * DAY


def test_it_is_asked_how_it_was_from_the_day_after_for_a_week() -> None:
    asked = [after for after in range(-3, 12) if asks_afterwards(INTERVIEW, INTERVIEW + after * DAY)]
    assert asked == [1, 2, 3, 4, 5, 6, 7]


def test_the_days_of_the_source_keep_their_purpose_when_the_interview_is_on_a_monday() -> None:
    monday = INTERVIEW - 7 * DAY
    assert [purpose(INTERVIEW, monday + number * DAY) for number in range(8)] == [
        Purpose.POLISH,
        Purpose.POLISH,
        Purpose.MOCK,
        Purpose.REVIEW,
        Purpose.REST,
        Purpose.CALM,
        Purpose.EVE,
        Purpose.INTERVIEW,
    ]


def test_a_day_after_the_interview_is_for_nothing_of_it() -> None:
    with pytest.raises(ValueError, match="after the interview"):
        purpose(INTERVIEW, INTERVIEW + DAY)


@pytest.mark.parametrize(
    ("today", "shown_until", "first"),
    [
        (INTERVIEW - 20 * DAY, INTERVIEW - 20 * DAY, Part.WEEK),
        (FRIDAY, FRIDAY, Part.WEEK),
        (SATURDAY, SATURDAY, Part.WEEK),
        (SUNDAY, SUNDAY, Part.EVE),
        (INTERVIEW, INTERVIEW, Part.MORNING),
        (INTERVIEW + DAY, INTERVIEW + DAY, Part.MORNING),
        (FRIDAY, SUNDAY, Part.EVE),  # no post at the weekend
        (FRIDAY, INTERVIEW, Part.EVE),  # none on the day itself either
        (SATURDAY, INTERVIEW + 3 * DAY, Part.EVE),
        (FRIDAY, INTERVIEW - 30 * DAY, Part.WEEK),
    ],
)
def test_what_comes_next_stands_on_top(today: date, shown_until: date, first: Part) -> None:
    found = sheet(today, shown_until).parts
    assert found[0] is first
    assert sorted(found) == sorted(Part)


def test_the_days_that_are_left_are_named_up_to_the_interview() -> None:
    assert [day for day, _ in sheet(INTERVIEW - 40 * DAY).days] == [
        INTERVIEW - before * DAY for before in range(6, -1, -1)
    ]
    assert sheet(SATURDAY).days == (
        (SATURDAY, Purpose.CALM),
        (SUNDAY, Purpose.EVE),
        (INTERVIEW, Purpose.INTERVIEW),
    )
    assert sheet(INTERVIEW + DAY).days == ()


def test_every_line_has_an_id_of_its_own_that_a_block_can_carry_and_a_text_that_fits() -> None:
    assert len(IDS) == len(ITEMS)
    assert all(item.id.isalnum() for item in ITEMS)
    assert max(len(item.text) for item in ITEMS) <= 75
    assert all(0 < len(of_part(part)) <= 10 for part in Part)
    assert [item for part in Part for item in of_part(part)] == list(ITEMS)
    assert len({key for key, _ in QUESTIONS}) == 4


def test_only_lines_of_the_list_count_as_done() -> None:
    assert sheet(FRIDAY, ticked=frozenset({"room", "gone"})).done == 1
    assert not sheet(FRIDAY, ticked=IDS - {"room"}).is_done
    assert sheet(FRIDAY, ticked=IDS).is_done


def test_the_eve_and_the_morning_come_anew_for_another_date() -> None:
    assert still_holding({"room", "phone", "walk", "warmup", "gone"}) == {"room", "phone"}
