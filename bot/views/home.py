"""The App Home: today at the top, then the doors to everything else."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import Block, DividerBlock

from bot.views import day, personal_data
from bot.views.membership import OPEN_SETTINGS, SHOW_WEEK
from bot.views.message import actions, built, button, context, header, section
from bot.views.words import escape
from plans.agenda import Agenda


def home(agenda: Agenda, group: str, revision: str, mocks: Sequence[Block] = ()) -> dict[str, Any]:
    """Today's goals, tickable here too; then what there is of mock interviews."""
    about = str(agenda.membership_id)
    blocks: list[Block] = [*day.blocks(agenda, revision), DividerBlock()]
    if mocks:
        blocks += [*mocks, DividerBlock()]
    blocks.append(context(f"{escape(group)} · everything here is yours alone"))
    blocks.append(
        actions(
            button("Show my week", SHOW_WEEK, about),
            button("Next week", f"{SHOW_WEEK}_next", f"{about}:1"),
            button("Settings", OPEN_SETTINGS, about),
        )
    )
    blocks.append(personal_data.doors())
    return {"type": "home", "blocks": built(blocks)}


def mentor(offer: Sequence[Block], mocks: Sequence[Block]) -> dict[str, Any]:
    """For who only interviews: what they offer, and what is coming."""
    blocks = [*offer, DividerBlock(), *mocks, DividerBlock(), personal_data.doors()]
    return {"type": "home", "blocks": built(blocks)}


def stranger() -> dict[str, Any]:
    """For who is in no study group yet."""
    blocks = [
        header("Consistency over intensity"),
        section(
            "Prepare for Amazon L6/L7 engineering-manager interviews together: a plan that fits your hours, today's goals each morning, one honest scorecard a week."
        ),
        section(
            "Go to your study group's channel and type `/prep join`. No group yet? `/prep start` makes one of any channel."
        ),
    ]
    return {"type": "home", "blocks": built(blocks)}
