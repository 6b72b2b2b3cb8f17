"""A mock round from the call to the feedback, three people played in front of the page."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from playwright.async_api import Locator, Page, expect

from bot.workspace.visitors.people import People
from tests.browser.conftest import Shoot
from tests.browser.program import program
from tests.browser.test_story import last_message, open_channel, type_in
from tests.browser.test_tour import become

SUNDAY = "2026-11-22T10:00+00:00"
CHANNEL = "staff-prep"
ZONES = {"Ana": "Europe/Berlin", "Bo": "America/New_York", "Chen": "Europe/London"}
AFTERNOONS = {"Ana": "Mon-Fri 13-17", "Bo": "Mon-Fri 7-11", "Chen": "Mon-Fri 12-16"}
AFTER_THE_SESSION = 8  # presses of "+1 h" at most, until the session is over

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1200)]


async def test_three_people_live_through_a_mock_round(page: Page, shoot: Shoot, tmp_path: Path) -> None:
    async with program(tmp_path / "data", "run", "--empty", "--at", SUNDAY) as cadence:
        address = (await cadence.says(r"Open (http://\S+)"))[1]
        await cadence.says("It is your turn")
        await a_group_gathers(address)
        await page.goto(address)
        await everybody_is_in(page, shoot)
        await they_are_matched(page, shoot)
        interviewer, candidate = await they_agree_on_a_time(page, shoot)
        await the_calendar_file_is_right(page)
        await only_the_interviewer_reads_the_question(page, shoot, interviewer, candidate)
        await the_session_passes(page, interviewer, shoot)
        await both_write_before_either_reads(page, shoot, interviewer, candidate)
        assert await cadence.ends() == 0


async def a_group_gathers(address: str) -> None:
    """What the newcomer's story shows already: Ana starts a group, three join it."""
    async with People(address) as people:
        persons = [await people.create(name, tz=zone) for name, zone in ZONES.items()]
        channel = next(row["id"] for row in (await persons[0].state())["channels"] if row["name"] == CHANNEL)
        for person in persons:
            await person.joins(channel)
        await persons[0].says(channel, "/prep start")
        await persons[0].submits(await persons[0].modal("Start a study group"), {"name": "Staff Prep Crew"})
        for person in persons:
            await person.says(channel, "/prep join")
            await person.submits(await person.modal("Join the study group"))
            await person.submits(await person.modal("Your plan"), {"plan": "12-week-comprehensive"})


async def everybody_is_in(page: Page, shoot: Shoot) -> None:
    await become(page, "Ana")
    await open_channel(page, CHANNEL)
    await page.get_by_role("button", name="Mock round opens").click()
    call = await last_message(page, "Mocks this week: who is in?")
    await call.get_by_role("button", name="I'm in").click()
    await expect(call).to_contain_text("Ana is in")
    await says_her_hours_with_one_mistake(page, shoot, call)
    for name in ("Bo", "Chen"):
        await become(page, name)
        await open_channel(page, CHANNEL)
        await type_in(page, f"/prep mock hours {AFTERNOONS[name]}")
        await last_message(page, "Mon-Fri")
        await (await last_message(page, "who is in?")).get_by_role("button", name="I'm in").click()
        await last_message(page, "You are in.")
    await expect(await last_message(page, "who is in?")).to_contain_text("Ana, Bo and Chen are in")
    await shoot(page, "mocks-2-everybody-is-in")


async def says_her_hours_with_one_mistake(page: Page, shoot: Shoot, call: Locator) -> None:
    await call.get_by_role("button", name="My hours").click()
    form = page.get_by_role("dialog")
    await expect(form).to_be_visible()
    for box in await form.get_by_role("checkbox").all():
        await box.uncheck()
    hours = form.get_by_label("Other hours")
    await hours.fill("afternoonish")
    await form.get_by_role("button", name="Save").click()
    await expect(form.get_by_text("Write it like this")).to_be_visible()
    await shoot(page, "mocks-1-hours-with-a-mistake")
    await hours.fill(AFTERNOONS["Ana"])
    await form.get_by_role("button", name="Save").click()
    await expect(form).to_be_hidden()


async def they_are_matched(page: Page, shoot: Shoot) -> None:
    await page.get_by_role("button", name="Mocks are matched").click()
    await open_channel(page, CHANNEL)
    pairs = await last_message(page, "This week's mock interviews")
    for name in ZONES:
        await expect(pairs).to_contain_text(name)
    await shoot(page, "mocks-3-who-meets-whom")
    await type_in(page, "/prep why")
    await last_message(page, "have not met")


async def they_agree_on_a_time(page: Page, shoot: Shoot) -> tuple[str, str]:
    """Everybody picks the first time; who interviews and who answers first."""
    await open_room(page, "Chen")
    room = await last_message(page, "Which time suits you?")
    who = re.search(r"(\w+) begins as interviewer, (\w+) is the candidate", await room.inner_text())
    assert who is not None
    await shoot(page, "mocks-4-the-room")
    for name in ZONES:
        await open_room(page, name)
        room = await last_message(page, "begins as interviewer")
        await room.get_by_role("button", name="Works for me").first.click()
        await expect(room).to_contain_text(re.compile(rf"suits .*{name}|Agreed"))
    await expect(room).to_contain_text("Agreed:")
    await last_message(page, "For your calendar")
    await shoot(page, "mocks-5-agreed")
    return who[1], who[2]


async def open_room(page: Page, name: str) -> None:
    """Play somebody in the conversation of all three with Cadence."""
    await become(page, name)
    room = page.locator("[data-place]")
    for other in ZONES:
        room = room.filter(has_text=other) if other != name else room
    await room.first.click()


async def the_calendar_file_is_right(page: Page) -> None:
    """The file that the room links is read by a calendar library, and means the agreed instant."""
    room = await last_message(page, "Agreed:")
    agreed = re.search(r"Agreed: \w+ (\d+) Nov (\d+):(\d+) ", await room.inner_text())
    link = (await last_message(page, "For your calendar")).get_by_role("link").last
    address = urljoin(page.url, await link.get_attribute("href") or "")
    answer = await page.request.get(address)  # as the page fetches it, with its cookie
    assert answer.status == 200
    event = Calendar.from_ical(await answer.body()).events[0]
    assert agreed is not None
    starts = event.start
    assert isinstance(starts, datetime)
    zones = [starts.astimezone(zone) for zone in _zones()]
    assert any((at.day, at.hour, at.minute) == tuple(map(int, agreed.groups())) for at in zones)
    assert event.end - event.start in (_minutes(60), _minutes(90))


def _zones() -> list[ZoneInfo]:
    return [ZoneInfo(zone) for zone in ZONES.values()]


def _minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


async def only_the_interviewer_reads_the_question(
    page: Page, shoot: Shoot, interviewer: str, candidate: str
) -> None:
    observer = next(name for name in ZONES if name not in (interviewer, candidate))
    await open_room(page, observer)
    room = await last_message(page, "Agreed:")
    await room.get_by_role("button", name="The question").click()
    await last_message(page, "so that it stays a surprise")
    await open_room(page, interviewer)
    room = await last_message(page, "Agreed:")
    await room.get_by_role("button", name="The question").click()
    sheet = page.get_by_role("dialog", name="The question")
    await expect(sheet).to_contain_text("Follow-ups")
    await expect(sheet).to_contain_text(candidate)
    await shoot(page, "mocks-6-the-question")
    await sheet.get_by_role("button", name="Close").last.click()
    await expect(sheet).to_be_hidden()


async def the_session_passes(page: Page, name: str, shoot: Shoot) -> None:
    """The clock runs past the reminders to the end of the session."""
    await page.get_by_role("button", name="Tomorrow").click()
    await become(page, name)
    await open_channel(page, "Cadence")
    asked = page.get_by_test_id("message").filter(has_text="did it happen?")
    for _ in range(AFTER_THE_SESSION):
        if await asked.count():
            break
        await page.get_by_role("button", name="+1 h").click()
        await page.wait_for_load_state("networkidle")
    await shoot(page, "mocks-7-how-was-it")


async def both_write_before_either_reads(page: Page, shoot: Shoot, interviewer: str, candidate: str) -> None:
    await gives_feedback(page, interviewer, "Name the trade-off before the choice")
    await shoot(page, "mocks-8-one-has-written")
    await become(page, candidate)
    await open_channel(page, "Cadence")
    await expect(page.get_by_text("Name the trade-off before the choice")).to_be_hidden()
    await gives_feedback(page, candidate, "Ask for the figures first", shoot)
    await last_message(page, "Name the trade-off before the choice")
    await shoot(page, "mocks-10-what-was-written")
    await become(page, next(name for name in ZONES if name not in (interviewer, candidate)))
    await open_channel(page, "Cadence")
    question = await last_message(page, "did it happen?")
    await question.get_by_role("button", name="Yes").click()
    await last_message(page, "took place")
    await become(page, candidate)
    await open_channel(page, "Cadence")
    await type_in(page, "/prep mock sessions")
    await last_message(page, "held")
    await shoot(page, "mocks-11-sessions")


async def gives_feedback(page: Page, name: str, improvement: str, shoot: Shoot | None = None) -> None:
    await become(page, name)
    await open_channel(page, "Cadence")
    question = await last_message(page, "did it happen?")
    await question.get_by_role("button", name="Yes").click()
    post = await last_message(page, "took place")
    await post.get_by_role("button", name="Give feedback").click()
    form = page.get_by_role("dialog", name="Feedback")
    await expect(form).to_be_visible()
    for scale in await form.get_by_role("combobox").all():
        await scale.select_option(value="4")
    for area in await form.get_by_label(re.compile("things to improve")).all():
        await area.fill(f"{improvement}\nLeave a minute for questions")
    for line in await form.get_by_label("One strength to keep").all():
        await line.fill("Calm under questions")
    if shoot is not None:
        await shoot(page, "mocks-9-feedback")
    await form.get_by_role("button", name="Save").click()
    await expect(form).to_be_hidden()
    await last_message(page, re.compile("feedback for .* is in"))
