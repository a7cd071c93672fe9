"""Keeping watchers up to date: one poller for each screen that somebody watches, and its newest edition for all.

A watcher asks for what is newer than what it has seen, and gets the newest only; so a slow one skips editions, and
nothing piles up. A moved clock counts as news, as every countdown has to start anew.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Final

import structlog

from bot.clock import Clock
from bot.domain.sessions.screen import Screen
from bot.logs import described

log = structlog.get_logger()

ReadScreen = Callable[[str], Awaitable[Screen | None]]
"""The screen at a token; None: there is none."""
Draw = Callable[[Screen], str]
"""What the page's `main` holds for it."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often a watched screen is read, how often a quiet stream says that it lives, how many may watch one screen.

    The page takes a stream for dead that was silent for 35 s, so a heartbeat has to come more often than that.
    stalled_s: who takes nothing for so long is gone, and makes room for others.
    """

    poll_s: float = 1.0
    heartbeat_s: float = 12.0
    stalled_s: float = 30.0
    most_watchers: int = 50


USUAL: Final = Rhythm()


class UnknownScreen(LookupError):
    """There is no screen at this token."""


class TooManyWatchers(RuntimeError):
    """The screen is watched often enough, or the server stops: come again later."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What a screen shows. number: grows with every change, and with every move of the clock."""

    number: int
    content: str


class Feed:
    """One screen's newest edition."""

    def __init__(self, draw: Draw) -> None:
        self.watchers = 0
        self.ended = False
        self._draw = draw
        self._screen: Screen | None = None
        self._edition = Edition(0, "")
        self._news = asyncio.Event()

    def take(self, screen: Screen) -> None:
        """Draw what storage says; watchers hear of it only if it looks different."""
        if screen == self._screen:
            return
        content = self._draw(screen)
        self._screen = screen
        if content != self._edition.content:
            self._edition = Edition(self._edition.number + 1, content)
            self._tell()

    def repeat(self) -> None:
        """Hand the content out once more: the clock was moved."""
        self._edition = Edition(self._edition.number + 1, self._edition.content)
        self._tell()

    def end(self) -> None:
        """Send all watchers away."""
        self.ended = True
        self._tell()

    async def newer_than(self, seen: int, within_s: float) -> Edition | None:
        """The newest edition, once it is newer; None if none came in time, or none ever will (`ended`)."""
        if self._edition.number == seen and not self.ended:
            with suppress(TimeoutError):
                async with asyncio.timeout(within_s):
                    await self._news.wait()
        return None if self.ended or self._edition.number == seen else self._edition

    def _tell(self) -> None:
        self._news.set()
        self._news = asyncio.Event()


class Feeds:
    """The feeds of all screens that are watched at the moment."""

    def __init__(self, read: ReadScreen, draw: Callable[[Screen, str], str], clock: Clock, rhythm: Rhythm) -> None:
        self._read = read
        self._draw = draw
        self._clock = clock
        self._rhythm = rhythm
        self._feeds: dict[str, Feed] = {}
        self._pollers: dict[Feed, asyncio.Task[None]] = {}
        self._forget_clock: Callable[[], None] | None = None

    def open(self) -> None:
        """Let people watch, on the running event loop."""
        loop = asyncio.get_running_loop()
        # The clock may be moved on any thread.
        self._forget_clock = self._clock.on_move(lambda: loop.call_soon_threadsafe(self._repeat))

    def close(self) -> None:
        """Send everybody away, and let nobody in any more."""
        if self._forget_clock is not None:
            self._forget_clock()
            self._forget_clock = None
        for feed in self._feeds.values():
            feed.end()

    @asynccontextmanager
    async def watched(self, token: str) -> AsyncIterator[Feed]:
        """The screen's feed, which has an edition already. Raises UnknownScreen and TooManyWatchers."""
        screen = await self._read(token)
        if screen is None:
            raise UnknownScreen
        feed = self._feeds.get(token) or Feed(lambda screen: self._draw(screen, token))
        if self._forget_clock is None or feed.watchers >= self._rhythm.most_watchers:
            raise TooManyWatchers
        feed.take(screen)
        self._join(token, feed)
        try:
            yield feed
        finally:
            self._leave(token, feed)

    def _join(self, token: str, feed: Feed) -> None:
        feed.watchers += 1
        if feed.watchers == 1:
            self._feeds[token] = feed
            self._pollers[feed] = asyncio.create_task(self._poll(token, feed))

    def _leave(self, token: str, feed: Feed) -> None:
        feed.watchers -= 1
        if feed.watchers == 0:
            self._pollers.pop(feed).cancel()
            self._drop(token, feed)

    def _drop(self, token: str, feed: Feed) -> None:
        if self._feeds.get(token) is feed:
            del self._feeds[token]

    async def _poll(self, token: str, feed: Feed) -> None:
        is_failing = False
        while not feed.ended:
            await asyncio.sleep(self._rhythm.poll_s)
            try:
                await self._look(token, feed)
                is_failing = False
            except Exception as error:  # noqa: BLE001 - whatever goes wrong, watchers keep what they have
                if not is_failing:
                    log.error("a screen cannot be read, it is tried again every second", **described(error))
                is_failing = True

    async def _look(self, token: str, feed: Feed) -> None:
        screen = await self._read(token)
        if screen is None:
            self._drop(token, feed)
            feed.end()
        else:
            feed.take(screen)

    def _repeat(self) -> None:
        for feed in self._feeds.values():
            feed.repeat()
