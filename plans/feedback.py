"""Feedback after a mock interview: the rubric, double blind, and what it adds up to.

Five skills are rated from 1 to 5, with two or three things to improve (the "Practice framework" asks for
two or three concrete areas) and one strength. Nobody reads the other's before both are given or time is up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from plans.mocks import Kind
from plans.model import Area

DEADLINE = timedelta(hours=48)  # after the session's end (ours)
FEWEST_IMPROVEMENTS, MOST_IMPROVEMENTS = 2, 3
LATEST = 5  # sessions that readiness looks at (ours)
NOTICEABLE = 0.3  # a difference between one's own rating and others' that is worth a sentence (ours)
FEWEST_COMPARED = 2
BREAK_HOURS = (24, 48)  # "The 12-week plan": how long a break helps when mock ratings fall


class Skill(StrEnum):
    """What an interviewer rates."""

    STRUCTURE = "structure"
    EVIDENCE = "evidence"
    COMMUNICATION = "communication"
    TIME_MANAGEMENT = "time_management"
    QUESTION_HANDLING = "question_handling"


_LABELS = {
    Skill.STRUCTURE: "Structure",
    Skill.COMMUNICATION: "Communication",
    Skill.TIME_MANAGEMENT: "Time management",
    Skill.QUESTION_HANDLING: "Handling questions",
}
_EVIDENCE = {
    Kind.TECHNICAL: "Technical depth",
    Kind.BEHAVIORAL: "Evidence of the principles",
    Kind.FULL_LOOP: "Evidence and depth",
}


def label(skill: Skill, kind: Kind) -> str:
    """A skill as people read it; what counts as evidence depends on the kind of interview."""
    return _EVIDENCE[kind] if skill is Skill.EVIDENCE else _LABELS[skill]


@dataclass(frozen=True)
class Feedback:
    """What one person says of a candidate's turn, or a candidate of their own; ratings are 1 to 5."""

    ratings: Mapping[Skill, int]
    improvements: tuple[str, ...] = ()
    strength: str = ""


def check(ratings: Mapping[Skill, int], improvements: Sequence[str], strength: str) -> dict[str, str]:
    """What is missing or wrong in feedback about somebody else, by field, as sentences for the form.

    The fields are the skills' values, "improvements" and "strength"; nothing is wrong if it is empty.
    """
    problems = {
        skill.value: "A rating from 1 to 5, please."
        for skill in Skill
        if ratings.get(skill) not in range(1, 6)
    }
    named = [each for each in improvements if each.strip()]
    if len(named) < FEWEST_IMPROVEMENTS:
        problems["improvements"] = "Two things to improve, at least: one a line, as exact as you can."
    elif len(named) > MOST_IMPROVEMENTS:
        problems["improvements"] = "Three things are the most that anybody can work on. Which three?"
    if not strength.strip():
        problems["strength"] = "One thing that went well, so that it is done again."
    return problems


def is_open(*, mine_given: bool, theirs_given: bool, now: datetime, deadline: datetime) -> bool:
    """Whether somebody may read the other's feedback: both have given theirs, or time is up.

    Who gave nothing reads the other's after the deadline all the same: it is for them that it was written.
    """
    return theirs_given and (mine_given or now >= deadline)


def average(feedback: Feedback) -> float:
    """The mean of its ratings.

    Raises:
        ValueError: nothing is rated.
    """
    if not feedback.ratings:
        raise ValueError("feedback without a rating has no average")
    return sum(feedback.ratings.values()) / len(feedback.ratings)


def weakest(feedback: Feedback) -> Skill:
    """The skill with the lowest rating; of several the first in the rubric's order.

    Raises:
        ValueError: nothing is rated.
    """
    rated = [skill for skill in Skill if skill in feedback.ratings]
    if not rated:
        raise ValueError("feedback without a rating has no weakest skill")
    return min(rated, key=lambda skill: feedback.ratings[skill])


@dataclass(frozen=True)
class Readiness:
    """Averages over the latest sessions: by skill, together, and over how many."""

    averages: Mapping[Skill, float]
    overall: float
    sessions: int


def readiness(held: Sequence[tuple[date, Feedback]]) -> Readiness | None:
    """What others said of somebody's latest five sessions; None if nobody has said anything yet."""
    rated = [(day, each) for day, each in held if each.ratings]
    latest = [each for _, each in sorted(rated, key=lambda pair: pair[0])[-LATEST:]]
    if not latest:
        return None
    by_skill = {skill: [each.ratings[skill] for each in latest if skill in each.ratings] for skill in Skill}
    return Readiness(
        averages={skill: sum(values) / len(values) for skill, values in by_skill.items() if values},
        overall=sum(average(each) for each in latest) / len(latest),
        sessions=len(latest),
    )


def falling(averages: Sequence[float]) -> bool:
    """Whether ratings fell over two mocks in a row, oldest first: then a break of a day or two helps.

    Source: the warning signs of "The 12-week plan".
    """
    return len(averages) > 2 and averages[-3] > averages[-2] > averages[-1]


@dataclass(frozen=True)
class Calibration:
    """Own ratings against those of partners: own minus theirs, over how many sessions."""

    overall: float
    by_skill: Mapping[Skill, float]
    sessions: int

    @property
    def sentence(self) -> str:
        """What it means, kindly."""
        size = f"{abs(self.overall):.1f}"
        if abs(self.overall) < NOTICEABLE:
            return f"You see yourself as your partners do, within {NOTICEABLE} of a point."
        if self.overall < 0:
            return f"You rate yourself {size} below your partners. You are better than you think."
        return f"You rate yourself {size} above your partners. Ask them what would have made it a point more."


def calibration(pairs: Sequence[tuple[Feedback, Feedback]]) -> Calibration | None:
    """How somebody's own ratings (first) compare with their partners' (second) of the same turns.

    None below two sessions: one difference says nothing.
    """
    compared = [(own, other) for own, other in pairs if own.ratings and other.ratings]
    if len(compared) < FEWEST_COMPARED:
        return None
    differences = {
        skill: [
            own.ratings[skill] - other.ratings[skill]
            for own, other in compared
            if skill in own.ratings and skill in other.ratings
        ]
        for skill in Skill
    }
    return Calibration(
        overall=sum(average(own) - average(other) for own, other in compared) / len(compared),
        by_skill={skill: sum(each) / len(each) for skill, each in differences.items() if each},
        sessions=len(compared),
    )


_TALKING = {
    Skill.STRUCTURE: ("Tell 3 stories in STAR order, each part timed", 30),
    Skill.EVIDENCE: ("Give 3 stories a number and a Leadership Principle each", 40),
    Skill.COMMUNICATION: ("Record 2 stories, listen, tell them again in plainer words", 30),
    Skill.TIME_MANAGEMENT: ("Tell 3 stories in under four minutes each", 30),
    Skill.QUESTION_HANDLING: ("Answer 5 follow-up questions on 2 stories aloud", 30),
}
_BUILDING = {
    Skill.STRUCTURE: ("Open 3 designs aloud: requirements, figures, first sketch", 45),
    Skill.EVIDENCE: ("Take one design two levels deeper: data, failures, cost", 45),
    Skill.COMMUNICATION: ("Explain one design aloud to somebody who is no engineer", 30),
    Skill.TIME_MANAGEMENT: ("Do one design in 45 minutes with a running clock", 45),
    Skill.QUESTION_HANDLING: ("Defend one design against 5 what-if questions", 30),
}


def practice_goal(skill: Skill, kind: Kind) -> tuple[str, int, Area]:
    """A goal that trains a weak skill: its text (at most 75 characters), minutes and area."""
    if kind is Kind.TECHNICAL:
        return (*_BUILDING[skill], Area.SYSTEM_DESIGN)
    return (*_TALKING[skill], Area.BEHAVIORAL)
