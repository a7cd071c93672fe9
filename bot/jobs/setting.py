"""What every job knows of the bot around it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.config import Campaign
from bot.messenger.keyboards import Limits


@dataclass(frozen=True, slots=True)
class Setting:
    """The campaign, what the messenger takes, and what a deep link to the community starts with.

    speed: how many campaign seconds pass in a real one.
    """

    campaign: Campaign
    limits: Limits
    link_base: str
    speed: float = 1.0

    def real_after(self, real: datetime, left: timedelta) -> datetime:
        """The real instant at which so much campaign time will have passed.

        A clock that stands still is taken for a real one: it is moved by hand, and nobody knows when.
        """
        return real + left / (self.speed or 1.0)
