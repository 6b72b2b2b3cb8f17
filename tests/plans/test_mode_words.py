"""Modes and their days as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import mode_words
from plans.errors import StudyError
from plans.mode_words import ModeDaysNotUnderstood, ModeNotUnderstood, Said, TooMuchLess
from plans.modes import Mode

TODAY = date(2026, 11, 18)  # a Wednesday


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("words", "mode", "first", "last"),
    [
        ("travel 5d", Mode.TRAVEL, "2026-11-18", "2026-11-22"),
        ("Travelling for 1 day", Mode.TRAVEL, "2026-11-18", "2026-11-18"),
        ("high-stress 1w", Mode.HIGH_STRESS, "2026-11-18", "2026-11-24"),
        ("STRESS two weeks", Mode.HIGH_STRESS, "2026-11-18", "2026-12-01"),
        ("high stress tomorrow for 3 days", Mode.HIGH_STRESS, "2026-11-19", "2026-11-21"),
        ("heavy work until 5 Dec", Mode.HEAVY_WORK, "2026-11-18", "2026-12-05"),
        ("crunch time till friday", Mode.HEAVY_WORK, "2026-11-18", "2026-11-20"),
        ("work from Monday to Friday", Mode.HEAVY_WORK, "2026-11-23", "2026-11-27"),
        ("travel monday for a week", Mode.TRAVEL, "2026-11-23", "2026-11-29"),
        ("travel until sunday", Mode.TRAVEL, "2026-11-18", "2026-11-22"),
        ("travel 2026-12-01", Mode.TRAVEL, "2026-12-01", "2026-12-01"),
        ("travel 2026-12-01 - 2026-12-05", Mode.TRAVEL, "2026-12-01", "2026-12-05"),
        ("travel 24-28 Dec", Mode.TRAVEL, "2026-12-24", "2026-12-28"),
        ("holiday 24 Dec - 2 Jan", Mode.HOLIDAY, "2026-12-24", "2027-01-02"),
        ("holiday 24 December 2026 – 2 January 2027", Mode.HOLIDAY, "2026-12-24", "2027-01-02"),
        ("vacation Dec 24th to Jan 2nd", Mode.HOLIDAY, "2026-12-24", "2027-01-02"),
        ("holidays 24.12.-2.1.", Mode.HOLIDAY, "2026-12-24", "2027-01-02"),
        ("family time 1w", Mode.FAMILY, "2026-11-18", "2026-11-24"),
        ("family until 29 Feb", Mode.FAMILY, "2026-11-18", "2028-02-29"),
    ],
)
def test_days_in_words(words: str, mode: Mode, first: str, last: str) -> None:
    assert mode_words.read(words, TODAY) == Said(mode=mode, starts_on=day(first), ends_on=day(last))


def test_how_much_less_is_family_time_alone() -> None:
    said = mode_words.read("family 40% less 2w", TODAY)
    assert (said.keeps, said.ends_on) == (60, day("2026-12-01"))
    for words in ("family 60 % 2w", "family 10 percent", "travel 40% 2w"):
        with pytest.raises(TooMuchLess):
            mode_words.read(words, TODAY)


def test_a_mode_alone_leaves_the_days_open() -> None:
    assert mode_words.read("travel", TODAY) == Said(mode=Mode.TRAVEL)
    assert mode_words.read("interview week", TODAY) == Said(mode=Mode.INTERVIEW)


@pytest.mark.parametrize("words", ["off", "end travel", "travel off", "stop"])
def test_an_end_is_asked_for_in_either_order(words: str) -> None:
    said = mode_words.read(words, TODAY)
    assert said.ends
    assert said.mode == (Mode.TRAVEL if "travel" in words else None)


@pytest.mark.parametrize(
    ("words", "mistake"),
    [
        ("tavel 5d", ModeNotUnderstood),
        ("5d", ModeNotUnderstood),
        ("end of it", ModeNotUnderstood),
        ("travel soon", ModeDaysNotUnderstood),
        ("travel 0d", ModeDaysNotUnderstood),
        ("travel -5d", ModeDaysNotUnderstood),
        ("travel until 30 Feb", ModeDaysNotUnderstood),
        ("travel until 5 ju", ModeDaysNotUnderstood),
        ("travel 24 Dec - never", ModeDaysNotUnderstood),
    ],
)
def test_what_cannot_be_read_is_quoted(words: str, mistake: type[StudyError]) -> None:
    with pytest.raises(mistake) as caught:
        mode_words.read(words, TODAY)
    said = str(caught.value).casefold()
    assert any(f'"{part.casefold()}"' in said for part in (words, words.partition(" ")[2]))


@given(st.sampled_from(["travel ", "off ", "family ", ""]), st.text(max_size=60))
def test_no_words_break_the_reading(begin: str, rest: str) -> None:
    try:
        said = mode_words.read(begin + rest, TODAY)
    except StudyError:
        return
    assert said.mode is not None or said.ends
