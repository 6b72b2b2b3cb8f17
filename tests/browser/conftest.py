"""Headless Chromium for the page's tests, and a place for the pictures that they take."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic"]
PICTURES = Path(__file__).parents[1] / "screenshots"

Shoot = Callable[[Page, str], Awaitable[None]]


@pytest.fixture(autouse=True)
def patience() -> None:
    """Generous waits: a busy machine is no defect of the page."""
    expect.set_options(timeout=60_000)


@pytest.fixture
async def browser(chromium_path: str) -> AsyncIterator[Browser]:
    """The system's Chromium."""
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield chromium
        await chromium.close()


@pytest.fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    """An empty page, on which an error of the page's own code fails the test."""
    context = await browser.new_context(viewport={"width": 1280, "height": 900})
    page = await context.new_page()
    page.set_default_timeout(60_000)
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    yield page
    await context.close()
    assert not failures, failures


@pytest.fixture
def shoot() -> Shoot:
    """Keep a picture of the page; CADENCE_PICTURES names another folder for them."""
    folder = Path(os.environ.get("CADENCE_PICTURES") or PICTURES)
    folder.mkdir(parents=True, exist_ok=True)

    async def keep(page: Page, name: str) -> None:
        await page.screenshot(path=folder / f"{name}.png")

    return keep
