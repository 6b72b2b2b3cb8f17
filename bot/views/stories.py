"""The story bank as its member sees it: what it covers, the list, and its corner of the App Home."""

from slack_sdk.models.blocks import Block, StaticSelectElement

from bot.views.message import (
    Message,
    actions,
    built,
    button,
    context,
    header,
    option,
    overflow,
    plain,
    section,
)
from bot.views.words import clip, escape, listed, plural
from plans.questions import LeadershipPrinciple
from plans.stories import PRINCIPLES, Coverage, Status, Story, StoryBank

OPEN_STORIES, PAGE, NEW, NEW_FOR = "stories_open", "stories_page", "stories_new", "stories_new_for"
MENU, EDIT, TELL, CALL_IT = "stories_menu", "stories_edit", "stories_tell", "stories_call"
RATE, ANOTHER, LOG = "stories_rate", "stories_another", "stories_log"
DELETE, KEEP, UNDO = "stories_delete", "stories_keep", "stories_undo"
MENU_EDIT, MENU_TELL, MENU_POLISH, MENU_DELETE = "edit", "tell", "polish", "delete"
PAGE_SIZE = 12
PRINCIPLES_SHOWN = 4
TEXT_LIMIT = 3900
WHOLE, BEGUN, NONE = "●", "◐", "○"
SHORT = (  # the principles in one word each, four of which fit beside each other on a phone
    *("Customer", "Owner", "Invent", "Right"),
    *("Curious", "Hire", "Highest", "Big"),
    *("Action", "Frugal", "Trust", "Deep"),
    *("Backbone", "Results", "Employer", "Broad"),
)
PROMPTS = (
    (LeadershipPrinciple.OWNERSHIP, "Something broke that was nobody's, and you made it yours"),
    (LeadershipPrinciple.BIAS_FOR_ACTION, "A decision that could not wait for all the facts"),
    (LeadershipPrinciple.HIRE_AND_DEVELOP, "Somebody who does more today than they once thought they could"),
)


# The list


def page(bank: StoryBank, number: int = 0) -> Message:
    """The whole bank: what it covers, and page `number` (from 0) of its stories, each with its menu."""
    if not bank.stories:
        return _empty(bank.membership_id)
    pages = -(-len(bank.stories) // PAGE_SIZE)
    number = min(max(number, 0), pages - 1)
    shown = bank.stories[number * PAGE_SIZE : (number + 1) * PAGE_SIZE]
    lines = [f"{escape(story.title)}: {facts(story)}" for story in shown]
    blocks = [
        header("Your stories"),
        section(_standing(bank)),
        section(_grid(bank.coverage)),
        context(_gaps(bank.coverage)),
        *(_row(bank.membership_id, story) for story in shown),
        *([context(f"Page {number + 1} of {pages}.")] if pages > 1 else []),
        _doors(bank, number, pages),
    ]
    text = f"Your stories. {_standing(bank)}. {_gaps(bank.coverage)} {'; '.join(lines)}."
    return Message(clip(text, TEXT_LIMIT), built(blocks))


def _empty(membership_id: int) -> Message:
    text = "No story in your bank yet. One from your own work is enough to begin with. What comes to mind?"
    blocks: list[Block] = [header("Your stories"), section(text)]
    for principle, prompt in PROMPTS:
        door = button("Write it", NEW, f"{membership_id}:{_number(principle)}")
        blocks.append(section(f"*{prompt}*\n{principle.words}", accessory=door))
    blocks += [
        context("Only you see your stories. `/prep story add Payments outage` begins one with its title."),
        actions(button("New story", NEW, f"{membership_id}:", style="primary")),
    ]
    prompts = "; ".join(prompt for _, prompt in PROMPTS)
    return Message(f"{text} {prompts}. `/prep story add Payments outage` begins one.", built(blocks))


def _standing(bank: StoryBank) -> str:
    """The numbers: how many, how far."""
    far = [f"{count} {status.value}" for status in Status if (count := bank.of(status))]
    covered = len(bank.coverage.covered)
    return f"{plural(len(bank.stories), 'story', 'stories')} ({', '.join(far)}) · {covered} of {len(PRINCIPLES)} Leadership Principles covered"


def _grid(coverage: Coverage) -> str:
    """The principles four by four, in Amazon's order."""
    width = max(map(len, SHORT))
    cells = [f"{_sign(each, coverage)}{name:<{width}}" for each, name in zip(PRINCIPLES, SHORT, strict=True)]
    rows = [" ".join(cells[first : first + 4]).rstrip() for first in range(0, len(cells), 4)]
    return "```" + "\n".join(rows) + "```"


def _sign(principle: LeadershipPrinciple, coverage: Coverage) -> str:
    if principle in coverage.covered:
        return WHOLE
    return BEGUN if principle in coverage.begun else NONE


def _gaps(coverage: Coverage) -> str:
    """What no whole story covers yet, by name."""
    if not coverage.gaps:
        return "All 16 principles are covered."
    names = [f"{each.words} (begun)" if each in coverage.begun else each.words for each in coverage.gaps]
    return f"{len(coverage.gaps)} of {len(PRINCIPLES)} not covered yet: {' · '.join(names)}."


def _row(membership_id: int, story: Story) -> Block:
    about = f"{membership_id}:{story.id}"
    menu = overflow(
        MENU,
        [
            ("Edit", f"{MENU_EDIT}:{about}"),
            ("Practise telling it", f"{MENU_TELL}:{about}"),
            ("Polish further", f"{MENU_POLISH}:{about}"),
            ("Delete", f"{MENU_DELETE}:{about}"),
        ],
    )
    text = f"*{escape(story.title)}*\n{facts(story)}\n{_principles(story)}"
    return section(text, accessory=menu, block_id=f"story:{story.id}")


def facts(story: Story) -> str:
    """How far, how good, how long: "refined · quality 4 of 5 · about 2:40 to tell"."""
    parts = [story.status.value]
    if story.quality:
        parts.append(f"quality {story.quality} of 5")
    if story.missing:
        parts.append(f"still open: {listed([part.value for part in story.missing])}")
    if story.seconds:
        parts.append(f"about {length(story.seconds)} to tell")
    return " · ".join(parts)


def length(seconds: int) -> str:
    """Seconds as people time a story: "45 s", "2:40"."""
    return f"{seconds} s" if seconds < 60 else f"{seconds // 60}:{seconds % 60:02}"


def _principles(story: Story) -> str:
    names = [each.words for each in story.principles]
    if not names:
        return "no principle yet"
    more = len(names) - PRINCIPLES_SHOWN
    return " · ".join(names[:PRINCIPLES_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _doors(bank: StoryBank, number: int, pages: int) -> Block:
    about = bank.membership_id
    elements: list[StaticSelectElement] = []
    if bank.coverage.gaps:
        choices = [option(each.words, f"{about}:{_number(each)}") for each in bank.coverage.gaps]
        elements = [
            StaticSelectElement(action_id=NEW_FOR, placeholder=plain("Write one for"), options=choices)
        ]
    turns = [("Earlier page", number - 1), ("Next page", number + 1)]
    return actions(
        button("New story", NEW, f"{about}:", style="primary"),
        *elements,
        *(
            button(label, f"{PAGE}_{to}", f"{about}:{to}")
            for label, to in turns
            if 0 <= to < pages and pages > 1
        ),
    )


def _number(principle: LeadershipPrinciple) -> int:
    return PRINCIPLES.index(principle) + 1


# The Home


def home_blocks(bank: StoryBank) -> list[Block]:
    """The bank in a few lines for the App Home, with the door to all of it."""
    about = str(bank.membership_id)
    if not bank.stories:
        text = "*Stories*\nYour first STAR story takes twenty minutes, and only you see it."
        return [section(text), actions(button("Begin a story", OPEN_STORIES, about))]
    return [
        section(f"*Stories*\n{_standing(bank)}\n{_grid(bank.coverage)}"),
        context(_gaps(bank.coverage)),
        actions(button("My stories", OPEN_STORIES, about)),
    ]
