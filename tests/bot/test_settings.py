"""Settings: complete, or refused with one sentence that names the one that is wrong."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from pathlib import Path

import pytest

from bot.__main__ import MISUSED, main
from bot.settings import Settings

ROOT = Path(__file__).parent.parent.parent
ALIASES = {str(field.alias) for field in Settings.model_fields.values()}
BOT, APP = "xoxb-secret-canary", "xapp-secret-canary"


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without `.env`, and an environment without any setting."""
    monkeypatch.chdir(tmp_path)
    for name in ALIASES:
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def starts(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, **settings: str
) -> tuple[int, str, str]:
    """Start the program with nothing but these settings: exit code, output, complaints."""
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    code = main([])
    said = capsys.readouterr()
    return code, said.out, said.err


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
        ({"DATABASE_URL": "mysql://me:secret-canary@db"}, "DATABASE_URL: it starts with sqlite+aiosqlite"),
        ({"CADENCE_LOG_LEVEL": "LOUD"}, "CADENCE_LOG_LEVEL: "),
        ({"SLACK_API_URL": "slack.com"}, "SLACK_API_URL: "),
        ({"CADENCE_HOST": "0.0.0.0"}, "CADENCE_HOST: "),  # noqa: S104 (refused)
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_sentence_that_names_it(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    settings: dict[str, str],
    sentence: str,
) -> None:
    code, out, err = starts(capsys, monkeypatch, **settings)
    assert (code, out) == (MISUSED, "")
    assert err.startswith(f"Cadence cannot start. {sentence}")
    assert len(err.splitlines()) == 1
    assert "secret-canary" not in err


def test_a_file_beside_the_program_is_read_and_the_environment_wins(
    empty_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (empty_folder / ".env").write_text("CADENCE_PORT=nonsense\n")
    assert starts(capsys, monkeypatch)[2].startswith("Cadence cannot start. CADENCE_PORT: ")
    code, _, err = starts(capsys, monkeypatch, CADENCE_PORT="8100", CADENCE_LOG_LEVEL="LOUD")
    assert (code, err.partition(":")[0]) == (MISUSED, "Cadence cannot start. CADENCE_LOG_LEVEL")


async def test_the_program_itself_refuses_without_a_traceback(empty_folder: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot"),
        cwd=empty_folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SLACK_BOT_TOKEN": BOT},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await asyncio.wait_for(process.communicate(), 60)
    said = "SLACK_APP_TOKEN is missing: Slack needs both tokens, the local workspace none."
    assert (process.returncode, out.decode()) == (MISUSED, "")
    assert err.decode() == f"Cadence cannot start. {said}\n"


def test_secrets_do_not_show_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", BOT)
    monkeypatch.setenv("SLACK_APP_TOKEN", APP)
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "canary")
    settings = Settings(_env_file=None)
    assert "canary" not in repr(settings) + str(settings)
    assert settings.bot_token is not None
    assert settings.bot_token.get_secret_value() == BOT
