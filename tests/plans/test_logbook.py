import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import logbook
from plans.errors import StudyError
from plans.logbook import LogLine, NoteTooLong, NothingToLog, NotUnderstood, Subject, TooMuch, UnknownSubject
from plans.model import Area


@pytest.mark.parametrize(
    ("typed", "subject", "count", "minutes", "note"),
    [
        ("coding 3", Subject.CODING_PROBLEMS, 3, 0, ""),
        ("3 coding", Subject.CODING_PROBLEMS, 3, 0, ""),
        ("LeetCode", Subject.CODING_PROBLEMS, 1, 0, ""),
        ("sd 1 45m two pointers", Subject.SYSTEM_DESIGN_PROBLEMS, 1, 45, "two pointers"),
        ("system design 2 1h30", Subject.SYSTEM_DESIGN_PROBLEMS, 2, 90, ""),
        ("System Designs 2 1:30", Subject.SYSTEM_DESIGN_PROBLEMS, 2, 90, ""),
        ("story 1.5h about the outage", Subject.STORIES, 1, 90, "about the outage"),
        ("mock 1 1.5 h with Bo", Subject.MOCK_INTERVIEWS, 1, 90, "with Bo"),
        ("hours 1.5 behavioral", Subject.MINUTES, 0, 90, ""),
        ("time 45m", Subject.MINUTES, 0, 45, ""),
        ('news 1 20min "re:Invent"', Subject.INDUSTRY_UPDATES, 1, 20, "re:Invent"),
    ],
)
def test_a_line_is_read_whatever_its_order_case_and_plurals(
    typed: str, subject: Subject, count: int, minutes: int, note: str
) -> None:
    line = logbook.read(typed)
    assert (line.subject, line.count, line.minutes, line.note) == (subject, count, minutes, note)


def test_time_alone_belongs_to_the_area_that_is_named() -> None:
    assert logbook.read("hours 1.5 behavioural").area is Area.BEHAVIORAL
    assert logbook.read("hours 90m design").area is Area.SYSTEM_DESIGN
    assert logbook.read("hours 2").area is None


def test_what_is_counted_brings_its_own_area() -> None:
    assert logbook.read("coding 1").area is Area.CODING
    assert logbook.read("story 1").area is Area.BEHAVIORAL


def test_yesterday_dates_a_line_back_but_not_inside_the_note() -> None:
    assert logbook.read("coding 3 yesterday").days_ago == 1
    assert logbook.read("coding 3 as I did yesterday").days_ago == 0


@pytest.mark.parametrize(
    ("typed", "mistake", "sentence"),
    [
        ("codng 3", UnknownSubject, 'I can\'t log "codng". Did you mean `/prep log coding 1`?'),
        ("sd 1 fortyfive", NotUnderstood, 'but not "fortyfive". Try `/prep log sd 1 45m`.'),
        ("coding 2.5", NotUnderstood, 'but not "2.5"'),
        ("coding -3", NotUnderstood, 'but not "-3"'),
        ("hours 0", NothingToLog, "Say how many or how long"),
        ("coding 0", NothingToLog, "Say how many or how long"),
        ("coding 101", TooMuch, "at most 100 at a time"),
        ("hours 17", TooMuch, "16 hours"),
        ("coding 1 " + "x" * 3001, NoteTooLong, "3001 characters and 500 fit"),
    ],
)
def test_what_cannot_be_read_is_said_with_what_would_be_right(
    typed: str, mistake: type[StudyError], sentence: str
) -> None:
    with pytest.raises(mistake) as caught:
        logbook.read(typed)
    assert sentence in str(caught.value)


words = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["coding", "sd", "hours", "3", "1.5h", "45m", "yesterday", "fortyfive", "<!channel>", "٣"]
    ),
)


@given(st.lists(words, max_size=6).map(" ".join))
def test_any_text_is_either_a_sensible_line_or_a_kind_mistake(typed: str) -> None:
    try:
        line = logbook.read(typed)
    except StudyError:
        return
    assert isinstance(line, LogLine)
    assert 0 <= line.count <= logbook.MOST_COUNT
    assert 0 <= line.minutes <= logbook.MOST_MINUTES
    assert line.count or line.minutes
