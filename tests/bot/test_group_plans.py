"""A group's own plans: uploaded by its lead, read at once, offered from then on."""

from __future__ import annotations

import asyncio
import base64
from typing import Any

import pytest

from bot.listeners import downloading
from bot.store import curricula, enrolments, goals
from bot.store.tables import Enrolment
from bot.workspace.visitors.people import Person, words
from plans import calendar
from plans.library import PlanNotFoundError
from tests.bot.house import CHANNEL, MONDAY, House
from tests.bot.members import asks, day_post, goal_texts, goals_of, hears, membership_of
from tests.bot.uploads import heard, opens_plans, opens_upload, plan, puts_in, uploads

OURS = "SELECT id, slug, text, retired_at IS NULL FROM group_plans ORDER BY id"


def ours(house: House) -> list[tuple[Any, ...]]:
    """The group's plans as the database holds them: id, slug, text, whether they are offered."""
    return house.sql(OURS)


async def takes(house: House, person: Person, wanted: str) -> None:
    """Let somebody take a plan from next Monday on."""
    member = await membership_of(house, person)
    async with house.bot.database.write() as session:
        await goals.withdraw_all_open(session, member.id, calendar.monday_of(house.now.date()))
        await enrolments.enrol(
            session,
            await session.merge(member),
            plan=wanted,
            track="evenings",
            level="L6",
            hours=3,
            starts_on=MONDAY,
            first_day=MONDAY,
            interview_on=None,
            now=house.now,
        )


async def offers(house: House) -> list[str]:
    """What the group's members can take."""
    async with house.read() as session:
        return [name for name, _ in await curricula.offered(session, house.bot._library, 1)]


# Uploading


async def test_a_lead_uploads_a_plan_and_reads_what_was_understood_of_it(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    before = await bo.messages(CHANNEL)
    result = await uploads(ana, plan())
    assert result.ok
    assert result.view is not None
    shown = words(result.view)
    assert shown.splitlines()[:3] == ["Your plan is in", "*Our way* is in.", "Two evenings a week."]
    assert "• 2 weeks, 4 goals, 0 checkpoints" in shown
    assert "• the full load: 2 h 30 to 2 h 30 a week" in shown
    assert "• track Evenings: 3 h a week, offered first" in shown
    await house.settle()
    assert ours(house) == [(1, "our-way", plan(), 1)]
    assert (await heard(ana)).startswith("Our way is in: 2 weeks, a track of 3 h a week.")
    assert await bo.messages(CHANNEL) == before  # nobody else is told
    assert (await offers(house))[-1] == "upload:1"
    below = (await ana.modals())[0]
    assert "*Our way* (our-way)\n2 weeks, a track of 3 h a week" in words(below)
    assert "nobody on it yet · uploaded by Ana on 18 November 2026" in words(below)


async def test_everything_that_is_wrong_is_listed_where_the_file_was_chosen_and_it_can_be_tried_again(
    house: House,
) -> None:
    (ana,) = await house.group("Ana")
    wrong = plan().replace("minutes = 60", "minutes = 70").replace('tier = "core"', 'tier = "crore"', 1)
    result = await uploads(ana, wrong.replace("[1, 2]", '["one", 2]'))
    assert result.view is not None
    shown = words(result.view)
    assert "I read *our-way.toml*. 3 things to put right; nothing has changed yet." in shown
    assert "week 1, monday, Evening, tier, w1-code:" in shown
    assert "week 2, monday" in shown
    assert "phases, all, weeks" in shown
    assert ours(house) == []
    again = await puts_in(ana, result.view, plan())
    assert again.view is not None
    assert "is in." in words(again.view)
    assert len(ours(house)) == 1


async def test_of_very_many_faults_forty_are_listed_and_the_rest_is_counted(house: House) -> None:
    (ana,) = await house.group("Ana")
    result = await uploads(ana, plan(weeks=30).replace('tier = "core"', 'tier = "crore"'))
    assert result.view is not None
    shown = words(result.view)
    assert "60 things to put right" in shown
    assert shown.count("• ") == 40
    assert "and 20 more" in shown


NO_PLANS = [
    (b"\x89PNG\xff\0", "UTF-8"),
    (b"", "there are no weeks"),
    (b"slug = ", "end of document"),
    (plan("12-week-comprehensive").encode(), "12-week-comprehensive is a plan that comes with Cadence"),
    (b"a = " + b"[" * 100_000, "1 thing to put right"),
    (b"a = " + b"9" * 5_000, "to put right"),
]


async def test_what_is_no_plan_is_said_and_not_kept(house: House) -> None:
    (ana,) = await house.group("Ana")
    form = await opens_upload(ana)
    for content, fault in NO_PLANS:
        result = await puts_in(ana, form, content)
        assert result.view is not None
        assert fault in words(result.view)
        form = result.view
    assert ours(house) == []


async def test_a_files_and_a_plans_words_never_become_markup(house: House) -> None:
    (ana,) = await house.group("Ana")
    nasty = "<!channel> *bold*"
    form = await opens_upload(ana)
    result = await puts_in(ana, form, plan(title=nasty).replace("w1-code", "W1"), f"{nasty}.toml")
    assert result.view is not None
    assert "<!channel>" not in str(result.view["blocks"])
    assert "&lt;!channel&gt; ∗bold∗.toml" in str(result.view["blocks"])
    result = await puts_in(ana, result.view, plan(title=nasty), f"{nasty}.toml")
    await house.settle()
    assert await heard(ana) == (await heard(ana)).replace("<!channel>", "")
    assert "&lt;!channel&gt; ∗bold∗ is in" in await heard(ana)
    assert "&lt;!channel&gt; ∗bold∗" in str((await ana.modals())[0]["blocks"])


async def test_what_cannot_be_a_plan_is_refused_before_anything_is_fetched(house: House) -> None:
    (ana,) = await house.group("Ana")
    house.workspace.faults.next("files.info", "status", status=503)
    form = await opens_upload(ana)
    result = await puts_in(ana, form, b"weeks: []", "our-way.yaml")
    sentence = "A plan is a text file whose name ends in .toml; this one is called our-way.yaml."
    assert result.errors == {"plan_file:1": sentence}
    result = await puts_in(ana, form, b"#" * (1024**2 + 1))
    assert result.errors == {"plan_file:1": "That file is larger than 1 MiB. Is it the right one?"}
    assert not house.workspace.faults.happened


async def test_fifty_megabytes_that_call_themselves_small_are_not_loaded(house: House) -> None:
    (ana,) = await house.group("Ana")
    form = await opens_upload(ana)
    await ana.fills(form, {"The plan": {"our-way.toml": b"small"}})
    (file,) = house.workspace.team.files.values()
    file["content"] = base64.b64encode(b"#" * 50_000_000).decode()
    result = await ana.submits(form)
    assert result.view is not None
    assert "That file is larger than 1 MiB." in words(result.view)
    assert ours(house) == []


async def test_the_size_that_slack_tells_counts_too(house: House) -> None:
    (ana,) = await house.group("Ana")
    form = await opens_upload(ana)
    await ana.fills(form, {"The plan": {"our-way.toml": b"small"}})
    (file,) = house.workspace.team.files.values()
    file["size"] = 50_000_000
    house.workspace.faults.next("files", "status", status=503)
    result = await ana.submits(form)
    assert result.view is not None
    assert "That file is larger than 1 MiB." in words(result.view)
    assert not house.workspace.faults.happened


# What can go wrong between us and Slack


TROUBLES: list[tuple[str, Any, dict[str, Any], str]] = [
    ("files.info", "error", {"error": "file_deleted"}, "Slack no longer has that file."),
    ("files.info", "error", {"error": "missing_scope"}, "I may not read files yet."),
    ("files.info", "drop_before_accept", {}, "Slack did not hand me the file just now."),
    ("files", "html", {}, "I may not read files yet."),
    ("files", "status", {"status": 404}, "Slack no longer has that file."),
    ("files", "status", {"status": 403}, "I may not read files yet."),
    ("files", "status", {"status": 503}, "Slack did not hand me the file just now."),
    ("files", "drop_before_accept", {}, "Slack did not hand me the file just now."),
]


async def test_a_file_that_does_not_come_is_said_and_stays_in_the_form_for_another_try(house: House) -> None:
    (ana,) = await house.group("Ana")
    house.refusals |= {"file_deleted", "missing_scope"}
    form = await opens_upload(ana)
    await ana.fills(form, {"The plan": {"our-way.toml": plan().encode()}})
    for method, trouble, options, sentence in TROUBLES:
        house.workspace.faults.next(method, trouble, times=2, **options)
        result = await ana.submits(form)  # each time with the file that is still in it
        assert result.view is not None
        assert sentence in words(result.view), (method, trouble, options)
        house.workspace.faults.clear()
    assert ours(house) == []
    again = await ana.submits(form)
    assert again.view is not None
    assert "is in." in words(again.view)


@pytest.mark.parametrize(
    ("address", "api", "is_slacks"),
    [
        ("https://files.slack.com/files-pri/T1-F1/a.toml", "https://slack.com/api/", True),
        ("https://files.slack-gov.com/files-pri/T1-F1/a.toml", "https://slack-gov.com/api/", True),
        ("http://127.0.0.1:81/files/F1", "http://127.0.0.1:81/api/", True),
        ("http://127.0.0.1:82/files/F1", "http://127.0.0.1:81/api/", False),
        ("http://files.slack.com/files-pri/T1-F1/a.toml", "https://slack.com/api/", False),
        ("https://files.slack.com.evil.org/a.toml", "https://slack.com/api/", False),
        ("https://evilslack.com/a.toml", "https://slack.com/api/", False),
        ("https://files.slack.com@evil.org/a.toml", "https://slack.com/api/", False),
        ("", "https://slack.com/api/", False),
    ],
)
def test_the_token_is_shown_to_slack_and_to_nobody_else(address: str, api: str, is_slacks: bool) -> None:
    assert downloading._is_slacks(address, api) is is_slacks


async def test_a_file_that_vanished_meanwhile_is_asked_for_again(house: House) -> None:
    (ana,) = await house.group("Ana")
    house.refusals.add("file_not_found")
    form = await opens_upload(ana)
    await ana.fills(form, {"The plan": {"our-way.toml": plan().encode()}})
    house.workspace.team.files.clear()
    result = await ana.submits(form)
    assert result.view is not None
    assert "Slack no longer has that file. Please choose it again." in words(result.view)


async def test_a_slow_file_is_read_while_the_form_says_so_and_shown_when_it_is_done(house: House) -> None:
    (ana,) = await house.group("Ana")
    form = await opens_upload(ana)
    house.workspace.faults.next("files", "slow", seconds=3.0)
    result = await puts_in(ana, form, plan())
    assert result.view is not None
    assert "Reading *our-way.toml*…" in words(result.view)
    assert "• 2 weeks, 4 goals" in words(await ana.modal("Your plan is in"))
    await house.settle()
    assert len(ours(house)) == 1


async def test_who_closes_the_form_of_a_slow_file_is_told_by_message(house: House) -> None:
    (ana,) = await house.group("Ana")
    house.refusals.add("not_found")
    form = await opens_upload(ana)
    house.workspace.faults.next("files", "slow", seconds=3.0)
    result = await puts_in(ana, form, plan().replace("[1, 2]", "[1, 3]"))
    assert result.view is not None
    await ana.closes(result.view)
    await house.settle()
    assert (await heard(ana)).startswith("our-way.toml was not taken. 1 to put right")
    assert ours(house) == []


# Who may


async def test_only_the_lead_sees_the_button_and_nobody_else_can_use_it(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    assert "[Plans]" not in await hears(bo, "/prep group")
    form = await opens_upload(ana)
    await ana.fills(form, {"The plan": {"our-way.toml": plan().encode()}})
    house.sql("UPDATE memberships SET role = 'member' WHERE name = 'Ana'")
    house.sql("UPDATE memberships SET role = 'lead' WHERE name = 'Bo'")
    house.sql("UPDATE groups SET started_by = ?", [bo.id])
    result = await ana.submits(form)
    said = "Only the group's lead can change its plans. Bo leads Staff Prep."
    assert result.errors == {"plan_file:1": said}
    assert ours(house) == []
    roster = await asks(bo, "/prep group")
    assert "[Plans]" in words(roster)


async def test_a_lead_who_hands_over_while_the_file_is_read_no_longer_changes_anything(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    form = await opens_upload(ana)
    house.workspace.faults.next("files", "slow", seconds=1.0)
    submitting = asyncio.create_task(puts_in(ana, form, plan()))

    async def fetched() -> bool | None:
        return bool(house.workspace.faults.happened) or None

    await ana.waits(fetched)
    house.sql("UPDATE memberships SET role = 'member' WHERE name = 'Ana'")
    house.sql("UPDATE groups SET started_by = ?", [bo.id])
    result = await submitting
    assert result.view is not None
    assert "Only the group's lead can change its plans." in words(result.view)
    assert ours(house) == []


# What becomes of it


async def test_a_member_on_an_uploaded_plan_gets_its_goals_on_the_right_days(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    await uploads(ana, plan())
    await takes(house, bo, "upload:1")
    await house.travel("Monday 08:00")
    monday = await day_post(bo)
    assert words(monday).startswith("Monday · week 1 of 2 · Coding night\n1 h\n")
    assert goal_texts(monday) == ["Solve two problems"]
    await ana.waits_for_dm("week 1 of 12")  # each one follows their own
    await house.travel("Wednesday 08:00")
    assert goal_texts(await day_post(bo, "Story night")) == ["Tell one story aloud"]
    due = [(goal.due_on.isoformat(), goal.text) for goal in await goals_of(house, bo, MONDAY)]
    assert due == [("2026-11-23", "Solve two problems"), ("2026-11-25", "Tell one story aloud")]
    assert "Week 1 of 2 · Patterns" in await hears(bo, "/prep week")
    assert "Our way" in await hears(bo, "/prep plan")
    assert "• Bo: Berlin (UTC+1) · week 1 of 2" in await hears(ana, "/prep group")


async def test_retiring_asks_once_more_and_who_takes_the_plan_keeps_it(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    await uploads(ana, plan())
    await takes(house, bo, "upload:1")
    listed = await opens_plans(ana)
    assert "1 member on it" in words(listed)
    (button,) = [block["accessory"] for block in listed["blocks"] if "accessory" in block]
    assert button["confirm"]["title"]["text"] == "Retire this plan?"
    assert "The member on it keeps it to the end." in button["confirm"]["text"]["text"]
    await ana.clicks(listed, "Retire")
    await ana.modal("retired: not offered any more")
    assert ours(house)[0][3] == 0
    assert "upload:1" not in await offers(house)
    await house.travel("Monday 08:00")
    assert goal_texts(await day_post(bo)) == ["Solve two problems"]


async def test_a_retired_plan_that_nobody_takes_leaves_the_list_and_can_come_back(house: House) -> None:
    (ana,) = await house.group("Ana")
    await uploads(ana, plan())
    listed = await opens_plans(ana)
    await ana.clicks(listed, "Retire")
    await ana.modal("There is none yet.")
    with pytest.raises(AssertionError):
        await ana.clicks(await ana.fresh(listed), "Retire")
    await uploads(ana, plan())
    assert [row[3] for row in ours(house)] == [0, 1]


async def test_only_the_lead_retires_even_with_the_leads_own_button(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    await uploads(ana, plan())
    listed = await opens_plans(ana)
    house.sql("UPDATE memberships SET role = 'member' WHERE name = 'Ana'")
    house.sql("UPDATE groups SET started_by = ?", [bo.id])
    await ana.clicks(listed, "Retire")
    await house.settle()
    await ana.waits_for_dm("Only the group's lead can change its plans.")
    assert ours(house)[0][3] == 1


async def test_the_same_slug_again_is_for_new_enrolments_and_old_ones_keep_theirs(house: House) -> None:
    ana, bo, cy = await house.group("Ana", "Bo", "Cy")
    await uploads(ana, plan())
    await takes(house, bo, "upload:1")
    result = await uploads(ana, plan(text="Solve three problems"))
    assert result.view is not None
    assert "It stands in for the earlier one of the same slug" in words(result.view)
    assert [(row[0], row[1], row[3]) for row in ours(house)] == [(1, "our-way", 0), (2, "our-way", 1)]
    assert [name for name in await offers(house) if name.startswith("upload")] == ["upload:2"]
    await takes(house, cy, "upload:2")
    listed = words(await opens_plans(ana))
    assert listed.count("*Our way* (our-way)") == 2
    assert listed.count("1 member on it") == 2
    await house.travel("Monday 08:00")
    assert goal_texts(await day_post(bo)) == ["Solve two problems"]
    assert goal_texts(await day_post(cy)) == ["Solve three problems"]


async def test_the_same_file_twice_makes_no_second_plan(house: House) -> None:
    (ana,) = await house.group("Ana")
    form = await opens_upload(ana)
    await ana.fills(form, {"The plan": {"our-way.toml": plan().encode()}})
    await asyncio.gather(ana.submits(form), ana.submits(form))
    await uploads(ana, plan())
    await house.settle()
    assert [row[0] for row in ours(house)] == [1]


async def test_plans_are_offered_shortest_first_and_then_the_groups_own(house: House) -> None:
    ana, bo = await house.group("Ana", "Bo")
    await uploads(ana, plan("first-one"))
    await uploads(ana, plan("another"))
    await house.starts(bo, "#others")
    async with house.read() as session:
        found = await curricula.offered(session, house.bot._library, 1)
        others = await curricula.offered(session, house.bot._library, 2)
    assert [name for name, _ in found[-2:]] == ["upload:1", "upload:2"]
    shipped = [len(each.weeks) for name, each in found if not name.startswith("upload")]
    assert shipped == sorted(shipped)
    assert others == found[:-2]


async def test_a_plan_that_is_not_there_is_not_found(house: House) -> None:
    await house.group("Ana")
    for wanted in ("upload:99", "upload:", "upload:²", "no-such-plan"):
        async with house.read() as session:
            with pytest.raises(PlanNotFoundError):
                await curricula.of(session, house.bot._library, Enrolment(plan=wanted))
