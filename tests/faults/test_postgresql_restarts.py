"""PostgreSQL falls and rises under load, and connections are lost at a commit: everybody is answered once."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from sqlalchemy import select

from bot.storage import schema
from tests.faults.bots import place
from tests.faults.postgresql import Server, cut_connections, serving
from tests.faults.processes import home
from tests.faults.talks import Talk

ATTEMPTS = select(schema.inbox.c.attempts).where(schema.inbox.c.attempts > 0)


@pytest.fixture(scope="module")
def server(postgresql_server: str) -> Iterator[Server]:
    """A server that may be stopped. Behind the common one, so that their starts do not meet."""
    with serving() as server:
        yield server


async def test_a_server_that_falls_under_load_costs_nobody_an_answer_and_nobody_gets_two(
    server: Server, tmp_path: Path
) -> None:
    async with home(server.url, tmp_path) as place:
        talk = Talk(place.emulator, people=8)
        bot = place.start()
        await place.ready()
        for _ in range(2):
            talk.says(10)
            await place.emulator.changes.next(10)
            await talk.goes_on(3)
            await asyncio.to_thread(server.falls)
            talk.says(3)  # while there is no database
            await asyncio.to_thread(server.rises)
            await talk.goes_on(3)
        await talk.heard()
        assert bot.alive
        assert await bot.stopped() == 0
        log = place.log.read_text()
    assert "database is back" in log
    assert "handler failed" not in log


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_connection_lost_at_commit_leaves_no_event_undone_and_none_done_twice(
    postgresql_url: str, when: Literal["before", "after"]
) -> None:
    async with cut_connections(postgresql_url) as (url, cuts), place(url) as there, there.chat() as chat:
        people = [chat.person(f"Гость{number}") for number in range(4)]
        for number in range(6):  # intake, handling, offers and results are all hit
            cuts.waiting += [when]
            for person in people:
                there.emulator.write(person.id, str(number))
            await there.emulator.until(lambda: not cuts.waiting, 20)
        await chat.settled()
        await there.emulator.until(lambda: all(len(person.news) == 6 for person in people), 20)
        for person in people:
            person.reads(*(f"Эхо: {number}" for number in range(6)))
        assert cuts.made == 6
        assert await chat.stored(lambda conn: conn.execute(ATTEMPTS).all()) == []
