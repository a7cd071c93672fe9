"""Waiting for minutes and hours that a test or a rehearsal can shrink, also while somebody already waits."""

import asyncio


class ScaledTime:
    """Real time, of which a wait takes `scale` of what it asks for."""

    def __init__(self) -> None:
        self._scale = 1.0
        self._waiting: set[asyncio.Future[None]] = set()

    @property
    def scale(self) -> float:
        """1.0 is real time; 0.001 makes 16.7 minutes of a second."""
        return self._scale

    @scale.setter
    def scale(self, scale: float) -> None:
        if not 0 < scale <= 1:
            raise ValueError("time_scale should be above 0 and at most 1")
        self._scale = scale
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)

    async def sleep(self, seconds: float) -> None:
        """Wait; what is left of a wait shrinks with the scale when that is set meanwhile."""
        loop = asyncio.get_running_loop()
        while seconds > 0:
            scale, began = self._scale, loop.time()
            if not await self._rescaled(seconds * scale):
                return
            seconds -= (loop.time() - began) / scale

    async def _rescaled(self, within_s: float) -> bool:
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            done, _ = await asyncio.wait({waiter}, timeout=within_s)
        finally:
            self._waiting.discard(waiter)
        return bool(done)
