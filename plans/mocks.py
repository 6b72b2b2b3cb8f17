"""The words of mock interviews: kinds, roles and interviewer styles."""

from enum import StrEnum


class Kind(StrEnum):
    """What a mock interview practises."""

    TECHNICAL = "technical"
    BEHAVIORAL = "behavioral"
    FULL_LOOP = "full_loop"


class Role(StrEnum):
    """Who does what in a session's first turn."""

    INTERVIEWER = "interviewer"
    CANDIDATE = "candidate"
    OBSERVER = "observer"


class Style(StrEnum):
    """How an interviewer behaves; the four of week 9 ("The 12-week plan")."""

    DEEP_DIVER = "deep_diver"
    SKEPTIC = "skeptic"
    COLLABORATOR = "collaborator"
    SILENT = "silent"
