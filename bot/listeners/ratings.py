"""Rating a day, and the weekly check-in."""

from datetime import timedelta
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.house import House
from bot.listeners.actor import actor_of, own_membership
from bot.listeners.answers import Answers, about
from bot.listeners.listening import Listening
from bot.listeners.replying import acknowledge, open_form
from bot.store import checkpoints, days, deliveries, memberships, ratings, stories
from bot.store.scorecards import LP_COVERED
from bot.views import checkin as checkin_view
from bot.views import day as day_view
from bot.views import practice
from plans import ratings as scales
from plans.model import Area
from plans.ratings import Dimension, dimensions_of
from plans.targets import LEADERSHIP_PRINCIPLES

SUNDAY = timedelta(days=6)


def register(app: Listening) -> None:
    """Listen to the buttons and forms with which one rates."""
    app.action(day_view.RATE)(open_rating)
    app.view(practice.RATE)(rate)
    app.action(checkin_view.OPEN)(open_checkin)
    app.view(checkin_view.CHECKIN)(check_in)


async def open_rating(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Open the day's rating, with what was given before."""
    membership_id, day = about(body["actions"][0].get("value"))
    async with house.database.write() as session:
        membership = await own_membership(session, actor_of(body), membership_id)
        agenda = await days.read(session, membership, house.library, day, house.now())
        given = (await ratings.of_days(session, membership.id, day, day)).get(day, {})
        words = await ratings.words(session, membership.id, "day", day)
    areas = [goal.area for goal in agenda.counted] or [Area.PLANNING]
    form = practice.rate_form(agenda, dimensions_of(areas), given, words)
    await acknowledge(ack, house, body, await open_form(house, body, form, "today"))


async def rate(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], house: House) -> None:
    """Keep the day's ratings and words; the day's post shows the line."""
    membership_id, day = about(view.get("private_metadata"))
    answers = Answers(view)
    values = _ratings(answers)
    texts = {
        practice.NOTE: answers.text(practice.NOTE),
        scales.reflection_of(day): answers.text(practice.REFLECTION),
    }
    now = house.now()
    async with house.database.write() as session:
        membership = await own_membership(session, actor_of(body), membership_id)
        await ratings.rate(session, membership.id, "day", day, values, now)
        await ratings.write(session, membership.id, "day", day, texts, now)
        await deliveries.want_redraw(session, "day", memberships.whom(membership), day.isoformat())
    await ack()
    house.outbox.wake()


async def open_checkin(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Open the check-in: what was given before, else the means of the days."""
    membership_id, monday = about(body["actions"][0].get("value"))
    async with house.database.read() as session:
        membership = await own_membership(session, actor_of(body), membership_id)
        given = await ratings.of_week(session, membership.id, monday)
        rated = await ratings.of_days(session, membership.id, monday, monday + SUNDAY)
        words = await ratings.words(session, membership.id, "week", monday)
        covered = await stories.covered(session, membership.id, memberships.end_of_week(membership, monday))
    means = {
        dimension.value: round(mean)
        for dimension in Dimension
        if (mean := scales.mean(day[dimension] for day in rated.values() if dimension in day)) is not None
    }
    form = checkin_view.checkin_form(membership.id, monday, means | given, words, covered)
    await acknowledge(ack, house, body, await open_form(house, body, form, "scorecard"))


async def check_in(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], house: House) -> None:
    """Keep the week's ratings and insights."""
    membership_id, monday = about(view.get("private_metadata"))
    answers = Answers(view)
    values = _ratings(answers)
    covered = answers.number(checkin_view.LP_COVERED)
    if covered is not None:
        if covered != int(covered) or not 0 <= covered <= LEADERSHIP_PRINCIPLES:
            message = f"A whole number from 0 to {LEADERSHIP_PRINCIPLES}, the number of principles."
            await ack(response_action="errors", errors={checkin_view.LP_COVERED: message})
            return
        values[LP_COVERED] = int(covered)
    texts = {key: answers.text(key) for key, _ in checkin_view.QUESTIONS}
    now = house.now()
    async with house.database.write() as session:
        membership = await own_membership(session, actor_of(body), membership_id)
        await ratings.rate(session, membership.id, "week", monday, values, now)
        await ratings.write(session, membership.id, "week", monday, texts, now)
        await checkpoints.want_redrawn(session, membership)
        await deliveries.want_redraw(session, "checkin", memberships.whom(membership), monday.isoformat())
    await ack()
    house.outbox.wake()


def _ratings(answers: Answers) -> dict[str, int]:
    """The dimensions that were rated, each from 1 to 5."""
    given = {dimension.value: answers.choice(dimension.value) for dimension in Dimension}
    return {name: int(value) for name, value in given.items() if value in ("1", "2", "3", "4", "5")}
