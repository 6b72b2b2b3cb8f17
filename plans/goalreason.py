"""Why a goal is in a week, or is not: the facts that were stored when the week was offered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from plans.adapting import Change


@dataclass(frozen=True)
class GoalReason:
    """A goal of a week or one that it left out, and the terms on which the week was offered.

    `left_out` is the reason as a clause, None for a goal that the week holds. `share` is the per cent of the
    week that its area was to have, None where the plan sets none. `hours` are those of the week, `may_come`
    says that more time would bring it in. What is left out has no tier, days or state.
    """

    text: str
    minutes: int
    area: str
    week_of: date
    hours: float
    modes: Sequence[str]
    change: Change | None
    share: float | None
    left_out: str | None = None
    may_come: bool = False
    tier: str = ""
    due_on: date | None = None
    first_due_on: date | None = None
    state: str = ""
    skip_reason: str | None = None
    metrics: Sequence[str] = ()
    is_own: bool = False
