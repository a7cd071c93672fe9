"""The HTTP side of the local VK: API calls, polls, uploads, downloads, on one port with the control API and the chat
page.

Requests are read as strictly as VK does: GET or POST, form or multipart, the token in query, body or `Authorization:
Bearer`. No access log is kept: clients put the token into addresses.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from urllib.parse import quote

import orjson
from aiohttp import BodyPartReader, web

from bot.emulator import pictures
from bot.emulator.api import Api
from bot.emulator.faults import LONG_POLL, Fault, Faults
from bot.emulator.files import LARGEST, FileStore, StoredFile, UploadRefused
from bot.emulator.long_poll import LongPoll, held_for

JSON = "application/json"
CHUNK = 256 * 1024
LARGEST_CALL = 4 * 1024 * 1024
LONGEST_HANG_S = 3600.0
BAD_GATEWAY = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>502 Bad Gateway</body>\r\n</html>\r\n"
UPLOAD_FIELDS = {"doc": "file", "photo": r"photo|file\d*", "audio_message": "file"}
"""Patterns of the field with the file. For photos VK documents `photo`; clients in use (vk_api) send `file0`."""
Deed = Callable[[], Awaitable[web.Response]]


class Server:
    """Handlers of the routes that the bot uses."""

    def __init__(self, api: Api, long_poll: LongPoll, files: FileStore, faults: Faults) -> None:
        self._api = api
        self._long_poll = long_poll
        self._files = files
        self._faults = faults

    def routes(self) -> list[web.RouteDef]:
        """All of them; a HEAD is not a GET here."""
        return [
            web.post("/method/{name}", self.call),
            web.get("/method/{name}", self.call, allow_head=False),
            web.post("/whp/{group_id}", self.poll),
            web.get("/whp/{group_id}", self.poll, allow_head=False),
            web.post("/upload/{sort}/{token}", self.upload),
            web.get("/files/{name}/{access_key}", self.download),
        ]

    async def call(self, request: web.Request) -> web.StreamResponse:
        """One API call."""
        method = request.match_info["name"]
        values = await _values(request)
        token = _token(request, values)

        async def done() -> web.Response:
            return _json(orjson.dumps(self._api.answer(method, token, values)))

        fault = self._faults.meet(method, ("http_502", "hang", "reset_before", "reset_after", "slow"))
        return await done() if fault is None else await _misbehaving(request, fault, done)

    async def poll(self, request: web.Request) -> web.StreamResponse:
        """One `a_check`."""
        values = await _values(request)

        async def done() -> web.Response:
            return await self._polled(values)

        fault = self._faults.meet(LONG_POLL)
        if fault is not None and fault.kind == "error":
            number = b',"ts":%d' % self._long_poll.last if fault.code == 1 else b""
            return _json(b'{"failed":%d%s}' % (fault.code or 0, number))
        return await done() if fault is None else await _misbehaving(request, fault, done)

    async def upload(self, request: web.Request) -> web.Response:
        """Take a file at a one-time address."""
        try:
            sort, owner_id = self._files.take_slot(request.match_info["sort"], request.match_info["token"])
            name, content = await uploaded_file(request, UPLOAD_FIELDS[sort])
            answer = self._files.receive(sort, owner_id, name, content)
        except UploadRefused as refusal:
            answer = {"error": str(refusal), "error_code": 22}
        return _json(orjson.dumps(answer))

    async def download(self, request: web.Request) -> web.Response:
        """A stored file, to whoever knows its address."""
        opened = self._files.opened(request.match_info["name"], request.match_info["access_key"])
        if opened is None:
            raise web.HTTPNotFound
        stored, content = opened
        shown = _shown_as(stored, content)
        name = (
            stored.title
            if stored.title.endswith(f".{stored.ext}") or not stored.ext
            else f"{stored.title}.{stored.ext}"
        )
        placed = "inline" if stored.sort != "doc" else f"attachment; filename*=UTF-8''{quote(name, safe='')}"
        headers = {"Content-Disposition": placed, "X-Content-Type-Options": "nosniff"}
        return web.Response(body=content, content_type=shown, headers=headers)

    async def _polled(self, values: dict[str, str]) -> web.Response:
        key, ts, wait_s = values.get("key", ""), values.get("ts", ""), held_for(values.get("wait", ""))
        return _json(await self._long_poll.poll(key, ts, wait_s))


async def uploaded_file(request: web.Request, field: str) -> tuple[str, bytes]:
    """Name and content of the one file of a multipart request, in a field named like that. Raises UploadRefused."""
    if request.content_type != "multipart/form-data":
        raise UploadRefused("multipart/form-data is expected")
    try:
        async for part in await request.multipart():
            if isinstance(part, BodyPartReader) and part.filename and re.fullmatch(field, part.name or ""):
                return part.filename, await _content(part)
    except ValueError:
        raise UploadRefused("the body is broken") from None
    raise UploadRefused(f"field {field} with a file is missing")


async def _content(part: BodyPartReader) -> bytes:
    content = bytearray()
    while chunk := await part.read_chunk(CHUNK):
        content += chunk
        if len(content) > LARGEST:
            raise UploadRefused("file is too large")
    return bytes(content)


def _shown_as(stored: StoredFile, content: bytes) -> str:
    if stored.sort == "photo":
        return pictures.content_type(content)
    return "audio/ogg" if stored.sort == "audio_message" else "application/octet-stream"


async def _values(request: web.Request) -> dict[str, str]:
    values = dict(request.query)
    if request.method == "POST":
        # A field that carries a file is no parameter; a JSON body is no form, and VK does not read it either.
        try:
            form = await request.post()
        except ValueError:  # a broken multipart body, or bytes that are no UTF-8
            raise web.HTTPBadRequest from None
        values |= {name: value for name, value in form.items() if isinstance(value, str)}
    return values


def _token(request: web.Request, values: dict[str, str]) -> str:
    given = values.pop("access_token", "")
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    return given or (bearer.strip() if scheme.lower() == "bearer" else "")


async def _misbehaving(request: web.Request, fault: Fault, done: Deed) -> web.StreamResponse:
    match fault.kind:
        case "hang":
            await asyncio.sleep(fault.delay_s or LONGEST_HANG_S)
            return _cut(request)
        case "http_502":
            return web.Response(status=502, text=BAD_GATEWAY, content_type="text/html")
        case "reset_before":
            return _cut(request)
    answer = await done()
    if fault.kind == "reset_after":
        return _cut(request)
    await asyncio.sleep(fault.delay_s)
    return answer


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def _json(body: bytes) -> web.Response:
    return web.Response(body=body, content_type=JSON, charset="utf-8")
