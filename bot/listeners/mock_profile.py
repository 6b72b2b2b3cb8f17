"""The form "My mock interviews": what a member practises, when, how often, with whom."""

from typing import Any

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners.actor import Actor, actor_of, living_group, meant_membership, own_membership
from bot.listeners.answers import Answers
from bot.listeners.listening import Listening
from bot.listeners.mock_rounds import NoSuchRound, member_of
from bot.listeners.replying import acknowledge, open_form, tell
from bot.store import mentors, mock_profiles, mock_signups
from bot.store.tables import Membership, MockProfile, MockRound
from bot.views import mock_profile as forms
from bot.views import mock_rounds as rounds_view
from bot.views.message import Message
from plans import availability
from plans import hours as weekly
from plans.availability import Hours
from plans.errors import StudyError
from plans.mocks import Kind, Role

SHORTEST = 60  # minutes that a session takes at least


class TooLittleTime(StudyError):
    """A session takes an hour at least. Write your hours like this: `/prep mock hours {example}`."""


def register(app: Listening) -> None:
    """Listen to the buttons that open the form, and to the form."""
    app.action(rounds_view.HOURS)(open_profile)
    app.view(forms.PROFILE)(submit_profile)


async def open_profile(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """My hours."""
    async with house.database.read() as session:
        member = await meant(session, body)
    await acknowledge(ack, house, body, await open_for(house, body, member))


async def meant(session: AsyncSession, body: dict[str, Any]) -> Membership:
    """The actor's membership that a button is about: "r12" names a round, "m5" a membership.

    Raises:
        NoSuchRound: there is no such round.
        NotInThisGroup: the actor is not in its group.
    """
    actor, value = actor_of(body), str(body["actions"][0].get("value") or "")
    if value.startswith("r") and value[1:].isdecimal():
        round_ = await mock_signups.get(session, int(value[1:18]))
        if round_ is None:
            raise NoSuchRound
        return await member_of(session, await living_group(session, round_.group_id), actor)
    return await meant_membership(session, actor, value.removeprefix("m"))


async def open_for(house: House, body: dict[str, Any], member: Membership) -> Message | None:
    """Open the form with what the member has said so far; with what is assumed if nothing."""
    async with house.database.read() as session:
        profile = await mock_profiles.find(session, member.id)
        blocked = await mock_profiles.blocked(session, member.id)
        round_ = await open_round(session, member, house)
    begins_with = forms.Profile(
        hours=mock_profiles.hours_of(profile),
        kinds=mock_profiles.kinds_of(profile),
        always=bool(profile and profile.always),
        wish=Role(profile.wish) if profile and profile.wish else None,
        same_level_only=bool(profile and profile.same_level_only),
        blocked=blocked,
        capacity=(profile.capacity if profile else 1) if member.role == mentors.MENTOR else None,
    )
    about = f"{member.id}:{actor_of(body).channel_id or ''}"
    form = forms.profile_form(begins_with, about, round_open=round_ is not None)
    return await open_form(house, body, form, "mock hours")


async def open_round(session: AsyncSession, member: Membership, house: House) -> MockRound | None:
    """The open round of the member's group; none if none is."""
    round_ = await mock_signups.newest(session, member.group_id, "open")
    return round_ if round_ is not None and mock_signups.is_open(round_, house.now()) else None


async def submit_profile(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], house: House) -> None:
    """Keep what the form says; what cannot be read is said in its field, and nothing typed is lost."""
    member_id, _, channel = str(view.get("private_metadata") or "").partition(":")
    answers = Answers(view)
    hours, errors = read_hours(answers)
    if errors:
        await ack(response_action="errors", errors=errors)
        return
    actor = actor_of(body)
    async with house.database.write() as session:
        member = await own_membership(session, actor, int(member_id or 0))
        answer = await _keep(session, member, answers, hours, house)
    await ack()
    house.outbox.wake()
    await tell(house, Actor(actor.workspace_id, actor.user_id, channel or None), answer)


def read_hours(answers: Answers) -> tuple[Hours, dict[str, str]]:
    """The hours of a form, ticked and written; or what is wrong with them, by field."""
    ticked = [
        availability.PRESETS[key].hours
        for key in answers.choices(forms.PRESETS)
        if key in availability.PRESETS
    ]
    try:
        written = weekly.parse(answers.text(forms.HOURS))
    except StudyError as error:
        return (), {forms.HOURS: str(error).replace("`", "")}
    hours = availability.merge(*ticked, written)
    if not hours:
        return (), {
            forms.HOURS: f"When could you practise? Tick some hours, or write them: {weekly.EXAMPLE}."
        }
    if max(len(span.minutes) for span in hours) < SHORTEST:
        return (), {forms.HOURS: "A session takes an hour at least. Where do you have one in one piece?"}
    return hours, {}


async def _keep(
    session: AsyncSession, member: Membership, answers: Answers, hours: Hours, house: House
) -> Message:
    """Write a submitted form down; kinds and hours perhaps for the open round only."""
    now = house.now()
    profile = await mock_profiles.needed(session, member.id, now)
    round_ = await open_round(session, member, house)
    kinds = ticked_kinds(answers)
    once = round_ is not None and answers.choice(forms.SPAN) == forms.THIS_ROUND
    if once and round_ is not None:
        signup = await mock_signups.sign_up(session, round_, member, now)
        signup.kinds = kinds or [kind for _, kind in forms.KIND_BOXES]
        signup.hours = availability.to_json(hours)
    else:
        profile.kinds, profile.hours = kinds, availability.to_json(hours)
        await _forget_exceptions(session, round_, member)
    was_always, profile.always = profile.always, answers.choice(forms.EVERY) == forms.ALWAYS
    wish = answers.choice(forms.WISH)
    profile.wish = wish if wish in set(Role) else None
    profile.same_level_only = forms.SAME_LEVEL in answers.choices(forms.LEVEL)
    if member.role == mentors.MENTOR:
        profile.capacity = capacity(answers)
        await mentors.redraw(session, member)
    profile.changed_at = now
    await mock_profiles.block(session, member, answers.people(forms.BLOCKED), now)
    if profile.always and not was_always:
        await come_in(session, round_, member, profile, house)
    return forms.saved(hours, member.id, this_round=once, always=profile.always)


def ticked_kinds(answers: Answers) -> list[str]:
    """The kinds that were ticked; all of them are the same as none."""
    known = [kind for _, kind in forms.KIND_BOXES]
    chosen = [kind for kind in known if kind in answers.choices(forms.KINDS)]
    return [] if len(chosen) == len(known) else chosen


def capacity(answers: Answers) -> int:
    """How many sessions of a round a mentor takes; one if the form does not say."""
    chosen = answers.choice(forms.CAPACITY)
    return min(int(chosen), forms.MOST_SESSIONS) if chosen.isdecimal() else 1


async def _forget_exceptions(session: AsyncSession, round_: MockRound | None, member: Membership) -> None:
    """What holds from now on holds for the open round, too."""
    signup = await mock_signups.find(session, round_, member.id) if round_ else None
    if signup is not None:
        signup.kinds = signup.hours = None


async def come_in(
    session: AsyncSession,
    round_: MockRound | None,
    member: Membership,
    profile: MockProfile,
    house: House,
) -> None:
    """Be in every round from now on: also in the one that is open, unless they have declined that."""
    profile.always, profile.changed_at = True, house.now()
    if round_ is not None and await mock_signups.find(session, round_, member.id) is None:
        await mock_signups.sign_up(session, round_, member, house.now())


async def keep_hours(session: AsyncSession, member: Membership, words: str, house: House) -> Message:
    """`/prep mock hours Mon-Fri 18-21`.

    Raises:
        HoursUnclear: the words are no hours.
        HoursMissing: they name days without hours.
        TooLittleTime: there is no hour in one piece.
    """
    hours = weekly.parse(words)
    if not hours or max(len(span.minutes) for span in hours) < SHORTEST:
        raise TooLittleTime(example=weekly.EXAMPLE)
    profile = await mock_profiles.needed(session, member.id, house.now())
    profile.hours, profile.changed_at = availability.to_json(hours), house.now()
    await _forget_exceptions(session, await open_round(session, member, house), member)
    if member.role == mentors.MENTOR:
        await mentors.redraw(session, member)
    return forms.saved(mock_profiles.hours_of(profile), member.id, this_round=False, always=profile.always)


def kind_of(word: str) -> Kind | None:
    """The kind that a word names, in whichever spelling."""
    known = word.lower().rstrip(".,!")
    for kind in (Kind.TECHNICAL, Kind.BEHAVIORAL):
        if len(known) > 2 and (kind.value.startswith(known) or kind.words.startswith(known)):
            return kind
    return Kind.TECHNICAL if known in ("design", "coding", "sd") else None
