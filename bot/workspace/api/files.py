"""Web API: files, uploaded in three steps, and the pictures that the page shows of them."""

from __future__ import annotations

from aiohttp import web

from bot.workspace.api.call import Call
from bot.workspace.api.chat import draft, place
from bot.workspace.errors import Refusal
from bot.workspace.profile import BOT_USER_ID
from bot.workspace.state.checks import FILES
from bot.workspace.state.files import content_of, file_object, fill_file, may_read, new_file, whole
from bot.workspace.state.messages import Draft, post
from bot.workspace.state.models import Json
from bot.workspace.state.team import Team

LOGIN_PAGE = """<!DOCTYPE html>
<html lang="en">
<head><title>Login | Slack</title></head>
<body><h1>Sign in to your workspace</h1></body>
</html>
"""


async def get_upload_url(call: Call) -> Json:
    """Promise a place for a file."""
    call.need("files:write")
    name = call.needed("filename")
    call.needed("length")
    file = new_file(call.team, name, BOT_USER_ID)
    if call.text("alt_txt"):
        file["alt_txt"] = call.text("alt_txt")
    return {"upload_url": f"{call.base_url}/upload/{file['id']}", "file_id": file["id"]}


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
    file |= {"title": wanted.get("title") or file["name"], "finished": True}
    return file


async def info(call: Call) -> Json:
    """Describe a file."""
    call.need(FILES)
    file = whole(call.team, call.needed("file", "file_not_found"))
    if file is None:
        raise Refusal("file_not_found")
    return {"file": file_object(file)}


async def delete(call: Call) -> Json:
    """Delete a file of the app's own."""
    call.need("files:write")
    file = call.team.files.get(call.needed("file", "file_not_found"))
    if file is None:
        raise Refusal("file_not_found")
    if file["user"] != BOT_USER_ID:
        raise Refusal("cant_delete_file")
    call.team.drop_file(file["id"])
    call.accept()
    return {}


async def take_upload(team: Team, request: web.Request) -> web.Response:
    """Take the bytes of a file at the address that was promised for it."""
    file = team.files.get(request.match_info["file_id"])
    if file is None:
        raise web.HTTPNotFound
    content = await _bytes(request)
    fill_file(file, content)
    return web.Response(text=f"OK - {len(content)}")


async def _bytes(request: web.Request) -> bytes:
    if not request.content_type.startswith("multipart/"):
        return await request.read()
    form = await request.post()
    sent = next((field for field in form.values() if isinstance(field, web.FileField)), None)
    return sent.file.read() if sent is not None else b""


def show_file(team: Team, request: web.Request) -> web.Response:
    """Return the bytes of a file to who may read it: the app with its token, or a person at the page.

    To anybody else Slack shows its login page, with the status of success.
    """
    if not may_read(team, request.headers.get("Authorization", ""), request.cookies.get("as", "")):
        return web.Response(text=LOGIN_PAGE, content_type="text/html")
    file = whole(team, request.match_info["file_id"])
    if file is None:
        raise web.HTTPNotFound
    # An image is shown; anything else is handed over as a download, so that no upload can run as a page.
    shown = file["mimetype"].startswith("image/") and file["mimetype"] != "image/svg+xml"
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=3600"}
    if not shown:
        headers["Content-Disposition"] = "attachment"
    return web.Response(body=content_of(file), content_type=file["mimetype"], headers=headers)


METHODS = {
    "files.getUploadURLExternal": get_upload_url,
    "files.completeUploadExternal": complete_upload,
    "files.info": info,
    "files.delete": delete,
}
