"""The technical side of the shipped question bank: design, coding and deep dives."""

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import question_files
from plans.model import Level
from plans.questions import Question, Subject, choose
from tests.plans.solutions import searches, sequences, structures

BANK = question_files.read()
TECHNICAL = (Subject.DESIGN, Subject.CODING, Subject.DEEP_DIVE)
MINUTES = {Subject.DESIGN: {45}, Subject.CODING: {20, 30}, Subject.DEEP_DIVE: {15}}
SHIPPED = [question for question in BANK.questions if question.subject in TECHNICAL]
DESIGN = [question for question in SHIPPED if question.subject is Subject.DESIGN]
CODING = [question for question in SHIPPED if question.subject is Subject.CODING]
HALF_A_YEAR = 26  # one of each a week

# "The 12-week plan", "Practice framework" and "Weekly planning" name these; each has its question.
NAMED_BY_THE_SOURCES = {
    "URL shortener": "design-url-shortener",
    "chat system, WhatsApp": "design-chat-system",
    "Twitter": "design-microblog",
    "Instagram": "design-photo-sharing",
    "booking system": "design-booking",
    "global CDN": "design-global-cdn",
    "ML pipeline": "design-ml-pipeline",
    "Netflix": "design-streaming-platform",
    "Uber": "design-ride-matching",
    "caching, databases and queues together": "design-order-pipeline",
    "Facebook feed": "design-home-feed",
    "video streaming service": "design-video-service",
    "global ad platform": "design-ad-platform",
    "multi-region database": "design-multi-region-database",
    "e-commerce with compliance": "design-regulated-shop",
    "company-wide ML platform with governance": "design-ml-governance",
    "LRU cache": "coding-recently-used",
    "LRU cache as a system": "design-cache-tier",
    "rate limiter": "coding-token-allowance",
    "rate limiter as a system": "design-rate-limiter",
    "consistent hashing": "coding-hash-ring",
    "consistent hashing as a system": "design-key-value-store",
}


def words(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"[a-z]+", text.casefold()) if len(word) > 3)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of words that both have, from 0 to 1."""
    return len(one & other) / max(len(one | other), 1)


def sentences(question: Question) -> Iterator[str]:
    rubric = question.rubric
    yield from (question.ask, *question.probes, *question.watch, *question.expect.values())
    yield from (rubric.weak, rubric.solid, rubric.strong)


def name_of(question: Question) -> str:
    """What the question's solution is called."""
    return question.id.removeprefix("coding-").replace("-", "_")


def solutions() -> dict[str, Callable[..., Any]]:
    found: dict[str, Callable[..., Any]] = {}
    for module in (sequences, searches, structures):
        found |= {name: getattr(module, name) for name in public_functions(module)}
    return found


def public_functions(module: ModuleType) -> list[str]:
    return [
        name
        for name, each in vars(module).items()
        if callable(each)
        and getattr(each, "__module__", "") == module.__name__
        and not isinstance(each, type)
        and not name.startswith("_")
    ]


SOLUTIONS = solutions()


def given_by(question: Question) -> dict[str, Any]:
    """The values of the question's example by their names."""
    assert question.example is not None
    call = ast.parse(f"example({question.example.input})", mode="eval").body
    assert isinstance(call, ast.Call)
    return {str(keyword.arg): ast.literal_eval(keyword.value) for keyword in call.keywords}


# How much there is


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("subject", TECHNICAL)
def test_each_technical_subject_lasts_half_a_year_at_each_level(subject: Subject, level: Level) -> None:
    known: set[str] = set()
    for week in range(HALF_A_YEAR):
        (chosen,) = choose(BANK, subject, level, known=known, seed=week)
        assert level in chosen.levels
        known.add(chosen.id)
    assert len(known) == HALF_A_YEAR


def test_there_are_enough_questions_of_each_technical_subject() -> None:
    counts = Counter(question.subject for question in SHIPPED)
    assert counts[Subject.DESIGN] >= 48
    assert counts[Subject.CODING] >= 60
    assert counts[Subject.DEEP_DIVE] >= 36


def test_coding_covers_fourteen_patterns_with_at_least_two_problems_each() -> None:
    counts = Counter(question.pattern for question in CODING)
    assert len(counts) >= 14
    assert min(counts.values()) >= 2


@pytest.mark.parametrize("level", Level)
def test_coding_covers_fourteen_patterns_at_each_level(level: Level) -> None:
    assert len({question.pattern for question in BANK.of(Subject.CODING, level)}) >= 14


@pytest.mark.parametrize("id", NAMED_BY_THE_SOURCES.values(), ids=NAMED_BY_THE_SOURCES.keys())
def test_what_the_sources_name_has_its_question(id: str) -> None:  # noqa: A002 - it is the question's `id`
    assert BANK.find(id).id == id


# What each one holds


@pytest.mark.parametrize("question", SHIPPED, ids=lambda question: question.id)
def test_a_technical_question_takes_the_time_of_its_subject(question: Question) -> None:
    assert question.minutes in MINUTES[question.subject]


@pytest.mark.parametrize("question", DESIGN, ids=lambda question: question.id)
def test_a_design_question_probes_failure_and_operation_or_cost(question: Question) -> None:
    assert any(
        re.search(r"fail|crash|dead|dies|los[et]|cut off|burn|corrupt|shifted", each)
        for each in question.probes
    )
    assert any(re.search(r"cost|operat|monitor|dashboard", each) for each in question.probes)


@pytest.mark.parametrize("question", DESIGN, ids=lambda question: question.id)
def test_a_design_question_gives_figures_for_each_of_its_levels(question: Question) -> None:
    assert all(len(re.findall(r"\d+", figures)) >= 2 for figures in question.scale.values())


@pytest.mark.parametrize("question", SHIPPED, ids=lambda question: question.id)
def test_l7_expects_all_that_l6_does_and_more(question: Question) -> None:
    """An interviewer reads the candidate's level only."""
    if len(question.levels) == len(Level):
        assert question.expect[Level.L7].startswith(question.expect[Level.L6])
        assert len(question.expect[Level.L7]) > len(question.expect[Level.L6]) + 40


def test_no_two_technical_questions_ask_nearly_the_same() -> None:
    asked = [(question.id, words(question.ask)) for question in SHIPPED]
    alike = [(a, b) for (a, one), (b, other) in combinations(asked, 2) if likeness(one, other) > 0.4]
    assert alike == []


def test_the_measure_of_likeness_finds_a_problem_that_was_only_reworded() -> None:
    one = words("Given the weights of parcels in rising order, return how few vans are enough for all.")
    other = words("You get parcels with weights in rising order; return how few vans would be enough.")
    assert likeness(one, other) > 0.4


def test_no_sentence_of_the_technical_questions_stands_twice() -> None:
    counts = Counter(text.casefold() for question in SHIPPED for text in sentences(question))
    assert [text for text, count in counts.items() if count > 1] == []


# Whether it is true


@pytest.mark.parametrize("question", CODING, ids=lambda question: question.id)
def test_a_coding_example_is_what_its_solution_answers(question: Question) -> None:
    assert question.example is not None
    assert SOLUTIONS[name_of(question)](**given_by(question)) == ast.literal_eval(question.example.output)


def test_each_solution_belongs_to_a_question() -> None:
    assert set(SOLUTIONS) == {name_of(question) for question in CODING}


EDGES: list[tuple[str, dict[str, Any], Any]] = [
    ("van_pairs", {"weights": [], "limit": 9}, 0),
    ("van_pairs", {"weights": [4, 4, 4], "limit": 8}, 2),
    ("calm_stretch", {"errors": [1, 1], "allowed": 0}, 0),
    ("new_faces", {"visits": ["a", "b", "b", "a"]}, 2),
    ("quick_target", {"sales": [1, 1], "target": 3}, 0),
    ("pressing_callers", {"calls": [(0, "a"), (1, "a"), (60, "a")]}, []),
    ("ticket_run", {"tickets": []}, 0),
    ("wrapped_log", {"ids": [1, 2, 3]}, 0),
    ("price_band", {"amounts": [1, 9], "low": 3, "high": 4}, 0),
    ("busiest_hour", {"loads": [3, 2, 1]}, 0),
    ("template_brackets", {"text": "([x]"}, 4),
    ("template_brackets", {"text": "a(b)c"}, -1),
    ("typed_keys", {"keys": "<!ab<x!"}, "ax"),
    ("clean_path", {"path": "/../a/.../b/.."}, "/a/..."),
    ("clean_path", {"path": "//"}, "/"),
    ("shunted_cars", {"cars": [1, 2, 3, 4], "size": 3}, [3, 2, 1, 4]),
    ("redirect_loop", {"following": [1, -1], "start": 0}, -1),
    ("redirect_loop", {"following": [0], "start": 0}, 0),
    ("nth_last", {"chain": [5], "n": 1}, []),
    ("shared_manager", {"managers": [-1, 0, 1], "one": 2, "other": 1}, 1),
    ("robot_aisle", {"floor": ["S#E"]}, -1),
    ("spreading_alarm", {"plan": ["A#."]}, -1),
    ("spreading_alarm", {"plan": ["##"]}, 0),
    ("two_rooms", {"people": 3, "rivals": [(0, 1), (1, 2), (2, 0)]}, False),
    ("two_rooms", {"people": 1, "rivals": [(0, 0)]}, False),
    ("charging_docks", {"stays": [(1, 2), (2, 3)]}, 1),
    ("common_gaps", {"busy": [[(0, 9), (8, 20)]], "day": (8, 17)}, []),
    ("common_gaps", {"busy": [], "day": (8, 17)}, [(8, 17)]),
    ("fewest_stamps", {"stamps": [5], "postage": 3}, -1),
    ("warehouse_ways", {"floor": ["#."]}, 0),
    ("address_typos", {"typed": "", "wanted": "bonn"}, 4),
    ("dialled_region", {"rules": {"49": "Germany"}, "number": "4"}, "unknown"),
    ("smudged_plates", {"plates": ["CAT7"], "reading": "CAT"}, 0),
    ("all_linked", {"servers": 3, "links": [(0, 1)]}, -1),
    ("all_linked", {"servers": 1, "links": []}, 0),
    ("spare_cable", {"cables": [(0, 1), (1, 0)]}, (1, 0)),
    ("release_order", {"needs": {"a": ["b"], "b": ["a"]}}, []),
    ("build_waves", {"tasks": 2, "pairs": [(0, 1), (0, 1)]}, 2),
    ("build_waves", {"tasks": 2, "pairs": [(0, 1), (1, 0)]}, -1),
    ("cheapest_courier", {"legs": [("A", "B", 1)], "start": "B", "goal": "A"}, -1),
    ("few_changes", {"legs": [("A", "B", 1), ("B", "C", 1)], "start": "A", "goal": "C", "changes": 0}, -1),
    ("parcel_lockers", {"lockers": 1, "calls": [("free", 1), ("take",), ("take",)]}, [None, 1, None]),
    (
        "recently_used",
        {"capacity": 1, "calls": [("put", "a", 1), ("put", "a", 2), ("get", "a")]},
        [None, None, 2],
    ),
]


@pytest.mark.parametrize(("name", "values", "answer"), EDGES)
def test_a_solution_keeps_what_its_problem_says_about_the_edges(
    name: str, values: dict[str, Any], answer: object
) -> None:
    assert SOLUTIONS[name](**values) == answer


@given(errors=st.lists(st.integers(0, 1), max_size=12), allowed=st.integers(0, 4))
def test_the_calm_stretch_is_the_longest_of_all_stretches(errors: list[int], allowed: int) -> None:
    stretches = (errors[a:b] for a in range(len(errors) + 1) for b in range(a, len(errors) + 1))
    assert sequences.calm_stretch(errors, allowed) == max(len(s) for s in stretches if sum(s) <= allowed)


@given(heights=st.lists(st.integers(0, 30), min_size=2, max_size=12))
def test_the_wide_banner_is_the_largest_of_all_pairs(heights: list[int]) -> None:
    pairs = combinations(range(len(heights)), 2)
    assert sequences.wide_banner(heights) == max((b - a) * min(heights[a], heights[b]) for a, b in pairs)


@given(sizes=st.lists(st.integers(0, 9), max_size=9))
def test_the_growing_sizes_are_the_most_of_all_choices(sizes: list[int]) -> None:
    rising = [
        many
        for many in range(len(sizes) + 1)
        for chosen in combinations(sizes, many)
        if list(chosen) == sorted(set(chosen))
    ]
    assert searches.growing_sizes(sizes) == max(rising)


@given(
    parcels=st.lists(st.tuples(st.integers(1, 6), st.integers(0, 9)), max_size=7), capacity=st.integers(0, 15)
)
def test_the_loaded_van_earns_the_most_of_all_loads(parcels: list[tuple[int, int]], capacity: int) -> None:
    loads = (load for many in range(len(parcels) + 1) for load in combinations(parcels, many))
    fees = [sum(fee for _, fee in load) for load in loads if sum(weight for weight, _ in load) <= capacity]
    assert searches.loaded_van(parcels, capacity) == max(fees)
