"""A recommendation in words: why this plan, what speaks against the others, what to know beforehand."""

from collections.abc import Iterator

from plans.model import Level, Plan
from plans.situation import Case, CurrentLevel, Risk, lightest
from plans.timelines import EMERGENCY, INTENSIVE, suits

CALM_WEEKS = 6  # the shortest of the five timelines that is no emergency


def reason(case: Case, because: str, source: Plan | None, plan: Plan | None, emergency: Plan | None) -> str:
    """The recommendation explained in one sentence."""
    if plan is None and case.too_short:
        later = f"a later interview, {CALM_WEEKS} weeks or more away, is worth asking for"
        return _sentence(f"{_left(case)} and {because}: {later}")
    if plan is None:
        return _sentence(
            f"{_does_not_fit(case, source)}; {_no_emergency(case, emergency)}, so ask for a later date"
        )
    if plan is source:
        return _sentence(f"{_left(case)} and {because}: the {_named(plan)} takes {_takes(case, plan)}")
    if plan.slug == EMERGENCY:
        return _sentence(
            f"{_does_not_fit(case, source)}; of the five timelines only the {_named(plan)} ends in time"
        )
    fits = "fits" if case.has_hours_for(plan) else "ends in time"
    return _sentence(f"{_does_not_fit(case, source)}; the {_named(plan)} {fits}: {_takes(case, plan)}")


def _sentence(clauses: str) -> str:
    return f"{clauses[0].upper()}{clauses[1:]}."


def _does_not_fit(case: Case, source: Plan | None) -> str:
    """Why the framework's own answer was not taken, as a clause."""
    if source is None:
        return _left(case)
    answer = f"the decision framework points to the {_named(source)}"
    if case.missing(source):
        return f"{answer}, which needs {_weeks(len(source.weeks))} while {_left(case)}"
    return f"{answer}, whose lightest track wants {lightest(source):g} h a week where you have {case.hours:g}"


def _no_emergency(case: Case, emergency: Plan | None) -> str:
    """Why what would end in time is not recommended either, as a clause."""
    if emergency is None:
        return "no other plan ends in time"
    if case.risk is Risk.MEDIUM:
        return f"the {_named(emergency)} would end in time but wants {lightest(emergency):g} h a week or more"
    return f"the {_named(emergency)} would end in time but is for who can take a high risk"


def why(case: Case, plan: Plan) -> str:
    """What speaks against a plan that was not recommended; if nothing does, what it is good for."""
    against = [*_against_weeks(case, plan), *_against_hours(case, plan), *_against_risk(case, plan)]
    if against:
        return " ".join(against)
    return f"It would fit as well: {_takes(case, plan)}. {suits(plan.best_for)}".rstrip()


def _against_weeks(case: Case, plan: Plan) -> Iterator[str]:
    missing, needed = case.missing(plan), len(plan.weeks)
    if missing == needed:
        yield f"It needs {_weeks(needed)} and {_left(case)}."
    elif missing:
        late = f"its {_last(missing)} would come after the interview"
        yield f"It needs {_weeks(needed)} and {_left(case)}: {late}."


def _against_hours(case: Case, plan: Plan) -> Iterator[str]:
    if not case.has_hours_for(plan):
        yield f"Even its lightest track wants {lightest(plan):g} h a week; you have {case.hours:g}."


def _against_risk(case: Case, plan: Plan) -> Iterator[str]:
    if plan.slug == EMERGENCY and case.risk is Risk.LOW:
        yield "It is for who can take a high risk."


def warnings(case: Case, plan: Plan | None) -> Iterator[str]:
    """What somebody should know before they follow the recommendation."""
    if case.weeks == 0:
        yield "Less than a week is left: nothing can be finished before the interview."
    if plan is not None:
        if case.weeks and (missing := case.missing(plan)):
            yield f"The {_last(missing)} of the {_named(plan)} would come after the interview."
        if not case.has_hours_for(plan):
            wants = f"Even the lightest track of the {_named(plan)} wants {lightest(plan):g} h a week"
            yield f"{wants}, and you have {case.hours:g}: the most important goals come first."
        if plan.slug == EMERGENCY and plan.success_rate is not None:
            yield f"The source's own estimate for it is {plan.success_rate} %; nobody has measured it."
        yield from _asks_for_experience(case, plan)
    if case.target is Level.L7 and not case.current.is_at_least(CurrentLevel.MANAGER):
        yield f"L7 leads an organisation: from {case.current.words} that is a long way; L6 may come first."


def _asks_for_experience(case: Case, plan: Plan) -> Iterator[str]:
    """The two shortest timelines are written for people who have led others ("When to use this plan")."""
    if plan.slug in (EMERGENCY, INTENSIVE) and not case.current.is_at_least(CurrentLevel.MANAGER):
        some = "previous" if plan.slug == EMERGENCY else "some"
        yield f"The {_named(plan)} counts on {some} management experience."


def _takes(case: Case, plan: Plan) -> str:
    """The plan's weeks and hours, and that a lighter track is needed where it is."""
    low, high = plan.load
    load = f"{low:g}" if low == high else f"{low:g} to {high:g}"
    lighter = case.has_hours_for(plan) and case.hours < low
    return f"{_weeks(len(plan.weeks))} at {load} h a week" + (
        f", and a lighter track fits your {case.hours:g} h" if lighter else ""
    )


def _named(plan: Plan) -> str:
    return plan.title if "plan" in plan.title.casefold() else f"{plan.title} plan"


def _last(weeks: int) -> str:
    return "last week" if weeks == 1 else f"last {weeks} weeks"


def _weeks(number: int) -> str:
    return f"{number} week{'' if number == 1 else 's'}"


def _left(case: Case) -> str:
    """The time that is left, as a clause."""
    if case.weeks is None:
        return "there is no interview date yet"
    if case.weeks == 0:
        return "less than a week is left"
    return f"{_weeks(case.weeks)} {'is' if case.weeks == 1 else 'are'} left"
