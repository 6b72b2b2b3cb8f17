"""What the demo's people write into their story banks: a story on most Wednesdays."""

import random
from datetime import date
from typing import NamedTuple

from bot.workspace.visitors.people import Person

WEDNESDAY = 2


class Told(NamedTuple):
    """A story in its four parts, with the Leadership Principles that it shows."""

    title: str
    situation: str
    task: str
    action: str
    result: str
    principles: tuple[str, ...]


STORIES = (
    Told(
        "The checkout that timed out",
        "Two weeks before the busiest sale, one payment in fifty timed out and nobody owned the path.",
        "I was asked to have it below one in a thousand before the sale.",
        "I put three teams at one table, had each hop measured, and cut two calls that nobody needed.",
        "One in three thousand on the day, and the shared dashboard is still how we begin each sale.",
        ("customer_obsession", "ownership", "bias_for_action"),
    ),
    Told(
        "A team that had stopped estimating",
        "My new team of eight had missed four quarters and answered every date with a shrug.",
        "I had one quarter to make our word worth something again.",
        "I halved what we promised, wrote down why each slip came, and let the team set the dates.",
        "We kept nine of ten dates in two quarters, and two of the engineers lead projects now.",
        ("hire_and_develop", "earn_trust", "deliver_results"),
    ),
    Told(
        "Saying no to the second data store",
        "A senior engineer wanted a new database for a feature that had to run in six weeks.",
        "The decision was mine, and I doubted that we could look after both.",
        "I asked for the load in numbers, tried both for two days with real data, and argued against it.",
        "We stayed with what we had, shipped a week early, and he gave the talk about the measurements.",
        ("are_right_a_lot", "highest_standards", "have_backbone"),
    ),
    Told(
        "The hire that I nearly missed",
        "After forty interviews we had no lead for the platform team, and the bar began to sink.",
        "I owned the hire, and the pressure to take the next good enough one.",
        "I wrote down what the role really needed, dropped two habits from our loop, and waited.",
        "She joined two months later, and her team's incidents fell by half within a year.",
        ("learn_and_be_curious", "hire_and_develop"),
    ),
    Told(
        "A bill that grew by itself",
        "Our cloud costs rose by a fifth each month and nobody could say why.",
        "I took it on beside my own roadmap, for it would have eaten the next hire.",
        "I gave each service its own number in the weekly review, and let the teams find the waste.",
        "A third less within ten weeks, without a single feature given up.",
        ("frugality", "ownership", "dive_deep"),
    ),
    Told(
        "The apology to a customer",
        "We lost an hour of orders of our largest customer, and first told them that nothing was lost.",
        "I had to win their trust back, and to mend how we speak in an incident.",
        "I flew there with the timeline, the part that was my fault, and what we would do by when.",
        "They stayed and signed for two more years; the rule to say what we do not know is still ours.",
        ("earn_trust", "customer_obsession", "think_big"),
    ),
)


async def writes(person: Person, channel: str, day: date, chance: random.Random, diligence: float) -> None:
    """Add one story on a Wednesday that one got round to it; another one each week."""
    if day.weekday() != WEDNESDAY or chance.random() > diligence:
        return
    told = STORIES[day.isocalendar().week % len(STORIES)]
    await person.says(channel, f"/prep story add {told.title}")
    form = await person.modal()
    parts = {f"story_{name}": getattr(told, name) for name in ("situation", "task", "action", "result")}
    answers = {**parts, "story_principles": list(told.principles), "story_status": "refined"}
    await person.submits(form, answers)
