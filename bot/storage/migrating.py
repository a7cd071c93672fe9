"""Brings a database to the tables that this version of the bot declares.

All steps still missing run in one transaction: a database is migrated wholly or left as it was, and of two processes
that start at once the second waits and finds nothing to do. The steps themselves: `migrations/versions`. Alembic is
imported only where there is something to do: it would be a tenth of every start.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from bot.storage.engines import is_sqlite

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).parent / "migrations"

# Any number that nobody else locks in this database; held until the migrating transaction ends.
ADVISORY_LOCK = 0x75_67_75_62_6F_74

# A big import in another process may hold SQLite's write lock for a while; a start-up can wait for it.
BUSY_TIMEOUT_S = 60


class NewerDatabase(Exception):
    """The database was migrated by a later version of the bot: install that version, or restore an older backup."""


class DanglingRows(Exception):
    """A migration would leave rows that refer to missing ones; it was rolled back."""


@dataclass(frozen=True)
class Migrated:
    """Revisions before and after; before is None for an empty database, equal to after if nothing was to do."""

    before: str | None
    after: str


def head() -> str:
    """The revision that this version of the bot works with."""
    return max(_steps())


def current(url: str) -> str | None:
    """The revision of a database, None if it has never been migrated. Changes nothing."""
    with _engine(url).connect() as conn:
        return _revision(conn)


def upgrade(url: str) -> Migrated:
    """Run the missing migrations. Creates an SQLite file that does not exist; its folder must.

    Raises NewerDatabase if the database has a revision that this version does not know.
    """
    with _alone(url) as conn:
        before = _revision(conn)
        if before is not None and before not in _steps():
            raise NewerDatabase(f"the database has revision {before}, this version of the bot knows up to {head()}")
        if before != head():
            from alembic import command

            command.upgrade(configuration(conn), "head")
        return Migrated(before, head())


def _steps() -> set[str]:
    """The revisions of all steps: each is the number that its file's name begins with."""
    return {step.name.partition("_")[0] for step in (FOLDER / "versions").glob("[0-9]*.py")}


def _revision(conn: Connection) -> str | None:
    if not inspect(conn).has_table("alembic_version"):
        return None
    found: str | None = conn.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def configuration(conn: Connection) -> "Config":
    """What Alembic needs to know to work inside the transaction that is open on this connection."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = conn
    return config


@contextmanager
def _alone(url: str) -> Iterator[Connection]:
    """A connection with an open transaction that no second migrating process can have at the same time."""
    engine = _engine(url)
    if is_sqlite(url):
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_immediate)
    with engine.begin() as conn:
        if not is_sqlite(url):
            conn.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
        yield conn
        if is_sqlite(url):
            _check_references(conn)


def _engine(url: str) -> Engine:
    driver = "sqlite+pysqlite" if is_sqlite(url) else "postgresql+psycopg"
    return create_engine(make_url(url).set(drivername=driver), poolclass=NullPool)


def _prepare_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    # Without this Python's driver commits before every CREATE TABLE. Foreign keys stay off while tables are rebuilt
    # (dropping the old copy would delete what refers to it) and are checked as a whole before the commit.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_S * 1000}")
    cursor.execute("PRAGMA foreign_keys = OFF")
    cursor.close()


def _begin_immediate(conn: Connection) -> None:
    conn.exec_driver_sql("BEGIN IMMEDIATE")


def _check_references(conn: Connection) -> None:
    dangling = conn.exec_driver_sql("PRAGMA foreign_key_check").first()
    if dangling is not None:
        raise DanglingRows(f"table {dangling[0]}, row {dangling[1]} refers to a missing row of {dangling[2]}")
