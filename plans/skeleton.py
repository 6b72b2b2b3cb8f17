"""A plan to begin with: two weeks that `plans check` accepts as they are, with a comment for each choice."""

from collections.abc import Mapping
from types import MappingProxyType

from plans import schema
from plans.faults import printable
from plans.schema import File
from plans.wording import slug_of

NAMELESS = "my-plan"
WEEKS = (1, 2)
THEMES: Mapping[int, tuple[str, str]] = MappingProxyType(
    {1: ("First steps", "Week 1: first steps"), 2: ("Steady practice", "Week 2: steady practice")}
)

_FRAME = """\
{schema}
# A study plan for Cadence. `.venv/bin/python -m bot plans check {path}` reads it and names every fault;
# with CADENCE_PLANS={path} it stands beside the plans that come with Cadence.

slug = "{slug}"  # small letters, digits, hyphens; for ever, members' progress hangs on it
title = "{title}"
summary = "What the plan is and whom it suits, in two or three sentences."
source = "Our own experience"  # where its figures come from
# success_rate = 70  # per cent, if the source gives an estimate; it is shown as the source's, never as ours
hours_per_week = [7, 8]  # a full week on the default track, from and to
best_for = "Whom it suits best, in a line"
default_track = "standard"

# A track is a load at which the plan can be taken. Shares are per cent of its hours by area, 100 together.
# Of each week Cadence offers what fits: core goals first, then standard ones by share.

[[tracks]]
name = "standard"
title = "Standard, 8 hours a week"
hours = 8
shares = {{ behavioral = 20, system_design = 27, coding = 40, mock = 13 }}

[[tracks]]
name = "light"
title = "Light, 4 hours a week"
hours = 4
shares = {{ behavioral = 25, system_design = 25, coding = 35, mock = 15 }}

# Phases cover each week once, in order.

[[phases]]
name = "beginning"
title = "Beginning"
weeks = [1, 1]
aims = ["Find out where you stand"]

[[phases]]
name = "practice"
title = "Practice"
weeks = [2, 2]
aims = ["Keep a rhythm that you can hold"]

# At the end of its week a checkpoint is gone through. A sentence is ticked by the member, a table by the
# data: counts since the beginning, goals that are done, lp_coverage, ratings or mock_average.

[[checkpoints]]
week = 2
title = "Half-time"
items = [
  "A routine that has held for two weeks",
  {{ text = "Six stories written or refined", counts = {{ stories = 6 }} }},
]
"""

_WEEK = """\
number = {number}
theme = "{theme}"
title = "{title}"
targets = {{ mock_interviews = 1 }}  # what the source sets for this week; may be left out

# A week lists its full load. A day's hours are the sum of its goals' minutes for one level.

[[days]]
weekday = "monday"
title = "Stories"
hours = 1.5

[[days.blocks]]
name = "Evening, 1 h 30"

[[days.blocks.goals]]
id = "w{number:02}-mon-stories"  # once in the plan, and for ever; the text may change, the id never
text = "Write 2 stories from your own work"  # up to 75 characters
note = "Situation, task, action, result. Most of the text belongs to what you did yourself."
minutes = 60
area = "behavioral"  # behavioral, system_design, coding, mock, learning, planning
tier = "core"  # core: everybody has it; standard: if the hours allow; stretch: in strong weeks
metrics = {{ stories = 2 }}  # what doing it counts
# How it looks on a lighter track; `skip = true` would leave it out.
[days.blocks.goals.lighter.light]
text = "Write 1 story from your own work"
minutes = 30
metrics = {{ stories = 1 }}

[[days.blocks.goals]]
id = "w{number:02}-mon-retell"
text = "Retell 1 story aloud and refine it"
minutes = 30
area = "behavioral"
tier = "standard"
needs = ["w{number:02}-mon-stories"]  # comes only with these goals of the same week
metrics = {{ stories = 1 }}

[[days]]
weekday = "tuesday"
title = "Coding"
hours = 1.5

[[days.blocks]]
name = "Evening, 1 h 30"

[[days.blocks.goals]]
id = "w{number:02}-tue-coding"
text = "Solve 5 coding problems"
minutes = 90
area = "coding"
tier = "core"
metrics = {{ coding_problems = 5 }}

[[days]]
weekday = "wednesday"
title = "Design"
hours = 1

[[days.blocks]]
name = "Evening, 1 h"

# Two goals of which a member sees the one for their level: `alternative` is the name that both share.
[[days.blocks.goals]]
id = "w{number:02}-wed-design-l6"
text = "Design a service and its components"
minutes = 60
area = "system_design"
tier = "core"
level = "L6"
alternative = "w{number:02}-wed-design"
metrics = {{ system_design_problems = 1 }}

[[days.blocks.goals]]
id = "w{number:02}-wed-design-l7"
text = "Design a platform that several teams build on"
minutes = 60
area = "system_design"
tier = "core"
level = "L7"
alternative = "w{number:02}-wed-design"
metrics = {{ system_design_problems = 1 }}

[[days]]
weekday = "thursday"
title = "Coding"
hours = 2

[[days.blocks]]
name = "Evening, 2 h"

[[days.blocks.goals]]
id = "w{number:02}-thu-coding"
text = "Solve 5 more coding problems"
minutes = 90
area = "coding"
tier = "standard"
metrics = {{ coding_problems = 5 }}

[[days.blocks.goals]]
id = "w{number:02}-thu-harder"
text = "Solve one of them a second way"
minutes = 30
area = "coding"
tier = "stretch"

# The weekend's goals stand on saturday and stay open on sunday.
[[days]]
weekday = "saturday"
title = "Rehearsal"
hours = 2

[[days.blocks]]
name = "Weekend, 2 h"

[[days.blocks.goals]]
id = "w{number:02}-sat-design"
text = "Design a second system and compare the two"
minutes = 60
area = "system_design"
tier = "standard"
metrics = {{ system_design_problems = 1 }}

[[days.blocks.goals]]
id = "w{number:02}-sat-mock"
text = "Hold a mock interview"
minutes = 60
area = "mock"
tier = "core"
metrics = {{ mock_interviews = 1 }}
"""


def folder(name: str, path: str, taken: frozenset[str] = frozenset()) -> dict[str, str]:
    """The files of a plan's folder, by their names: the plan, its weeks, and their schemas.

    `name` is the folder's, from which the slug is made, unless that is `taken`; `path` is how the comments
    call it.
    """
    weeks = {f"week-{number:02}.toml": f"{_schema(File.WEEK)}\n{_week(number)}" for number in WEEKS}
    return {
        "plan.toml": _frame(name, path, _schema(File.FRAME), taken),
        **weeks,
        _schema_name(File.FRAME): schema.as_text(File.FRAME),
        _schema_name(File.WEEK): schema.as_text(File.WEEK),
    }


def file(name: str, path: str, taken: frozenset[str] = frozenset()) -> dict[str, str]:
    """A plan in one file of this name, and its schema; otherwise as `folder`."""
    stem = name.removesuffix(".toml")
    frame = _frame(stem, path, _schema(File.PLAN, f"{stem}."), taken)
    weeks = "".join(f"\n[[weeks]]\n{_inner(_week(number))}" for number in WEEKS)
    return {name: frame + weeks, f"{stem}.{_schema_name(File.PLAN)}": schema.as_text(File.PLAN)}


def _frame(name: str, path: str, directive: str, taken: frozenset[str]) -> str:
    slug = slug_of(name) or NAMELESS
    if slug in taken:
        slug = f"our-{slug}"[:60].strip("-")
    title = slug.replace("-", " ").capitalize()
    return _FRAME.format(schema=directive, path=path, slug=slug, title=title)


def _week(number: int) -> str:
    theme, title = THEMES[number]
    return _WEEK.format(number=number, theme=theme, title=title)


def _inner(week: str) -> str:
    """A week's file as it stands inside the plan's: its tables are tables of the week."""
    return week.replace("[[days", "[[weeks.days").replace("\n[days", "\n[weeks.days")


def _schema_name(kind: File) -> str:
    return f"{kind}.schema.json"


def _schema(kind: File, prefix: str = "") -> str:
    """The comment by which editors (taplo, Even Better TOML) find the schema."""
    return f"#:schema ./{printable(prefix)}{_schema_name(kind)}\n"
