"""The oracle itself: what it must notice in what the bot says."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot.oracle import faults_in

TEXT = "A text that says enough"


def section(text: str, **more: Any) -> dict[str, Any]:
    """A message with one section of markup."""
    return {"text": TEXT, "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": text, **more}}]}


@pytest.mark.parametrize(
    "said",
    [
        section("Hi <!channel>", verbatim=True),
        section("Hi <@U1>", verbatim=True),
        section("<https://evil.example|bank>", verbatim=True),
        section("Hi @here", verbatim=False),
        section("Hi @here"),
        {"text": "<!here> says a lot of words"},
        {"text": ""},
        {"text": " \n "},
        {"blocks": section("fine", verbatim=True)["blocks"]},
    ],
)
def test_the_oracle_notices_live_markup_and_missing_text(said: dict[str, Any]) -> None:
    assert faults_in(said)


def test_the_oracle_is_content_with_escaped_words_and_plain_text() -> None:
    said = section("Hi &lt;!channel&gt;", verbatim=True)
    said["blocks"].append({"type": "header", "text": {"type": "plain_text", "text": "<!channel>"}})
    assert faults_in(said) == []
    assert faults_in({"type": "modal", "title": {"type": "plain_text", "text": "x"}, "blocks": []}) == []
