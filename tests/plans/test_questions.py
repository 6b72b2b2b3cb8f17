import re
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import question_files
from plans.model import Level
from plans.question_files import BankFaults, Fault
from plans.questions import TALK, Bank, LeadershipPrinciple, Question, Subject, choose

BANK = question_files.read()
SPOKEN = [question for question in BANK.questions if question.subject in TALK]
PER_PRINCIPLE = 6
SESSION = {Subject.BEHAVIORAL: 3, Subject.BAR_RAISER: 1}
HALF_A_YEAR = 26
LITTLE_WORDS = frozenset(
    re.findall(
        "[a-z]+",
        """a about an and are as at be been by can could did do does for from had has have how i if in into is
        it me my not of on or say so take tell than that the them then there they this to was were what when
        where which who why will with would you your""",
    )
)

QUESTION = """
[[question]]
id = "{id}"
subject = "behavioral"
principle = "ownership"
levels = ["L6"]
minutes = 12
ask = "What became yours because nobody else took it?"
probes = ["How did you find it?", "What did it cost?", "Who has it now?"]
expect.L6 = "Takes it and gives it a home."
rubric = {{ weak = "Once.", solid = "Took it.", strong = "Took it and closed the gap." }}
watch = ["It made the own team bigger"]
"""


def write(folder: Path, name: str, *ids: str, **changes: str) -> None:
    text = "".join(QUESTION.format(id=each) for each in ids)
    for old, new in changes.items():
        text = re.sub(rf"^{old} = .*$", new, text, flags=re.MULTILINE)
    folder.joinpath(name).write_text(text, encoding="utf-8")


def faults_of(folder: Path) -> tuple[Fault, ...]:
    with pytest.raises(BankFaults) as caught:
        question_files.read(folder)
    return caught.value.faults


def words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+", text.casefold())) - LITTLE_WORDS


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of words that both have, from 0 to 1."""
    return len(one & other) / max(len(one | other), 1)


def texts(question: Question) -> Iterator[str]:
    rubric = question.rubric
    yield from (question.ask, *question.probes, *question.expect.values(), *question.watch)
    yield from (rubric.weak, rubric.solid, rubric.strong)


def weeks(level: Level, count: int, *, reads: bool, seed: int = 7) -> Iterator[list[Question]]:
    """What a member is asked week by week; who `reads` also puts as many questions to a partner."""
    known: set[str] = set()
    for week in range(count):
        asked: list[Question] = []
        for subject, many in SESSION.items():
            for turn in range(2 if reads else 1):
                chosen = choose(BANK, subject, level, known=known, seed=seed + week, many=many)
                known |= {question.id for question in chosen}
                asked += chosen if turn == 0 else ()
        yield asked


# What is shipped


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("principle", LeadershipPrinciple)
def test_each_principle_has_six_questions_at_each_level(principle: LeadershipPrinciple, level: Level) -> None:
    found = [each for each in BANK.of(Subject.BEHAVIORAL, level) if each.principle is principle]
    assert len(found) >= PER_PRINCIPLE


def test_there_are_sixteen_principles_with_amazons_names() -> None:
    assert [principle.words for principle in LeadershipPrinciple] == [
        "Customer Obsession",
        "Ownership",
        "Invent and Simplify",
        "Are Right, A Lot",
        "Learn and Be Curious",
        "Hire and Develop the Best",
        "Insist on the Highest Standards",
        "Think Big",
        "Bias for Action",
        "Frugality",
        "Earn Trust",
        "Dive Deep",
        "Have Backbone; Disagree and Commit",
        "Deliver Results",
        "Strive to be Earth's Best Employer",
        "Success and Scale Bring Broad Responsibility",
    ]


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("subject", [Subject.BAR_RAISER, Subject.LEADERSHIP])
def test_there_is_a_bar_raiser_and_a_leadership_question_for_each_week_of_half_a_year(
    subject: Subject, level: Level
) -> None:
    assert len(BANK.of(subject, level)) >= HALF_A_YEAR


def test_no_two_spoken_questions_ask_nearly_the_same() -> None:
    asked = [(question.id, words(question.ask)) for question in SPOKEN]
    alike = [(a, b) for (a, one), (b, other) in combinations(asked, 2) if likeness(one, other) > 0.4]
    assert alike == []


def test_the_measure_of_likeness_finds_a_question_that_was_only_reworded() -> None:
    one = words("Tell me about a system that belonged to nobody and became yours because you took it.")
    other = words("Describe a system which belonged to nobody and that became yours since you took it.")
    assert likeness(one, other) > 0.4


def test_no_sentence_of_the_spoken_questions_stands_twice() -> None:
    seen: set[str] = set()
    twice = []
    for question in SPOKEN:
        for text in map(str.casefold, texts(question)):
            if text in seen:
                twice.append((question.id, text))
            seen.add(text)
    assert twice == []


def test_no_spoken_probe_is_copied_with_a_word_changed() -> None:
    probes = [
        (question.id, frozenset(re.findall(r"[a-z]+", probe.casefold())))
        for question in SPOKEN
        for probe in question.probes
    ]
    alike = [
        (a, b, sorted(one & other))
        for (a, one), (b, other) in combinations(probes, 2)
        if a != b and likeness(one, other) >= 0.75
    ]
    assert alike == []


def test_a_question_for_both_levels_expects_something_else_of_each() -> None:
    both = [question for question in SPOKEN if len(question.levels) == len(Level)]
    alike = [q.id for q in both if likeness(*(words(text) for text in q.expect.values())) > 0.5]
    assert both
    assert alike == []


def test_a_question_is_found_by_its_id_and_an_unknown_id_is_a_key_error() -> None:
    assert BANK.find("ownership-left-behind").principle is LeadershipPrinciple.OWNERSHIP
    with pytest.raises(KeyError):
        BANK.find("ownership-nowhere")


# Choosing


@pytest.mark.parametrize("level", Level)
def test_half_a_year_of_weekly_sessions_never_lacks_or_repeats_a_question(level: Level) -> None:
    asked = list(weeks(level, HALF_A_YEAR, reads=False))
    assert [len(session) for session in asked] == [sum(SESSION.values())] * HALF_A_YEAR
    ids = [question.id for session in asked for question in session]
    assert len(set(ids)) == len(ids)
    assert all(level in question.levels for session in asked for question in session)


@pytest.mark.parametrize("level", Level)
def test_who_also_interviews_each_week_gets_new_questions_through_the_twelve_weeks(level: Level) -> None:
    assert all(len(session) == sum(SESSION.values()) for session in weeks(level, 12, reads=True))


@pytest.mark.parametrize("level", Level)
def test_all_sixteen_principles_come_before_one_comes_a_second_time(level: Level) -> None:
    asked = (question for session in weeks(level, 6, reads=False) for question in session)
    principles = [question.principle for question in asked if question.principle]
    assert set(principles[:16]) == set(LeadershipPrinciple)


@given(
    known=st.sets(st.sampled_from([question.id for question in BANK.questions])),
    seed=st.integers(),
    many=st.integers(min_value=0, max_value=20),
    subject=st.sampled_from([*TALK]),
    level=st.sampled_from(Level),
    weak=st.sets(st.sampled_from(LeadershipPrinciple), max_size=3),
)
def test_a_choice_is_new_suits_the_level_and_never_doubles_a_principle(
    known: set[str], seed: int, many: int, subject: Subject, level: Level, weak: set[LeadershipPrinciple]
) -> None:
    chosen = choose(BANK, subject, level, known=known, seed=seed, many=many, weak=weak)
    ids = [question.id for question in chosen]
    principles = [question.principle for question in chosen if question.principle]
    assert len(chosen) <= many
    assert len(set(ids)) == len(ids)
    assert known.isdisjoint(ids)
    assert len(set(principles)) == len(principles)
    assert all(question.subject is subject and level in question.levels for question in chosen)
    if many:  # nothing is held back: an empty choice means that nothing is left
        assert bool(chosen) == any(each.id not in known for each in BANK.of(subject, level))


def test_the_same_seed_chooses_the_same_and_another_seed_something_else() -> None:
    def drawn(seed: int, known: Iterable[str] = ()) -> list[str]:
        chosen = choose(BANK, Subject.BEHAVIORAL, Level.L6, known=list(known), seed=seed, many=3)
        return [question.id for question in chosen]

    some = [question.id for question in BANK.of(Subject.BEHAVIORAL, Level.L6)[:40]]
    assert drawn(1, some) == drawn(1, reversed(some))
    assert len({tuple(drawn(seed)) for seed in range(10)}) > 1


def test_only_the_first_question_is_drawn_to_a_weak_principle() -> None:
    weak = {"dive_deep", "frugality"}
    known = [next(q.id for q in BANK.of(Subject.BEHAVIORAL, Level.L7) if q.topic == topic) for topic in weak]
    for seed in range(20):
        first, *others = choose(BANK, Subject.BEHAVIORAL, Level.L7, known=known, seed=seed, many=3, weak=weak)
        assert first.topic in weak
        assert weak.isdisjoint(each.topic for each in others)


def test_two_that_are_left_of_one_principle_do_not_stand_in_one_choice() -> None:
    left = [each.id for each in BANK.of(Subject.BEHAVIORAL, Level.L6) if each.topic == "think_big"][:2]
    known = [question.id for question in BANK.questions if question.id not in left]
    assert len(choose(BANK, Subject.BEHAVIORAL, Level.L6, known=known, seed=1, many=3)) == 1


def test_when_a_weak_principle_is_used_up_a_question_that_touches_it_comes_first() -> None:
    own = {each.id for each in BANK.questions if each.principle is LeadershipPrinciple.FRUGALITY}
    (chosen,) = choose(BANK, Subject.BEHAVIORAL, Level.L6, known=own, seed=1, weak=["frugality"])
    assert LeadershipPrinciple.FRUGALITY in chosen.secondary


def test_a_subject_that_is_used_up_gives_what_is_left_and_then_nothing() -> None:
    everything = [question.id for question in BANK.of(Subject.BAR_RAISER, Level.L6)]
    (last,) = choose(BANK, Subject.BAR_RAISER, Level.L6, known=everything[1:], seed=3, many=4)
    assert last.id == everything[0]
    assert choose(BANK, Subject.BAR_RAISER, Level.L6, known=everything, seed=3, many=4) == ()


def test_a_new_question_in_the_bank_moves_no_other(tmp_path: Path) -> None:
    ids = [f"ownership-{number}" for number in range(8)]
    write(tmp_path, "bank.toml", *ids)
    before = in_turn(question_files.read(tmp_path))
    write(tmp_path, "more.toml", "ownership-new")
    after = in_turn(question_files.read(tmp_path))
    assert sorted(before) == ids
    assert [each for each in after if each != "ownership-new"] == before


def in_turn(bank: Bank) -> list[str]:
    """All behavioural questions in the order in which one after the other would be asked."""
    known: list[str] = []
    while chosen := choose(bank, Subject.BEHAVIORAL, Level.L6, known=known, seed=5):
        known += [question.id for question in chosen]
    return known


# Reading


def test_faults_of_all_files_are_told_at_once_with_file_and_id(tmp_path: Path) -> None:
    write(tmp_path, "a.toml", "ownership-one", minutes="minutes = 3")
    write(tmp_path, "b.toml", "ownership-two", watch='watch = []\nsurprise = "yes"')
    tmp_path.joinpath("c.toml").write_text("[[question", encoding="utf-8")
    tmp_path.joinpath("d.toml").write_bytes(b"\xff")
    found = {(fault.file, fault.question, fault.place) for fault in faults_of(tmp_path)}
    assert found == {
        ("a.toml", "ownership-one", "minutes"),
        ("b.toml", "ownership-two", "watch"),
        ("b.toml", "ownership-two", "surprise"),
        ("c.toml", "", ""),
        ("d.toml", "", ""),
    }


def test_the_sentence_counts_the_faults_and_lists_each_on_a_line(tmp_path: Path) -> None:
    write(tmp_path, "a.toml", "ownership-one", minutes="minutes = 3", watch="watch = []")
    with pytest.raises(BankFaults, match="2 to put right") as caught:
        question_files.read(tmp_path)
    assert [line.split(":")[0] for line in str(caught.value).splitlines()[1:]] == [
        "a.toml, ownership-one, minutes",
        "a.toml, ownership-one, watch",
    ]


def test_an_id_that_stands_twice_names_the_other_file(tmp_path: Path) -> None:
    write(tmp_path, "a.toml", "ownership-one")
    write(tmp_path, "b.toml", "ownership-one")
    (fault,) = faults_of(tmp_path)
    assert (fault.file, fault.question) == ("b.toml", "ownership-one")
    assert "a.toml" in fault.message


def test_a_question_without_an_id_is_named_by_its_place_in_the_file(tmp_path: Path) -> None:
    write(tmp_path, "a.toml", "ownership-one", "ownership-two")
    text = tmp_path.joinpath("a.toml").read_text().replace('id = "ownership-two"\n', "")
    tmp_path.joinpath("a.toml").write_text(text)
    (fault,) = faults_of(tmp_path)
    assert (fault.question, fault.place) == ("question 2", "id")


def test_a_file_with_anything_but_questions_is_refused(tmp_path: Path) -> None:
    tmp_path.joinpath("a.toml").write_text('title = "Questions"\n[[questoin]]\n')
    assert [fault.place for fault in faults_of(tmp_path)] == ["title", "questoin"]


@pytest.mark.parametrize(
    ("field", "line", "said"),
    [
        ("principle", "", "`principle` belongs to behavioral"),
        ("principle", 'principle = "ownership"\nhint = "Two ends."', "`hint` belongs to coding"),
        ("principle", 'principle = "ownership"\nsecondary = ["ownership"]', "stands twice"),
        ("principle", 'principle = "frugality"', "does not begin with 'frugality-'"),
        ("levels", 'levels = ["L6", "L7"]', "`expect` covers L6, the question is for L6, L7"),
        ("levels", 'levels = ["L6", "L6"]', "a level stands twice"),
        ("ask", f'ask = "{"x" * 301}"', "at most 300"),
        ("probes", 'probes = ["How?", "Why?"]', "at least 3"),
        ("subject", 'subject = "leadership"', "leadership questions need `tags`"),
    ],
)
def test_a_question_that_contradicts_its_subject_or_its_levels_is_refused(
    tmp_path: Path, field: str, line: str, said: str
) -> None:
    write(tmp_path, "a.toml", "ownership-one", **{field: line})
    (fault,) = faults_of(tmp_path)
    assert fault.question == "ownership-one"
    assert said in fault.message
