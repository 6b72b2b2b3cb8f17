"""Words that want to be more than words, and payloads that nobody ever sent."""

from __future__ import annotations

import contextlib
import copy
import logging
from collections.abc import Callable
from typing import Any

import pytest

from bot.workspace.errors import AppFailed
from bot.workspace.visitors.people import Person, words
from tests.bot.house import CHANNEL, House
from tests.bot.members import asks, day_post, form, goal_texts, hears, newest
from tests.bot.oracle import faults_before

Json = dict[str, Any]

HOSTILE = [
    "<!channel> wake up",
    "<!everyone|all>",
    "<@U0BOT> hi",
    "<#C0X|general>",
    "<https://evil.example|your bank>",
    "*bold* _it_ ~no~ `code`",
    "@here @channel",
    "&lt;!channel&gt; &amp;lt;!here&amp;gt;",
    "> quoted\n• forged line",
    "\u202eevil\u202c and \u200fmore",
    "\U0001f469\u200d\U0001f4bb \U0001f1e9\U0001f1ea e\u0301",
    "nul\x00byte\x07",
    "{braces} %s {0.__class__} $1",
    "'; drop table goals; --",
]


async def test_hostile_words_stay_words_wherever_one_can_type_them(house: House) -> None:
    (ana,) = await house.group("Ana", sharing="full")
    await house.travel("Tuesday 08:00")
    for text in HOSTILE:
        await hears(ana, f"/prep goal add {text}")
        await hears(ana, f"/prep log coding 1 {text}")
        await hears(ana, f"/prep {text}")
        await hears(ana, f"/prep log {text}")
        await hears(ana, f"/prep pause {text}")
        await hears(ana, f"/prep scorecard {text}")
    await hears(ana, "/prep week")
    await house.settle()
    post = await day_post(ana)
    await ana.chooses(post, "day_more", "Skip something…")
    await house.submits(
        ana, await ana.modal("Skip goals"), {"goals1": goal_texts(post)[-3:], "reason_note": "x"}
    )
    await house.settle()
    assert await faults_before(ana, CHANNEL, "") == []
    kept = [text for (text,) in house.sql("select text from goals where key is null")]
    assert len(kept) == len(HOSTILE)
    assert "<!channel> wake up" in kept
    assert "nulbyte\x07" in kept or "nulbyte" in kept
    assert not any("\x00" in text for text in kept)


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_names_of_people_and_groups_stay_names(house: House, text: str) -> None:
    ana = await house.person(text)
    await house.starts(ana, name=text[:60])
    await house.joins(ana, sharing="full")
    await house.settle()
    for command in ("group", "leave", "join", "start", "settings", "plan"):
        await hears(ana, f"/prep {command}")
    await house.travel("2026-11-29 18:00")
    assert house.posts(CHANNEL, "Week 48")
    assert house.posts(CHANNEL, "A recovery week for")
    post = await ana.waits_for(CHANNEL, "A recovery week for")
    await ana.clicks(post, "Take the recovery week")
    await house.settle()
    assert await faults_before(ana, CHANNEL, "") == []


async def test_typed_bold_and_strikes_do_not_become_the_bots_own_markup(house: House) -> None:
    (ana,) = await house.group("Ana")
    told = await asks(ana, "/prep goal add *bold* ~no~ _it_ snake_case 30m")
    (block,) = told["blocks"]
    for mark in ("*", "~", "`", " _", "_ "):
        assert mark not in block["text"]["text"]
    assert "snake_case" in block["text"]["text"]
    assert house.sql("select text from goals where key is null") == [("*bold* ~no~ _it_ snake_case",)]


@pytest.mark.parametrize("length", [75, 76, 500, 501, 3000, 3001])
async def test_texts_of_every_length_are_kept_or_refused_never_cut_silently(
    house: House, length: int
) -> None:
    (ana,) = await house.group("Ana")
    text = ("<&>" * length)[:length]
    goal = await hears(ana, f"/prep goal add {text}")
    assert goal.startswith(f'Added "{text}"' if length <= 75 else "A goal has room for 75 characters")
    log = await hears(ana, f"/prep log coding 1 {text}")
    assert log.startswith("*Logged: 1 coding problem" if length <= 500 else "Your note has ")
    assert house.sql("select note from entries") == ([(text,)] if length <= 500 else [])
    assert (await hears(ana, f"/prep {text}")).startswith("I don't know")
    assert (await hears(ana, f"/prep pause {text}")).startswith("I can't read")
    assert await faults_before(ana, CHANNEL) == []


async def test_long_notes_and_insights_fit_wherever_they_are_shown(house: House) -> None:
    (ana,) = await house.group("Ana")
    await house.travel("Tuesday 08:00")
    await ana.clicks(await day_post(ana), "Rate today")
    sheet = await ana.modal("Rate today")
    scores = {"technical_communication": "3", "time_management": "3", "overall_confidence": "3"}
    await house.submits(ana, sheet, {**scores, "note": "<&>`" * 250, "reflection": "*" * 1000})
    await house.travel("Saturday 18:00")
    await ana.clicks(await newest(ana), "Check in")
    insights = dict.fromkeys(("biggest_win", "primary_challenge", "next_focus"), "<!here>\n" * 62)
    await house.submits(ana, await ana.modal("Weekly check-in"), insights)
    await house.travel("Sunday 18:00")
    assert house.posts(ana, "Your biggest win this week: <!here>")


# Payloads that no Slack would send, or only a stale one


async def clicked(house: House) -> tuple[Person, Json]:
    """Ana on a Tuesday, and the envelope of a tick of hers."""
    (ana,) = await house.group("Ana")
    await house.travel("Tuesday 08:00")
    post = await day_post(ana)
    await ana.ticks(post, goal_texts(post)[:1])
    await house.settle()
    return ana, copy.deepcopy(house.workspace.socket.sent[-1])


def without(*names: str) -> Callable[[Json], None]:
    """Leave these fields out of a payload."""

    def change(payload: Json) -> None:
        for name in names:
            payload.pop(name, None)

    return change


def having(**fields: Any) -> Callable[[Json], None]:
    """Replace fields of a payload."""
    return lambda payload: payload.update(fields)


def acting(**fields: Any) -> Callable[[Json], None]:
    """Replace fields of a payload's only action."""
    return lambda payload: payload["actions"][0].update(fields)


def button(action_id: str, value: Any) -> Callable[[Json], None]:
    """Make it a click of this button."""
    return acting(type="button", action_id=action_id, value=value, block_id="b")


CLICKS = {
    "no actions": without("actions"),
    "an empty action": having(actions=[{}]),
    "an unknown action": acting(action_id="of_last_year"),
    "a foreign block": acting(block_id="xYz1"),
    "a broken block": acting(block_id="day:1:2026-13-45:r1:1,2"),
    "a block of nobody": acting(block_id="day:999:2026-11-24:r1:1,2,3"),
    "goals of nobody": acting(block_id="day:1:2026-11-24:r1:9998,9999"),
    "options null": acting(selected_options=None, action_ts="1.0"),
    "options of words": acting(selected_options=[{"value": "all"}], action_ts="1.0"),
    "action_ts null": acting(action_ts=None),
    "user null": having(user=None),
    "user missing": without("user"),
    "team null": having(team=None),
    "channel null": having(channel=None),
    "container null": having(container=None),
    "message null": having(message=None),
    "rating nothing": button("rate_day", None),
    "rating a list": button("rate_day", ["1", "2026-11-24"]),
    "rating words": button("rate_day", "yes:please"),
    "undoing nothing": button("log_undo", None),
    "undoing a list": button("log_undo", [1, 2]),
    "undoing words": button("log_undo", "one:two"),
    "accepting nothing": button("suggestion_accept_0", None),
    "accepting what is not there": button("suggestion_accept_0", "999:0"),
    "declining a list": button("suggestion_decline", [1]),
    "joining nothing": button("join_open", "999"),
    "a card of no week": button("my_card", "1:never"),
    "the rhythm of no group": button("rhythm_open", "x"),
    "leaving nobody": button("leave_confirm", "999"),
    "a menu without a choice": acting(type="overflow", action_id="day_more", selected_option=None),
    "a menu with a list": acting(type="overflow", action_id="day_more", selected_option={"value": ["add"]}),
    "an unknown choice": acting(
        type="overflow", action_id="day_more", selected_option={"value": "explode:1:2026-11-24"}
    ),
    "another kind": having(type="workflow_step_edit"),
    "no kind": without("type"),
}


async def test_stale_and_malformed_clicks_are_acknowledged_change_nothing_and_leave_the_bot_alive(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.complaints.append("^failure [0-9A-F]{4}$")
    house.refusals |= {"channel_not_found", "user_not_found", "expired_trigger_id", "invalid_trigger_id"}
    house.workspace.faults.rate_limits = False
    ana, tick = await clicked(house)
    before = house.sql("select id, state, due_on from goals"), house.sql("select * from entries")
    unanswered = []
    for name, change in CLICKS.items():
        envelope = copy.deepcopy(tick) | {"envelope_id": name}
        envelope["payload"]["response_url"] = ""
        change(envelope["payload"])
        try:
            await house.workspace.deliver(envelope)
        except Exception as error:  # noqa: BLE001 (all that are missing are told together)
            unanswered.append(f"{name}: {error}")
    await house.settle()
    assert unanswered == []
    rows = house.sql("select id, state, due_on from goals"), house.sql("select * from entries")
    assert rows == before
    assert "1 of 5 done" in await hears(ana, "/prep today")
    assert "xoxb-" not in caplog.text
    assert "Traceback" not in await ana.reads()


@pytest.mark.parametrize("actions", [None, [], "all", [None]])
async def test_what_slack_s_own_library_cannot_read_does_not_take_the_bot_down(
    house: House, actions: object
) -> None:
    house.complaints += ["^failure", "^Failed to run"]
    ana, tick = await clicked(house)
    house.workspace.socket.ack_seconds = 0.3
    tick["payload"]["actions"] = actions
    with contextlib.suppress(AppFailed):
        await house.workspace.deliver(tick | {"envelope_id": "unreadable"})
    house.workspace.socket.ack_seconds = 3.0
    assert "1 of 5 done" in await hears(ana, "/prep today")


def viewing(**fields: Any) -> Callable[[Json], None]:
    """Replace fields of the form."""
    return lambda payload: payload["view"].update(fields)


def filled(**blocks: Any) -> Callable[[Json], None]:
    """Replace the state of fields."""
    return lambda payload: payload["view"]["state"]["values"].update(blocks)


SUBMISSIONS: dict[str, Callable[[Json], None]] = {
    "state null": viewing(state=None),
    "values null": viewing(state={"values": None}),
    "no metadata": viewing(private_metadata=None),
    "metadata of nobody": viewing(private_metadata="999:2026-11-24"),
    "metadata of words": viewing(private_metadata="a:b:c"),
    "an unknown form": viewing(callback_id="of_last_year"),
    "no callback": viewing(callback_id=None),
    "user null": having(user=None),
    "a value that is a list": filled(text={"value": {"value": ["a", "b"]}}),
    "a value that is no element": filled(text={"value": None}),
    "minutes not a number": filled(minutes={"value": {"value": "nan"}}),
    "minutes without end": filled(minutes={"value": {"value": "inf"}}),
    "a day that does not exist": filled(day={"value": {"selected_date": "2026-02-30"}}),
}


async def test_stale_and_malformed_submissions_are_answered_and_store_nothing(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.complaints.append("^failure [0-9A-F]{4}$")
    (ana,) = await house.group("Ana")
    sheet = await form(ana, "/prep goal", "Add a goal of mine")
    await ana.submits(sheet, {"text": "secret-canary", "minutes": 3})
    sent = copy.deepcopy(house.workspace.socket.sent[-1])
    sent["payload"]["view"]["state"]["values"]["minutes"]["value"]["value"] = "30"
    unanswered = []
    for name, change in SUBMISSIONS.items():
        envelope = copy.deepcopy(sent) | {"envelope_id": name}
        envelope["payload"]["view"]["id"] = name
        change(envelope["payload"])
        try:
            await house.workspace.deliver(envelope)
        except Exception as error:  # noqa: BLE001 (all that are missing are told together)
            unanswered.append(f"{name}: {error}")
    await house.settle()
    assert unanswered == []
    stored = house.sql("select text from goals where key is null")
    assert stored in ([], [("['a', 'b']",)])
    assert "secret-canary" not in caplog.text
    assert (await hears(ana, "/prep goal add alive")).startswith('Added "alive"')


async def test_malformed_commands_and_events_leave_the_bot_alive(house: House) -> None:
    house.complaints.append("^failure [0-9A-F]{4}$")
    (ana,) = await house.group("Ana")
    await hears(ana, "/prep today")
    command = copy.deepcopy(house.workspace.socket.sent[-1])
    house.refusals |= {"invalid_trigger_id", "invalid_arguments", "expired_trigger_id"}
    changes: list[Json] = [
        {"text": None},
        {"text": ["a"]},
        {"trigger_id": None, "text": "log"},
        {"channel_id": None},
        {"user_id": None},
    ]
    for number, fields in enumerate(changes):
        envelope = copy.deepcopy(command) | {"envelope_id": f"command {number}"}
        envelope["payload"] |= fields
        answer = await house.workspace.deliver(envelope)
        assert answer["text"]
    await ana.moves_to("Europe/Paris")
    await house.settle()
    event = copy.deepcopy(next(e for e in reversed(house.workspace.socket.sent) if e["type"] == "events_api"))
    for number, inner in enumerate(
        [
            {"type": "user_change"},
            {"type": "user_change", "user": None},
            {"type": "user_change", "user": {"id": ana.id}},
            {"type": "member_left_channel"},
            {"type": "member_left_channel", "user": None, "channel": None},
            {"type": "channel_archive", "channel": []},
            {"type": "app_home_opened"},
            {"type": "of_next_year", "user": ana.id},
        ]
    ):
        envelope = copy.deepcopy(event) | {"envelope_id": f"event {number}"}
        envelope["payload"]["event"] = inner
        await house.workspace.deliver(envelope)
    await house.settle()
    assert (await hears(ana, "/prep goal add alive")).startswith('Added "alive"')
    assert house.sql("select status from memberships") == [("active",)]


async def test_a_failure_is_told_with_a_reference_that_stands_in_the_log_and_nothing_else(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.complaints.append("^failure [0-9A-F]{4}$")
    (ana,) = await house.group("Ana")
    await house.travel("Tuesday 08:00")
    post = await day_post(ana)
    house.sql("update memberships set timezone = 'Nowhere/Atlantis'")
    with caplog.at_level(logging.INFO):
        await ana.clicks(post, "Rate today")
    reference = next(
        r.getMessage().split()[1] for r in caplog.records if r.getMessage().startswith("failure")
    )
    house.sql("update memberships set timezone = 'Europe/Berlin'")
    await house.settle()
    assert words(await newest(ana)) == (
        "That was not saved. Please try again; if it happens twice, "
        f"tell the group's lead the code {reference}."
    )
