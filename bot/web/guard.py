"""What every answer has in common: strict headers, and refusals that tell nothing but their number.

An address holds its token, so it goes nowhere: no referrer, no foreign content, no cache, no log. A wrong token, a
wrong path and a picture that is not shown get the same words.
"""

from collections.abc import Awaitable, Callable
from typing import Final

import structlog
from aiohttp import web

from bot.logs import described
from bot.wording import say

log = structlog.get_logger()

LANGUAGE: Final = "ru"
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "fullscreen=(self), screen-wake-lock=(self), camera=(), geolocation=(), microphone=()",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
    "Server": "ugubot",
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Give every answer the headers, and turn whatever goes wrong into a plain refusal."""
    try:
        response = await handler(request)
    except web.HTTPException as error:
        response = refused(error.status, Allow=error.headers.get("Allow"))
    except Exception as error:  # noqa: BLE001 - whatever a page raises, nobody else may notice
        log.error("page failed", **described(error))
        response = refused(500)
    if not response.prepared:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
    return response


def refused(status: int, **headers: str | None) -> web.Response:
    """A refusal in constant words."""
    sentence = {500: "screen-failed", 503: "screen-crowded"}.get(status, "screen-not-found")
    told = {name.replace("_", "-"): value for name, value in headers.items() if value is not None}
    return web.Response(status=status, text=say(LANGUAGE, sentence), headers=told)
