"""How the two databases are opened, and what their errors mean."""

import sqlite3
import sys
from enum import Enum
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, StaticPool, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

# Primary result codes: busy, locked, read-only, I/O error, full, cannot open.
_SQLITE_WORLD = {5, 6, 8, 10, 13, 14}
# SQLSTATEs: connection, insufficient resources, operator intervention, system error, and a server that is read-only
# for a while (a fail-over). A statement that was cancelled took too long: that is its own fault.
_POSTGRESQL_WORLD = ("08", "53", "57", "58", "25006")
_POSTGRESQL_CANCELLED = "57014"
_POSTGRESQL_RACES = ("40001", "40P01", "55P03")


class Trouble(Enum):
    """What to do about a failed statement."""

    WORLD = "world"  # disk, lock, connection: wait and do the same again; nobody's fault
    RACE = "race"  # another transaction was first: run again at once from the start
    FAULT = "fault"  # the work itself is wrong


def trouble_of(error: BaseException) -> Trouble:
    """Whose fault an error of a transaction is."""
    if isinstance(error, IntegrityError):
        return Trouble.RACE
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return Trouble.WORLD
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
        return Trouble.WORLD if code in _SQLITE_WORLD else Trouble.FAULT
    return _trouble_of_postgresql(cause)


def _trouble_of_postgresql(cause: BaseException | None) -> Trouble:
    psycopg = sys.modules.get("psycopg")  # there once an engine has needed it: SQLite's bots do without its 8 MiB
    if psycopg is None or not isinstance(cause, psycopg.Error):
        return Trouble.FAULT
    if cause.sqlstate in _POSTGRESQL_RACES:
        return Trouble.RACE
    if cause.sqlstate == _POSTGRESQL_CANCELLED:
        return Trouble.FAULT
    lost = isinstance(cause, psycopg.OperationalError) and cause.sqlstate is None
    known = (cause.sqlstate or "").startswith(_POSTGRESQL_WORLD)
    return Trouble.WORLD if lost or known else Trouble.FAULT


def is_sqlite(url: str) -> bool:
    """Whether the address names an SQLite file; anything else is PostgreSQL."""
    return make_url(url).get_backend_name() == "sqlite"


def writing_engine(url: str) -> Engine:
    """The synchronous engine of the database thread."""
    if not is_sqlite(url):
        address = make_url(url).set(drivername="postgresql+psycopg")
        # READ COMMITTED: decisions rest on constraints and row locks, not on snapshots.
        return create_engine(
            address,
            isolation_level="READ COMMITTED",
            connect_args={"connect_timeout": 5, "options": "-c plan_cache_mode=force_generic_plan"},
            hide_parameters=True,
        )
    # SQLAlchemy would begin no transaction of its own on this driver, and its first RELEASE would commit: with
    # autocommit the driver leaves BEGIN, SAVEPOINT and COMMIT wholly to us.
    engine = create_engine(
        make_url(url).set(drivername="sqlite+pysqlite"),
        isolation_level="AUTOCOMMIT",
        poolclass=StaticPool,
        connect_args={"check_same_thread": False},
        hide_parameters=True,  # an error's text goes to the log, and the values are what people wrote
    )
    event.listen(engine, "connect", _set_writing_pragmas)
    return engine


def reading_engine(url: str) -> "AsyncEngine":
    """The asynchronous engine of pages, doctor and metrics: it cannot change anything."""
    from sqlalchemy.ext.asyncio import create_async_engine  # brings the ORM along: not before it is needed

    if not is_sqlite(url):
        address = make_url(url).set(drivername="postgresql+psycopg")
        options = "-c default_transaction_read_only=on"
        return create_async_engine(address, connect_args={"connect_timeout": 5, "options": options})
    engine = create_async_engine(make_url(url).set(drivername="sqlite+aiosqlite"))
    event.listen(engine.sync_engine, "connect", _set_reading_pragmas)
    return engine


def _set_writing_pragmas(connection: Any, record: object) -> None:
    connection.execute("PRAGMA busy_timeout = 10000")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_size_limit = 67108864")
    # Each event's savepoint keeps the pages it changes: beyond 64 KB they would go to a file, at a tenth of a vote.
    connection.execute("PRAGMA temp_store = MEMORY")


def _set_reading_pragmas(connection: Any, record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout = 10000")
    cursor.execute("PRAGMA query_only = ON")
    cursor.close()
