"""People and history from JSON, the answer as JSON and as text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from plans import dryrun
from plans.mocks import Kind
from plans.model import Level
from plans.pairing import Participant, PastRound, pair

ANA = {
    "id": "ana",
    "level": "L7",
    "kinds": ["technical", "full_loop"],
    "free": [["2027-01-14T17:00+01:00", "2027-01-14T20:00+01:00"]],
    "mentor": False,
    "blocks": ["bo"],
}


def people(content: object) -> tuple[Participant, ...]:
    return dryrun.people(json.dumps(content).encode(), "p.json")


def faults(content: object) -> Sequence[str]:
    with pytest.raises(dryrun.FileFaults) as caught:
        people(content)
    return caught.value.faults


def history_faults(content: object) -> Sequence[str]:
    with pytest.raises(dryrun.FileFaults) as caught:
        dryrun.history(json.dumps(content).encode(), "h.json")
    return caught.value.faults


def test_a_person_is_read_with_all_fields_or_with_the_id_only() -> None:
    ana, bo = people([ANA, {"id": "bo"}])
    assert (ana.id, ana.level, ana.kinds) == ("ana", Level.L7, frozenset({Kind.TECHNICAL, Kind.FULL_LOOP}))
    assert [moment.isoformat() for moment in (ana.free or ())[0]] == [
        "2027-01-14T17:00:00+01:00",
        "2027-01-14T20:00:00+01:00",
    ]
    assert (ana.mentor, ana.blocks) == (False, frozenset({"bo"}))
    assert bo == Participant("bo")


def test_no_hours_at_all_are_something_else_than_any_time() -> None:
    assert [person.free for person in people([{"id": "ana", "free": []}, {"id": "bo"}])] == [(), None]


def test_history_is_read() -> None:
    content = [
        {"round": 2, "groups": [["a", "b"], ["c", "d", "e"]], "left_out": ["f"]},
        {"round": 3, "groups": []},
    ]
    assert dryrun.history(json.dumps(content).encode(), "h.json") == (
        PastRound(2, (("a", "b"), ("c", "d", "e")), ("f",)),
        PastRound(3, ()),
    )


@pytest.mark.parametrize(
    ("person", "fault"),
    [
        ({"id": 7}, 'id: must be text in double quotes, not 7; write "7" with the quotes'),
        ({"id": ""}, "id: must not be empty"),
        ({}, "id: this is missing"),
        ({"id": "a", "level": "L8"}, "level: must be 'L6' or 'L7', not \"L8\""),
        (
            {"id": "a", "kinds": ["system"]},
            "kinds, number 1: must be 'technical', 'behavioral' or 'full_loop'",
        ),
        ({"id": "a", "kinds": "technical"}, 'kinds: must be a list in brackets, not "technical"'),
        ({"id": "a", "mentor": "yes"}, 'mentor: must be true or false, not "yes"'),
        ({"id": "a", "blocks": ["b", 3]}, "blocks, number 2: must be text in double quotes, not 3"),
        ({"id": "a", "block": []}, "block: no such field; there are id, level, kinds, free, mentor, blocks"),
        (
            {"id": "a", "free": [["2027-01-14T17:00", "2027-01-14T18:00Z"]]},
            "free, number 1, number 1: needs an offset",
        ),
        (
            {"id": "a", "free": [["soon", "2027-01-14T18:00Z"]]},
            "free, number 1, number 1: must be a date and time",
        ),
        ({"id": "a", "free": [["2027-01-14T18:00Z"]]}, "free, number 1, number 2: this is missing"),
        ({"id": "a", "free": [["2027-01-14T18:00Z"] * 3]}, "free, number 1: must be a start and an end"),
        (
            {"id": "a", "free": [["2027-01-14T18:00Z", "2027-01-14T17:00Z"]]},
            "free, number 1: it ends before it begins",
        ),
        (["a"], 'must be an object in braces, not ["a"]'),
    ],
)
def test_a_fault_is_said_with_file_place_and_field(person: object, fault: str) -> None:
    (said,) = faults([{"id": "somebody"}, person])
    where = "p.json, person 2" + (": " if fault.startswith("must") else ", ")
    assert said.startswith(where + fault)


def test_several_faults_are_said_at_once() -> None:
    assert len(faults([{"id": 1, "level": "L5"}, {"id": "a", "mentor": 1}, 3])) == 4


def test_an_id_that_is_there_already_is_a_fault() -> None:
    assert faults([{"id": "a"}, {"id": "b"}, {"id": "a"}]) == (
        'p.json, person 3, id: "a" is person 1 already',
    )


@pytest.mark.parametrize(
    ("past", "fault"),
    [
        ({"round": "1", "groups": []}, 'round: must be a whole number, not "1"'),
        ({"round": -1, "groups": []}, "round: must not be below 0"),
        ({"groups": []}, "round: this is missing"),
        ({"round": 1}, "groups: this is missing"),
        ({"round": 1, "groups": [[]]}, "groups, number 1: must not be empty"),
        ({"round": 1, "groups": [["a", 2]]}, "groups, number 1, number 2: must be text"),
        ({"round": 1, "groups": [], "left_out": None}, "left_out: must be a list in brackets, not null"),
    ],
)
def test_a_fault_in_the_history_is_said_too(past: object, fault: str) -> None:
    (said,) = history_faults([past])
    assert said.startswith(f"h.json, round 1, {fault}")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "p.json: this is no JSON"),
        (b'[{"id": "a"', "p.json: this is no JSON"),
        (b'[{"id": "\xff"}]', "p.json: this is no JSON"),
        (b'{"id": "a"}', "p.json: must be a list in brackets"),
    ],
)
def test_what_is_no_list_in_json_is_said_to_be_none(content: bytes, fault: str) -> None:
    with pytest.raises(dryrun.FileFaults) as caught:
        dryrun.people(content, "p.json")
    assert caught.value.faults[0].startswith(fault)


def test_a_file_that_begins_with_a_byte_order_mark_is_read() -> None:
    assert dryrun.people('\ufeff[{"id": "ana"}]'.encode(), "p.json") == (Participant("ana"),)


def test_the_answer_in_json_has_exactly_the_promised_fields() -> None:
    here = people([{**ANA, "blocks": []}, {"id": "bo"}, {"id": "cy", "free": []}])
    answer: dict[str, Any] = json.loads(dryrun.as_json(pair(here)))
    assert set(answer) == {"groups", "left_out"}
    (group,) = answer["groups"]
    assert list(group) == ["people", "roles", "kind", "slots", "reason"]
    assert sorted(group["people"]) == ["ana", "bo"]
    assert group["roles"] == dict(zip(group["people"], ("interviewer", "candidate"), strict=True))
    assert group["kind"] == "technical"
    assert group["slots"][0] == ["2027-01-14T16:00:00+00:00", "2027-01-14T17:00:00+00:00"]
    assert answer["left_out"] == [
        {"id": "cy", "reason": "You named no time that is long enough for a session."}
    ]


def test_an_answer_is_a_round_of_the_next_history() -> None:
    here = people([{"id": who} for who in "abcd"])
    answer = json.loads(dryrun.as_json(pair(here)))
    past = [{"round": 1, "groups": [group["people"] for group in answer["groups"]]}]
    again = pair(here, dryrun.history(json.dumps(past).encode(), "h.json"))
    interviewers = [
        {group["people"][0] for group in answer["groups"]},
        {group.people[0] for group in again.groups},
    ]
    assert interviewers[0].isdisjoint(interviewers[1])


def test_the_text_says_who_does_what_why_and_when() -> None:
    past = [PastRound(4, ())]
    here = people([{**ANA, "blocks": []}, {"id": "bo"}, {"id": "cy"}, {"id": "dan", "free": []}])
    text = dryrun.as_text(pair(here, past), past)
    assert text.startswith("Round 5: 1 group.\n")
    assert " interviews " in text
    assert " observes (technical)" in text
    assert "Could begin, in UTC: Thu 14 Jan 16:00; Thu 14 Jan 17:00; Thu 14 Jan 18:00" in text
    assert "dan: You named no time" in text
