"""Mentors: invited by the lead, their yes and their no, and what they are from then on."""

from __future__ import annotations

import pytest

from bot.views.mentors import NO as NO_BUTTON
from bot.views.mentors import WITHDRAW
from bot.views.mentors import YES as YES_BUTTON
from bot.workspace.visitors.people import words
from tests.bot.house import CHANNEL, House
from tests.bot.members import asks, blanks, form, group_card, has_element, hears, last_words, membership_of
from tests.bot.mentors import FORM, NO, YES, a_mentor, invitation, invites, says_yes
from tests.bot.mock_rooms import clicks_forged


async def test_the_lead_invites_a_mentor_who_says_yes_with_their_hours(house: House) -> None:
    ana, _ = await house.group("Ana", "Bo")
    eva = await house.person("Eva", "America/New_York")
    await invites(house, ana, eva)
    assert (await last_words(ana, CHANNEL)).startswith("I have asked Eva")
    asked = await invitation(eva)
    for fact in ("Ana asks", "Staff Prep", "one a week is four a month", "no plan", "pause and stop"):
        assert fact in words(asked)
    await eva.clicks(asked, YES)
    sheet = await eva.modal(FORM)
    assert blanks(sheet)["capacity"] == "1"
    answers = {"presets": [], "hours": "Tue 18-21", "capacity": "2", "kinds": ["Technical"]}
    await house.submits(eva, sheet, answers)
    await house.settle()
    member = await membership_of(house, eva)
    assert (member.role, member.status, member.timezone) == ("mentor", "active", "America/New_York")
    card = words(await eva.fresh(asked))
    assert "You mentor in *Staff Prep*" in card
    assert "Tue 18-21 · at most 2 sessions a week · technical" in card
    assert "Eva mentors in Staff Prep now" in await last_words(ana)
    assert house.sql("select always, capacity from mock_profiles") == [(1, 2)]


async def test_a_no_is_thanked_told_to_the_lead_and_can_be_followed_by_another_question(house: House) -> None:
    (ana,) = await house.group("Ana")
    eva = await house.person("Eva")
    await invites(house, ana, eva)
    asked = await invitation(eva)
    await eva.clicks(asked, NO)
    await house.settle()
    assert "You are not a mentor in Staff Prep" in words(await eva.fresh(asked))
    assert await last_words(ana) == "Eva cannot mentor in Staff Prep just now."
    assert (await membership_of(house, eva)).status == "left"
    await invites(house, ana, eva)
    assert len(house.posts(eva, "Would you mentor?")) == 2
    await says_yes(house, eva)
    assert (await membership_of(house, eva)).status == "active"
    assert "You are not a mentor in Staff Prep" in words(await eva.fresh(asked))  # the first stays answered


async def test_a_no_after_a_yes_asks_whether_to_stop(house: House) -> None:
    (ana,) = await house.group("Ana")
    eva = await a_mentor(house, ana, "Eva")
    await clicks_forged(house, eva, NO_BUTTON, str((await membership_of(house, eva)).id))
    assert (await membership_of(house, eva)).status == "active"
    assert (await last_words(eva)).startswith("Stop mentoring in *Staff Prep*?")


async def test_nobody_is_asked_twice_at_once_and_the_lead_can_take_a_question_back(house: House) -> None:
    (ana,) = await house.group("Ana")
    eva = await house.person("Eva")
    await invites(house, ana, eva)
    asked = await invitation(eva)
    await invites(house, ana, eva)
    answer = (await ana.messages(CHANNEL))[-1]
    assert words(answer).startswith("Eva is asked already")
    assert len(house.posts(eva)) == 1
    await ana.clicks(answer, "Take it back")
    await house.settle()
    assert await last_words(ana, CHANNEL) == "Taken back: Eva is asked no more."
    assert not has_element(await eva.fresh(asked), YES_BUTTON)
    await clicks_forged(house, eva, YES_BUTTON, str((await membership_of(house, eva)).id))
    assert (await membership_of(house, eva)).status == "left"


async def test_only_the_lead_invites_and_takes_back(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    eva = await house.person("Eva")
    assert await hears(bo, "/prep mock mentor") == (
        "Only the group's lead can invite mentors. Ana leads Staff Prep."
    )
    await invites(house, ana, eva)
    member = await membership_of(house, eva)
    await clicks_forged(house, bo, WITHDRAW, str(member.id))
    assert (await membership_of(house, eva)).status == "invited"


async def test_the_roster_shows_mentors_and_offers_the_lead_to_invite_more(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    await a_mentor(house, ana, "Eva")
    roster = await asks(ana, "/prep group")
    assert "• Eva, mentor: Berlin (UTC+1)" in words(roster).splitlines()
    assert "Invite a mentor" not in await hears(bo, "/prep group")
    await ana.clicks(roster, "Invite a mentor")
    assert "So far: Eva." in words(await ana.modal("Invite a mentor"))
    assert "2 members: Ana and Bo. 1 mentor: Eva." in words(await group_card(ana))


async def test_whom_the_lead_types_is_asked_and_whom_nobody_knows_is_chosen_in_the_form(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    eva = await house.person("Eva")
    await form(ana, "/prep mock mentor @Somebody", "Invite a mentor")
    assert (await hears(ana, f"/prep mock mentor <@{eva.id}|eva>")).startswith("I have asked Eva")
    assert "is in Staff Prep already" in await hears(ana, f"/prep mock mentor <@{bo.id}>")
    assert "is in Staff Prep already" in await hears(ana, "/prep mock mentor @bo")
    house.refusals.add("user_not_found")
    assert "I can't reach" in await hears(ana, "/prep mock mentor <@U0NOBODY>")


async def test_who_cannot_be_a_mentor_is_named_in_the_field(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    sheet = await form(ana, "/prep mock mentor", "Invite a mentor")
    refused = await ana.submits(sheet, {"who": [bo.id]})
    assert refused.errors["who"].startswith("Bo is in Staff Prep already")
    assert house.sql("select count(*) from memberships where role = 'mentor'") == [(0,)]


async def test_a_strangers_click_on_an_invitation_changes_nothing(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    eva = await house.person("Eva")
    await invites(house, ana, eva)
    member = await membership_of(house, eva)
    for button in (YES_BUTTON, NO_BUTTON):
        await clicks_forged(house, bo, button, str(member.id))
        await clicks_forged(house, eva, button, "nonsense")
    assert (await membership_of(house, eva)).status == "invited"


async def test_hours_that_cannot_be_read_are_said_in_their_field(house: House) -> None:
    (ana,) = await house.group("Ana")
    eva = await house.person("Eva")
    await invites(house, ana, eva)
    await eva.clicks(await invitation(eva), YES)
    refused = await eva.submits(await eva.modal(FORM), {"presets": [], "hours": "now and then"})
    assert "hours" in refused.errors
    assert (await membership_of(house, eva)).status == "invited"


async def test_a_mentor_gets_nothing_of_a_members_days_and_stands_on_no_scorecard(house: House) -> None:
    ana, _ = await house.group("Ana", "Bo", hours=9)
    eva = await a_mentor(house, ana, "Eva")
    before = len(house.posts(eva))
    await house.travel("2026-12-07 09:00")
    assert len(house.posts(eva)) == before + 2  # the warnings of two rounds
    assert all("this week's mock round" in words(each.payload) for each in house.posts(eva)[before:])
    assert house.posts(CHANNEL, "Week ")
    assert not any("Eva" in words(each.payload) for each in house.posts(CHANNEL, "Week "))
    timers = house.sql("select kind from timers where whom = ?", [f"m{(await membership_of(house, eva)).id}"])
    assert timers == [("thanks",)]


async def test_a_group_that_changes_its_rhythm_or_wakes_up_gives_a_mentor_no_posts(house: House) -> None:
    ana, _ = await house.group("Ana", "Bo")
    eva = await a_mentor(house, ana, "Eva")
    roster = await asks(ana, "/prep group")
    await ana.clicks(roster, "Change the rhythm")
    await house.submits(ana, await ana.modal("The group's rhythm"), {"name": "Night Owls"})
    await ana.archives(CHANNEL)
    await house.settle()
    await ana.unarchives(CHANNEL)
    await eva.moves_to("Asia/Tokyo")
    await house.settle()
    member = await membership_of(house, eva)
    assert member.timezone == "Asia/Tokyo"
    timers = house.sql("select kind from timers where whom = ?", [f"m{member.id}"])
    assert timers == [("thanks",)]


@pytest.mark.parametrize("word", ["today", "week", "plan", "scorecard", "mock", "settings", "goal", "log"])
async def test_every_command_answers_a_mentor(house: House, word: str) -> None:
    ana, _ = await house.group("Ana", "Bo")
    eva = await a_mentor(house, ana, "Eva")
    await eva.joins(CHANNEL)
    before = len(house.workspace.accepted)
    heard = await asks(eva, f"/prep {word}")
    assert heard or len(house.workspace.accepted) > before or await eva.modal()


async def test_a_mentor_changes_what_they_offer_and_sees_it_again(house: House) -> None:
    (ana,) = await house.group("Ana")
    eva = await a_mentor(house, ana, "Eva")
    card = await invitation(eva)
    await eva.clicks(card, "Change my offer")
    await house.submits(eva, await eva.modal(FORM), {"presets": [], "hours": "Sat 9-12", "capacity": "3"})
    await house.settle()
    assert "Sat 9-12 · at most 3 sessions a week" in words(await eva.fresh(card))
    await eva.joins(CHANNEL)
    await hears(eva, "/prep mock hours Sun 9-12")
    await house.settle()
    assert "Sun 9-12 · at most 3 sessions a week" in words(await eva.fresh(card))
    assert "Sun 9-12" in await hears(eva, "/prep mock mentor")


async def test_the_home_of_a_mentor_shows_their_offer_and_the_round(house: House) -> None:
    ana, _ = await house.group("Ana", "Bo")
    eva = await a_mentor(house, ana, "Eva")
    home = words(await eva.home("You mentor in"))
    assert "*Mock interviews*" in home
    assert "Rate today" not in home


async def test_a_mentor_stops_by_a_button_and_can_be_invited_again(house: House) -> None:
    ana, _ = await house.group("Ana", "Bo")
    eva = await a_mentor(house, ana, "Eva")
    await eva.clicks(await invitation(eva), "Stop mentoring")
    await house.settle()
    question = await eva.waits_for_dm("Stop mentoring in")
    await eva.clicks(question, "Go on")
    assert (await membership_of(house, eva)).status == "active"
    await eva.clicks(await invitation(eva), "Stop mentoring")
    await house.settle()
    await eva.clicks(await eva.waits_for_dm("Stop mentoring in"), "Stop")
    await house.settle()
    assert (await membership_of(house, eva)).status == "left"
    assert "2 members: Ana and Bo." in words(await group_card(ana))
    await invites(house, ana, eva)
    await says_yes(house, eva)
    assert "1 mentor: Eva." in words(await group_card(ana))


async def test_a_mentor_pauses_in_words_of_their_own_and_is_in_no_round_meanwhile(house: House) -> None:
    ana, _ = await house.group("Ana", "Bo")
    eva = await a_mentor(house, ana, "Eva")
    assert "You are in no round until then" in await hears(eva, "/prep pause 10d", "")
    await house.travel("Monday 12:00")
    assert "Eva" not in words(await ana.waits_for(CHANNEL, "Mocks this week"))
    assert "You are in the rounds again" in await hears(eva, "/prep resume", "")


async def test_a_mentor_who_joins_with_a_plan_is_a_member(house: House) -> None:
    ana, _ = await house.group("Ana", "Bo")
    eva = await a_mentor(house, ana, "Eva", capacity="3")
    await house.joins(eva)
    await house.settle()
    member = await membership_of(house, eva)
    assert (member.role, member.status) == ("member", "active")
    assert house.sql("select capacity, always from mock_profiles") == [(1, 0)]
    kinds = {kind for (kind,) in house.sql("select kind from timers where whom = ?", [f"m{member.id}"])}
    assert "day" in kinds
    assert "thanks" not in kinds
    assert "3 members: Ana, Bo and Eva." in words(await group_card(ana))


async def test_who_is_invited_and_joins_instead_is_a_member_and_the_invitation_says_so(house: House) -> None:
    (ana,) = await house.group("Ana")
    eva = await house.person("Eva")
    await invites(house, ana, eva)
    asked = await invitation(eva)
    await house.joins(eva)
    await house.settle()
    assert (await membership_of(house, eva)).role == "member"
    assert "with a plan of your own now" in words(await eva.fresh(asked))
    await clicks_forged(house, eva, YES_BUTTON, str((await membership_of(house, eva)).id))
    assert (await membership_of(house, eva)).role == "member"


async def test_a_former_member_who_says_yes_has_no_plan_any_more(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    await bo.clicks(await asks(bo, "/prep leave"), "Leave")
    await house.settle()
    await invites(house, ana, bo)
    await says_yes(house, bo)
    assert (await membership_of(house, bo)).role == "mentor"
    assert "You have no plan in this group" in await hears(bo, "/prep plan")


async def test_who_mentors_one_group_and_studies_in_another_keeps_their_own_days(house: House) -> None:
    ana, _ = await house.group("Ana", "Bo", start="today")
    dee = await house.person("Dee")
    await house.starts(dee, "#other")
    await house.joins(dee, "#other", start="today")
    await house.settle()
    await invites(house, dee, ana, where="#other")
    await says_yes(house, ana)
    assert "You have no plan" not in await hears(ana, "/prep plan", "")
    assert "Rate today" in words(await ana.home("Rate today"))


async def test_an_invited_person_whose_account_is_closed_is_invited_no_more(house: House) -> None:
    (ana,) = await house.group("Ana")
    eva = await house.person("Eva")
    await invites(house, ana, eva)
    await eva.is_deactivated()
    await house.settle()
    assert (await membership_of(house, eva)).status == "left"
    await eva.is_deactivated(deleted=False)
    await house.settle()
    assert (await membership_of(house, eva)).status == "left"


async def test_no_invitation_goes_out_of_an_archived_group(house: House) -> None:
    (ana,) = await house.group("Ana")
    eva = await house.person("Eva")
    await invites(house, ana, eva)
    asked = await invitation(eva)
    await ana.archives(CHANNEL)
    await house.settle()
    await eva.clicks(asked, YES)
    await house.settle()
    assert "archived" in await last_words(eva)
    assert (await membership_of(house, eva)).status == "invited"
