"""The doctor: each thing that can be wrong with the set-up is named, with what to do about it."""

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import doctor
from bot.doctor import Finding
from bot.local import open_workspace
from bot.manifest import MANIFEST, read_manifest
from bot.settings import Settings
from bot.store.database import open_database
from bot.store.tables import Delivery
from bot.workspace.profile import AppProfile
from bot.workspace.server import Workspace

ROOT = Path(__file__).parents[2]
NOW = datetime.now(UTC)


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine on which nothing is set but a folder and any free port."""
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.alias), raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CADENCE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("CADENCE_PORT", "0")


@pytest.fixture
async def slack() -> AsyncIterator[Workspace]:
    async with open_workspace(read_manifest()) as running:
        yield running


@pytest.fixture
def connected(slack: Workspace, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Both tokens are set, and they are right."""
    monkeypatch.setenv("SLACK_API_URL", slack.api_url)
    monkeypatch.setenv("SLACK_BOT_TOKEN", slack.bot_token)
    monkeypatch.setenv("SLACK_APP_TOKEN", slack.app_token)
    return slack


@dataclass
class Report:
    """All findings by their subjects."""

    findings: dict[str, Finding]

    @property
    def faults(self) -> list[str]:
        return [subject for subject, finding in self.findings.items() if finding.remedy]

    def __getitem__(self, subject: str) -> Finding:
        return self.findings[subject]

    def __str__(self) -> str:
        return "\n".join(map(str, self.findings.values()))


async def examined(ahead: timedelta = timedelta(), manifest: Path = MANIFEST) -> Report:
    """What the doctor finds on a machine whose clock is `ahead`."""
    findings = doctor.findings(lambda: datetime.now(UTC) + ahead, manifest)
    return Report({each.subject: each async for each in findings})


def names(folder: Path) -> list[str]:
    """What lies in a folder."""
    return [each.name for each in folder.iterdir()]


async def a_database(*deliveries: Delivery) -> Path:
    """The database that these settings name, up to date and with these deliveries."""
    address = Settings().database
    database = open_database(address)
    await database.upgrade()
    async with database.write() as session:
        session.add_all(deliveries)
    await database.close()
    return Path(address.removeprefix("sqlite+aiosqlite:///"))


def delivery(state: str, reason: str | None = None, period: str = "2026-11-20", age: int = 1) -> Delivery:
    due_at = NOW - timedelta(days=age)
    return Delivery(
        workspace_id="T1",
        kind="day",
        whom="m1",
        period=period,
        state=state,
        reason=reason,
        due_at=due_at,
        expires_at=due_at,
        not_before=due_at,
        nonce=period,
    )


# Without tokens


async def test_without_tokens_all_is_well_and_it_says_what_slack_would_need() -> None:
    report = await examined()
    assert report.faults == []
    assert "SLACK_BOT_TOKEN and SLACK_APP_TOKEN" in report["Slack"].says
    assert "first start makes it" in report["Database"].says
    assert "Bot token" not in report.findings


async def test_examining_leaves_no_trace(tmp_path: Path) -> None:
    await examined()
    assert names(tmp_path) == []


async def test_a_wrong_setting_is_named_and_nothing_else_is_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CADENCE_PORT", "many")
    report = await examined()
    assert list(report.findings) == report.faults == ["Settings"]
    assert "CADENCE_PORT" in report["Settings"].says


async def test_the_local_workspace_on_a_public_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CADENCE_HOST", "0.0.0.0")  # noqa: S104 (it is what must be refused)
    report = await examined()
    assert report.faults == ["Port"]
    assert "CADENCE_HOST=127.0.0.1" in report["Port"].remedy


async def test_a_taken_port_is_a_fault_unless_cadence_has_it(
    slack: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CADENCE_PORT", slack.api_url.split(":")[2].split("/")[0])
    assert "by a running Cadence" in (await examined())["Port"].says
    stranger = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
    async with stranger:
        monkeypatch.setenv("CADENCE_PORT", str(stranger.sockets[0].getsockname()[1]))
        report = await examined()
    assert report.faults == ["Port"]
    assert "CADENCE_PORT" in report["Port"].remedy


async def test_a_data_folder_that_cannot_be_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken").write_text("a file")
    monkeypatch.setenv("CADENCE_DATA", str(tmp_path / "taken" / "data"))
    report = await examined()
    assert report.faults == ["Data folder", "Database"]
    assert "CADENCE_DATA" in report["Data folder"].remedy


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "cannot be read"),
        ("features: [", "not whole"),
        ("features: {}", "not whole"),
        (MANIFEST.read_text("utf-8").replace("/prep", "/other"), "does not name the command /prep"),
        (
            MANIFEST.read_text("utf-8").replace("socket_mode_enabled: true", "socket_mode_enabled: false"),
            "off",
        ),
    ],
)
async def test_a_manifest_that_is_not_this_apps_is_a_fault(
    text: str | None, says: str, tmp_path: Path
) -> None:
    path = tmp_path / "manifest.yaml"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    report = await examined(manifest=path)
    assert report.faults == ["Manifest"]
    assert says in report["Manifest"].says


# The database


async def test_a_database_in_order_is_said_to_be_so_as_often_as_one_asks() -> None:
    await a_database(delivery("sent"))
    await examined()
    report = await examined()
    assert report.faults == []
    assert "can be written to" in report["Database"].says
    assert "up to date" in report["Tables"].says
    assert "all of the last seven days" in report["Messages"].says


async def test_an_empty_database_is_set_up_at_the_next_start(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "local.db").touch()
    report = await examined()
    assert report.faults == []
    assert "the next start brings them from nothing" in report["Tables"].says


async def test_a_database_that_cannot_be_opened_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}")  # a folder
    report = await examined()
    assert report.faults == ["Database"]
    assert "unable to open database file" in report["Database"].says
    assert "DATABASE_URL" in report["Database"].remedy


async def test_a_database_that_cannot_be_written_to_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(await a_database(), "copy.db")
    shutil.copy("copy.db", "file:copy.db")  # where the address seems to point
    monkeypatch.setenv("DATABASE_URL", "sqlite+aiosqlite:///file:copy.db?mode=ro&uri=true")
    report = await examined()
    assert report.faults == ["Database"]
    assert "readonly" in report["Database"].says


async def test_a_damaged_database_is_a_fault() -> None:
    file = await a_database()
    content = bytearray(file.read_bytes())
    content[4096 * 3 :] = b"\x5a" * len(content[4096 * 3 :])
    file.write_bytes(content)
    report = await examined()
    assert set(report.faults) & {"Database", "Integrity"}
    assert "backup" in str(report)


async def test_a_database_of_a_newer_cadence_is_a_fault() -> None:
    await a_database()
    database = open_database(Settings().database)
    async with database.writer.begin() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    await database.close()
    report = await examined()
    assert report.faults == ["Tables"]
    assert "9999" in report["Tables"].says


@pytest.mark.parametrize("state", ["held", "failed", "unknown"])
async def test_messages_that_did_not_plainly_arrive_are_counted_with_what_to_do(state: str) -> None:
    await a_database(
        delivery(state, "not_in_channel", "2026-11-19"),
        delivery(state, "not_in_channel", "2026-11-20"),
        delivery(state, "long_ago", "2026-10-01", age=30),
    )
    report = await examined()
    assert report.faults == ["Messages"]
    assert report["Messages"].says == f"of the last seven days, 2 {state} (not_in_channel)."
    assert state.capitalize() in report["Messages"].remedy


# Slack


async def test_with_good_tokens_everything_is_accepted(connected: Workspace) -> None:
    report = await examined()
    assert report.faults == []
    assert connected.team.name in report["Bot token"].says
    assert "all 13 are granted" in report["Scopes"].says
    assert "to the minute" in report["Clock"].says


async def test_a_wrong_bot_token_is_told_apart_from_a_wrong_app_token(
    connected: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-canary-1")
    report = await examined()
    assert report.faults == ["Bot token"]
    assert "invalid_auth" in report["Bot token"].says
    monkeypatch.setenv("SLACK_BOT_TOKEN", connected.bot_token)
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-canary-2")
    report = await examined()
    assert report.faults == ["App token"]
    assert "connections:write" in report["App token"].remedy


async def test_missing_scopes_are_named_and_surplus_ones_are_mentioned(connected: Workspace) -> None:
    profile = connected.team.profile
    scopes = (profile.scopes or frozenset()) - {"users:read", "im:history"} | {"pins:write"}
    connected.team.profile = AppProfile(profile.name, profile.commands, profile.home, scopes, profile.events)
    report = await examined()
    assert report.faults == ["Scopes"]
    assert "missing: im:history, users:read." in report["Scopes"].says
    assert "not needed: pins:write" in report["Scopes"].says
    assert "install the app again" in report["Scopes"].remedy


async def test_a_server_that_says_nothing_of_scopes_is_no_fault(connected: Workspace) -> None:
    profile = connected.team.profile
    connected.team.profile = AppProfile(profile.name, profile.commands, profile.home, None, profile.events)
    report = await examined()
    assert report.faults == []
    assert "does not say" in report["Scopes"].says


async def test_a_slack_that_cannot_be_reached_is_a_fault(
    connected: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:1/api/")
    report = await examined()
    assert report.faults == ["Slack"]
    assert "SLACK_API_URL" in report["Slack"].remedy
    assert connected.accepted == []


@pytest.mark.parametrize(
    ("kind", "options"),
    [("html", {"status": 200}), ("status", {"status": 503}), ("status", {"status": 200})],
)
async def test_an_answer_that_is_not_slacks_is_a_fault(
    connected: Workspace, kind: str, options: dict[str, int]
) -> None:
    connected.faults.next("*", kind, times=2, **options)  # type: ignore[arg-type]  # the names of two troubles
    report = await examined()
    assert report.faults == ["Bot token", "App token"]
    assert "not Slack" in report["Bot token"].says


@pytest.mark.parametrize(("minutes", "way"), [(5, "ahead of"), (-5, "behind")])
async def test_a_clock_that_is_minutes_off_is_a_fault(connected: Workspace, minutes: int, way: str) -> None:
    report = await examined(timedelta(minutes=minutes))
    assert report.faults == ["Clock"]
    assert f"{way} Slack" in report["Clock"].says
    assert connected.refused == []


# What is printed


async def test_the_command_prints_a_line_for_each_and_its_exit_code_says_whether_all_is_well(
    connected: Workspace,
) -> None:
    code, printed = await command()
    assert code == 0, printed
    assert printed.splitlines()[-1] == "All is well."
    assert "✗" not in printed
    connected.faults.next("auth.test", "error", error="account_inactive")
    code, printed = await command()
    assert code == 1, printed
    assert "✗ Bot token: Slack does not accept it: account_inactive.\n  → Copy" in printed


async def test_no_secret_is_ever_printed(connected: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    assert connected.accepted == []
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-canary-1")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-canary-2")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "canary-3")
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://me:canary-4@127.0.0.1:1/cadence")
    code, printed = await command()
    assert code == 1
    assert "Bot token" in printed
    assert "me:***@127.0.0.1" in printed
    assert "canary" not in printed


async def test_a_terminal_without_check_marks_is_served_as_well() -> None:
    code, printed = await command(encoding="ascii")
    assert code == 0, printed
    assert "? Settings: complete" in printed


async def command(encoding: str = "utf-8") -> tuple[int, str]:
    """Run `python -m bot doctor` as one does: its exit code and all that it prints."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "doctor",
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    printed, _ = await process.communicate()
    return process.returncode or 0, printed.decode()
