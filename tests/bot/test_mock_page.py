"""`/prep mock`: one's page, the words behind it, the form "My mock interviews"."""

from __future__ import annotations

import pytest

from bot.workspace.visitors.people import words
from tests.bot.house import CHANNEL, House
from tests.bot.members import asks, blanks, form, hears, last_words
from tests.bot.rounds import CALLED, MATCHED, agree, call, called, comes_in, matched, sessions

TITLE = "My mock interviews"


async def test_the_page_shows_the_round_the_hours_and_what_is_coming(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    page = await hears(ana, "/prep mock")
    assert page.splitlines() == [
        "Mock interviews",
        "*This week's round.* None is open. The next one is called Monday at 12:00.",
        "*Coming.* Nothing yet.",
        "*Your hours.* Mon-Fri 18-21, Sat, Sun 9-12 · any kind · in a round when you say so",
        "[My hours] [Ask for one now] [Plan a full loop] [My sessions] [Why these people?]",
    ]
    await house.travel(CALLED)
    shown = await asks(ana, "/prep mocks")
    assert "It is open until Wednesday 25 Nov, 18:00, your time. Are you in?" in words(shown)
    await ana.clicks(shown, "I'm in")
    await comes_in(house, bo)
    assert "You are in. It is matched Wednesday 25 Nov, 18:00, your time." in await hears(ana, "/prep mock")
    await house.travel(MATCHED)
    assert "with Bo: no time agreed yet" in await hears(ana, "/prep mock")
    await agree(house, ana, bo)
    assert "with Bo: Thu 26 Nov 18:00 Berlin, 1 h 30" in await hears(ana, "/prep pair")


async def test_the_pages_doors_lead_where_they_say(house: House) -> None:
    ana, _ = await matched(house, "Ana", "Bo")
    page = await asks(ana, "/prep mock")
    await ana.clicks(page, "Why these people?")
    await house.settle()
    assert "You have not met yet" in await last_words(ana, CHANNEL)
    await ana.clicks(page, "My sessions")
    await house.settle()
    assert "Bo" in await last_words(ana, CHANNEL)
    await ana.clicks(page, "My hours")
    await ana.closes(await ana.modal(TITLE))
    await ana.clicks(page, "Ask for one now")
    assert await ana.modal("Ask for a mock")


async def test_the_home_has_a_short_section_that_opens_the_page(house: House) -> None:
    ana, _ = await called(house, "Ana", "Bo")
    home = await ana.home("Mock interviews")
    assert "*This week's round.* It is open until Wednesday" in words(home)
    await ana.clicks(home, "I'm in")
    await house.settle()
    await ana.clicks(home, "mock_page")
    await house.settle()
    assert "You are in. It is matched" in await last_words(ana)


@pytest.mark.parametrize("word", ["in", "join", "IN"])
async def test_one_can_come_in_and_skip_by_typing(house: House, word: str) -> None:
    ana, _ = await called(house, "Ana", "Bo")
    assert (await hears(ana, f"/prep mock {word}")).startswith("You are in. I match Wednesday")
    assert (await hears(ana, "/prep mock skip")).startswith("Fine, not this week.")
    assert house.sql("select state from mock_signups") == [("out",)]


async def test_coming_in_without_a_round_says_when_the_next_is_called(house: House) -> None:
    ana, _ = await house.group("Ana", "Bo")
    for word in ("in", "skip"):
        assert await hears(ana, f"/prep mock {word}") == (
            "No round is open now. The next one is called on Monday at 12:00."
            " `/prep mock always` puts you in every round."
        )


async def test_a_kind_holds_for_this_round_only(house: House) -> None:
    ana, bo = await called(house, "Ana", "Bo")
    await hears(ana, "/prep mock in behavioral")
    await comes_in(house, bo)
    await house.travel(MATCHED)
    assert house.sql("select kind from mock_sessions") == [("behavioral",)]
    assert "any kind" in await hears(ana, "/prep mock")
    assert await hears(ana, "/prep mock in juggling") == (
        'I don\'t know the kind "juggling". Say technical or behavioural.'
    )


async def test_leaving_the_rounds_takes_one_out_of_this_and_all_later_ones(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    await hears(ana, "/prep mock always")
    await hears(bo, "/prep mock always")
    await house.travel(CALLED)
    assert "*Ana and Bo* are in." in words(await call(ana))
    assert (await hears(ana, "/prep mock leave")).startswith("You are in no round any more")
    await house.settle()
    assert "*Bo* is in." in words(await call(ana))
    await house.travel("2026-11-30 12:00")
    assert "*Bo* is in." in words(house.posts(CHANNEL, "Mocks this week")[-1].payload)


async def test_always_said_during_a_round_brings_one_into_it_unless_one_has_declined(house: House) -> None:
    ana, bo = await called(house, "Ana", "Bo")
    await hears(ana, "/prep mock always")
    await hears(bo, "/prep mock skip")
    await hears(bo, "/prep mock always")
    await house.settle()
    assert "*Ana* is in." in words(await call(ana))


async def test_hours_are_typed_and_what_cannot_be_read_is_said(house: House) -> None:
    ana, _ = await house.group("Ana", "Bo")
    assert (await hears(ana, "/prep mock hours weekdays 7-9, sat 10-12")).startswith(
        "Saved. Your hours: Mon-Fri 7-9, Sat 10-12."
    )
    assert "full moon" in await hears(ana, "/prep mock hours full moon")
    assert "A session takes an hour at least." in await hears(ana, "/prep mock hours Mon 18:00-18:30")
    assert "A session takes an hour at least." in await hears(ana, "/prep mock hours none")
    assert "Mon-Fri 7-9, Sat 10-12" in await hears(ana, "/prep mock")


async def test_the_form_begins_with_what_is_assumed_and_keeps_everything(house: House) -> None:
    ana, bo = await called(house, "Ana", "Bo")
    sheet = await form(ana, "/prep mock hours", TITLE)
    held = blanks(sheet)
    assert held["kinds"] == ["technical", "behavioral"]
    assert held["presets"] == ["weekday_evenings", "saturday_morning", "sunday_morning"]
    assert (held["every"], held["wish"], held["span"]) == ("say", "none", "always")
    answers = {
        "kinds": ["Technical"],
        "presets": ["Weekday mornings, 7-9"],
        "hours": "Sun 20-22",
        "every": "In every round",
        "wish": "Candidate first",
        "level": ["same"],
        "blocked": [bo.id],
    }
    await house.submits(ana, sheet, answers)
    await house.settle()
    assert (await last_words(ana, CHANNEL)).startswith(
        "Saved. Your hours: Mon-Fri 7-9, Sun 20-22. You are in every round."
    )
    again = await form(ana, "/prep mock block", TITLE)
    held = blanks(again)
    assert (held["kinds"], held["presets"], held["hours"]) == (
        ["technical"],
        ["weekday_mornings"],
        "Sun 20-22",
    )
    assert (held["every"], held["wish"], held["level"]) == ("always", "candidate", ["same"])
    assert house.sql("select user_id from mock_blocks") == [(bo.id,)]
    await house.submits(ana, again, {"blocked": []})
    assert house.sql("select user_id from mock_blocks") == []


async def test_what_is_wrong_with_hours_is_said_in_the_field_and_nothing_typed_is_lost(house: House) -> None:
    ana, _ = await house.group("Ana", "Bo")
    sheet = await form(ana, "/prep mock hours", TITLE)
    refused = await ana.submits(sheet, {"presets": [], "hours": "whenever I feel like it"})
    assert "hours" in refused.errors
    assert "whenever I feel like it" in words(await ana.fresh(sheet))
    empty = await ana.submits(sheet, {"presets": [], "hours": ""})
    assert empty.errors["hours"].startswith("When could you practise?")
    short = await ana.submits(sheet, {"hours": "Mon 18:00-18:30"})
    assert short.errors["hours"].startswith("A session takes an hour at least.")
    assert house.sql("select count(*) from mock_profiles") == [(0,)]


async def test_hours_for_this_round_only_leave_the_profile_alone(house: House) -> None:
    ana, bo = await called(house, "Ana", "Bo")
    sheet = await form(ana, "/prep mock hours", TITLE)
    only = {"span": "once", "kinds": ["Behavioural"], "presets": [], "hours": "Sun 18-21"}
    await house.submits(ana, sheet, only)
    await hears(bo, "/prep mock hours Sun 18-21")
    await comes_in(house, bo)
    await house.travel(MATCHED)
    assert sessions(house) == [("Ana", "Bo")]
    assert house.sql("select kind from mock_sessions") == [("behavioral",)]
    assert "Mon-Fri 18-21, Sat, Sun 9-12 · any kind" in await hears(ana, "/prep mock")


async def test_who_rather_not_meet_never_do_and_never_learn_of_it(house: House) -> None:
    ana, bo = await called(house, "Ana", "Bo")
    sheet = await form(ana, "/prep mock block", TITLE)
    await house.submits(ana, sheet, {"blocked": [bo.id]})
    await comes_in(house, ana, bo)
    await house.travel(MATCHED)
    assert sessions(house) == []
    neutral = "Nobody free fitted your hours, kind and level this time."
    for person in (ana, bo):
        assert neutral in await last_words(person)
        assert neutral in await hears(person, "/prep why")
    await house.travel("2026-11-25 18:30")
    posts = "\n".join(words(post.payload) for post in house.posts() if post.channel != house.place(ana))
    for word in ("blocked", "rather not", "avoid"):
        assert word not in posts


async def test_why_before_any_round_and_before_the_matching(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    assert (await hears(ana, "/prep mock why")).startswith("There has been no mock round yet.")
    await house.travel(CALLED)
    assert (await hears(ana, "/prep mock why")).endswith("You are not in.")
    await comes_in(house, ana)
    assert (await hears(ana, "/prep mock why")).endswith("You are in.")
    await house.travel(MATCHED)
    assert await hears(bo, "/prep mock why") == "You were not in the newest round."


async def test_the_reason_names_the_hours_on_everybodys_clock(house: House) -> None:
    ana, bo = await called(house, "Ana", "Bo", zones={"Bo": "America/New_York"})
    await hears(ana, "/prep mock hours Thu 17-20")
    await hears(bo, "/prep mock hours Thu 11-14")
    await comes_in(house, ana, bo)
    await house.travel(MATCHED)
    said = await hears(ana, "/prep mock why")
    assert "both free " in said
    for stretch in ("Thu 17:00-20:00 Berlin", "Thu 11:00-14:00 New York"):
        assert stretch in said


async def test_a_word_that_nobody_knows_gets_the_list_of_words(house: House) -> None:
    (ana,) = await house.group("Ana")
    assert await hears(ana, "/prep mock frobnicate now") == (
        "I don't know `mock frobnicate`."
        " Try `mock in`, `skip`, `hours`, `always`, `now`, `loop` or `sessions`."
    )
