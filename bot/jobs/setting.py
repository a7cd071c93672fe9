"""What every job knows of the bot around it."""

from dataclasses import dataclass

from bot.config import Campaign
from bot.messenger.keyboards import Limits


@dataclass(frozen=True, slots=True)
class Setting:
    """The campaign, what the messenger takes, and what a deep link to the community starts with."""

    campaign: Campaign
    limits: Limits
    link_base: str
