from pathlib import Path

import pytest
from hypothesis import settings

from plans import library
from plans.model import Plan

settings.register_profile("plans", deadline=None, max_examples=100)
settings.load_profile("plans")

FRAME = """
slug = "{slug}"
title = "Two weeks"
summary = "A plan that is small enough to read."
source = "a test"
default_track = "standard"

[[tracks]]
name = "standard"
title = "Standard"
hours = 4
shares = {{ behavioral = 50, coding = 50 }}

[[tracks]]
name = "light"
title = "Light"
hours = 2
shares = {{ behavioral = 50, coding = 50 }}

[[phases]]
name = "all"
title = "All of it"
weeks = [1, 2]
aims = ["Get it done"]
"""

WEEK = """
number = {number}
theme = "A theme"
title = "A title"

[[days]]
weekday = "monday"
title = "Stories"
hours = 1

[[days.blocks]]
name = "Morning"

[[days.blocks.goals]]
id = "w{number}-story"
text = "Write a story"
minutes = 60
area = "behavioral"
tier = "core"
"""


@pytest.fixture(scope="session")
def plan() -> Plan:
    """The 12-week plan as it is shipped."""
    return library.read().find("12-week-comprehensive")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small plan's folder without a fault."""
    folder = tmp_path / "two-weeks"
    folder.mkdir()
    (folder / "plan.toml").write_text(FRAME.format(slug="two-weeks"))
    for number in (1, 2):
        (folder / f"week-{number:02}.toml").write_text(WEEK.format(number=number))
    return folder
