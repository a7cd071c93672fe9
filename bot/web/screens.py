"""The session's screen: the page, its stream of changes, the pictures of works, what its browser runs.

`/screen/{token}` · `/screen/{token}/events` · `/screen/{token}/works/{id}.jpg` · `/static/{version}/{name}`.
Whoever has the token sees what the room sees, nothing else; nothing can be changed here.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final
from zoneinfo import ZoneInfo

import orjson
from aiohttp import web

from bot.clock import Clock
from bot.domain.identifiers import WorkId
from bot.web.assets import Assets
from bot.web.drawing import Drawing, Moment, in_ms
from bot.web.feeds import USUAL, Edition, Feed, Feeds, ReadScreen, Rhythm, TooManyWatchers, UnknownScreen
from bot.web.guard import HEADERS, refused

ReadPicture = Callable[[str, WorkId], Awaitable[bytes | None]]
"""The JPEG of a work that the screen at a token shows; None: it shows none by that number."""
STREAM: Final = {
    **HEADERS,
    "Content-Type": "text/event-stream; charset=utf-8",
    "X-Accel-Buffering": "no",  # a proxy in front would collect events
}
FOR_EVER: Final = {"Cache-Control": "public, max-age=31536000, immutable"}
COME_AGAIN_S: Final = "10"
_SCREEN: Final = "/screen/{token:[A-Za-z0-9_-]{1,128}}"


class Screens:
    """Everything under /screen and /static. zone: of the clock on the room's wall."""

    def __init__(
        self,
        read_screen: ReadScreen,
        read_picture: ReadPicture,
        clock: Clock,
        zone: ZoneInfo,
        *,
        rhythm: Rhythm = USUAL,
    ) -> None:
        self._read_screen = read_screen
        self._read_picture = read_picture
        self._clock = clock
        self._rhythm = rhythm
        self._assets = Assets()
        self._drawing = Drawing(zone, self._assets)
        self._feeds = Feeds(read_screen, self._drawing.content, clock, rhythm)

    def attach(self, app: web.Application) -> None:
        """Add the addresses; streams live as long as the application runs."""
        app.add_routes(
            [
                web.get(_SCREEN, self.page, allow_head=False),
                web.get(f"{_SCREEN}/events", self.events, allow_head=False),
                web.get(_SCREEN + r"/works/{work:\d{1,18}}.jpg", self.picture, allow_head=False),
                web.get("/static/{version}/{name}", self.asset, allow_head=False),
            ]
        )
        app.on_startup.append(self._open)
        app.on_shutdown.append(self._close)

    async def page(self, request: web.Request) -> web.Response:
        """The page as it is now; its script asks for the stream."""
        token = request.match_info["token"]
        screen = await self._read_screen(token)
        if screen is None:
            raise web.HTTPNotFound
        drawn = self._drawing.page(screen, token, self._moment())
        return web.Response(text=drawn, content_type="text/html")

    async def events(self, request: web.Request) -> web.StreamResponse:
        """What the page shows from now on: each event carries all of it, so that none builds on another."""
        try:
            async with self._feeds.watched(request.match_info["token"]) as feed:
                return await self._streamed(request, feed)
        except UnknownScreen:
            raise web.HTTPNotFound from None
        except TooManyWatchers:
            return refused(503, Retry_After=COME_AGAIN_S)

    async def picture(self, request: web.Request) -> web.Response:
        """The picture of a work that is shown."""
        content = await self._read_picture(request.match_info["token"], WorkId(int(request.match_info["work"])))
        if content is None:
            raise web.HTTPNotFound
        return web.Response(body=content, content_type="image/jpeg")

    async def asset(self, request: web.Request) -> web.Response:
        """A script or a style; for a page of another version, which is about to load itself anew, the present one."""
        asset = self._assets.named(request.match_info["name"])
        if asset is None:
            raise web.HTTPNotFound
        kept = FOR_EVER if request.match_info["version"] == self._assets.version else {}
        return web.Response(body=asset.content, content_type=asset.content_type, charset="utf-8", headers=kept)

    async def _streamed(self, request: web.Request, feed: Feed) -> web.StreamResponse:
        response = web.StreamResponse(headers=STREAM)
        await response.prepare(request)
        try:
            await self._tell(response, feed)
        except ConnectionError:
            pass
        except TimeoutError:
            if request.transport is not None:  # it would wait for its buffer to be read before it closes
                request.transport.abort()
        return response

    async def _tell(self, response: web.StreamResponse, feed: Feed) -> None:
        """Hand out every edition until the feed ends. Raises TimeoutError for a watcher who takes nothing."""
        seen = 0
        while True:
            edition = await feed.newer_than(seen, self._rhythm.heartbeat_s)
            if feed.ended:
                return
            seen = seen if edition is None else edition.number
            async with asyncio.timeout(self._rhythm.stalled_s):
                await response.write(self._event(edition))

    def _event(self, edition: Edition | None) -> bytes:
        """An edition, or a heartbeat: a comment would keep the connection as well, but no script hears of comments."""
        moment = self._moment()
        told = {"now": moment.now, "speed": moment.speed, "version": self._assets.version}
        if edition is None:
            return b"event: beat\ndata: %s\n\n" % orjson.dumps(told)
        return b"event: screen\ndata: %s\n\n" % orjson.dumps(told | {"html": edition.content})

    def _moment(self) -> Moment:
        return Moment(in_ms(self._clock.now()), self._clock.speed)

    async def _open(self, _: web.Application) -> None:
        self._feeds.open()

    async def _close(self, _: web.Application) -> None:
        self._feeds.close()
