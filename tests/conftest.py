"""What all tests share."""

import os
import shutil

import pytest

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
WITHOUT = "CADENCE_WITHOUT_BROWSER"
HOW_TO_GET_ONE = (
    "The page's tests need Chromium: apt-get install chromium, or name one in CADENCE_CHROMIUM."
    f" {WITHOUT}=1 leaves these tests out."
)


def pytest_report_header() -> str:
    """Say at the start which browser the page's tests use, or what to do about it."""
    if _without_browser():
        return f"browser: {WITHOUT} is set, so the page is not tested"
    return f"browser: {_chromium() or HOW_TO_GET_ONE}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the page's tests out where somebody has asked for it, never silently."""
    if not _without_browser():
        return
    left_out = [item for item in items if item.get_closest_marker("browser")]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The system's Chromium; the failure says how to get one."""
    found = _chromium()
    if not found:
        pytest.fail(HOW_TO_GET_ONE, pytrace=False)
    return found


def _chromium() -> str | None:
    named = os.environ.get("CADENCE_CHROMIUM")
    return named or next(filter(None, map(shutil.which, CHROMIUMS)), None)


def _without_browser() -> bool:
    return os.environ.get(WITHOUT) == "1"
