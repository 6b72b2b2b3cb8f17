"""Mentors: the invitation and what they offer, the lead's form, the yearly thank-you."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement

from bot.views import form
from bot.views.membership import LEAVE, RESUME, STAY
from bot.views.message import Message, actions, built, button, context, header, section
from bot.views.mock_profile import INTERVIEWS, TIME, capacity_field, hour_fields, kind_field
from bot.views.words import escape, listed, long_date, plural, weekday
from plans import hours as weekly
from plans.availability import Hours
from plans.mocks import Kind

YES, NO, CHANGE, STOP = "mentor_yes", "mentor_no", "mentor_change", "mentor_stop"
OFFER_FORM, INVITE_FORM = "mentor_offer", "mentor_invite"  # callback ids
INVITE, WITHDRAW = "mentor_invite_open", "mentor_withdraw"
WHO = "who"


@dataclass(frozen=True)
class Card:
    """What a mentor offers."""

    membership_id: int
    group: str
    hours: Hours
    capacity: int
    kinds: Sequence[Kind]
    always: bool


def invitation(group: str, lead: str | None, membership_id: int) -> Message:
    """Would you mentor here? What it is, how much it is, and that a no is fine."""
    who = f"{escape(lead)} asks" if lead else "You are asked"
    text = (
        f"{who} whether you would mentor in *{escape(group)}*, a group that prepares for Amazon"
        " engineering-manager interviews. As a mentor you interview its members in practice interviews."
    )
    what = (
        "• *How much:* you say at which hours and how many sessions a week at most; one a week is four a"
        " month, an hour to an hour and a half each.\n"
        "• *What you do:* you interview and say afterwards what would have been better. The question, its"
        " follow-ups and what a good answer shows come from me.\n"
        "• *What you need not do:* no plan, no daily posts, no scorecard. You pause and stop whenever you like."
    )
    row = actions(
        button("Yes, gladly", YES, str(membership_id), style="primary"),
        button("No, thank you", NO, str(membership_id)),
    )
    bare = what.replace("*", "")
    return Message(
        f"{text.replace('*', '')}\n{bare}",
        built([header("Would you mentor?"), section(text), section(what), row]),
    )


def card(facts: Card) -> Message:
    """A mentor's own card: what they offer, and the ways to change it."""
    text, offer, note = _offer(facts)
    bare = f"{text} {offer} {note}".replace("*", "")
    return Message(bare, built(home(facts)))


def home(facts: Card) -> list[Block]:
    """The card as it stands at the top of a mentor's App Home, too."""
    text, offer, note = _offer(facts)
    row = actions(
        button("Change my offer", CHANGE, str(facts.membership_id)),
        button("Stop mentoring", STOP, str(facts.membership_id)),
    )
    return [section(text), section(offer), context(note), row]


def _offer(facts: Card) -> tuple[str, str, str]:
    """Where they mentor, what they offer, what happens with it."""
    kinds = listed([kind.words for kind in facts.kinds]) or "any kind"
    rounds = (
        "I take you into every round and tell you the day before."
        if facts.always
        else "You are in a round when you say so."
    )
    text = f"You mentor in *{escape(facts.group)}*. Thank you."
    offer = f"*Your offer.* {escape(weekly.as_text(facts.hours))} · at most {plural(facts.capacity, 'session')} a week · {kinds}"
    note = f"{rounds} Who has interviewed least recently is asked first. `/prep pause 2w` gives you a break."
    return text, offer, note


def no_mentor(group: str, *, is_member: bool) -> Message:
    """What the invitation shows to who said no, has stopped, or has become a member."""
    if is_member:
        return _sentence(f"You are in {escape(group)} with a plan of your own now.")
    return _sentence(
        f"You are not a mentor in {escape(group)}, and that is fine. Should you change your mind, tell the group's lead."
    )


def declined(group: str) -> Message:
    """After a no."""
    return _sentence(f"Thank you for saying so. Good luck to you, from {escape(group)}, too.")


def stop_question(group: str, membership_id: int) -> Message:
    """Stopping is asked once more."""
    text = (
        f"Stop mentoring in *{escape(group)}*? Sessions that you have agreed are matched anew; nobody minds."
    )
    row = actions(
        button("Stop", LEAVE, str(membership_id), style="danger"), button("Go on", STAY, str(membership_id))
    )
    return Message(text.replace("*", ""), built([section(text), row]))


def stopped(group: str) -> Message:
    """Goodbye to a mentor."""
    return _sentence(f"You no longer mentor in {escape(group)}. Thank you for what you gave.")


def paused(until: date, membership_id: int) -> Message:
    """A mentor's pause."""
    text = f"Paused until {weekday(until)}, {long_date(until)}. You are in no round until then; sessions that are agreed stay."
    return _sentence(text, button("Resume now", RESUME, str(membership_id)))


def resumed() -> Message:
    """A mentor is back."""
    return _sentence("Welcome back. You are in the rounds again as before; `/prep mock` shows this week's.")


# Forms


def offer_form(membership_id: int, hours: Hours, capacity: int, kinds: Sequence[Kind]) -> dict[str, Any]:
    """At which hours, how many, of which kinds."""
    blocks: list[Block] = [
        *hour_fields(hours, TIME),
        capacity_field(capacity),
        kind_field(frozenset(kinds), INTERVIEWS),
    ]
    return form.modal(
        "Mentoring", blocks, callback_id=OFFER_FORM, submit="Save", about=str(membership_id), close="Not now"
    )


def invite_form(group: str, mentors: Sequence[tuple[str, bool]], about: str) -> dict[str, Any]:
    """The lead names somebody; with who mentors already (and who is asked: false)."""
    there = [
        escape(name) if says_yes else f"{escape(name)} (asked, no answer yet)" for name, says_yes in mentors
    ]
    blocks: list[Block] = [
        section(
            f"Mentors in *{escape(group)}* only interview: people at Amazon, or who made it. "
            f"{f'So far: {listed(there)}.' if there else 'There are none yet.'}"
        ),
        form.people(
            WHO,
            "Whom shall I ask?",
            most=1,
            hint="I explain to them what it is and how much; they say yes or no.",
            optional=False,
        ),
    ]
    return form.modal("Invite a mentor", blocks, callback_id=INVITE_FORM, submit="Ask them", about=about)


def invited(name: str, membership_id: int, *, again: bool) -> Message:
    """To the lead, after naming somebody."""
    door = button("Take it back", WITHDRAW, str(membership_id))
    if again:
        return _sentence(f"{escape(name)} is asked already and has not answered yet.", door)
    text = f"I have asked {escape(name)}, and tell you what they say. Nobody is in before they say yes."
    return _sentence(text, door)


def withdrawn(name: str) -> Message:
    """The lead has taken an invitation back."""
    return _sentence(f"Taken back: {escape(name)} is asked no more.")


def answered(name: str, group: str, *, yes: bool) -> Message:
    """To the lead: what somebody said."""
    who, where = escape(name), escape(group)
    if yes:
        return _sentence(f"{who} mentors in {where} now, and is in every round from here on.")
    return _sentence(f"{who} cannot mentor in {where} just now.")


# Thanks


def thanks(name: str, group: str, sessions: int, people: int) -> Message:
    """To a mentor, once a year, with what they gave."""
    if not sessions:
        return _sentence(
            f"A year ago you said yes to mentoring in {escape(group)}, {escape(name)}. Nobody needed you this"
            " year, and still everybody could count on you. Thank you."
        )
    return _sentence(
        f"Thank you, {escape(name)}. In this year you gave {plural(sessions, 'mock interview')} to"
        f" {plural(people, 'person', 'people')} in {escape(group)}. They went into their interviews better"
        " prepared because you took the time."
    )


def thanks_to_lead(name: str, sessions: int, people: int) -> Message:
    """To the lead, so that a human says it, too."""
    return _sentence(
        f"{escape(name)} has mentored here for another year: {plural(sessions, 'session')},"
        f" {plural(people, 'person', 'people')} helped. I have thanked them; from you it means more."
    )


def _sentence(text: str, *doors: ButtonElement) -> Message:
    """One thought, perhaps with the next step beside it."""
    blocks: list[Block] = [section(text)]
    return Message(text, built([*blocks, actions(*doors)] if doors else blocks))
