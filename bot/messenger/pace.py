"""How fast the messenger's API is called: evenly, just below its limit, the most urgent first.

GCRA with a burst of 3, and never more calls in one second than the limit allows. A burst after a pause would otherwise
break the limit in its first second; a window alone would let calls pile up at its edge. So once most of a second's
calls are used, the rest of them are spread over what is left of it, and each is asked for a little ahead: what comes
meanwhile goes along, instead of waiting for the next. Without that, a burst is paid for with a gap of two calls.
"""

import asyncio
import heapq
import time
from collections import deque
from collections.abc import Callable
from math import floor

BURST = 3
WINDOW_S = 1.02  # a second, and a little: two calls may come closer together on their way to the messenger
BUSY_FROM = 0.7  # of the limit in the last second; below, a call goes at once
GATHERING = 0.9  # of the distance of two calls: how long the last call of a second waits for company
SPREAD = 0.95  # of an even distribution over the rest of the second: what the gathering adds is left out
SLOWEST = 1.0  # calls a second that no number of refusals goes below
FASTEST = 250.0  # calls a second where nothing limits them: what comes within 4 ms shares one
REGROWTH = 0.02  # of the full rate, per accepted slot after a refusal
# Near the rate that was refused last it grows this slowly: a messenger that takes less than it says is not asked for
# too much again and again. Past it by a tenth, that refusal is history.
CAUTIOUS = 0.0006
NEAR = (0.9, 1.1)
ONE_REFUSAL_S = 1.0  # refusals within it are of calls that were under way together


class Pace:
    """Hands out slots for calls. rate: calls a second, None for no limit."""

    def __init__(self, rate: float | None, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._full = self._rate = rate or FASTEST
        self._unlimited = rate is None
        self._monotonic = monotonic
        self._refused_rate, self._refused_at = 0.0, float("-inf")
        self._next_at = 0.0  # GCRA's theoretical arrival time
        self._recent: deque[float] = deque(maxlen=floor(self._full) + 1)
        self._waiting: list[tuple[int, int, float, asyncio.Future[None]]] = []  # lane, order, asked at
        self._counter = 0
        self._timer: asyncio.TimerHandle | None = None

    async def slot(self, lane: int) -> None:
        """Wait for the next slot; a lower lane goes first, within a lane whoever asked first."""
        await self.ask(lane)

    def ask(self, lane: int) -> "asyncio.Future[None]":
        """As `slot`, for somebody who may have to hurry meanwhile: done when the slot has come."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.hurry(future, lane)
        return future

    def hurry(self, asked: "asyncio.Future[None]", lane: int) -> None:
        """Let who waits go as if the slot had been asked for in this lane: something more urgent goes along."""
        self._counter += 1
        heapq.heappush(self._waiting, (lane, self._counter, self._monotonic(), asked))
        self._hand_out()

    def slow_down(self) -> None:
        """The messenger refused a call as one too many: halve the rate and let it grow back."""
        if self._unlimited:
            return  # it was told that nothing limits it: the call alone is repeated
        now = self._monotonic()
        if now - self._refused_at < ONE_REFUSAL_S:
            return
        self._refused_rate, self._refused_at = self._rate, now
        self._rate = max(self._rate / 2, min(SLOWEST, self._full))
        self._next_at = max(self._next_at, now) + 1.0

    @property
    def rate(self) -> float:
        """Calls a second at present; 0 for no limit."""
        return 0.0 if self._unlimited else self._rate

    def _hand_out(self) -> None:
        if self._timer is not None:
            return  # slots are due in order: the timer's call goes on from there
        while self._waiting:
            wait_s = self._due_in()
            if wait_s > 0:
                self._timer = asyncio.get_running_loop().call_later(wait_s, self._on_timer)
                return
            *_, future = heapq.heappop(self._waiting)
            if not future.done():
                self._note_call()
                future.set_result(None)

    def _on_timer(self) -> None:
        self._timer = None
        self._hand_out()

    def _due_in(self) -> float:
        now = self._monotonic()
        if self._unlimited:
            return self._next_at - now
        due = max(self._next_at - (BURST - 1) / self._rate, self._due_when_busy(now))
        if len(self._recent) == self._recent.maxlen:
            due = max(due, self._recent[0] + WINDOW_S)
        return due - now

    def _due_when_busy(self, now: float) -> float:
        limit = floor(self._full) + 1
        recent = [at for at in self._recent if at + WINDOW_S > now]
        used = len(recent)
        if used <= limit * BUSY_FROM:
            return 0.0
        hurry = (used - limit * BUSY_FROM) / (limit - limit * BUSY_FROM)
        gathered = min(asked_at for _, _, asked_at, _ in self._waiting) + hurry * GATHERING / self._full
        # The smallest even gap with which no later call runs into the limit before the earlier ones are a second old.
        gap = max((at + WINDOW_S - recent[-1]) / (limit - used + 1 + order) for order, at in enumerate(recent))
        return max(gathered, recent[-1] + gap * SPREAD)

    def _note_call(self) -> None:
        now = self._monotonic()
        self._next_at = max(self._next_at, now) + 1 / self._rate
        self._recent.append(now)
        lowest, highest = (share * self._refused_rate for share in NEAR)
        growth = CAUTIOUS if lowest <= self._rate <= highest else REGROWTH
        self._rate = min(self._full, self._rate + self._full * growth)
