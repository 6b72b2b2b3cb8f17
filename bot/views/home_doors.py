"""The doors of the App Home to what otherwise is typed: a button for what is needed most, a menu for the rest.

A door names a sub-command; what it does is what typing it would do.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, StaticSelectElement

from bot.views import personal_data
from bot.views.membership import OPEN_SETTINGS, RESUME
from bot.views.message import button, context, option, plain, section
from bot.views.modes import OPEN_MODES
from bot.views.pausing import OPEN_PAUSE
from bot.views.words import clip, escape

DO = "home_do"  # a door's action id begins so and ends in the sub-command
MORE = "home_more"
GROUP = "home_group"
MOST = 100  # options in a menu
# What already stands on the page, by the action id that reaches it.
REACHED: Mapping[str, str] = {
    "today": "complete",
    "week": "week_open",
    "log": "log_open",
    "goal": "day_more",
    "scorecard": f"{DO}_scorecard",
    "plan": f"{DO}_plan",
    "mock": "mock_page",
    "story": "stories_open",
    "month": f"{DO}_month",
    "mode": OPEN_MODES,
    "settings": OPEN_SETTINGS,
    "pause": OPEN_PAUSE,
    "resume": RESUME,
    "export": personal_data.EXPORT,
    "forget": personal_data.FORGET,
}
NEED_A_CHANNEL = ("join", "start")  # what only a channel can be asked for; its own card has the button
NAMES: Mapping[str, str] = {
    "undo": "Undo my last log",
    "why": "Why this week, why these people?",
    "buddy": "Half an hour with somebody",
    "group": "My group",
    "leave": "Leave the group",
    "help": "Help: all commands",
}


@dataclass(frozen=True)
class GroupChoice:
    """One of the groups that a person is in."""

    membership_id: int
    name: str


@dataclass(frozen=True)
class Doors:
    """What the last part of the page offers. `commands` are all sub-commands with their meaning."""

    membership_id: int
    group: str
    is_paused: bool
    commands: Sequence[tuple[str, str]]


def door(text: str, command: str, membership_id: int) -> ButtonElement:
    """A button that does what a sub-command does when it is typed alone."""
    return button(text, f"{DO}_{command}", str(membership_id))


def blocks(doors: Doors, revision: str) -> Iterator[Block]:
    """Settings, a pause, everything else; one's own data. A new `revision` empties the menu again."""
    about = str(doors.membership_id)
    pause = button("Resume", RESUME, about) if doors.is_paused else button("Pause…", OPEN_PAUSE, about)
    yield context(f"{escape(doors.group)} · everything here is yours alone")
    row = [button("Settings", OPEN_SETTINGS, about), pause, button("Lighter times", OPEN_MODES, about)]
    yield ActionsBlock(elements=[*row, *_menu(doors)], block_id=f"{MORE}:{revision}")
    yield personal_data.doors()


def _menu(doors: Doors) -> list[StaticSelectElement]:
    """Whatever can be typed and has no other door here."""
    rest = [name for name, _ in doors.commands if name not in REACHED and name not in NEED_A_CHANNEL]
    meanings = dict(doors.commands)
    named = sorted((NAMES.get(name, name.capitalize()), name) for name in rest)
    options = [
        option(text, f"{doors.membership_id}:{name}", meanings[name].replace("`", "")) for text, name in named
    ]
    if not options:
        return []
    return [StaticSelectElement(action_id=MORE, placeholder=plain("Something else…"), options=options[:MOST])]


def switch(shown: int, groups: Sequence[GroupChoice]) -> Iterator[Block]:
    """For who is in several groups: which one's page this is, and the way to the others."""
    if len(groups) < 2:
        return
    options = {each.membership_id: option(each.name, str(each.membership_id)) for each in groups[:MOST]}
    name = next(each.name for each in groups if each.membership_id == shown)
    chooser = StaticSelectElement(
        action_id=GROUP,
        options=list(options.values()),
        initial_option=options.get(shown),
        placeholder=plain("Another group"),
    )
    text = f"You are in {len(groups)} groups. This page is about *{escape(clip(name, 60))}*."
    yield section(text, block_id=f"{GROUP}:{shown}", accessory=chooser)
