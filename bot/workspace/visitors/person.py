"""One person in front of the page: says, clicks, fills in, arranges."""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from bot.workspace.state.models import Json
from bot.workspace.visitors import finding
from bot.workspace.visitors.knocking import NotDone, Stale
from bot.workspace.visitors.onlooker import Onlooker

BUTTONS = ("button", "workflow_button", "icon_button")
LOOKS = 3  # before one gives up on a thing that keeps changing


@dataclass(frozen=True)
class SubmitResult:
    """What became of a submission: the fields' mistakes, or the modal that shows now (if any)."""

    errors: dict[str, str] = field(default_factory=dict)
    view: Json | None = None
    error: str = ""

    @property
    def ok(self) -> bool:
        """Say whether the submission was accepted."""
        return not self.errors and not self.error


class Person(Onlooker):
    """Somebody who does everything that one can do on the page."""

    # --- acting ---

    async def says(self, channel: str, text: str, thread_ts: str = "") -> Json:
        """Say something in a channel (id or `#name`; "" is the app's), or run a slash command there."""
        where = await self.channel_id(channel)
        return await self._knock(
            "say", channel=where, text=text, **({"thread_ts": thread_ts} if thread_ts else {})
        )

    async def clicks(self, thing: Json, wanted: str) -> Json:
        """Click the button with these words (or this action_id)."""
        return await self._while_it_changes(self._click, thing, wanted)

    async def _click(self, thing: Json, wanted: str) -> Json:
        block, element = finding.one_element(thing, wanted, BUTTONS)
        return await self._act(thing, block, element)

    async def _while_it_changes(self, act: Callable[..., Awaitable[Json]], thing: Json, *given: Any) -> Json:
        """Do something with a thing as it is now; look again if it changed between looking and doing."""
        for _ in range(LOOKS - 1):
            with suppress(Stale):
                return await act(await self.fresh(thing), *given)
        return await act(await self.fresh(thing), *given)

    async def ticks(self, thing: Json, texts: Iterable[str], on: bool = True) -> Json:
        """Tick (or untick) checkboxes by their texts: one click for each group of them."""
        return await self._while_it_changes(self._tick, thing, list(texts), on)

    async def _tick(self, thing: Json, texts: list[str], on: bool) -> Json:
        clicks: dict[str, tuple[Json, Json, list[str]]] = {}
        for text in texts:
            block, element, option = finding.option_holder(thing, text, ("checkboxes",))
            chosen = finding.chosen_values(thing, block, element)
            *_, values = clicks.setdefault(block["block_id"], (block, element, chosen))
            if option["value"] in values:
                values.remove(option["value"])  # a second look after a change finds some of it done
            if on:
                values.append(option["value"])
        answer: Json = {}
        for block, element, values in clicks.values():
            answer = await self._act(thing, block, element, values)
        return answer

    async def chooses(self, thing: Json, wanted: str, choice: Any) -> Json:
        """Choose in a select, radio group, picker or overflow menu; options go by text or value."""
        thing = await self.fresh(thing)
        block, element = finding.one_element(thing, wanted)
        return await self._act(thing, block, element, finding.value_for(thing, element, choice))

    async def fills(self, view: Json, values: Mapping[str, Any]) -> None:
        """Fill in fields by label, block_id or action_id; files are given as bytes by their names."""
        view = await self.fresh(view)
        for wanted, given in values.items():
            block, element = finding.one_element(view, wanted)
            if element["type"] == "file_input":
                value: Any = [await self._uploads(view, block, element, *file) for file in given.items()]
            else:
                value = finding.value_for(view, element, given)
            await self._knock("fill", **_target(view), **_ids(block, element), value=value)

    async def _uploads(self, view: Json, block: Json, element: Json, name: str, content: bytes) -> str:
        encoded = base64.b64encode(content).decode()
        where = {**_target(view), **_ids(block, element)}
        answer = await self._knock("file", **where, name=name, content=encoded)
        return str(answer["file"]["id"])

    async def downloads(self, file: Json) -> bytes:
        """Open a file and return what is in it."""
        return await self._doors.file(file["url_private"], self.id)

    async def submits(self, view: Json, values: Mapping[str, Any] | None = None) -> SubmitResult:
        """Fill in fields, if any are given, and submit the modal."""
        await self.fills(view, values or {})
        try:
            answer = await self._knock("submit", view_id=view["id"])
        except NotDone as refused:
            return SubmitResult(errors=refused.errors, view=await self.fresh(view), error=refused.code)
        return SubmitResult(view=answer["view"])

    async def closes(self, view: Json) -> None:
        """Close a modal."""
        await self._knock("close", view_id=view["id"])

    async def reacts(self, message: Json, name: str) -> None:
        """Add a reaction, or take it back."""
        await self._knock("react", channel=message["channel"], ts=message["ts"], name=name)

    async def asks_for_options(self, thing: Json, wanted: str, typed: str) -> list[Json]:
        """Type into an external select and return the options it offers."""
        block, element = finding.one_element(thing, wanted)
        answer = await self._knock("options", **_target(thing), **_ids(block, element), value=typed)
        options: list[Json] = answer["options"]
        return options

    # --- arranging ---

    async def creates_channel(self, name: str, *, private: bool = False, topic: str = "") -> str:
        """Create a channel and return its id."""
        answer = await self._knock("channels", name=name, private=private, topic=topic)
        return str(answer["id"])

    async def joins(self, channel: str) -> None:
        """Join a public channel."""
        await self._room(channel, "join")

    async def leaves(self, channel: str) -> None:
        """Leave a channel."""
        await self._room(channel, "leave")

    async def invites(self, channel: str, who: Person | str = "") -> None:
        """Invite somebody, by default the app, into a channel."""
        await self._room(channel, "invite", user=await self._user_id(who))

    async def removes(self, channel: str, who: Person | str = "") -> None:
        """Remove somebody, by default the app, from a channel."""
        await self._room(channel, "kick", user=await self._user_id(who))

    async def archives(self, channel: str) -> None:
        """Archive a channel."""
        await self._room(channel, "archive")

    async def unarchives(self, channel: str) -> None:
        """Open an archived channel again."""
        await self._room(channel, "unarchive")

    async def renames(self, channel: str, name: str) -> None:
        """Give a channel another name."""
        await self._room(channel, "rename", name=name)

    async def moves_to(self, tz: str) -> None:
        """Move to another time zone."""
        await self._doors.knock("person", {"id": self.id, "tz": tz})
        self.tz = tz

    async def is_deactivated(self, deleted: bool = True) -> None:
        """Have the account deactivated (or reactivated)."""
        await self._doors.knock("person", {"id": self.id, "deleted": deleted})

    # --- inside ---

    async def _user_id(self, who: Person | str) -> str:
        if isinstance(who, Person):
            return who.id
        return who or str((await self.state())["app"]["user_id"])

    async def _room(self, channel: str, what: str, **more: str) -> None:
        await self._knock("channel", channel=await self.channel_id(channel), do=what, **more)

    async def _act(self, thing: Json, block: Json, element: Json, value: Any = None) -> Json:
        return await self._knock("act", **_target(thing), **_ids(block, element), value=value)


def _target(thing: Json) -> dict[str, str]:
    if "channel" in thing:
        return {"channel": thing["channel"], "ts": thing["ts"]}
    return {"view_id": thing["id"]}


def _ids(block: Json, element: Json) -> dict[str, str]:
    return {"block_id": block["block_id"], "action_id": element["action_id"]}
