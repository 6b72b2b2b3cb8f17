"""Plans that leads upload in these tests, and how they do it."""

from __future__ import annotations

from bot.workspace.visitors.people import Person
from bot.workspace.visitors.person import SubmitResult
from tests.bot.house import CHANNEL
from tests.bot.members import Json, asks

FRAME = """
slug = "{slug}"
title = "{title}"
summary = "Two evenings a week."
source = "The lead's own"
default_track = "evenings"

[[tracks]]
name = "evenings"
title = "Evenings"
hours = 3
shares = {{ coding = 50, behavioral = 50 }}

[[phases]]
name = "all"
title = "All of it"
weeks = [1, {weeks}]
aims = ["Keep going"]
"""
WEEK = """
[[weeks]]
number = {number}
theme = "Patterns"
title = "Week {number} of ours"

[[weeks.days]]
weekday = "monday"
title = "Coding night"
hours = 1

[[weeks.days.blocks]]
name = "Evening"

[[weeks.days.blocks.goals]]
id = "w{number}-code"
text = "{text}"
minutes = 60
area = "coding"
tier = "core"
metrics = {{ coding_problems = 2 }}

[[weeks.days]]
weekday = "wednesday"
title = "Story night"
hours = 1.5

[[weeks.days.blocks]]
name = "Evening"

[[weeks.days.blocks.goals]]
id = "w{number}-story"
text = "Tell one story aloud"
minutes = 90
area = "behavioral"
tier = "core"
"""


def plan(
    slug: str = "our-way", *, title: str = "Our way", weeks: int = 2, text: str = "Solve two problems"
) -> str:
    """A whole plan in one file: coding on Mondays, a story on Wednesdays."""
    whole = [WEEK.format(number=number, text=text) for number in range(1, weeks + 1)]
    return FRAME.format(slug=slug, title=title, weeks=weeks) + "".join(whole)


async def opens_plans(lead: Person) -> Json:
    """Open the list of the group's own plans."""
    await lead.clicks(await asks(lead, "/prep group"), "Plans")
    return await lead.modal("The group's plans")


async def opens_upload(lead: Person) -> Json:
    """Open the form above the list."""
    await lead.clicks(await opens_plans(lead), "Upload a plan")
    return await lead.modal("A plan of your own is one file")


async def uploads(lead: Person, content: str | bytes, name: str = "our-way.toml") -> SubmitResult:
    """Upload a plan from the beginning; what the form shows then."""
    return await puts_in(lead, await opens_upload(lead), content, name)


async def puts_in(lead: Person, form: Json, content: str | bytes, name: str = "our-way.toml") -> SubmitResult:
    """Put a file into an open form and submit it."""
    body = content.encode() if isinstance(content, str) else content
    return await lead.submits(form, {"The plan": {name: body}})


async def heard(lead: Person) -> str:
    """The newest words in the channel that only this person can see."""
    messages = [message for message in await lead.messages(CHANNEL) if message.get("ephemeral")]
    return str(messages[-1]["text"])
