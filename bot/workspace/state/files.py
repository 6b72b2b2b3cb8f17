"""Files: what is known of each, who may read it, and those that a form was given."""

from __future__ import annotations

import base64
import mimetypes
from typing import Any

from bot.workspace.profile import BOT_TOKEN, TEAM_ID
from bot.workspace.state.checks import FILES
from bot.workspace.state.elements import UnknownChoice
from bot.workspace.state.models import Json
from bot.workspace.state.team import Team

LARGEST_IN_A_FORM = 10_000_000  # bytes; Slack's limit for the file input element
FILE_FIELDS = (
    *("id", "created", "timestamp", "name", "title", "mimetype", "filetype", "user", "user_team", "size"),
    *("mode", "is_external", "is_public", "file_access", "alt_txt"),
    *("url_private", "url_private_download", "permalink"),
)


def new_file(team: Team, name: str, user: str) -> Json:
    """Return a file that has a place, but no content yet."""
    file_id = team.next_id("F")
    mimetype = mimetypes.guess_type(name)[0] or "application/octet-stream"
    address = f"{team.base_url}/files/{file_id}/{name}"
    created = int(team.clock.seconds())
    file: Json = {
        "id": file_id,
        "created": created,
        "timestamp": created,
        "name": name,
        "title": name,
        "mimetype": mimetype,
        "filetype": name.rpartition(".")[2],
        "user": user,
        "size": 0,
        "mode": "hosted",
        "url_private": address,
        "url_private_download": address,
        "permalink": address,
    }
    team.files[file_id] = file
    return file


def fill_file(file: Json, content: bytes) -> None:
    """Give a file its content."""
    file |= {"size": len(content), "content": base64.b64encode(content).decode()}


def content_of(file: Json) -> bytes:
    """Return the content of a file."""
    return base64.b64decode(file["content"])


def whole(team: Team, file_id: str) -> Json | None:
    """Return the file of this id, if it is there with its content."""
    file = team.files.get(file_id)
    return file if file is not None and "content" in file else None


def file_object(file: Json) -> Json:
    """Return a file as messages, forms and `files.info` carry it."""
    return {name: file[name] for name in FILE_FIELDS if name in file}


def add_to_form(team: Team, name: str, user: str, content: bytes) -> Json:
    """Return a file that a person has put into a form. What Slack cannot name it calls text or binary."""
    file = new_file(team, name, user)
    fill_file(file, content)
    if mimetypes.guess_type(name)[0] is None:
        kind = ("text", "text/plain") if _is_text(content) else ("binary", "application/octet-stream")
        file["filetype"], file["mimetype"] = kind
    file |= {"user_team": TEAM_ID, "is_external": False, "is_public": False, "file_access": "visible"}
    team.save_file(file)
    return file


def _is_text(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return b"\0" not in content


def in_form(team: Team, user: str, wanted: Any) -> Json:
    """Return the state value of a file input that holds the files of these ids, all this person's own."""
    files = [whole(team, str(file_id)) for file_id in wanted or []]
    if any(file is None or file["user"] != user for file in files):
        raise UnknownChoice
    return {"type": "file_input", "files": [file_object(file) for file in files if file is not None]}


def may_read(team: Team, authorization: str, person: str) -> bool:
    """Say whether the app (by its token and scope) or a person at the page may read private files."""
    if authorization:
        token = authorization.removeprefix("Bearer ").strip()
        return token == BOT_TOKEN and team.profile.may(FILES)
    return person in team.people
