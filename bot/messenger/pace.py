"""How fast the messenger's API is called: evenly, just below its limit, the most urgent first.

GCRA with a burst of 3, and never more calls in one second than the limit allows. A burst after a pause would otherwise
break the limit in its first second; a window alone would let calls pile up at its edge.
"""

import asyncio
import heapq
import time
from collections import deque
from collections.abc import Callable
from math import floor

BURST = 3
JITTER_S = 0.02  # two calls may come closer together on their way to the messenger
SLOWEST = 1.0  # calls a second that no number of refusals goes below
REGROWTH = 0.02  # of the full rate, per accepted slot after a refusal


class Pace:
    """Hands out slots for calls. rate: calls a second, None for no limit."""

    def __init__(self, rate: float | None, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._full = self._rate = rate or 0.0
        self._unlimited = rate is None
        self._monotonic = monotonic
        self._next_at = 0.0  # GCRA's theoretical arrival time
        self._recent: deque[float] = deque(maxlen=floor(self._full) + 1)
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._counter = 0
        self._timer: asyncio.TimerHandle | None = None

    async def slot(self, lane: int) -> None:
        """Wait for the next slot; a lower lane goes first, within a lane whoever asked first."""
        if self._unlimited:
            return
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._counter += 1
        heapq.heappush(self._waiting, (lane, self._counter, future))
        self._hand_out()
        await future

    def slow_down(self) -> None:
        """The messenger refused a call as one too many: halve the rate and let it grow back."""
        self._rate = max(self._rate / 2, min(SLOWEST, self._full))
        self._next_at = max(self._next_at, self._monotonic()) + 1.0

    @property
    def rate(self) -> float:
        """Calls a second at present; 0 for no limit."""
        return self._rate

    def _hand_out(self) -> None:
        if self._timer is not None:
            return  # slots are due in order: the timer's call goes on from there
        while self._waiting:
            wait_s = self._due_in()
            if wait_s > 0:
                self._timer = asyncio.get_running_loop().call_later(wait_s, self._on_timer)
                return
            _, _, future = heapq.heappop(self._waiting)
            if not future.done():
                self._note_call()
                future.set_result(None)

    def _on_timer(self) -> None:
        self._timer = None
        self._hand_out()

    def _due_in(self) -> float:
        now = self._monotonic()
        due = self._next_at - (BURST - 1) / self._rate
        if len(self._recent) == self._recent.maxlen:
            due = max(due, self._recent[0] + 1.0 + JITTER_S)
        return due - now

    def _note_call(self) -> None:
        now = self._monotonic()
        self._next_at = max(self._next_at, now) + 1 / self._rate
        self._recent.append(now)
        self._rate = min(self._full, self._rate + self._full * REGROWTH)
