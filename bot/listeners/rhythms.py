"""The form of a group's weekly rhythm, read and checked."""

from bot.listeners.answers import Answers
from bot.store import groups
from bot.store.tables import Group
from bot.views import group as forms


def read(answers: Answers) -> tuple[forms.Rhythm | None, dict[str, str]]:
    """The form's fields, checked; or what is wrong with each."""
    errors = {}
    name = answers.text(forms.NAME)
    if not name:
        errors[forms.NAME] = "How shall the group be called?"
    elif len(name) > forms.NAME_LIMIT:
        errors[forms.NAME] = f"{forms.NAME_LIMIT} characters fit; this has {len(name)}."
    checkin, scorecard = answers.clock(forms.CHECKIN_TIME), answers.clock(forms.SCORECARD_TIME)
    if checkin is None:
        errors[forms.CHECKIN_TIME] = "At which time?"
    if scorecard is None:
        errors[forms.SCORECARD_TIME] = "At which time?"
    mocks, faults = _read_mocks(answers)
    errors |= faults
    if errors or checkin is None or scorecard is None:
        return None, errors
    chosen = forms.Rhythm(
        name=name,
        timezone=answers.choice(forms.ZONE) or "UTC",
        checkin_weekday=int(answers.choice(forms.CHECKIN_DAY) or groups.SATURDAY),
        checkin_time=checkin,
        scorecard_weekday=int(answers.choice(forms.SCORECARD_DAY) or groups.SUNDAY),
        scorecard_time=scorecard,
        mocks=mocks,
        post=_post(answers) if mocks is not None else None,
    )
    return chosen, {}


def _post(answers: Answers) -> forms.PostWays:
    """What the group's post shows beside the numbers; asked where mocks are."""
    ticked = answers.choices(forms.POST)
    return forms.PostWays(ranking=forms.RANKING in ticked, milestones=forms.MILESTONES in ticked)


def _read_mocks(answers: Answers) -> tuple[forms.MockRhythm | None, dict[str, str]]:
    """When mock rounds are called and matched; none where the form does not ask."""
    if not answers.choice(forms.CALL_DAY):
        return None, {}
    called, matched = answers.clock(forms.CALL_TIME), answers.clock(forms.MATCHING_TIME)
    if called is None:
        return None, {forms.CALL_TIME: "At which time?"}
    if matched is None:
        return None, {forms.MATCHING_TIME: "At which time?"}
    chosen = forms.MockRhythm(
        on=forms.YES in answers.choices(forms.HAS_MOCKS),
        call_weekday=int(answers.choice(forms.CALL_DAY)),
        call_time=called,
        matching_weekday=int(answers.choice(forms.MATCHING_DAY) or groups.WEDNESDAY),
        matching_time=matched,
    )
    if (chosen.call_weekday, called) == (chosen.matching_weekday, matched):
        return None, {forms.MATCHING_TIME: "Leave people some time between the call and the matching."}
    return chosen, {}


def rhythm(found: Group) -> forms.Rhythm:
    """A group's rhythm as its form shows it."""
    return forms.Rhythm(
        name=found.name,
        timezone=found.timezone,
        checkin_weekday=found.checkin_weekday,
        checkin_time=found.checkin_time,
        scorecard_weekday=found.scorecard_weekday,
        scorecard_time=found.scorecard_time,
        mocks=forms.MockRhythm(
            on=found.has_mocks,
            call_weekday=found.call_weekday,
            call_time=found.call_time,
            matching_weekday=found.matching_weekday,
            matching_time=found.matching_time,
        ),
        post=forms.PostWays(ranking=found.has_ranking, milestones=found.has_milestones),
    )
