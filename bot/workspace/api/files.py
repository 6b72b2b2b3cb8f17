"""Web API: files, uploaded in three steps, and the pictures that the page shows of them."""

from __future__ import annotations

import base64
import mimetypes

from aiohttp import web

from bot.workspace.api.call import Call
from bot.workspace.api.chat import draft, place
from bot.workspace.errors import Refusal
from bot.workspace.profile import BOT_USER_ID
from bot.workspace.state.messages import Draft, post
from bot.workspace.state.models import Json
from bot.workspace.state.team import Team

PUBLIC_FIELDS = (
    "id",
    "created",
    "timestamp",
    "name",
    "title",
    "mimetype",
    "filetype",
    "user",
    "size",
    "mode",
)
ALT_FIELDS = ("alt_txt", "url_private", "url_private_download", "permalink")


def file_object(file: Json) -> Json:
    """Return a file as messages and `files.info` carry it."""
    return {name: file[name] for name in (*PUBLIC_FIELDS, *ALT_FIELDS) if name in file}


async def get_upload_url(call: Call) -> Json:
    """Promise a place for a file."""
    call.need("files:write")
    name = call.needed("filename")
    call.needed("length")
    file_id = call.team.next_id("F")
    mimetype = mimetypes.guess_type(name)[0] or "application/octet-stream"
    address = f"{call.base_url}/files/{file_id}/{name}"
    created = int(call.team.clock.seconds())
    file: Json = {
        "id": file_id,
        "created": created,
        "timestamp": created,
        "name": name,
        "title": name,
        "mimetype": mimetype,
        "filetype": name.rpartition(".")[2],
        "user": BOT_USER_ID,
        "size": 0,
        "mode": "hosted",
        "url_private": address,
        "url_private_download": address,
        "permalink": address,
    }
    if call.text("alt_txt"):
        file["alt_txt"] = call.text("alt_txt")
    call.team.files[file_id] = file
    return {"upload_url": f"{call.base_url}/upload/{file_id}", "file_id": file_id}


async def complete_upload(call: Call) -> Json:
    """Finish uploads and, if a channel is named, share the files there."""
    call.need("files:write")
    wanted = call.json("files", "invalid_arguments") or []
    files = [_finished(call, one) for one in wanted]
    if not files:
        raise Refusal("invalid_arguments")
    for file in files:
        call.team.save_file(file)
    shown = [file_object(file) for file in files]
    target = call.text("channel_id") or call.text("channels")
    if target:
        call.args |= {"channel": target, "text": call.text("initial_comment")}
        channel = place(call)
        written = _comment(call)
        written.files = shown
        message = post(call.team, channel, BOT_USER_ID, written)
        call.accept(channel.id, message["ts"])
    else:
        call.accept()
    return {"files": shown}


def _comment(call: Call) -> Draft:
    if call.args["text"] or call.args.get("blocks"):
        return draft(call)
    return Draft(thread_ts=call.text("thread_ts"))


def _finished(call: Call, wanted: Json) -> Json:
    file = call.team.files.get(str(wanted.get("id")))
    if file is None or "content" not in file:
        raise Refusal("file_not_found" if file is None else "file_upload_incomplete")
    file["title"] = wanted.get("title") or file["name"]
    return file


async def info(call: Call) -> Json:
    """Describe a file."""
    call.need("files:read")
    file = call.team.files.get(call.needed("file", "file_not_found"))
    if file is None or "content" not in file:
        raise Refusal("file_not_found")
    return {"file": file_object(file)}


async def take_upload(team: Team, request: web.Request) -> web.Response:
    """Take the bytes of a file at the address that was promised for it."""
    file = team.files.get(request.match_info["file_id"])
    if file is None:
        raise web.HTTPNotFound
    content = await _bytes(request)
    file |= {"size": len(content), "content": base64.b64encode(content).decode()}
    return web.Response(text=f"OK - {len(content)}")


async def _bytes(request: web.Request) -> bytes:
    if not request.content_type.startswith("multipart/"):
        return await request.read()
    form = await request.post()
    sent = next((field for field in form.values() if isinstance(field, web.FileField)), None)
    return sent.file.read() if sent is not None else b""


def show_file(team: Team, file_id: str) -> web.Response:
    """Return the bytes of a file to the page."""
    file = team.files.get(file_id)
    if file is None or "content" not in file:
        raise web.HTTPNotFound
    # An image is shown; anything else is handed over as a download, so that no upload can run as a page.
    shown = file["mimetype"].startswith("image/") and file["mimetype"] != "image/svg+xml"
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=3600"}
    if not shown:
        headers["Content-Disposition"] = "attachment"
    content = base64.b64decode(file["content"])
    return web.Response(body=content, content_type=file["mimetype"], headers=headers)


METHODS = {
    "files.getUploadURLExternal": get_upload_url,
    "files.completeUploadExternal": complete_upload,
    "files.info": info,
}
