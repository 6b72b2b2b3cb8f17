"""The README is true where a machine can tell."""

import re
from pathlib import Path

from bot.listeners.commands import TABLE, meaning
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md", "docs/sources.md")


def rows(first_cell: str) -> dict[str, str]:
    """The rows of the README's tables whose first cell looks so: first cell and last cell."""
    found = re.findall(rf"^\| (`{first_cell}`) \|(?:.*\|)? (.*) \|$", README, re.MULTILINE)
    return {name.strip("`"): text for name, text in found}


def test_its_commands_are_those_of_the_help_in_the_same_order_and_words() -> None:
    expected = [(f"/prep {name}", meaning(command)) for name, command in TABLE.items()]
    assert list(rows("/prep [a-z]+").items()) == expected


def test_its_settings_are_all_the_settings() -> None:
    settings = {str(field.alias) for field in Settings.model_fields.values()}
    assert set(rows("[A-Z_]+")) == settings


def test_every_make_target_that_a_page_names_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for page in PAGES:
        text = (ROOT / page).read_text("utf-8")
        named = set(re.findall(r"(?:`|^)(?:[A-Z_]+=\S+ )?make ([a-z-]+)\b", text, re.MULTILINE))
        assert named <= targets, page


def test_every_file_that_a_page_links_to_exists() -> None:
    for page in PAGES:
        links = re.findall(r"\]\((?!http)([^)#]+)\)", (ROOT / page).read_text("utf-8"))
        missing = [link for link in links if not ((ROOT / page).parent / link).exists()]
        assert missing == [], page
