"""Faster or slower: what the facts say for either."""

from collections.abc import Sequence

from plans.model import Level
from plans.situation import CurrentLevel

MANY_HOURS = 20.0  # "high daily time availability": the load of the 6-week plan
FEW_HOURS = 10.0  # "part-time preparation": no more than the 6-month plan asks for


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
