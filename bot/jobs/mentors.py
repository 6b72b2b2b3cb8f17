"""What mentors are sent: the invitation, which is their own card afterwards, and the yearly thank-you."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.outbox import Letter
from bot.store import deliveries, groups, memberships, mentors, mock_profiles, timers
from bot.store.tables import Delivery, Membership, Timer
from bot.views import mentors as view
from plans.mentoring import a_year_before


async def ring_thanks(session: AsyncSession, timer: Timer, now: datetime) -> None:
    """Thank a mentor for the year, and let the lead know if there was something to thank for; once a year."""
    member = await memberships.get(session, int(timer.whom[1:]))
    if member.role != mentors.MENTOR or member.status != "active":
        await timers.stop(session, timer.whom, "thanks")
        return
    year, due_at = timer.period.year, timer.next_due_at  # the timer itself goes on to the next
    await memberships.set_thanks(session, member, timer.period)
    group = await groups.get(session, member.group_id)
    profile = await mock_profiles.needed(session, member.id, now)
    is_late = now >= due_at + mentors.WORTH_THANKING
    if group.status != "active" or is_late or (profile.thanked_in or 0) >= year:
        return
    profile.thanked_in = year
    await _owe(session, member, str(year), due_at)
    gave = await mentors.given(session, member, a_year_before(due_at), due_at)
    lead = await groups.lead(session, group)
    if lead is not None and gave.sessions:
        await _owe(session, lead, f"{year}-{memberships.whom(member)}", due_at)


async def _owe(session: AsyncSession, to: Membership, period: str, due_at: datetime) -> None:
    await deliveries.owe(
        session,
        "thanks",
        workspace_id=to.workspace_id,
        whom=memberships.whom(to),
        period=period,
        due_at=due_at,
        expires_at=due_at + mentors.WORTH_THANKING,
    )


async def compose_invitation(session: AsyncSession, delivery: Delivery, _now: datetime) -> Letter | None:
    """Would you mentor here? Later, what became of it."""
    member = await memberships.get(session, int(delivery.whom[1:]))
    group = await groups.get(session, member.group_id)
    is_asked = member.role == mentors.MENTOR and member.status == "invited" and group.status == "active"
    if delivery.state != "sent" and not is_asked:
        return None
    if is_asked:
        lead = await groups.lead(session, group)
        message = view.invitation(group.name, lead.name if lead else None, member.id)
    elif member.role == mentors.MENTOR and member.status == "active":
        message = view.card(view.Card(member.id, group.name, *await mentors.offer_of(session, member)))
    else:
        message = view.no_mentor(group.name, is_member=member.status == "active")
    return Letter(delivery.channel or member.user_id, message)


async def compose_answer(session: AsyncSession, delivery: Delivery, _now: datetime) -> Letter | None:
    """To who leads the group: what somebody said to their invitation."""
    member = await memberships.get(session, int(delivery.whom[1:]))
    group = await groups.get(session, member.group_id)
    lead = await groups.lead(session, group)
    to = lead.user_id if lead else group.started_by
    said_yes = member.role == mentors.MENTOR and member.status == "active"
    if group.status != "active" or to in (member.user_id, "") or not (said_yes or member.status == "left"):
        return None
    return Letter(to, view.answered(member.name, group.name, yes=said_yes))


async def compose_thanks(session: AsyncSession, delivery: Delivery, _now: datetime) -> Letter | None:
    """What a mentor gave in the year that ended on this day: to themselves, or to the lead."""
    reader = await memberships.get(session, int(delivery.whom[1:]))
    _, _, named = delivery.period.partition("-m")
    mentor = await memberships.get(session, int(named)) if named else reader
    group = await groups.get(session, mentor.group_id)
    if reader.status != "active" or mentor.status != "active" or group.status != "active":
        return None
    gave = await mentors.given(session, mentor, a_year_before(delivery.due_at), delivery.due_at)
    if named:
        message = view.thanks_to_lead(mentor.name, gave.sessions, gave.people)
    else:
        message = view.thanks(mentor.name, group.name, gave.sessions, gave.people)
    return Letter(delivery.channel or reader.user_id, message)
