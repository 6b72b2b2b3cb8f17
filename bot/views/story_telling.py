"""One story: telling it against its times, polishing it, deleting it, and what came of saving it."""

from collections.abc import Iterator

from slack_sdk.models.blocks import Block, ButtonElement

from bot.views.message import Message, actions, built, button, context, header, said, section
from bot.views.stories import (
    ANOTHER,
    CALL_IT,
    DELETE,
    EDIT,
    KEEP,
    LOG,
    NEW,
    OPEN_STORIES,
    RATE,
    TELL,
    UNDO,
    facts,
    length,
)
from bot.views.words import clip, escape
from plans.ratings import SCALES, Dimension
from plans.stories import (
    ANSWER,
    CORE,
    PRINCIPLES,
    SPEAKING_RATE,
    TIMES,
    TITLE_LIMIT,
    Coverage,
    FollowUp,
    Hint,
    Lack,
    Part,
    Span,
    Status,
    Story,
    hints,
    next_status,
    seconds_of,
)

PART_SHOWN = 2500  # of a part's 3,000 characters, so that four of them fit into one message
AIM = (
    f"The four parts take {length(CORE.least)} to {length(CORE.most)}, with follow-ups"
    f" {ANSWER.least // 60} to {ANSWER.most // 60} minutes."
)
NOTHING_LOGGED = "Only you see this. Telling a story logs nothing by itself; *Log it* does."
MAY_NOT_FIT = "It comes from the question bank and may not fit: then take another."


# Telling


def telling(
    story: Story, membership_id: int, asked: FollowUp | None, turn: int, then: Story | None
) -> Message:
    """The story in its four parts with their times, a follow-up, and how well it was told.

    `turn` counts the follow-ups that were asked, `then` is the story to tell next.
    """
    pace = f"{AIM} Yours: about {length(story.seconds)} at {SPEAKING_RATE} words a minute."
    blocks: list[Block] = [header(story.title), context(pace)]
    for part in Part:
        blocks += _part(part, story)
    if asked is not None:
        follow = f"*A follow-up, as for {asked.principle.words}*\n{escape(asked.ask)}"
        blocks += [section(follow), context(MAY_NOT_FIT)]
    blocks += [
        section(_scale(story)),
        _ratings(membership_id, story, turn),
        actions(*_onwards(membership_id, story, asked, turn, then)),
        context(NOTHING_LOGGED),
    ]
    times = "; ".join(f"{part.value} {_time(part, story)}" for part in Part)
    then_asked = f" A follow-up, as for {asked.principle.words}: {escape(asked.ask)}" if asked else ""
    return Message(f"Tell it: {escape(story.title)}. {pace} {times}.{then_asked}", built(blocks))


def _part(part: Part, story: Story) -> list[Block]:
    text = story.text(part)
    heading = section(f"*{part.value.capitalize()}*  {_time(part, story)}")
    if not text:
        return [heading, context("Not written yet.")]
    cut = [context("The rest stands in the form: *Edit*.")] if len(text) > PART_SHOWN else []
    return [heading, said(clip(text, PART_SHOWN)), *cut]


def _time(part: Part, story: Story) -> str:
    span, seconds = TIMES[part], seconds_of(story.text(part))
    own = f", yours about {seconds} s" if seconds else ""
    return f"{_span(span)}{own}"


def _span(span: Span) -> str:
    return f"{span.least} to {span.most} s"


def _scale(story: Story) -> str:
    scale = SCALES[Dimension.STORY_QUALITY]
    now = f" Your last rating: {story.quality}." if story.quality else ""
    return f"*How was it told?* 1 {scale.low}, 5 {scale.high}.{now}"


def _ratings(membership_id: int, story: Story, turn: int) -> Block:
    """Five buttons: rating a story is one tap."""
    about = f"{membership_id}:{story.id}:{turn}"
    return actions(*(button(str(number), f"{RATE}_{number}", f"{about}:{number}") for number in range(1, 6)))


def _onwards(
    membership_id: int, story: Story, asked: FollowUp | None, turn: int, then: Story | None
) -> Iterator[ButtonElement]:
    about = f"{membership_id}:{story.id}"
    if asked is not None:
        yield button("Another follow-up", ANOTHER, f"{about}:{turn + 1}")
    if then is not None:
        yield button("Next story", f"{ANOTHER}_story", f"{membership_id}:{then.id}:0")
    yield button("Edit", EDIT, about)
    yield button("Log it", LOG, str(membership_id))
    yield button("My stories", OPEN_STORIES, str(membership_id))


# Saving and polishing


def saved(story: Story, membership_id: int, coverage: Coverage, before: str) -> Message:
    """What was saved, what comes next; `before` says what saving did to an older one."""
    text = f"Saved: *{escape(story.title)}* · {facts(story)}."
    covered = f"Your stories cover {len(coverage.covered)} of {len(PRINCIPLES)} Leadership Principles."
    notes = " ".join(filter(None, (before, *_unsaid(story), covered)))
    row = actions(
        *_practise_or_edit(story, f"{membership_id}:{story.id}"),
        button("Log it", LOG, str(membership_id)),
        button("My stories", OPEN_STORIES, str(membership_id)),
    )
    return Message(f"{text.replace('*', '')} {notes}", built([section(text), context(notes), row]))


def _practise_or_edit(story: Story, about: str) -> Iterator[ButtonElement]:
    """A whole story is told next, one that is begun is written on."""
    ways = [("Practise", TELL), ("Edit", EDIT)]
    first, second = ways if story.is_whole else reversed(ways)
    yield button(*first, about, style="primary")
    yield button(*second, about)


def _unsaid(story: Story) -> Iterator[str]:
    """What to do next, without the parts that `facts` calls open already."""
    return (words_of(hint) for hint in hints(story) if hint.lack is not Lack.PART)


BEFORE = {
    "over": "It had changed since you opened the form; what you have just saved counts.",
    "back": "It had been deleted since you opened the form; it is back, as you have just saved it.",
}


def polishing(story: Story, membership_id: int) -> Message:
    """What would make the story better, and calling it the next better thing once it may be."""
    todo = [words_of(hint) for hint in hints(story)]
    about = f"{membership_id}:{story.id}"
    far = "a draft" if story.status is Status.DRAFT else story.status.value
    opening = f"*{escape(story.title)}* is {far}."
    lines = todo or ["Nothing stands out any more. Tell it aloud and watch the clock; that is what is left."]
    following = next_status(story)
    doors = [button("Edit", EDIT, about, style="primary"), button("Practise", TELL, about)]
    if following is not None:
        doors.append(button(f"Call it {following.value}", CALL_IT, f"{about}:{following.value}"))
    listed = "\n".join(f"• {line}" for line in lines)
    text = f"{opening.replace('*', '')} {' '.join(lines)}"
    return Message(text, built([section(f"{opening}\n{listed}"), actions(*doors)]))


def words_of(hint: Hint) -> str:
    """One thing to do next, kindly."""
    part = hint.part.value if hint.part else ""
    aim = _span(TIMES[hint.part]) if hint.part else ""
    return {
        Lack.PART: f"The {part} is still to be written.",
        Lack.PRINCIPLES: "Name the principle that it shows best.",
        Lack.NUMBER: "A number makes the result land: how much, how many, how much faster.",
        Lack.OWN_SHARE: 'The action says "we" more often than "I": your own share is what they listen for.',
        Lack.SHORT: f"The {part} takes about {hint.seconds} s; {aim} leave room for more detail.",
        Lack.LONG: f"The {part} takes about {hint.seconds} s; {aim} are the aim, so keep what the rest needs.",
    }[hint.lack]


# Deleting


def delete_question(story: Story, membership_id: int) -> Message:
    """Deleting is asked once."""
    text = f"Delete *{escape(story.title)}*? For a week you can bring it back; then it is gone for good."
    about = f"{membership_id}:{story.id}"
    row = actions(button("Delete", DELETE, about, style="danger"), button("Keep it", KEEP, about))
    return Message(text, built([section(text), row]))


def deleted(story: Story, membership_id: int) -> Message:
    """It is gone, with the way back."""
    text = f"Deleted: {escape(story.title)}. `/prep story undo` brings it back within a week, too."
    row = actions(
        button("Undo", UNDO, f"{membership_id}:{story.id}"),
        button("My stories", OPEN_STORIES, str(membership_id)),
    )
    return Message(text, built([section(text), row]))


def kept(story: Story) -> Message:
    """Not deleting."""
    text = f"Good. {escape(story.title)} stays as it is."
    return Message(text, built([section(text)]))


def brought_back(story: Story, membership_id: int) -> Message:
    """As it was."""
    text = f"*{escape(story.title)}* is back, exactly as it was."
    row = actions(button("My stories", OPEN_STORIES, str(membership_id)))
    return Message(text, built([section(text), row]))


def nothing_deleted(membership_id: int) -> Message:
    """Nothing to bring back."""
    text = "No deleted story is left to bring back: they are kept for a week."
    row = actions(button("My stories", OPEN_STORIES, str(membership_id)))
    return Message(text, built([section(text), row]))


def no_such(words: str, membership_id: int) -> Message:
    """No title is like what was typed; it may be the title of a new one."""
    title = clip(words, TITLE_LIMIT)
    text = f'No story of yours is called "{escape(title)}". Is it a new one? If you meant to count a story that you practised: `/prep log story 1 30m`.'
    row = actions(
        button("Begin it", NEW, f"{membership_id}::{title}", style="primary"),
        button("My stories", OPEN_STORIES, str(membership_id)),
    )
    return Message(text, built([section(text), row]))
