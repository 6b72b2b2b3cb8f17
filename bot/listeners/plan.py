"""Where one stands in the plan."""

from collections.abc import Sequence

from bot.listeners import catching_up, changing, checkpoints, choosing, interviews
from bot.listeners.actor import needed_membership
from bot.listeners.call import Call, Subcommand
from bot.store import catching_up as behind
from bot.store import curricula, enrolments, memberships, periods, weeks
from bot.views import plan as view
from bot.views.message import Message
from plans import calendar


async def plan(call: Call) -> Message | None:
    """Where you stand; `plan change`, `plan extend 2`, `plan compare`, `plan catch up`, `plan interview`"""
    if door := _asked(call.words):
        return await door(call)
    async with call.house.database.read() as session:
        membership = await needed_membership(session, call.actor)
        enrolment = await enrolments.current(session, membership.id)
        if enrolment is None:
            return view.no_plan()
        found = await curricula.of(session, call.house.library, enrolment)
        today = memberships.today(membership, call.house.now())
        here = await weeks.place(session, enrolment, found, today)
        track, hours = await weeks.load(session, enrolment, calendar.monday_of(today))
        facts = view.PlanMap(
            membership_id=membership.id,
            title=found.title,
            source=found.source,
            track=found.track(track).title,
            hours=hours,
            level=enrolment.level,
            starts_on=enrolment.first_day,
            ends_on=await weeks.ends_on(session, enrolment, found),
            interview_on=enrolment.interview_on,
            week=here.week,
            finished=here.part is calendar.Part.AFTER,
            phases=[(phase.title, phase.weeks, phase.aims) for phase in found.phases],
            themes=[(week.number, week.theme) for week in found.weeks],
            checkpoints=[(point.week, point.title) for point in found.checkpoints],
            today=today,
            periods=await periods.of_days(session, membership.id, enrolment.interview_on, today, today),
            behind=await behind.count(session, membership, today),
        )
    return view.plan_map(facts)


def _asked(words: str) -> Subcommand | None:
    """What is asked for beyond the plan itself."""
    said = words.casefold()
    doors: Sequence[tuple[bool, Subcommand]] = (
        (said == "compare", choosing.compare),
        (said.startswith("check"), checkpoints.of_call),
        (said.startswith("interview"), interviews.of_call),
        (catching_up.is_asked(words), catching_up.catch_up),
    )
    return next((door for is_meant, door in doors if is_meant), None) or changing.asked(words)
