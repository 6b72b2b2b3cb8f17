"""Months as pictures: drawn from any numbers, always the same, with every number in words beside them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.pictures import month, record
from plans.groupcard import GroupCard, Total
from plans.grouprecord import GroupRecord, RecordWeek
from plans.month import Amount, Aspect, Course, Month, Tally
from plans.scorecard import GoalsMet

MONDAY = date(2026, 11, 23)
PNG = b"\x89PNG\r\n\x1a\n"


def made(*courses: Course, target: float | None = 48) -> Month:
    return Month(
        number=1,
        first=MONDAY,
        planned=4,
        is_last=False,
        weeks=(),
        tallies=tuple(Tally(amount=amount, done=41.5, target=target) for amount in Amount),
        courses=courses,
        highlights=(),
        focus=(),
        steps=(),
    )


def weeks(*percents: int | None) -> GroupRecord:
    """Published weeks of a group with these goals met."""
    return GroupRecord(
        weeks=tuple(
            RecordWeek(
                monday=MONDAY + timedelta(weeks=number),
                card=GroupCard(
                    members=3,
                    lines=(),
                    unlisted=1,
                    goals=GoalsMet(done=percent or 0, planned=0 if percent is None else 100),
                    goals_people=2,
                    minutes=Total(amount=600, people=2),
                    metrics={},
                    mocks_held=number,
                ),
            )
            for number, percent in enumerate(percents)
        )
    )


def test_a_month_says_every_number_of_its_picture_in_words() -> None:
    drawn = month.picture(
        made(
            Course(aspect=Aspect.CONFIDENCE, start=2, end=3.5),
            Course(aspect=Aspect.READINESS, start=None, end=5),
        )
    )
    assert drawn is not None
    assert drawn.alt == (
        "Your month 1: Hours 41.5 of 48, Problems 41.5 of 48, Stories 41.5 of 48, Mock interviews 41.5 of 48."
        " Ratings from 1 to 5: Confidence from 2 to 3.5, Readiness 5, rated once."
    )
    first, second = drawn.draw(), drawn.draw()
    assert first.startswith(PNG)
    assert first == second


def test_ratings_at_both_ends_and_none_at_all_are_drawn() -> None:
    ends = [Course(aspect=aspect, start=5, end=1) for aspect in Aspect]
    for facts in (made(*ends), made()):
        drawn = month.picture(facts)
        assert drawn is not None
        assert int.from_bytes(drawn.draw()[20:24]) == month.height(facts)


def test_there_is_no_picture_where_nothing_was_asked_for_or_rated() -> None:
    assert month.picture(made(target=None)) is None
    assert record.picture("Month 1", "month.png", weeks(None, None)) is None


@pytest.mark.parametrize("percents", [(0,), (None, 100, 7, 130), tuple(range(40, 56))])
def test_a_groups_weeks_are_drawn_and_said_the_newest_twelve_at_most(
    percents: tuple[int | None, ...],
) -> None:
    drawn = record.picture("Month 1", "month.png", weeks(*percents))
    assert drawn is not None
    assert drawn.draw().startswith(PNG)
    assert drawn.alt.count(", 10 h") == min(len(percents), 12)
    assert len(drawn.alt) <= 2000
