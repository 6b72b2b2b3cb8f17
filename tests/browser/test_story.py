"""The first two minutes of a newcomer, from the address that the program prints to Sunday's scorecard."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import Shoot
from tests.browser.program import program

WEDNESDAY_EVENING = "2026-11-18T18:30+00:00"

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1200)]


async def type_in(page: Page, text: str) -> None:
    """Type into the composer and send it; again where the machine is too busy for Slack's three seconds."""
    composer = page.get_by_label("Message", exact=True)
    await composer.fill(text)
    while await composer.input_value():  # it is emptied once the message has arrived
        await composer.press("Enter")
        await expect(composer).to_be_editable()


async def last_message(page: Page, words: str | re.Pattern[str]) -> Locator:
    """The newest message with these words, once it is there."""
    message = page.get_by_test_id("message").filter(has_text=words).last
    await expect(message).to_be_visible()
    await message.scroll_into_view_if_needed()
    return message


async def open_channel(page: Page, name: str) -> None:
    await page.locator("[data-place]").filter(has_text=name).first.click()


async def test_a_newcomer_joins_ticks_rates_logs_and_reads_sundays_scorecard(
    page: Page, shoot: Shoot, tmp_path: Path
) -> None:
    async with program(tmp_path / "data", "run", "--at", WEDNESDAY_EVENING) as cadence:
        address = (await cadence.says(r"Open (http://\S+)"))[1]
        await cadence.says("It is your turn")
        await page.goto(address)
        await looks_at_the_group(page, shoot)
        await joins_with_one_mistake(page, shoot)
        day = await ticks_goals(page, shoot)
        await rates_the_day(page, shoot, day)
        await logs_and_undoes(page, shoot)
        await ticks_in_the_home_too(page, shoot)
        await reads_sundays_scorecard(page, shoot)
        await takes_the_recovery_week(page, shoot)
        assert await cadence.ends() == 0


async def looks_at_the_group(page: Page, shoot: Shoot) -> None:
    await open_channel(page, "staff-prep")
    await expect(page.get_by_test_id("message").filter(has_text="of goals met").first).to_be_visible()
    await shoot(page, "1-first-screen")


async def joins_with_one_mistake(page: Page, shoot: Shoot) -> None:
    await type_in(page, "/prep join")
    form = page.get_by_role("dialog", name="Join the study group")
    await expect(form).to_be_visible()
    hours = form.get_by_label("Hours a week you really have")
    await hours.fill("0")
    await form.get_by_role("button", name="Next").click()
    await expect(form.get_by_text("From 3 to 60 hours a week")).to_be_visible()
    await shoot(page, "2-join-with-a-mistake")
    await hours.fill("9")
    await form.get_by_role("button", name="Next").click()
    form = page.get_by_role("dialog", name="Your plan")
    await expect(form.get_by_text("I recommend 12-week comprehensive.")).to_be_visible()
    await form.get_by_role("radio", name="Today", exact=True).check()
    await form.get_by_role("radio", name="Everything", exact=True).check()
    await shoot(page, "2-join-with-a-plan")
    await form.get_by_role("button", name="Join").click()
    await expect(form).to_be_hidden()
    await last_message(page, "You're in.")


async def ticks_goals(page: Page, shoot: Shoot) -> Locator:
    await open_channel(page, "Cadence")
    welcome = await last_message(page, "Welcome to Staff Prep Crew")
    await expect(welcome).to_contain_text("9 h a week")
    await shoot(page, "3-welcome")
    day = await last_message(page, "week 1 of 12")
    boxes = day.get_by_role("checkbox")
    await boxes.nth(0).check()
    await expect(day).to_contain_text(re.compile(r"1 of \d+ done"))
    await boxes.nth(1).check()
    await expect(day).to_contain_text(re.compile(r"2 of \d+ done"))
    await boxes.nth(1).uncheck()
    await expect(day).to_contain_text(re.compile(r"1 of \d+ done"))
    await shoot(page, "4-the-day")
    return day


async def rates_the_day(page: Page, shoot: Shoot, day: Locator) -> None:
    await day.get_by_role("button", name="Rate today").click()
    rating = page.get_by_role("dialog", name="Rate today")
    await expect(rating).to_be_visible()
    for four in await rating.get_by_role("radio", name="4", exact=True).all():
        await four.check()
    await shoot(page, "5-rate-today")
    await rating.get_by_role("button", name="Save").click()
    await expect(rating).to_be_hidden()
    await expect(day).to_contain_text("Rated 4")


async def logs_and_undoes(page: Page, shoot: Shoot) -> None:
    await type_in(page, "/prep log sd 1 45m two pointers")
    receipt = await last_message(page, "Logged: 1 system design, 45 min")
    await expect(receipt).to_contain_text("this week")
    await shoot(page, "6-logged")
    await receipt.get_by_role("button", name="Undo").click()
    await last_message(page, "Undone: 1 system design")
    await type_in(page, "/prep lgo coding 3")
    await last_message(page, "Did you mean /prep log")


async def ticks_in_the_home_too(page: Page, shoot: Shoot) -> None:
    """The Home in week 1; what is ticked there is ticked in the message."""
    await page.get_by_test_id("tab-home").click()
    home = page.get_by_test_id("home-blocks")
    for part in ("week 1 of 12", "This week", "The plan", "Stories", "Mock interviews", "Readiness"):
        await expect(home).to_contain_text(part)
    await home.get_by_role("checkbox").nth(1).check()
    await expect(home).to_contain_text(re.compile(r"2 of \d+ done"))
    await page.set_viewport_size({"width": 1280, "height": 1700})
    await shoot(page, "6-home-week-1")
    await page.set_viewport_size({"width": 1280, "height": 900})
    await page.get_by_test_id("tab-messages").click()
    day = await last_message(page, "week 1 of 12")
    await expect(day).to_contain_text(re.compile(r"2 of \d+ done"))
    await day.get_by_role("checkbox").nth(1).uncheck()
    await expect(day).to_contain_text(re.compile(r"1 of \d+ done"))


async def reads_sundays_scorecard(page: Page, shoot: Shoot) -> None:
    await page.get_by_role("button", name="Sunday's scorecard").click()
    await open_channel(page, "staff-prep")
    scorecard = await last_message(page, re.compile(r"6 members.*% of goals met"))
    await expect(scorecard.get_by_role("cell", name="Sam", exact=True)).to_be_visible()
    await shoot(page, "7-scorecard")


async def takes_the_recovery_week(page: Page, shoot: Shoot) -> None:
    suggestion = await last_message(page, "A recovery week for Sam?")
    await expect(suggestion).to_contain_text("goals instead of")
    await shoot(page, "8-recovery-suggestion")
    await suggestion.get_by_role("button", name="Take the recovery week").click()
    taken = await last_message(page, "Sam has taken a recovery week")
    await expect(taken.get_by_role("button", name="Undo")).to_be_visible()
    await shoot(page, "9-recovery-taken")
