"""Scorecards as pictures: drawn from any facts, always the same, with every number in words beside them."""

from __future__ import annotations

import struct
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pictures import canvas, group, member
from bot.pictures.canvas import Canvas
from plans.membercard import MemberCard, PastWeek
from plans.model import Metric
from plans.ratings import Dimension
from plans.scorecard import Scorecard, WeekRecord, score

MONDAY = date(2026, 11, 23)  # of week 48
PNG = b"\x89PNG\r\n\x1a\n"
DRAWN = settings(max_examples=15, deadline=None)  # each example draws twice

percents = st.none() | st.integers(0, 130)
group_weeks = st.lists(percents, min_size=1, max_size=5)
counts = st.dictionaries(st.sampled_from(list(Metric)), st.integers(0, 400), max_size=4)
records = st.builds(
    WeekRecord,
    counts=counts,
    targets=counts,
    lp_covered=st.none() | st.integers(0, 16),
    ratings=st.dictionaries(st.sampled_from(list(Dimension)), st.integers(1, 5)),
)
points = st.tuples(st.integers(0, 400), st.sampled_from([0, 25, 375, 400]), percents)


def weeks(*percents: int | None) -> list[tuple[date, int | None]]:
    """The group's weeks with these percentages, the last one that of MONDAY."""
    first = MONDAY - timedelta(weeks=len(percents) - 1)
    return [(first + timedelta(weeks=number), percent) for number, percent in enumerate(percents)]


def card(scorecard: Scorecard, *past: tuple[int, int, int | None]) -> MemberCard:
    """A member's card after weeks of these points, possible points and goals met."""
    now = (scorecard.shown_points, scorecard.possible, scorecard.goals.percent)
    first = MONDAY - timedelta(weeks=len(past))
    trend = [PastWeek(first + timedelta(weeks=number), *each) for number, each in enumerate([*past, now])]
    return MemberCard(1, MONDAY, 3, scorecard, trend, {}, [], suggestion_in_channel=False, closed=False)


def size(png: bytes) -> tuple[int, int]:
    """Width and height as the file says them itself."""
    assert png.startswith(PNG)
    width, height = struct.unpack(">II", png[16:24])
    return int(width), int(height)


def a_week() -> Scorecard:
    return score(
        WeekRecord(
            counts={Metric.STORIES: 3, Metric.CODING_PROBLEMS: 4},
            targets={Metric.STORIES: 3, Metric.CODING_PROBLEMS: 10},
            lp_covered=8,
            ratings={Dimension.OVERALL_CONFIDENCE: 4},
        )
    )


# The group's


@DRAWN
@given(group_weeks)
def test_any_weeks_of_a_group_make_the_same_picture_each_time(percents: list[int | None]) -> None:
    picture = group.picture(weeks(*percents))
    assert picture is not None
    png = picture.draw()
    assert size(png) == (canvas.WIDTH, group.HEIGHT)
    assert png == picture.draw()


def test_other_weeks_make_another_picture() -> None:
    drawn = {group.picture(weeks(*each)).draw() for each in ([64, 82], [82, 64], [82], [None, 82])}  # type: ignore[union-attr]  # weeks there are
    assert len(drawn) == 4


def test_the_words_of_a_group_picture_say_each_week_and_both_edges() -> None:
    assert group.alt(weeks(64, None, 82)) == (
        "Goals met by the group: week 46 64 %, week 47 no goals, week 48 82 %."
        " A high week begins at 90 %, a standard one at 70 %."
    )


def test_a_group_without_a_week_has_no_picture() -> None:
    assert group.picture([]) is None


# A member's own


@DRAWN
@given(records, st.lists(points, max_size=5))
def test_any_card_makes_the_same_picture_each_time_or_none(
    record: WeekRecord, past: list[tuple[int, int, int | None]]
) -> None:
    scorecard = score(record)
    picture = member.picture(card(scorecard, *past))
    assert (picture is None) == (scorecard.possible == 0)
    if picture is None:
        return
    png = picture.draw()
    width, height = size(png)
    assert (width, height in (member.HEIGHT, member.HEIGHT_WITHOUT_TREND)) == (canvas.WIDTH, True)
    assert png == picture.draw()
    assert len(picture.alt) <= 2000
    for section in scorecard.sections:
        assert section.title in picture.alt
        assert section.percent is None or f"{section.title} {section.percent} %" in picture.alt
        assert f"(target {section.target} %)" in picture.alt


def test_the_words_of_a_members_picture_say_sections_targets_and_weeks() -> None:
    assert member.alt(card(a_week(), (180, 400, 60), (0, 0, None))) == (
        "Your week, 67 of 100 points: Behavioural 75 % (target 80 %), Technical 40 % (target 75 %),"
        " Interview readiness 80 % (target 70 %), Learning and growth nothing to count (target 70 %)."
        " Points by week: week 46 180 of 400, week 47 –, week 48 67 of 100."
    )


def test_a_first_week_has_no_trend_to_draw() -> None:
    first, second = member.picture(card(a_week())), member.picture(card(a_week(), (180, 400, 60)))
    assert first is not None
    assert second is not None
    assert size(first.draw())[1] < size(second.draw())[1]
    assert "Points by week" not in first.alt


# The paper


def test_what_is_written_is_never_read_as_mathematics() -> None:
    paper = Canvas(300)
    paper.write("$x^2$ and $ alone, \\frac", (64, 96), 40)
    assert size(paper.png()) == (canvas.WIDTH, 300)
    (text,) = paper._axes.texts
    assert not text.get_parse_math()


def test_a_picture_leaves_nothing_behind() -> None:
    drawn: list[Canvas] = []
    canvas.drawn(300, drawn.append)
    assert drawn[0]._figure.axes == []


def test_a_picture_says_nothing_of_when_and_by_what_it_was_made() -> None:
    png = canvas.drawn(300, lambda _: None)
    assert b"tEXt" not in png
    assert b"tIME" not in png


def test_every_ink_can_be_read_on_the_paper() -> None:
    for colour in (canvas.INK, canvas.SOFT_INK, canvas.BLUE, canvas.GREEN):
        assert contrast(colour, canvas.PAPER) >= 4.5
    assert contrast(canvas.PAPER, canvas.BLUE) >= 4.5
    assert contrast(canvas.INK, canvas.PALE_BLUE) >= 4.5


def contrast(one: str, other: str) -> float:
    """How far two colours are apart, as WCAG counts it: text wants 4.5."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
