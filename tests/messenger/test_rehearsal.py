"""The rehearsal before the first poll: it goes the way of an event, leaves nothing behind and cannot stop the start."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection

from bot.messenger.events import Content
from bot.messenger.rehearsal import rehearse
from bot.storage import inbox
from bot.storage.database import Database
from bot.storage.hot import together
from bot.storage.inbox import StoredEvent

NOW = datetime(2017, 11, 20, 10, 0, tzinfo=UTC)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.close()


async def test_a_rehearsal_handles_every_text_and_leaves_no_event_behind(database: Database) -> None:
    handled = []

    def work(conn: Connection, stored: StoredEvent) -> None:
        assert together(conn, inbox.claiming(stored.id, at=NOW)) == [1]
        handled.append(Content.from_json(stored.content).text)

    await rehearse(database, work, "vk", ["Баланс", "Меню"], NOW)
    assert handled == ["Баланс", "Меню"]
    await rehearse(database, lambda conn, stored: None, "vk", ["Баланс"], NOW)
    assert await database.write(inbox.count_unhandled) == 0


async def test_a_handler_that_fails_in_the_rehearsal_does_not_stop_the_start(database: Database) -> None:
    def work(conn: Connection, stored: StoredEvent) -> None:
        raise ZeroDivisionError

    await rehearse(database, work, "vk", ["Баланс"], NOW)
    assert await database.write(inbox.count_unhandled) == 0
