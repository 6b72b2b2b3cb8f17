"""Milestones: one line in the group's post, and a message to who reached something."""

from collections.abc import Mapping, Sequence

from bot.views.message import Message, built, context, header, section
from bot.views.words import clip, escape, listed
from plans.milestones import Name

SHOWN = 10  # people in the channel's line
IN_SHORT = {
    Name.FIRST_WEEK: "a first week",
    Name.GOALS_25: "25 goals",
    Name.GOALS_100: "100 goals",
    Name.GOALS_250: "250 goals",
    Name.ROW_4: "4 steady weeks in a row",
    Name.ROW_8: "8 steady weeks in a row",
    Name.FIRST_MOCK: "a first mock interview",
    Name.MOCKS_5: "5 mock interviews",
    Name.MOCKS_10: "10 mock interviews",
    Name.ALL_PRINCIPLES: "16 of 16 Leadership Principles",
    Name.HALF_OF_PLAN: "half of the plan",
    Name.PLAN_FINISHED: "the whole plan",
    Name.COMEBACK: "a strong week after a hard one",
}
IN_FULL = {
    Name.FIRST_WEEK: "Your first week is complete. Beginning is the part that most people put off.",
    Name.GOALS_25: "25 goals done since you began.",
    Name.GOALS_100: "100 goals done since you began, one at a time.",
    Name.GOALS_250: "250 goals done since you began. Few people come this far.",
    Name.ROW_4: "4 weeks in a row with 70 % of the goals or more. That is a habit by now.",
    Name.ROW_8: "8 weeks in a row with 70 % of the goals or more. Consistency over intensity.",
    Name.FIRST_MOCK: "Your first mock interview is behind you. The next ones are easier.",
    Name.MOCKS_5: "5 mock interviews. You know by now what the room feels like.",
    Name.MOCKS_10: "10 mock interviews. The real one will hold little that is new.",
    Name.ALL_PRINCIPLES: "Your stories cover 16 of 16 Leadership Principles.",
    Name.HALF_OF_PLAN: "Half of your plan is behind you.",
    Name.PLAN_FINISHED: "The last week of your plan is over. You saw it through.",
    Name.COMEBACK: "A week with 90 % or more, right after a recovery week. That is what recovery weeks are for.",
}


def line(celebrated: Sequence[tuple[str, Sequence[Name]]]) -> str:
    """What was reached in the group this week; "" if nothing that the channel may see."""
    if not celebrated:
        return ""
    said = [
        f"{escape(clip(name, 60))}, {listed([IN_SHORT[each] for each in names])}"
        for name, names in celebrated[:SHOWN]
    ]
    if more := len(celebrated) - SHOWN:
        said += [f"and {more} more"] if more > 0 else []
    return f"Reached this week: {'; '.join(said)}."


def post(found: Mapping[Name, bool], *, celebrates: bool) -> Message:
    """To who reached something; `found` says of each whether the channel may see it, too."""
    names = list(found)
    title = f"Reached: {IN_SHORT[names[0]]}" if len(names) == 1 else f"{len(names)} milestones reached"
    bullet = "• " if len(names) > 1 else ""
    sentences = "\n".join(f"{bullet}{IN_FULL[name]}" for name in names)
    note = _who_sees(names, [name for name in names if found[name] and celebrates])
    return Message(f"{title}. {sentences} {note}", built([header(title), section(sentences), context(note)]))


def _who_sees(names: Sequence[Name], shown: Sequence[Name]) -> str:
    if not shown:
        return "Only you see this."
    if len(shown) == len(names):
        return "The group's post says so, too."
    return f"The group's post names {listed([IN_SHORT[name] for name in shown])}; the rest only you see."
