"""Weeks of a group as they happened, and as its channel saw them, for attacks on what stays private.

A history is drawn: who is in the group when, what each shares in which week, what each did. It is then
published as the bot publishes it: each week once on Sunday and once more when it has closed, over who is
still there, with the sharing of the first publication.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import NamedTuple

from hypothesis import strategies as st

from plans.groupcard import GroupCard, MemberWeek, Sharing, group_card
from plans.model import Metric
from plans.scorecard import GoalsMet, Scorecard, WeekRecord, score
from tests.plans.full_load import FULL_LOAD

DONE, PLANNED, MINUTES, POINTS = "done", "planned", "minutes", "points"
METRICS = tuple(metric.value for metric in Metric)
MEASURES = (DONE, PLANNED, MINUTES, POINTS, *METRICS)

Facts = Mapping[str, int]  # a member's week by measure
Publish = Callable[[Sequence[MemberWeek], int, GroupCard | None], GroupCard]


class Moment(NamedTuple):
    """One publication: a week, on Sunday or when it has closed."""

    week: int
    closed: bool


class Part(NamedTuple):
    """Somebody in the group.

    They are in the weeks from `joins` up to and without `leaves`. Who leaves `late` is still there on the
    Sunday of that week, but not when it closes. `ahead` lives where the week is over before the first
    publication. `steady` has as many goals planned in each week. `sharing` is by week.
    """

    name: str
    joins: int
    leaves: int
    late: bool
    ahead: bool
    steady: bool
    sharing: tuple[Sharing, ...]

    def is_in(self, moment: Moment) -> bool:
        """Whether the publication counts them as a member."""
        last = self.leaves if self.late and not moment.closed else self.leaves - 1
        return self.joins <= moment.week <= last


@dataclass(frozen=True)
class History:
    """What happened (`facts`), and what everybody in the channel can see of it (the rest)."""

    parts: tuple[Part, ...]
    facts: Mapping[tuple[str, Moment], Facts]
    cards: Mapping[Moment, GroupCard]

    def present(self, moment: Moment) -> tuple[Part, ...]:
        """The members of that publication; everybody in the channel knows them."""
        return tuple(part for part in self.parts if part.is_in(moment))

    def published(self) -> list[tuple[str, Moment]]:
        """Whose weeks were known to the bot at which publications."""
        return [(part.name, moment) for moment in self.cards for part in self.present(moment)]


def as_published(weeks: Sequence[MemberWeek], held: int, previous: GroupCard | None) -> GroupCard:
    """The group's card as the bot makes it."""
    return group_card(weeks, mocks_held=held, previous=previous)


def happened(
    parts: Sequence[Part], facts: Mapping[tuple[str, Moment], Facts], publish: Publish = as_published
) -> History:
    """The history of these weeks, published by this rule."""
    cards: dict[Moment, GroupCard] = {}
    for moment in sorted({moment for _, moment in facts}):
        weeks = [
            member_week(part, moment.week, facts[part.name, moment]) for part in parts if part.is_in(moment)
        ]
        before = cards.get(Moment(moment.week - 1, closed=True))
        cards[moment] = publish(weeks, _held(weeks), before)
    return History(tuple(parts), dict(facts), cards)


def _held(weeks: Sequence[MemberWeek]) -> int:
    """Two sit in each mock, and it counts for both: as many sessions as that allows."""
    return sum(week.counts[Metric.MOCK_INTERVIEWS] for week in weeks) // 2


def member_week(part: Part, week: int, facts: Facts) -> MemberWeek:
    """What the bot knows of a member's week when it publishes it."""
    counts = {metric: facts[metric.value] for metric in Metric}
    card = _scored(tuple(counts.values()), facts[MINUTES])
    goals = GoalsMet(done=facts[DONE], planned=facts[PLANNED])
    card = card.model_copy(update={"goals": goals})
    return MemberWeek(member=part.name, name=part.name, sharing=part.sharing[week], card=card, counts=counts)


@lru_cache(maxsize=4096)
def _scored(counts: Sequence[int], minutes: int) -> Scorecard:
    """The card of so much of each metric."""
    done = dict(zip(Metric, counts, strict=True))
    return score(WeekRecord(counts=done, targets=dict(FULL_LOAD), minutes=minutes))


def points(facts: Facts) -> int:
    """The points that a full line shows for these counts."""
    return _scored(tuple(facts[metric.value] for metric in Metric), 0).shown_points


# Drawing them


@st.composite
def histories(draw: st.DrawFn, publish: Publish = as_published, most_weeks: int = 3) -> History:
    """One to so many weeks of a group of one to twelve."""
    weeks = draw(st.integers(1, most_weeks), label="weeks")
    size = draw(st.integers(1, 12), label="size")
    parts = [draw(_part(number, weeks), label=f"member {number}") for number in range(size)]
    diligence = draw(st.sampled_from(tuple(_DILIGENCE)), label="diligence")
    chance = Random(draw(st.integers(0, 2**32), label="seed"))
    facts: dict[tuple[str, Moment], Facts] = {}
    for part in parts:
        planned = chance.choice((0, 1, 3, 10))
        for week in range(weeks):
            if not part.steady:
                planned = chance.choice((0, 1, 3, 10))
            facts |= _week(part, week, planned, _DILIGENCE[diligence], chance)
    return happened(parts, facts, publish)


# How much of what there is to do gets done. The edges tell most: nothing at all, and everything.
_DILIGENCE: Mapping[str, tuple[float, ...]] = {
    "nothing": (0,),
    "little": (0, 0, 0.1),
    "everything": (1,),
    "mixed": (0, 0.5, 0.7, 0.9, 1),
}


def _sharing(weeks: int) -> st.SearchStrategy[tuple[Sharing, ...]]:
    """What somebody shares: the same all the time, or another thing each week."""
    each = st.sampled_from(Sharing)
    return st.one_of(each.map(lambda always: (always,) * weeks), st.tuples(*[each] * weeks))


@st.composite
def _part(draw: st.DrawFn, number: int, weeks: int) -> Part:
    joins = draw(st.sampled_from((0, 0, *range(weeks))))
    return Part(
        name=f"M{number:02}",
        joins=joins,
        leaves=draw(st.sampled_from((weeks, weeks, *range(joins, weeks + 1)))),
        late=draw(st.booleans()),
        ahead=draw(st.booleans()),
        steady=draw(st.booleans()),
        sharing=draw(_sharing(weeks)),
    )


def _week(
    part: Part, week: int, planned: int, shares: Sequence[float], chance: Random
) -> dict[tuple[str, Moment], Facts]:
    """A member's week on Sunday and at its close; what is done in between is only ever more."""
    first, closed = Moment(week, closed=False), Moment(week, closed=True)
    sunday = {measure: int(chance.choice(shares) * 4) for measure in (MINUTES, *METRICS)}
    sunday |= {PLANNED: planned, DONE: int(chance.choice(shares) * planned)}
    night = dict(sunday)
    if not part.ahead:
        night |= {measure: sunday[measure] + chance.choice((0, 0, 1)) for measure in (MINUTES, *METRICS)}
        night[DONE] = min(planned, sunday[DONE] + chance.choice((0, 0, 1)))
    found = {(part.name, first): sunday, (part.name, closed): night}
    for facts in found.values():
        facts[POINTS] = points(facts)
    return {(name, moment): facts for (name, moment), facts in found.items() if part.is_in(moment)}
