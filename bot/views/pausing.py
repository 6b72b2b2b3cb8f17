"""The form for a pause: until when, and why."""

from datetime import date
from typing import Any

from bot.views import form
from bot.views.message import section

OPEN_PAUSE = "pause_open"
PAUSE_FORM = "pause_form"  # callback id
LAST_DAY, REASON = "last_day", "reason"


def pause_form(membership_id: int, last: date) -> dict[str, Any]:
    """Days on which nothing is posted and nothing counts as missed, from today on; `last` is suggested."""
    return form.modal(
        "Pause",
        [
            section(
                "From today nothing is posted to you, and no goal of these days counts as missed. You can resume at any time."
            ),
            form.day(LAST_DAY, "Last day of the pause", value=last, hint="Included; at most 180 days."),
            form.text(
                REASON, "What for?", optional=True, placeholder="A holiday, say. Only you will ever see it."
            ),
        ],
        callback_id=PAUSE_FORM,
        submit="Pause",
        about=str(membership_id),
    )
