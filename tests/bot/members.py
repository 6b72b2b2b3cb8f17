"""What members do over and over in these tests, and how they read what they get."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from bot.store.tables import Goal, Membership
from bot.workspace.visitors.people import Person, words
from tests.bot.house import CHANNEL, House

Json = dict[str, Any]


async def asks(person: Person, text: str, where: str = CHANNEL) -> Json:
    """Type a command and return what comes back for this person alone; {} if nothing does."""
    before = {message["ts"] for message in await person.messages(where)}
    await person.says(where, text)
    new = [message for message in await person.messages(where) if message["ts"] not in before]
    return new[-1] if new else {}


async def hears(person: Person, text: str, where: str = CHANNEL) -> str:
    """Type a command and return the words that come back."""
    return words(await asks(person, text, where))


async def form(person: Person, text: str, title: str, where: str = CHANNEL) -> Json:
    """Type a command that opens a form, and return the form."""
    await person.says(where, text)
    return await person.modal(title)


async def newest(person: Person, where: str = "") -> Json:
    """The newest message of a conversation, by default the one with the app."""
    return (await person.messages(where))[-1]


async def last_words(person: Person, where: str = "") -> str:
    """What the newest message says."""
    return words(await newest(person, where))


async def day_post(person: Person, headline: str = "") -> Json:
    """The newest list of a day in the conversation with the app, perhaps of a certain day."""

    def is_a_day(message: Json) -> bool:
        return (
            has_element(message, "rate_day") and headline in words(message) and not message.get("ephemeral")
        )

    return await person.waits_for_dm(is_a_day)


async def group_card(person: Person) -> Json:
    """The group's card in the channel."""
    return await person.waits_for(CHANNEL, "This channel prepares together")


async def finishes(person: Person, post: Json) -> None:
    """Tick everything that a day's list offers, one click for each group of checkboxes."""
    for block in post["blocks"]:
        if (block.get("accessory") or {}).get("type") == "checkboxes":
            everything = [option["value"] for option in block["accessory"]["options"]]
            await person.chooses(post, block["block_id"], everything)


async def finishes_all(house: House, person: Person) -> None:
    """Tick everything in every list that was posted so far."""
    for message in await person.dm():
        if has_element(message, "rate_day") and not message.get("ephemeral"):
            await finishes(person, await person.fresh(message))
    await house.settle()


def has_element(thing: Json, action_id: str) -> bool:
    """Whether a message or a view has an element with this action id."""
    return any(element.get("action_id") == action_id for element in elements(thing))


def elements(thing: Json) -> list[Json]:
    """Every element of a message or a view."""
    found: list[Json] = []
    for block in thing.get("blocks") or []:
        found += block.get("elements") or []
        found += [block[name] for name in ("accessory", "element") if name in block]
    return found


def goal_texts(thing: Json) -> list[str]:
    """The texts of all checkboxes of a day, in order."""
    return [option["text"]["text"] for box in boxes(thing) for option in box["options"]]


def ticked(thing: Json) -> list[str]:
    """The texts of the checkboxes that are drawn as ticked."""
    return [option["text"]["text"] for box in boxes(thing) for option in box.get("initial_options") or []]


def boxes(thing: Json) -> list[Json]:
    """The groups of checkboxes of a day."""
    return [element for element in elements(thing) if element["type"] == "checkboxes"]


def menu(thing: Json) -> list[str]:
    """What the menu behind the three dots offers."""
    menus = [element for element in elements(thing) if element["type"] == "overflow"]
    return [option["text"]["text"] for each in menus for option in each["options"]]


def blanks(form_: Json) -> dict[str, Any]:
    """What the fields of a form hold when it opens, by block id."""
    return {
        block["block_id"]: _blank(block["element"]) for block in form_["blocks"] if block["type"] == "input"
    }


def _blank(element: Json) -> Any:
    if option := element.get("initial_option"):
        return option["value"]
    if "initial_options" in element:
        return [option["value"] for option in element["initial_options"]]
    names = ("initial_value", "initial_date", "initial_time")
    return next((element[name] for name in names if element.get(name) is not None), None)


async def membership_of(house: House, person: Person) -> Membership:
    """The person's row in the only group."""
    async with house.read() as session:
        found = await session.scalar(select(Membership).where(Membership.user_id == person.id))
    assert found is not None, f"{person.name} never joined"
    return found


async def goals_of(house: House, person: Person, monday: date | None = None) -> list[Goal]:
    """The person's goals that are not withdrawn, perhaps of one week, in order."""
    member = await membership_of(house, person)
    query = select(Goal).where(Goal.membership_id == member.id, Goal.state != "withdrawn")
    if monday is not None:
        query = query.where(Goal.week_of == monday)
    async with house.read() as session:
        return list(await session.scalars(query.order_by(Goal.due_on, Goal.position, Goal.id)))
