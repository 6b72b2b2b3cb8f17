import pytest

from plans.finding import Meant, meant

GOALS = [
    "Design a URL shortener end to end",
    "Design a chat system end to end",
    "Solve 5 array and string problems",
    "Write a story: technical leadership and a difficult decision",
]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("url shortener", Meant(0, exact=True)),
        ("CHAT", Meant(1, exact=True)),
        ("design end", Meant(0, exact=True)),
        ("shortner", Meant(0, exact=False)),
        ("leadrship", Meant(3, exact=False)),
        ("Solve 5 array and strings problem", Meant(2, exact=False)),
        ("quarterly taxes", None),
        ("", None),
        ("  ", None),
    ],
)
def test_a_goal_is_found_by_a_few_of_its_words(words: str, found: Meant | None) -> None:
    assert meant(words, GOALS) == found


def test_among_no_goals_nothing_is_found() -> None:
    assert meant("anything", []) is None
