"""The database thread: who shares a commit with whom, what the world may do to them, how it ends."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError
from structlog.testing import capture_logs

from bot.storage.commits import RACES_ON_POSTGRESQL, RACES_ON_SQLITE
from bot.storage.database import Database
from bot.storage.engines import writing_engine
from bot.storage.pieces import DatabaseClosedError

NOTES = "CREATE TABLE notes (id INTEGER PRIMARY KEY, said TEXT NOT NULL UNIQUE)"
WITHIN_S = 10.0


def note(conn: Connection, said: str) -> str:
    conn.execute(text("INSERT INTO notes (id, said) VALUES ((SELECT count(*) FROM notes) + 1, :said)"), {"said": said})
    return said


def notes(conn: Connection) -> list[str]:
    return list(conn.execute(text("SELECT said FROM notes ORDER BY id")).scalars())


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    database = Database(url)
    try:
        yield database
    finally:
        async with asyncio.timeout(WITHIN_S):
            await database.close()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    with foreign(database_url) as execute:
        execute("DROP TABLE IF EXISTS notes")
        execute(NOTES)
    async with opened(database_url) as database:
        yield database


@pytest.fixture
async def sqlite(tmp_path: Path) -> AsyncIterator[Database]:
    async with opened(f"sqlite:///{tmp_path / 'notes.sqlite3'}") as database:
        await database.write(lambda conn: conn.execute(text(NOTES)))
        yield database


@contextmanager
def foreign(url: str) -> Iterator[Callable[[str], Any]]:
    """Another process's connection; each statement is a transaction of its own."""
    engine = writing_engine(url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        yield lambda statement: conn.execute(text(statement))
    engine.dispose()


async def in_trouble(database: Database) -> None:
    """Wait until it has met the world."""
    async with asyncio.timeout(WITHIN_S):
        while database.trouble is None:
            await asyncio.sleep(0.005)


class Hold:
    """A piece of work that keeps its thread until it is let go."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self._let_go = threading.Event()

    def __call__(self, conn: Connection) -> None:
        self.begun.set()
        assert self._let_go.wait(WITHIN_S)

    async def begins(self) -> None:
        assert await asyncio.to_thread(self.begun.wait, WITHIN_S)

    def lets_go(self) -> None:
        self._let_go.set()


async def test_work_comes_back_with_its_result_after_the_commit(database: Database, database_url: str) -> None:
    assert await database.write(note, "раз") == "раз"
    with foreign(database_url) as execute:
        assert execute("SELECT said FROM notes").scalars().all() == ["раз"]


async def test_a_failing_piece_of_work_undoes_its_own_changes_only(database: Database) -> None:
    def fails(conn: Connection) -> None:
        note(conn, "пропадёт")
        raise ValueError("так задумано")

    outcomes = await asyncio.gather(
        database.write(note, "раз"), database.write(fails), database.write(note, "два"), return_exceptions=True
    )
    assert isinstance(outcomes[1], ValueError)
    assert sorted(await database.write(notes)) == ["два", "раз"]


async def test_what_waited_behind_a_commit_shares_the_next_one(sqlite: Database) -> None:
    statements: list[str] = []
    await sqlite.write(lambda conn: _driver(conn).set_trace_callback(statements.append))
    hold = Hold()
    waiting: list[asyncio.Future[Any]] = [asyncio.ensure_future(sqlite.write(hold))]
    await hold.begins()
    waiting += [asyncio.ensure_future(sqlite.write(note, str(number))) for number in range(30)]
    await asyncio.sleep(0)
    hold.lets_go()
    await asyncio.gather(*waiting)
    # The first commit is its own; a batch lasts 20 ms at most, so a slow machine may need a few.
    assert 2 <= statements.count("COMMIT") <= 10
    assert len(await sqlite.write(notes)) == 30


def _driver(conn: Connection) -> Any:
    return conn.connection.dbapi_connection


async def test_a_persons_event_goes_before_a_jobs_slice(sqlite: Database) -> None:
    hold = Hold()
    waiting: list[asyncio.Future[Any]] = [asyncio.ensure_future(sqlite.write(hold))]
    await hold.begins()
    waiting += [asyncio.ensure_future(sqlite.write_slice(note, f"задание {n}")) for n in range(3)]
    waiting += [asyncio.ensure_future(sqlite.write(note, f"событие {n}")) for n in range(3)]
    await asyncio.sleep(0)
    hold.lets_go()
    await asyncio.gather(*waiting)
    assert await sqlite.write(notes) == [f"{kind} {n}" for kind in ("событие", "задание") for n in range(3)]


async def test_a_caller_that_gives_up_leaves_the_work_done_wholly_or_not_at_all(sqlite: Database) -> None:
    hold = Hold()

    def two_notes(conn: Connection) -> None:
        note(conn, "первая половина")
        hold(conn)
        note(conn, "вторая половина")

    running, queued = asyncio.ensure_future(sqlite.write(two_notes)), asyncio.ensure_future(sqlite.write(note, "мимо"))
    await hold.begins()
    running.cancel()
    queued.cancel()
    await asyncio.gather(running, queued, return_exceptions=True)
    hold.lets_go()
    assert await sqlite.write(notes) == ["первая половина", "вторая половина"]


async def test_a_lost_race_is_run_again_and_then_finds_the_other(postgresql_url: str) -> None:
    runs = []

    def add_unless_there(conn: Connection) -> str:
        runs.append("раз" in notes(conn))
        if runs[-1]:
            return "было"
        with foreign(postgresql_url) as execute:
            execute("INSERT INTO notes VALUES (7, 'раз')")
        return note(conn, "раз")

    with foreign(postgresql_url) as execute:
        execute("DROP TABLE IF EXISTS notes")
        execute(NOTES)
    async with opened(postgresql_url) as database:
        assert await database.write(add_unless_there) == "было"
    assert runs == [False, True]


async def test_who_loses_every_race_gets_the_error_and_leaves_nothing(database: Database) -> None:
    runs = []

    def always_loses(conn: Connection) -> None:
        runs.append(note(conn, "раз"))
        note(conn, "раз")

    with pytest.raises(IntegrityError):
        await database.write(always_loses)
    assert len(runs) == 1 + (RACES_ON_SQLITE if database.is_sqlite else RACES_ON_POSTGRESQL)
    assert await database.write(notes) == []


async def test_a_full_disk_pauses_everybody_with_one_line_and_loses_nothing(sqlite: Database) -> None:
    await sqlite.write(lambda conn: conn.execute(text("CREATE TABLE filler (bytes BLOB)")))
    await sqlite.write(lambda conn: conn.execute(text("INSERT INTO filler VALUES (zeroblob(2000000))")))
    pages = await sqlite.write(lambda conn: conn.execute(text("PRAGMA page_count")).scalar_one())
    await sqlite.write(lambda conn: conn.execute(text(f"PRAGMA max_page_count = {pages}")))
    with capture_logs() as logs:
        waiting = [asyncio.ensure_future(sqlite.write(note, f"{n} {'я' * 3000}")) for n in range(30)]
        await in_trouble(sqlite)
        assert not all(one.done() for one in waiting)
        with foreign(sqlite.url) as execute:  # somebody makes room
            execute("DROP TABLE filler")
        async with asyncio.timeout(WITHIN_S):
            await asyncio.gather(*waiting)
    assert [int(said.split()[0]) for said in await sqlite.write(notes)] == list(range(30))
    assert sqlite.trouble is None
    assert [line["event"] for line in logs] == ["database unavailable, waiting", "database is back"]


async def test_closing_while_the_disk_is_full_fails_the_waiting_work_and_does_not_hang(sqlite: Database) -> None:
    pages = await sqlite.write(lambda conn: conn.execute(text("PRAGMA page_count")).scalar_one())
    await sqlite.write(lambda conn: conn.execute(text(f"PRAGMA max_page_count = {pages}")))
    waiting = [asyncio.ensure_future(sqlite.write(note, "я" * 9000)) for _ in range(3)]
    await in_trouble(sqlite)
    async with asyncio.timeout(WITHIN_S):
        await sqlite.close()
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [DatabaseClosedError] * 3


async def test_lost_connections_are_noticed_and_the_work_is_done_on_new_ones(postgresql_url: str) -> None:
    with foreign(postgresql_url) as execute:
        execute("DROP TABLE IF EXISTS notes")
        execute(NOTES)
        async with opened(postgresql_url) as database:
            hold = Hold()

            def noted(conn: Connection) -> None:
                hold(conn)
                note(conn, "раз")

            waiting = asyncio.ensure_future(database.write(noted))
            await hold.begins()
            execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            hold.lets_go()
            async with asyncio.timeout(WITHIN_S):
                await waiting
            assert await database.write(notes) == ["раз"]
            assert database.trouble is None
        execute("DROP TABLE notes")


async def test_a_server_that_is_not_there_is_waited_for_and_the_end_does_not_hang(tmp_path: Path) -> None:
    async with opened(f"postgresql://nobody@/nothing?host={tmp_path}") as database:
        waiting = asyncio.ensure_future(database.write(note, "раз"))
        await in_trouble(database)
        assert not waiting.done()
    with pytest.raises(DatabaseClosedError):
        await waiting


async def test_what_another_process_commits_is_noticed(database: Database, database_url: str) -> None:
    noticed = asyncio.Event()
    database.on_foreign_commit(noticed.set)
    await database.write(note, "своё")
    await asyncio.to_thread(_note_from_abroad, database_url)
    async with asyncio.timeout(WITHIN_S):
        await noticed.wait()


def _note_from_abroad(url: str) -> None:
    with foreign(url) as execute:
        execute("INSERT INTO notes VALUES (7, 'чужое')")


async def test_reading_connections_cannot_change_anything(database: Database) -> None:
    await database.write(note, "раз")
    async with database.reading() as conn:
        assert (await conn.execute(text("SELECT count(*) FROM notes"))).scalar_one() == 1
        with pytest.raises(Exception, match=r"(?i)read.?only"):
            await conn.execute(text("DELETE FROM notes"))


async def test_nothing_is_taken_after_the_end(database: Database) -> None:
    await database.write(note, "раз")
    await database.close()
    with pytest.raises(DatabaseClosedError):
        await database.write(note, "два")
