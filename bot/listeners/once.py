"""What tells one delivery of Slack's from another, so that a second delivery of the same changes nothing."""

import hashlib
import json
from typing import Any


def key_of(body: dict[str, Any]) -> str:
    """The identity of a slash command or of a submitted form.

    Slack's own ids decide; what was typed is part of the key, because some servers reuse ids.
    """
    view = body.get("view")
    if isinstance(view, dict):
        return f"view:{view.get('id')}:{_digest(view.get('state'))}"
    user = body.get("user_id")
    return f"command:{body.get('trigger_id')}:{user}:{_digest(body.get('text'))}"


def _digest(content: object) -> str:
    """A short fingerprint: the inbox keeps no words of people."""
    written = json.dumps(content, sort_keys=True, default=str)
    return hashlib.sha256(written.encode()).hexdigest()[:24]
