"""What the demo's people do about mock interviews: sign up, pick a time, say how it was.

They press what stands in front of them, as anybody would; they know nothing of the bot.
"""

import random
from collections.abc import Iterator
from typing import Any

from bot.workspace.visitors.people import Person

Json = dict[str, Any]

MONDAY = 0
WORDS = {
    "improvements": (
        "Say the figures before the boxes\nName your own part in the result",
        "Ask for the constraint before you draw\nStop after two minutes and let me ask",
        "Give the story a number at the end\nTell what you would do differently",
    ),
    "strength": (
        "Calm when I doubted the design",
        "I could follow every step",
        "You came back to the customer each time",
    ),
}
SCALES = ("radio_buttons", "static_select")


async def says_when(person: Person, channel: str, hours: str) -> None:
    """Say once at which hours mock interviews suit."""
    await person.says(channel, f"/prep mock hours {hours}")


async def takes_part(
    person: Person, channel: str, *, weekday: int, mood: int, diligence: float, chance: random.Random
) -> None:
    """An evening's share of it: on Mondays sign up, then whatever waits in one's conversations."""
    if weekday == MONDAY and chance.random() < diligence:
        await person.says(channel, "/prep mock in")
    for room in await _rooms(person):
        await _answers_in(person, room)
    await _says_how_it_was(person, mood, chance)


async def _rooms(person: Person) -> list[str]:
    """The conversations of several people that this one is in."""
    return [row["id"] for row in (await person.state())["channels"] if row["kind"] == "mpim"]


async def _answers_in(person: Person, room: str) -> None:
    """Pick the first time that is proposed, and say that one comes."""
    messages = await person.messages(room)
    for action in ("mock_pick", "mock_confirm"):
        for message in reversed(messages):
            found = next((each for each in _elements(message) if each[1].get("action_id") == action), None)
            if found is not None:
                await person.clicks(
                    message, found[0].get("block_id", action) if action == "mock_pick" else action
                )
                break


async def _says_how_it_was(person: Person, mood: int, chance: random.Random) -> None:
    """Answer the newest question whether it happened, and give feedback if it did."""
    for action in ("mock_yes", "mock_feedback_open"):
        post = next(
            (post for post in reversed(await person.dm()) if _has(post, action) and not _is_given(post)), None
        )
        if post is None:
            continue
        await person.clicks(post, action)
        if action == "mock_feedback_open":
            form = await person.modal("Feedback")
            await person.submits(form, dict(_filled_in(form, mood, chance)))


def _is_given(post: Json) -> bool:
    """Whether the feedback that this post asks for is written already."""
    return any(
        element.get("action_id") == "mock_feedback_open" and element["text"]["text"] == "Change what I wrote"
        for _, element in _elements(post)
    )


def _filled_in(form: Json, mood: int, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Ratings around one's mood for every scale, a few words for every text."""
    for block in form["blocks"]:
        field, kind = block.get("block_id", ""), block.get("element", {}).get("type")
        if kind in SCALES:
            yield field, str(min(5, max(1, mood + chance.choice((-1, 0, 0, 1)))))
        elif kind == "plain_text_input":
            yield field, chance.choice(WORDS[field.rpartition("-")[2]])


def _has(post: Json, action: str) -> bool:
    return any(element.get("action_id") == action for _, element in _elements(post))


def _elements(post: Json) -> Iterator[tuple[Json, Json]]:
    """Everything that can be pressed, with its block."""
    for block in post.get("blocks") or []:
        for element in [*(block.get("elements") or []), block.get("accessory") or {}]:
            yield block, element
