"""The question bank: what interviewers ask in mock interviews, as data in `plans/bank`.

What the two levels are expected to show (a team and its components, or an organisation) follows "Templates";
the rounds that the subjects belong to follow "Practice framework".

Each `*.toml` file of that folder is a list of questions. A file may mix subjects, though ours do not.

    [[question]]
    id = "ownership-left-behind"       # unique over all files, for ever; begins with the subject's prefix:
                                       # bar-raiser-, leadership-, design-, coding-, deep-dive-;
                                       # behavioural ones begin with their principle, hyphens for underscores
    subject = "behavioral"             # behavioral, bar_raiser, leadership, design, coding, deep_dive
    levels = ["L6", "L7"]              # whom it suits
    minutes = 12                       # to ask it and to follow up, 5 to 60
    ask = "..."                        # what the interviewer says; up to 600 characters, 300 for the three
                                       # subjects that are talk: behavioral, bar_raiser, leadership
    probes = ["...", "...", "..."]     # 3 to 5 follow-ups, up to 6 for design: it has 45 minutes
    expect = { L6 = "...", L7 = "..." }    # what a good answer shows: exactly the question's levels
    rubric = { weak = "...", solid = "...", strong = "..." }   # what 1-2, 3-4 and 5 sound like
    watch = ["..."]                    # 1 to 3 red flags

    # behavioral, and nobody else:
    principle = "ownership"            # one of LeadershipPrinciple
    secondary = ["deliver_results"]    # may be left out; further principles that it touches

    # design, deep_dive, bar_raiser, leadership need tags (the first is the topic, by which choices vary):
    tags = ["caching", "consistency"]  # words in lower case with hyphens
    # design, and nobody else:
    scale = { L6 = "...", L7 = "..." } # the figures to give out: exactly the question's levels

    # coding, and nobody else:
    pattern = "sliding window"         # the topic of a coding question
    complexity = "O(n) time, O(k) space"
    hint = "..."                       # what to say to somebody who is stuck
    example = { input = "stops = [3, 5], limit = 2", output = "5" }  # literals by name; the answer

Every text has at most 600 characters, so that a question with all of it fits into one form of Slack.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from plans.model import Level, Line, Slug, Value

SPOKEN_LIMIT = 300  # longer than this nobody keeps in mind while listening
TEXT_LIMIT = 600
PROBES_LIMIT = 5


class Subject(StrEnum):
    """What a question examines."""

    BEHAVIORAL = "behavioral"
    BAR_RAISER = "bar_raiser"
    LEADERSHIP = "leadership"
    DESIGN = "design"
    CODING = "coding"
    DEEP_DIVE = "deep_dive"

    @property
    def words(self) -> str:
        """The subject as people read it."""
        return _SUBJECT_WORDS[self]


_SUBJECT_WORDS = {
    Subject.BEHAVIORAL: "behavioural",
    Subject.BAR_RAISER: "bar raiser",
    Subject.LEADERSHIP: "leadership discussion",
    Subject.DESIGN: "system design",
    Subject.CODING: "coding",
    Subject.DEEP_DIVE: "technical deep dive",
}
TALK = frozenset({Subject.BEHAVIORAL, Subject.BAR_RAISER, Subject.LEADERSHIP})


class LeadershipPrinciple(StrEnum):
    """Amazon's sixteen Leadership Principles, in Amazon's order."""

    CUSTOMER_OBSESSION = "customer_obsession"
    OWNERSHIP = "ownership"
    INVENT_AND_SIMPLIFY = "invent_and_simplify"
    ARE_RIGHT_A_LOT = "are_right_a_lot"
    LEARN_AND_BE_CURIOUS = "learn_and_be_curious"
    HIRE_AND_DEVELOP = "hire_and_develop"
    HIGHEST_STANDARDS = "highest_standards"
    THINK_BIG = "think_big"
    BIAS_FOR_ACTION = "bias_for_action"
    FRUGALITY = "frugality"
    EARN_TRUST = "earn_trust"
    DIVE_DEEP = "dive_deep"
    HAVE_BACKBONE = "have_backbone"
    DELIVER_RESULTS = "deliver_results"
    BEST_EMPLOYER = "best_employer"
    BROAD_RESPONSIBILITY = "broad_responsibility"

    @property
    def words(self) -> str:
        """The principle as Amazon writes it."""
        return _PRINCIPLE_WORDS.get(self) or self.value.replace("_", " ").title()


_PRINCIPLE_WORDS = {
    LeadershipPrinciple.INVENT_AND_SIMPLIFY: "Invent and Simplify",
    LeadershipPrinciple.ARE_RIGHT_A_LOT: "Are Right, A Lot",
    LeadershipPrinciple.LEARN_AND_BE_CURIOUS: "Learn and Be Curious",
    LeadershipPrinciple.HIRE_AND_DEVELOP: "Hire and Develop the Best",
    LeadershipPrinciple.HIGHEST_STANDARDS: "Insist on the Highest Standards",
    LeadershipPrinciple.BIAS_FOR_ACTION: "Bias for Action",
    LeadershipPrinciple.HAVE_BACKBONE: "Have Backbone; Disagree and Commit",
    LeadershipPrinciple.BEST_EMPLOYER: "Strive to be Earth's Best Employer",
    LeadershipPrinciple.BROAD_RESPONSIBILITY: "Success and Scale Bring Broad Responsibility",
}

Text = Annotated[str, StringConstraints(min_length=1, max_length=TEXT_LIMIT, strip_whitespace=True)]


class Rubric(Value):
    """What an answer to this very question sounds like at 1-2, at 3-4 and at 5."""

    weak: Text
    solid: Text
    strong: Text


class Example(Value):
    """A worked example of a coding question: named Python literals, and the literal that answers them."""

    input: Text
    output: Text


class Question(Value):
    """One question with all that its interviewer needs; the candidate sees none of it beforehand.

    `id` is stable for ever: it is how the bot remembers who has had the question. The module's
    docstring says which field belongs to which subject.
    """

    id: Slug
    subject: Subject
    principle: LeadershipPrinciple | None = None
    secondary: tuple[LeadershipPrinciple, ...] = ()
    tags: tuple[Slug, ...] = ()
    pattern: Line | None = None
    levels: Annotated[tuple[Level, ...], Field(min_length=1)]
    minutes: Annotated[int, Field(ge=5, le=60)]
    ask: Text
    probes: Annotated[tuple[Text, ...], Field(min_length=3, max_length=6)]
    expect: dict[Level, Text]
    scale: dict[Level, Text] = Field(default_factory=dict)
    rubric: Rubric
    watch: Annotated[tuple[Text, ...], Field(min_length=1, max_length=3)]
    complexity: Line | None = None
    hint: Text | None = None
    example: Example | None = None

    @property
    def topic(self) -> str:
        """What it is about within its subject: a principle, a coding pattern, or its first tag."""
        return str(self.principle or self.pattern or self.tags[0])

    @property
    def topics(self) -> frozenset[str]:
        """All that somebody who is weak in one of these practises with it."""
        return frozenset({self.topic, *self.secondary, *self.tags})

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        flaws = [*_field_flaws(self), *_level_flaws(self), *_word_flaws(self)]
        if flaws:
            raise ValueError("; ".join(flaws))
        return self


def _field_flaws(question: Question) -> Iterator[str]:
    """Fields that the subject needs and are missing, or that belong to another subject."""
    subject = question.subject
    for name, owner in _OWNED.items():
        if bool(getattr(question, name)) != (subject is owner):
            yield f"`{name}` belongs to {owner} questions, and to each of them"
    if question.secondary and subject is not Subject.BEHAVIORAL:
        yield "`secondary` belongs to behavioral questions"
    if not question.tags and subject not in (Subject.BEHAVIORAL, Subject.CODING):
        yield f"{subject} questions need `tags`, the first of which is their topic"
    if question.principle in question.secondary or len(set(question.secondary)) < len(question.secondary):
        yield "a principle stands twice"


_OWNED = {
    "principle": Subject.BEHAVIORAL,
    "scale": Subject.DESIGN,
    "pattern": Subject.CODING,
    "complexity": Subject.CODING,
    "hint": Subject.CODING,
    "example": Subject.CODING,
}


def _level_flaws(question: Question) -> Iterator[str]:
    """Where what is written for each level does not cover exactly the question's levels."""
    levels = set(question.levels)
    if len(levels) < len(question.levels):
        yield "a level stands twice"
    for name, texts in (("expect", question.expect), ("scale", question.scale)):
        if texts.keys() != levels and (texts or name == "expect"):
            yield f"`{name}` covers {_listed(texts)}, the question is for {_listed(levels)}"


def _word_flaws(question: Question) -> Iterator[str]:
    """An id with another subject's prefix, or a spoken question that is too long to be listened to."""
    prefix = (question.principle or question.subject).replace("_", "-") + "-"
    if not question.id.startswith(prefix):
        yield f"its id does not begin with {prefix!r}"
    if question.subject is not Subject.DESIGN and len(question.probes) > PROBES_LIMIT:
        yield f"{len(question.probes)} `probes`, only design has time for more than {PROBES_LIMIT}"
    if question.subject in TALK and len(question.ask) > SPOKEN_LIMIT:
        yield f"`ask` has {len(question.ask)} characters, a spoken question has at most {SPOKEN_LIMIT}"


def _listed(levels: Collection[Level]) -> str:
    """Levels as words of a sentence."""
    return ", ".join(sorted(levels)) or "none"


class Bank(Value):
    """All questions, in the order of their files."""

    questions: tuple[Question, ...]

    def find(self, id: str) -> Question:  # noqa: A002 - it is the question's `id`
        """The question with this id.

        Raises:
            KeyError: the bank has no such question.
        """
        for question in self.questions:
            if question.id == id:
                return question
        raise KeyError(id)

    def of(self, subject: Subject, level: Level | None) -> tuple[Question, ...]:
        """The questions of a subject that suit a level; no level stands for all of them."""
        return tuple(
            question
            for question in self.questions
            if question.subject is subject and (level is None or level in question.levels)
        )


def choose(
    bank: Bank,
    subject: Subject,
    level: Level | None,
    *,
    known: Collection[str],
    seed: int,
    many: int = 1,
    weak: Collection[str] = (),
) -> tuple[Question, ...]:
    """Questions for one session that are new to its candidate.

    `known` are the ids of what the candidate was asked, or read as an interviewer; none of them comes
    again. Of what is left come first the topics that `known` covers least, so that over the weeks each
    principle has its turn. The first question is one for a `weak` topic (a principle, pattern or tag), if
    there is one; only the first, so that a weakness does not crowd out everything else. Among equals the
    seed decides: the same values always give the same questions, whatever the order of `known`.

    Two behavioural questions of one choice never share their principle; other subjects repeat a topic
    only when there is no other. A subject that is used up gives fewer questions than `many`, or none,
    which is no error: whoever calls tells the member.
    """
    left = [question for question in bank.of(subject, level) if question.id not in known]
    covered = Counter(question.topic for question in bank.questions if question.id in known)
    chosen: list[Question] = []
    while left and len(chosen) < many:
        wanted = frozenset(weak) if not chosen else frozenset()
        best = min(left, key=lambda each: _preference(each, covered, wanted, seed))
        chosen.append(best)
        covered[best.topic] += len(bank.questions)  # behind every topic that this choice does not have yet
        left = [each for each in left if each is not best and _may_follow(each, best)]
    return tuple(chosen)


def _may_follow(question: Question, chosen: Question) -> bool:
    """Whether both may stand in one choice."""
    return question.principle is None or question.principle is not chosen.principle


def _preference(
    question: Question, covered: Mapping[str, int], weak: frozenset[str], seed: int
) -> tuple[int, int, bytes]:
    """What makes a question come first: being about a weakness, a neglected topic, and then the lot.

    A question whose own topic is weak goes before one that only touches it. The lot is a hash and not a
    shuffle, so that a question that is added to the bank moves none of the others.
    """
    distance = 0 if question.topic in weak else 1 if question.topics & weak else 2
    return distance, covered[question.topic], hashlib.sha256(f"{seed}:{question.id}".encode()).digest()
