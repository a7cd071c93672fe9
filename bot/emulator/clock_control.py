"""The campaign's clock as the chat page sees it: shown, moved, or absent.

Campaign time is not the messenger's business; whoever runs the emulator beside a bot plugs its movable clock in here.
"""

from datetime import datetime, timedelta
from typing import Protocol


class ClockControl(Protocol):
    """A clock that a person at the chat page may read and move."""

    @property
    def speed(self) -> float:
        """Campaign seconds per real second."""
        ...

    def now(self) -> datetime:
        """The campaign's instant, aware; shown with the offset it comes with."""
        ...

    def advance(self, by: timedelta) -> None:
        """Move the clock. Raises ValueError for a move that it does not allow (backwards, for one)."""
        ...

    def set(self, to: datetime) -> None:
        """Put the clock to an aware instant. Raises ValueError as `advance` does."""
        ...
