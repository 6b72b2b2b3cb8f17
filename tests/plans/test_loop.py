from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import loop
from plans.loop import LoopFormat, Stop, Vote
from plans.questions import Subject

CANDIDATE = "candidate"
NAMES = ("ana", "ben", "cleo", "dan", "eve")
DEADLINE = datetime(2026, 11, 20, 18, tzinfo=UTC)

formats = st.sampled_from(LoopFormat)
seeds = st.integers(0, 2**63)
panels = st.integers(2, 5).map(lambda size: NAMES[:size])
votes = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(Vote))


Day = tuple[tuple[str, ...], str | None, tuple[Stop, ...]]  # the panel, its bar raiser, the stops


def rounds(stops: tuple[Stop, ...]) -> list[Stop]:
    return [stop for stop in stops if stop.what == "round"]


def planned(size: LoopFormat, panel: tuple[str, ...], bar_raiser: str | None, seed: int) -> tuple[Stop, ...]:
    return loop.schedule(size, CANDIDATE, panel, bar_raiser=bar_raiser, seed=seed)


@st.composite
def days(draw: st.DrawFn) -> Day:
    panel = draw(panels)
    bar_raiser = draw(st.none() | st.sampled_from(panel))
    return panel, bar_raiser, planned(draw(formats), panel, bar_raiser, draw(seeds))


@given(day=days())
def test_the_stops_follow_each_other_from_the_first_minute_to_the_debrief(
    day: Day,
) -> None:
    stops = day[2]
    assert [stop.start for stop in stops] == [0, *(stop.end for stop in stops[:-1])]
    assert all(stop.minutes > 0 for stop in stops)
    assert [stop.what for stop in stops].count("debrief") == 1
    assert stops[-1].what == "debrief"


def test_a_full_loop_has_five_rounds_of_an_hour_at_most_in_five_to_six_hours() -> None:
    stops = planned(LoopFormat.FULL, NAMES, None, 1)
    assert [stop.subject for stop in rounds(stops)] == [
        Subject.BEHAVIORAL,
        Subject.DESIGN,
        Subject.CODING,
        Subject.LEADERSHIP,
        Subject.BAR_RAISER,
    ]
    assert all(50 <= stop.minutes <= 60 for stop in rounds(stops))
    assert 30 <= stops[-1].minutes <= 45
    assert 5 * 60 <= stops[-1].end <= 6 * 60
    assert stops[-1].end == LoopFormat.FULL.minutes


def test_a_short_loop_has_the_rounds_of_week_4_in_three_hours() -> None:
    stops = planned(LoopFormat.SHORT, NAMES, None, 1)
    assert [stop.minutes for stop in rounds(stops)] == [45, 60, 45]
    assert stops[-1].end == LoopFormat.SHORT.minutes == 3 * 60


@pytest.mark.parametrize("size", LoopFormat)
def test_the_candidate_rests_between_any_two_rounds(size: LoopFormat) -> None:
    stops = planned(size, NAMES, None, 1)
    assert not any(one.what == two.what == "round" for one, two in pairwise(stops))


def test_the_longest_break_of_a_full_loop_is_within_an_hour_of_its_middle() -> None:
    stops = planned(LoopFormat.FULL, NAMES, None, 1)
    *others, longest = sorted((stop for stop in stops if stop.what == "break"), key=lambda stop: stop.minutes)
    assert all(other.minutes < longest.minutes for other in others)
    middle = stops[-1].end / 2
    assert longest.start - 60 < middle < longest.end + 60


@given(day=days())
def test_only_rounds_have_people_and_every_round_has_an_interviewer(
    day: Day,
) -> None:
    panel, _, stops = day
    for stop in stops:
        if stop.what == "round":
            assert stop.interviewer in panel
            assert stop.subject is not None
            assert stop.shadow is None or (stop.shadow in panel and stop.shadow != stop.interviewer)
        else:
            assert (stop.subject, stop.interviewer, stop.shadow) == (None, None, None)


@given(day=days())
def test_nobody_interviews_twice_in_a_row(
    day: Day,
) -> None:
    holders = [stop.interviewer for stop in rounds(day[2])]
    assert all(one != two for one, two in pairwise(holders))


@given(day=days())
def test_nobody_has_more_than_one_round_more_than_another(
    day: Day,
) -> None:
    panel, _, stops = day
    held = Counter(stop.interviewer for stop in rounds(stops))
    assert max(held.values()) - min(held[person] for person in panel) <= 1


@given(day=days())
def test_everybody_who_is_asked_to_come_has_something_to_do(
    day: Day,
) -> None:
    panel, _, stops = day
    assert {stop.interviewer for stop in stops} | {stop.shadow for stop in stops} >= set(panel)


@given(size=formats, panel=panels, seed=seeds, data=st.data())
def test_the_bar_raiser_takes_the_last_round_and_shadows_exactly_one_other(
    size: LoopFormat, panel: tuple[str, ...], seed: int, data: st.DataObject
) -> None:
    bar_raiser = data.draw(st.sampled_from(panel))
    held = rounds(planned(size, panel, bar_raiser, seed))
    assert (held[-1].subject, held[-1].interviewer) == (Subject.BAR_RAISER, bar_raiser)
    assert [stop.shadow for stop in held].count(bar_raiser) == 1
    if len(panel) > 2:
        assert [stop.interviewer for stop in held].count(bar_raiser) == 1


@given(seed=seeds)
def test_five_interviewers_hold_a_round_each(seed: int) -> None:
    for bar_raiser in (None, *NAMES):
        held = rounds(planned(LoopFormat.FULL, NAMES, bar_raiser, seed))
        assert {stop.interviewer for stop in held} == set(NAMES)


@given(size=formats, seed=seeds, panel=st.permutations(NAMES))
def test_a_seed_gives_the_same_day_in_whatever_order_people_are_named(
    size: LoopFormat, seed: int, panel: list[str]
) -> None:
    assert planned(size, tuple(panel), "ana", seed) == planned(size, NAMES, "ana", seed)


def test_seeds_give_different_days() -> None:
    days = {planned(LoopFormat.FULL, NAMES[:4], "ana", seed) for seed in range(20)}
    assert len(days) > 5


@pytest.mark.parametrize("panel", [(), ("ana",), ("ana", "ana"), (*NAMES, "finn")])
def test_a_panel_has_two_to_five_different_people(panel: tuple[str, ...]) -> None:
    with pytest.raises(loop.PanelSize, match=f"2 to 5 interviewers, and you have named {len(set(panel))}"):
        planned(LoopFormat.FULL, panel, None, 1)


def test_nobody_interviews_themselves() -> None:
    with pytest.raises(loop.CandidateInterviews):
        planned(LoopFormat.FULL, ("ana", CANDIDATE), None, 1)


def test_the_bar_raiser_is_one_of_the_interviewers() -> None:
    with pytest.raises(loop.BarRaiserNotOnPanel):
        planned(LoopFormat.SHORT, ("ana", "ben"), "cleo", 1)


def test_each_format_says_how_long_it_is() -> None:
    assert LoopFormat.FULL.words == "full loop, 5 rounds in 6 hours"
    assert LoopFormat.SHORT.words == "short loop, 3 rounds in 3 hours"


@given(votes=votes, panel=st.sets(st.sampled_from(NAMES), min_size=1))
def test_votes_are_secret_until_the_last_of_the_panel_has_voted(
    votes: dict[str, Vote], panel: set[str]
) -> None:
    early = DEADLINE - timedelta(seconds=1)
    assert loop.votes_open(votes, panel, now=early, deadline=DEADLINE) == panel.issubset(votes)
    assert loop.votes_open(votes, panel, now=DEADLINE, deadline=DEADLINE)


def test_an_empty_panel_does_not_open_votes_early() -> None:
    assert not loop.votes_open({}, (), now=DEADLINE - timedelta(hours=1), deadline=DEADLINE)


@given(votes=votes, bar_raiser=st.none() | st.sampled_from(NAMES))
def test_the_majority_decides(votes: dict[str, Vote], bar_raiser: str | None) -> None:
    outcome = loop.debrief(votes, bar_raiser)
    yes = [vote for vote in votes.values() if vote in (Vote.HIRE, Vote.STRONG_HIRE)]
    no = len(votes) - len(yes)
    assert outcome.inclined == (None if len(yes) == no else len(yes) > no)
    assert outcome.tie == (len(yes) == no > 0)
    assert outcome.votes == len(votes)
    assert list(outcome.counts) == list(Vote)
    assert all(outcome.counts[vote] == list(votes.values()).count(vote) for vote in Vote)


@given(votes=votes, bar_raiser=st.none() | st.sampled_from(NAMES))
def test_a_bar_raiser_is_named_when_they_say_no_and_only_then(
    votes: dict[str, Vote], bar_raiser: str | None
) -> None:
    says_no = bar_raiser in votes and votes[bar_raiser] in (Vote.NO_HIRE, Vote.STRONG_NO_HIRE)
    outcome = loop.debrief(votes, bar_raiser)
    assert outcome.bar_raiser_says_no == says_no
    assert ("bar raiser" in outcome.sentence) == says_no


@pytest.mark.parametrize(
    ("cast", "sentence"),
    [
        ([], "Nobody has voted, so there is no outcome."),
        ([Vote.HIRE, Vote.HIRE, Vote.STRONG_NO_HIRE], "2 of 3 are inclined: a yes."),
        ([Vote.NO_HIRE, Vote.STRONG_HIRE, Vote.NO_HIRE], "1 of 3 is inclined: not yet."),
        ([Vote.NO_HIRE, Vote.NO_HIRE], "None of 2 are inclined: not yet."),
        (
            [Vote.HIRE, Vote.NO_HIRE],
            "A tie: 1 inclined, 1 not. Talk about what one side saw and the other did not.",
        ),
    ],
)
def test_the_outcome_is_said_in_one_sentence(cast: list[Vote], sentence: str) -> None:
    for order in permutations(cast):
        assert loop.debrief(dict(zip(NAMES, order, strict=False)), None).sentence == sentence


def test_every_vote_has_words_of_its_own() -> None:
    assert len({vote.words for vote in Vote}) == 4
    assert all(("not" in vote.words.lower()) != vote.inclined for vote in Vote)
