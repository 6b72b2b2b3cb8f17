"""Mock sessions for tests: put two or three people into one, let its time pass, answer, give feedback."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.store import mock_sessions, timers
from bot.store.mock_sessions import Place
from bot.store.tables import MockSession
from bot.workspace.visitors.people import Person
from plans.feedback import Skill
from plans.mocks import Kind, Role
from tests.bot.house import House, bank
from tests.bot.members import Json, membership_of

HOW_WAS_IT = "How was it?"


async def a_session(
    house: House,
    people: Sequence[Person],
    when: str = "Thursday 17:00",
    *,
    kind: Kind = Kind.TECHNICAL,
    swaps: bool = True,
    roles: Sequence[Role] = (Role.INTERVIEWER, Role.CANDIDATE, Role.OBSERVER),
) -> MockSession:
    """A session of these people at this time, agreed by all; its end is the next thing to happen to it."""
    members = [await membership_of(house, person) for person in people]
    starts_at = house.at(when)
    async with house.bot.database.write() as session:
        mock = await mock_sessions.create(
            session,
            group_id=members[0].group_id,
            kind=kind,
            minutes=90,
            swaps=swaps,
            places=[
                Place(member.id, role) for member, role in zip(members, roles[: len(members)], strict=True)
            ],
            slots=[],
            reason="You have not met yet.",
            seed=7,
            now=house.now,
            starts_at=starts_at,
        )
        mock.sequence = 1
        rows = await mock_sessions.seated(session, mock.id)
        for row in rows:
            row.seat.state = "in"
        await mock_sessions.hand_out(session, bank(), mock, rows)
        ends_at = starts_at + timedelta(minutes=mock.minutes)
        await timers.set_next(session, "after", mock_sessions.whom(mock), ends_at.date(), ends_at)
    return mock


async def asked(person: Person) -> Json:
    """The newest question whether a mock took place, in whatever state it is."""
    return await person.waits_for_dm(
        lambda message: (
            any("mock" in str(block) for block in message.get("blocks") or [])
            and any(
                str(element.get("action_id", "")).startswith(("mock_yes", "mock_reopen"))
                for block in message.get("blocks") or []
                for element in block.get("elements") or []
            )
            and not message.get("ephemeral")
        )
    )


async def says(house: House, person: Person, answer: str) -> None:
    """Answer the question with the button of these words."""
    await person.clicks(await asked(person), answer)
    await house.settle()


def ratings(about: int, value: int = 4, **others: int) -> dict[str, str]:
    """The five ratings of one person in the form, by block."""
    return {f"{about}-{skill.value}": str(others.get(skill.value, value)) for skill in Skill}


def sheet(about: int, value: int = 4, word: str = "", **others: int) -> dict[str, Any]:
    """Everything that the form asks about one person; `word` stands in all that is written."""
    return {
        **ratings(about, value, **others),
        f"{about}-improvements": f"Say the number first {word}\n- Leave room for questions {word}",
        f"{about}-strength": f"Calm under questions {word}",
    }


async def gives(
    house: House, author: Person, about: Person | None, value: int = 4, *, own: int | None = None, **more: Any
) -> None:
    """Fill in the feedback form from the question's button: about another, about oneself (`own`), or both."""
    post = await asked(author)
    doors = {
        element.get("action_id")
        for block in post.get("blocks") or []
        for element in block.get("elements") or []
    }
    if "mock_feedback_open" not in doors:
        await author.clicks(post, "Yes")
        await house.settle()
    await author.clicks(await asked(author), "mock_feedback_open")
    form = await author.modal("Feedback")
    answers: dict[str, Any] = {}
    if about is not None:
        answers |= sheet((await membership_of(house, about)).id, value, **more)
    if own is not None:
        answers |= ratings((await membership_of(house, author)).id, own)
    await house.submits(author, form, answers)
    await house.settle()


def state_of(house: House, mock: MockSession) -> str:
    """What has become of the session."""
    return str(house.sql("select state from mock_sessions where id = ?", [mock.id])[0][0])


async def counted(house: House, person: Person) -> int:
    """How many mock interviews stand on the person's scorecard in all."""
    member = await membership_of(house, person)
    rows = house.sql(
        "select coalesce(sum(count), 0) from entries where membership_id = ?"
        " and metric = 'mock_interviews' and undone_at is null",
        [member.id],
    )
    return int(rows[0][0])


def ends_at(mock: MockSession) -> datetime:
    """The end of the session."""
    assert mock.starts_at is not None
    return mock.starts_at + timedelta(minutes=mock.minutes)
