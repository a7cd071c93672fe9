"""The chats that the security tests begin with."""

from collections.abc import AsyncIterator

import pytest

from tests.conversations.chat import Chat, campaign, chatting


@pytest.fixture
async def chat(sqlite_url: str) -> AsyncIterator[Chat]:
    """The whole bot on its local VK."""
    async with chatting(sqlite_url, campaign=campaign()) as chat:
        yield chat


@pytest.fixture
async def chat_anywhere(database_url: str) -> AsyncIterator[Chat]:
    """The same, once on each kind of database."""
    async with chatting(database_url, campaign=campaign()) as chat:
        yield chat
