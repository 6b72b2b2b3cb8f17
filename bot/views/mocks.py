"""A member's page of mock interviews: this round, their hours, what is coming, and the ways to everything."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from slack_sdk.models.blocks import Block, ButtonElement

from bot.views.message import Message, actions, built, button, context, header, section
from bot.views.mock_loops import PLAN
from bot.views.mock_rounds import HOURS, IN, OUT, WHY, ask_button
from bot.views.words import escape, listed, plural

SHOW, SESSIONS = "mock_page", "mock_sessions_open"


@dataclass(frozen=True)
class Coming:
    """A session that is to come: what, with whom, when on the member's clock (none: not agreed yet)."""

    kind: str
    names: Sequence[str]
    when: str | None


@dataclass(frozen=True)
class Page:
    """What the page shows. `round_id` names the open round, if one is; `state` is what holds for it."""

    membership_id: int
    state: str  # in, always, out, unsaid, none, matched, left_out, off
    hours: str
    kinds: Sequence[str]
    always: bool
    round_id: int = 0
    closes: str = ""
    next_call: str = ""
    coming: Sequence[Coming] = field(default=())
    held: int = 0
    is_mentor: bool = False
    capacity: int = 1  # a mentor's sessions a round


def page(card: Page) -> Message:
    """Everything about the member's mock interviews, at a glance."""
    round_, mine, coming = _round(card), _mine(card), _coming(card)
    blocks: list[Block] = [header("Mock interviews"), section(round_)]
    if card.round_id:
        blocks.append(actions(*_round_doors(card)))
    blocks += [section(coming), section(mine)]
    if card.held:
        done = plural(card.held, "mock interview")
        blocks.append(context(f"{done} held so far. `/prep mock sessions` shows what came of them."))
    blocks.append(actions(*_doors(card)))
    return Message(f"Mock interviews. {_bare(round_)} {_bare(coming)} {_bare(mine)}", built(blocks))


def home(card: Page) -> list[Block]:
    """The same in three lines, for the App Home."""
    row = actions(button("Mock interviews", SHOW, f"m{card.membership_id}"), *_round_doors(card)[:1])
    return [section(f"*Mock interviews*\n{_round(card)}\n{_coming(card)}"), row]


def _bare(text: str) -> str:
    return text.replace("*", "")


def _round(card: Page) -> str:
    state = "spare" if card.is_mentor and card.state == "left_out" else card.state
    said = {
        "in": f"You are in. It is matched {card.closes}.",
        "always": f"You are in, as always. It is matched {card.closes}.",
        "out": f"Not this time. Until {card.closes} you can still come in.",
        "unsaid": f"It is open until {card.closes}. Are you in?",
        "matched": "It is matched; your session stands below. `/prep why` says why it is you two.",
        "spare": "It is matched, and nobody needed a mentor at your hours this time.",
        "left_out": "It is matched, and you have no partner this time. `/prep why` says why; you can ask for one now.",
        "off": f"This group has no weekly rounds.{'' if card.is_mentor else ' You can ask for one now.'}",
    }.get(state, f"None is open. The next one is called {card.next_call}.")
    return f"*This week's round.* {said}"


def _round_doors(card: Page) -> list[ButtonElement]:
    if not card.round_id:
        return []
    join = button("I'm in", IN, str(card.round_id), style="primary")
    skip = button("Not this week", OUT, str(card.round_id))
    return {"unsaid": [join, skip], "out": [join]}.get(card.state, [skip])


def _mine(card: Page) -> str:
    kinds = listed(card.kinds) or "any kind"
    every = "in every round" if card.always else "in a round when you say so"
    if card.is_mentor and card.capacity > 1:
        kinds += f" · up to {card.capacity} sessions a round"
    return f"*Your hours.* {escape(card.hours)} · {kinds} · {every}"


def _coming(card: Page) -> str:
    if not card.coming:
        return "*Coming.* Nothing yet."
    lines = [_line(each) for each in card.coming]
    return "\n".join(["*Coming.*", *lines])


def _line(each: Coming) -> str:
    names = listed([escape(name) for name in each.names])
    with_ = f" with {names}" if names else ""
    when = each.when or "no time agreed yet; pick one in your conversation"
    return f"• {each.kind}{with_}: {when}"


def _doors(card: Page) -> list[ButtonElement]:
    about = f"m{card.membership_id}"
    doors = [button("My hours", HOURS, about)]
    if not card.is_mentor:
        doors.append(ask_button(card.membership_id))
        doors.append(button("Plan a full loop", PLAN, about))
    return [*doors, button("My sessions", SESSIONS, about), button("Why these people?", WHY, about)]


def regular(membership_id: int, hours: str) -> Message:
    """In every round from now on."""
    text = f"You are in every round from now on, at these hours of your own clock: {escape(hours)}. I warn you the day before, and you can skip any week."
    door = button("Change that", HOURS, f"m{membership_id}")
    return Message(text, built([section(text), actions(door)]))


def no_more_rounds() -> Message:
    """In no round from now on."""
    text = "You are in no round any more, until you say so: `/prep mock in` for one, `/prep mock always` for all. Sessions that are agreed stay."
    return Message(text, built([section(text)]))
