"""`python -m bot report`: from published group cards alone, in three formats, with kind mistakes."""

from __future__ import annotations

import asyncio
import base64
import csv
import io
import re
import shutil
import sqlite3
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot import report_pages
from bot.__main__ import FAILED, MISUSED, OK, main
from bot.report import SeveralGroups, find
from bot.store import groups, scorecards
from bot.store.database import open_database
from bot.store.reports import KnownGroup
from plans.groupcard import MemberWeek, Sharing, group_card
from plans.grouprecord import GroupRecord, RecordWeek
from plans.scorecard import GoalsMet, WeekRecord, score

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
MONDAY = date(2026, 11, 23)
WEEK = timedelta(weeks=1)
HOSTILE = "=cmd|'/c calc'!A1 <script>alert(1)</script> | *x* [a](http://e.vil) @all"


def member(name: str, sharing: Sharing = Sharing.FULL, done: int = 3, minutes: int = 600) -> MemberWeek:
    card = score(WeekRecord(minutes=minutes)).model_copy(update={"goals": GoalsMet(done=done, planned=4)})
    return MemberWeek(member=name, name=name, sharing=sharing, card=card)


def record(*weeks: Sequence[MemberWeek]) -> GroupRecord:
    """Published weeks of these members; the last one is not closed."""
    return GroupRecord(
        weeks=tuple(
            RecordWeek(
                monday=MONDAY + number * WEEK,
                card=group_card(week, mocks_held=number),
                closed=number < len(weeks) - 1,
            )
            for number, week in enumerate(weeks)
        )
    )


FOUR = record(
    [member("Ana"), member("Bo", Sharing.SUMMARY), member("Cy", Sharing.PRIVATE, minutes=777)],
    [member("Ana", done=4), member("Bo", Sharing.SUMMARY, done=1), member("Cy", Sharing.PRIVATE)],
)


# The pages


class Reader(HTMLParser):
    """What a browser would take of a page: its tags, its text, its pictures."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text: list[str] = []
        self.images: list[dict[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "img":
            self.images.append(dict(attrs))

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.text.append(data.strip())


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_table_has_a_row_for_each_member_and_week_as_far_as_they_share() -> None:
    found = rows(report_pages.table("Staff Prep", FOUR))
    assert [(row["week_of"], row["member"], row["goals_met_percent"], row["hours"]) for row in found] == [
        ("2026-11-23", "Ana", "75", "10.0"),
        ("2026-11-23", "Bo", "75", ""),
        ("2026-11-30", "Ana", "100", "10.0"),
        ("2026-11-30", "Bo", "25", ""),
    ]
    assert [row["final"] for row in found] == ["yes", "yes", "no", "no"]


@pytest.mark.parametrize("format_", ["md", "csv", "html"])
def test_no_format_names_who_keeps_the_week_private_or_counts_their_hours(format_: str) -> None:
    page = report_pages.FORMATS[format_]("Staff Prep", FOUR)
    assert "Ana" in page
    assert "Cy" not in re.sub(r"base64,[\w+/=]+", "", page)
    assert "777" not in re.sub(r"base64,[\w+/=]+", "", page)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "  ="])
def test_no_cell_of_the_table_begins_a_formula(sign: str) -> None:
    page = report_pages.table(f"{sign}1+1", record([member(f"{sign}SUM(A1)\r\nBo")]))
    (row,) = rows(page)
    assert row["member"] == f"'{sign.strip()}SUM(A1) Bo"
    assert row["group"] == f"'{sign.strip()}1+1"
    assert len(page.splitlines()) == 2


def test_hostile_names_are_text_in_html() -> None:
    page = Reader(report_pages.html(HOSTILE, record([member(HOSTILE)])))
    assert "script" not in page.tags
    assert "a" not in page.tags
    assert page.text.count(HOSTILE) == 2


def test_hostile_names_are_text_in_markdown() -> None:
    page = report_pages.markdown(HOSTILE, record([member(HOSTILE)]))
    (line,) = [line for line in page.splitlines() if line.startswith("| =cmd")]
    assert len(re.findall(r"(?<!\\)\|", line)) == 7
    assert "&lt;script&gt;" in line
    assert r"\*x\* \[a\](http\://e.vil)" in line
    assert "@all" not in line


def test_html_stands_alone_with_its_picture_and_the_picture_in_words() -> None:
    page = report_pages.html("Staff Prep", FOUR)
    assert not re.search(r"(src|href)=\"(?!data:)", page)
    (image,) = Reader(page).images
    kind, _, data = str(image["src"]).partition(",")
    assert kind == "data:image/png;base64"
    assert base64.b64decode(data).startswith(b"\x89PNG")
    assert "week 48 75 % of goals met, 10 h" in str(image["alt"])


def test_totals_stand_only_where_the_same_people_are_behind_each_week() -> None:
    same, changing = FOUR, record([member("Ana"), member("Bo")], [member("Ana"), member("Cy")])
    assert "- Goals met: 68 %" in report_pages.markdown("G", same)
    assert "- First to last week: 75 to 62 %" in report_pages.markdown("G", same)
    assert "- Hours: 20 h (1)" in report_pages.markdown("G", same)
    page = report_pages.markdown("G", changing)
    assert "- Hours" not in page
    assert "Weeks of different people are not summed" in page


def test_a_group_in_which_everybody_is_private_has_a_report_without_names() -> None:
    quiet = record([member("Cy", Sharing.PRIVATE)])
    assert rows(report_pages.table("G", quiet)) == []
    for page in (report_pages.markdown("G", quiet), report_pages.html("G", quiet)):
        assert "Everybody keeps their weeks private." in page
        assert "data:image" not in page


# The command


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the groups Staff Prep, which has two weeks, and New, which has none."""
    file = tmp_path_factory.mktemp("filled") / "cadence.db"
    asyncio.run(fill(f"sqlite+aiosqlite:///{file}"))
    return file


@pytest.fixture
def address(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings name a copy of it, which stands in `tmp_path`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{shutil.copy(filled, tmp_path)}")


async def fill(address: str) -> None:
    database = open_database(address)
    await database.upgrade()
    async with database.write() as session:
        for channel, name in (("C01", "Staff Prep"), ("C02", "New")):
            await groups.start(
                session,
                workspace_id="T1",
                channel_id=channel,
                name=name,
                timezone="Europe/Berlin",
                user_id="U1",
                now=NOW,
            )
        for week in FOUR.weeks:
            kept = {"card": week.card.model_dump(mode="json"), "sharing": {}}
            await scorecards.publish(session, "g1", week.monday, kept, NOW, closed=week.closed)
    await database.close()


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run the command: exit code, output, complaints."""
    code = main(["report", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.mark.usefixtures("address")
@pytest.mark.parametrize("wanted", ["#staff-prep", "Staff Prep", "staff prep", "C01", "1", "#C01"])
def test_a_group_is_found_by_name_number_or_channel(wanted: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "--group", wanted)
    assert (code, err) == (OK, "")
    assert out.startswith("# Staff Prep\n\n23 November 2026 to 6 December 2026\n")


@pytest.mark.usefixtures("address")
def test_only_the_newest_weeks_are_written_if_that_is_wanted(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "--group", "1", "--format", "csv", "--weeks", "1")
    assert {row["week_of"] for row in rows(out)} == {"2026-11-30"}


@pytest.mark.usefixtures("address")
def test_a_report_goes_into_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "report.html"
    assert run(capsys, "--group", "1", "--format", "html", "--out", str(file)) == (OK, "", "")
    assert file.read_text("utf-8").rstrip().endswith("</html>")
    code, _, err = run(capsys, "--group", "1", "--out", str(tmp_path / "none" / "report.md"))
    assert code == FAILED
    assert "cannot be written (No such file or directory)" in err


@pytest.mark.usefixtures("address")
def test_an_unknown_group_is_told_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "--group", "Nobody")
    assert (code, out) == (FAILED, "")
    known = "Staff Prep (number 1, channel C01), New (number 2, channel C02)"
    assert err == f"There is no group 'Nobody'. Known: {known}.\n"


@pytest.mark.usefixtures("address")
def test_a_group_without_a_scorecard_is_told_when_the_first_one_comes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, _, err = run(capsys, "--group", "New")
    assert code == FAILED
    assert err == "New has no scorecard yet. The first one comes at the end of its first week.\n"


def test_two_groups_of_one_name_are_told_apart_by_their_numbers() -> None:
    two = [KnownGroup(1, "C01", "Prep"), KnownGroup(2, "C02", "prep")]
    assert find(two, "2").channel_id == "C02"
    with pytest.raises(SeveralGroups, match="number 1, channel C01"):
        find(two, "Prep")


def test_without_a_database_none_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "none" / "cadence.db"
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{file}")
    code, _, err = run(capsys, "--group", "1")
    assert code == FAILED
    assert err.startswith(f"There is no database at {file} yet.")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database_is_refused_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cadence.db").write_text("not a database " * 100)
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path / 'cadence.db'}")
    code, _, err = run(capsys, "--group", "1")
    assert code == FAILED
    assert err == "The database cannot be read (file is not a database). `make doctor` says more.\n"


@pytest.mark.usefixtures("address")
def test_it_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with sqlite3.connect(tmp_path / "cadence.db") as connection:
        before = list(connection.iterdump())
        run(capsys, "--group", "1", "--format", "html")
        assert list(connection.iterdump()) == before


@pytest.mark.parametrize("weeks", ["0", "-1", "four"])
def test_a_number_of_weeks_that_is_none_is_refused(weeks: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["report", "--group", "1", f"--weeks={weeks}"])
    assert ended.value.code == MISUSED
    assert f"'{weeks}' is no number of weeks; try 4" in capsys.readouterr().err
