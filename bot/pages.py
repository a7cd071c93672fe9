"""What the web pages show, put together from the storage and the workshop; only `app` uses it."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any, Final

import structlog

from bot.documents.picture import NotAPicture
from bot.domain.identifiers import WorkId
from bot.domain.sessions.screen import Screen
from bot.messenger.channel import Document
from bot.storage import session_screen
from bot.storage.database import Database

log = structlog.get_logger()

LONGEST_SIDE: Final = 1920  # of a picture on the projector, in pixels
MOST_PICTURES: Final = 24  # in memory, about half a megabyte each


class SessionPages:
    """The screens of sessions. link_base: what a deep link to the community starts with; make: of the workshop."""

    def __init__(
        self, database: Database, link_base: str, make: Callable[[str, dict[str, Any]], Awaitable[Document]]
    ) -> None:
        self._database = database
        self._link_base = link_base
        self._make = make
        self._pictures: OrderedDict[str, bytes] = OrderedDict()
        self._making = asyncio.Lock()  # several screens ask for a new picture at the same moment

    async def screen(self, token: str) -> Screen | None:
        """The screen at an address; None for a wrong one."""
        async with self._database.reading() as conn:
            return await conn.run_sync(session_screen.screen, token, self._link_base)

    async def picture(self, token: str, work: WorkId) -> bytes | None:
        """The JPEG of a work that the screen shows, drawn anew from what was sent; None if it shows none of it."""
        async with self._database.reading() as conn:
            path = await conn.run_sync(session_screen.picture_path, token, work)
        if path is None:
            return None
        async with self._making:
            if path not in self._pictures:
                await self._draw(path)
            return self._pictures.get(path)

    async def _draw(self, path: str) -> None:
        try:
            made = await self._make("session-picture", {"title": "work.jpg", "path": path, "longest": LONGEST_SIDE})
        except (NotAPicture, OSError) as error:
            log.warning("a work's picture cannot be shown", reason=type(error).__name__)
            return
        self._pictures[path] = made.content
        while len(self._pictures) > MOST_PICTURES:
            self._pictures.popitem(last=False)
