"""`python -m bot plans choose`: the recommendation, for people and for programs."""

from __future__ import annotations

import json

import pytest

from bot.__main__ import MISUSED, OK, main
from plans import library
from plans.timelines import MATRIX

ASKED = ("plans", "choose", "--weeks", "6", "--current", "engineer", "--target", "L6", "--hours", "22")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command that must go well, and return what it prints."""
    code = main(arguments)
    said = capsys.readouterr()
    assert (code, said.err) == (OK, "")
    return said.out


def test_programs_get_exactly_the_five_fields(capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(run(capsys, *ASKED, "--risk", "medium", "--json"))
    assert list(data) == ["recommendation", "source_recommendation", "reason", "alternatives", "warnings"]
    assert (data["recommendation"], data["source_recommendation"]) == (
        "6-week-intensive",
        "12-week-comprehensive",
    )
    assert "12 weeks while 6 weeks are left" in data["reason"]
    assert all(list(each) == ["plan", "why"] for each in data["alternatives"])
    slugs = {plan.slug for plan in library.read().plans}
    assert {each["plan"] for each in data["alternatives"]} == slugs - {"6-week-intensive"}
    assert set(MATRIX) <= slugs
    assert data["warnings"] == ["The 6-week intensive plan counts on some management experience."]


def test_postponing_is_an_answer_too(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("plans", "choose", "--weeks", "1", "--current", "manager", "--target", "L7", "--hours", "10")
    data = json.loads(run(capsys, *asked, "--risk", "low", "--json"))
    assert data["recommendation"] == data["source_recommendation"] == "postpone"
    assert len(data["alternatives"]) == len(library.read().plans)
    assert run(capsys, *asked, "--risk", "low").startswith("Postpone the interview.\n1 week is left")


def test_people_get_the_reason_the_other_plans_and_all_side_by_side(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = run(capsys, *ASKED, "--risk", "medium")
    assert out.startswith("Recommended: 6-week-intensive\nThe decision framework points to")
    assert "Worth knowing:\n  The 6-week intensive plan counts on some management experience.\n" in out
    assert "  12-week-comprehensive: It needs 12 weeks and 6 weeks are left" in out
    lines = [line.split()[:4] for line in out.splitlines()]
    assert ["12-week-comprehensive", "12", "12-15", "85"] in lines
    assert out.endswith("Estimates are the source's own; nobody has measured them.\n")


def test_without_weeks_there_is_no_date_yet(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("plans", "choose", "--current", "manager", "--target", "L6", "--hours", "12", "--risk", "low")
    assert "There is no interview date yet" in run(capsys, *asked)


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("--current", "boss", "'engineer', 'senior_engineer', 'manager', 'senior_manager'"),
        ("--target", "L5", "'L6', 'L7'"),
        ("--risk", "none", "'low', 'medium', 'high'"),
        ("--hours", "0", "'0' is no number of hours in a week; try 12"),
        ("--hours", "nan", "'nan' is no number of hours in a week; try 12"),
        ("--weeks", "soon", "invalid int value: 'soon'"),
    ],
)
def test_what_cannot_be_read_is_said(
    capsys: pytest.CaptureFixture[str], name: str, value: str, complaint: str
) -> None:
    with pytest.raises(SystemExit) as left:
        main((*ASKED, "--risk", "low", name, value))
    assert left.value.code == MISUSED
    assert complaint in capsys.readouterr().err
