"""A group's own plans: its lead uploads them, reads what is wrong with them, retires them."""

import asyncio
import logging
from dataclasses import replace
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from slack_bolt.async_app import AsyncAck
from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.listeners.actor import Actor, actor_of, living_group
from bot.listeners.answers import Answers, id_in, number_of
from bot.listeners.downloading import Fetched, FileTooLarge, fetch, in_words
from bot.listeners.listening import Listening
from bot.listeners.replying import FAILURES, acknowledge, open_form, tell
from bot.store import curricula, group_plans, groups, memberships, people
from bot.store.tables import Group, GroupPlan
from bot.views import errors as mistakes
from bot.views import group_plans as view_
from bot.views.group_plans import Form
from plans import library, tables
from plans.errors import StudyError
from plans.library import Fault, PlanFaults
from plans.model import Plan
from plans.tables import FILE_LIMIT, UnreadableError

log = logging.getLogger(__name__)

ANSWER_WITHIN = 1.8  # seconds: Slack waits three for the answer to a form, and others are served meanwhile
ENDING = ".toml"
OTHER_KINDS = ("image/", "audio/", "video/", "application/pdf", "application/zip")


class OnlyTheLeadUploads(StudyError):
    """Only the group's lead can change its plans. {lead} leads {group}."""


class NoFile(StudyError):
    """Please choose one file."""


class NotAToml(StudyError):
    """A plan is a text file whose name ends in .toml; this one is called {name}."""


class PlanGone(StudyError):
    """That plan is not there any more."""


class Outcome(NamedTuple):
    """What became of a file: what the form shows now, and a word for who has closed it."""

    shown: dict[str, Any]
    word: Any
    taken: bool = False


def register(app: Listening) -> None:
    """Listen to the list of plans and to the upload."""
    app.action(view_.OPEN)(open_plans)
    app.action(view_.UPLOAD)(open_upload)
    app.action(view_.RETIRE)(retire)
    app.view(view_.FORM)(submit_upload)


# The list


async def open_plans(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """The lead's button under the roster."""
    actor = actor_of(body)
    shown = await _list(house, actor, number_of(body), actor.channel_id or "")
    await acknowledge(ack, house, body, await open_form(house, body, shown, "group"))


async def _list(house: House, actor: Actor, group_id: int, channel: str) -> dict[str, Any]:
    async with house.database.read() as session:
        group = await _led(session, actor, group_id)
        own = [await _own(session, group, *taken) for taken in await group_plans.of_group(session, group.id)]
    return view_.plans(group.name, group.id, channel, own)


async def _own(session: AsyncSession, group: Group, row: GroupPlan, members: int) -> view_.OwnPlan:
    try:
        plan: Plan | None = await curricula.read(row)
    except PlanFaults:  # a rule that came after it
        plan = None
    return view_.OwnPlan(
        plan_id=row.id,
        title=row.title,
        slug=row.slug,
        plan=plan,
        members=members,
        by=await _name(session, group, row.uploaded_by),
        on=row.uploaded_at.astimezone(ZoneInfo(group.timezone)).date(),
        retired=row.retired_at is not None,
    )


async def _name(session: AsyncSession, group: Group, user_id: str) -> str:
    member = await memberships.in_group(session, group, user_id)
    if member is not None:
        return member.name
    person = await people.find(session, group.workspace_id, user_id)
    return person.name if person else "somebody who has left"


async def retire(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """Offer a plan to nobody new; Slack has asked whether that is meant. Who takes it keeps it."""
    actor, view = actor_of(body), body.get("view") or {}
    async with house.database.write() as session:
        row = await group_plans.get(session, number_of(body))
        if row is None:
            raise PlanGone
        group = await _led(session, actor, row.group_id)
        await group_plans.retire(session, row, house.now())
    await ack()
    channel = str(view.get("private_metadata") or "").partition(":")[2]
    await _show(house, str(view.get("id") or ""), await _list(house, actor, group.id, channel))


# The upload


async def open_upload(ack: AsyncAck, body: dict[str, Any], house: House) -> None:
    """The button under the list."""
    group_id, _, channel = str(body["actions"][0].get("value") or "").partition(":")
    async with house.database.read() as session:
        group = await _led(session, actor_of(body), id_in(group_id))
    shown = view_.upload(Form(group.id, channel), in_words(FILE_LIMIT))
    await acknowledge(ack, house, body, await open_form(house, body, shown, "group"))


async def submit_upload(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], house: House) -> None:
    """Take the lead's plan, or say all that is wrong with it where the file was chosen.

    Most files are read before Slack's patience ends. For a slow one the form says that it is being read, and
    shows what came of it later; if it was closed meanwhile, a message does.
    """
    form, actor = _form(view), actor_of(body)
    file, objection = _chosen(Answers(view).files(form.field))
    if objection is not None:
        await ack(response_action="errors", errors={form.field: str(objection)})
        return
    name = str(file.get("name"))
    async with house.database.read() as session:
        await _led(session, actor, form.group_id)
    work = asyncio.create_task(_take(house, actor, form, str(file.get("id"))))
    await asyncio.wait({work}, timeout=ANSWER_WITHIN)
    if work.done():
        outcome = work.result()
        await ack(response_action="update", view=outcome.shown)
        told = not outcome.taken
    else:
        await ack(response_action="update", view=view_.reading(name))
        outcome = await _patiently(work, form, name)
        told = await _show(house, str(view["id"]), outcome.shown) and not outcome.taken
    if outcome.taken:
        await _renew_list(house, actor, form, view)
    if not told:
        await tell(house, actor, outcome.word, form.channel or None)


def _form(view: dict[str, Any]) -> Form:
    group_id, channel, attempt = [*str(view.get("private_metadata") or "").split(":"), "", ""][:3]
    return Form(id_in(group_id), channel, id_in(attempt) or 1)


def _chosen(files: list[dict[str, Any]]) -> tuple[dict[str, Any], StudyError | None]:
    """The file, and what can be said against it before anything is fetched."""
    if len(files) != 1:
        return {}, NoFile()
    (file,) = files
    name, kind = str(file.get("name") or ""), str(file.get("mimetype") or "")
    if not name.lower().endswith(ENDING) or kind.startswith(OTHER_KINDS):
        return file, NotAToml(name=name)
    if int(file.get("size") or 0) > FILE_LIMIT:
        return file, FileTooLarge(most=in_words(FILE_LIMIT))
    return file, None


async def _patiently(work: "asyncio.Task[Outcome]", form: Form, name: str) -> Outcome:
    """What becomes of a slow file; a failure of ours, too, is said and not only logged."""
    try:
        return await work
    except Exception:  # Slack has its answer already: the app's error handler can no longer reach this form
        log.exception("an uploaded plan was not taken")
        return _trouble(form, name, "That did not work, and it was not your file. Please try again.")


async def _take(house: House, actor: Actor, form: Form, file_id: str) -> Outcome:
    """Fetch the file, read it, and keep what is right."""
    name = "The file"
    try:
        fetched = await fetch(house.slack, file_id, FILE_LIMIT)
        name = fetched.name
        text, plan = await asyncio.to_thread(_read, fetched)
        _check_slug(house, name, plan)
        async with house.database.write() as session:
            group = await _led(session, actor, form.group_id)  # they may have handed over meanwhile
            kept = await group_plans.keep(
                session, group.id, plan, text, user_id=actor.user_id, now=house.now()
            )
    except PlanFaults as error:
        shown = view_.faulty(replace(form, attempt=form.attempt + 1), name, error.faults)
        count = f"{len(error.faults)} to put right; upload it again to see them."
        return Outcome(shown, view_.not_taken(name, count))
    except StudyError as error:
        return _trouble(form, name, mistakes.mistake(error).text)
    return Outcome(
        view_.summary(plan, replaced=kept.replaced), view_.uploaded(plan, replaced=kept.replaced), taken=True
    )


def _trouble(form: Form, name: str, sentence: str) -> Outcome:
    """The same form with its file, for another try."""
    shown = view_.upload(form, in_words(FILE_LIMIT), trouble=sentence)
    return Outcome(shown, view_.not_taken(name, sentence))


def _read(fetched: Fetched) -> tuple[str, Plan]:
    """The file's text and the plan in it.

    Raises:
        PlanFaults: everything that is wrong with it.
    """
    try:
        text = tables.decoded(fetched.content)
    except UnreadableError as error:
        raise PlanFaults([Fault(fetched.name, error.wrong.place, None, error.wrong.message)]) from None
    return text, library.parse(text, fetched.name)


def _check_slug(house: House, name: str, plan: Plan) -> None:
    """A group's plan does not hide one of Cadence's own.

    Raises:
        PlanFaults: it would.
    """
    if any(each.slug == plan.slug for each in house.library.plans):
        message = f"{plan.slug} is a plan that comes with Cadence; give yours a slug of its own"
        raise PlanFaults([Fault(name, "slug", None, message)])


async def _renew_list(house: House, actor: Actor, form: Form, view: dict[str, Any]) -> None:
    """The list below the form shows the new plan."""
    below = str(view.get("root_view_id") or "")
    if below and below != view.get("id"):
        await _show(house, below, await _list(house, actor, form.group_id, form.channel))


async def _show(house: House, view_id: str, shown: dict[str, Any]) -> bool:
    """Redraw a form that is open; no if it is closed or Slack cannot be reached."""
    try:
        await house.slack.views_update(view_id=view_id, view=shown)
    except FAILURES as error:
        log.info("a form was not redrawn: %s", type(error).__name__)
        return False
    return True


async def _led(session: AsyncSession, actor: Actor, group_id: int) -> Group:
    """The group, if the actor leads it or started it.

    Raises:
        OnlyTheLeadUploads: they do neither.
        GroupClosed: its channel is archived.
    """
    group = await living_group(session, group_id)
    mine = await memberships.in_group(session, group, actor.user_id)
    leads = mine is not None and mine.status == "active" and mine.role == "lead"
    if group.workspace_id == actor.workspace_id and (leads or group.started_by == actor.user_id):
        return group
    lead = await groups.lead(session, group)
    raise OnlyTheLeadUploads(lead=lead.name if lead else "Nobody", group=group.name)
