"""`python -m bot mocks match`: the matcher on files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import MISUSED, OK, main

ROOT = Path(__file__).parents[2]


@pytest.fixture
def six(tmp_path: Path) -> Path:
    """Six people who can at any time."""
    file = tmp_path / "people.json"
    file.write_text(json.dumps([{"id": who} for who in ("ana", "bo", "cy", "dan", "eve", "flo")]))
    return file


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    """Run a command: exit code, output, complaints."""
    code = main(["mocks", *map(str, arguments)])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_program_gets_json_and_nothing_else_twice_the_same(six: Path) -> None:
    command = [sys.executable, "-m", "bot", "mocks", "match", str(six), "--json", "--seed", "7"]
    runs = [
        subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 (our own program)
        for _ in range(2)
    ]
    assert [(each.returncode, each.stderr) for each in runs] == [(OK, "")] * 2
    assert runs[0].stdout == runs[1].stdout
    assert len(json.loads(runs[0].stdout)["groups"]) == 3


def test_five_rounds_of_six_people_from_file_to_file_repeat_no_pair(
    six: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    history: list[dict[str, object]] = []
    file = six.with_name("history.json")
    met: set[frozenset[str]] = set()
    for number in range(1, 6):
        file.write_text(json.dumps(history))
        code, out, err = run(capsys, "match", six, "--history", file, "--json")
        assert (code, err) == (OK, "")
        answer = json.loads(out)
        groups = [group["people"] for group in answer["groups"]]
        met |= {frozenset(group) for group in groups}
        history.append({"round": number, "groups": groups, "left_out": [e["id"] for e in answer["left_out"]]})
    assert len(met) == 15


def test_people_get_a_text(six: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "match", six)
    assert (code, err) == (OK, "")
    assert out.startswith("Round 1: 3 groups.\n")


def test_the_faults_of_both_files_are_complaints_and_nothing_is_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people, history = tmp_path / "people.json", tmp_path / "history.json"
    people.write_text('[{"id": 1}, {"level": "L6"}]')
    history.write_text("[")
    code, out, err = run(capsys, "match", people, "--history", history, "--json")
    assert (code, out) == (MISUSED, "")
    assert [line.partition(":")[0] for line in err.splitlines()] == [
        "people.json, person 1, id",
        "people.json, person 2, id",
        "history.json",
    ]


def test_a_file_that_cannot_be_read_is_a_complaint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "match", tmp_path / "nobody.json")
    assert (code, out) == (MISUSED, "")
    assert err == f"{tmp_path / 'nobody.json'}: it cannot be read (No such file or directory)\n"
    assert run(capsys, "match", tmp_path)[0] == MISUSED


def test_without_a_sub_command_the_help_says_which_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys)
    assert code == OK
    assert "match" in out


def test_the_help_shows_both_files(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["mocks", "match", "--help"])
    assert end.value.code == 0
    assert "an answer can be a round of the next history" in capsys.readouterr().out
