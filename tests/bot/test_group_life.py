"""The lead's week, a word to a member, milestones and the ranking of the group's lines."""

from __future__ import annotations

from bot.workspace.visitors.people import Person, words
from tests.bot.house import CHANNEL, House
from tests.bot.members import asks, blanks, day_post, finishes, form, hears, last_words
from tests.bot.mock_rooms import clicks_forged

LEADS = "For you as the lead · week 48"
POST = "Week 48 · Staff Prep"
NO_MORE = "The card is the one that the channel sees, and no more."


def lead_view(house: House, lead: Person) -> list[str]:
    """What the lead was sent about the week, line by line."""
    (post,) = house.posts(lead, LEADS)
    return words(post.payload).splitlines()


async def test_the_lead_sees_the_channels_card_and_who_agreed_to_it_without_a_number(house: House) -> None:
    ana, bo, chen, dee = await house.group(
        "Ana", "Bo", "Chen", "Dee", answers={"Bo": {"sharing": "private"}, "Dee": {"sharing": "full"}}
    )
    house.sql("update memberships set may_be_nudged = true where name = 'Bo'")
    await house.travel("2026-11-27 08:00")
    await finishes(dee, await day_post(dee, "Friday"))
    await house.travel("2026-11-29 18:00")
    lines = lead_view(house, ana)
    (post,) = house.posts(CHANNEL, POST)
    shown = [line for line in words(post.payload).splitlines() if not line.startswith("[picture")]
    assert lines[1:4] == ["*A word would help*", "Bo, since Mon 23 Nov", "[Write to Bo]"]
    assert lines[4:-1] == shown[1:-1]
    assert lines[-1] == NO_MORE  # of three who were asked none has checked in: a number would give each away
    assert not [each for each in (bo, chen, dee) if house.posts(each, "For you as the lead")]
    assert words(await asks(ana, "/prep group week")).splitlines()[1:4] == lines[1:4]
    refused = await hears(bo, "/prep group week")
    assert refused.startswith("That view is the lead's: Ana leads Staff Prep. `/prep scorecard` shows")


async def test_the_lead_writes_a_word_that_arrives_once_as_it_was_typed(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    house.sql("update memberships set may_be_nudged = true where name = 'Bo'")
    await house.travel("2026-11-29 18:00")
    view = await ana.waits_for_dm(LEADS)
    await ana.clicks(view, "Write to Bo")
    sheet = await ana.modal("A kind word")
    assert blanks(sheet)["words"].startswith("Hi Bo, good to have you here.")
    assert "words" in (await ana.submits(sheet, {"words": "  "})).errors
    typed = "Hi Bo, <!channel> *half* an hour on Tuesday?"
    await house.submits(ana, sheet, {"words": typed})
    await house.workspace.socket.redeliver_last("interactive")
    await house.settle()
    (post,) = house.posts(bo, "Ana (lead) writes:")
    assert words(post.payload).splitlines()[:2] == ["Ana (lead) writes:", typed]
    assert await last_words(ana) == "Sent to Bo."
    assert not any("half* an hour" in str(row) for row in house.sql("select * from deliveries"))
    settings = await form(bo, "/prep settings", "My settings")
    await house.submits(bo, settings, {"consents": []})
    await house.settle()
    assert "Nobody has agreed to be pointed out to you." in words(await ana.fresh(view))
    assert "Bo, since" not in words(await ana.fresh(view))
    await clicks_forged(house, ana, "lead_write", "1:2")
    assert (await last_words(ana)).startswith("Bo is no longer in the group, or no longer wishes")
    await clicks_forged(house, bo, "lead_write", "1:1")
    assert (await last_words(bo)).startswith("That view is the lead's")
    assert len(house.posts(bo, "(lead) writes:")) == 1


async def test_who_started_a_group_without_joining_it_gets_the_week_as_well(house: House) -> None:
    zoe, ana = await house.person("Zoe"), await house.person("Ana")
    await house.starts(zoe)
    await house.joins(ana)
    await house.settle()
    house.sql("update memberships set role = 'member'")
    await house.travel("2026-11-29 18:00")
    assert "Nobody has agreed to be pointed out to you." in "\n".join(lead_view(house, zoe))
    assert (await hears(zoe, "/prep group week")).startswith(LEADS)
    assert not house.posts(ana, "For you as the lead")


async def test_milestones_are_celebrated_once_and_only_of_who_has_shown_everything(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo", sharing="full", answers={"Bo": {"sharing": "private"}})
    await house.travel("2026-11-29 17:00")
    house.sql("update goals set state = 'done', done_at = '2026-11-28 12:00:00.000000'")
    await house.travel("Sunday 18:00")
    (post,) = house.posts(CHANNEL, POST)
    assert "Reached this week: Ana, 25 goals." in words(post.payload)
    assert "Reached this week: Ana, 25 goals" in post.payload["text"]
    (told,) = house.posts(ana, "Reached: 25 goals")
    assert words(told.payload).endswith("The group's post says so, too.")
    (alone,) = house.posts(bo, "Reached: 25 goals")
    assert words(alone.payload).endswith("Only you see this.")
    await house.travel("Monday 07:00")
    shown = words(await ana.waits_for(CHANNEL, f"{POST} · final"))
    assert "Reached this week: Ana, a first week and 25 goals." in shown
    assert not house.posts(ana, "Your first week is complete.")  # nobody is woken at midnight
    await house.travel("Monday 08:00")
    assert len(house.posts(ana, "Your first week is complete.")) == 1
    assert len(house.posts(bo, "Your first week is complete.")) == 1
    kept = house.sql("select membership_id, name from milestones")
    assert len(kept) == len(set(kept))
    assert {row[1] for row in kept} == {"first_week", "goals_25"}


async def test_the_lead_turns_ranking_on_and_celebrations_off(house: House) -> None:
    ana, bo, _, _ = await house.group(
        "Ana", "Bo", "Chen", "Dee", sharing="full", answers={"Dee": {"sharing": "private"}}
    )
    roster = await asks(ana, "/prep group")
    await ana.clicks(roster, "Change the rhythm")
    sheet = await ana.modal("The group's rhythm")
    assert blanks(sheet)["post"] == ["milestones"]
    await house.submits(ana, sheet, {"post": ["ranking"]})
    await house.settle()
    assert (await last_words(ana, CHANNEL)).endswith("The scorecard is ranked by goals met.")
    await house.travel("Monday 08:00")
    await finishes(bo, await day_post(bo, "Monday"))
    await house.travel("2026-11-30 08:00")
    shown = words(await ana.waits_for(CHANNEL, f"{POST} · final"))
    lines = [line.split("\t")[0] for line in shown.splitlines() if "\t" in line]
    assert lines == ["Member", "1. Bo", "2. Ana", "2. Chen"]
    assert "Ranked by goals met, as the lead has it." in shown
    assert "Dee" not in shown
    assert "Reached this week" not in shown
    (told,) = house.posts(bo, "Your first week is complete.")
    assert words(told.payload).endswith("Only you see this.")
