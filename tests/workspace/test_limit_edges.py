"""Every limit, at its edge and one beyond."""
# ruff: noqa: E501 - the tables are read across

from __future__ import annotations

from typing import Any

import pytest

from bot.workspace.limits.surfaces import Surface, faults_of
from tests.workspace.shapes import (
    actions,
    boxes,
    button,
    home,
    modal,
    mrkdwn,
    option,
    options,
    plain,
    question,
    section,
    table,
)

Json = dict[str, Any]


def message(*blocks: Json, **more: Any) -> Json:
    return {"text": "words", "blocks": list(blocks), **more}


def of(kind: str, **fields: Any) -> Json:
    return {"type": kind, **fields}


def select(**fields: Any) -> Json:
    return actions(of("static_select", **fields))


def confirm(**fields: Any) -> Json:
    dialog = {"title": plain(), "text": mrkdwn(), "confirm": plain(), "deny": plain(), **fields}
    return actions(button(confirm=dialog))


def texted(**fields: Any) -> Json:
    return modal(question(element=of("plain_text_input", **fields)))


def rich(*parts: Json) -> Json:
    return of("rich_text", elements=list(parts))


def chart(**fields: Any) -> Json:
    return of("data_visualization", title=fields.pop("title", "t"), chart={"type": "pie", **fields})


SLICE = {"label": "a", "value": 1}
EDGES: list[tuple[str, Surface, Any, int]] = [
    ("blocks in a message", "message", lambda n: message(*[of("divider")] * n), 50),
    ("blocks in a modal", "modal", lambda n: modal(*[of("divider")] * n), 100),
    ("blocks in a Home tab", "home", lambda n: home(*[of("divider")] * n), 100),
    ("modal title", "modal", lambda n: modal(title=plain("x" * n)), 24),
    ("modal submit", "modal", lambda n: modal(submit=plain("x" * n)), 24),
    ("modal close", "modal", lambda n: modal(close=plain("x" * n)), 24),
    ("private_metadata", "modal", lambda n: modal(private_metadata="x" * n), 3000),
    ("callback_id", "modal", lambda n: modal(callback_id="x" * n), 255),
    ("external_id", "modal", lambda n: modal(external_id="x" * n), 255),
    ("block_id", "message", lambda n: message(section(block_id="x" * n)), 255),
    ("action_id", "message", lambda n: message(actions(button(action_id="x" * n))), 255),
    ("section text", "message", lambda n: message(section("x" * n)), 3000),
    ("section fields", "message", lambda n: message(of("section", fields=[plain()] * n)), 10),
    ("section field", "message", lambda n: message(of("section", fields=[plain("x" * n)])), 2000),
    ("header", "message", lambda n: message(of("header", text=plain("x" * n))), 150),
    ("header level", "message", lambda n: message(of("header", text=plain(), level=n)), 4),
    ("actions", "message", lambda n: message(actions(*[button(action_id=f"a{i}") for i in range(n)])), 25),
    ("context", "message", lambda n: message(of("context", elements=[mrkdwn()] * n)), 10),
    ("input label", "modal", lambda n: modal(question("x" * n)), 2000),
    ("input hint", "modal", lambda n: modal(question(hint=plain("x" * n))), 2000),
    ("alt text", "message", lambda n: message(of("image", image_url="https://i", alt_text="x" * n)), 2000),
    ("image url", "message", lambda n: message(of("image", image_url="x" * n, alt_text="x")), 3000),
    (
        "image title",
        "home",
        lambda n: home(of("image", image_url="u", alt_text="x", title=plain("x" * n))),
        2000,
    ),
    (
        "markdown",
        "message",
        lambda n: message(of("markdown", text="x" * (n // 2)), of("markdown", text="x" * (n - n // 2))),
        12_000,
    ),
    ("table rows", "message", lambda n: message(table(rows=n)), 100),
    ("table cells", "message", lambda n: message(table(cells=n)), 20),
    (
        "table characters",
        "message",
        lambda n: message(of("table", rows=[[{"type": "raw_text", "text": "x" * n}]])),
        10_000,
    ),
    ("column settings", "message", lambda n: message({**table(), "column_settings": [None] * n}), 20),
    ("tables", "message", lambda n: message(*[table()] * n), 1),
    (
        "data table rows",
        "message",
        lambda n: message(
            of("data_table", caption="c", rows=[[{"type": "raw_text", "text": "x"}]] * (n + 1))
        ),
        200,
    ),
    ("charts", "message", lambda n: message(*[chart(segments=[SLICE])] * n), 2),
    ("chart title", "message", lambda n: message(chart(title="x" * n, segments=[SLICE])), 50),
    ("chart segments", "message", lambda n: message(chart(segments=[SLICE] * n)), 12),
    ("chart label", "message", lambda n: message(chart(segments=[{"label": "x" * n, "value": 1}])), 20),
    ("alert", "modal", lambda n: modal(of("alert", text=plain("x" * n))), 200),
    ("card title", "message", lambda n: message(of("card", title=plain("x" * n))), 150),
    ("card body", "message", lambda n: message(of("card", body=plain("x" * n))), 200),
    (
        "card buttons",
        "message",
        lambda n: message(of("card", actions=[button(action_id=str(i)) for i in range(n)])),
        3,
    ),
    ("carousel", "message", lambda n: message(of("carousel", elements=[of("card", title=plain())] * n)), 10),
    (
        "container",
        "message",
        lambda n: message(of("container", title=plain(), child_blocks=[of("divider")] * n)),
        10,
    ),
    ("option text", "message", lambda n: message(actions(boxes("x" * n))), 75),
    ("option value", "message", lambda n: message(select(options=[option("a") | {"value": "x" * n}])), 150),
    (
        "option description",
        "message",
        lambda n: message(select(options=[option("a", description=plain("x" * n))])),
        75,
    ),
    ("checkboxes", "message", lambda n: message(actions(of("checkboxes", options=options(n)))), 10),
    ("radio buttons", "message", lambda n: message(actions(of("radio_buttons", options=options(n)))), 10),
    ("select options", "message", lambda n: message(select(options=options(n))), 100),
    (
        "option groups",
        "message",
        lambda n: message(select(option_groups=[{"label": plain(), "options": options(1)}] * n)),
        100,
    ),
    (
        "group label",
        "message",
        lambda n: message(select(option_groups=[{"label": plain("x" * n), "options": options(1)}])),
        75,
    ),
    ("overflow", "message", lambda n: message(actions(of("overflow", options=options(n)))), 5),
    ("button text", "message", lambda n: message(actions(button("x" * n))), 75),
    ("button value", "message", lambda n: message(actions(button(value="x" * n))), 2000),
    ("button url", "message", lambda n: message(actions(button(url="x" * n))), 3000),
    ("accessibility label", "message", lambda n: message(actions(button(accessibility_label="x" * n))), 75),
    ("confirm title", "message", lambda n: message(confirm(title=plain("x" * n))), 100),
    ("confirm text", "message", lambda n: message(confirm(text=plain("x" * n))), 300),
    ("confirm yes", "message", lambda n: message(confirm(confirm=plain("x" * n))), 30),
    ("confirm no", "message", lambda n: message(confirm(deny=plain("x" * n))), 30),
    (
        "placeholder",
        "message",
        lambda n: message(select(options=options(1), placeholder=plain("x" * n))),
        150,
    ),
    ("min_length", "modal", lambda n: texted(min_length=n), 3000),
    ("max_length", "modal", lambda n: texted(max_length=n), 3000),
    ("files of an input", "modal", lambda n: modal(question(element=of("file_input", max_files=n))), 10),
    (
        "lines of rich text",
        "modal",
        lambda n: modal(question(element=of("rich_text_input", max_lines=n))),
        100,
    ),
    (
        "indent",
        "message",
        lambda n: message(
            rich(
                of(
                    "rich_text_list",
                    style="bullet",
                    indent=n,
                    elements=[of("rich_text_section", elements=[])],
                )
            )
        ),
        8,
    ),
    ("attachments", "message", lambda n: message(attachments=[{"text": "x"}] * n), 100),
]


@pytest.mark.parametrize(("name", "surface", "payload", "most"), EDGES, ids=[edge[0] for edge in EDGES])
def test_as_much_as_allowed_passes_and_one_more_does_not(
    name: str, surface: Surface, payload: Any, most: int
) -> None:
    assert faults_of(surface, payload(most)) == [], name
    assert faults_of(surface, payload(most + 1)) != [], name


WRONG: list[tuple[str, Surface, Json, str]] = [
    ("an empty text", "message", message(section("")), "/blocks/0/text/text"),
    ("an empty title", "modal", modal(title=plain("")), "/title/text"),
    ("no title", "modal", {key: value for key, value in modal().items() if key != "title"}, ""),
    ("a view without blocks", "home", {"type": "home", "blocks": []}, "/blocks"),
    ("no submit with inputs", "modal", modal(question(), submit=None), "/submit"),
    ("a section without words", "message", message(of("section")), "/blocks/0"),
    ("markdown in a header", "message", message(of("header", text=mrkdwn())), "/blocks/0/text/type"),
    (
        "markdown on a button",
        "message",
        message(actions(of("button", text=mrkdwn()))),
        "/blocks/0/elements/0/text/type",
    ),
    (
        "markdown in a select",
        "message",
        message(select(options=[{"text": mrkdwn(), "value": "v"}])),
        "/blocks/0/elements/0/options/0/text/type",
    ),
    ("empty actions", "message", message(actions()), "/blocks/0/elements"),
    ("empty context", "message", message(of("context", elements=[])), "/blocks/0/elements"),
    ("no options", "message", message(actions(boxes())), "/blocks/0/elements/0/options"),
    (
        "an option without value",
        "message",
        message(actions(of("checkboxes", options=[{"text": plain()}]))),
        "/blocks/0/elements/0/options/0",
    ),
    (
        "empty initial options",
        "message",
        message(actions(boxes("A", initial_options=[]))),
        "/blocks/0/elements/0/initial_options",
    ),
    (
        "an initial option that is none",
        "message",
        message(actions(boxes("A", initial_options=[option("B")]))),
        "/blocks/0/elements/0/initial_options/0",
    ),
    (
        "an initial option that is described otherwise",
        "message",
        message(actions(boxes("A", initial_options=[option("A", description=plain())]))),
        "/blocks/0/elements/0/initial_options/0",
    ),
    (
        "a foreign initial option",
        "message",
        message(select(options=options(2), initial_option=option("o5"))),
        "/blocks/0/elements/0/initial_option",
    ),
    (
        "options and groups",
        "message",
        message(select(options=options(1), option_groups=[{"label": plain(), "options": options(1)}])),
        "/blocks/0/elements/0",
    ),
    (
        "the same block_id twice",
        "message",
        message(section(block_id="a"), section(block_id="a")),
        "/blocks/1/block_id",
    ),
    (
        "the same action_id twice",
        "message",
        message(actions(button(), button())),
        "/blocks/0/elements/1/action_id",
    ),
    ("an unknown block", "message", message(of("sektion")), "/blocks/0/type"),
    ("a block without type", "message", message({"text": plain()}), "/blocks/0/type"),
    ("a block that is none", "message", message("hello"), "/blocks/0"),  # type: ignore[arg-type]
    ("blocks that are no list", "message", {"text": "x", "blocks": {"type": "divider"}}, "/blocks"),
    ("an unknown element", "message", message(actions(of("stars"))), "/blocks/0/elements/0/type"),
    (
        "an input element among actions",
        "message",
        message(actions(of("plain_text_input"))),
        "/blocks/0/elements/0/type",
    ),
    ("a button as an input", "modal", modal(question(element=button())), "/blocks/0/element/type"),
    ("an unknown field", "message", message(section(colour="red")), "/blocks/0"),
    (
        "an unknown field of an element",
        "message",
        message(actions(button(colour="red"))),
        "/blocks/0/elements/0",
    ),
    ("an unknown field of a view", "modal", modal(colour="red"), ""),
    ("a text that is a string", "message", message(of("section", text="words")), "/blocks/0/text"),
    (
        "emoji in markdown",
        "message",
        message(of("section", text={**mrkdwn(), "emoji": True})),
        "/blocks/0/text",
    ),
    ("a table in a modal", "modal", modal(table()), "/blocks/0/type"),
    (
        "an empty cell",
        "message",
        message(of("table", rows=[[{"type": "raw_text", "text": ""}]])),
        "/blocks/0/rows/0/0/text",
    ),
    ("two tables, one attached", "message", message(table(), attachments=[{"blocks": [table()]}]), "/blocks"),
    ("markdown in a modal", "modal", modal(of("markdown", text="x")), "/blocks/0/type"),
    ("an alert in a message", "message", message(of("alert", text=plain())), "/blocks/0/type"),
    (
        "context actions at home",
        "home",
        home(of("context_actions", elements=[of("icon_button", icon="trash", text=plain())])),
        "/blocks/0/type",
    ),
    ("a chart at home", "home", home(chart(segments=[SLICE])), "/blocks/0/type"),
    (
        "a file input in a message",
        "message",
        message(question(element=of("file_input"))),
        "/blocks/0/element/type",
    ),
    (
        "a file type with its dot",
        "modal",
        modal(question(element=of("file_input", filetypes=["png", ".toml"]))),
        "/blocks/0/element/filetypes/1",
    ),
    ("a moment at home", "home", home(actions(of("datetimepicker"))), "/blocks/0/elements/0/type"),
    ("a picture without words", "message", message(of("image", image_url="https://i")), "/blocks/0"),
    ("a picture from nowhere", "message", message(of("image", alt_text="x")), "/blocks/0"),
    (
        "a number that is one",
        "modal",
        modal(question(element=of("number_input", is_decimal_allowed=False, min_value=1))),
        "/blocks/0/element/min_value",
    ),
    ("a number of unknown kind", "modal", modal(question(element=of("number_input"))), "/blocks/0/element"),
    (
        "a crooked time",
        "message",
        message(actions(of("timepicker", initial_time="9:00"))),
        "/blocks/0/elements/0/initial_time",
    ),
    (
        "a crooked date",
        "message",
        message(actions(of("datepicker", initial_date="1.2.2026"))),
        "/blocks/0/elements/0/initial_date",
    ),
    ("a crooked style", "message", message(actions(button(style="pink"))), "/blocks/0/elements/0/style"),
    (
        "half a confirmation",
        "message",
        message(actions(button(confirm={"title": plain()}))),
        "/blocks/0/elements/0/confirm",
    ),
    ("min above max", "modal", texted(min_length=5, max_length=4), "/blocks/0/element/min_length"),
    (
        "rich text of unknown parts",
        "message",
        message(rich(of("rich_text_section", elements=[of("smell")]))),
        "/blocks/0/elements/0/elements/0/type",
    ),
    (
        "rich text without words",
        "message",
        message(rich(of("rich_text_section", elements=[of("text", text="")]))),
        "/blocks/0/elements/0/elements/0/text",
    ),
    ("a home with a title", "home", home(title=plain()), ""),
    (
        "collapsed for ever",
        "message",
        message(of("container", title=plain(), child_blocks=[of("divider")], default_collapsed=True)),
        "/blocks/0/default_collapsed",
    ),
]


@pytest.mark.parametrize(("name", "surface", "payload", "pointer"), WRONG, ids=[wrong[0] for wrong in WRONG])
def test_what_slack_refuses_is_pointed_at(name: str, surface: Surface, payload: Json, pointer: str) -> None:
    assert pointer in [fault.pointer for fault in faults_of(surface, payload)], name


RIGHT: list[tuple[str, Surface, Json]] = [
    ("every element of actions", "message", message(actions(
        button(style="primary", value=""), boxes("A", "B", initial_options=[option("B")]),
        of("radio_buttons", options=options(2), initial_option=option("o1")),
        of("static_select", option_groups=[{"label": plain(), "options": options(2)}], initial_option=option("o1")),
        of("overflow", options=[option("a", url="https://a")]), of("users_select", initial_user="U1"),
        of("conversations_select", default_to_current_conversation=True), of("channels_select"),
        of("external_select", min_query_length=0), of("datepicker", initial_date="2026-11-20"),
        of("timepicker", initial_time="09:30", timezone="Europe/Berlin"), of("datetimepicker")))),
    ("every accessory", "home", home(
        section(accessory=of("multi_static_select", options=options(3), initial_options=options(2), max_selected_items=2)),
        section(accessory=of("multi_users_select", initial_users=["U1"])),
        section(accessory=of("image", image_url="https://i", alt_text="x")))),
    ("every input", "modal", modal(
        question(element=of("number_input", is_decimal_allowed=True, min_value="1.5", max_value="9")),
        question(element=of("email_text_input")), question(element=of("url_text_input")),
        question(element=of("rich_text_input")), question(element=of("file_input", filetypes=["png"])),
        question(element=boxes("A")), question(element=of("multi_channels_select"), optional=True),
        of("alert", text=plain(), level="warning"), clear_on_close=True, notify_on_close=True)),
    ("rich text", "message", message(rich(
        of("rich_text_section", elements=[of("text", text="a", style={"bold": True}), of("user", user_id="U1")]),
        of("rich_text_quote", elements=[of("emoji", name="wave")]), of("rich_text_preformatted", elements=[], border=0),
        of("rich_text_list", style="ordered", elements=[of("rich_text_section", elements=[of("link", url="https://a")])])))),
    ("a table of every kind of cell", "home", home(of("table", column_settings=[None, {"align": "right"}], rows=[
        [{"type": "raw_text", "text": "a"}, {"type": "raw_number", "value": 4}, rich(of("rich_text_section", elements=[]))]]))),
    ("markdown in checkboxes", "message", message(actions(of("checkboxes", options=[{"text": mrkdwn("*a*"), "value": "a", "description": mrkdwn()}])))),
    ("an uploaded picture", "message", message(of("image", slack_file={"id": "F1"}, alt_text="x"))),
    ("metadata", "message", message(metadata={"event_type": "a", "event_payload": {"k": "v"}})),
]  # fmt: skip


@pytest.mark.parametrize(("name", "surface", "payload"), RIGHT, ids=[right[0] for right in RIGHT])
def test_what_slack_takes_is_taken(name: str, surface: Surface, payload: Json) -> None:
    assert faults_of(surface, payload) == [], name


def test_a_view_of_more_than_250_kb_has_a_code_of_its_own() -> None:
    huge = modal(*[section("x" * 2900) for _ in range(90)])
    assert "view_too_large" in [fault.code for fault in faults_of("modal", huge)]


def test_a_message_of_very_much_text_has_a_code_of_its_own() -> None:
    long = message(*[section("x" * 2900) for _ in range(5)])
    assert [fault.code for fault in faults_of("message", long)] == ["msg_blocks_too_long"]


def test_a_second_table_has_the_code_that_slack_gives_it() -> None:
    assert [fault.code for fault in faults_of("message", message(table(), table()))] == [
        "invalid_attachments"
    ]


@pytest.mark.parametrize(
    "junk",
    [None, 1, "x", [], {}, {"type": []}, {"type": {}}, [[]], {"type": "actions", "elements": [1, None]}],
)
def test_junk_is_refused_and_never_raises(junk: Any) -> None:
    for surface in ("message", "modal", "home"):
        faults_of(surface, {"text": "x", "blocks": [junk], "title": junk, "type": junk, "metadata": junk})
        faults_of(surface, {"blocks": junk, "attachments": junk})
    assert faults_of(
        "message", message(actions(of("static_select", options=junk), of("checkboxes", options=[junk])))
    )
