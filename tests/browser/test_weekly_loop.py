"""The weekly loop as its people see it: the Home in week 7, a month, Sunday's post, a lighter week taken and
taken back, a member's card.
"""

import re
from pathlib import Path

import pytest
from playwright.async_api import Page, ViewportSize, expect

from tests.browser.conftest import Shoot
from tests.browser.program import program
from tests.browser.test_story import last_message, open_channel, type_in
from tests.browser.test_tour import become

WEDNESDAY_EVENING = "2026-11-18T19:30+00:00"
TALL = ViewportSize(width=1000, height=1900)
TAKE = re.compile("^Take ")
OFFER = re.compile("for Chen.*week of Mon 23 Nov", re.DOTALL)
TAKEN = re.compile("Chen (has taken|moves|takes).*Mon 23 Nov")

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1800)]


async def opens_home(page: Page, name: str) -> None:
    """Play somebody and open their Home."""
    await become(page, name)
    await open_channel(page, "Cadence")
    await page.get_by_test_id("tab-home").click()
    await expect(page.get_by_test_id("home-blocks")).to_contain_text("everything here is yours alone")


async def test_a_week_is_judged_a_lighter_one_is_taken_and_taken_back(
    page: Page, shoot: Shoot, tmp_path: Path
) -> None:
    async with program(tmp_path / "data", "run", "--weeks", "6", "--at", WEDNESDAY_EVENING) as cadence:
        address = (await cadence.says(r"Open (http://\S+)"))[1]
        await cadence.says("6 weeks behind it. It is your turn")
        await page.set_viewport_size(TALL)
        await page.goto(address)
        await opens_home(page, "Ana")
        home = page.get_by_test_id("home-blocks")
        await expect(home).to_contain_text("Week 7 of 12")
        before = await home.get_by_text(re.compile(r"\d+ of \d+ done|All \d+ done")).first.inner_text()
        await home.get_by_role("checkbox").first.click()
        await expect(home).not_to_contain_text(before)
        await shoot(page, "loop-1-home-week-7")

        await open_channel(page, "staff-prep")
        await type_in(page, "/prep month 1")
        month = await last_message(page, "For the next month")
        await expect(month).to_contain_text("Month 1 · weeks 1 to 4")
        await shoot(page, "loop-2-month")

        await page.get_by_role("button", name="Sunday's scorecard").click()
        card = await last_message(page, "Week 47 · Staff Prep Crew")
        await expect(card).to_contain_text("of goals met")
        await expect(card.get_by_role("img").first).to_be_visible()
        await shoot(page, "loop-3-group-scorecard")

        await become(page, "Chen")
        await open_channel(page, "staff-prep")
        offer = await last_message(page, OFFER)
        await expect(offer.get_by_role("button", name=TAKE).first).to_be_visible()
        await shoot(page, "loop-4-suggestion")
        await offer.get_by_role("button", name=TAKE).first.click()
        taken = await last_message(page, TAKEN)
        await expect(taken.get_by_role("button", name="Undo")).to_be_visible()
        await shoot(page, "loop-5-suggestion-taken")
        await taken.get_by_role("button", name="Undo").click()
        await expect(offer.get_by_role("button", name=TAKE).first).to_be_visible()

        await become(page, "Ana")
        await open_channel(page, "Cadence")
        await page.get_by_test_id("tab-messages").click()
        await last_message(page, re.compile(r"Your week 7"))
        await shoot(page, "loop-6-member-card")
        await last_message(page, "Month 1 · weeks 1 to 4")
        await shoot(page, "loop-7-month-with-picture")
        assert await cadence.ends() == 0
