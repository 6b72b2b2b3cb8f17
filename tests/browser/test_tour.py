"""A look around as somebody with three weeks behind them: every screen opens, also on a phone."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import Shoot
from tests.browser.program import program
from tests.browser.test_story import last_message, open_channel, type_in

SATURDAY_EVENING = "2026-11-21T19:30+00:00"
PHONE = ViewportSize(width=390, height=844)

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1200)]


async def become(page: Page, name: str) -> None:
    """Play somebody, if one does not play them already."""
    you = page.get_by_test_id("you")
    await expect(you).to_be_visible()
    if name not in await you.inner_text():
        await page.get_by_role("button", name=f"Be {name}", exact=True).click()
    await expect(you).to_contain_text(name)


async def test_every_screen_opens_for_a_member_of_three_weeks(
    page: Page, browser: Browser, shoot: Shoot, tmp_path: Path
) -> None:
    async with program(tmp_path / "data", "run", "--at", SATURDAY_EVENING) as cadence:
        address = (await cadence.says(r"Open (http://\S+)"))[1]
        await cadence.says("It is your turn")
        await page.goto(address)
        await become(page, "Ana")
        await open_channel(page, "staff-prep")
        for command, words, name in (
            ("/prep", "What can I do for you?", "help"),
            ("/prep week", "Make the base solid", "week"),
            ("/prep week next", "Level up", "next-week"),
            ("/prep plan", "you are here", "plan"),
            ("/prep plan compare", "Which one suits me?", "compare"),
            ("/prep plan checkpoint", "For you to tick", "checkpoint"),
            ("/prep plan change", "", "change"),
            ("/prep group", "Change the rhythm", "group"),
            ("/prep scorecard", "Interview readiness", "my-card"),
            ("/prep settings please", "", "settings"),
            ("/prep log", "", "log-form"),
        ):
            await type_in(page, command)
            if words:
                await last_message(page, words)
            else:
                await expect(page.get_by_role("dialog")).to_be_visible()
            await page.wait_for_load_state("networkidle")
            await shoot(page, f"tour-{name}")
            if not words:
                await page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
                await expect(page.get_by_role("dialog")).to_be_hidden()

        await open_channel(page, "Cadence")
        checkin = await last_message(page, "Weekly check-in")
        await checkin.get_by_role("button", name=re.compile("check-in|Check in", re.IGNORECASE)).click()
        await expect(page.get_by_role("dialog", name="Weekly check-in")).to_be_visible()
        await shoot(page, "tour-check-in")
        await page.get_by_role("dialog").get_by_role("button", name="Cancel").click()

        await page.get_by_test_id("tab-home").click()
        await expect(page.get_by_test_id("home-blocks")).to_contain_text("everything here is yours alone")
        await shoot(page, "tour-home")

        phone = await browser.new_page(viewport=PHONE, color_scheme="dark")
        phone.set_default_timeout(60_000)
        await phone.goto(page.url)
        await expect(phone.get_by_test_id("home-blocks")).to_contain_text("everything here is yours alone")
        await shoot(phone, "tour-phone-dark")
        await phone.close()
        assert await cadence.ends() == 0
