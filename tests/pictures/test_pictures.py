"""Scorecards as pictures: drawn from any facts, always the same, with every number in words beside them."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pictures import canvas, group, member
from bot.pictures.canvas import Canvas
from plans.areashares import AreaShare
from plans.groupcard import WeekBeside
from plans.membercard import MemberCard, PastWeek, trend
from plans.model import Area, Metric
from plans.ratings import Dimension
from plans.scorecard import Scorecard, WeekRecord, score

MONDAY = date(2026, 11, 23)  # of week 48
PNG = b"\x89PNG\r\n\x1a\n"
DRAWN = settings(max_examples=15, deadline=None)  # each example draws twice

percents = st.none() | st.integers(0, 130)
group_weeks = st.lists(
    st.none() | st.tuples(percents, st.none() | st.integers(0, 6000), st.integers(0, 30)),
    min_size=1,
    max_size=5,
)
counts = st.dictionaries(st.sampled_from(list(Metric)), st.integers(0, 400), max_size=4)
records = st.builds(
    WeekRecord,
    counts=counts,
    targets=counts,
    lp_covered=st.none() | st.integers(0, 16),
    ratings=st.dictionaries(st.sampled_from(list(Dimension)), st.integers(1, 5)),
)
NAMES = ("behavioral", "technical", "readiness", "learning")
sections = st.tuples(percents, percents, percents, percents)
areas = st.lists(
    st.builds(
        AreaShare,
        area=st.sampled_from(Area),
        done=st.integers(0, 30),
        planned=st.integers(0, 30),
        minutes=st.integers(0, 3000),
        asked=st.none() | st.integers(1, 100),
        given=st.none() | st.integers(0, 100),
    ),
    max_size=6,
    unique_by=lambda area: area.area,
)

GroupNumbers = tuple[int | None, int | None, int]
Shares = tuple[int | None, int | None, int | None, int | None]


def weeks(*numbers: GroupNumbers | int | None) -> list[WeekBeside]:
    """The group's weeks with these percentages, or percentages, minutes and mocks; none for no card."""
    first = MONDAY - timedelta(weeks=len(numbers) - 1)
    return [_beside(first + timedelta(weeks=number), each) for number, each in enumerate(numbers)]


def _beside(monday: date, numbers: GroupNumbers | int | None) -> WeekBeside:
    if numbers is None:
        return WeekBeside(monday=monday)
    percent, minutes, mocks = (numbers, None, 0) if isinstance(numbers, int) else numbers
    return WeekBeside(monday=monday, percent=percent, minutes=minutes, mocks_held=mocks)


def card(scorecard: Scorecard, *past: Shares | None, areas: Sequence[AreaShare] = ()) -> MemberCard:
    """A member's card after weeks with these sections in per cent; none for a week without a card."""
    shares = {section.name: section.percent for section in scorecard.sections}
    current = PastWeek(MONDAY, scorecard.shown_points, scorecard.possible, None, shares)
    earlier = [
        PastWeek(
            MONDAY - timedelta(weeks=len(past) - number), 100, 400, 50, dict(zip(NAMES, each, strict=True))
        )
        for number, each in enumerate(past)
        if each is not None
    ]
    told = trend([*earlier, current])
    return MemberCard(
        1, MONDAY, 3, scorecard, told, {}, [], suggestion_in_channel=False, closed=False, areas=areas
    )


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
def test_any_weeks_of_a_group_make_the_same_picture_each_time(numbers: list[GroupNumbers | None]) -> None:
    picture = group.picture(weeks(*numbers))
    assert picture is not None
    png = picture.draw()
    assert size(png) == (canvas.WIDTH, group.HEIGHT)
    assert png == picture.draw()
    assert len(picture.alt) <= 2000


def test_other_numbers_make_another_picture() -> None:
    histories = ([64, 82], [82, 64], [82], [None, 82], [64, (82, 600, 0)], [64, (82, 600, 1)])
    drawn = {group.picture(weeks(*each)).draw() for each in histories}  # type: ignore[union-attr]  # weeks there are
    assert len(drawn) == len(histories)


def test_the_words_of_a_group_picture_say_each_week_and_both_edges() -> None:
    assert group.alt(weeks(64, None, (None, None, 0), 82)) == (
        "Goals met by the group: week 45 64 %, week 46 no card, week 47 no goals, week 48 82 %."
        " A high week begins at 90 %, a standard one at 70 %."
    )
    assert group.alt(weeks((64, 1230, 0), (82, None, 2))) == (
        "Goals met by the group: week 47 64 %, week 48 82 %."
        " A high week begins at 90 %, a standard one at 70 %."
        " Hours of those who show them: week 47 20.5 h, week 48 none."
        " Mocks held: week 47 0, week 48 2."
    )


def test_a_group_without_a_week_has_no_picture() -> None:
    assert group.picture([]) is None


# A member's own


@DRAWN
@given(records, st.lists(st.none() | sections, max_size=5), areas)
def test_any_card_makes_the_same_picture_each_time_or_none(
    record: WeekRecord, past: list[Shares | None], areas: list[AreaShare]
) -> None:
    scorecard = score(record)
    facts = card(scorecard, *past, areas=areas)
    picture = member.picture(facts)
    assert (picture is None) == (scorecard.possible == 0)
    if picture is None:
        return
    png = picture.draw()
    assert size(png) == (canvas.WIDTH, member.height(facts))
    assert member.height(facts) <= 1200  # a phone shows it whole
    assert png == picture.draw()
    assert len(picture.alt) <= 2000
    for section in scorecard.sections:
        assert section.title in picture.alt
        assert section.percent is None or f"{section.title} {section.percent} %" in picture.alt
        assert f"(target {section.target} %)" in picture.alt


def test_the_words_of_a_members_picture_say_sections_targets_and_weeks() -> None:
    assert member.alt(card(a_week(), (60, 20, None, 90), None)) == (
        "Your week, 67 of 100 points: Behavioural 75 % (target 80 %), Technical 40 % (target 75 %),"
        " Interview readiness 80 % (target 70 %), Learning and growth nothing to count (target 70 %)."
        " Behavioural by week: W46 60 %, W47 –, W48 75 %. Technical by week: W46 20 %, W47 –, W48 40 %."
        " Interview readiness by week: W46 –, W47 –, W48 80 %."
        " Learning and growth by week: W46 90 %, W47 –, W48 –."
    )


def test_the_words_of_a_members_picture_say_hours_and_shares() -> None:
    coding = AreaShare(area=Area.CODING, done=1, planned=2, minutes=90, asked=20, given=75)
    learning = AreaShare(area=Area.LEARNING, done=1, planned=2, minutes=30, asked=None, given=None)
    assert member.alt(card(a_week(), areas=[coding, learning])).endswith(
        " Hours by area: coding 1.5 h (75 % of the shares, 20 % asked), learning 0.5 h."
    )
    assert "Hours by area" not in member.alt(card(a_week(), areas=[learning]))


def test_a_first_week_has_no_trend_to_draw() -> None:
    first, second = card(a_week()), card(a_week(), (60, 20, None, 90))
    assert member.height(first) < member.height(second)
    assert "by week" not in member.alt(first)


def test_weeks_that_an_older_cadence_published_are_no_trend() -> None:
    facts = card(a_week())
    older = PastWeek(MONDAY - timedelta(weeks=1), 180, 400, 60)
    assert member.height(replace(facts, trend=trend([older, *facts.trend]))) == member.height(facts)


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
