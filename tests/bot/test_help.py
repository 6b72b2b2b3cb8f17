"""What one can type, and what happens to what nobody can read."""

from __future__ import annotations

import pytest

from bot.listeners import commands
from bot.workspace.visitors.people import words
from tests.bot.house import House
from tests.bot.members import asks, hears


async def test_help_lists_every_sub_command_with_its_own_docstring(house: House) -> None:
    (ana,) = await house.group("Ana")
    told = await asks(ana, "/prep help")
    lines = words(told).splitlines()
    rows = {name: commands.meaning(command) for name, command in commands.TABLE.items()}
    assert all(f"`/prep {name}`  {meaning}" in lines for name, meaning in rows.items())
    assert all(len(meaning) > 8 for meaning in rows.values())
    assert all(f"/prep {name}: " in told["text"] for name in rows)
    assert "[Show today] [Show my week]" in lines
    assert words(told) == await hears(ana, "/prep") == await hears(ana, "/prep ?")


async def test_help_for_a_stranger_has_no_buttons_that_lead_nowhere(house: House) -> None:
    dee = await house.person("Dee")
    told = await hears(dee, "/prep", "")
    assert "[Show today]" not in told
    assert "`/prep join`" in told


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tody", "today"),
        ("scorcard", "scorecard"),
        ("Weeek", "week"),
        ("stats", "start"),
        ("settins now", "settings"),
        ("coding 3", "log coding 1"),
        ("sd", "log sd 1"),
        ("xyzzy", "help"),
        ("日本", "help"),
    ],
)
async def test_a_word_that_is_no_command_gets_the_nearest_one(house: House, typed: str, meant: str) -> None:
    dee = await house.person("Dee")
    told = await hears(dee, f"/prep {typed}", "")
    assert told.startswith(f"I don't know `{typed.split(maxsplit=1)[0]}`. Did you mean `/prep {meant}`?")


@pytest.mark.parametrize("alias", sorted(commands.ALIASES))
def test_every_alias_leads_to_a_command_and_hides_none(alias: str) -> None:
    assert commands.command_of(alias.upper()) in commands.TABLE
    assert alias not in commands.TABLE
