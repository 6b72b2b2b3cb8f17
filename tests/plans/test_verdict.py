"""What the answers to "did it happen?" mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.verdict import Answer, State, Verdict, judge

YES, ALONE, AWAY = Answer.YES, Answer.NO_PARTNER, Answer.NO_ME
HELD, MISSED, UNCLEAR = State.HELD, State.MISSED, State.UNCLEAR
ANSWERS = st.sampled_from([YES, ALONE, AWAY, None])


@pytest.mark.parametrize(
    ("answers", "state", "absent"),
    [
        ((YES, YES), HELD, set()),
        ((YES, None), HELD, set()),
        ((ALONE, None), MISSED, {2}),
        ((ALONE, AWAY), MISSED, {2}),
        ((AWAY, None), MISSED, {1}),
        ((AWAY, AWAY), MISSED, {1, 2}),
        ((None, None), UNCLEAR, set()),
        ((YES, ALONE), UNCLEAR, set()),
        ((YES, AWAY), UNCLEAR, set()),
        ((ALONE, ALONE), UNCLEAR, set()),
        ((YES, YES, AWAY), HELD, {3}),
        ((YES, YES, ALONE), HELD, set()),
        ((YES, None, AWAY), HELD, {3}),
        ((YES, AWAY, AWAY), UNCLEAR, set()),
        ((ALONE, AWAY, None), MISSED, {2, 3}),
        ((ALONE, YES, None), UNCLEAR, set()),
    ],
)
def test_answers_mean_what_the_rules_say(
    answers: tuple[Answer | None, ...], state: State, absent: set[int]
) -> None:
    found = judge(dict(enumerate(answers, start=1)))
    assert found == Verdict(state, frozenset(absent))


@given(st.lists(ANSWERS, min_size=2, max_size=3))
def test_nobody_who_says_that_they_were_there_is_held_to_be_absent(answers: list[Answer | None]) -> None:
    found = judge(dict(enumerate(answers)))
    assert not {who for who in found.absent if answers[who] in (YES, ALONE)}


@given(st.lists(ANSWERS, min_size=2, max_size=3))
def test_where_it_is_unclear_nobody_is_blamed(answers: list[Answer | None]) -> None:
    found = judge(dict(enumerate(answers)))
    assert found.state is not UNCLEAR or not found.absent


@given(st.permutations([YES, ALONE, AWAY]))
def test_the_order_in_which_people_are_asked_does_not_matter(answers: list[Answer]) -> None:
    first = judge(dict(enumerate(answers)))
    assert first.state is UNCLEAR
