"""The disk is full: everybody waits, nobody's attempt is counted, and when there is room everybody is answered once."""

import asyncio
from pathlib import Path

from sqlalchemy import Connection, select, text
from structlog.testing import capture_logs

from bot.emulator import Fault
from bot.storage import schema
from tests.conversations.chat import Chat
from tests.faults.bots import Place
from tests.storage.conftest import transaction

ATTEMPTS = select(schema.inbox.c.attempts).where(schema.inbox.c.attempts > 0)
LONG = "длинное сообщение " * 200


async def test_messages_that_find_the_disk_full_are_answered_when_there_is_room(chat: Chat, sqlite_url: str) -> None:
    people = [chat.person(f"Гость{number}") for number in range(20)]
    for person in people:
        await person.writes("до")
    with capture_logs() as logs:
        await chat.stored(_fill)
        for person in people:
            chat.emulator.write(person.id, LONG)
        await _in_trouble(chat)
        _make_room(sqlite_url)
        await chat.settled()
    for person in people:
        person.reads("Эхо: до", f"Эхо: {LONG}")
    assert await chat.stored(lambda conn: conn.execute(ATTEMPTS).all()) == []
    told = [line["event"] for line in logs if "database" in line["event"]]
    assert told == ["database unavailable, waiting", "database is back"]


async def test_answers_under_way_when_the_disk_fills_are_sent_once_and_noted_later(
    there: Place, sqlite_url: str
) -> None:
    async with there.chat() as chat:
        people = [chat.person(f"Гость{number}") for number in range(20)]
        there.emulator.faults.add(Fault("execute", "slow", delay_s=0.2, times=None))
        for person in people:
            there.emulator.write(person.id, "раз")
        await there.emulator.until(lambda: there.emulator.calls.of("execute"))  # whose results are still to come
        await chat.stored(_fill)
        for person in people:
            there.emulator.write(person.id, LONG)
        await _in_trouble(chat)
        _make_room(sqlite_url)
        await chat.settled()
        for person in people:
            person.reads("Эхо: раз", f"Эхо: {LONG}")


async def test_stopped_while_the_disk_is_full_it_answers_everybody_after_its_start(
    there: Place, sqlite_url: str, tmp_path: Path
) -> None:
    async with there.chat() as chat:
        people = [chat.person(f"Гость{number}") for number in range(20)]
        await people[0].writes("до")
        await chat.stored(_fill)
        for person in people:
            there.emulator.write(person.id, LONG)
        await _in_trouble(chat)
    _make_room(sqlite_url)
    async with there.chat() as chat:
        await chat.settled()
        assert all(person.news[-1] == f"Эхо: {LONG}" for person in people)
        assert all(len(there.emulator.dialogue(person.id).messages) == 2 for person in people[1:])


def _fill(conn: Connection) -> None:
    """From now on the file cannot grow, and has no free page."""
    conn.execute(text("CREATE TABLE filler (bytes BLOB)"))
    conn.execute(text("INSERT INTO filler VALUES (zeroblob(2000000))"))
    pages = conn.execute(text("PRAGMA page_count")).scalar_one()
    conn.execute(text(f"PRAGMA max_page_count = {pages}"))


def _make_room(url: str) -> None:
    with transaction(url) as conn:
        conn.execute(text("DROP TABLE filler"))


async def _in_trouble(chat: Chat) -> None:
    async with asyncio.timeout(20):
        while chat.app.database.trouble is None:
            await asyncio.sleep(0.005)
