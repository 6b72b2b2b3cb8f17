"""Settings: complete, or refused with one sentence that names the one that is wrong."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from pathlib import Path

import pytest

from bot.settings import Settings

ROOT = Path(__file__).parent.parent.parent
ALIASES = {str(field.alias) for field in Settings.model_fields.values()}
BOT, APP = "xoxb-secret-canary", "xapp-secret-canary"


async def program(folder: Path, *arguments: str, **settings: str) -> tuple[int, str, str]:
    """Run the program in a folder with nothing but these settings: exit code, output, complaints."""
    clean = {name: value for name, value in os.environ.items() if name not in ALIASES}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        cwd=folder,
        env=clean | {"PYTHONPATH": str(ROOT)} | settings,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


def test_the_example_lists_exactly_the_settings_and_their_defaults() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    given = dict(re.findall(r"^([A-Z_]+)=(.*)$", example, re.MULTILINE))
    assert set(given) == ALIASES
    for field in Settings.model_fields.values():
        default = "" if field.default is None else str(field.default)
        assert given[str(field.alias)] == default


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"SLACK_BOT_TOKEN": BOT}, "SLACK_APP_TOKEN is missing"),
        ({"SLACK_APP_TOKEN": APP}, "SLACK_BOT_TOKEN is missing"),
        ({"SLACK_BOT_TOKEN": APP, "SLACK_APP_TOKEN": APP}, "SLACK_BOT_TOKEN: a bot token starts with xoxb-"),
        ({"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": BOT}, "SLACK_APP_TOKEN: an app-level token starts with"),
        ({"CADENCE_PORT": "http"}, "CADENCE_PORT: input should be a valid integer"),
        ({"CADENCE_PORT": "65536"}, "CADENCE_PORT: input should be less than or equal to 65535"),
        ({"DATABASE_URL": "mysql://root:secret-canary@db/x"}, "DATABASE_URL: it starts with sqlite+aiosqlite"),
        ({"CADENCE_LOG_LEVEL": "LOUD"}, "CADENCE_LOG_LEVEL: "),
        ({"SLACK_API_URL": "slack.com"}, "SLACK_API_URL: "),
        ({"CADENCE_HOST": "0.0.0.0"}, "CADENCE_HOST: "),  # noqa: S104 (refused)
    ],
)
async def test_a_wrong_setting_stops_the_start_with_one_sentence_that_names_it(
    tmp_path: Path, settings: dict[str, str], sentence: str
) -> None:
    code, out, err = await program(tmp_path, **settings)
    assert code == 2
    assert out == ""
    assert err.startswith(f"Cadence cannot start. {sentence}")
    assert len(err.splitlines()) == 1
    assert "secret-canary" not in err
    assert "Traceback" not in err


async def test_a_file_beside_the_program_is_read_and_the_environment_wins(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("CADENCE_PORT=nonsense\n")
    assert (await program(tmp_path))[2].startswith("Cadence cannot start. CADENCE_PORT: ")
    code, _, err = await program(tmp_path, CADENCE_PORT="8100", CADENCE_LOG_LEVEL="LOUD")
    assert (code, err.partition(":")[0]) == (2, "Cadence cannot start. CADENCE_LOG_LEVEL")


def test_secrets_do_not_show_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP, "SLACK_SIGNING_SECRET": "canary"}.items():
        monkeypatch.setenv(name, value)
    settings = Settings(_env_file=None)  # type: ignore[call-arg]
    assert "canary" not in repr(settings) + str(settings)
    assert settings.bot_token is not None
    assert settings.bot_token.get_secret_value() == BOT
