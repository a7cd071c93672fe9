"""Keeping other web sites away from the control API and the chat page, which have no password.

A site opened in the same browser can send requests to localhost. It cannot hide its `Origin`, and a name that it
lets point to 127.0.0.1 stays a name in `Host`; so only localhost and bare addresses are served, and only to pages of
ours.
"""

from collections.abc import Awaitable, Callable
from ipaddress import ip_address

import orjson
from aiohttp import web

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse foreign origins with 403 and give every answer the strict headers."""
    if not _is_local(request.host) or not _is_own_origin(request):
        return refused(403, "only pages of this very address may call it")
    try:
        response = await handler(request)
    except web.HTTPException as error:
        response = refused(error.status, error.text or error.reason)
    if not response.prepared:
        response.headers.update(HEADERS)
    return response


def refused(status: int, why: str) -> web.Response:
    """An error as the control API tells it."""
    body = orjson.dumps({"error": why})
    return web.Response(status=status, body=body, content_type="application/json", headers=HEADERS)


def _is_local(host: str) -> bool:
    name, colon, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
    if not colon:
        name = host
    elif not (port.isascii() and port.isdigit()):
        return False
    if name == "localhost":
        return True
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _is_own_origin(request: web.Request) -> bool:
    origin = request.headers.get("Origin")
    if origin is None:
        return request.headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin")
    return origin == f"{request.scheme}://{request.host}"
