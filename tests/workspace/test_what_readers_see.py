"""`words` flattens what a reader sees; finding goes by the words on things."""

from __future__ import annotations

from typing import Any

import pytest

from bot.workspace.state.models import Channel, Member
from bot.workspace.state.text import composed
from bot.workspace.visitors.finding import NotThere, one_element
from bot.workspace.visitors.words import plain as as_read
from bot.workspace.visitors.words import words
from tests.workspace.shapes import (
    Json,
    actions,
    boxes,
    button,
    modal,
    options,
    plain,
    question,
    section,
    table,
)

TICKED = {"selected_options": [{"value": "two"}]}
SECTION: Json = {"type": "rich_text_section", "elements": [{"type": "text", "text": "item"}]}


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ({"type": "header", "text": plain("Tuesday")}, "Tuesday"),
        (section("*Bold* &amp; <https://a|link>"), "*Bold* & link"),
        ({"type": "section", "fields": [plain("a"), plain("b")]}, "a\nb"),
        ({"type": "context", "elements": [plain("a"), {"type": "image", "alt_text": "pic"}]}, "a pic"),
        (actions(boxes("One", "Two"), block_id="b"), "[ ] One\n[x] Two"),
        (actions(button("Go"), {"type": "overflow", "options": options(2)}), "[Go] {o0 · o1}"),
        (actions({"type": "static_select", "placeholder": plain("Pick"), "options": options(1)}), "{Pick}"),
        (table(rows=2, cells=2), "x\tx\nx\tx"),
        ({"type": "image", "alt_text": "bars", "title": plain("Weeks")}, "[picture: bars] Weeks"),
        ({"type": "rich_text", "elements": [{"type": "rich_text_list", "elements": [SECTION]}]}, "- item"),
        ({"type": "container", "title": plain("More"), "child_blocks": [section("inside")]}, "More\ninside"),
        ({"type": "divider"}, ""),
    ],
)
def test_a_block_reads_as_it_looks(block: Json, expected: str) -> None:
    assert words({"blocks": [block], "text": "fallback", "state": {"b": {"tick": TICKED}}}) == expected


def test_a_message_without_blocks_reads_its_text() -> None:
    assert words({"text": "a &lt; b"}) == "a < b"


def test_a_modal_reads_with_its_title_fields_and_buttons() -> None:
    view = modal(question("Name", hint=plain("In full"), block_id="b"))
    view["state"] = {"values": {"b": {"text": {"value": "Ana"}}}}
    assert words(view) == "Form\nName: Ana\nIn full\n[Send]"


def test_links_and_mentions_read_as_their_labels() -> None:
    assert as_read("<@U1|ana> in <#C1|crew> <!date^1^{date}|today>") == "ana in crew today"


def test_things_are_found_by_their_words_and_missed_with_what_is_there() -> None:
    message: dict[str, Any] = {"blocks": [actions(button("Join now"), button("Leave", "leave"))]}
    assert one_element(message, "join")[1]["action_id"] == "go"
    assert one_element(message, "leave")[1]["action_id"] == "leave"
    with pytest.raises(NotThere, match=r"\[Join now\] \[Leave\]"):
        one_element(message, "Stay")


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("1 < 2 & 3 > 2", "1 &lt; 2 &amp; 3 &gt; 2"),
        ("hi @Ana Lima!", "hi <@U001>!"),
        ("hi @ana.lima", "hi <@U001>"),
        ("@ANA LIMA", "<@U001>"),
        ("@Anatol", "@Anatol"),
        ("ana@Ana Lima.com", "ana@Ana Lima.com"),
        ("see #crew and #crews", "see <#C001|crew> and #crews"),
        ("@here!", "<!here>!"),
        ("at https://a.example/b?c=d&e.", "at <https://a.example/b?c=d&amp;e>."),
        ("<!channel> <@U001>", "&lt;!channel&gt; &lt;@U001&gt;"),
    ],
)
def test_a_composer_escapes_and_links(typed: str, sent: str) -> None:
    people = [Member("U001", "Ana Lima", "Ana Maria Lima", "UTC")]
    rooms = [Channel("C001", "crew", "channel", [])]
    assert composed(typed, people, rooms) == sent
