"""The tools with which blocks are checked: each notes what is wrong, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from bot.workspace.state.models import Json

Surface = Literal["message", "modal", "home"]
BOTH = ("plain_text", "mrkdwn")
PLAIN = ("plain_text",)
TEXT_FIELDS = {"plain_text": {"type", "text", "emoji"}, "mrkdwn": {"type", "text", "verbatim"}}


@dataclass(frozen=True)
class Fault:
    """Something that Slack would refuse: where (a JSON pointer), why, and its error code if special."""

    pointer: str
    message: str
    code: str = ""


class Check:
    """Collects the faults of one message or view."""

    def __init__(self, surface: Surface) -> None:
        self.surface = surface
        self.faults: list[Fault] = []
        self.block_ids: set[str] = set()

    def fail(self, at: str, message: str, code: str = "") -> None:
        """Note a fault."""
        self.faults.append(Fault(at, message, code))

    def fields(self, node: Json, at: str, required: str = "", optional: str = "") -> None:
        """Note fields that are missing or unknown; `type` is always known."""
        musts = required.split()
        for name in musts:
            if node.get(name) is None:
                self.fail(at, f"missing required field: {name}")
        for name in node.keys() - {"type", *musts, *optional.split()}:
            self.fail(at, f"invalid additional property: {name}")

    def length(self, value: str, at: str, most: int, least: int = 1) -> None:
        """Note a string that is too short or too long."""
        if len(value) < least:
            self.fail(at, f"must be more than {least - 1} characters")
        if len(value) > most:
            self.fail(at, f"must be less than {most + 1} characters")

    def string(self, node: Json, name: str, at: str, most: int, least: int = 1) -> None:
        """Check a field that is a bare string, if it is there."""
        value = node.get(name)
        if value is None:
            return
        if isinstance(value, str):
            self.length(value, f"{at}/{name}", most, least)
        else:
            self.fail(f"{at}/{name}", "must be a string")

    def text(self, node: Json, name: str, at: str, most: int = 3000, kinds: tuple[str, ...] = BOTH) -> None:
        """Check a field that is a text object, if it is there."""
        if node.get(name) is not None:
            self.text_object(node[name], f"{at}/{name}", most, kinds)

    def text_object(self, value: Any, at: str, most: int, kinds: tuple[str, ...] = BOTH) -> None:
        """Check a text object."""
        if not isinstance(value, dict):
            self.fail(at, "must be an object")
            return
        if value.get("type") not in kinds:
            self.fail(f"{at}/type", f"must be one of: {', '.join(kinds)}")
            return
        for name in value.keys() - TEXT_FIELDS[value["type"]]:
            self.fail(at, f"invalid additional property: {name}")
        if value.get("text") is None:
            self.fail(at, "missing required field: text")
        self.string(value, "text", at, most)
        for name in ("emoji", "verbatim"):
            self.flag(value, name, at)

    def flag(self, node: Json, name: str, at: str) -> None:
        """Check a field that is yes or no, if it is there."""
        if not isinstance(node.get(name, False), bool):
            self.fail(f"{at}/{name}", "must be a boolean")

    def whole(self, node: Json, name: str, at: str, least: int, most: int) -> None:
        """Check a field that is a whole number, if it is there."""
        value = node.get(name)
        if value is None:
            return
        if not isinstance(value, int) or isinstance(value, bool):
            self.fail(f"{at}/{name}", "must be an integer")
        elif not least <= value <= most:
            self.fail(f"{at}/{name}", f"must be between {least} and {most}")

    def one_of(self, node: Json, name: str, at: str, allowed: tuple[str, ...]) -> None:
        """Check a field that is one of a few words, if it is there."""
        if node.get(name) is not None and node[name] not in allowed:
            self.fail(f"{at}/{name}", f"must be one of: {', '.join(allowed)}")

    def items(self, node: Json, name: str, at: str, most: int, least: int = 1) -> list[tuple[Any, str]]:
        """Check the size of a list field, and return its items with their pointers."""
        value = node.get(name)
        if value is None:
            return []
        at = f"{at}/{name}"
        if not isinstance(value, list):
            self.fail(at, "must be an array")
            return []
        if len(value) < least:
            self.fail(at, f"no fewer than {least} items allowed")
        if len(value) > most:
            self.fail(at, f"no more than {most} items allowed")
        return [(item, f"{at}/{index}") for index, item in enumerate(value)]

    def objects(self, node: Json, name: str, at: str, most: int, least: int = 1) -> list[tuple[Json, str]]:
        """Check a list field whose items are objects, and return those that are."""
        found = self.items(node, name, at, most, least)
        for item, place in found:
            if not isinstance(item, dict):
                self.fail(place, "must be an object")
        return [(item, place) for item, place in found if isinstance(item, dict)]

    def picture(self, node: Json, at: str) -> None:
        """Check what shows a picture: its address or file, and the words for those who do not see it."""
        self.string(node, "image_url", at, 3000)
        self.string(node, "alt_text", at, 2000)
        if (node.get("image_url") is None) == (node.get("slack_file") is None):
            self.fail(at, "must have exactly one of: image_url, slack_file")
        file = node.get("slack_file")
        if file is not None and not (isinstance(file, dict) and file.keys() & {"id", "url"}):
            self.fail(f"{at}/slack_file", "must have one of: id, url")
