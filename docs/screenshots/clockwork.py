"""One time for the messenger, the bot and the browser, so that a picture's dates do not depend on when it was made."""

import time
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.clock import Clock, ClockSetting


class Clockwork:
    """The campaign's time, from which messages get their dates as well; it ticks on between two moves.

    Usually the bot keeps campaign time and real time apart. Here they are one: the campaign of the pictures is the
    only thing that happens.
    """

    def __init__(self, local: str, zone: ZoneInfo) -> None:
        self._zone = zone
        self._shown, self._shown_at = self._instant(local), time.monotonic()
        self.clock = Clock(ClockSetting(self._shown, self._shown), real=self.now)

    def now(self) -> datetime:
        """The instant, in the campaign's own time zone."""
        return datetime.fromtimestamp(self.timestamp(), self._zone)

    def timestamp(self) -> float:
        """The instant in seconds since the epoch, as the messenger dates by."""
        return self._shown.timestamp() + (time.monotonic() - self._shown_at)

    def move(self, local: str) -> None:
        """Show this local time ("2017-11-09 15:00") from now on."""
        self._shown, self._shown_at = self._instant(local), time.monotonic()
        self.clock.set(self._shown)

    def _instant(self, local: str) -> datetime:
        return datetime.fromisoformat(local).replace(tzinfo=self._zone)
