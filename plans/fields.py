"""What each field of a plan's file holds, in a line: for editors (the schema) and for faults."""

from collections.abc import Mapping
from types import MappingProxyType

from plans.model import (
    Area,
    Block,
    CheckItem,
    Checkpoint,
    Day,
    Frame,
    Goal,
    Level,
    Lighter,
    Metric,
    Phase,
    Plan,
    Ratings,
    Scores,
    Track,
    Value,
    Week,
    Weekday,
)

Lines = Mapping[str, str]

_LOWER = "small letters, digits and single hyphens"
_AREAS = ", ".join(Area)
_METRICS = ", ".join(Metric)

_FRAME: Lines = {
    "slug": f"the plan's name in commands and in the database: {_LOWER}, for ever",
    "title": "the plan's name as people read it, up to 200 characters",
    "summary": "what the plan is and whom it suits, up to 600 characters",
    "source": "where its figures come from, up to 200 characters",
    "success_rate": "the source's own estimate in per cent, a whole number from 0 to 100, if it has one",
    "hours_per_week": "the hours of a full week on the default track, from and to, such as [10, 12]",
    "best_for": "whom the plan suits best, up to 200 characters",
    "default_track": "the name of the track that members get unless they choose another",
    "tracks": "the loads at which the plan can be taken, each a [[tracks]] table",
    "phases": "runs of weeks with one purpose, which together cover every week once, each a [[phases]] table",
    "checkpoints": "lists to go through at the end of a week, each a [[checkpoints]] table",
}

FIELDS: Mapping[type[Value], Lines] = MappingProxyType(
    {
        Frame: _FRAME,
        Plan: {**_FRAME, "weeks": "the weeks from the first to the last, each a [[weeks]] table"},
        Track: {
            "name": f"the track's name in files and commands: {_LOWER}",
            "title": "the track's name as people read it, up to 200 characters",
            "hours": "hours a week, more than 0 and at most 80",
            "shares": f"per cent of the hours by area, 100 together; the areas are {_AREAS}",
        },
        Phase: {
            "name": f"the phase's name in files: {_LOWER}",
            "title": "the phase's name as people read it, up to 200 characters",
            "weeks": "the first and the last week, such as [1, 4]",
            "aims": "what the phase is for, a list of sentences of up to 200 characters",
        },
        Checkpoint: {
            "week": "the number of the week at whose end it is gone through",
            "title": "what the checkpoint is called, up to 200 characters",
            "items": "1 to 20 lines: sentences, which members tick, or tables that the data ticks",
        },
        CheckItem: {
            "text": "the line as members read it, up to 200 characters",
            "counts": f"totals since the plan began that tick it, by metric: {_METRICS}",
            "lp_coverage": "how many Leadership Principles the stories have to cover, 1 to 16",
            "goals": "ids of goals that have to be done",
            "ratings": "the lowest rating that the last rated week may hold",
            "mock_average": "the average of the mock interviews' feedback that ticks it, 1 to 5",
        },
        Ratings: {
            "of": f"which ratings it looks at: {' or '.join(Scores)}",
            "at_least": "the lowest of them, 1 to 5",
        },
        Week: {
            "number": "the week's number, from 1 without a hole, at most 60",
            "theme": "what the week is about, in a few words",
            "title": "the week as a heading, up to 200 characters",
            "targets": f"counts that the source sets for the week, by metric: {_METRICS}",
            "days": "the days from Monday to Sunday, each a table; a day without goals is left out",
        },
        Day: {
            "weekday": f"one of {', '.join(Weekday)}; saturday is for the weekend and stays open on sunday",
            "title": "what the day is about, up to 200 characters",
            "hours": "what its goals add up to for one level, more than 0 and at most 12",
            "blocks": "stretches of the day, each a table",
        },
        Block: {
            "name": 'a stretch of the day that belongs together, such as "Evening, 1 h"',
            "goals": "the goals in the order in which to do them, each a table",
        },
        Goal: {
            "id": f"the goal's identity, once in the plan and for ever: {_LOWER}",
            "text": "what to do, up to 75 characters; that is all that a checkbox holds",
            "note": "how to do it or why, up to 300 characters",
            "minutes": "whole minutes from 5 to 480",
            "area": f"what it trains: {_AREAS}",
            "tier": "how soon it is left out: core last, then standard; stretch comes only in strong weeks",
            "level": f"{' or '.join(Level)}, if it is for one level only; then it has an alternative, too",
            "alternative": "a name that the L6 goal and the L7 goal of the same week share",
            "metrics": f"what doing it counts, 1 to 100 by metric: {_METRICS}",
            "needs": "ids of goals of the same week that stand before it and have to be done first",
            "lighter": "how it looks on a lighter track, by the track's name",
        },
        Lighter: {
            "skip": "true leaves the goal out on this track",
            "text": "what to do on this track, up to 75 characters",
            "minutes": "whole minutes on this track, from 5 to 480",
            "metrics": f"what doing it counts on this track, by metric: {_METRICS}",
        },
    }
)
