from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views import catching_up, checkpoints, day, interviews
from bot.views.checkbox_ids import CheckboxId

IDS = st.integers(1, 999_999_999)
WORDS = st.text("abcdefghijklmnopqrstuvwxyz0123456789-._", min_size=1, max_size=12)
SUNDAY = date(2026, 11, 1)


@given(
    st.one_of(
        st.builds(day.Box, IDS, st.dates(), WORDS, st.lists(IDS).map(tuple)),
        st.builds(checkpoints.Box, IDS, st.integers(0, 60), WORDS, st.lists(WORDS).map(tuple)),
        st.builds(interviews.Box, IDS, st.dates(), WORDS, st.lists(WORDS).map(tuple)),
        st.builds(catching_up.Box, IDS, st.dates(), st.dates()),
    )
)
def test_what_a_block_id_says_is_read_back_as_it_was_said(box: CheckboxId) -> None:
    assert type(box).parse(str(box)) == box


def test_lists_that_were_posted_by_an_earlier_version_are_still_understood() -> None:
    assert day.Box.parse("day:7:2026-11-01:e17:12,13") == day.Box(7, SUNDAY, "e17", (12, 13))
    assert day.Box.parse("day:7:2026-11-01:0:") == day.Box(7, SUNDAY, "0", ())
    assert checkpoints.Box.parse("checkpoint:7:4:e17:w4-a,w4-b") == checkpoints.Box(
        7, 4, "e17", ("w4-a", "w4-b")
    )
    assert interviews.Box.parse("interview:7:2026-11-01:e17:sleep") == interviews.Box(
        7, SUNDAY, "e17", ("sleep",)
    )
    assert catching_up.Box.parse("catch:7:2026-11-02:2026-11-01") == catching_up.Box(
        7, date(2026, 11, 2), SUNDAY
    )


@pytest.mark.parametrize(
    "block_id",
    [
        None,
        "",
        "day",
        "interview:7:2026-11-01:e17:12",
        "day:7:2026-11-01:e17",
        "day:7:2026-11-01:e17:12:13",
        "day:7:2026-11-31:e17:12",
        "day:-7:2026-11-01:e17:12",
        "day:7:2026-11-01:e17:12,x",
        f"day:{10**30}:2026-11-01:e17:12",
        "day:²:2026-11-01:e17:12",
    ],
)
def test_what_is_no_list_of_a_day_is_none(block_id: str | None) -> None:
    assert day.Box.parse(block_id) is None
