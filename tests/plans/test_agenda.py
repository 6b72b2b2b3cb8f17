from datetime import date

from plans.agenda import Agenda, AgendaGoal
from plans.model import Area

TUESDAY = date(2026, 11, 17)


def goal(number: int, state: str = "open", *, excused: bool = False) -> AgendaGoal:
    return AgendaGoal(
        id=number,
        text=f"Goal {number}",
        note="",
        minutes=30,
        area=Area.CODING,
        block="Morning",
        state=state,
        carried_from=None,
        excused=excused,
    )


def day(*goals: AgendaGoal) -> Agenda:
    return Agenda(membership_id=1, day=TUESDAY, today=TUESDAY, title="Patterns", goals=goals)


def test_a_skipped_goal_is_neither_offered_nor_counted() -> None:
    agenda = day(goal(1), goal(2, "skipped"))
    assert [each.id for each in agenda.offered] == [1]
    assert agenda.minutes == 30


def test_an_excused_goal_is_offered_and_counts_only_once_it_is_done() -> None:
    assert day(goal(1), goal(2, excused=True)).minutes == 30
    done = day(goal(1), goal(2, "done", excused=True))
    assert (done.minutes, done.minutes_done, done.done) == (60, 30, 1)


def test_a_day_is_complete_when_all_that_counts_is_done_and_never_when_it_is_empty() -> None:
    assert day(goal(1, "done"), goal(2, "skipped"), goal(3, excused=True)).is_complete
    assert not day(goal(1, "done"), goal(2)).is_complete
    assert not day().is_complete
