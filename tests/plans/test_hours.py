import string
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import hours
from plans.availability import ANY_TIME, PRESETS, Hours, merge
from plans.errors import StudyError
from plans.hours import HoursMissing, HoursUnclear
from tests.plans.weekly import weekly

WORDS = (
    "mon",
    "fri",
    "weekdays",
    "evenings",
    "noon",
    "and",
    "-",
    "to",
    "18",
    "9am",
    "24",
    "7:30",
    "all",
    "day",
    ",",
)


@given(week=weekly)
def test_what_is_said_back_is_read_as_the_same_hours(week: Hours) -> None:
    assert hours.parse(hours.as_text(week)) == merge(week)


@given(week=weekly)
def test_saying_it_back_twice_changes_nothing(week: Hours) -> None:
    text = hours.as_text(week)
    assert hours.as_text(hours.parse(text)) == text


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("Mon-Fri 18-21, Sat 9-12", "Mon-Fri 18-21, Sat 9-12"),
        ("weekdays 18:00-21:30; weekend 9am-1pm", "Mon-Fri 18:00-21:30, Sat, Sun 9-13"),
        ("tue 7-8 thu 20-22", "Tue 7-8, Thu 20-22"),
        ("tuesday and thursday from 7pm to 9pm", "Tue, Thu 19-21"),
        ("Mondays, Wednesdays 6-8 pm", "Mon, Wed 18-20"),
        ("sat-mon 10-12", "Mon, Sat, Sun 10-12"),
        ("mon 9-5", "Mon 9-17"),
        ("mon 11am-1", "Mon 11-13"),
        ("mon 18h30–20h", "Mon 18:30-20:00"),
        ("fri 10pm - 2am", "Fri 22:00-02:00"),
        ("fri 22-2", "Fri 22:00-02:00"),
        ("fri 18-9", "Fri 18:00-09:00"),
        ("sun 22-24, mon 0-1", "Sun 22:00-01:00"),
        ("weekday mornings, Saturday afternoon", "Mon-Fri 7-9, Sat 13-17"),
        ("weekend mornings", "Sat, Sun 9-12"),
        ("mon evening 7-9", "Mon 19-21"),
        ("evenings", "every day 18-21"),
        ("late evenings", "every day 21-23"),
        ("18-21", "every day 18-21"),
        ("Sunday all day", "Sun all day"),
        ("mon noon to 2", "Mon 12-14"),
        ("mon 7-9 and 18-21", "Mon 7-9 and 18-21"),
        ("mon 7-9, mon 8-10", "Mon 7-10"),
        ("Tuesday: 18:00-19:30.", "Tue 18:00-19:30"),
        ("9am-1pm on Saturday, noon-2pm daily", "Mon-Fri, Sun 12-14, Sat 9-14"),
        ("evenings on weekdays, mornings at the weekend", "Mon-Fri 18-21, Sat, Sun 9-12"),
        ("any time", "any time"),
        ("Any", "any time"),
        ("", "no hours"),
        ("None", "no hours"),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, understood: str) -> None:
    assert hours.as_text(hours.parse(text)) == understood


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("mon 18-21, blursday 9-12", "blursday 9-12"),
        ("mon 25-26", "mon 25-26"),
        ("mon 9:75-10", "mon 9:75-10"),
        ("mon 13pm-3pm", "mon 13pm-3pm"),
        ("mon 18", "mon 18"),
        ("after work", "after work"),
        ("mon 18-21 ***", "mon 18-21 ***"),
    ],
)
def test_what_cannot_be_read_is_named_beside_a_right_example(text: str, piece: str) -> None:
    with pytest.raises(HoursUnclear) as refused:
        hours.parse(text)
    assert f'"{piece}"' in str(refused.value)
    assert hours.EXAMPLE in str(refused.value)


@pytest.mark.parametrize("text", ["mon", "mon 18-21, tue", "weekdays,", "and"])
def test_days_without_hours_are_asked_about(text: str) -> None:
    with pytest.raises(HoursMissing, match="Which hours"):
        hours.parse(text)


def test_the_example_is_right() -> None:
    assert hours.as_text(hours.parse(hours.EXAMPLE)) == hours.EXAMPLE


@given(text=st.text(max_size=60) | st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_whatever_is_typed_is_understood_or_refused_in_a_sentence(text: str) -> None:
    try:
        understood = hours.parse(text)
    except StudyError as refused:
        assert len(str(refused)) < 200  # noqa: PT017 most texts raise nothing
    else:
        assert hours.parse(hours.as_text(understood)) == understood


@given(week=weekly, case=st.sampled_from([str.upper, str.lower, str.title]))
def test_case_makes_no_difference(week: Hours, case: Callable[[str], str]) -> None:
    assert hours.parse(case(hours.as_text(week))) == merge(week)


def test_a_long_piece_is_quoted_in_part() -> None:
    with pytest.raises(HoursUnclear) as refused:
        hours.parse(string.ascii_lowercase * 20)
    assert "…" in str(refused.value)
    assert len(str(refused.value)) < 160


def test_the_presets_are_read_back_from_their_own_text() -> None:
    for preset in PRESETS.values():
        assert hours.parse(hours.as_text(preset.hours)) == merge(preset.hours)
        assert hours.parse(preset.label) == merge(preset.hours)


def test_any_time_is_the_whole_week() -> None:
    assert hours.parse("any time") == hours.parse("every day 0-24") == ANY_TIME
