"""After a full loop: the vote, the debrief of its panel, and what the candidate reads."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement

from bot.views import form
from bot.views.message import Message, actions, built, button, context, header, said, section
from bot.views.mock_feedback import GIVE
from bot.views.mock_reading import HIGHEST, PRACTISE, Received, averages
from bot.views.words import clip, escape, listed
from plans.feedback import Skill, label
from plans.loop import Outcome, Vote
from plans.mocks import Kind

VOTE, VOTE_FORM = "loop_vote", "loop_vote_form"
CHOICE, NOTE = "vote", "note"
NOTE_LIMIT = 600
TEXT_LIMIT = 3900


@dataclass(frozen=True)
class Part:
    """One round as somebody sees it who may write about it; `open` while there is something to write."""

    session_id: int
    title: str
    given: bool
    open: bool
    shadow: bool = False


@dataclass(frozen=True)
class Asked:
    """A loop whose last round is over, for an interviewer (`vote`: theirs so far) or for its candidate."""

    loop_id: int
    candidate: str
    parts: Sequence[Part]
    until: str
    vote: Vote | None = None
    votes_open: bool = False
    is_candidate: bool = False
    released: bool = False


def after(facts: Asked) -> Message:
    """What there is to do now: vote and write; or, for the candidate, rate oneself."""
    if facts.is_candidate:
        return _after_as_candidate(facts)
    name = escape(facts.candidate)
    if facts.vote is None:
        text = f"{name}'s last round is over. Would you hire {name} at this level? Vote before you talk."
    else:
        text = f"Your vote on {name}: *{facts.vote.words}*. Thank you."
    notes = [*_written(facts)]
    if facts.votes_open:
        notes.append("The votes are open; you find them in the debrief with the other interviewers.")
    else:
        notes.append(f"Nobody reads your vote before all are in, or time is up: {facts.until}.")
    if facts.vote is None and not any(part.given for part in facts.parts):
        notes.append(
            "If it did not take place, leave it: without a vote and without feedback it counts for nobody."
        )
    doors: list[ButtonElement] = []
    if facts.vote is None or not facts.votes_open:
        words, style = ("Vote", "primary") if facts.vote is None else ("Change my vote", None)
        doors.append(button(words, VOTE, str(facts.loop_id), style=style))
    return _asked("How was the loop?", text, notes, [*doors, *_feedback_doors(facts)])


def _after_as_candidate(facts: Asked) -> Message:
    text = (
        "Your full loop is done. Well held out. While it is fresh: how do you rate yourself, round by round?"
        " Take a real break afterwards."
    )
    if facts.released:
        text = "Your full loop is done. What your panel wrote is in this conversation."
    notes = [
        "Your interviewers write to you; you read it when all of it is in, at the latest " + facts.until + "."
    ]
    return _asked("How was the loop?", text, [] if facts.released else notes, _feedback_doors(facts))


def _written(facts: Asked) -> Iterator[str]:
    given = [escape(part.title) for part in facts.parts if part.given]
    missing = [escape(part.title) for part in facts.parts if not part.given and not part.shadow]
    if given:
        yield f"Your feedback is in: {listed(given)}."
    if missing:
        yield f"{escape(facts.candidate)} waits for your feedback: {listed(missing)}."


def _feedback_doors(facts: Asked) -> list[ButtonElement]:
    """A button a round: what is missing first in words, what is written can be changed until it is read."""
    verb = "Rate myself" if facts.is_candidate else "Feedback"
    return [
        button(
            clip(f"{'Change' if part.given else verb}: {part.title}", 75),
            f"{GIVE}_{number}",
            str(part.session_id),
        )
        for number, part in enumerate(facts.parts)
        if part.open
    ]


def _asked(title: str, text: str, notes: Sequence[str], doors: Sequence[ButtonElement]) -> Message:
    blocks: list[Block] = [header(title), section(text), *(context(note) for note in notes)]
    if doors:
        blocks.append(actions(*doors))
    return Message(" ".join([text.replace("*", ""), *notes]), built(blocks))


def vote_form(loop_id: int, candidate: str, vote: Vote | None, note: str) -> dict[str, Any]:
    """Would you hire them? And what decided it."""
    blocks: list[Block] = [
        form.radio(
            CHOICE,
            clip(f"Would you hire {candidate} at this level?", 150),
            [(each.words, each.value) for each in Vote],
            value=vote.value if vote else None,
        ),
        form.text(
            NOTE,
            "What decided it?",
            value=note,
            most=NOTE_LIMIT,
            multiline=True,
            optional=True,
            hint="What you heard, not what you felt. Only the interviewers read this, in the debrief.",
        ),
    ]
    return form.modal("Your vote", blocks, callback_id=VOTE_FORM, submit="Vote", about=str(loop_id))


# The debrief


@dataclass(frozen=True)
class Ballot:
    """One interviewer's vote; none if they have not voted."""

    name: str
    vote: Vote | None
    note: str
    bar_raiser: bool


def debrief(candidate: str, ballots: Sequence[Ballot], outcome: Outcome) -> Message:
    """Everybody's vote and what they come to, for the interviewers alone."""
    title = f"Debrief: {candidate}"
    lines = [_ballot(each) for each in ballots if each.vote is not None]
    blocks: list[Block] = [header(title), section(f"*{escape(outcome.sentence)}*")]
    for each, words in zip([each for each in ballots if each.vote is not None], lines, strict=True):
        blocks.append(section(words))
        if each.note:
            blocks.append(said(each.note))
    missing = [escape(each.name) for each in ballots if each.vote is None]
    notes = [f"{listed(missing)} {'has' if len(missing) == 1 else 'have'} not voted."] if missing else []
    notes.append(
        f"{candidate} is not here and reads the outcome without names. Begin with who differs most:"
        " what did you hear that the others did not?"
    )
    blocks += [context(escape(note)) for note in notes]
    spoken = [
        f"{words}: {escape(each.note)}" if each.note else words
        for words, each in zip(lines, [each for each in ballots if each.vote is not None], strict=True)
    ]
    text = " ".join([f"{escape(title)}. {escape(outcome.sentence)}", *(f"{each}." for each in spoken)])
    return Message(clip(text.replace("*", ""), TEXT_LIMIT), built(blocks))


def _ballot(each: Ballot) -> str:
    role = " (bar raiser)" if each.bar_raiser else ""
    return f"*{escape(each.name)}*{role}: {each.vote.words if each.vote else ''}"


# What the candidate reads


@dataclass(frozen=True)
class Reading:
    """A loop as its candidate reads it: the outcome, the averages over it, and each round with feedback."""

    outcome: Outcome
    averages: Mapping[str, float]
    rounds: Sequence[tuple[str, Received]]
    silent: Sequence[str]
    goal: str = ""


def feedback(facts: Reading) -> Message:
    """What the panel said, kindly, then round by round beside one's own ratings."""
    title = "Feedback on your full loop"
    head = outcome_words(facts.outcome, is_written=bool(facts.rounds))
    texts, blocks = [f"{title}. {head}"], [header(title), section(head)]
    if facts.averages:
        line = f"Over the whole day: {averages(facts.averages, Kind.FULL_LOOP)}."
        texts.append(line)
        blocks.append(context(line))
    for name, received in facts.rounds:
        for lines in _papers(name, received):
            texts.append(lines)
            blocks.append(section(lines))
        if received.questions:
            asked = " / ".join(f'"{escape(clip(each, 120))}"' for each in received.questions)
            blocks.append(context(f"Asked: {asked}"))
    notes = [*_notes(facts)]
    blocks += [context(note) for note in notes]
    blocks += _next(facts)
    return Message(clip(" ".join([*texts, *notes]).replace("*", ""), TEXT_LIMIT), built(blocks))


def outcome_words(outcome: Outcome, *, is_written: bool) -> str:
    """The outcome for the candidate: numbers without names, and what it is good for."""
    yes = sum(number for vote, number in outcome.counts.items() if vote.inclined)
    votes = f"{yes or 'none'} of {outcome.votes}"
    if not outcome.votes:
        rest = (
            "What they wrote is below."
            if is_written
            else (
                "Nobody has written either. If it took place, ask each for two sentences; that is quickly done."
            )
        )
        return f"Your panel has not voted. {rest}"
    if outcome.tie:
        return (
            f"Your panel is divided: {votes} would hire you today. You are close; what tips it stands below."
        )
    if outcome.inclined:
        return f"Your panel says yes: {votes} would hire you today. What makes it surer stands below."
    return (
        f"Not yet, says your panel: {votes} would hire you today. That is what a rehearsal is for:"
        " pick the one thing below that came up most often."
    )


def _papers(name: str, received: Received) -> Iterator[str]:
    for paper in received.papers:
        author = escape(paper.author) if paper.author else "an interviewer who has left"
        lines = [f"*{escape(name)}* · {author}{' (listening)' if paper.observer else ''}"]
        ratings = []
        for skill in Skill:
            own = received.own.get(skill.value)
            beside = f" (you {own})" if own else ""
            if skill.value in paper.ratings:
                ratings.append(f"{label(skill, received.kind)} {paper.ratings[skill.value]}{beside}")
        lines.append(", ".join(ratings))
        if paper.strength:
            lines.append(f"Keep: {escape(paper.strength)}")
        lines += [f"{number}. {escape(each)}" for number, each in enumerate(paper.improvements, start=1)]
        yield "\n".join(lines)


def _notes(facts: Reading) -> Iterator[str]:
    if facts.silent and facts.rounds:
        yield f"Their interviewer has not written yet: {listed([escape(each) for each in facts.silent])}."
    if facts.rounds and facts.rounds[-1][1].calibration:
        yield escape(facts.rounds[-1][1].calibration)


def _next(facts: Reading) -> Iterator[Block]:
    """The goal that trains the weakest skill of the day, or where it stands."""
    if facts.goal:
        yield context(facts.goal)
        return
    lowest = min(
        (received for _, received in facts.rounds),
        key=lambda received: received.papers[0].ratings[received.weakest.value],
        default=None,
    )
    if lowest is not None and lowest.papers[0].ratings[lowest.weakest.value] < HIGHEST:
        words = f"Practise {label(lowest.weakest, lowest.kind).lower()} next week"
        yield actions(button(clip(words, 75), PRACTISE, str(lowest.session_id), style="primary"))
