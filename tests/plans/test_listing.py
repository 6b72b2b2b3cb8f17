import json
from typing import Any

import pytest

from plans.listing import as_json, as_text
from plans.model import Level, Plan


def listed(plan: Plan, **choice: Any) -> Any:
    return json.loads(json.dumps(as_json(plan, **choice)))


def goal_ids(data: Any) -> list[str]:
    return [goal["id"] for week in data["weeks"] for day in week["days"] for goal in day["goals"]]


def test_without_a_track_the_full_load_is_listed_and_nothing_left_out(plan: Plan) -> None:
    data = listed(plan)
    assert (data["slug"], data["title"], data["left_out"]) == (plan.slug, plan.title, [])
    assert goal_ids(data) == [goal.id for week in plan.weeks for goal in week.goals]
    assert [week["hours"] for week in data["weeks"]] == [week.hours for week in plan.weeks]


def test_a_level_alone_leaves_out_the_other_levels_alternatives(plan: Plan) -> None:
    data = listed(plan, level=Level.L6)
    assert {left["reason"] for left in data["left_out"]} == {"the L7 alternative"}


@pytest.mark.parametrize("track", ["standard", "part-time", "minimum-viable"])
@pytest.mark.parametrize("level", [None, *Level])
def test_a_track_lists_each_goal_either_in_its_week_or_as_left_out(
    plan: Plan, track: str, level: Level | None
) -> None:
    data = listed(plan, track=track, level=level)
    everything = sorted(goal.id for week in plan.weeks for goal in week.goals)
    assert sorted(goal_ids(data) + [left["id"] for left in data["left_out"]]) == everything
    assert all(left["reason"] and left["week"] and left["text"] for left in data["left_out"])
    assert data["level"] == (level or "L6")


def test_a_goal_is_listed_with_everything_about_it(plan: Plan) -> None:
    goal = listed(plan)["weeks"][0]["days"][0]["goals"][0]
    assert set(goal) == {"id", "text", "note", "area", "minutes", "tier", "level", "metrics"}


def test_a_week_and_its_days_say_their_hours(plan: Plan) -> None:
    week = listed(plan, track="part-time")["weeks"][1]
    assert (week["number"], week["phase"], week["hours"]) == (2, "Foundation", 9)
    assert week["hours"] == pytest.approx(sum(day["hours"] for day in week["days"]), abs=0.05)
    for day in week["days"]:
        assert day["hours"] * 60 == pytest.approx(sum(goal["minutes"] for goal in day["goals"]), abs=0.5)


def test_the_text_names_each_week_its_hours_by_area_its_goals_and_what_is_left_out(plan: Plan) -> None:
    text = as_text(plan, track="part-time", level=Level.L7)
    assert text.startswith("12-week comprehensive (12-week-comprehensive)\npart-time track, L7\n")
    assert "Week 2: Build the basics. Foundation, 9 h\n  behavioural " in text
    assert "    - Solve 5 array and string problems (45 min, coding, core, 5 coding problems)" in text
    assert "stretch: offered in a strong week or on request" in text


def test_the_text_of_the_full_load_counts_one_level_only(plan: Plan) -> None:
    lines = as_text(plan).splitlines()
    week = lines.index("Week 2: Build the basics. Foundation, 20 h")
    spans = [part.split(" ", 1)[1] for part in lines[week + 1].replace("system design", "design").split(", ")]
    assert sum(_minutes(span) for span in spans) == 20 * 60


def _minutes(span: str) -> int:
    """ "3 h 35", "3 h" or "45 min" in minutes."""
    numbers = [int(word) for word in span.split() if word.isdigit()]
    if "h" not in span.split():
        return numbers[0]
    return 60 * numbers[0] + (numbers[1] if len(numbers) > 1 else 0)


def test_a_track_that_is_not_there_is_refused(plan: Plan) -> None:
    with pytest.raises(KeyError):
        as_json(plan, track="feather")
