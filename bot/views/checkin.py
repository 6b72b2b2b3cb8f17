"""The weekly check-in: ratings of the week and the three insights, the day before the scorecard."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block

from bot.views import form, minimums
from bot.views.message import Message, actions, built, button, context, header, section
from bot.views.practice import folded_scale
from bot.views.words import plural, short_date
from plans.minimums import Piece
from plans.ratings import Dimension
from plans.targets import LEADERSHIP_PRINCIPLES

OPEN, CHECKIN = "checkin_open", "checkin"
WIN, CHALLENGE, FOCUS, LP_COVERED = "biggest_win", "primary_challenge", "next_focus", "lp_covered"
INSIGHT_LIMIT = 500
QUESTIONS = (
    (WIN, "Your biggest win this week"),
    (CHALLENGE, "What was hardest"),
    (FOCUS, "Your focus for next week"),
)


def post(
    monday: date,
    done: int,
    planned: int,
    membership_id: int,
    *,
    filled: bool,
    weekend: Sequence[Piece] = (),
) -> Message:
    """The question on Saturday evening, and what it is for; `weekend` is short of a minimum and still fits."""
    so_far = (
        f"{done} of {plural(planned, 'goal')} done so far." if planned else "Nothing was planned this week."
    )
    text = f"Weekly check-in, week of {short_date(monday)}. {so_far}"
    follow = (
        "Thank you, your check-in is in. You can change it until the scorecard is out."
        if filled
        else "Two minutes: rate the week and keep three thoughts. It completes your scorecard tomorrow; only you see the answers."
    )
    label = "Change my check-in" if filled else "Check in"
    row = actions(
        button(label, OPEN, f"{membership_id}:{monday.isoformat()}", style=None if filled else "primary")
    )
    still = minimums.for_weekend(weekend)
    lines = [section(still)] if still else []
    blocks = [header("Weekly check-in"), section(so_far), *lines, context(follow), row]
    return Message(" ".join(filter(None, (text, still, follow))), built(blocks))


def checkin_form(
    membership_id: int,
    monday: date,
    given: Mapping[str, int],
    words: Mapping[str, str],
    covered: int | None = None,
) -> dict[str, Any]:
    """Eight ratings, prefilled from the days; how many principles the stories cover; three insights.

    `covered` is what the story bank knows of the principles: then nobody is asked for it.
    """
    blocks: list[Block] = [
        section(f"Week of {short_date(monday)}. Everything is optional; a missing rating leaves the score.")
    ]
    blocks += [folded_scale(dimension, given.get(dimension.value)) for dimension in Dimension]
    blocks.append(_principles(given.get(LP_COVERED), covered))
    blocks += [
        form.text(key, label, value=words.get(key), most=INSIGHT_LIMIT, multiline=True, optional=True)
        for key, label in QUESTIONS
    ]
    about = f"{membership_id}:{monday.isoformat()}"
    return form.modal("Weekly check-in", blocks, callback_id=CHECKIN, submit="Save", about=about)


def _principles(answer: int | None, covered: int | None) -> Block:
    """What the story bank covers, or the question for who has no whole story in it."""
    if covered is not None:
        return context(
            f"Your story bank covers {covered} of {LEADERSHIP_PRINCIPLES} Leadership Principles; `/prep story` shows which."
        )
    return form.number(
        LP_COVERED,
        "Leadership Principles that your stories cover",
        value=answer,
        hint=f"From 0 to {LEADERSHIP_PRINCIPLES}. Once you keep stories in /prep story, they are counted for you.",
        optional=True,
    )
