from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from plans import invitation

MADE_AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
# Berlin puts its clock back on 25 October 2026, New York a week later.
AROUND_THE_CHANGES = [
    datetime(2026, 10, 24, 18, tzinfo=BERLIN),
    datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN),
    datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1),
    datetime(2026, 10, 28, 18, tzinfo=BERLIN),
    datetime(2026, 10, 28, 13, tzinfo=NEW_YORK),
    datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK, fold=1),
    datetime(2026, 11, 2, 12, tzinfo=NEW_YORK),
]

instants = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.timezones()).map(  # noqa: DTZ001
    lambda instant: instant.replace(microsecond=0)
)
lengths = st.sampled_from([60, 90, 180, 360])
texts = st.text(max_size=200) | st.text('a,;:\\\n\r"=é🎤 ', max_size=200)


def made(
    starts_at: datetime = AROUND_THE_CHANGES[0],
    *,
    minutes: int = 90,
    sequence: int = 0,
    title: str = "Mock interview",
    description: str = "",
    cancelled: bool = False,
) -> bytes:
    return invitation.calendar_file(
        uid="s1@cadence",
        sequence=sequence,
        starts_at=starts_at,
        minutes=minutes,
        title=title,
        description=description,
        made_at=MADE_AT,
        cancelled=cancelled,
    )


def event_of(file: bytes) -> Event:
    (event,) = Calendar.from_ical(file).walk("VEVENT")
    assert isinstance(event, Event)
    return event


def start_and_end(file: bytes) -> tuple[datetime, datetime]:
    event = event_of(file)
    assert isinstance(event.start, datetime)
    assert isinstance(event.end, datetime)
    return event.start, event.end


def lines_of(text: str) -> list[str]:
    """Its lines without control characters, which no calendar file may hold."""
    controls = {chr(number) for number in (*range(32), *range(127, 160))} - {"\t"}
    return ["".join(letter for letter in line if letter not in controls) for line in text.splitlines()]


@pytest.mark.parametrize("starts_at", AROUND_THE_CHANGES)
def test_both_calendars_show_the_same_instant_around_a_clock_change(starts_at: datetime) -> None:
    start, end = start_and_end(made(starts_at))
    for zone in (BERLIN, NEW_YORK):
        assert f"{start.astimezone(zone):%c %z}" == f"{starts_at.astimezone(zone):%c %z}"
    assert end - start == timedelta(minutes=90)


@given(starts_at=instants, minutes=lengths)
def test_the_file_says_the_instant_in_utc_wherever_it_was_read(starts_at: datetime, minutes: int) -> None:
    file = made(starts_at, minutes=minutes)
    start, end = start_and_end(file)
    assert start.utcoffset() == timedelta()
    assert start == starts_at.astimezone(UTC)
    assert end == start + timedelta(minutes=minutes)
    assert b"TZID" not in file
    assert b"VTIMEZONE" not in file


@given(title=texts, description=texts)
def test_what_people_typed_is_read_back_and_is_never_a_line_of_its_own(title: str, description: str) -> None:
    event = event_of(made(title=title, description=description))
    assert str(event["summary"]).split("\n") == (lines_of(title) or [""])
    assert str(event["description"]).split("\n") == (lines_of(description) or [""])
    assert set(event) == set(event_of(made()))


@given(title=texts, description=texts)
def test_no_line_is_longer_than_75_octets_and_each_ends_as_the_standard_says(
    title: str, description: str
) -> None:
    file = made(title=title, description=description)
    assert file.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    assert b"\n" not in file.replace(b"\r\n", b"")
    assert b"\r" not in file.replace(b"\r\n", b"")


def test_a_change_keeps_the_uid_and_raises_the_sequence() -> None:
    first, second = event_of(made()), event_of(made(AROUND_THE_CHANGES[3], sequence=1))
    assert first["uid"] == second["uid"] == "s1@cadence"
    assert (first["sequence"], second["sequence"]) == (0, 1)


def test_a_cancelled_session_is_taken_out_and_rings_no_more() -> None:
    file = made(sequence=2, cancelled=True)
    assert Calendar.from_ical(file)["method"] == "CANCEL"
    assert event_of(file)["status"] == "CANCELLED"
    assert event_of(file).walk("VALARM") == []


def test_a_session_is_published_with_two_reminders() -> None:
    file = made()
    assert Calendar.from_ical(file)["method"] == "PUBLISH"
    assert event_of(file)["status"] == "CONFIRMED"
    rings = [alarm.decoded("trigger") for alarm in event_of(file).walk("VALARM")]
    assert rings == [-timedelta(hours=24), -timedelta(minutes=15)]


@pytest.mark.parametrize("cancelled", [True, False])
def test_the_file_has_what_the_standard_requires_and_names_nobody(cancelled: bool) -> None:
    file = made(cancelled=cancelled)
    calendar = Calendar.from_ical(file)
    assert calendar["version"] == "2.0"
    assert calendar["prodid"]
    assert event_of(file).decoded("dtstamp") == MADE_AT
    for name in (b"ORGANIZER", b"ATTENDEE", b"mailto"):
        assert name not in file


def test_the_same_session_makes_the_same_bytes() -> None:
    assert made(description="x" * 300) == made(description="x" * 300)


def test_naive_instants_are_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        made(datetime(2026, 11, 20, 18))  # noqa: DTZ001 that is the point
    with pytest.raises(ValueError, match="naive"):
        invitation.links(datetime(2026, 11, 20, 18), 90, "Mock", "")  # noqa: DTZ001


@given(starts_at=instants, minutes=lengths, title=texts, description=texts)
def test_links_carry_the_event_as_it_is(
    starts_at: datetime, minutes: int, title: str, description: str
) -> None:
    found = invitation.links(starts_at, minutes, title, description)
    google, outlook = (
        {
            key: value[0]
            for key, value in parse_qs(urlsplit(found[name]).query, keep_blank_values=True).items()
        }
        for name in ("google", "outlook")
    )
    start = starts_at.astimezone(UTC)
    end = start + timedelta(minutes=minutes)
    assert (
        (google["text"], google["details"]) == (outlook["subject"], outlook["body"]) == (title, description)
    )
    assert [datetime.strptime(each, "%Y%m%dT%H%M%S%z") for each in google["dates"].split("/")] == [start, end]
    assert [datetime.fromisoformat(outlook[key]) for key in ("startdt", "enddt")] == [start, end]


def test_links_lead_to_the_two_calendars_and_hold_no_bare_character() -> None:
    for name, link in invitation.links(AROUND_THE_CHANGES[0], 90, "a & b|>", "ü\n<x>").items():
        assert urlsplit(link).scheme == "https"
        assert name in str(urlsplit(link).hostname)
        assert link.isascii()
        assert not set(link) & set(' <>|\n"')
