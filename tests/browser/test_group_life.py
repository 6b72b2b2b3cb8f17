"""Group life as its people see it: a story, a buddy, a vote, the lead's word, lighter days, an interview."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Page, ViewportSize, expect

from bot.workspace.visitors.people import NotDone, People, Person
from tests.browser.conftest import Shoot
from tests.browser.program import program
from tests.browser.test_story import last_message, open_channel, type_in
from tests.browser.test_tour import become

SUNDAY = datetime(2026, 11, 22, 10, tzinfo=UTC)
WEEK = timedelta(weeks=1)
ASKED_ON = datetime(2026, 12, 14, 8, 30, tzinfo=UTC)  # the Monday after three weeks, half past nine in Berlin
VOTE_IS_OVER = datetime(2026, 12, 16, 18, tzinfo=UTC)
INTERVIEW = "2026-12-21"
CHANNEL = "staff-prep"
ZONES = {"Ana": "Europe/Berlin", "Bo": "America/New_York", "Chen": "Europe/London"}
TALL = ViewportSize(width=1000, height=1250)
STORY = "The checkout that timed out"

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1800)]


async def test_three_people_write_agree_vote_and_get_ready(page: Page, shoot: Shoot, tmp_path: Path) -> None:
    async with program(tmp_path / "data", "run", "--empty", "--at", SUNDAY.isoformat()) as cadence:
        address = (await cadence.says(r"Open (http://\S+)"))[1]
        await cadence.says("It is your turn")
        await a_group_gathers(address)
        await page.set_viewport_size(TALL)
        await page.goto(address)
        await become(page, "Ana")
        await open_channel(page, CHANNEL)
        await writes_a_story(page, shoot)
        await finds_a_buddy(page, shoot)
        await three_weeks_pass(address)
        await the_group_votes(page, shoot, address)
        await the_lead_writes_a_word(page, shoot)
        await takes_a_lighter_time(page, shoot)
        await gets_ready_for_an_interview(page, shoot)
        assert await cadence.ends() == 0


async def a_group_gathers(address: str) -> None:
    """Three who show everything; Bo and Chen may be asked as a buddy, and pointed out to the lead."""
    async with People(address) as people:
        ana, bo, chen = [await people.create(name, tz=zone) for name, zone in ZONES.items()]
        channel = await ana.channel_id(f"#{CHANNEL}")
        for person in (ana, bo, chen):
            await person.joins(channel)
        await types(ana, channel, "/prep start")
        await ana.submits(await ana.modal("Start a study group"), {"name": "Staff Prep Crew"})
        for person in (ana, bo, chen):
            await types(person, channel, "/prep join")
            await person.submits(await person.modal("Join the study group"))
            plan = {"plan": "12-week-comprehensive", "sharing": "full"}
            await person.submits(await person.modal("Your plan"), plan)
        for person in (bo, chen):
            await agrees(person, channel)


async def types(person: Person, channel: str, command: str) -> None:
    """Type a command; again where the machine is too busy for Slack's three seconds."""
    while True:
        try:
            await person.says(channel, command)
        except NotDone as refused:
            if refused.code != "operation_timeout":
                raise
        else:
            return


async def agrees(person: Person, channel: str) -> None:
    """To both consents that the settings ask for."""
    await types(person, channel, "/prep settings")
    await person.submits(await person.modal("My settings"), {"consents": ["asked", "nudged"]})


async def writes_a_story(page: Page, shoot: Shoot) -> None:
    await type_in(page, f"/prep story add {STORY}")
    form = page.get_by_role("dialog", name="New story")
    await expect(form.get_by_label("Title")).to_have_value(STORY)
    parts = {
        "Situation": "Two weeks before the busiest sale, one payment in fifty timed out.",
        "Task": "I was asked to have it below one in a thousand before the sale.",
        "Action": "I put three teams at one table, had each hop measured, and cut two calls.",
        "Result": "One in 3,000 on the day, and the dashboard is still how we begin each sale.",
    }
    for part, words in parts.items():
        await form.get_by_label(re.compile(f"^{part}")).fill(words)
    await form.get_by_role("button", name=re.compile("Leadership Principles")).click()
    await page.get_by_role("option", name="Ownership", exact=True).click()
    await form.get_by_label("Title").click()
    await shoot(page, "group-1-story-form")
    await form.get_by_role("button", name="Save").click()
    await expect(form).to_be_hidden()
    saved = await last_message(page, f"Saved: {STORY}")
    await saved.get_by_role("button", name="My stories").click()
    bank = await last_message(page, "Your stories")
    await expect(bank).to_contain_text("1 of 16 Leadership Principles covered")
    await expect(bank).to_contain_text(STORY)
    await shoot(page, "group-2-story-bank")


async def finds_a_buddy(page: Page, shoot: Shoot) -> None:
    await type_in(page, "/prep buddy")
    proposal = await last_message(page, "I would ask Chen first.")
    await shoot(page, "group-3-buddy-proposed")
    await proposal.get_by_role("button", name="Ask Chen").click()
    await last_message(page, "I have asked Chen for half an hour together")
    await become(page, "Chen")
    await open_channel(page, "Cadence")
    question = await last_message(page, "Ana would like half an hour together")
    await question.get_by_role("button", name="I have time").click()
    await expect(page.get_by_text("You have time for Ana.")).to_be_visible()
    await page.locator("[data-place]").filter(has_text="Ana").first.click()
    await last_message(page, "Three things that fit into it")
    await shoot(page, "group-4-half-an-hour-together")


async def three_weeks_pass(address: str) -> None:
    """Nobody gets round to anything; a week at a time, so that no answer takes minutes."""
    async with People(address) as people:
        for weeks in (1, 2, 3):
            await people.travel(SUNDAY + weeks * WEEK)
        await people.travel(ASKED_ON)


async def the_group_votes(page: Page, shoot: Shoot, address: str) -> None:
    await open_channel(page, CHANNEL)
    question = await last_message(page, re.compile("A little less .* for four weeks"))
    await expect(question).to_contain_text("3 of the 3 who show everything")
    await shoot(page, "group-5-vote")
    await question.get_by_role("button", name="Ease it").click()
    await last_message(page, "You voted to ease")
    await become(page, "Ana")
    await open_channel(page, CHANNEL)
    await question.get_by_role("button", name="Ease it").click()
    await expect(question).to_contain_text("2 have voted.")
    async with People(address) as people:
        await people.travel(VOTE_IS_OVER)
    await last_message(page, "2 voted to ease it, 0 to keep it.")
    await shoot(page, "group-6-vote-counted")


async def the_lead_writes_a_word(page: Page, shoot: Shoot) -> None:
    await type_in(page, "/prep group week")
    week = await last_message(page, "For you as the lead")
    await expect(week).to_contain_text("A word would help")
    await shoot(page, "group-7-week-of-the-lead")
    await week.get_by_role("button", name="Write to Bo").click()
    form = page.get_by_role("dialog", name="A kind word")
    await form.get_by_role("textbox").fill("Shall we do Tuesday's design together?")
    await form.get_by_role("button", name="Send").click()
    await last_message(page, "Sent to Bo.")


async def takes_a_lighter_time(page: Page, shoot: Shoot) -> None:
    await type_in(page, "/prep mode")
    overview = await last_message(page, "Lighter or different times")
    await overview.get_by_role("button", name="Choose a mode").click()
    form = page.get_by_role("dialog", name="Lighter or different")
    await form.get_by_role("radio", name="Family time").check()
    await form.get_by_role("button", name="Show the change").click()
    preview = page.get_by_role("dialog", name="What would change")
    await expect(preview).to_contain_text("instead of")
    await shoot(page, "group-8-mode-preview")
    await preview.get_by_role("button", name="Take it").click()
    taken = await last_message(page, "Taken: family time")
    await taken.get_by_role("button", name="Undo").click()
    await last_message(page, "Taken back.")


async def gets_ready_for_an_interview(page: Page, shoot: Shoot) -> None:
    await type_in(page, "/prep plan interview")
    nothing = await last_message(page, "There is no interview date yet.")
    await nothing.get_by_role("button", name="Set a date").click()
    form = page.get_by_role("dialog", name="Interview date")
    await form.get_by_label("Interview date").fill(INTERVIEW)
    await form.get_by_role("button", name="Show the change").click()
    preview = page.get_by_role("dialog", name="Change my plan")
    await preview.get_by_role("button", name="Change it").click()
    await expect(preview).to_be_hidden()
    await type_in(page, "/prep plan interview")
    sheet = await last_message(page, "Interview on Mon 21 Dec")
    await sheet.get_by_role("checkbox", name="My stories on one page, a line each").check()
    await expect(sheet).to_contain_text("1 of 19 ready.")
    await shoot(page, "group-9-interview-list")
