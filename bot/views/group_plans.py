"""A group's own plans: the list, the upload, what is wrong with a file, what became of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block, ConfirmObject

from bot.views import form
from bot.views.message import Message, actions, built, button, context, plain, said, section
from bot.views.words import clip, duration, escape, listed, long_date, plural
from plans.library import Fault
from plans.model import Level, Plan

OPEN, UPLOAD, RETIRE = "group_plans_open", "group_plan_upload", "group_plan_retire"
FORM, LIST = "group_plan", "group_plans"  # callback ids
FILE = "plan_file"  # with the number of the try: a field of its own shows no file of an earlier one
SHOWN_PLANS = 30
SHOWN_FAULTS = 40
FAULT_LIMIT, SECTION_LIMIT = 300, 2800
TITLE_LIMIT = 80


@dataclass(frozen=True)
class OwnPlan:
    """A plan that was uploaded, as the lead sees it. Without `plan` it can no longer be read."""

    plan_id: int
    title: str
    slug: str
    plan: Plan | None
    members: int
    by: str
    on: date
    retired: bool


@dataclass(frozen=True)
class Form:
    """What the upload form is about, as it comes back with it."""

    group_id: int
    channel: str
    attempt: int = 1

    @property
    def about(self) -> str:
        """As the form carries it."""
        return f"{self.group_id}:{self.channel}:{self.attempt}"

    @property
    def field(self) -> str:
        """The block with the file."""
        return f"{FILE}:{self.attempt}"


def plans(group: str, group_id: int, channel: str, own: Sequence[OwnPlan]) -> dict[str, Any]:
    """The list, with a way to upload one more."""
    blocks: list[Block] = [
        section(
            f"Plans of *{escape(group)}* alone, beside those that come with Cadence. "
            "Each member chooses; nobody's plan changes by itself."
        )
    ]
    for each in own[:SHOWN_PLANS]:
        blocks += _row(each)
    if len(own) > SHOWN_PLANS:
        blocks.append(context(f"and {len(own) - SHOWN_PLANS} more"))
    if not own:
        blocks.append(section("There is none yet."))
    blocks.append(actions(button("Upload a plan", UPLOAD, f"{group_id}:{channel}", style="primary")))
    return form.modal(
        "The group's plans",
        blocks,
        callback_id=LIST,
        submit=None,
        close="Close",
        about=f"{group_id}:{channel}",
    )


def _row(each: OwnPlan) -> list[Block]:
    """One plan: what it is, who takes it, where it came from."""
    title = f"*{escape(clip(each.title, TITLE_LIMIT))}* ({each.slug})"
    what = f"{title}\n{_shape(each.plan) if each.plan else 'No longer readable: please upload it again.'}"
    taken = f"{plural(each.members, 'member')} on it" if each.members else "nobody on it yet"
    facts = f"{taken} · uploaded by {escape(each.by)} on {long_date(each.on)}"
    if each.retired:
        return [section(what), context(f"{facts} · retired: not offered any more")]
    return [section(what, accessory=_retire(each)), context(facts)]


def _shape(plan: Plan) -> str:
    hours = listed([f"{track.hours:g}" for track in plan.tracks])
    tracks = "a track" if len(plan.tracks) == 1 else f"{len(plan.tracks)} tracks"
    return f"{plural(len(plan.weeks), 'week')}, {tracks} of {hours} h a week"


def _retire(each: OwnPlan) -> Any:
    keep = f"The {plural(each.members, 'member')} on it keep it to the end. " if each.members > 1 else ""
    keep = "The member on it keeps it to the end. " if each.members == 1 else keep
    sure = ConfirmObject(
        title=plain("Retire this plan?"),
        text=plain(f"{keep}Nobody new can choose it. You can upload it again at any time."),
        confirm=plain("Retire"),
        deny=plain("Keep"),
    )
    return button("Retire", RETIRE, str(each.plan_id), confirm=sure)


def upload(about: Form, most: str, *, trouble: str = "") -> dict[str, Any]:
    """The form; `trouble` says what stood in the way the last time, in words that are safe."""
    blocks: list[Block] = [section(trouble)] if trouble else []
    blocks.append(
        section(
            f"A plan of your own is one file that ends in .toml, at most {most}: its tracks, phases and "
            "checkpoints, and every week with its goals. I read it at once. If anything is wrong with it, I "
            "list it here, and nothing changes until it is right."
        )
    )
    return _form(about, blocks)


def faulty(about: Form, file: str, faults: Sequence[Fault]) -> dict[str, Any]:
    """Everything that is wrong with the file, and the field again."""
    count = plural(len(faults), "thing")
    blocks: list[Block] = [
        section(f"I read *{escape(clip(file, TITLE_LIMIT))}*. {count} to put right; nothing has changed yet.")
    ]
    shown = [_fault(fault, file) for fault in faults[:SHOWN_FAULTS]]
    if len(faults) > SHOWN_FAULTS:
        shown.append(f"and {len(faults) - SHOWN_FAULTS} more")
    blocks += [section(part) for part in _parts(shown)]
    return _form(about, blocks)


def _form(about: Form, blocks: list[Block]) -> dict[str, Any]:
    blocks = [
        *blocks,
        form.files(about.field, "The plan"),
        context(
            "Rather at home first? `python -m bot plans new` writes a plan to begin with, and "
            "`python -m bot plans check` names all that is wrong with a file."
        ),
    ]
    return form.modal("Upload a plan", blocks, callback_id=FORM, submit="Upload", about=about.about)


def _fault(fault: Fault, file: str) -> str:
    """Where, and what would be right; the file stands above already."""
    parts = (fault.file if fault.file != file else "", fault.place, fault.goal)
    place = ", ".join(part for part in parts if part)
    what = escape(clip(fault.message, FAULT_LIMIT))
    return f"• *{escape(clip(place, TITLE_LIMIT * 2))}:* {what}" if place else f"• {what}"


def _parts(lines: Sequence[str]) -> Iterator[str]:
    """The lines in as many paragraphs as Slack needs for them."""
    part = ""
    for line in lines:
        if part and len(part) + len(line) > SECTION_LIMIT:
            yield part
            part = ""
        part = f"{part}\n{line}" if part else line
    yield part


def reading(file: str) -> dict[str, Any]:
    """While a file takes its time."""
    blocks = [
        section(f"Reading *{escape(clip(file, TITLE_LIMIT))}*…"),
        context("What comes of it is shown here. You can close this; then I'll send you a message."),
    ]
    return form.modal("Upload a plan", blocks, callback_id=FORM, submit=None, close="Close")


def summary(plan: Plan, *, replaced: bool) -> dict[str, Any]:
    """The plan is in: what I understood of it."""
    blocks = [
        section(f"*{escape(clip(plan.title, TITLE_LIMIT))}* is in."),
        said(plan.summary),
        section("\n".join(_facts(plan))),
        context(_from_now_on(replaced=replaced)),
    ]
    return form.modal("Your plan is in", blocks, callback_id=FORM, submit=None, close="Close")


def _facts(plan: Plan) -> Iterator[str]:
    goals = [goal for week in plan.weeks for goal in week.goals if goal.is_for(Level.L6)]
    minutes = [sum(goal.minutes for goal in week.goals if goal.is_for(Level.L6)) for week in plan.weeks]
    yield f"• {plural(len(plan.weeks), 'week')}, {plural(len(goals), 'goal')}, {plural(len(plan.checkpoints), 'checkpoint')}"
    yield f"• the full load: {duration(min(minutes))} to {duration(max(minutes))} a week"
    for track in plan.tracks:
        usual = ", offered first" if track.name == plan.default_track else ""
        yield f"• track {escape(clip(track.title, TITLE_LIMIT))}: {track.hours:g} h a week{usual}"


def _from_now_on(*, replaced: bool) -> str:
    said_ = "Whoever chooses a plan in this group can choose it from now on."
    if replaced:
        return f"{said_} It stands in for the earlier one of the same slug; who takes that goes on with it."
    return said_


def uploaded(plan: Plan, *, replaced: bool) -> Message:
    """A word to the lead alone."""
    text = f"{escape(clip(plan.title, TITLE_LIMIT))} is in: {_shape(plan)}. {_from_now_on(replaced=replaced)}"
    return Message(text, built([section(text)]))


def not_taken(file: str, trouble: str) -> Message:
    """To who closed the form before the answer came; `trouble` is safe."""
    text = f"{escape(clip(file, TITLE_LIMIT))} was not taken. {trouble}"
    return Message(text, built([section(text)]))
