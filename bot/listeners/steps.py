"""Forms of several steps: what they carry from one to the next, and showing the next in its place."""

from typing import Any, Self

from pydantic import ValidationError
from slack_sdk.errors import SlackApiError

from bot.house import House
from bot.listeners.replying import TOO_LATE
from plans.errors import StudyError
from plans.model import Value


class FormOutdated(StudyError):
    """This form is too old to go on with. Close it and open it once more."""


class Carried(Value):
    """What the steps carry between each other. Slack keeps it; whoever submits is checked each time."""

    @property
    def text(self) -> str:
        """As the form carries it."""
        return self.model_dump_json(exclude_defaults=True)

    @classmethod
    def by(cls, view: dict[str, Any]) -> Self:
        """What this form carries.

        Raises:
            FormOutdated: it is none of ours, or of another version.
        """
        try:
            return cls.model_validate_json(str(view.get("private_metadata") or ""))
        except ValidationError:
            raise FormOutdated from None


async def replace_form(house: House, body: dict[str, Any], form: dict[str, Any]) -> None:
    """Show another form in the place of the one that was clicked.

    Raises:
        FormOutdated: Slack no longer knows the one that was clicked.
    """
    shown = body["view"]
    try:
        await house.slack.views_update(view_id=shown["id"], hash=shown.get("hash"), view=form)
    except SlackApiError as error:
        if error.response.get("error") in (*TOO_LATE, "not_found", "hash_conflict"):
            raise FormOutdated from error
        raise
