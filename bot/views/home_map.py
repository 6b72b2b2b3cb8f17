"""The plan on the App Home: every week as a sign, with where one is, and the same in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import Block, ButtonElement

from bot.views.changing import OPEN_CHANGES
from bot.views.home_doors import door
from bot.views.message import actions, button, context, section
from bot.views.words import escape, listed, long_date, plural
from plans.planmap import Part, Step

BEHIND, HERE, AHEAD = "■", "►", "□"  # none of them is an emoji on any phone
CHECKED, CHECKPOINT = "◆", "◇"
ONCE_MORE = "+"
BORDER = "│"


@dataclass(frozen=True)
class MapGlance:
    """A member's plan: its weeks as they lie in the calendar, its phases with their first and last week."""

    membership_id: int
    title: str
    theme: str
    steps: Sequence[Step]
    phases: Sequence[tuple[str, tuple[int, int]]]
    weeks: int
    begins: date
    ends: date
    today: date
    interview_on: date | None = None

    @property
    def here(self) -> Step | None:
        """The step that holds today; none before and after the plan."""
        return next((step for step in self.steps if step.part is Part.HERE), None)


def blocks(plan: MapGlance) -> Iterator[Block]:
    """The title with where one is, the signs, the same in words, the doors."""
    yield section(f"*The plan* · {escape(plan.title)}\n{signs(plan)}\n{_where(plan)}")
    yield context("\n".join([" ".join(_words(plan)), _legend(plan)]).strip())
    yield actions(door("My plan", "plan", plan.membership_id), _change(plan))


def _change(plan: MapGlance) -> ButtonElement:
    return button("Change my plan", OPEN_CHANGES, str(plan.membership_id))


def signs(plan: MapGlance) -> str:
    """One sign for each calendar week, a border between two phases."""
    last = {weeks[1] for _, weeks in plan.phases} - {plan.weeks}
    shown = []
    for step in plan.steps:
        shown.append(_sign(step) + (ONCE_MORE if step.is_inserted else ""))
        if step.week in last and not step.is_inserted:
            shown.append(BORDER)
    return " ".join(shown)


def _sign(step: Step) -> str:
    if step.part is Part.HERE:
        return HERE
    if step.part is Part.BEHIND:
        return CHECKED if step.has_checkpoint else BEHIND
    return CHECKPOINT if step.has_checkpoint else AHEAD


def _legend(plan: MapGlance) -> str:
    """What those signs mean that are shown."""
    shown = signs(plan)
    meanings = (
        (BEHIND, "behind you"),
        (HERE, "you are here"),
        (AHEAD, "ahead"),
        (CHECKED, "checkpoint behind you"),
        (CHECKPOINT, "checkpoint ahead"),
        (ONCE_MORE, "the week comes once more"),
    )
    return " · ".join(f"{sign} {meaning}" for sign, meaning in meanings if sign in shown)


def _where(plan: MapGlance) -> str:
    here = plan.here
    if here is None and plan.today < plan.begins:
        return f"It begins on {long_date(plan.begins)} and takes {plural(plan.weeks, 'week')}."
    if here is None:
        return f"You have come to its end, on {long_date(plan.ends)}. Well done."
    phase = next((title for title, (first, last) in plan.phases if first <= here.week <= last), "")
    where = f"Week {here.week} of {plan.weeks}, *you are here*: {escape(plan.theme)}"
    return f"{where} ({escape(phase)})." if phase else f"{where}."


def _words(plan: MapGlance) -> Iterator[str]:
    """What the signs say, for who cannot see them; the interview, whose days are counted at the top."""
    if plan.here:
        behind = sum(step.part is Part.BEHIND for step in plan.steps)
        ahead = sum(step.part is Part.AHEAD for step in plan.steps)
        counts = [f"{plural(behind, 'week')} behind you"] if behind else []
        counts.append(f"{ahead} ahead" if behind else f"{plural(ahead, 'week')} ahead")
        yield f"{', '.join(counts)}, until {long_date(plan.ends)}."
    if points := [str(step.week) for step in plan.steps if step.has_checkpoint]:
        yield f"Checkpoints in {'week' if len(points) == 1 else 'weeks'} {listed(points)}."
    if twice := [str(step.week) for step in plan.steps if step.is_inserted]:
        yield f"Held once more: {'week' if len(twice) == 1 else 'weeks'} {listed(twice)}."
    if plan.interview_on and plan.interview_on >= plan.today:
        yield f"Your interview is on {long_date(plan.interview_on)}."
