"""What the tests of faults begin with."""

from collections.abc import AsyncIterator

import pytest

from tests.conversations.chat import Chat
from tests.faults.bots import Place, place


@pytest.fixture
async def there(request: pytest.FixtureRequest) -> AsyncIterator[Place]:
    """A local VK and a database, no bot yet. SQLite, where a test does not name the kinds (`on_both_databases`)."""
    kind = getattr(request, "param", "sqlite")
    async with place(request.getfixturevalue(f"{kind}_url")) as there:
        yield there


@pytest.fixture
async def chat(there: Place) -> AsyncIterator[Chat]:
    """An echo bot that is in a hurry."""
    async with there.chat() as chat:
        yield chat
