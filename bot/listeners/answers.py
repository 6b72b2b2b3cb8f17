"""Reading what was filled in: every input has its own block, whose only action is `value`."""

from datetime import UTC, date, datetime, time
from typing import Any

from bot.views.form import VALUE
from plans.errors import StudyError


class NoSuchList(StudyError):
    """I can't tell which list that belongs to. `/prep today` shows yours."""


def about(value: object) -> tuple[int, date]:
    """The membership and the day that a button or a form names.

    Raises:
        NoSuchList: it names none.
    """
    parts = str(value or "").split(":")
    try:
        return int(parts[0]), date.fromisoformat(parts[1])
    except (ValueError, IndexError):
        raise NoSuchList(today=1) from None


def number_of(body: dict[str, Any]) -> int:
    """The id that a button carries; 0, which nothing has, if it carries none."""
    return id_in(body["actions"][0].get("value"))


def id_in(value: object) -> int:
    """The id that a payload brings; 0, which nothing has, if it is none that a database can hold."""
    text = str(value or "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


class Answers:
    """The state of a submitted form; everything that is missing, null or empty reads as nothing."""

    def __init__(self, view: dict[str, Any]) -> None:
        self._values: dict[str, dict[str, Any]] = (view.get("state") or {}).get("values") or {}

    def _element(self, block: str) -> dict[str, Any]:
        return (self._values.get(block) or {}).get(VALUE) or {}

    def text(self, block: str) -> str:
        """What was typed, without the space around it; PostgreSQL takes no NUL."""
        return str(self._element(block).get("value") or "").replace("\0", "").strip()

    def number(self, block: str) -> float | None:
        """The number that was typed; none if there is none."""
        try:
            return float(self.text(block).replace(",", "."))
        except ValueError:
            return None

    def choice(self, block: str) -> str:
        """The value that was chosen of a select or a radio group."""
        return str((self._element(block).get("selected_option") or {}).get("value") or "")

    def choices(self, block: str) -> list[str]:
        """The values that were ticked."""
        return [str(option["value"]) for option in self._element(block).get("selected_options") or []]

    def people(self, block: str) -> list[str]:
        """The Slack ids of the people who were chosen."""
        return [str(user) for user in self._element(block).get("selected_users") or []]

    def files(self, block: str) -> list[dict[str, Any]]:
        """What Slack says of the files that were put in."""
        return [file for file in self._element(block).get("files") or [] if isinstance(file, dict)]

    def day(self, block: str) -> date | None:
        """The date that was picked; none if there is none or it does not exist."""
        try:
            return date.fromisoformat(str(self._element(block).get("selected_date") or ""))
        except ValueError:
            return None

    def is_picked(self, block: str) -> bool:
        """Whether there is a date at all, in the calendar or not."""
        return bool(self._element(block).get("selected_date"))

    def clock(self, block: str) -> time | None:
        """The time of day that was picked."""
        try:
            return time.fromisoformat(str(self._element(block).get("selected_time") or ""))
        except ValueError:
            return None

    def moment(self, block: str) -> datetime | None:
        """The instant that was picked; none if there is none."""
        picked = self._element(block).get("selected_date_time")
        try:
            return datetime.fromtimestamp(int(picked), UTC) if picked else None
        except (ValueError, TypeError, OverflowError, OSError):
            return None

    def blocks(self, prefix: str) -> list[str]:
        """The blocks whose id begins with `prefix`, in order."""
        return sorted(block for block in self._values if block.startswith(prefix))
