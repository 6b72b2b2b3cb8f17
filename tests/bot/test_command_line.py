"""`python -m bot plans`: plans to read, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import FAILED, MISUSED, OK, _parser, main
from plans import library
from plans.model import Level

SHIPPED = library.read()
PLAN = SHIPPED.find("12-week")
EVERYTHING = sorted(goal.id for week in PLAN.weeks for goal in week.goals)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run a command: exit code, output, complaints."""
    code = main(arguments)
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.fixture(autouse=True)
def no_plans_of_ones_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An empty folder, and no setting."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CADENCE_PLANS", raising=False)


def test_the_plans_are_listed_with_their_tracks(capsys: pytest.CaptureFixture[str]) -> None:
    line = "12-week-comprehensive: 12 weeks; tracks: standard 12 h, part-time 9 h, minimum-viable 7 h\n"
    code, out, err = run(capsys, "plans", "list")
    assert (code, err) == (OK, "")
    assert out.startswith(line)
    assert [row.partition(":")[0] for row in out.splitlines()] == [plan.slug for plan in SHIPPED.plans]
    assert run(capsys, "plans") == (OK, out, "")


def test_a_plan_is_shown_with_its_weeks_days_and_goals(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "plans", "show", "12-week")
    assert (code, err) == (OK, "")
    assert out.startswith(
        "12-week comprehensive (12-week-comprehensive)\nfull load\n\nThree months at a pace"
    )
    assert "\n\nWeek 1: Know yourself." in out
    assert all(goal.text in out for week in PLAN.weeks for goal in week.goals)


@pytest.mark.parametrize("track", [track.name for track in PLAN.tracks])
@pytest.mark.parametrize("level", list(Level))
def test_nothing_is_lost_silently_for_any_track_and_level(
    capsys: pytest.CaptureFixture[str], track: str, level: Level
) -> None:
    choice = ("plans", "show", PLAN.slug, "--track", track, "--level", level.value)
    code, out, err = run(capsys, *choice, "--json")
    data: dict[str, Any] = json.loads(out)
    assert (code, err) == (OK, "")
    assert (data["slug"], data["track"], data["level"]) == (PLAN.slug, track, level)
    offered = [goal["id"] for week in data["weeks"] for day in week["days"] for goal in day["goals"]]
    left_out = [left["id"] for left in data["left_out"]]
    assert sorted(offered + left_out) == EVERYTHING
    assert all(left["reason"] for left in data["left_out"])
    assert [week["number"] for week in data["weeks"]] == list(range(1, 13))
    text = run(capsys, *choice)[1]
    assert all(left["text"] in text for left in data["left_out"])


def test_the_json_has_the_shape_that_programs_rely_on(capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(run(capsys, "plans", "show", "12", "--json")[1])
    about = {"slug", "title", "summary", "source", "success_rate", "hours_per_week", "best_for"}
    chosen = {"track", "level", "weeks", "left_out"}
    assert set(data) == about | chosen | {"default_track", "tracks", "phases", "checkpoints"}
    week = data["weeks"][0]
    assert set(week) == {"number", "phase", "theme", "targets", "hours", "days"}
    assert set(week["days"][0]) == {"weekday", "title", "hours", "goals"}
    goal = {"id", "text", "note", "area", "minutes", "tier", "level", "metrics"}
    assert set(week["days"][0]["goals"][0]) == goal


def test_the_json_holds_what_one_chooses_a_plan_by(capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(run(capsys, "plans", "show", "2-week-emergency", "--json")[1])
    assert (data["success_rate"], data["hours_per_week"]) == (35, [40, 45])
    assert data["best_for"]
    assert data["default_track"] in [track["name"] for track in data["tracks"]]
    for track in data["tracks"]:
        assert set(track) == {"name", "title", "hours", "shares"}
        assert sum(track["shares"].values()) == pytest.approx(100)
    assert [set(phase) for phase in data["phases"]] == [{"name", "title", "weeks", "aims"}] * len(
        data["phases"]
    )
    assert data["checkpoints"]
    for checkpoint in data["checkpoints"]:
        assert set(checkpoint) == {"week", "title", "items"}
        assert all(item["text"] for item in checkpoint["items"])


def test_the_text_says_what_one_chooses_a_plan_by(capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "plans", "show", "2-week-emergency")[1]
    plan = SHIPPED.find("2-week-emergency")
    assert f"Best for: {plan.best_for}\n40 to 45 hours a week on the standard track\n" in out
    assert "Success rate: 35 %, the source's own estimate; nobody has measured it" in out
    assert all(f"Checkpoint: {checkpoint.title}" in out for checkpoint in plan.checkpoints)
    assert all(f"  {track.name}: {track.hours:g} h; " in out for track in plan.tracks)


@pytest.mark.parametrize(
    ("arguments", "code", "complaint"),
    [
        (("plans", "show", "13-week"), FAILED, "13-week"),
        (
            ("plans", "show", "12", "--track", "feather"),
            MISUSED,
            "12-week-comprehensive has no track 'feather'. It has: standard, part-time, minimum-viable.",
        ),
    ],
)
def test_what_is_not_there_is_said_in_one_line(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int, complaint: str
) -> None:
    given, out, err = run(capsys, *arguments)
    assert (given, out) == (code, "")
    assert complaint in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments", [("plans", "show"), ("plans", "show", "12", "--level", "L9"), ("dance",)]
)
def test_a_wrong_command_line_is_explained(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == MISUSED
    assert "usage: python -m bot" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "weeks"),
    [
        pytest.param([], 3, id="nothing said"),
        pytest.param(["run"], 3, id="run alone"),
        pytest.param(["run", "--empty"], 0, id="without a demo"),
        pytest.param(["run", "--weeks", "7"], 7, id="longer"),
    ],
)
def test_the_demo_group_has_so_many_weeks_behind_it(words: list[str], weeks: int) -> None:
    assert _parser().parse_args(words).weeks == weeks


@pytest.mark.parametrize("weeks", ["0", "12", "-1", "many"])
def test_a_demo_of_no_length_is_refused(weeks: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["run", "--weeks", weeks])
    assert "is no number of weeks from 1 to 11" in capsys.readouterr().err
