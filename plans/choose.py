"""Which plan suits somebody: the decision framework of "Timelines", checked against weeks and hours.

The framework asks for the weeks until the interview, the level somebody has now and how much risk they can
take. In its source it compares levels as text, and it never looks whether its answer can be finished; here
levels have an order, and what cannot be finished is said and replaced by what can.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from plans import choice_words
from plans.model import Level, Plan, Value
from plans.situation import EMERGENCY_WEEKS, Case, CurrentLevel, Risk
from plans.timelines import COMPREHENSIVE, EMERGENCY, INTENSIVE, MASTERY, MATRIX, STRATEGIC

POSTPONE = "postpone"


class Alternative(Value):
    """Another plan that was considered; `why` it suits less, or what it would be good for."""

    plan: str
    why: str


class Choice(Value):
    """What to take. Plans are named by their slugs; `POSTPONE` stands for a later interview.

    `source_recommendation` is the bare answer of the framework in "Timelines".
    """

    recommendation: str
    source_recommendation: str
    reason: str
    alternatives: tuple[Alternative, ...]
    warnings: tuple[str, ...]


# What the source says


@dataclass(frozen=True)
class _Rule:
    """A branch of the framework, for at most so many weeks: who gets which answer, and why in a clause."""

    weeks: float
    holds: Callable[[Case], bool]
    then: tuple[str, str]
    otherwise: tuple[str, str]


FRAMEWORK = (
    _Rule(
        EMERGENCY_WEEKS,
        lambda case: case.risk is Risk.HIGH,
        (EMERGENCY, "you can take a high risk"),
        (POSTPONE, "you would rather not take a high risk"),
    ),
    _Rule(
        6,
        lambda case: case.current.is_at_least(CurrentLevel.SENIOR_ENGINEER),
        (INTENSIVE, "you bring the experience for a short plan"),
        (COMPREHENSIVE, "you still have much to build up"),
    ),
    _Rule(
        12,
        lambda _: True,
        (STRATEGIC, "that is enough for a balanced plan"),
        (STRATEGIC, "that is enough for a balanced plan"),
    ),
    _Rule(
        math.inf,
        lambda case: case.current.is_at_least(CurrentLevel.MANAGER),
        (COMPREHENSIVE, "you lead people already"),
        (MASTERY, "you are on your way into management"),
    ),
)


def _framework(case: Case) -> tuple[str, str]:
    """The answer of the framework in "Timelines", and why; no date counts as plenty of time."""
    weeks = math.inf if case.weeks is None else case.weeks
    rule = next(rule for rule in FRAMEWORK if weeks <= rule.weeks)
    return rule.then if rule.holds(case) else rule.otherwise


# What to recommend


def choose(
    weeks: int | None,
    current: CurrentLevel,
    target: Level,
    hours: float,
    risk: Risk,
    plans: Iterable[Plan],
) -> Choice:
    """The plan to take, or the advice to move the interview; every other plan with why it is not that one.

    `weeks` are whole weeks until the interview, None without a date; `hours` are hours a week, more than 0.

    - Up to two weeks the framework's answer stands: an emergency for who can take a high risk, else postpone.
    - Its answer stands too where the plan ends in time and the hours reach for its lightest track.
    - Otherwise the longest timeline of which both is true; if the hours reach for none, what ends in time,
      with a warning.
    - Three to five weeks are too short for every calm plan. The emergency plan does end in time, and that is
      what a coach would offer to somebody with a high risk in mind, or a medium one and the hours for it. To
      everybody else they would say what we say: move the interview to where the 6-week plan fits. Half of a
      longer plan is never recommended; it stands among the alternatives with what it would miss.
    """
    case = Case(None if weeks is None else max(weeks, 0), current, target, hours, risk)
    known = {plan.slug: plan for plan in plans}
    source, because = _framework(case)
    plan = _recommended(case, source, known)
    others = [other for other in known.values() if other is not plan]
    others.sort(key=lambda other: _rank(case, other))
    return Choice(
        recommendation=plan.slug if plan else POSTPONE,
        source_recommendation=source,
        reason=choice_words.reason(case, because, known.get(source), plan, known.get(EMERGENCY)),
        alternatives=tuple(
            Alternative(plan=other.slug, why=choice_words.why(case, other)) for other in others
        ),
        warnings=tuple(choice_words.warnings(case, plan)),
    )


def _recommended(case: Case, source: str, known: Mapping[str, Plan]) -> Plan | None:
    """The plan to take; none stands for postponing."""
    if case.too_short:
        return known.get(source)
    timelines = [known[slug] for slug in MATRIX if slug in known]
    in_time = [plan for plan in timelines if not case.missing(plan)]
    calm = [plan for plan in in_time if plan.slug != EMERGENCY]
    calm.sort(key=lambda plan: (plan.slug != source, -len(plan.weeks)))
    if calm:
        return next((plan for plan in calm if case.has_hours_for(plan)), calm[0])
    return next((plan for plan in in_time if case.dares(plan)), None)


def _rank(case: Case, plan: Plan) -> tuple[bool, float, int, str]:
    """Where a plan stands among the alternatives: timelines first, then how much of it there is time for."""
    return plan.slug not in MATRIX, -case.share_of(plan), -(plan.success_rate or 0), plan.slug
