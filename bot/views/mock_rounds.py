"""A round of mock interviews as the channel and its members see it: the call, the pairs, who waits, why.

The channel reads names and kinds, and nothing else about anybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block, ButtonElement

from bot.views.message import Message, actions, built, button, context, header, section
from bot.views.words import (
    WEEKDAYS,
    clip,
    clock,
    duration,
    escape,
    listed,
    plural,
    short_date,
    weekday,
    zone_name,
)
from plans.mocks import Kind

IN, OUT, HOURS, ASK, WHY = "mock_in", "mock_out", "mock_hours", "mock_ask_open", "mock_why"
SHOWN_NAMES, SHOWN_PAIRS = 60, 100
PAIRS_A_BLOCK = 20


@dataclass(frozen=True)
class Call:
    """An open or a closed round: who is in, when it closes, what came of it."""

    round_id: int
    names: Sequence[str]
    closes_at: datetime
    timezone: str
    is_open: bool
    sessions: int = 0
    lapsed: bool = False


@dataclass(frozen=True)
class Pair:
    """A session as the channel hears of it; the mentor, if any, is named as such."""

    names: Sequence[str]
    kind: Kind
    minutes: int
    mentor: str | None = None


def on_clock(instant: datetime, zone: str) -> str:
    """An instant on somebody's clock, as "Wednesday 25 Nov, 18:00"."""
    local = instant.astimezone(ZoneInfo(zone))
    return f"{weekday(local.date())} {short_date(local.date())[4:]}, {clock(local.time())}"


def rhythm(call_weekday: int, call_time: time, matching_weekday: int, matching_time: time) -> str:
    """When rounds are called and matched: "called Monday 12:00, matched Wednesday 18:00"."""
    return (
        f"called {WEEKDAYS[call_weekday]} {clock(call_time)}, "
        f"matched {WEEKDAYS[matching_weekday]} {clock(matching_time)}"
    )


# In the channel


def call(card: Call) -> Message:
    """The open call; once it has closed, what came of it."""
    if not card.is_open:
        return _closed(card)
    closes = f"closes {on_clock(card.closes_at, card.timezone)}, {zone_name(card.timezone, card.closes_at)}"
    who = _who(card.names)
    row = actions(
        button("I'm in", IN, str(card.round_id), style="primary"),
        button("Not this week", OUT, str(card.round_id)),
        button("My hours", HOURS, f"r{card.round_id}"),
    )
    note = (
        "One mock interview this week: I find you a partner at hours that suit you both. A click is enough."
    )
    blocks = [header("Mocks this week: who is in?"), section(who), context(f"{note} It {closes}."), row]
    return Message(f"Mocks this week: who is in? It {closes}. {who}", built(blocks))


def _who(names: Sequence[str]) -> str:
    if not names:
        return "Nobody yet. The first click is the hardest."
    follow = "One more, and there is a pair." if len(names) == 1 else "Each one more makes better pairs."
    return f"*{_names(names)}* {'is' if len(names) == 1 else 'are'} in. {follow}"


def _names(names: Sequence[str]) -> str:
    shown = [escape(name) for name in names[:SHOWN_NAMES]]
    if len(names) > SHOWN_NAMES:
        shown.append(f"{len(names) - SHOWN_NAMES} more")
    return listed(shown)


def _closed(card: Call) -> Message:
    title = "Mocks this week: closed"
    if card.lapsed:
        text = (
            "This round was not matched: its time passed while I was not here. The next call comes as always."
        )
    elif card.sessions:
        text = f"{plural(len(card.names), 'person was', 'people were')} in; who meets whom stands below."
    elif not card.names:
        text = "Nobody was in this time, and that is fine. The next call comes next week."
    elif len(card.names) == 1:
        text = "One person was in, so there is no pair this time. The next call comes next week."
    else:
        text = "There is no pair this time. The next call comes next week."
    return Message(f"{title}. {text}", built([section(f"*{title}*"), context(text)]))


def pairs(made: Sequence[Pair], waiting: int) -> Message:
    """Who meets whom, and how many wait; their partners find the rest in their own conversations."""
    lines = [_line(pair) for pair in made[:SHOWN_PAIRS]]
    if len(made) > SHOWN_PAIRS:
        lines.append(f"• and {len(made) - SHOWN_PAIRS} more")
    note = "Roles, agenda and times are in your own conversations. `/prep why` says why it is you."
    if waiting:
        waits = f"{plural(waiting, 'person waits', 'people wait')} for the next round."
        note = f"{waits} {note}"
    starts = range(0, len(lines), PAIRS_A_BLOCK)
    blocks: list[Block] = [header("This week's mock interviews")]
    blocks += [section("\n".join(lines[start : start + PAIRS_A_BLOCK])) for start in starts]
    text = f"This week's mock interviews: {'; '.join(line[2:] for line in lines)}. {note}"
    return Message(clip(text, 3500), built([*blocks, context(note)]))


def _line(pair: Pair) -> str:
    names = [f"{escape(name)} (mentor)" if name == pair.mentor else escape(name) for name in pair.names]
    return f"• {listed(names)}: {pair.kind.words}, {duration(pair.minutes)}"


# To one person


def last_call(card: Call, zone: str, state: str) -> Message:
    """The warning to who is in only because they always are; afterwards what they said."""
    closes = on_clock(card.closes_at, zone)
    if not card.is_open:
        return _sentence("This round is closed. `/prep mock` shows what came of it.")
    stay, skip = button("Stay in", IN, str(card.round_id)), button("Not this week", OUT, str(card.round_id))
    if state == "default":
        text = f"You are in this week's mock round, as always. It is matched {closes}. Does it suit you this week?"
        return _sentence(text, stay, skip)
    if state == "in":
        return _sentence(f"You are in this week's mock round. It is matched {closes}.", skip)
    return _sentence("You are not in this week's mock round. The next one includes you again.", stay)


def left_out(reason: str, name: str, membership_id: int) -> Message:
    """To who got nobody: why, and a way on."""
    first = "" if "first next time" in reason else " You come first next time."
    text = f"No mock partner for you this week, {escape(name)}. {escape(reason)}{first}"
    return _sentence(text, ask_button(membership_id), button("My hours", HOURS, f"m{membership_id}"))


def ask_button(membership_id: int, kind: Kind | None = None) -> ButtonElement:
    """The way to a mock interview outside of the rounds."""
    return button("Ask for one now", ASK, f"{membership_id}:{kind.value if kind else ''}")


def you_are_in(round_id: int, closes: str, *, assumed: str = "") -> Message:
    """After "I'm in"; with what was `assumed` of who has said nothing yet."""
    text = f"You are in. I match {closes}."
    if not assumed:
        return _sentence(text, button("My hours", HOURS, f"r{round_id}"))
    more = f"I assumed any kind and these hours of your own clock: {escape(assumed)}."
    return _sentence(f"{text} {more}", button("Change that", HOURS, f"r{round_id}"))


def you_are_out(round_id: int, closes: str) -> Message:
    """After "Not this week"."""
    text = f"Fine, not this week. Until {closes} you can still change your mind."
    return _sentence(text, button("I'm in after all", IN, str(round_id)))


def why(lines: Sequence[str]) -> Message:
    """Why these people, or why nobody."""
    text = "\n".join(escape(line) for line in lines)
    return Message(text, built([section(text)]))


def _sentence(text: str, *doors: ButtonElement) -> Message:
    """One thought, perhaps with the next step beside it."""
    blocks: list[Block] = [section(text)]
    if doors:
        blocks.append(actions(*doors))
    return Message(text, built(blocks))
