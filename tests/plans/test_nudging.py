"""Who would be glad of a word from the lead, and how many are counted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from plans.nudging import Signs, quiet_since, shown_count, unanswered_since

MONDAY = date(2026, 11, 23)
DAYS = [MONDAY + timedelta(days=number) for number in range(5)]


@pytest.mark.parametrize(
    ("active", "since"),
    [
        ([], DAYS[0]),
        ([DAYS[1]], DAYS[2]),
        ([DAYS[2]], None),
        ([DAYS[0], DAYS[1]], DAYS[2]),
        ([DAYS[4]], None),
    ],
)
def test_three_working_days_without_anything_are_a_sign(active: list[date], since: date | None) -> None:
    assert quiet_since(DAYS, set(active)) == since


def test_two_working_days_are_none() -> None:
    assert quiet_since(DAYS[:2], set()) is None


@pytest.mark.parametrize(
    ("answered", "since"),
    [
        ([False, False], MONDAY),
        ([True, False], None),
        ([False, True], None),
        ([False], None),
        ([], None),
        ([True, False, False], MONDAY + timedelta(weeks=1)),
    ],
)
def test_two_check_ins_in_a_row_without_an_answer_are_a_sign(
    answered: list[bool], since: date | None
) -> None:
    weeks = [(MONDAY + timedelta(weeks=number), each) for number, each in enumerate(answered)]
    assert unanswered_since(weeks) == since


def test_a_word_would_help_since_the_first_sign() -> None:
    assert Signs(recovery_since=DAYS[3], quiet_since=DAYS[1]).since == DAYS[1]
    assert Signs().since is None


@pytest.mark.parametrize(
    ("missed", "asked", "shown"),
    [(0, 9, None), (2, 9, None), (3, 9, 3), (8, 9, 8), (9, 9, None), (3, 3, None)],
)
def test_a_count_is_told_only_if_it_gives_nobody_away(missed: int, asked: int, shown: int | None) -> None:
    assert shown_count(missed, asked) == shown
