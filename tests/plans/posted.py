"""Everything that a channel reads of its members over the weeks, made by the rules that the bot follows.

A history (`histories`) says what happened. `posted` publishes it: each week's card on Sunday and at its
close, with or without places; what is suggested to somebody in front of the others and what becomes of that;
milestones; what the group is asked to change; its month. What is not made of anybody's week, such as who
meets whom for a mock, is not here.

The rules can be replaced one by one, for rules that tell too much.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from plans import library, milestones, steering
from plans.adapting import EASING, Standing, Suggestion
from plans.catching_up import Behind
from plans.groupcard import GroupCard, MemberWeek, Sharing, group_card, may_stand_in_channel, side_by_side
from plans.grouprecord import GroupRecord, RecordWeek, months_of
from plans.milestones import Name
from plans.model import Area, Level, Metric, Tier
from plans.month import WEEKS as WEEKS_OF_A_MONTH
from plans.published import PublishedWeek
from plans.scorecard import Band, GoalsMet, score
from plans.scorecard import WeekRecord as Record
from plans.steering import Shown, ShownWeek
from plans.suggesting import suggest
from tests.plans.coming import coming
from tests.plans.full_load import FULL_LOAD
from tests.plans.histories import DONE, MINUTES, PLANNED, POINTS, Facts, History, Moment, Part, member_week

FIRST_MONDAY = date(2026, 11, 2)
WEEK = timedelta(weeks=1)
# They can be reached.
TARGETS = dict(FULL_LOAD) | {Metric.CODING_PROBLEMS: 3, Metric.SYSTEM_DESIGN_PROBLEMS: 2}
Posts = Mapping[tuple[object, ...], object]  # by what it is, when and of whom


def shown_only(weeks: Sequence[Mapping[Part, Shown]], numbers: Sequence[int]) -> list[ShownWeek]:
    """Of the group's weeks, those of members who showed everything in them."""
    return [
        {part.name: shown for part, shown in week.items() if part.sharing[number] is Sharing.FULL}
        for number, week in zip(numbers, weeks, strict=True)
    ]


@dataclass(frozen=True)
class Rules:
    """How the bot decides what the channel may see."""

    card: Callable[..., GroupCard] = group_card
    suggests: Callable[[Sharing, Sequence[tuple[Band, Sharing]]], bool] = may_stand_in_channel
    celebrates: Callable[[Name, Sequence[Sharing]], bool] = milestones.may_stand_in_channel
    counts: Callable[[Sequence[Mapping[Part, Shown]], Sequence[int]], list[ShownWeek]] = shown_only
    ranked: bool = False


@dataclass
class Channel:
    """What was posted so far."""

    history: History
    facts: Mapping[tuple[str, Moment], Facts]
    rules: Rules
    posts: dict[tuple[object, ...], object] = field(default_factory=dict)
    cards: dict[Moment, GroupCard] = field(default_factory=dict)
    known: dict[str, dict[Name, tuple[int, bool]]] = field(default_factory=dict)  # milestones, by member
    asked: dict[Area, date] = field(default_factory=dict)

    def publish(self, moment: Moment) -> None:
        """Post all that is posted at one moment."""
        self._card(moment)
        self._suggestions(moment)
        self._milestones(moment)
        if moment.closed:
            self._proposal(moment)
            self._month(moment)

    def _card(self, moment: Moment) -> None:
        weeks = [self._week(part, moment) for part in self.history.present(moment)]
        card = self.rules.card(
            weeks,
            mocks_held=self.history.cards[moment].mocks_held,  # the pairs were announced in any case
            previous=self.cards.get(Moment(moment.week - 1, closed=True)),
            ranked=self.rules.ranked,
        )
        self.cards[moment] = card
        self.posts["card", moment] = card
        shown = {monday_of(each.week): self.cards[each] for each in self.cards}
        self.posts["weeks side by side", moment] = side_by_side(shown, monday_of(moment.week))

    def _suggestions(self, moment: Moment) -> None:
        for part in self.history.present(Moment(moment.week, closed=False)):
            before = self._before(part, moment.week)
            shown = [(self._published(part, each).band, part.sharing[each.week]) for each in before]
            if not part.is_in(moment) or not self.rules.suggests(part.sharing[moment.week], shown):
                continue
            found = self._suggested(part, moment, [band for band, _ in shown])
            if found is not None and found.kind in EASING and found.band is Band.RECOVERY and found.offers:
                seen = found.model_dump(exclude={"private", "rest"})
                self.posts["suggestion", moment, part.name] = seen

    def _suggested(self, part: Part, moment: Moment, bands: Sequence[Band]) -> Suggestion | None:
        facts = self.facts[part.name, moment]
        left = sum(
            self.facts[part.name, each][PLANNED] - self.facts[part.name, each][DONE]
            for each in self._before(part, moment.week)
        )
        return _suggestion(facts[DONE], facts[PLANNED], tuple(bands), left)

    def _milestones(self, moment: Moment) -> None:
        for part in self.history.present(moment):
            known = self.known.setdefault(part.name, {})
            moments = [*self._before(part, moment.week), moment]
            so_far = milestones.Standing(
                weeks=tuple(self._published(part, each) for each in moments),
                closed=moment.closed,
                number=moment.week + 1,
                weeks_of_plan=4,
            )
            sharing = [part.sharing[each.week] for each in moments]
            for name in milestones.reached(so_far):
                known.setdefault(name, (moment.week, self.rules.celebrates(name, sharing)))
            new = [name for name, (week, seen) in known.items() if seen and week == moment.week]
            if new:
                self.posts["milestones", moment, part.name] = milestones.worth_telling(new)

    def _proposal(self, moment: Moment) -> None:
        numbers = [number for number in range(moment.week - 2, moment.week + 1) if number >= 0]
        parts = self.history.present(moment)
        weeks = [
            {part: self._shown(part, each) for part in parts if part.is_in(each)}
            for each in (Moment(number, closed=True) for number in numbers)
        ]
        ahead = {part.name: coming() for part in parts}
        monday = monday_of(moment.week)
        found = steering.proposal(self.rules.counts(weeks, numbers), ahead, self.asked, monday)
        if found is not None:
            self.asked[found.area] = monday
            self.posts["proposal", moment] = (found.metric, found.area, found.missed, found.people)

    def _month(self, moment: Moment) -> None:
        closed = [each for each in sorted(self.cards) if each.closed]
        number = months_of(len(closed))
        if number is None:
            return
        record = GroupRecord(
            weeks=tuple(
                RecordWeek(monday=monday_of(each.week), card=self.cards[each])
                for each in closed[-WEEKS_OF_A_MONTH:]
            )
        )
        celebrated = sum(seen for known in self.known.values() for _, seen in known.values())
        sums = (record.goals, record.minutes, record.metrics, record.trend, record.mocks_held)
        self.posts["month", moment] = (number, *sums, record.roster, celebrated)

    # What the bot knows

    def _before(self, part: Part, week: int) -> list[Moment]:
        """The member's weeks before this one, as they closed."""
        return [each for each in (Moment(number, closed=True) for number in range(week)) if part.is_in(each)]

    def _week(self, part: Part, moment: Moment) -> MemberWeek:
        return member_week(part, moment.week, self.facts[part.name, moment])

    def _published(self, part: Part, moment: Moment) -> PublishedWeek:
        facts, card = self.facts[part.name, moment], self._week(part, moment).card
        return PublishedWeek(
            band=card.band,
            percent=card.goals.percent,
            points=facts[POINTS],
            possible=card.possible,
            minutes=facts[MINUTES],
            done=facts[DONE],
            planned=facts[PLANNED],
            counts={metric: facts[metric.value] for metric in Metric},
            targets=TARGETS,
        )

    def _shown(self, part: Part, moment: Moment) -> Shown:
        week = self._published(part, moment)
        return Shown(counts=week.counts, targets=week.targets)


def posted(
    history: History, rules: Rules = Rules(), facts: Mapping[tuple[str, Moment], Facts] | None = None
) -> Posts:
    """All that the channel reads of a history; with other `facts`, what it would have read."""
    channel = Channel(history, history.facts if facts is None else facts, rules)
    for moment in sorted(history.cards):
        channel.publish(moment)
    return channel.posts


def monday_of(week: int) -> date:
    """The Monday of a history's week."""
    return FIRST_MONDAY + week * WEEK


@cache
def _suggestion(done: int, planned: int, bands: tuple[Band, ...], left: int) -> Suggestion | None:
    """What is suggested after a week in the middle of the 12-week plan, with so many goals left behind."""
    behind = [
        Behind(id=n, text="Left", area=Area.CODING, tier=Tier.CORE, minutes=60, due_on=FIRST_MONDAY)
        for n in range(left)
    ]
    card = score(Record()).model_copy(update={"goals": GoalsMet(done=done, planned=planned)})
    return suggest(card, _standing().model_copy(update={"previous": bands, "behind": tuple(behind)}))


@cache
def _standing() -> Standing:
    return Standing(
        plan=library.read().find("12-week-comprehensive"),
        track="standard",
        level=Level.L6,
        week=4,
        monday=date(2026, 11, 16),
        hours=12,
        ends_on=date(2027, 1, 17),
    )
