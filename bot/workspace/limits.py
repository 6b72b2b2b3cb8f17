"""stub"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    pointer: str
    message: str
    code: str = ""


def faults_of(surface, payload):
    return []
