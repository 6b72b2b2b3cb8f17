"""Two worlds that differ only in what somebody hides: the channel reads the same in both, on the wire.

Many more worlds, without Slack, are in `test_privacy_of_drawn_groups`.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.workspace.visitors.people import Person, words
from tests.bot.asking import LAST_SUNDAY, QUESTION, behind
from tests.bot.house import CHANNEL, House
from tests.bot.members import hears

SHARING = {"Dee": {"sharing": "private"}, "Eli": {"sharing": "summary"}}
SAYINGS = (QUESTION, "Week 48 · ", " for Ana?", "Month 1 · ")


async def world(folder: Path, *idle: str) -> list[str]:
    """All that the channel reads of a week in which everybody was busy but the `idle`."""
    house = House(folder, LAST_SUNDAY)
    await house.open()
    try:
        names = ("Ana", "Bo", "Cy", "Dee", "Eli")
        people = await behind(house, *names, weeks=3, answers=SHARING)
        await house.settle()
        before = len(house.workspace.accepted)  # joining is drawn as often as there is time for
        house.sql("update groups set has_ranking = true")
        for person in people:
            if person.name not in idle:
                await does_a_lot(house, person)
        await house.travel("Monday 09:30")
        return written(house, before)
    finally:
        await house.close()


async def does_a_lot(house: House, person: Person) -> None:
    """Log as much as there is of what a summary does not show; who keeps all private has ticked it, too."""
    await hears(person, "/prep log mock 5 4h")
    if person.name == "Dee":
        done = (
            "update goals set state = 'done', done_at = '2026-11-27 09:00:00.000000' where membership_id = 4"
        )
        house.sql(done)
        for row_id, card in house.sql("select id, card from scorecards where whom = 'm4'"):
            better = {**json.loads(card), "band": "high", "done": 40}
            house.sql("update scorecards set card = ? where id = ?", [json.dumps(better), row_id])


def written(house: House, since: int) -> list[str]:
    """What each post and each redrawing in the channel says from then on, and each picture."""
    channel = house.place(CHANNEL)
    calls = [
        f"{each.method} {each.payload.get('text')} {words(each.payload)}"
        for each in house.workspace.accepted[since:]
        if each.channel == channel and each.method in ("chat.postMessage", "chat.update")
    ]
    return [*calls, *(str(hash(picture)) for picture in house.files(CHANNEL))]


async def test_what_the_hidden_did_changes_no_word_in_the_channel_and_what_the_others_did_does(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folders = tmp_path_factory.mktemp
    busy = await world(folders("busy"))
    for saying in SAYINGS:
        assert any(saying in post for post in busy), saying
    assert await world(folders("hidden"), "Dee", "Eli") == busy
    assert await world(folders("shown"), "Ana") != busy
