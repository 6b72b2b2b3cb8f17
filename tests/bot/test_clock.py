"""When something is posted: at everybody's own time, on every clock that people live by, once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.workspace.visitors.people import Person
from tests.bot.conftest import OpenHouse
from tests.bot.house import House

MINUTE = timedelta(minutes=1)
NEW_YORK, LONDON, LORD_HOWE, CAIRO = (
    "America/New_York",
    "Europe/London",
    "Australia/Lord_Howe",
    "Africa/Cairo",
)
TOKYO, AUCKLAND, LOS_ANGELES = "Asia/Tokyo", "Pacific/Auckland", "America/Los_Angeles"


def days_posted(house: House, person: Person) -> list[str]:
    """The weekdays whose posts this person has got, in order."""
    week = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    heads = [
        post.payload["blocks"][0]["text"]["text"].partition(" · week")[0] for post in house.posts(person)
    ]
    return [head for head in heads if head in week]


async def test_the_days_post_comes_at_each_members_own_time(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo", zones={"Bo": NEW_YORK})
    await house.travel("Monday 07:59")
    assert days_posted(house, ana) == []
    await house.travel("Monday 08:00")
    assert days_posted(house, ana) == ["Monday"]
    assert days_posted(house, bo) == []
    await house.travel("Monday 08:00", NEW_YORK)
    assert days_posted(house, bo) == ["Monday"]


# Summer time comes and goes


@pytest.mark.parametrize(
    ("zone", "time", "instant", "day"),
    [
        # the clock jumps over the time: the post comes at the end of the gap
        (NEW_YORK, "02:30", "2027-03-14T07:00Z", "Sunday"),
        (LONDON, "01:30", "2027-03-28T01:00Z", "Sunday"),
        (LORD_HOWE, "02:15", "2027-10-02T15:30Z", "Sunday"),
        (CAIRO, "00:30", "2027-04-29T22:00Z", "Friday"),
        (CAIRO, "00:00", "2027-04-29T22:00Z", "Friday"),
        # the clock shows the time twice: the post comes at the first
        (NEW_YORK, "01:30", "2027-11-07T05:30Z", "Sunday"),
        (LONDON, "01:30", "2027-10-31T00:30Z", "Sunday"),
        (LORD_HOWE, "01:45", "2027-04-03T14:45Z", "Sunday"),
        (CAIRO, "23:30", "2027-10-28T20:30Z", "Thursday"),
    ],
)
async def test_a_change_of_the_clocks_neither_loses_nor_doubles_a_post(
    open_house: OpenHouse, zone: str, time: str, instant: str, day: str
) -> None:
    at = datetime.fromisoformat(instant)
    house = await open_house(at - timedelta(days=9))
    (ana,) = await house.group("Ana", zones={"Ana": zone}, post_time=time)
    await house.travel(at - MINUTE)
    assert day not in days_posted(house, ana)
    await house.travel(at)
    assert days_posted(house, ana).count(day) == 1
    await house.restart_bot()
    for hours in (0.5, 1, 1.5, 2):  # whoever computes the day anew in the repeated hour finds it posted
        await house.travel(at + timedelta(hours=hours))
    assert days_posted(house, ana).count(day) == 1


async def test_a_bot_that_starts_inside_the_repeated_hour_posts_what_it_missed_once(
    open_house: OpenHouse,
) -> None:
    first = datetime(2027, 11, 7, 5, 30, tzinfo=UTC)  # 01:30 in New York, for the first time that night
    house = await open_house(first - timedelta(days=9))
    (ana,) = await house.group("Ana", zones={"Ana": NEW_YORK}, post_time="01:30")
    await house.travel(first - MINUTE)
    await house.stop_bot()
    await house.travel(first + timedelta(minutes=45))
    await house.start_bot()
    await house.settle()
    assert days_posted(house, ana).count("Sunday") == 1
    await house.travel(first + timedelta(hours=3))
    assert days_posted(house, ana).count("Sunday") == 1


# Members travel


@pytest.mark.parametrize(
    ("home", "away", "moves_at", "days"),
    [
        # west, after the post: the hour of the post comes again on the same date
        ("Europe/Berlin", NEW_YORK, "Tuesday 09:00", ["Monday", "Tuesday", "Wednesday"]),
        # west, a minute before the post: it comes at the new place's eight o'clock
        ("Europe/Berlin", NEW_YORK, "Tuesday 07:59", ["Monday", "Tuesday", "Wednesday"]),
        # east, after the post
        ("Europe/Berlin", TOKYO, "Tuesday 09:00", ["Monday", "Tuesday", "Wednesday"]),
        # east, a minute before the post: its hour is over there, the day is not
        ("Europe/Berlin", TOKYO, "Tuesday 07:59", ["Monday", "Tuesday", "Wednesday"]),
        # over the date line, where Tuesday begins anew
        (AUCKLAND, LOS_ANGELES, "Tuesday 09:00", ["Monday", "Tuesday", "Wednesday"]),
        # over the date line, where the rest of Tuesday is lost
        (LOS_ANGELES, AUCKLAND, "Tuesday 07:59", ["Monday", "Wednesday"]),
    ],
)
async def test_who_moves_gets_one_post_for_each_date_that_they_live_through(
    house: House, home: str, away: str, moves_at: str, days: list[str]
) -> None:
    (ana,) = await house.group("Ana", zones={"Ana": home})
    await house.travel("Monday 12:00", home)
    await house.travel(moves_at, home)
    await ana.moves_to(away)
    await house.settle()
    await house.travel("Wednesday 23:00", away)
    assert days_posted(house, ana) == days


async def test_a_post_time_that_is_moved_to_an_hour_that_is_over_still_counts_today(house: House) -> None:
    (ana,) = await house.group("Ana", post_time="10:00")
    await house.travel("Monday 09:00")
    await ana.says("#staff-prep", "/prep settings")
    await house.submits(ana, await ana.modal("My settings"), {"post_time": "07:00"})
    await house.travel("Monday 23:00")
    assert days_posted(house, ana) == ["Monday"]
    await house.travel("Tuesday 07:00")
    assert days_posted(house, ana) == ["Monday", "Tuesday"]


# The bot was away


@pytest.mark.parametrize(
    ("back", "days"),
    [
        ("Monday 08:09", ["Monday"]),  # ten minutes
        ("Monday 17:59", ["Monday"]),  # ten hours
        ("Tuesday 07:00", []),  # Monday is over and Tuesday's hour has not come
        ("Thursday 10:00", ["Thursday"]),  # three days: the newest only
    ],
)
async def test_after_an_outage_only_the_day_that_is_still_running_is_posted(
    house: House, back: str, days: list[str]
) -> None:
    (ana,) = await house.group("Ana")
    await house.travel("Monday 07:59")
    await house.stop_bot()
    await house.travel(back)
    await house.start_bot()
    await house.settle()
    assert days_posted(house, ana) == days
    await house.travel("Friday 09:00")
    assert days_posted(house, ana)[-1] == "Friday"


async def test_a_check_in_that_was_missed_is_not_asked_a_day_late(house: House) -> None:
    (ana,) = await house.group("Ana")
    await house.travel("Monday 09:00")
    await house.travel("Saturday 17:00")
    await house.stop_bot()
    await house.travel("Sunday 09:00")
    await house.start_bot()
    await house.settle()
    assert not house.posts(ana, "Weekly check-in")
    await house.travel("Saturday 18:00")
    assert len(house.posts(ana, "Weekly check-in")) == 1


@pytest.mark.parametrize(("back", "published"), [("Tuesday 09:00", 1), ("Thursday 09:00", 0)])
async def test_a_scorecard_is_published_up_to_three_days_late(
    house: House, back: str, published: int
) -> None:
    (ana,) = await house.group("Ana")
    await house.travel("Monday 09:00")
    await house.travel("Sunday 17:00")
    await house.stop_bot()
    await house.travel("Monday 09:00")
    await house.travel(back)
    await house.start_bot()
    await house.settle()
    assert len(house.posts("#staff-prep", "Week 48")) == published
    assert len(house.posts(ana, "Your week 1")) == published
