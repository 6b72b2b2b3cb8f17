from collections.abc import Callable
from pathlib import Path

import pytest

from plans import library
from plans.library import Fault, Library, PlanAmbiguousError, PlanFaults, PlanNotFoundError
from plans.model import Level, Plan
from tests.plans.hostile import single_file

ROOT = Path(__file__).parents[2]


def faults_of(folder: Path) -> tuple[Fault, ...]:
    with pytest.raises(PlanFaults) as caught:
        library.load(folder)
    return caught.value.faults


def rewrite(file: Path, change: Callable[[str], str]) -> None:
    file.write_text(change(file.read_text()))


def test_the_shipped_plans_are_without_a_fault() -> None:
    shipped = library.read()
    assert "12-week-comprehensive" in [plan.slug for plan in shipped.plans]


def test_the_twelve_week_plan_has_twelve_weeks_and_the_three_tracks_of_its_source(plan: Plan) -> None:
    assert [week.number for week in plan.weeks] == list(range(1, 13))
    assert {track.name: track.hours for track in plan.tracks} == {
        "standard": 12,
        "part-time": 9,
        "minimum-viable": 7,
    }


def test_every_week_has_the_same_hours_at_both_levels(plan: Plan) -> None:
    for week in plan.weeks:
        for level in Level:
            assert sum(goal.minutes for goal in week.goals if goal.is_for(level)) == week.hours * 60


def test_a_plan_is_read_from_its_folder(folder: Path) -> None:
    plan = library.load(folder)
    assert (plan.slug, [week.number for week in plan.weeks]) == ("two-weeks", [1, 2])


def test_all_faults_of_a_folder_are_told_at_once(folder: Path) -> None:
    rewrite(folder / "plan.toml", lambda text: text.replace("behavioral = 50", "behavioral = 40"))
    rewrite(folder / "week-01.toml", lambda text: text.replace("minutes = 60", "minutes = 3"))
    rewrite(folder / "week-02.toml", lambda text: text + '\nsurprise = "yes"\n')
    files = [fault.file for fault in faults_of(folder)]
    assert files.count("two-weeks/plan.toml") == 2
    assert {"two-weeks/week-01.toml", "two-weeks/week-02.toml"} <= set(files)


def test_a_fault_says_its_file_its_day_its_goal_and_its_field(folder: Path) -> None:
    rewrite(folder / "week-02.toml", lambda text: text.replace("minutes = 60", "minutes = 3"))
    (fault,) = faults_of(folder)
    assert fault.file == "two-weeks/week-02.toml"
    assert fault.place == "monday, Morning, minutes"
    assert fault.goal == "w2-story"
    assert str(fault).startswith("two-weeks/week-02.toml, monday, Morning, minutes, w2-story: ")


def test_minutes_that_do_not_add_up_are_told_with_their_day(folder: Path) -> None:
    rewrite(folder / "week-01.toml", lambda text: text.replace("hours = 1", "hours = 2"))
    (fault,) = faults_of(folder)
    assert fault.place == "monday"
    assert "60 minutes, the day says 2" in fault.message


def test_a_goal_id_that_stands_twice_is_a_fault(folder: Path) -> None:
    rewrite(folder / "week-02.toml", lambda text: text.replace("w2-story", "w1-story"))
    (fault,) = faults_of(folder)
    assert (fault.file, fault.goal) == ("two-weeks/week-01.toml", "w1-story")


def test_a_level_without_its_counterpart_is_a_fault(folder: Path) -> None:
    alone = 'tier = "core"\nlevel = "L6"\nalternative = "topic"'
    rewrite(folder / "week-01.toml", lambda text: text.replace('tier = "core"', alone))
    (fault,) = faults_of(folder)
    assert "the L7 goals take 0 minutes" in fault.message


def test_a_repeated_key_is_a_fault_with_its_line(folder: Path) -> None:
    rewrite(folder / "week-01.toml", lambda text: text + 'tier = "stretch"\n')
    (fault,) = faults_of(folder)
    assert (fault.file, fault.place) == ("two-weeks/week-01.toml", "line 20, column 17")
    assert fault.message == "this key stands twice in its table; each stands once"


def test_a_lighter_variant_for_a_track_that_is_not_there_is_a_fault(folder: Path) -> None:
    variant = "[days.blocks.goals.lighter.feather]\nskip = true\n"
    rewrite(folder / "week-02.toml", lambda text: text + variant)
    (fault,) = faults_of(folder)
    assert (fault.file, fault.goal) == ("two-weeks/week-02.toml", "w2-story")


def test_a_missing_week_is_a_fault(folder: Path) -> None:
    (folder / "week-01.toml").unlink()
    assert any("numbered [2]" in fault.message for fault in faults_of(folder))


def test_a_week_under_another_weeks_name_is_a_fault(folder: Path) -> None:
    rewrite(folder / "week-02.toml", lambda text: text.replace("number = 2", "number = 3"))
    assert any(f.message == "it holds week 3, whose file is called week-03.toml" for f in faults_of(folder))


def test_a_folder_without_a_frame_is_a_fault(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path)
    assert fault.message == "there is no such file"


def test_a_file_that_is_not_text_is_a_fault(folder: Path) -> None:
    (folder / "week-01.toml").write_bytes("# Übung".encode("latin-1"))
    (fault,) = faults_of(folder)
    assert (fault.place, fault.message) == ("line 1", "it is not UTF-8 text; save it again as UTF-8")


def test_reading_many_plans_tells_the_faults_of_all(folder: Path) -> None:
    (folder / "week-01.toml").unlink()
    other = folder.parent / "other"
    other.mkdir()
    (other / "plan.toml").write_text("not toml")
    with pytest.raises(PlanFaults) as caught:
        library.read(shipped=folder.parent)
    assert {fault.file.partition("/")[0] for fault in caught.value.faults} == {"two-weeks", "other"}


def test_a_plan_is_found_by_its_slug_or_by_a_beginning_that_only_it_has(plan: Plan) -> None:
    other = plan.model_copy(update={"slug": "12-week"})
    shelf = Library(plans=(other, plan))
    assert shelf.find("12-WEEK ") is other
    assert shelf.find("12-week-c") is plan


def test_a_beginning_that_two_plans_share_is_answered_with_both(plan: Plan) -> None:
    shelf = Library(plans=(plan, plan.model_copy(update={"slug": "12-days"})))
    with pytest.raises(PlanAmbiguousError, match="12-week-comprehensive, 12-days"):
        shelf.find("12")


@pytest.mark.parametrize("wanted", ["13-week", "", "{slug}"])
def test_an_unknown_plan_is_answered_with_those_that_there_are(plan: Plan, wanted: str) -> None:
    with pytest.raises(PlanNotFoundError, match="There are: 12-week-comprehensive"):
        Library(plans=(plan,)).find(wanted)


# Plans of one's own


SHIPPED = library.read()


def own_faults(own: Path) -> list[str]:
    with pytest.raises(PlanFaults) as caught:
        library.read(own)
    return [str(fault) for fault in caught.value.faults]


def own_slugs(own: Path) -> set[str]:
    return {plan.slug for plan in library.read(own).plans} - {plan.slug for plan in SHIPPED.plans}


def test_a_single_file_is_the_same_plan_as_a_folder(folder: Path) -> None:
    assert library.parse(single_file(), "two-weeks.toml") == library.load(folder)


def test_ones_own_may_be_a_file_a_folder_or_a_folder_of_both(folder: Path) -> None:
    shelf = folder.parent
    (shelf / "mine.toml").write_text(single_file("mine"))
    (shelf / "README.md").write_text("Our plans")
    (shelf / ".hidden.toml").write_text("no plan")
    (shelf / "pictures").mkdir()
    assert own_slugs(folder) == {"two-weeks"}
    assert own_slugs(shelf / "mine.toml") == {"mine"}
    assert own_slugs(shelf) == {"two-weeks", "mine"}


def test_the_shipped_plans_stay_beside_ones_own_in_the_order_of_their_slugs(folder: Path) -> None:
    slugs = [plan.slug for plan in library.read(folder).plans]
    assert slugs == sorted([*(plan.slug for plan in SHIPPED.plans), "two-weeks"])


def test_ones_own_plan_may_not_have_the_name_of_a_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(single_file("12-week-comprehensive"))
    said = (
        "mine.toml, slug: a plan that comes with Cadence is called '12-week-comprehensive' already;"
        " choose another slug"
    )
    assert own_faults(tmp_path) == [said]
    with pytest.raises(PlanFaults, match="choose another slug"):
        library.check(tmp_path / "mine.toml")


def test_two_of_ones_own_plans_may_not_have_one_name(folder: Path) -> None:
    (folder.parent / "two.toml").write_text(single_file("two-weeks"))
    assert own_faults(folder.parent) == [
        "two.toml, slug: two-weeks is called 'two-weeks' already; choose another slug"
    ]


def test_a_shipped_plan_is_checked_under_its_own_name() -> None:
    place = ROOT / "plans" / "curricula" / "12-week-comprehensive"
    assert [plan.slug for plan in library.check(place)] == ["12-week-comprehensive"]


@pytest.mark.parametrize(
    ("place", "says"),
    [
        ("gone", "gone: there is no such file"),
        ("gone.toml", "gone.toml: there is no such file"),
        ("", "there is no plan in this folder: no plan.toml"),
        ("notes.txt", "a plan is a folder, or a file whose name ends in .toml"),
        ("week", "week/plan.toml: there is no such file"),
    ],
)
def test_a_place_without_a_plan_is_a_fault(tmp_path: Path, place: str, says: str) -> None:
    if place == "notes.txt":
        (tmp_path / place).touch()
    if place == "week":
        (tmp_path / place).mkdir()
        (tmp_path / place / "week-01.toml").touch()
    assert any(says in fault for fault in own_faults(tmp_path / place))


def test_the_faults_of_all_of_ones_own_plans_are_told(folder: Path) -> None:
    (folder / "week-01.toml").unlink()
    (folder.parent / "mine.toml").write_text("slug")
    assert {fault.partition(",")[0].partition(":")[0] for fault in own_faults(folder.parent)} == {
        "mine.toml",
        "two-weeks/plan.toml",
    }


def test_a_file_in_a_plans_folder_that_nobody_would_read_is_a_fault(folder: Path) -> None:
    (folder / "wek-03.toml").touch()
    (fault,) = faults_of(folder)
    assert (fault.file, fault.message[:13]) == ("two-weeks/wek-03.toml", "a plan's fold")
