"""The campaign's clock and the real one.

Campaign time rules the calendar, the jobs and the dates in texts; it can be set, moved and sped up, so that a
rehearsal starts on any day. Real time rules limits, retries and expiry, and nobody can move it. Where a rehearsal
stands is a `ClockSetting`, which storage keeps, so that a restart goes on from there.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Final

# The longest real wait in one piece: a machine that slept, or whose real clock was put right, is noticed after it.
_LONGEST_WAIT_S: Final = 30.0


def real_now() -> datetime:
    """The real instant, aware, UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class ClockSetting:
    """At the real instant `real_at` the campaign's clock showed `campaign_at` and ran `speed` times as fast.

    speed: 0 stands still, so that only `set` and `advance` move it (tests); 1 is real time.
    """

    campaign_at: datetime
    real_at: datetime
    speed: float = 1.0

    def __post_init__(self) -> None:
        """Raise ValueError for instants without a time zone and for a clock that would run backwards."""
        if self.campaign_at.tzinfo is None or self.real_at.tzinfo is None:
            raise ValueError("a clock is set with instants that name their time zone")
        if not 0 <= self.speed < float("inf"):
            raise ValueError(f"a clock cannot run {self.speed} times as fast")


class Clock:
    """Both times. Read from any thread; moved from any thread; waited for on the event loop."""

    def __init__(self, setting: ClockSetting | None = None, *, real: Callable[[], datetime] = real_now) -> None:
        """Go on from a stored setting, or run with real time. real: where real time comes from."""
        self._real = real
        self._lock = Lock()
        self._listeners: dict[object, Callable[[], object]] = {}
        # One immutable value, replaced as a whole: a reader on another thread sees the old or the new one.
        self._setting = setting or ClockSetting(started := real(), started)

    @classmethod
    def starting(cls, at: datetime | None, *, speed: float = 1.0, real: Callable[[], datetime] = real_now) -> "Clock":
        """A rehearsal that starts now and shows `at` (None: the real instant)."""
        started = real()
        return cls(ClockSetting(at or started, started, speed), real=real)

    @property
    def setting(self) -> ClockSetting:
        """What to store, so that the clock goes on after a restart."""
        return self._setting

    @property
    def speed(self) -> float:
        """How many campaign seconds pass in a real one."""
        return self._setting.speed

    def now(self) -> datetime:
        """The campaign's instant, aware, UTC."""
        return _campaign_time(self._setting, self._real())

    def real(self) -> datetime:
        """The real instant, aware, UTC."""
        return self._real()

    def set(self, instant: datetime) -> None:
        """Let the campaign's clock show this instant from now on. Raises ValueError for one without a time zone."""
        if instant.tzinfo is None:
            raise ValueError(f"{instant} has no time zone")
        self._move(lambda setting, real_at: ClockSetting(instant.astimezone(UTC), real_at, setting.speed))

    def advance(self, delta: timedelta) -> None:
        """Move the campaign's clock, forward or (negative) back."""
        self._move(
            lambda setting, real_at: ClockSetting(_campaign_time(setting, real_at) + delta, real_at, setting.speed)
        )

    def on_move(self, listener: Callable[[], object]) -> Callable[[], None]:
        """Call the listener after every move, on the mover's thread; the returned function ends that."""
        ticket = object()
        with self._lock:
            self._listeners[ticket] = listener
        return lambda: self._forget(ticket)

    async def sleep_until(self, instant: datetime) -> bool:
        """Wait until the campaign's clock shows the instant: True; False as soon as the clock is moved meanwhile.

        After False ask again what is due: a moved clock may have made the wait shorter, longer or void.
        """
        moved = asyncio.Event()
        loop = asyncio.get_running_loop()
        forget = self.on_move(lambda: loop.call_soon_threadsafe(moved.set))
        try:
            while (wait_s := self._real_seconds_until(instant)) > 0 and not moved.is_set():
                await _first_of(moved, wait_s)
            return not moved.is_set()
        finally:
            forget()

    def _real_seconds_until(self, instant: datetime) -> float:
        setting = self._setting
        missing_s = (instant - _campaign_time(setting, self._real())).total_seconds()
        if missing_s <= 0:
            return 0.0
        return min(missing_s / setting.speed, _LONGEST_WAIT_S) if setting.speed > 0 else _LONGEST_WAIT_S

    def _move(self, moved: Callable[[ClockSetting, datetime], ClockSetting]) -> None:
        with self._lock:
            self._setting = moved(self._setting, self._real())
            listeners = list(self._listeners.values())
        for listener in listeners:
            listener()

    def _forget(self, ticket: object) -> None:
        with self._lock:
            self._listeners.pop(ticket, None)


def _campaign_time(setting: ClockSetting, real_at: datetime) -> datetime:
    if setting.speed == 1:  # exact: no rounding through a float
        return (setting.campaign_at + (real_at - setting.real_at)).astimezone(UTC)
    return (setting.campaign_at + (real_at - setting.real_at) * setting.speed).astimezone(UTC)


async def _first_of(moved: asyncio.Event, wait_s: float) -> None:
    try:
        await asyncio.wait_for(moved.wait(), wait_s)
    except TimeoutError:
        return
