"""How the jobs' loops rest: until an instant of the campaign, a move of its clock, or a call, whichever comes first."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

from bot.clock import Clock

NEVER: Final = datetime.max.replace(tzinfo=UTC)


class Rest:
    """One loop's rest. until: the campaign's instant at which there is something to do again."""

    def __init__(self, clock: Clock) -> None:
        self.until = NEVER
        self._clock = clock
        self._stirred = asyncio.Event()
        self._to_look = True  # set on the clock mover's thread, before the loop hears of it
        self._is_taken = False

    def wake(self) -> None:
        """Somebody called for something; on the event loop."""
        self._to_look = True
        self._stirred.set()

    @property
    def lasts(self) -> bool:
        """Whether the loop has nothing to do at the instant that the clock shows."""
        return self._is_taken and not self._to_look and self._clock.now() < self.until

    @contextmanager
    def disturbed_by_moves(self) -> Iterator[None]:
        """As long as the block lasts, a move of the clock ends the rest."""
        loop = asyncio.get_running_loop()
        forget = self._clock.on_move(lambda: self._moved(loop))
        try:
            yield
        finally:
            forget()

    def over(self) -> None:
        """The loop looks at everything that has happened up to now."""
        self._stirred.clear()
        self._to_look = False

    async def take(self, pause_s: float | None) -> None:
        """Rest, no longer than so many real seconds. None: nothing is left to do."""
        self._is_taken = pause_s is None
        waits = (
            asyncio.create_task(self._clock.sleep_until(self.until)),
            asyncio.create_task(self._stirred.wait()),
        )  # fmt: skip
        try:
            await asyncio.wait(waits, timeout=pause_s, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        self._is_taken = False

    def _moved(self, loop: asyncio.AbstractEventLoop) -> None:
        self._to_look = True
        loop.call_soon_threadsafe(self._stirred.set)
