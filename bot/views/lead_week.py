"""The lead's week: what the channel sees, who would be glad of a word, and the form for that word."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import Block, DividerBlock

from bot.views import form, groupcard, milestones
from bot.views.membership import OPEN_SETTINGS
from bot.views.message import Blocks, Message, actions, built, button, context, header, said, section
from bot.views.words import clip, escape, plural, short_date
from plans import calendar
from plans.nudging import LeadWeek, Word

WRITE, WORD_FORM, WORDS = "lead_write", "lead_word", "words"  # a button, a callback id, a field
MOST_WORDS, MOST_CHARACTERS = 15, 1000
SEES_NO_MORE = "The card is the one that the channel sees, and no more."
NOBODY_AGREED = (
    "Nobody has agreed to be pointed out to you. Each member chooses that in `/prep settings`: "
    '"My lead may see that a word would help".'
)
NOBODY_NEEDS = "Nobody who agreed to be pointed out needs a word just now."


def week(facts: LeadWeek) -> Message:
    """The week for the lead: who would be glad of a word, and the channel's card."""
    if facts.card is None:
        return _nothing_yet(facts)
    post = groupcard.group_post(
        groupcard.GroupWeek(
            group_id=facts.group_id,
            name=facts.name,
            monday=facts.monday,
            card=facts.card,
            weeks=facts.weeks,
            closed=facts.closed,
            celebration=milestones.line(facts.celebrated),
        )
    )
    text = f"For you as the lead. {clip(post.text, 1800)} {_summary(facts)}"
    return Message(
        text,
        _around(facts, _seen(post.blocks)),
        plainer=_around(facts, _seen(post.plainer or post.blocks)),
    )


def _around(facts: LeadWeek, card: Blocks) -> Blocks:
    """The card with what concerns the lead: first what there is to do, last that there is nothing."""
    title = header(clip(f"For you as the lead · week {calendar.week_number(facts.monday)}", 150))
    words, line = _words(facts), DividerBlock()
    parts: list[Block | dict[str, Any]] = [*words, line, *card] if facts.words else [*card, line, *words]
    return built([title, *parts, context(_note(facts))])


def _nothing_yet(facts: LeadWeek) -> Message:
    text = f"{escape(facts.name)} has no scorecard yet. The first one comes at the end of a week with plans."
    blocks = [section(text), *_words(facts), context(_note(facts))]
    return Message(f"{text} {_summary(facts)}", built(blocks))


def _seen(blocks: Blocks) -> Blocks:
    """The channel's post without its title and its buttons."""
    return [block for block in blocks if block["type"] not in ("header", "actions")]


def _words(facts: LeadWeek) -> list[Block]:
    """Who would be glad of a word, with a way to write it; a line where there is nobody."""
    if not facts.words:
        return [section(NOBODY_NEEDS if facts.agreed else NOBODY_AGREED)]
    blocks: list[Block] = [section("*A word would help*")]
    blocks += [_row(facts, word) for word in facts.words[:MOST_WORDS]]
    if (more := len(facts.words) - MOST_WORDS) > 0:
        blocks.append(context(f"and {more} more"))
    return blocks


def _row(facts: LeadWeek, word: Word) -> Block:
    name = clip(word.name, 40)
    write = button(f"Write to {name}", WRITE, f"{facts.group_id}:{word.membership_id}")
    return section(_since(word), accessory=write)


def _since(word: Word) -> str:
    return f"{escape(word.name)}, since {short_date(word.since)}"


def _summary(facts: LeadWeek) -> str:
    if not facts.words:
        return NOBODY_NEEDS if facts.agreed else NOBODY_AGREED.replace("`", "")
    return f"A word would help: {'; '.join(map(_since, facts.words[:MOST_WORDS]))}."


def _note(facts: LeadWeek) -> str:
    missed = f"{plural(facts.missed, 'member')} did not answer this week's check-in." if facts.missed else ""
    return " ".join(filter(None, (missed, SEES_NO_MORE)))


# The lead's word


def word_form(name: str, about: str) -> dict[str, Any]:
    """A word to a member, with a sentence to begin with."""
    blocks: Sequence[Block] = [
        form.text(
            WORDS,
            f"What shall I pass on to {clip(name, 80)}?",
            value=f"Hi {clip(name, 80)}, good to have you here. Is there anything that would make this week easier?",
            most=MOST_CHARACTERS,
            multiline=True,
            hint="I send it as you write it, with your name. They can answer you in Slack.",
        )
    ]
    return form.modal("A kind word", blocks, callback_id=WORD_FORM, submit="Send", about=about)


def word(lead: str, words: str, membership_id: int) -> Message:
    """The lead's word as the member gets it; their words stay plain text."""
    opening = f"{escape(lead)} (lead) writes:"
    note = f"Answer {escape(lead)} in Slack if you like. You agreed that your lead may see when a word would help; your settings change that."
    row = actions(button("My settings", OPEN_SETTINGS, str(membership_id)))
    blocks = [section(opening), said(words), context(note), row]
    return Message(f"{opening} {escape(clip(words, 3000))}", built(blocks))


def sent(name: str) -> Message:
    """To the lead: it has arrived."""
    return _sentence(f"Sent to {escape(name)}.")


def not_sent(name: str, words: str) -> Message:
    """To the lead: Slack did not take it; nothing that was typed is lost."""
    text = f"Slack did not take that message to {escape(name)} just now. Here it is, so that you can send it yourself:"
    return Message(f"{text} {escape(clip(words, 3000))}", built([section(text), said(words)]))


def _sentence(text: str) -> Message:
    return Message(text, built([section(text)]))
