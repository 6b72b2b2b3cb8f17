"""Stories: what they cover, how long they take, what they lack, and which one is meant."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import question_files, stories
from plans.model import Level
from plans.questions import LeadershipPrinciple
from plans.stories import CORE, PRINCIPLES, TIMES, Hint, Lack, Part, Status, Story

OWNERSHIP, DIVE, TRUST = (
    LeadershipPrinciple.OWNERSHIP,
    LeadershipPrinciple.DIVE_DEEP,
    LeadershipPrinciple.EARN_TRUST,
)
GOOD = {
    Part.SITUATION: 80,
    Part.TASK: 50,
    Part.ACTION: 230,
    Part.RESULT: 80,
}  # words that take the right time


def story(title: str = "Outage", **given: Any) -> Story:
    """A whole story of the right length for Ownership, or as it is `given`."""
    parts = {part.value: " ".join(["I"] * (words - 1) + ["7"]) for part, words in GOOD.items()}
    return Story.model_validate({"id": 1, "title": title, "principles": [OWNERSHIP], **parts, **given})


parts_written = st.fixed_dictionaries({part.value: st.sampled_from(["", " ", "told"]) for part in Part})
some_stories = st.builds(
    lambda parts, principles: Story(principles=tuple(principles), **parts),
    parts_written,
    st.frozensets(st.sampled_from(PRINCIPLES), max_size=4),
)
banks = st.lists(some_stories, max_size=6)


# Coverage


@given(banks, some_stories)
def test_coverage_never_falls_by_adding_a_story(bank: list[Story], another: Story) -> None:
    before, after = stories.coverage(bank), stories.coverage([*bank, another])
    assert before.covered <= after.covered
    assert before.covered | before.begun <= after.covered | after.begun


@given(banks.filter(bool), st.data())
def test_coverage_never_falls_by_completing_a_story(bank: list[Story], data: st.DataObject) -> None:
    which = data.draw(st.integers(0, len(bank) - 1))
    part = data.draw(st.sampled_from(Part))
    fuller = [*bank]
    fuller[which] = bank[which].model_copy(update={part.value: "told"})
    before, after = stories.coverage(bank), stories.coverage(fuller)
    assert before.covered <= after.covered
    assert before.covered | before.begun == after.covered | after.begun


@given(banks.filter(bool), st.data())
def test_a_story_that_is_taken_out_and_put_back_anywhere_changes_nothing(
    bank: list[Story], data: st.DataObject
) -> None:
    rest = [*bank]
    out = rest.pop(data.draw(st.integers(0, len(bank) - 1)))
    assert stories.coverage(rest).covered <= stories.coverage(bank).covered
    rest.insert(data.draw(st.integers(0, len(rest))), out)
    assert stories.coverage(rest) == stories.coverage(bank)


@given(banks)
def test_what_is_covered_begun_and_untouched_are_the_sixteen_once_each(bank: list[Story]) -> None:
    found = stories.coverage(bank)
    assert not found.covered & found.begun
    assert set(found.gaps) == set(PRINCIPLES) - found.covered
    assert found.begun <= set(found.gaps)


def test_only_a_story_with_all_four_parts_covers_its_principles() -> None:
    half = story(result="", principles=[OWNERSHIP, DIVE])
    assert stories.coverage([half]).covered == frozenset()
    assert stories.coverage([half]).begun == {OWNERSHIP, DIVE}
    found = stories.coverage([half, story()])
    assert found == stories.Coverage(covered=frozenset({OWNERSHIP}), begun=frozenset({DIVE}))


def test_a_bank_without_a_whole_story_says_nothing_rather_than_none_covered() -> None:
    assert stories.covered_by([]) is None
    assert stories.covered_by([story(task=" ")]) is None
    assert stories.covered_by([story(principles=[])]) == 0
    assert stories.covered_by([story(), story(principles=[OWNERSHIP, TRUST])]) == 2


@given(st.frozensets(st.sampled_from(PRINCIPLES)))
def test_principles_come_back_from_their_numbers_in_amazons_order(
    chosen: frozenset[LeadershipPrinciple],
) -> None:
    numbers = stories.numbers_of(chosen)
    assert numbers == sorted(numbers)
    assert frozenset(stories.principles_of(numbers)) == chosen
    assert stories.principles_of([0, 17, *numbers]) == stories.principles_of(numbers)


def test_the_first_and_the_last_principle_have_the_numbers_1_and_16() -> None:
    assert stories.numbers_of({PRINCIPLES[0], PRINCIPLES[-1]}) == [1, 16]
    assert stories.principles_of([1])[0].words == "Customer Obsession"


# Time


def test_the_parts_add_up_to_the_core_of_2_45_to_4_minutes() -> None:
    assert CORE == (165, 240)
    assert [tuple(TIMES[part]) for part in Part] == [(30, 45), (15, 30), (90, 120), (30, 45)]


@pytest.mark.parametrize(("words", "seconds"), [(0, 0), (1, 0), (13, 5), (130, 60), (260, 120), (1300, 600)])
def test_130_words_take_a_minute(words: int, seconds: int) -> None:
    assert stories.seconds_of("word " * words) == seconds


def test_a_story_takes_as_long_as_its_parts() -> None:
    assert story(situation="word " * 130, task="", action="word " * 260, result="").seconds == 180


# What it lacks


def test_a_story_of_the_right_length_with_numbers_and_ones_own_share_lacks_nothing() -> None:
    assert stories.hints(story()) == ()


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        ({"task": ""}, Hint(Lack.PART, Part.TASK)),
        ({"principles": []}, Hint(Lack.PRINCIPLES)),
        ({"result": "better " * 80}, Hint(Lack.NUMBER, Part.RESULT)),
        ({"action": "we " * 200 + "I " * 30}, Hint(Lack.OWN_SHARE, Part.ACTION)),
        ({"action": "I " * 100}, Hint(Lack.SHORT, Part.ACTION, 45)),
        ({"situation": "then " * 200}, Hint(Lack.LONG, Part.SITUATION, 90)),
    ],
)
def test_each_lack_is_found_alone(given: dict[str, Any], hint: Hint) -> None:
    assert stories.hints(story(**given)) == (hint,)


@pytest.mark.parametrize("result", ["Errors were halved", "Three teams took it over", "Up by 40%", "7"])
def test_a_number_in_words_is_a_number(result: str) -> None:
    assert Lack.NUMBER not in {hint.lack for hint in stories.hints(story(result=result))}


def test_we_inside_of_other_words_is_no_we() -> None:
    action = "I answered however slowly it went, were it well or not " * 20
    assert Lack.OWN_SHARE not in {hint.lack for hint in stories.hints(story(action=action))}


def test_at_most_three_hints_come_at_once_and_what_is_missing_comes_first() -> None:
    empty = Story(title="Outage")
    assert stories.hints(empty) == tuple(Hint(Lack.PART, part) for part in list(Part)[:3])


@pytest.mark.parametrize("missing", [set(), *({part} for part in Part), *map(set, combinations(Part, 2))])
def test_polished_needs_all_four_parts_and_a_principle(missing: set[Part]) -> None:
    found = story(**{part.value: " " for part in missing})
    assert {hint.part for hint in stories.to_polish(found)} == missing
    bare = stories.to_polish(found.model_copy(update={"principles": ()}))
    assert len(bare) == len(missing) + 1
    assert Hint(Lack.PRINCIPLES) in bare


def test_a_story_is_called_refined_then_polished_and_neither_while_something_is_missing() -> None:
    assert stories.next_status(story()) is Status.REFINED
    assert stories.next_status(story(status="refined")) is Status.POLISHED
    assert stories.next_status(story(status="polished")) is None
    assert stories.next_status(story(task="")) is None
    assert stories.next_status(story(principles=[], status="refined")) is None


# Which one


TITLES = ("Payments outage of 2024", "Payments", "The merger nobody wanted", "Größe zählt")
BANK = [story(title, id=number) for number, title in enumerate(TITLES, start=1)]


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("payments", "Payments"),
        ("PAYMENTS  outage", "Payments outage of 2024"),
        ("outage payments", "Payments outage of 2024"),
        ("nobody", "The merger nobody wanted"),
        ("the merger noboby wanted", "The merger nobody wanted"),
        ("grösse zählt", "Größe zählt"),
        ("zebra", None),
        ("", None),
    ],
)
def test_words_find_the_nearest_title(words: str, title: str | None) -> None:
    found = stories.nearest(words, BANK)
    assert (found.title if found else None) == title


def test_of_two_stories_with_one_title_the_one_that_was_changed_last_is_meant() -> None:
    found = stories.nearest("outage", [story(id=7), story(id=3)])
    assert found is not None
    assert found.id == 7


def test_next_story_goes_round_all_that_have_a_word_in_them() -> None:
    told = [story(id=5), Story(id=4, title="Nothing yet"), story(id=2), story(id=9)]
    order = [2]
    for _ in range(3):
        found = stories.following(order[-1], told)
        assert found is not None
        order.append(found.id)
    assert order == [2, 5, 9, 2]
    assert stories.following(2, [story(id=2)]) is None


# Follow-ups


SHIPPED = question_files.read()


@pytest.mark.parametrize("principle", PRINCIPLES)
@pytest.mark.parametrize("level", [None, *Level])
def test_each_principle_has_follow_ups_of_its_own_and_they_come_in_turn(
    principle: LeadershipPrinciple, level: Level | None
) -> None:
    about = story(principles=[principle])
    turns = [stories.follow_up(SHIPPED, about, level, turn) for turn in range(4)]
    assert len({each.ask for each in turns if each}) == 4
    assert {each.principle for each in turns if each} == {principle}
    assert turns == [stories.follow_up(SHIPPED, about, level, turn) for turn in range(4)]


def test_a_follow_up_is_never_a_question_that_a_mock_could_ask() -> None:
    about = story(principles=PRINCIPLES)
    asked = {each.ask for turn in range(200) if (each := stories.follow_up(SHIPPED, about, None, turn))}
    assert len(asked) == 200
    assert not asked & {question.ask for question in SHIPPED.questions}


def test_a_story_without_a_principle_has_no_follow_up() -> None:
    assert stories.follow_up(SHIPPED, story(principles=[]), Level.L6, 0) is None
