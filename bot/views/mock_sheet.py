"""What an interviewer reads, and nobody else: questions with follow-ups, levels, rubric; how to behave."""

from collections.abc import Iterator, Sequence
from typing import Any

from slack_sdk.models.blocks import Block, DividerBlock

from bot.views import form
from bot.views.message import Blocks, Message, built, context, header, said, section
from bot.views.words import escape, listed
from plans.mocks import STYLES, Kind, Style, Timebox
from plans.model import Level
from plans.questions import Question


def sheet(question: Question, level: Level | None, style: Style | None) -> Blocks:
    """A question with all that its interviewer needs; without a level, for every one that it has.

    With a `style`, the first line says how this interviewer behaves.
    """
    return built(list(_sheet(question, level, style)))


def _sheet(question: Question, level: Level | None, style: Style | None) -> Iterator[Block]:
    if style is not None:
        yield context(escape(STYLES[style]))
    yield header(f"{question.subject.words.capitalize()}: {_topic(question)}")
    yield said(question.ask)
    yield section(_list("Follow-ups", question.probes))
    levels = [level] if level in question.levels else list(question.levels)
    for each in levels:
        if each in question.scale:
            yield section(f"*Figures to give out, {each}*\n{escape(question.scale[each])}")
        yield section(f"*What a good answer shows, {each}*\n{escape(question.expect[each])}")
    if question.example is not None:
        yield section(
            f"*Example*\n{escape(question.example.input)} gives {escape(question.example.output)}"
            f"\n*Aim for* {escape(question.complexity or '')}"
        )
    if question.hint:
        yield section(f"*If they are stuck*\n{escape(question.hint)}")
    yield section(
        f"*1–2* {escape(question.rubric.weak)}\n*3–4* {escape(question.rubric.solid)}"
        f"\n*5* {escape(question.rubric.strong)}"
    )
    yield section(_list("Watch out for", question.watch))


def _topic(question: Question) -> str:
    return question.principle.words if question.principle else question.topic.replace("-", " ")


def _list(title: str, lines: Sequence[str]) -> str:
    return "\n".join([f"*{title}*", *(f"• {escape(line)}" for line in lines)])


def sheet_form(
    candidate: str,
    boxes: Sequence[Timebox],
    questions: Sequence[Question],
    level: Level | None,
    style: Style | None,
) -> dict[str, Any]:
    """A turn's sheets in one form, for the eyes of its interviewer."""
    blocks: list[Any] = [
        section(f"For you alone: {escape(candidate)} knows the kind and no more."),
        section("\n".join(f"{box.start}–{box.end} min  {escape(box.title)}" for box in boxes)),
    ]
    if style is not None:
        blocks.append(context(escape(STYLES[style])))
    if not questions:
        blocks.append(
            section(
                "There is no question left that is new to all of you. Ask one that you were asked yourself"
                " and that taught you something."
            )
        )
    for question in questions:
        blocks += [DividerBlock(), *_sheet(question, level, None)]
    return form.modal("The question", blocks, callback_id="mock_sheet", submit=None, close="Close")


def not_for_you(kind: Kind, interviewers: Sequence[str]) -> Message:
    """To a candidate or an observer who asks for the question."""
    names = listed([escape(name) for name in interviewers]) or "your interviewer"
    text = f"That one is for {names} alone, so that it stays a surprise. The kind is {kind.words}; more you need not know."
    return Message(text, built([section(text)]))
