"""A reader of everything that was ever posted, who tries out all that somebody's week could have been.

They publish the history once more with another life of whoever hides something. A life that would have been
posted otherwise is ruled out; what is left is what they know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from plans.groupcard import Sharing
from tests.plans.histories import DONE, METRICS, MINUTES, PLANNED, POINTS, Facts, History, Moment, points
from tests.plans.posted import Posts, Rules, posted

Hidden = tuple[str, int]  # whose week, which week
# What a week can have been like at its edges and between them.
LIVES: tuple[Mapping[str, int], ...] = (
    {DONE: 0, PLANNED: 0, MINUTES: 0} | dict.fromkeys(METRICS, 0),
    {DONE: 0, PLANNED: 9, MINUTES: 5} | dict.fromkeys(METRICS, 0),
    {DONE: 5, PLANNED: 9, MINUTES: 95} | dict.fromkeys(METRICS, 1),
    {DONE: 30, PLANNED: 30, MINUTES: 3000} | dict.fromkeys(METRICS, 60),
)


def told(history: History, reader: str | None, rules: Rules) -> list[Hidden]:
    """The weeks of which the posts tell this reader something that their members keep from them."""
    seen, hidden = posted(history, rules), list(_hidden(history, reader))
    if all(posted(history, rules, _lived(history, hidden, life)) == seen for life in LIVES):
        return []  # whatever all of them had done, it would read the same
    return [
        each for each in hidden if not all(_is_possible(history, rules, seen, each, life) for life in LIVES)
    ]


def possible(history: History, rules: Rules, week: Hidden, measure: str, values: Iterable[int]) -> set[int]:
    """Which of these values somebody's hidden number can have had, with everything else as it was."""
    seen = posted(history, rules)
    return {value for value in values if _is_possible(history, rules, seen, week, {measure: value})}


def _is_possible(history: History, rules: Rules, seen: Posts, week: Hidden, life: Mapping[str, int]) -> bool:
    return posted(history, rules, _lived(history, [week], life)) == seen


def _hidden(history: History, reader: str | None) -> Iterator[Hidden]:
    """The weeks that are not shown fully."""
    for part in history.parts:
        for week in {moment.week for who, moment in history.facts if who == part.name}:
            if part.name != reader and part.sharing[week] is not Sharing.FULL:
                yield part.name, week


def _lived(
    history: History, hidden: Iterable[Hidden], life: Mapping[str, int]
) -> Mapping[tuple[str, Moment], Facts]:
    """What happened, had these weeks been such a life; what is shown of them stays."""
    sharing = {part.name: part.sharing for part in history.parts}
    facts = dict(history.facts)
    for who, week in hidden:
        shown = (DONE, PLANNED) if sharing[who][week] is Sharing.SUMMARY else ()
        other = {measure: value for measure, value in life.items() if measure not in shown}
        for moment in (Moment(week, closed=False), Moment(week, closed=True)):
            if (who, moment) in facts:
                changed = {**facts[who, moment], **other}
                facts[who, moment] = changed | {POINTS: points(changed)}
    return facts
