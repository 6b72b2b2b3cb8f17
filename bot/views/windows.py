"""Study windows in a form: a template to choose, or hours of one's own."""

from slack_sdk.models.blocks import Block

from bot.views import form
from plans.hours import EXAMPLE
from plans.windows import TEMPLATES

WINDOWS, OWN_WINDOWS = "windows", "own_windows"
NONE = "none"


def fields(kept: str) -> list[Block]:
    """The two questions, with what the member has. Hours of one's own count before a template."""
    choices = [("Whenever it suits", NONE), *((each.title, each.name) for each in TEMPLATES.values())]
    return [
        form.select(
            WINDOWS,
            "When do you study?",
            choices,
            value=kept if kept in TEMPLATES else NONE,
            hint="With study windows, goals stand under clock times, no day holds more than its windows, and the post comes before the first.",
        ),
        form.text(
            OWN_WINDOWS,
            "Or hours of your own",
            value="" if kept in TEMPLATES else kept,
            most=200,
            optional=True,
            hint=f"For example {EXAMPLE}. If you give some, they count instead.",
        ),
    ]
