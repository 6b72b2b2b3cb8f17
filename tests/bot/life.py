"""A whole life in a group for tests: somebody does everything once and leaves a word of theirs everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.store import enrolments, memberships
from bot.store.tables import (
    Buddy,
    CheckpointTick,
    HolidayAsk,
    InterviewTick,
    Milestone,
    Period,
    PlanChange,
    Proposal,
    Story,
    Vote,
)
from bot.workspace.visitors.people import Person
from tests.bot import uploads
from tests.bot.house import CHANNEL, MONDAY, House
from tests.bot.loops import cast_of, plans_loop, votes
from tests.bot.loops import writes as writes_of_loop
from tests.bot.members import day_post, finishes, form, goal_texts, hears, membership_of, newest
from tests.bot.rounds import CALLED, MATCHED, comes_in
from tests.bot.sessions import a_session, ends_at, gives

NAME = "Borislav"
WORDS = {
    kind: f"his-{kind}"
    for kind in (
        *("feedback", "late-feedback", "vote", "logged", "goal", "note", "reflection", "reason", "pause"),
        *("insight", "before", "story", "mode"),
    )
}
ABOUT_HIM = ("ana-on-him", "ana-votes", "ana-on-his-loop")  # what Ana wrote about him and he has read, or not
UNREAD = "ana-unread"


async def lives(house: House) -> list[Person]:
    """Borislav, who leads, with Ana and Cy, on a Monday morning after a week in which he did everything."""
    people = await house.group(NAME, "Ana", "Cy", sharing="full")
    await _practises(house, people)
    await _takes_a_loop(house, people)
    await _plans(house, people[0])
    await _keeps_more(house, people)
    await _works(house, people)
    await _checks_in(house, people[0])
    await _waits_for_feedback(house, people)
    await people[0].home("yours alone")
    await house.settle()
    return people


async def _practises(house: House, people: Sequence[Person]) -> None:
    """A mock with Ana on Thursday, with feedback both ways; Cy and he block somebody each."""
    boris, ana, cy = people
    mock = await a_session(house, [ana, boris])
    await house.travel(ends_at(mock))
    await gives(house, ana, boris, 2, word=ABOUT_HIM[0])
    await gives(house, boris, ana, 4, own=3, word=WORDS["feedback"])
    stranger = await house.person("Stranger")
    for person, other in ((boris, stranger), (cy, boris)):
        sheet = await form(person, "/prep mock block", "My mock interviews")
        await house.submits(person, sheet, {"blocked": [other.id]})


async def _takes_a_loop(house: House, people: Sequence[Person]) -> None:
    """One full loop on Saturday as a candidate, one on Sunday as an interviewer of Ana's."""
    boris, ana, cy = people
    house.sql("delete from mock_blocks where user_id = ?", [boris.id])  # Cy would keep away from the loops
    await plans_loop(house, boris, [ana, cy])
    await plans_loop(house, ana, [boris, cy], when="2026-11-22 10:00")
    for loop_id, voters in ((1, {ana: ABOUT_HIM[1]}), (2, {boris: WORDS["vote"], cy: ""})):
        cast = await cast_of(house, loop_id)
        await house.travel(cast.ends_at)
        for person, note in voters.items():
            await votes(house, person, "Inclined", note)
    await writes_of_loop(house, boris, ana, 4, WORDS["late-feedback"])
    number = (await membership_of(house, cy)).id
    house.sql(
        "insert into mock_blocks (membership_id, user_id, made_at) values (?, ?, '2026-11-22 20:00:00')",
        [number, boris.id],
    )


async def _plans(house: House, boris: Person) -> None:
    """A plan for the group, a change of his own, a tick at a checkpoint."""
    assert (await uploads.uploads(boris, uploads.plan())).ok
    async with house.bot.database.write() as session:
        member = await memberships.get(session, (await membership_of(house, boris)).id)
        enrolment = await enrolments.current(session, member.id)
        assert enrolment is not None
        ids = {"membership_id": member.id, "enrolment_id": enrolment.id}
        before = {"goals": [{"text": WORDS["before"]}]}
        session.add(
            PlanChange(**ids, asked_in="V1", made_on=MONDAY, before=before, after="", made_at=house.now)
        )
        session.add(CheckpointTick(**ids, week=4, item="1-1", ticked_at=house.now))


async def _keeps_more(house: House, people: Sequence[Person]) -> None:
    """A story, a lighter time, a list before an interview, a buddy, a milestone, a vote, a Home."""
    boris, ana, _ = people
    member, other = await membership_of(house, boris), await membership_of(house, ana)
    mine = {"membership_id": member.id}
    far = date(2027, 6, 7)  # a Monday that no week of the plan touches
    parts = {"situation": WORDS["story"], "task": "", "action": "", "result": ""}
    proposal = Proposal(
        group_id=member.group_id,
        week_of=far,
        area="coding",
        factor=0.75,
        first_week=far,
        last_week=far,
        facts={},
        state="failed",
        closes_at=house.now,
        made_at=house.now,
    )
    async with house.bot.database.write() as session:
        session.add(proposal)
        await session.flush()
        session.add_all(
            (
                Story(
                    **mine, **parts, title="Outage", principles=[1], made_at=house.now, changed_at=house.now
                ),
                Period(
                    **mine,
                    mode="travel",
                    starts_on=far,
                    ends_on=far,
                    note=WORDS["mode"],
                    made_at=house.now,
                ),
                HolidayAsk(**mine, week_of=far, holidays=[[far.isoformat(), "A day"]], made_at=house.now),
                InterviewTick(**mine, interview_on=far, item="room", ticked_at=house.now),
                Milestone(**mine, name="a", week_of=far, in_channel=False, reached_at=house.now),
                Buddy(**mine, buddy_id=other.id, week_of=far, made_at=house.now),
                Vote(**mine, proposal_id=proposal.id, choice="keep", voted_at=house.now),
            )
        )
    await boris.home()


async def _works(house: House, people: Sequence[Person]) -> None:
    """A week: ticks, ratings, words, a round of mocks, an ask, a pause."""
    boris, ana, cy = people
    await house.travel(CALLED)
    await comes_in(house, boris, ana, cy)
    await hears(boris, "/prep mock now technical")
    await house.travel("Tuesday 08:00")
    for person in people:
        await finishes(person, await day_post(person, "Tuesday"))
    await hears(boris, f"/prep log coding 3 1h {WORDS['logged']}")
    await hears(boris, f"/prep goal add {WORDS['goal']}")
    await boris.clicks(await day_post(boris), "Rate today")
    scores = {"technical_communication": "1", "time_management": "1", "overall_confidence": "1"}
    said = {"note": WORDS["note"], "reflection": WORDS["reflection"]}
    await house.submits(boris, await boris.modal("Rate today"), {**scores, **said})
    await house.travel("Wednesday 08:00")
    post = await day_post(boris, "Wednesday")
    await boris.chooses(post, "day_more", "Skip something…")
    skipped = {"goals0": goal_texts(post)[:1], "reason_note": WORDS["reason"]}
    await house.submits(boris, await boris.modal("Skip goals"), skipped)
    await house.travel(MATCHED)
    await hears(boris, f"/prep pause 1d {WORDS['pause']}")


async def _checks_in(house: House, boris: Person) -> None:
    """The end of the week: check-in, scorecard, an offer that he takes."""
    await house.travel("Saturday 18:00")
    await boris.clicks(await boris.waits_for_dm("Weekly check-in"), "Check in")
    answers: dict[str, Any] = {"biggest_win": WORDS["insight"], "next_focus": WORDS["insight"]}
    await house.submits(boris, await boris.modal("Weekly check-in"), answers)
    await house.travel("Sunday 18:00")
    await boris.clicks(
        await boris.waits_for(CHANNEL, f"A recovery week for {NAME}?"), "Take the recovery week"
    )
    await house.settle()
    await boris.chooses(await newest(boris, CHANNEL), "suggestion_blocker", "Family")
    await house.travel("2026-11-30 09:00")


async def _waits_for_feedback(house: House, people: Sequence[Person]) -> None:
    """A second mock of which Ana has written and he has not: he cannot read it yet."""
    boris, ana, _ = people
    mock = await a_session(house, [ana, boris], "2026-11-30 10:00")
    await house.travel(ends_at(mock))
    await gives(house, ana, boris, 5, word=UNREAD)
