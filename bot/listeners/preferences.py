"""What somebody says of themselves when they join or change their settings, checked field by field."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.listeners.answers import Answers
from bot.store import people
from bot.store.tables import Enrolment, Membership
from bot.views import joining
from bot.views import membership as forms
from bot.views import windows as fields
from plans import calendar, windows
from plans.errors import StudyError
from plans.model import Level, Plan

HOURS = (3.0, 60.0)  # "Timelines": the emergency plan asks for more than 40
FURTHEST_INTERVIEW = timedelta(days=730)
LONGEST_WINDOWS = 255  # characters, of the table's column
FURTHEST_START = timedelta(days=365)


@dataclass(frozen=True)
class Load:
    """For which level somebody prepares, with how many hours a week, towards which day."""

    level: str
    hours: float
    interview_on: date | None


NO_LOAD = Load(Level.L6, HOURS[0], None)  # of somebody without a plan


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
    windows: str
    sharing: str


def read(
    answers: Answers,
    plan: Plan | None,
    now: datetime,
    *,
    zone: str,
    enrolment: Enrolment | None = None,
    load: Load | None = None,
) -> tuple[Preferences | None, dict[str, str]]:
    """The form's fields, checked; or what is wrong with each.

    Dates are judged in the zone that the form names, else in `zone`. The load is read from the form, unless
    it was asked before (`load`) or there is no plan to take it for.
    """
    timezone = answers.choice(forms.ZONE) or zone
    if timezone not in people.zones():
        return None, {forms.ZONE: "I don't know that time zone. Choose the nearest city."}
    here = calendar.local_day(now, ZoneInfo(timezone))
    errors: dict[str, str] = {}
    if plan is None:
        load = NO_LOAD
    elif load is None:
        load, errors = read_load(answers, here, enrolment)
    post_time = answers.clock(forms.POST_TIME)
    days_off = [int(value) for value in answers.choices(forms.DAYS_OFF)]
    errors |= _start_faults(answers, here)
    if len(days_off) == 7:
        errors[forms.DAYS_OFF] = "Keep at least one day for the plan."
    kept, window_faults = read_windows(answers, days_off)
    errors |= window_faults
    if post_time is None:
        errors[forms.POST_TIME] = "At which time shall the goals arrive?"
    if errors or load is None or post_time is None:
        return None, errors
    nudge = answers.choice(forms.NUDGE)
    chosen = Preferences(
        level=load.level,
        hours=load.hours,
        track=_track(plan, answers.choice(forms.TRACK), load.hours) if plan else "",
        interview_on=load.interview_on,
        first_day=_first_day(answers, here),
        timezone=timezone,
        post_time=post_time,
        nudge_time=time.fromisoformat(nudge) if nudge and nudge != forms.NO_NUDGE else None,
        days_off=sorted(days_off),
        windows=kept,
        sharing=answers.choice(forms.SHARING) or "summary",
    )
    return chosen, {}


def read_windows(answers: Answers, days_off: list[int]) -> tuple[str, dict[str, str]]:
    """The study windows as they are kept, own hours before a template; or what is wrong with them."""
    own, template = answers.text(fields.OWN_WINDOWS), answers.choice(fields.WINDOWS)
    field = fields.OWN_WINDOWS if own.strip() else fields.WINDOWS
    try:
        kept, found = windows.read(own.strip() or ("" if template == fields.NONE else template))
    except StudyError as error:
        return own, {field: str(error)}
    if len(kept) > LONGEST_WINDOWS:
        return own, {field: "That is more than I can keep. A few stretches a week are enough."}
    if found and {window.weekday for window in found} <= set(days_off):
        return kept, {field: "All of these hours lie on your days off. Which days do you study?"}
    return kept, {}


def read_load(
    answers: Answers, here: date, enrolment: Enrolment | None = None
) -> tuple[Load | None, dict[str, str]]:
    """Level, hours and interview date, checked; or what is wrong with each, seen from the member's `here`."""
    hours = answers.number(forms.HOURS)
    errors = interview_faults(answers, here, enrolment.interview_on if enrolment else None)
    if hours is None or not HOURS[0] <= hours <= HOURS[1]:
        errors[forms.HOURS] = "From 3 to 60 hours a week. Which is honest for you?"
    if errors or hours is None:
        return None, errors
    level = answers.choice(forms.LEVEL) or (enrolment.level if enrolment else Level.L6)
    return Load(level, round(hours, 2), answers.day(forms.INTERVIEW)), {}


def interview_faults(answers: Answers, here: date, kept: date | None) -> dict[str, str]:
    """What is wrong with the interview date; an old one that was `kept` may stay."""
    interview = answers.day(forms.INTERVIEW)
    if interview is None and answers.is_picked(forms.INTERVIEW):
        return {forms.INTERVIEW: "That date does not exist. When is the interview?"}
    if interview and interview < here and interview != kept:
        return {forms.INTERVIEW: "That date is in the past. When is the interview?"}
    if interview and interview > here + FURTHEST_INTERVIEW:
        return {forms.INTERVIEW: "That is more than two years ahead. Is the year right?"}
    return {}


def _start_faults(answers: Answers, here: date) -> dict[str, str]:
    """What is wrong with the day on which somebody begins."""
    start = answers.day(forms.START_DAY)
    if start is None and answers.is_picked(forms.START_DAY):
        return {forms.START_DAY: "That date does not exist. When do you begin?"}
    if start and start < here:
        return {forms.START_DAY: "That date is in the past. Today is the earliest."}
    if start and start > here + FURTHEST_START:
        return {forms.START_DAY: "That is more than a year ahead. Is the year right?"}
    return {}


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
    if chosen == joining.AS_PLANNED:
        return plan.default_track
    within = [track for track in by_hours if track.hours <= hours]
    return (within[-1] if within and chosen != joining.LIGHTEST else by_hours[0]).name


def apply(membership: Membership, chosen: Preferences, slack_zone: str) -> None:
    """The personal part of a form. Who keeps Slack's zone follows it when they travel."""
    membership.timezone = chosen.timezone or slack_zone
    membership.follows_slack_zone = membership.timezone == slack_zone
    membership.post_time = chosen.post_time
    membership.nudge_time = chosen.nudge_time
    membership.days_off = chosen.days_off
    membership.windows = chosen.windows
    membership.sharing = chosen.sharing
