"""`python -m bot plans new`, `check`, `schema`, `hours`: a plan of one's own, without writing Python."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bot import doctor
from bot.__main__ import FAILED, MISUSED, OK, main
from bot.settings import Settings
from plans import library
from plans.faults import FAULTS_SHOWN
from plans.model import Area
from tests.schema_rules import faults_by

ROOT = Path(__file__).parents[2]
SHIPPED = library.read()


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, and no setting."""
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.alias), raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run a command of `plans`: exit code, output, complaints."""
    code = main(["plans", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


# new


@pytest.mark.parametrize(
    "path", ["mine.toml", "mine", "12-week-comprehensive", "two words", "Ünüsual.toml", "§"]
)
def test_a_new_plan_is_accepted_as_it_is_and_offered(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    code, out, err = run(capsys, "new", path)
    assert (code, err) == (OK, "")
    assert out.startswith(f"{path} is a plan of two weeks, ready to be changed.")
    assert run(capsys, "check", path) == (OK, "No faults: 2 weeks, 18 goals, fits its tracks.\n", "")
    (plan,) = library.check(Path(path))
    monkeypatch.setenv("CADENCE_PLANS", path)
    code, out, err = run(capsys, "list")
    assert (code, err) == (OK, "")
    assert f"{plan.slug}: 2 weeks; tracks: standard 8 h, light 4 h\n" in out


def test_a_new_folder_and_a_new_file_are_the_same_plan(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "new", "mine")
    run(capsys, "new", "mine.toml")
    assert library.load(Path("mine")) == library.load(Path("mine.toml"))


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("mine.toml", "mine.toml"),
        ("mine.toml", "mine.plan.schema.json"),
        ("mine", "mine"),
        ("deep/mine.toml", None),
        ("plan.toml", None),
        ("week-01.toml", None),
        (".", None),
    ],
)
def test_nothing_is_written_over_or_half(
    capsys: pytest.CaptureFixture[str], desk: Path, path: str, there: str | None
) -> None:
    if there:
        (desk / there).write_text("mine")
    code, out, err = run(capsys, "new", path)
    assert (code, out) == (MISUSED, "")
    assert len(err.splitlines()) == 1
    assert [each.name for each in desk.iterdir()] == ([there] if there else [])
    if there:
        assert (desk / there).read_text() == "mine"


@pytest.mark.parametrize(
    ("path", "files"), [("mine.toml", ["mine.toml"]), ("mine", ["mine/plan.toml", "mine/week-02.toml"])]
)
def test_a_new_plan_names_the_schema_that_lies_beside_it_and_keeps_to_it(
    capsys: pytest.CaptureFixture[str], desk: Path, path: str, files: list[str]
) -> None:
    run(capsys, "new", path)
    for name in files:
        text = (desk / name).read_text("utf-8")
        first = text.partition("\n")[0]
        assert first.startswith("#:schema ./")
        schema = json.loads(((desk / name).parent / first.removeprefix("#:schema ./")).read_text("utf-8"))
        assert faults_by(schema, tomllib.loads(text)) == []


# check


def test_all_faults_are_told_at_once_each_on_a_line(capsys: pytest.CaptureFixture[str], desk: Path) -> None:
    run(capsys, "new", "mine")
    week = desk / "mine" / "week-02.toml"
    week.write_text(
        week.read_text().replace('tier = "stretch"', 'tier = "strech"').replace("hours = 1\n", "hours = 0\n")
    )
    frame = desk / "mine" / "plan.toml"
    frame.write_text(frame.read_text().replace("slug =", "slugg ="))
    code, out, err = run(capsys, "check", "mine")
    assert (code, out) == (FAILED, "")
    slug, unknown, hours, tier = err.splitlines()
    assert slug.startswith("mine/plan.toml, slug: it is missing: the plan's name in commands")
    assert unknown == "mine/plan.toml, slugg: unknown field 'slugg'; did you mean 'slug'?"
    assert hours.startswith("mine/week-02.toml, wednesday, hours: 0 is not more than 0; right is: ")
    assert tier.startswith(
        "mine/week-02.toml, thursday, Evening, 2 h, tier, w02-thu-harder: unknown tier 'strech'"
    )


def test_of_very_many_faults_the_first_hundred_are_printed(
    capsys: pytest.CaptureFixture[str], desk: Path
) -> None:
    (desk / "mine.toml").write_text("".join(f"a{number} = 1\n" for number in range(500)))
    code, _, err = run(capsys, "check", "mine.toml")
    assert (code, len(err.splitlines())) == (FAILED, FAULTS_SHOWN + 1)
    assert err.splitlines()[-1].startswith("... and 4")


def test_what_is_worth_a_look_is_said_and_is_no_fault(capsys: pytest.CaptureFixture[str], desk: Path) -> None:
    run(capsys, "new", "mine.toml")
    file = desk / "mine.toml"
    text = file.read_text()
    text = text.replace("hours_per_week = [7, 8]", "hours_per_week = [11, 12]")
    text = text.replace("metrics = { mock_interviews = 1 }", "").replace(
        "targets = { mock_interviews = 1 }", ""
    )
    text = text.replace("behavioral = 20, system_design = 27", "behavioral = 47")
    text = text.replace(
        'tier = "stretch"',
        'tier = "stretch"\nlighter = { standard = { skip = true }, light = { skip = true } }',
    )
    file.write_text(text)
    code, out, err = run(capsys, "check", "mine.toml")
    assert (code, err) == (OK, "")
    said = out.splitlines()
    assert said[:2] == ["No faults: 2 weeks, 18 goals.", "Worth a look:"]
    assert said[2].startswith(
        "  weeks 1 to 2: on the standard track L6 gets less than the 11 h that it promises;"
    )
    assert any("behavioural has 47 % of what the standard track shares out;" in line for line in said)
    assert any('fewer than the 1 mock interviews a week of "Timelines"' in line for line in said)
    assert any(
        "2 goals that no track ever offers" in line and "w01-thu-harder, w02-thu-harder" in line
        for line in said
    )


def test_a_folder_of_plans_is_checked_plan_by_plan(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "new", "mine.toml")
    run(capsys, "new", "yours")
    code, out, _ = run(capsys, "check", ".")
    assert code == OK
    assert out == (
        "mine: No faults: 2 weeks, 18 goals, fits its tracks.\n"
        "yours: No faults: 2 weeks, 18 goals, fits its tracks.\n"
    )


@pytest.mark.parametrize("plan", SHIPPED.plans, ids=lambda plan: plan.slug)
def test_a_plan_that_comes_with_cadence_has_no_fault(capsys: pytest.CaptureFixture[str], plan: Any) -> None:
    code, out, err = run(capsys, "check", str(ROOT / "plans" / "curricula" / plan.slug))
    assert (code, err) == (OK, "")
    assert out.startswith(f"No faults: {len(plan.weeks)} weeks, ")


@pytest.mark.parametrize("path", ["gone", "gone.toml", "mine.yaml", "."])
def test_a_place_without_a_plan_is_one_complaint(
    capsys: pytest.CaptureFixture[str], desk: Path, path: str
) -> None:
    if path == "mine.yaml":
        (desk / path).touch()
    code, out, err = run(capsys, "check", path)
    assert (code, out, len(err.splitlines())) == (FAILED, "", 1)


# show and hours, of a path


def test_a_path_is_shown_like_a_plan(capsys: pytest.CaptureFixture[str], desk: Path) -> None:
    run(capsys, "new", "mine.toml")
    run(capsys, "new", "folder")
    for path in ("mine.toml", "folder", str(desk / "folder"), "./folder"):
        code, out, _ = run(capsys, "show", path, "--track", "light", "--json")
        assert (code, json.loads(out)["track"]) == (OK, "light")
        assert run(capsys, "hours", path)[0] == OK


def test_a_path_with_a_fault_tells_its_faults(capsys: pytest.CaptureFixture[str], desk: Path) -> None:
    (desk / "mine.toml").write_text("slug")
    code, out, err = run(capsys, "show", "mine.toml")
    assert (code, out) == (FAILED, "")
    assert "mine.toml, end of document: after the name of a field comes `=`" in err


def test_the_hours_of_a_plan_add_up_in_every_row(capsys: pytest.CaptureFixture[str]) -> None:
    (sheet,) = json.loads(run(capsys, "hours", "12-week", "--json")[1])
    plan = SHIPPED.find("12-week")
    assert [week["full"] for week in sheet["weeks"]] == [round(week.hours * 60) for week in plan.weeks]
    for week in sheet["weeks"]:
        assert [track["track"] for track in week["tracks"]] == [track.name for track in plan.tracks]
        for track in week["tracks"]:
            assert sum(track["areas"].values()) == track["minutes"] <= week["full"]


def test_the_hours_are_a_table_of_every_week_and_track(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "hours", "2-week-emergency")
    lines = out.splitlines()
    assert code == OK
    assert "A full week on the standard track: 40 to 45 h." in lines[0]
    assert lines[1].split("  ")[0] == "week"
    assert all(area.words in lines[1] for area in Area)
    assert len(lines) == 2 + 2 * len(SHIPPED.find("2-week-emergency").tracks)


def test_the_hours_of_all_plans_have_ones_own_among_them_but_the_page_has_not(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(capsys, "new", "mine.toml")
    monkeypatch.setenv("CADENCE_PLANS", "mine.toml")
    assert "Mine (mine)" in run(capsys, "hours")[1]
    assert "`mine`" not in run(capsys, "hours", "--markdown")[1]


def test_the_page_of_hours_is_what_the_command_writes(capsys: pytest.CaptureFixture[str]) -> None:
    written = (ROOT / "docs" / "plan-hours.md").read_text("utf-8")
    assert run(capsys, "hours", "--markdown") == (OK, written, ""), "make plan-tables writes it anew"


# schema


@pytest.mark.parametrize("kind", ["frame", "week", "plan"])
def test_every_shipped_plan_keeps_to_the_schema(capsys: pytest.CaptureFixture[str], kind: str) -> None:
    schema = json.loads(run(capsys, "schema", kind)[1])
    for folder in (ROOT / "plans" / "curricula").iterdir():
        weeks = [tomllib.loads(file.read_text("utf-8")) for file in sorted(folder.glob("week-*.toml"))]
        frame = tomllib.loads((folder / "plan.toml").read_text("utf-8"))
        for table in {"frame": [frame], "week": weeks, "plan": [{**frame, "weeks": weeks}]}[kind]:
            assert faults_by(schema, table) == []


def test_the_schema_is_that_of_a_single_file_unless_another_is_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(capsys, "schema") == run(capsys, "schema", "plan")


# The setting


def test_faulty_plans_of_ones_own_stop_the_start_and_all_faults_are_told(
    capsys: pytest.CaptureFixture[str], desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (desk / "shelf").mkdir()
    (desk / "shelf" / "one.toml").write_text("slug")
    (desk / "shelf" / "two.yaml").touch()
    monkeypatch.setenv("CADENCE_PLANS", "shelf")
    code = main([])
    said = capsys.readouterr()
    assert (code, said.out) == (MISUSED, "")
    assert said.err.splitlines() == [
        "Cadence cannot start. CADENCE_PLANS: 2 to put right.",
        "one.toml, end of document: after the name of a field comes `=` and its value",
        "two.yaml: plans are written in TOML here, not in YAML; `plans new` writes one to begin with",
    ]
    assert not (desk / "data").exists()


async def test_the_doctor_names_the_faults_of_ones_own_plans(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (desk / "mine.toml").write_text("slug")
    monkeypatch.setenv("CADENCE_PLANS", "mine.toml")
    monkeypatch.setenv("CADENCE_PORT", "0")
    found = {each.subject: each async for each in doctor.findings()}["Plans"]
    assert found.says.startswith(
        "CADENCE_PLANS (mine.toml) has 1 to put right.\n  mine.toml, end of document"
    )
    assert "plans check" in found.remedy
    (desk / "mine.toml").unlink()
    assert main(["plans", "new", "mine.toml"]) == OK
    found = {each.subject: each async for each in doctor.findings()}["Plans"]
    assert (found.says, found.remedy) == (f"{len(SHIPPED.plans) + 1} can be read.", "")


def test_the_plans_are_read_also_where_other_settings_are_wrong(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CADENCE_PORT", "http")
    assert run(capsys, "list")[0] == OK


def test_the_recipe_for_a_plan_of_ones_own_runs_as_it_is_written(desk: Path) -> None:
    """What CONTRIBUTING.md says under "A plan", in a shell; the start itself has tests of its own."""
    recipe = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("```sh\n")[2].partition("```")[0]
    commands = [line.partition("#")[0].strip() for line in recipe.splitlines()]
    assert sum("-m bot plans" in each for each in commands) >= 3
    assert any(each.startswith("CADENCE_PLANS=") and each.endswith("make run") for each in commands)
    for command in commands:
        if command and not command.endswith("make run"):
            here = command.replace(".venv/bin/python", sys.executable)
            ran = subprocess.run(  # noqa: S602 - our own page, as a reader would type it
                here,
                shell=True,
                cwd=desk,
                env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
                capture_output=True,
                text=True,
                check=False,
            )
            assert (ran.returncode, ran.stderr) == (0, ""), command
