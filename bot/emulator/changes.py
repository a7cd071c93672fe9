"""Telling whoever watches that something happened in the messenger: tests that wait for it, pages that show it live."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

Kind = Literal[
    "message",
    "edited",
    "deleted",
    "popup",
    "typing",
    "person",
    "dialogue",
    "conversation",
    "call",
    "event",
    "clock",
    "callback",
    "lagged",
]

BUFFERED = 1000
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened, with the object it happened to."""

    kind: Kind
    subject: Any = None


class Changes:
    """The list of those who watch. Costs next to nothing while nobody does."""

    def __init__(self) -> None:
        self.count = 0
        self._readers: set[asyncio.Queue[Change]] = set()
        self._waiting: set[asyncio.Future[None]] = set()

    def tell(self, kind: Kind, subject: Any = None) -> None:
        """Let everybody who watches know."""
        self.count += 1
        if self._waiting:
            for waiter in self._waiting:
                if not waiter.done():
                    waiter.set_result(None)
            self._waiting.clear()
        for reader in self._readers:
            _hand(reader, Change(kind, subject))

    @contextmanager
    def watched(self) -> Iterator[asyncio.Queue[Change]]:
        """A queue that gets every change from now on; a reader that falls behind loses all it has not read and is
        told."""
        reader: asyncio.Queue[Change] = asyncio.Queue(maxsize=BUFFERED)
        self._readers.add(reader)
        try:
            yield reader
        finally:
            self._readers.discard(reader)

    async def next(self, timeout_s: float) -> None:
        """Wait until the next change. Raises TimeoutError."""
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            await asyncio.wait_for(waiter, timeout_s)
        finally:
            self._waiting.discard(waiter)

    async def until(self, holds: Callable[[], T], timeout_s: float) -> T:
        """Wait until `holds()` is true and return it; it is asked after every change. Raises TimeoutError."""
        deadline = time.monotonic() + timeout_s
        while not (found := holds()):
            await self.next(max(0.0, deadline - time.monotonic()))
        return found


def _hand(reader: asyncio.Queue[Change], change: Change) -> None:
    if reader.full():
        while not reader.empty():
            reader.get_nowait()
        change = Change("lagged")
    reader.put_nowait(change)
