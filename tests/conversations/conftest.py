"""The chat that every conversation test begins with."""

from collections.abc import AsyncIterator

import pytest

from bot.config import Campaign
from tests.conversations.chat import Chat, campaign, chatting


@pytest.fixture
def example() -> Campaign:
    """The example campaign; a test about another one overrides this fixture."""
    return campaign()


@pytest.fixture
async def chat(sqlite_url: str, example: Campaign) -> AsyncIterator[Chat]:
    """A bot and its local VK on the campaign's first morning."""
    async with chatting(sqlite_url, campaign=example) as chat:
        yield chat
