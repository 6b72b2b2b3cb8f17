"""A lead uploads a plan on the page, as in Slack: with the browser's own file picker."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.bot.uploads import plan
from tests.browser.conftest import Shoot
from tests.browser.program import program
from tests.browser.test_story import last_message, open_channel, type_in
from tests.browser.test_tour import SATURDAY_EVENING, become

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1200)]


async def test_a_lead_uploads_a_plan_and_sees_what_is_wrong_with_it_first(
    page: Page, shoot: Shoot, tmp_path: Path
) -> None:
    async with program(tmp_path / "data", "run", "--at", SATURDAY_EVENING) as cadence:
        address = (await cadence.says(r"Open (http://\S+)"))[1]
        await cadence.says("It is your turn")
        await page.goto(address)
        await become(page, "Ana")
        await open_channel(page, "staff-prep")
        await type_in(page, "/prep group")
        roster = await last_message(page, "Change the rhythm")
        await roster.get_by_role("button", name="Plans", exact=True).click()
        dialog = page.get_by_role("dialog")
        await dialog.get_by_role("button", name="Upload a plan").click()
        field = dialog.get_by_label("The plan")
        await field.set_input_files({"name": "ours.toml", "mimeType": "", "buffer": b"slug = 1"})
        await expect(dialog).to_contain_text("ours.toml")
        await expect(field).to_have_count(0)  # one file is all that is asked for
        await dialog.get_by_role("button", name="Remove ours.toml").click()
        await field.set_input_files({"name": "wrong.toml", "mimeType": "", "buffer": b"slug = 1"})
        await shoot(page, "files-chosen")
        await dialog.get_by_role("button", name="Upload", exact=True).click()
        await expect(dialog).to_contain_text("nothing has changed yet")
        await shoot(page, "files-faults")
        await field.set_input_files({"name": "ours.toml", "mimeType": "", "buffer": plan().encode()})
        await expect(dialog).to_contain_text("ours.toml")
        await dialog.get_by_role("button", name="Upload", exact=True).click()
        await expect(page.get_by_role("dialog", name="Your plan is in")).to_contain_text("2 weeks, 4 goals")
        await shoot(page, "files-taken")
        await page.get_by_role("dialog").get_by_role("button", name=re.compile("^Close$")).last.click()
        await expect(page.get_by_role("dialog", name="The group's plans")).to_contain_text("Our way")
        assert await cadence.ends() == 0
