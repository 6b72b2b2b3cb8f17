"""Which plan suits somebody: the decision framework of "Timelines", checked against weeks and hours.

The framework asks for the weeks until the interview, the level somebody has now and how much risk they can
take. In its source it compares levels as text, and it never looks whether its answer can be finished; here
levels have an order, and what cannot be finished is said and replaced by what can.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plans.model import Level, Plan, Value

POSTPONE = "postpone"
EMERGENCY = "2-week-emergency"
INTENSIVE = "6-week-intensive"
STRATEGIC = "8-week-strategic"
COMPREHENSIVE = "12-week-comprehensive"
MASTERY = "6-month-mastery"
MATRIX = (EMERGENCY, INTENSIVE, STRATEGIC, COMPREHENSIVE, MASTERY)  # the five timelines, shortest first

CALM_WEEKS = 6  # the shortest of the five that is no emergency
MANY_HOURS = 20.0  # "high daily time availability": the load of the 6-week plan
FEW_HOURS = 10.0  # "part-time preparation": no more than the 6-month plan asks for


class CurrentLevel(StrEnum):
    """Where somebody stands now, lowest first. Compare with `is_at_least`: text has another order."""

    ENGINEER = "engineer"
    SENIOR_ENGINEER = "senior_engineer"
    MANAGER = "manager"
    SENIOR_MANAGER = "senior_manager"

    @property
    def words(self) -> str:
        """The level as people read it."""
        return self.value.replace("_", " ")

    def is_at_least(self, other: "CurrentLevel") -> bool:
        """Whether this level is `other` or above it."""
        order = list(CurrentLevel)
        return order.index(self) >= order.index(other)


class Risk(StrEnum):
    """How much may be at stake: whether one would go into the interview half prepared."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


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


class Row(Value):
    """A line of the comparison. `success_rate` is the source's own estimate; nobody has measured it."""

    plan: str
    title: str
    weeks: int
    success_rate: int | None
    hours: tuple[float, float]
    best_for: str


def matrix(plans: Iterable[Plan]) -> tuple[Row, ...]:
    """The plans side by side: the five of "Timelines" first, each kind from the shortest on."""
    ordered = sorted(plans, key=lambda plan: (plan.slug not in MATRIX, len(plan.weeks), plan.title))
    return tuple(
        Row(
            plan=plan.slug,
            title=plan.title,
            weeks=len(plan.weeks),
            success_rate=plan.success_rate,
            hours=plan.load,
            best_for=plan.best_for,
        )
        for plan in ordered
    )


def suits(best_for: str) -> str:
    """Whom a plan is for, as a sentence; "" if it does not say."""
    return f"Best for {best_for[0].lower()}{best_for[1:].rstrip('.')}." if best_for else ""


def weeks_left(today: date, interview: date | None) -> int | None:
    """Whole weeks from `today` to the interview; none if there is no date yet, 0 once it is over."""
    return None if interview is None else max((interview - today).days // 7, 0)


# What the source says


@dataclass(frozen=True)
class _Case:
    """Somebody's situation; `weeks` are None as long as there is no date."""

    weeks: int | None
    current: CurrentLevel
    target: Level
    hours: float
    risk: Risk

    @property
    def left(self) -> str:
        """The time that is left, as a clause."""
        if self.weeks is None:
            return "there is no interview date yet"
        if self.weeks == 0:
            return "less than a week is left"
        return f"{_weeks(self.weeks)} {'is' if self.weeks == 1 else 'are'} left"

    @property
    def too_short(self) -> bool:
        """Whether the framework knows nothing but an emergency."""
        return self.weeks is not None and self.weeks <= FRAMEWORK[0].weeks

    def missing(self, plan: Plan) -> int:
        """How many of the plan's weeks would come after the interview."""
        return 0 if self.weeks is None else max(len(plan.weeks) - self.weeks, 0)

    def has_hours_for(self, plan: Plan) -> bool:
        """Whether the hours reach for the plan's lightest track."""
        return self.hours >= _lightest(plan)

    def dares(self, plan: Plan) -> bool:
        """Whether an emergency is the right advice: for high risk always, for medium if the hours reach."""
        return self.risk is Risk.HIGH or (self.risk is Risk.MEDIUM and self.has_hours_for(plan))

    def share_of(self, plan: Plan) -> float:
        """How much of the plan, on its lightest track, there is time for: 0 to 1."""
        weeks = math.inf if self.weeks is None else max(self.weeks, 0.5)
        return min(1.0, weeks / len(plan.weeks)) * min(1.0, self.hours / _lightest(plan))


@dataclass(frozen=True)
class _Rule:
    """A branch of the framework, for at most so many weeks: who gets which answer, and why in a clause."""

    weeks: float
    holds: Callable[[_Case], bool]
    then: tuple[str, str]
    otherwise: tuple[str, str]


FRAMEWORK = (
    _Rule(
        2,
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


def _framework(case: _Case) -> tuple[str, str]:
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
    case = _Case(None if weeks is None else max(weeks, 0), current, target, hours, risk)
    known = {plan.slug: plan for plan in plans}
    source, because = _framework(case)
    plan = _recommended(case, source, known)
    others = [other for other in known.values() if other is not plan]
    others.sort(key=lambda other: _rank(case, other))
    return Choice(
        recommendation=plan.slug if plan else POSTPONE,
        source_recommendation=source,
        reason=_reason(case, because, known.get(source), plan, known.get(EMERGENCY)),
        alternatives=tuple(Alternative(plan=other.slug, why=_why(case, other)) for other in others),
        warnings=tuple(_warnings(case, plan)),
    )


def _recommended(case: _Case, source: str, known: Mapping[str, Plan]) -> Plan | None:
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


def _rank(case: _Case, plan: Plan) -> tuple[bool, float, int, str]:
    """Where a plan stands among the alternatives: timelines first, then how much of it there is time for."""
    return plan.slug not in MATRIX, -case.share_of(plan), -(plan.success_rate or 0), plan.slug


# Saying it


def _reason(case: _Case, because: str, source: Plan | None, plan: Plan | None, emergency: Plan | None) -> str:
    """The recommendation explained in one sentence."""
    if plan is None and case.too_short:
        later = f"a later interview, {CALM_WEEKS} weeks or more away, is worth asking for"
        return _sentence(f"{case.left} and {because}: {later}")
    if plan is None:
        return _sentence(
            f"{_does_not_fit(case, source)}; {_no_emergency(case, emergency)}, so ask for a later date"
        )
    if plan is source:
        return _sentence(f"{case.left} and {because}: the {_named(plan)} takes {_takes(case, plan)}")
    if plan.slug == EMERGENCY:
        return _sentence(
            f"{_does_not_fit(case, source)}; of the five timelines only the {_named(plan)} ends in time"
        )
    fits = "fits" if case.has_hours_for(plan) else "ends in time"
    return _sentence(f"{_does_not_fit(case, source)}; the {_named(plan)} {fits}: {_takes(case, plan)}")


def _sentence(clauses: str) -> str:
    return f"{clauses[0].upper()}{clauses[1:]}."


def _does_not_fit(case: _Case, source: Plan | None) -> str:
    """Why the framework's own answer was not taken, as a clause."""
    if source is None:
        return case.left
    answer = f"the decision framework points to the {_named(source)}"
    if case.missing(source):
        return f"{answer}, which needs {_weeks(len(source.weeks))} while {case.left}"
    return (
        f"{answer}, whose lightest track wants {_lightest(source):g} h a week where you have {case.hours:g}"
    )


def _no_emergency(case: _Case, emergency: Plan | None) -> str:
    """Why what would end in time is not recommended either, as a clause."""
    if emergency is None:
        return "no other plan ends in time"
    if case.risk is Risk.MEDIUM:
        return (
            f"the {_named(emergency)} would end in time but wants {_lightest(emergency):g} h a week or more"
        )
    return f"the {_named(emergency)} would end in time but is for who can take a high risk"


def _why(case: _Case, plan: Plan) -> str:
    """What speaks against a plan that was not recommended; if nothing does, what it is good for."""
    against = [*_against_weeks(case, plan), *_against_hours(case, plan), *_against_risk(case, plan)]
    if against:
        return " ".join(against)
    return f"It would fit as well: {_takes(case, plan)}. {suits(plan.best_for)}".rstrip()


def _against_weeks(case: _Case, plan: Plan) -> Iterator[str]:
    missing, needed = case.missing(plan), len(plan.weeks)
    if missing == needed:
        yield f"It needs {_weeks(needed)} and {case.left}."
    elif missing:
        late = f"its {_last(missing)} would come after the interview"
        yield f"It needs {_weeks(needed)} and {case.left}: {late}."


def _against_hours(case: _Case, plan: Plan) -> Iterator[str]:
    if not case.has_hours_for(plan):
        yield f"Even its lightest track wants {_lightest(plan):g} h a week; you have {case.hours:g}."


def _against_risk(case: _Case, plan: Plan) -> Iterator[str]:
    if plan.slug == EMERGENCY and case.risk is Risk.LOW:
        yield "It is for who can take a high risk."


def _warnings(case: _Case, plan: Plan | None) -> Iterator[str]:
    """What somebody should know before they follow the recommendation."""
    if case.weeks == 0:
        yield "Less than a week is left: nothing can be finished before the interview."
    if plan is not None:
        if case.weeks and (missing := case.missing(plan)):
            yield f"The {_last(missing)} of the {_named(plan)} would come after the interview."
        if not case.has_hours_for(plan):
            lightest = f"Even the lightest track of the {_named(plan)} wants {_lightest(plan):g} h a week"
            yield f"{lightest}, and you have {case.hours:g}: the most important goals come first."
        if plan.slug == EMERGENCY and plan.success_rate is not None:
            yield f"The source's own estimate for it is {plan.success_rate} %; nobody has measured it."
        yield from _asks_for_experience(case, plan)
    if case.target is Level.L7 and not case.current.is_at_least(CurrentLevel.MANAGER):
        yield f"L7 leads an organisation: from {case.current.words} that is a long way; L6 may come first."


def _asks_for_experience(case: _Case, plan: Plan) -> Iterator[str]:
    """The two shortest timelines are written for people who have led others ("When to use this plan")."""
    if plan.slug in (EMERGENCY, INTENSIVE) and not case.current.is_at_least(CurrentLevel.MANAGER):
        some = "previous" if plan.slug == EMERGENCY else "some"
        yield f"The {_named(plan)} counts on {some} management experience."


def _takes(case: _Case, plan: Plan) -> str:
    """The plan's weeks and hours, and that a lighter track is needed where it is."""
    low, high = plan.load
    load = f"{low:g}" if low == high else f"{low:g} to {high:g}"
    lighter = case.has_hours_for(plan) and case.hours < low
    return f"{_weeks(len(plan.weeks))} at {load} h a week" + (
        f", and a lighter track fits your {case.hours:g} h" if lighter else ""
    )


def _lightest(plan: Plan) -> float:
    """The hours a week of the plan's lightest track."""
    return min((track.hours for track in plan.tracks), default=plan.load[0])


def _named(plan: Plan) -> str:
    return plan.title if "plan" in plan.title.casefold() else f"{plan.title} plan"


def _last(weeks: int) -> str:
    return "last week" if weeks == 1 else f"last {weeks} weeks"


def _weeks(number: int) -> str:
    return f"{number} week{'' if number == 1 else 's'}"


# Faster or slower


def advice(
    current: CurrentLevel, target: Level, hours: float, *, had_amazon_interview: bool = False
) -> tuple[str, ...]:
    """What speaks for going faster and for taking longer, a sentence each, as far as the facts say.

    The lists are those of "Timelines" ("Plan modification guidelines"); of a strong technical background and
    of experience with technical interviews nothing is known here.
    """
    faster = (
        (current.is_at_least(CurrentLevel.MANAGER), "you lead people already"),
        (had_amazon_interview, "you know Amazon's interviews"),
        (hours >= MANY_HOURS, f"you have {hours:g} h a week"),
    )
    slower = (
        (not current.is_at_least(CurrentLevel.MANAGER), "you come from engineering into management"),
        (hours <= FEW_HOURS, f"{hours:g} h a week are part-time"),
        (
            target is Level.L7 and not current.is_at_least(CurrentLevel.SENIOR_MANAGER),
            "L7 looks for experience across an organisation",
        ),
    )
    said = (("going faster", _holding(faster)), ("taking longer", _holding(slower)))
    return tuple(f"In favour of {pace}: {'; '.join(facts)}." for pace, facts in said if facts)


def _holding(facts: Sequence[tuple[bool, str]]) -> list[str]:
    return [words for holds, words in facts if holds]
