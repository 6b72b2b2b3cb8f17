"""Whatever a plan's file holds or is: a plan, or faults that say where and what would be right."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import library
from plans.faults import FAULTS_SHOWN
from plans.library import PlanFaults
from plans.model import Plan
from tests.plans.hostile import BOMBS, PLAN, faults_at, faults_of_text, plan_or_faults

ROOT = Path(__file__).parents[2]
LINES = PLAN.splitlines()
MEMORY = 600 * 1024 * 1024  # bytes of address space for Python, pydantic and a bomb


# One thing wrong


@pytest.mark.parametrize(
    ("right", "wrong", "place", "goal", "says"),
    [
        (
            'tier = "core"',
            'tier = "cor"',
            "monday, Morning, tier",
            "w1-story",
            ["'cor'", "core, standard", "did you mean 'core'?"],
        ),
        (
            'tier = "core"',
            'tier = "core"\nmetrics = { storys = 1 }',
            "monday, Morning, metrics, storys",
            "w1-story",
            ["unknown metric 'storys': one of stories, coding", "did you mean 'stories'?"],
        ),
        (
            'area = "behavioral"',
            'area = "behavioural"',
            "monday, Morning, area",
            "w1-story",
            ["unknown area", "did you mean 'behavioral'?"],
        ),
        (
            'weekday = "monday"',
            'weekday = "Mon"',
            "Mon, weekday",
            None,
            ["unknown weekday 'Mon'", "saturday", "did you mean 'monday'?"],
        ),
        (
            "minutes = 60",
            'minutes = "60"',
            "monday, Morning, minutes",
            "w1-story",
            ["'60'", "a number without quotation marks"],
        ),
        (
            "minutes = 60",
            "minutes = true",
            "monday, Morning, minutes",
            "w1-story",
            ["true stands here, a number"],
        ),
        (
            "minutes = 60",
            "minutes = -5",
            "monday, Morning, minutes",
            "w1-story",
            ["-5 is less than 5", "whole minutes from 5 to 480"],
        ),
        ("minutes = 60", "minutes = 481", "monday, Morning, minutes", "w1-story", ["481 is more than 480"]),
        ("minutes = 60", "minutes = 59.5", "monday, Morning, minutes", "w1-story", ["a whole number"]),
        (
            "minutes = 60",
            "minutes = [60]",
            "monday, Morning, minutes",
            "w1-story",
            ["a list stands here, a whole number"],
        ),
        ("minutes = 60", "minutes = nan", "monday, Morning, minutes", "w1-story", ["nan is no number"]),
        ("minutes = 60", "minutes = 07:30:00", "monday, Morning, minutes", "w1-story", ["a date or a time"]),
        (
            "minutes = 60\n",
            "",
            "monday, Morning, minutes",
            "w1-story",
            ["it is missing: whole minutes from 5 to 480"],
        ),
        (
            'text = "Write a story"',
            f'text = "{"x" * 400}"',
            "monday, Morning, text",
            "w1-story",
            ["has 400 characters, 75 at most", "`note`"],
        ),
        ('text = "Write a story"', 'text = ""', "monday, Morning, text", "w1-story", ["it is empty"]),
        (
            'text = "Write a story"',
            "text = 5",
            "monday, Morning, text",
            "w1-story",
            ['5 stands here, a text in "quotation marks"'],
        ),
        ('text = "Write a story"', 'text = "a\\nb"', "monday, Morning, text", "w1-story", ["one line"]),
        ('id = "w1-story"', 'id = "W1 Story"', "monday, Morning, id", "W1 Story", ["'w1-story' would do"]),
        (
            'title = "Stories"',
            'title = "Stories"\nsurprise = 1',
            "monday, surprise",
            None,
            ["unknown field 'surprise'", "weekday, title, hours, blocks"],
        ),
        ('title = "Stories"', 'titel = "Stories"', "monday, titel", None, ["did you mean 'title'?"]),
        (
            'tier = "core"',
            'tier = "core"\n[weeks.days.blocks.goals.lighter.light]\nminuts = 5',
            "monday, Morning, lighter, light, minuts",
            "w1-story",
            ["did you mean 'minutes'?"],
        ),
        (
            'tier = "core"',
            'tier = "core"\nlighter = { light = { skip = "yes" } }',
            "monday, Morning, lighter, light, skip",
            "w1-story",
            ["true or false"],
        ),
        (
            'tier = "core"',
            'tier = "core"\nlighter = { feather = { skip = true } }',
            "",
            "w1-story",
            ["'feather' is not one of standard, light"],
        ),
        (
            "[[weeks.days.blocks.goals]]",
            "[weeks.days.blocks.goals]",
            "monday, Morning",
            "w1-story",
            ["a table stands here", "[[tables]]"],
        ),
    ],
)
def test_a_fault_of_a_week_says_where_it_is_and_what_would_be_right(
    right: str, wrong: str, place: str, goal: str | None, says: list[str]
) -> None:
    assert right in PLAN
    faults = faults_of_text(PLAN.replace(right, wrong, 1))
    where = ", ".join(part for part in ("week 1", place) if part)
    (fault,) = (each for each in faults if each.place == where)
    assert (fault.file, fault.goal) == ("mine.toml", goal)
    assert all(words in fault.message for words in says), fault.message


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        (
            'default_track = "standard"',
            'default_track = "standrd"',
            "'standrd' is not one of standard, light; did you mean 'standard'?",
        ),
        ("{ behavioral = 50, coding = 50 }", "{ behavoral = 50, coding = 50 }", "unknown area 'behavoral'"),
        ("{ behavioral = 50, coding = 50 }", "{ behavioral = 50, coding = 40 }", "add up to 90.0, not 100"),
        (
            "weeks = [1, 2]",
            "weeks = [1, 2, 3]",
            "the list has 3 values, not 2; right is: the first and the last week",
        ),
        ("weeks = [1, 2]", "weeks = [1, 3]", "runs from week 1 to 3; the plan has weeks 1 to 2"),
        (
            "weeks = [1, 2]",
            "weeks = [2, 2]",
            "phases cover the weeks [2]; in their order they cover each of 1 to 2 once",
        ),
        ("number = 2", "number = 3", "weeks are numbered [1, 3]"),
        ('name = "light"', 'name = "standard"', "the track 'standard' stands 2 times"),
        ("w2-story", "w1-story", "this goal id stands 2 times, in the weeks 1 and 2"),
        ("[[weeks]]", "[[week]]", "unknown field 'week'"),
        ('slug = "two-weeks"', 'slug = "two_weeks"', "'two-weeks' would do"),
        ('slug = "two-weeks"', 'slug = "two-weeks', "its second quotation mark is missing"),
        ('slug = "two-weeks"', "slug: two-weeks", "after the name of a field comes `=`"),
        ('slug = "two-weeks"', "slug = two-weeks", "after `=` comes"),
        ("[[tracks]]", "[tracks]", "a list of tables is written with two brackets"),
    ],
)
def test_a_fault_of_the_frame_says_what_would_be_right(right: str, wrong: str, says: str) -> None:
    assert right in PLAN
    faults = faults_of_text(PLAN.replace(right, wrong))
    assert any(says in fault.message for fault in faults), faults


def test_a_file_without_weeks_is_told_how_weeks_are_written() -> None:
    faults = faults_of_text(PLAN.partition("[[weeks]]")[0])
    assert [fault.message for fault in faults] == [
        "there are no weeks: each is a [[weeks]] table, with its [[weeks.days]]"
    ]


def test_a_syntax_error_is_placed_by_its_line_and_column() -> None:
    (fault,) = faults_of_text(PLAN.replace("minutes = 60", "minutes = sixty"))
    assert fault.place == f"line {LINES.index('minutes = 60') + 1}, column 11"


@pytest.mark.parametrize("character", ["\\u001b[2J", "\\r", "\\u0000", "\\u0007", "\\u2028"])
@pytest.mark.parametrize("field", ['title = "A title"', 'text = "Write a story"', 'name = "Morning"'])
def test_no_fault_holds_what_could_move_a_terminals_cursor(character: str, field: str) -> None:
    broken = field.replace(' = "', f' = "{character}')
    faults = faults_of_text(PLAN.replace(field, broken).replace("minutes = 60", f'"{character}" = 60'))
    assert faults
    assert all(str(fault).isprintable() for fault in faults)


# Files that are something else


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes(b"\xef\xbb\xbf" + PLAN.replace("\n", "\r\n").encode())
    assert library.load(file).slug == "two-weeks"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (PLAN.encode("utf-16"), "not UTF-8 text but UTF-16"),
        (b"\xff" + PLAN.encode(), "it is not UTF-8 text"),
        (PLAN.encode() + b"\0", "it holds a NUL byte"),
        (b"\x89PNG\r\n\x1a\n\0\0", "it is not UTF-8 text"),
        (b"#" * (50 * 1024 * 1024), "larger than 1024 KiB"),
        (b"", "there are no weeks"),
    ],
)
@pytest.mark.parametrize("name", ["mine.toml", "mine/plan.toml"])
def test_a_file_that_is_no_plan_is_a_fault(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(content)
    faults = faults_at(tmp_path / name.partition("/")[0])
    if content:
        assert says in faults[0].message
    assert {fault.file for fault in faults} == {name}


def test_a_fifo_a_folder_a_loop_and_a_device_are_faults_and_not_waited_for(tmp_path: Path) -> None:
    for slug in ("fifo", "folder", "loop", "device", "nowhere"):
        (tmp_path / slug).mkdir()
    os.mkfifo(tmp_path / "fifo" / "plan.toml")
    (tmp_path / "folder" / "plan.toml").mkdir()
    (tmp_path / "loop" / "plan.toml").symlink_to(tmp_path / "loop" / "plan.toml")
    (tmp_path / "device" / "plan.toml").symlink_to("/dev/zero")
    (tmp_path / "nowhere" / "plan.toml").symlink_to(tmp_path / "gone")
    os.mkfifo(tmp_path / "pipe.toml")
    said = {fault.file: fault.message for fault in faults_at(tmp_path)}
    assert said == {
        "fifo/plan.toml": "it is no ordinary file",
        "folder/plan.toml": "it is a folder; a file is wanted here",
        "loop/plan.toml": "it is a link that leads nowhere",
        "device/plan.toml": "it is no ordinary file",
        "nowhere/plan.toml": "it is a link that leads nowhere",
        "pipe.toml": "it is no ordinary file",
    }


@pytest.mark.parametrize("name", ["plan.toml", "loop", "zero", "pipe"])
def test_no_place_for_plans_hangs_or_crashes(tmp_path: Path, name: str) -> None:
    (tmp_path / "plan.toml").mkdir()
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "zero").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "pipe")
    assert len(faults_at(tmp_path / name)) == 1


def test_a_name_that_no_file_can_have_is_a_fault() -> None:
    assert len(faults_at(Path("mine\0.toml"))) == 1
    assert len(faults_at(Path("x" * 5_000 + ".toml"))) == 1


def test_a_folder_of_very_many_things_is_not_taken_for_one_of_plans(tmp_path: Path) -> None:
    for number in range(201):
        (tmp_path / f"photo-{number}.jpg").touch()
    (fault,) = faults_at(tmp_path)
    assert "more than 200 things" in fault.message


def test_a_file_name_that_is_no_text_can_be_printed(tmp_path: Path) -> None:
    file = tmp_path / os.fsdecode(b"\xff\x1b.toml")
    file.write_text("slug")
    (fault,) = faults_at(tmp_path)
    assert str(fault).isprintable()


@pytest.mark.parametrize("name", ["mine.yaml", "mine.YML", "mine/week-01.yaml"])
def test_yaml_is_told_that_plans_are_toml(tmp_path: Path, name: str) -> None:
    if "/" in name:
        (tmp_path / "mine").mkdir()
        (tmp_path / "mine" / "plan.toml").write_text(PLAN.partition("[[weeks]]")[0])
    (tmp_path / name).write_text("slug: mine\n")
    for place in (tmp_path, tmp_path / name.partition("/")[0]):
        assert any("TOML here, not in YAML" in fault.message for fault in faults_at(place))


# Very many faults


def test_of_very_many_faults_the_first_hundred_are_shown() -> None:
    goal = '[[weeks.days.blocks.goals]]\nid = "x"\n'
    with pytest.raises(PlanFaults) as caught:
        library.parse(PLAN + goal * 150, "mine.toml")
    lines = str(caught.value).splitlines()
    assert len(caught.value.faults) == 600
    assert len(lines) == 1 + FAULTS_SHOWN + 1
    assert lines[-1] == "... and 500 more"


# Bombs


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_a_handful_of_short_sentences(bomb: str) -> None:
    with pytest.raises(PlanFaults) as caught:
        library.parse(BOMBS[bomb], "mine.toml")
    assert len(str(caught.value)) < 60_000
    assert all(len(str(fault)) < 1_000 for fault in caught.value.faults)


DEFUSING = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
resource.setrlimit(resource.RLIMIT_CPU, (200, 200))
from plans.library import PlanFaults, parse
from tests.plans.hostile import BOMBS
for bomb, text in BOMBS.items():
    try:
        parse(text, bomb)
    except PlanFaults:
        print(bomb)
"""


def test_all_bombs_together_need_little_memory_and_come_to_an_end() -> None:
    ran = subprocess.run(  # noqa: S603 - our own interpreter, whose memory can be limited
        [sys.executable, "-c", DEFUSING.format(memory=MEMORY)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.splitlines() == list(BOMBS)


# Anything at all


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """The small plan after some of its lines were deleted, doubled, cut or replaced by others or noise."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(lines) - 1))
        other = draw(st.sampled_from(LINES) | st.text(max_size=30))
        match draw(st.sampled_from(["delete", "double", "replace", "insert", "cut", "value"])):
            case "delete":
                lines[at] = ""
            case "double":
                lines.insert(at, lines[at])
            case "replace":
                lines[at] = other
            case "insert":
                lines.insert(at, other)
            case "cut":
                lines[at] = lines[at][: draw(st.integers(0, len(lines[at])))]
            case "value":
                lines[at] = f"{lines[at].partition('=')[0]}= {draw(VALUES)}"
    return "\n".join(lines)


VALUES = st.sampled_from(
    ["0", "-1", "1e999", "nan", "true", '""', "[]", "{}", "[[]]", "[{}]", "1979-05-27", '"x"', "0xffffffff"]
) | st.integers().map(str)


@given(text=mutated())
def test_any_mutation_of_a_plan_is_a_plan_or_faults(text: str) -> None:
    found = plan_or_faults(text)
    if isinstance(found, PlanFaults):
        assert found.faults
        assert all(str(fault).isprintable() for fault in found.faults)


@given(noise=st.binary(max_size=60), at=st.integers(0, len(PLAN)))
def test_any_bytes_in_a_plan_are_a_plan_or_faults(
    noise: bytes, at: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.getbasetemp() / "noise.toml"
    file.write_bytes(PLAN.encode()[:at] + noise + PLAN.encode()[at:])
    try:
        plan = library.load(file)
    except PlanFaults:
        return
    assert isinstance(plan, Plan)


@given(text=st.text())
def test_any_text_is_a_plan_or_faults(text: str) -> None:
    assert isinstance(plan_or_faults(text), PlanFaults)
