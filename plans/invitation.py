"""The calendar file of a mock interview (RFC 5545), and links that put it into a calendar on the web.

All times are written in UTC: every calendar shows them in its owner's zone, before and after a clock change.
The file names nobody: who meets whom stands in the description that the caller writes.
"""

from datetime import UTC, datetime, timedelta
from unicodedata import category
from urllib.parse import urlencode

from icalendar import Alarm, Calendar, Event

PRODUCT = "-//Cadence//Mock interviews//EN"
REMINDERS = (timedelta(hours=24), timedelta(minutes=15))


def calendar_file(
    *,
    uid: str,
    sequence: int,
    starts_at: datetime,
    minutes: int,
    title: str,
    description: str,
    made_at: datetime,
    cancelled: bool = False,
) -> bytes:
    """One event as a calendar file; a file with the same `uid` and a higher `sequence` takes its place.

    `starts_at` and `made_at` are aware. `cancelled` makes it a file that takes the event out again.

    Raises:
        ValueError: an instant is naive.
    """
    event = Event()
    event.add("uid", uid)
    event.add("sequence", sequence)
    event.add("dtstamp", _utc(made_at))
    event.add("dtstart", _utc(starts_at))
    event.add("dtend", _utc(starts_at) + timedelta(minutes=minutes))
    event.add("summary", _text(title))
    event.add("description", _text(description))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    if not cancelled:
        for before in REMINDERS:
            event.add_component(_alarm(before, _text(title)))
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _text(typed: str) -> str:
    """What people typed without control characters, which no calendar file may hold; one kind of line end."""
    lines = "\n".join(typed.splitlines())
    return "".join(letter for letter in lines if letter in "\n\t" or category(letter) != "Cc")


def _alarm(before: timedelta, title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -before)
    return alarm


def links(starts_at: datetime, minutes: int, title: str, description: str) -> dict[str, str]:
    """Addresses that offer the event to Google's and to Outlook's calendar on the web, by their names.

    Raises:
        ValueError: `starts_at` is naive.
    """
    start = _utc(starts_at)
    end = start + timedelta(minutes=minutes)
    google = {
        "action": "TEMPLATE",
        "text": title,
        "details": description,
        "dates": f"{start:%Y%m%dT%H%M%SZ}/{end:%Y%m%dT%H%M%SZ}",
    }
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": title,
        "body": description,
        "startdt": f"{start:%Y-%m-%dT%H:%M:%SZ}",
        "enddt": f"{end:%Y-%m-%dT%H:%M:%SZ}",
    }
    return {
        "google": f"https://calendar.google.com/calendar/render?{urlencode(google)}",
        "outlook": f"https://outlook.office.com/calendar/0/deeplink/compose?{urlencode(outlook)}",
    }


def _utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("a naive datetime is no instant; give it a zone")
    return instant.astimezone(UTC)
