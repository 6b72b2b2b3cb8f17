"""When a session is, on everybody's clock."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.views.mock_sessions import when

BERLIN, NEW_YORK, TOKYO = ("Ana", "Europe/Berlin"), ("Bo", "America/New_York"), ("Dee", "Asia/Tokyo")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("starts_at", "zones", "expected"),
    [
        ("2026-11-26T16:30", [BERLIN, NEW_YORK], "Thu 26 Nov 17:30 Berlin / 11:30 New York"),
        ("2026-11-26T16:30", [BERLIN, ("Chen", "Europe/Berlin")], "Thu 26 Nov 17:30 Berlin"),
        ("2026-11-26T16:30", [BERLIN, ("Eva", "Europe/Paris")], "Thu 26 Nov 17:30 Berlin and Paris"),
        ("2026-11-26T16:30", [BERLIN, TOKYO], "Thu 26 Nov 17:30 Berlin / Fri 27 Nov 01:30 Tokyo"),
        # Europe is back on winter time, America not yet: five hours apart for a week
        ("2026-10-28T16:30", [BERLIN, NEW_YORK], "Wed 28 Oct 17:30 Berlin / 12:30 New York"),
        ("2026-07-01T12:00", [("Fay", "UTC")], "Wed 1 Jul 12:00 UTC"),
    ],
)
def test_a_time_is_said_once_on_each_clock(
    starts_at: str, zones: list[tuple[str, str]], expected: str
) -> None:
    assert when(at(starts_at), 0, zones) == expected


def test_the_length_stands_behind_the_time_where_it_is_given() -> None:
    assert when(at("2026-11-26T16:30"), 90, [BERLIN]) == "Thu 26 Nov 17:30 Berlin, 1 h 30"
