"""A question to the whole group, whether an area should be eased: how it is asked, what came of it.

The channel reads numbers of members who show everything, how many have voted, and after the close how many
voted what. Who voted what is read by nobody but themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block, ButtonElement

from bot.views.message import Message, actions, built, button, context, header, section
from bot.views.words import METRICS, clock, plural, short_date, weekday, zone_name
from plans.model import Area
from plans.steering import Agreement, Missed

EASE, KEEP = "proposal_ease", "proposal_keep"
WEEKS = "three weeks in a row"
SECRECY = (
    "Nobody sees who votes what. Who does not vote goes with the group, and can keep theirs at any time."
)
NOUNS = {
    Area.BEHAVIORAL: "behavioural practice",
    Area.SYSTEM_DESIGN: "system design",
    Area.CODING: "coding",
    Area.MOCK: "mock practice",
    Area.LEARNING: "learning",
    Area.PLANNING: "planning",
}


@dataclass(frozen=True)
class ProposalCard:
    """A question to a group and what became of it; `ease` and `keep` are shown once it is settled."""

    proposal_id: int
    missed: Missed
    first_week: date
    until: date
    closes_at: datetime
    timezone: str
    state: str  # open, passed, failed, lapsed
    ease: int
    keep: int
    members: int

    @property
    def area(self) -> str:
        """What it is about, as a noun."""
        return NOUNS[self.missed.area]

    @property
    def span(self) -> str:
        """The weeks that would change."""
        return f"{short_date(self.first_week)} to {short_date(self.until)}"


# In the channel


def post(card: ProposalCard) -> Message:
    """The question while it is open, then what the group said."""
    if card.state == "open":
        return _question(card)
    if card.state == "passed":
        return _passed(card)
    return _kept(card)


def _question(card: ProposalCard) -> Message:
    title = f"A little less {card.area} for four weeks?"
    seen, ease, keep = _seen(card.missed), _ease(card), "*Keep it*: nothing changes."
    voted = f"{_voted(card)} Open until {_on_clock(card.closes_at, card.timezone)}, {zone_name(card.timezone, card.closes_at)}."
    blocks: list[Block] = [
        header(title),
        section(seen),
        section(f"• {ease}\n• {keep}"),
        context(f"{voted}\n{SECRECY}"),
        actions(*_ballot(card.proposal_id)),
    ]
    return Message(f"{title} {seen} {ease} {keep} {voted}", built(blocks))


def _ballot(proposal_id: int) -> Sequence[ButtonElement]:
    """Both answers look alike: a highlighted one would be a recommendation."""
    about = str(proposal_id)
    return (
        button("Ease it", f"{EASE}_{about}", about),
        button("Keep it", f"{KEEP}_{about}", about),
    )


def _seen(missed: Missed) -> str:
    """What most of the group missed; it is said of the goal, not of people."""
    many = METRICS[missed.metric][1]
    who = f"{missed.missed} of the {missed.people} who show everything"
    return f"{who} were below their target for {many} {WEEKS}. That may say more about the target than about anybody."


def _ease(card: ProposalCard) -> str:
    return (
        f"*Ease it*: {card.span}, {card.area} gets up to a quarter less time, and the other areas get it. "
        "Core goals and your hours stay as they are."
    )


def _voted(card: ProposalCard) -> str:
    votes = card.ease + card.keep
    return f"{votes} {'has' if votes == 1 else 'have'} voted." if votes else "Nobody has voted yet."


def _passed(card: ProposalCard) -> Message:
    title = f"A little less {card.area}, {card.span}"
    text = f"{_counts(card)} So {card.area} gets up to a quarter less time in these four weeks, and the other areas get it."
    note = "This is for everybody but those who keep theirs; each of you can still choose."
    row = actions(*choices(card.proposal_id))
    blocks: list[Block] = [section(f"*{title}*\n{text}"), context(note), row]
    return Message(f"{title}. {text}", built(blocks))


def _kept(card: ProposalCard) -> Message:
    title = f"{card.area[0].upper()}{card.area[1:]} stays as it is"
    text = _counts(card)
    if card.state == "lapsed":
        text = "The vote was not counted: its time passed while I was not here."
    elif card.ease > card.keep:
        text = f"{text} That is too few to decide for {plural(card.members, 'member')}."
    return Message(f"{title}. {text}", built([section(f"*{title}*"), context(text)]))


def _counts(card: ProposalCard) -> str:
    if not card.ease + card.keep:
        return "Nobody voted."
    return f"{card.ease} voted to ease it, {card.keep} to keep it."


def choices(proposal_id: int) -> Sequence[ButtonElement]:
    """The ways to have one's own plan as it was, and back."""
    return (
        button("Keep mine", f"{KEEP}_{proposal_id}", str(proposal_id)),
        button("Ease mine", f"{EASE}_{proposal_id}", str(proposal_id)),
    )


# To one person


def voted(proposal_id: int, area: Area, *, ease: bool, closes_at: datetime, zone: str) -> Message:
    """What somebody said while it is open; they can still say the other."""
    said = f"You voted to {'ease' if ease else 'keep'} {NOUNS[area]}."
    until = f"Until {_on_clock(closes_at, zone)}, your time, you can change that."
    other = ("Keep it", KEEP) if ease else ("Ease it", EASE)
    row = actions(button(other[0], f"{other[1]}_{proposal_id}", str(proposal_id)))
    return Message(f"{said} {until}", built([section(f"{said} {until}"), row]))


def chosen(agreement: Agreement) -> Message:
    """What holds for somebody who chose for themself after the vote."""
    noun, until = NOUNS[agreement.area], short_date(agreement.until)
    if agreement.keeps:
        text = f"You keep your {noun} as it was. Your open days are planned that way."
    else:
        text = f"Your {noun} gets up to a quarter less time until {until}, as the group agreed."
    return Message(text, built([section(text), actions(door(agreement))]))


def line(agreement: Agreement) -> str:
    """What an agreement means for somebody's week, as a part of a quiet line."""
    noun, until = NOUNS[agreement.area], short_date(agreement.until)
    if agreement.keeps:
        return f"you keep your {noun}; the group has up to a quarter less until {until}"
    return f"{noun} up to a quarter less until {until}, as the group agreed"


def door(agreement: Agreement) -> ButtonElement:
    """The way to have it otherwise."""
    noun, about = NOUNS[agreement.area], str(agreement.proposal_id)
    if agreement.keeps:
        return button(f"Ease my {noun}", f"{EASE}_{about}", about)
    return button(f"Keep my {noun}", f"{KEEP}_{about}", about)


def _on_clock(instant: datetime, zone: str) -> str:
    """An instant on somebody's clock, as "Wednesday 9 Dec, 18:00"."""
    local = instant.astimezone(ZoneInfo(zone))
    return f"{weekday(local.date())} {short_date(local.date())[4:]}, {clock(local.time())}"
