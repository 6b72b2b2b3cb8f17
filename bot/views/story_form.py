"""The form of one story: its title, its four parts, its principles, how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from slack_sdk.models.blocks import Block

from bot.views import form
from bot.views.message import context
from bot.views.words import clip, listed
from plans.ratings import SCALES, Dimension
from plans.stories import (
    PART_LIMIT,
    PRINCIPLES,
    TIMES,
    TITLE_LIMIT,
    Hint,
    Lack,
    Part,
    Status,
    Story,
)

FORM = "story"  # callback id
TITLE, LPS, STATUS, QUALITY = "story_title", "story_principles", "story_status", "story_quality"
PARTS = {part: f"story_{part.value}" for part in Part}  # the field of each part
ASKED = {
    Part.SITUATION: "The context in figures: when, how large, what was at stake",
    Part.TASK: "What was yours to do, and what success meant",
    Part.ACTION: "What you did, step by step, and why this and nothing else",
    Part.RESULT: "What came of it, in numbers, and what has lasted",
}
STATUSES = (
    ("Draft", Status.DRAFT.value, "parts may be missing"),
    ("Refined", Status.REFINED.value, "all there, and told aloud"),
    ("Polished", Status.POLISHED.value, "ready for the interview"),
)


@dataclass(frozen=True)
class About:
    """What comes back with a form: whose, which story (0: a new one), as what it was shown, opened where."""

    membership_id: int
    story_id: int
    version: str
    channel: str

    def __str__(self) -> str:
        return f"{self.membership_id}:{self.story_id}:{self.version}:{self.channel}"

    @classmethod
    def parse(cls, value: object) -> Self:
        """Read it back; what is missing names nothing."""
        whose, story, version, channel = (str(value or "").split(":") + [""] * 4)[:4]
        return cls(_number(whose), _number(story), version, channel)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def story_form(about: About, story: Story) -> dict[str, Any]:
    """One story with what it holds; only its title has to be there."""
    blocks: list[Block] = [
        context("Only you see your stories. Half a story is a fine draft: save, and come back to it."),
        form.text(
            TITLE, "Title", value=story.title, most=TITLE_LIMIT, placeholder="The payments outage of 2024"
        ),
        *(_part(part, story) for part in Part),
        form.several(
            LPS,
            "Leadership Principles that it shows",
            [(each.words, each.value) for each in PRINCIPLES],
            values=[each.value for each in story.principles],
            hint="The one or two that it shows best; more are fine.",
        ),
        form.radio(STATUS, "How far is it?", STATUSES, value=story.status.value),
        form.select(
            QUALITY,
            "How good is it?",
            _qualities(),
            value=str(story.quality) if story.quality else None,
            optional=True,
        ),
    ]
    title = "Edit story" if story.id else "New story"
    return form.modal(title, blocks, callback_id=FORM, submit="Save", about=str(about))


def _part(part: Part, story: Story) -> Block:
    span = TIMES[part]
    return form.text(
        PARTS[part],
        f"{part.value.capitalize()}, {span.least} to {span.most} seconds",
        value=story.text(part),
        most=PART_LIMIT,
        multiline=True,
        optional=True,
        hint=f"{ASKED[part]}.",
    )


def _qualities() -> Sequence[form.Choice]:
    scale = SCALES[Dimension.STORY_QUALITY]
    labels = (f"1 {scale.low}", "2", "3", "4", f"5 {scale.high}")
    return [(label, str(number)) for number, label in enumerate(labels, start=1)]


def faults(story: Story, lacking: Sequence[Hint]) -> dict[str, str]:
    """What is wrong with what was filled in, by field; `lacking` is what a polished story needs."""
    found = {}
    if not story.title:
        found[TITLE] = "Give it a title by which you will know it, such as the project or the turning point."
    elif len(story.title) > TITLE_LIMIT:
        found[TITLE] = f"{TITLE_LIMIT} characters fit; this has {len(story.title)}."
    for part, field in PARTS.items():
        if (length := len(story.text(part))) > PART_LIMIT:
            found[field] = f"{PART_LIMIT:,} characters fit; this has {length:,}."
    if story.status is Status.POLISHED and lacking:
        found[STATUS] = (
            f"A polished story has all four parts and a principle. Still open: {_open(lacking)}. Refined fits until then."
        )
    return found


def _open(lacking: Sequence[Hint]) -> str:
    names = [hint.part.value for hint in lacking if hint.part is not None]
    return listed([*names, "principles"] if any(hint.lack is Lack.PRINCIPLES for hint in lacking) else names)


def begun_with(words: str) -> Story:
    """A new story out of what was typed: a title, and where that is too long, all of it as the situation."""
    situation = words if len(words) > TITLE_LIMIT else ""
    return Story(title=clip(words, TITLE_LIMIT), situation=situation)
