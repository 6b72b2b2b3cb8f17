"""What somebody says of themselves when they join or change their settings, checked field by field."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.listeners.answers import Answers
from bot.store import people
from bot.store.tables import Enrolment, Membership
from bot.views import membership as forms
from plans import calendar
from plans.model import Plan

DEFAULT_PLAN = "12-week-comprehensive"
HOURS = (3.0, 40.0)
FURTHEST_INTERVIEW = timedelta(days=730)
FURTHEST_START = timedelta(days=365)


@dataclass(frozen=True)
class Preferences:
    """What a form says, checked."""

    level: str
    hours: float
    track: str
    interview_on: date | None
    first_day: date
    timezone: str
    post_time: time
    nudge_time: time | None
    days_off: list[int]
    sharing: str


def read(
    answers: Answers,
    plan: Plan,
    now: datetime,
    *,
    zone: str,
    enrolment: Enrolment | None = None,
    load: bool = True,
) -> tuple[Preferences | None, dict[str, str]]:
    """The form's fields, checked; or what is wrong with each.

    Dates are judged in the zone that the form names, else in `zone`. Without `load` the form asks for no
    hours.
    """
    timezone = answers.choice(forms.ZONE) or zone
    if timezone not in people.zones():
        return None, {forms.ZONE: "I don't know that time zone. Choose the nearest city."}
    here = calendar.local_day(now, ZoneInfo(timezone))
    hours = answers.number(forms.HOURS) if load else HOURS[0]
    post_time = answers.clock(forms.POST_TIME)
    days_off = [int(value) for value in answers.choices(forms.DAYS_OFF)]
    errors = _date_faults(answers, here, enrolment)
    if hours is None or not HOURS[0] <= hours <= HOURS[1]:
        errors[forms.HOURS] = "From 3 to 40 hours a week. Which is honest for you?"
    if len(days_off) == 7:
        errors[forms.DAYS_OFF] = "Keep at least one day for the plan."
    if post_time is None:
        errors[forms.POST_TIME] = "At which time shall the goals arrive?"
    if errors or hours is None or post_time is None:
        return None, errors
    nudge = answers.choice(forms.NUDGE)
    chosen = Preferences(
        level=answers.choice(forms.LEVEL) or (enrolment.level if enrolment else "L6"),
        hours=round(hours, 2),
        track=_track(plan, answers.choice(forms.TRACK), hours),
        interview_on=answers.day(forms.INTERVIEW),
        first_day=_first_day(answers, here),
        timezone=timezone,
        post_time=post_time,
        nudge_time=time.fromisoformat(nudge) if nudge and nudge != forms.NO_NUDGE else None,
        days_off=sorted(days_off),
        sharing=answers.choice(forms.SHARING) or "summary",
    )
    return chosen, {}


def _date_faults(answers: Answers, here: date, enrolment: Enrolment | None) -> dict[str, str]:
    """What is wrong with the dates, seen from the member's `here`; an old interview date may stay."""
    errors = {}
    interview, kept = answers.day(forms.INTERVIEW), enrolment.interview_on if enrolment else None
    if interview is None and answers.is_picked(forms.INTERVIEW):
        errors[forms.INTERVIEW] = "That date does not exist. When is the interview?"
    elif interview and interview < here and interview != kept:
        errors[forms.INTERVIEW] = "That date is in the past. When is the interview?"
    elif interview and interview > here + FURTHEST_INTERVIEW:
        errors[forms.INTERVIEW] = "That is more than two years ahead. Is the year right?"
    start = answers.day(forms.START_DAY)
    if start is None and answers.is_picked(forms.START_DAY):
        errors[forms.START_DAY] = "That date does not exist. When do you begin?"
    elif start and start < here:
        errors[forms.START_DAY] = "That date is in the past. Today is the earliest."
    elif start and start > here + FURTHEST_START:
        errors[forms.START_DAY] = "That is more than a year ahead. Is the year right?"
    return errors


def _first_day(answers: Answers, here: date) -> date:
    """The first day of the plan: the date that was given, else today or next Monday."""
    if start := answers.day(forms.START_DAY):
        return start
    return here if answers.choice(forms.START) == forms.TODAY else calendar.next_monday(here)


def _track(plan: Plan, chosen: str, hours: float) -> str:
    """The chosen track; fitted to the hours, the heaviest one that does not ask for more."""
    if chosen in {track.name for track in plan.tracks}:
        return chosen
    by_hours = sorted(plan.tracks, key=lambda track: track.hours)
    within = [track for track in by_hours if track.hours <= hours]
    return (within[-1] if within else by_hours[0]).name


def apply(membership: Membership, chosen: Preferences, slack_zone: str) -> None:
    """The personal part of a form. Who keeps Slack's zone follows it when they travel."""
    membership.timezone = chosen.timezone or slack_zone
    membership.follows_slack_zone = membership.timezone == slack_zone
    membership.post_time = chosen.post_time
    membership.nudge_time = chosen.nudge_time
    membership.days_off = chosen.days_off
    membership.sharing = chosen.sharing
