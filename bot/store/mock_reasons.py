"""Why these people, in words that all of them may read."""

from collections.abc import Mapping
from datetime import datetime

from bot.store import memberships
from bot.store.tables import Membership
from plans.pairing import Group, Reason
from plans.pairing.reasons import Complement


def of_group(paired: Group, members: Mapping[str, Membership]) -> str:
    """The reason for a group with names and hours on everybody's clock.

    Which area is whose weak one is known from feedback and stays private: only that they complement each
    other is said.
    """
    facts = tuple(fact for fact in paired.reason.facts if not isinstance(fact, Complement))
    said = Reason(facts).text(lambda who: members[who].name, lambda *stretch: _on_clocks(stretch, members))
    if len(facts) < len(paired.reason.facts):
        said += " Your strong sides complement each other."
    return said


def _on_clocks(stretch: tuple[datetime, datetime], members: Mapping[str, Membership]) -> str:
    """A stretch of time as "Thu 17:00-20:00 Berlin / Thu 11:00-14:00 New York"."""
    clocks: dict[str, list[str]] = {}
    for member in members.values():
        start, end = (instant.astimezone(memberships.zone(member)) for instant in stretch)
        city = member.timezone.rpartition("/")[2].replace("_", " ")
        cities = clocks.setdefault(f"{start:%a %H:%M}-{end:%H:%M}", [])
        if city not in cities:
            cities.append(city)
    return " / ".join(f"{clock} {' and '.join(cities)}" for clock, cities in clocks.items())
