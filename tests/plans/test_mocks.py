from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import mocks
from plans.mocks import Kind, Style
from plans.questions import Subject

kinds = st.sampled_from(Kind)
lengths = st.sampled_from([60, 90])


def minutes_by_subject(kind: Kind, minutes: int, *, swap: bool) -> dict[Subject | None, int]:
    spent: Counter[Subject | None] = Counter()
    for box in mocks.agenda(kind, minutes, swap=swap):
        spent[box.subject] += box.minutes
    return dict(spent)


@given(kind=kinds, minutes=lengths, swap=st.booleans())
def test_the_boxes_follow_each_other_from_the_first_minute_to_the_last(
    kind: Kind, minutes: int, swap: bool
) -> None:
    boxes = mocks.agenda(kind, minutes, swap=swap)
    assert [box.start for box in boxes] == [0, *(box.end for box in boxes[:-1])]
    assert boxes[-1].end == minutes
    assert all(box.minutes >= 5 and box.minutes % 5 == 0 for box in boxes)


@pytest.mark.parametrize("swap", [True, False])
def test_ninety_minutes_are_divided_as_the_practice_framework_says(swap: bool) -> None:
    assert minutes_by_subject(Kind.TECHNICAL, 90, swap=swap) == {
        Subject.DESIGN: 45,
        Subject.CODING: 30,
        Subject.DEEP_DIVE: 15,
    }
    assert minutes_by_subject(Kind.BEHAVIORAL, 90, swap=swap) == {
        Subject.BEHAVIORAL: 60,
        Subject.BAR_RAISER: 20,
        None: 10,
    }


@given(kind=kinds, swap=st.booleans())
def test_an_hour_keeps_the_proportions_to_within_five_minutes(kind: Kind, swap: bool) -> None:
    short, long = mocks.agenda(kind, 60, swap=swap), mocks.agenda(kind, 90, swap=swap)
    assert [(box.turn, box.subject) for box in short] == [(box.turn, box.subject) for box in long]
    for less, more in zip(short, long, strict=True):
        assert abs(less.minutes - more.minutes * 60 / 90) < 5


@given(kind=kinds, minutes=lengths)
def test_two_who_swap_have_turns_of_the_same_length(kind: Kind, minutes: int) -> None:
    spent: Counter[int] = Counter()
    for box in mocks.agenda(kind, minutes, swap=True):
        spent[box.turn] += box.minutes
    assert spent[1] == spent[2] > 0


@given(kind=kinds, minutes=lengths)
def test_without_a_swap_nobody_has_a_second_turn(kind: Kind, minutes: int) -> None:
    assert {box.turn for box in mocks.agenda(kind, minutes, swap=False)} <= {0, 1}
    assert mocks.subjects(kind, minutes, swap=False, turn=2) == ()


def test_a_technical_swap_leaves_each_timebox_whole() -> None:
    assert mocks.subjects(Kind.TECHNICAL, 90, swap=True, turn=1) == ((Subject.DESIGN, 1),)
    assert mocks.subjects(Kind.TECHNICAL, 90, swap=True, turn=2) == (
        (Subject.CODING, 1),
        (Subject.DEEP_DIVE, 1),
    )


@pytest.mark.parametrize(
    ("minutes", "swap", "questions"), [(90, False, 5), (60, False, 3), (90, True, 3), (60, True, 2)]
)
def test_a_behavioral_candidate_gets_as_many_questions_as_the_time_holds(
    minutes: int, swap: bool, questions: int
) -> None:
    turn = dict(mocks.subjects(Kind.BEHAVIORAL, minutes, swap=swap, turn=1))
    assert turn[Subject.BEHAVIORAL] == questions
    assert turn[Subject.BAR_RAISER] >= 1


@given(kind=kinds, minutes=lengths, swap=st.booleans())
def test_every_turn_that_there_is_has_questions(kind: Kind, minutes: int, swap: bool) -> None:
    for turn in (1, 2) if swap else (1,):
        found = mocks.subjects(kind, minutes, swap=swap, turn=turn)
        assert found
        assert all(count >= 1 for _, count in found)
    assert mocks.subjects(kind, minutes, swap=swap, turn=0) == ()


@pytest.mark.parametrize("minutes", [0, 45, 75, 120])
def test_no_other_length_has_an_agenda(minutes: int) -> None:
    with pytest.raises(ValueError, match="60 or 90"):
        mocks.agenda(Kind.TECHNICAL, minutes, swap=True)


@pytest.mark.parametrize(("common", "minutes"), [(60, 60), (89, 60), (90, 90), (600, 90)])
def test_a_session_is_as_long_as_the_common_time_allows(common: int, minutes: int) -> None:
    for kind in Kind:
        assert mocks.session_minutes(kind, common) == minutes


def test_every_style_tells_its_interviewer_what_to_do() -> None:
    assert set(mocks.STYLES) == set(Style)
    assert all(style.words in mocks.STYLES[style] for style in Style)


@given(kind=kinds, seed=st.integers(0, 2**63))
def test_a_seed_always_gives_the_same_warm_up(kind: Kind, seed: int) -> None:
    assert mocks.warm_up(kind, seed) == mocks.warm_up(kind, seed)
    assert mocks.warm_up(kind, seed).endswith("?")


def test_seeds_give_different_warm_ups() -> None:
    for kind in Kind:
        assert len({mocks.warm_up(kind, seed) for seed in range(3)}) == 3


def test_a_technical_pair_is_told_what_follows_the_swap() -> None:
    assert "coding" in mocks.how_to_swap(Kind.TECHNICAL)
    assert "equally long" in mocks.how_to_swap(Kind.BEHAVIORAL)
