"""What the two steps of joining carry between each other, so that going back and forth loses nothing.

Slack keeps it in the form. Whoever submits is checked each time, and so is everything that they say.
"""

from datetime import date, time

from bot.listeners.answers import Answers
from bot.listeners.choosing import Situation
from bot.listeners.steps import Carried
from bot.views import joining as forms
from bot.views import membership as fields
from bot.views import windows
from bot.views.choosing import Advice, suggested
from plans import calendar
from plans.model import Value


class Kept(Value):
    """The second step as it was left for the first one."""

    timezone: str
    plan: str
    track: str
    start: str
    start_day: date | None
    post_time: time
    nudge: str
    days_off: tuple[int, ...]
    windows: str = ""
    sharing: str


class Draft(Carried):
    """What the two steps carry between each other."""

    group: int
    channel: str = ""
    said: Situation | None = None
    suggested: str = ""
    kept: Kept | None = None


def wanted(draft: Draft, advice: Advice, said: Situation, zone: str, here: date) -> forms.Wanted:
    """What the second step starts with: what was there before going back, else defaults for the advice.

    A plan of one's own choice stays when the advice changes; one that was only suggested does not.
    """
    plan = suggested(advice.choice)
    there = {row.plan: row.weeks for row in advice.rows}
    if draft.kept is None:
        start = fields.TODAY if _is_short(said, there.get(plan, 0), here) else fields.MONDAY
        return forms.Wanted(timezone=zone, plan=plan, start=start)
    own = draft.kept.plan if draft.kept.plan != draft.suggested else ""
    return forms.Wanted(**dict(draft.kept.model_copy(update={"plan": own if own in there else plan})))


def _is_short(said: Situation, weeks: int, here: date) -> bool:
    """Whether a plan that begins next Monday ends after the interview: then today is the better start."""
    ends_on = calendar.next_monday(here) + weeks * calendar.WEEK
    return said.interview_on is not None and ends_on > said.interview_on


def filled_in(answers: Answers, zone: str) -> Kept:
    """The second step as it stands, whether it is right or not; what is empty starts anew."""
    post_time = answers.clock(fields.POST_TIME)
    return Kept(
        plan=answers.choice(forms.PLAN),
        track=answers.choice(fields.TRACK) or fields.FIT_TO_HOURS,
        start=answers.choice(fields.START) or fields.MONDAY,
        start_day=answers.day(fields.START_DAY),
        timezone=answers.choice(fields.ZONE) or zone,
        post_time=post_time or fields.Wishes.post_time,
        nudge=answers.choice(fields.NUDGE) or fields.NO_NUDGE,
        days_off=tuple(int(day) for day in answers.choices(fields.DAYS_OFF)),
        windows=_windows(answers),
        sharing=answers.choice(fields.SHARING),
    )


def _windows(answers: Answers) -> str:
    """Study windows as they stand in the form, also if they cannot be read yet."""
    template = answers.choice(windows.WINDOWS)
    return answers.text(windows.OWN_WINDOWS) or ("" if template == windows.NONE else template)
