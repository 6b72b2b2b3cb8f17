"""After a week below 70 %: less, more time, and what helps where in the plan it happens.

What a recovery week is comes from "Weekly planning", what follows by phase from "The 12-week plan": the
foundation may take longer, then reduced scope and one more mock interview, at last calm and telling instead
of new material. A second such week in a row leads to a lighter track or to more time (ours).
"""

from enum import IntEnum

from plans.adapting import Change, Kind, Standing, Suggestion, offers_of, preview
from plans.fit import CORE_SHARE_OF_HOURS
from plans.model import Area, Plan
from plans.schedule_standing import Pace
from plans.scorecard import Band, GoalsMet, Scorecard


class Part(IntEnum):
    """The beginning, the middle or the end of a plan."""

    FIRST = 0
    MIDDLE = 1
    LAST = 2


_ADVICE = {
    Part.FIRST: (
        "A foundation may take a week or two longer.",
        "A routine that you can keep matters more than hard days.",
    ),
    Part.MIDDLE: (
        "Keep what moves you most and let the rest wait.",
        "One more mock interview brings outside feedback sooner.",
        "Another practice partner or a coach can carry you over this.",
    ),
    Part.LAST: (
        "Calm and confidence come before new material now.",
        "Told in your own way is better than told perfectly.",
        "If a large gap is left, ask whether the date can move.",
    ),
}


def part_of(plan: Plan, week: int) -> Part:
    """Where in the plan a week lies: in its first phase, its last one, or between."""
    phase = plan.phase_of(week)
    if phase == plan.phases[0]:
        return Part.FIRST
    return Part.LAST if phase == plan.phases[-1] else Part.MIDDLE


def advice_by_phase(plan: Plan, week: int) -> tuple[str, ...]:
    """What helps in a recovery week, by where in the plan it comes."""
    return _ADVICE[part_of(plan, week)]


def ease(card: Scorecard, standing: Standing, pace: Pace) -> Suggestion:
    """Fewer goals, and after a second such week in a row a lighter track or more time."""
    again = standing.repeats(Band.RECOVERY)
    changes = _second(standing) if again else [_recovery(standing, Kind.RECOVERY)]
    reason = goals_in_words(card.goals)
    advice = advice_by_phase(standing.plan, standing.week)
    offers = offers_of(changes, standing)
    if not offers:
        advice = ("Next week is as light as it can be already. Keep to it, that is enough.", *advice)
    return Suggestion(
        kind=offers[0].change.kind if offers else changes[0].kind,
        band=Band.RECOVERY,
        reason=f"a second week below 70 %: {reason}" if again else reason,
        offers=offers,
        advice=advice,
        private=_dates(standing, pace),
    )


def _recovery(standing: Standing, kind: Kind) -> Change:
    """Core goals at 60 % of the hours; the plan ends a week later where the interview allows.

    Where the week has no core goal left (it repeats one that has offered them), as much of its others (ours).
    """
    part = part_of(standing.plan, standing.week)
    change = Change(
        kind=kind,
        track=standing.track,
        hours=round(CORE_SHARE_OF_HOURS * standing.hours, 2),
        core_only=True,
        extend=standing.may_extend,
        extra_mock=part is Part.MIDDLE and not standing.is_before_interview,
        favour=Area.BEHAVIORAL if part is Part.LAST else None,
    )
    return change if preview(standing, change).goals else change.model_copy(update={"core_only": False})


def _second(standing: Standing) -> list[Change]:
    """The next lighter track, or more time; another recovery week only if there is neither."""
    changes = []
    lighter = standing.next_track(lighter=True)
    if lighter:
        changes.append(Change(kind=Kind.LIGHTER_TRACK, track=lighter.name, hours=lighter.hours))
    if standing.may_extend:
        changes.append(_recovery(standing, Kind.EXTEND))
    return changes or [_recovery(standing, Kind.RECOVERY)]


def _dates(standing: Standing, pace: Pace) -> tuple[str, ...]:
    """What the interview's date allows, as far as it decides anything."""
    if standing.may_extend or standing.interview_ahead is None:
        return ()
    if pace.is_tight:
        return ("A longer plan would end after your interview; what is open does not all fit before it.",)
    return ("A longer plan would end after your interview, so its end stays where it is.",)


def goals_in_words(goals: GoalsMet) -> str:
    """Goals done of goals planned, with the percentage."""
    return f"{goals.done} of {goals.planned} goals ({goals.percent} %)"
