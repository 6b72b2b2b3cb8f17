from datetime import date, timedelta

import pytest

from plans.catching_up import Behind
from plans.model import Area, Tier
from plans.schedule_standing import pace, weeks_of_room

MONDAY = date(2026, 11, 16)
ENDS = MONDAY + timedelta(days=27)  # four weeks
DAY = timedelta(days=1)


def left(minutes: int, area: Area = Area.CODING, tier: Tier = Tier.CORE) -> Behind:
    return Behind(id=minutes, text="Old", area=area, tier=tier, minutes=minutes, due_on=MONDAY - 3 * DAY)


# 8 hours a week bring back 2 of them: minutes that are open, the interview -> behind, tight, done

PACES = [
    ("nothing open", [], None, (False, False, True)),
    ("only standard goals open", [left(600, tier=Tier.STANDARD)], None, (False, False, True)),
    ("what a week brings back", [left(120)], None, (False, False, False)),
    ("a minute more", [left(121)], None, (True, False, False)),
    ("what four weeks bring back", [left(480)], None, (True, False, False)),
    ("more than that", [left(481)], None, (True, True, False)),
    ("a fortnight to the interview", [left(241)], MONDAY + 14 * DAY, (True, True, False)),
    ("the interview after the plan", [left(481)], ENDS + 90 * DAY, (True, True, False)),
    ("the interview today", [left(10)], MONDAY, (False, True, False)),
]


@pytest.mark.parametrize(("behind", "interview", "found"), [c[1:] for c in PACES], ids=[c[0] for c in PACES])
def test_how_somebody_stands_is_measured_by_what_catching_up_brings_back(
    behind: list[Behind], interview: date | None, found: tuple[bool, bool, bool]
) -> None:
    where = pace(behind, hours=8, monday=MONDAY, ends_on=ENDS, interview=interview)
    assert (where.is_behind, where.is_tight, where.is_done) == found


def test_stories_come_first_then_the_core_of_system_design() -> None:
    behind = [left(30), left(40, Area.SYSTEM_DESIGN), left(50, Area.BEHAVIORAL)]
    firsts = [pace(behind[:count], hours=8, monday=MONDAY, ends_on=ENDS).first for count in range(4)]
    assert firsts == [None, Area.CODING, Area.SYSTEM_DESIGN, Area.BEHAVIORAL]


@pytest.mark.parametrize(
    ("days", "weeks"), [(None, 0), (-30, 0), (0, 0), (14, 0), (15, 2), (21, 2), (22, 3), (90, 12)]
)
def test_room_is_whole_weeks_between_the_end_and_the_interview(days: int | None, weeks: int) -> None:
    interview = None if days is None else ENDS + days * DAY
    assert weeks_of_room(ENDS, interview) == weeks
