"""A month's numbers in words: what was done, how it moved, what stands out, what to change."""

from collections.abc import Mapping

from bot.views.scorecard import week_name
from bot.views.words import METRICS, plural
from plans.month import Amount, Aspect, Course, Focus, Highlight, Kind, NextStep, Step, Tally

AMOUNTS: Mapping[str, str] = {
    Amount.HOURS: "Hours",
    Amount.PROBLEMS: "Problems",
    Amount.STORIES: "Stories",
    Amount.MOCKS: "Mock interviews",
}
ASPECTS: Mapping[str, str] = {
    Aspect.CONFIDENCE: "Confidence",
    Aspect.TECHNICAL: "Technical",
    Aspect.BEHAVIORAL: "Behavioural",
    Aspect.READINESS: "Readiness",
}
_SECTIONS: Mapping[str, tuple[str, str]] = {
    "behavioral": ("Stories", "Telling them comes before new material"),
    "technical": ("Coding and system design", "Explaining aloud counts as much as solving"),
    "readiness": ("Practice interviews", "A mock, and what its feedback asks for, moves it most"),
    "learning": ("New concepts and the industry", "One of each a week is enough"),
}
_STEPS: Mapping[Step, str] = {
    Step.LIGHTER: "A lighter load: {number} of {of} weeks stayed below 70 %. Hours that hold are worth more than hours that do not.",
    Step.HEAVIER: "A heavier track, if you like: all {of} weeks were at 90 % or more.",
    Step.MOCKS: "Mock interviews: {number} of {of}. The weekly round finds you a partner.",
    Step.FAVOUR: "{what} first: {number} % now, {of} % is the target. {why}.",
    Step.MINIMUM: "{what}: {number} a week. {of} is the least that keeps the habit.",
    Step.CATCH_UP: "{number} of {of} goals are done. Catching up picks what matters and lets the rest go.",
    Step.STEADY: "Go on as you are: nothing in the numbers asks for a change.",
    Step.NEXT_PLAN: "Your plan ends with this month. Another one, or a few weeks more, can follow.",
}


def number(value: float) -> str:
    """A figure with at most one decimal: "41.5", "48"."""
    return f"{round(value, 1):g}"


def tallied(tally: Tally) -> str:
    return f"{AMOUNTS[tally.amount]} {of_target(tally)}"


def of_target(tally: Tally) -> str:
    """What was done of what was asked for: "41.5 of 48"; behind a reference stands whose it is."""
    done = number(tally.done)
    if tally.target is not None:
        return f"{done} of {number(tally.target)}" + (" ✓" if tally.is_reached else "")
    if tally.reference is not None:
        return f"{done} (a full load of 20 h a week has {number(tally.reference)})"
    return f"{done}, none asked for"


def moved(course: Course) -> str:
    """A rating from start to end: "Confidence 2 → 3.5 (+1.5)"."""
    name = ASPECTS[course.aspect]
    if course.start is None or course.change is None:
        return f"{name} {number(course.end)}, rated once"
    step = number(abs(course.change))
    by = "as before" if step == "0" else f"{'+' if course.change > 0 else '−'}{step}"
    return f"{name} {number(course.start)} → {number(course.end)} ({by})"


def stood_out(highlight: Highlight) -> str:
    """A highlight with its numbers."""
    what, done, of = highlight.what, number(highlight.number), number(highlight.of)
    when = f" ({week_name(highlight.monday)})" if highlight.monday else ""
    match highlight.kind:
        case Kind.RISE:
            return f"{ASPECTS[what]} rose from {done} to {of}."
        case Kind.FIRST_MOCK:
            return f"Your first {'mock interview' if done == '1' else f'{done} mock interviews'}."
        case Kind.TARGET:
            return f"{AMOUNTS[what]}: {done} of {of}, all that was asked for."
        case Kind.HIGH_WEEKS:
            return f"{done} of {plural(int(highlight.of), 'week')} at 90 % or more."
        case Kind.FULLEST:
            return f"Your fullest week{when} had {done} h."


def to_look_at(focus: Focus) -> str:
    """A section below its target."""
    return f"{focus.title}: {focus.percent} %, its target is {focus.target} %."


def proposed(step: NextStep) -> str:
    """What to change in the next month, with the numbers behind it."""
    what, why = _SECTIONS.get(step.what, ("", ""))
    if step.step is Step.MINIMUM:
        what = METRICS[step.what][1]
        what = f"{what[0].upper()}{what[1:]}"
    return _STEPS[step.step].format(number=number(step.number), of=number(step.of), what=what, why=why)
