"""Groups of one to twelve, lived twice with other hidden parts: the channel reads the same to the letter.

The store, the jobs, the clock and the pictures are the bot's; Slack is left out, and the wire is looked at in
`test_privacy_of_channel`. Texts, blocks, button values, pictures, edits and their order are compared.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import delete, select

from bot.jobs import suggestions
from bot.store import groups, memberships
from bot.store.tables import Suggestion
from plans.groupcard import Sharing
from tests.bot.channel import channel
from tests.bot.drawn_groups import BUSY, IDLE, WORDS, Life, Part, World, drawn, live
from tests.bot.house import BERLIN, MONDAY, SUNDAY, plans

TempFolders = pytest.TempPathFactory
# The size of the group, its weeks, and what they lead to.
GROUPS = [
    (1, 3, {"scorecard"}),
    (2, 2, {"scorecard"}),
    (3, 2, {"scorecard"}),
    (4, 2, {"scorecard", "suggestion"}),
    (5, 4, {"scorecard", "suggestion", "groupmonth"}),
    (8, 3, {"scorecard", "suggestion"}),
    (12, 2, {"scorecard", "suggestion"}),
]
# Each makes the bot remember what it should have hidden.
LEAKS = {
    "what was chosen to be shared": "update memberships set sharing = 'full'",
    "whose milestones are celebrated": "update milestones set in_channel = true",
    "to whom something is suggested alone": "update suggestions set in_channel = true",
}


async def posts(folder: Path, world: World, life: Life, leak: str = "") -> list[str]:
    """All that the channel reads of a group that lives like this."""
    async with channel(folder, SUNDAY, leak) as found:
        await live(found, world, life)
        return found.posts


@pytest.mark.parametrize(("size", "weeks", "kinds"), GROUPS)
async def test_the_channel_reads_the_same_however_the_hidden_parts_of_a_group_are_lived(
    tmp_path_factory: TempFolders, size: int, weeks: int, kinds: set[str]
) -> None:
    world, folder = drawn(size, weeks), tmp_path_factory.mktemp
    busy = await posts(folder("busy"), world, BUSY)
    assert busy == await posts(folder("idle"), world, IDLE)
    assert not any(WORDS in post for post in busy)
    assert all(any(f" post {kind}: " in post for post in busy) for kind in kinds)


@pytest.mark.parametrize("leak", LEAKS)
async def test_a_bot_that_forgets_to_hide_something_is_found_out(
    tmp_path_factory: TempFolders, leak: str
) -> None:
    world, folder = drawn(3, 1), tmp_path_factory.mktemp
    busy = await posts(folder("busy"), world, BUSY, LEAKS[leak])
    assert busy != await posts(folder("idle"), world, IDLE, LEAKS[leak])


@pytest.mark.parametrize(("shown", "in_channel"), [(Sharing.FULL, True), (Sharing.PRIVATE, False)])
async def test_a_choice_that_comes_after_the_card_opens_nothing_that_the_card_hid(
    tmp_path: Path, shown: Sharing, in_channel: bool
) -> None:
    idle = Part(0, joins=0, leaves=1, late=False, zone=BERLIN, diligence=0, sharing=(shown,))
    async with channel(tmp_path, SUNDAY) as here:
        await live(here, World("idle", 1, (idle,)), IDLE)
        async with here.database.write() as session:
            group, member = await groups.get(session, 1), await memberships.get(session, 1)
            await session.execute(delete(Suggestion))
            member.sharing = "full"
            await suggestions.offer(session, group, member, MONDAY, here.now, here.now, plans())
            made = await session.scalar(select(Suggestion))
    assert made is not None
    assert made.in_channel is in_channel
