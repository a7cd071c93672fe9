"""Brings a database to the tables that this version of the bot declares.

All steps still missing run in one transaction: a database is migrated wholly or left as it was, and of two processes
that start at once the second waits and finds nothing to do. The steps themselves: `migrations/versions`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from bot.storage.engines import is_sqlite

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
    revision = ScriptDirectory(str(FOLDER)).get_current_head()
    if revision is None:
        raise LookupError("no migrations are installed")
    return revision


def current(url: str) -> str | None:
    """The revision of a database, None if it has never been migrated. Changes nothing."""
    with _engine(url).connect() as conn:
        return MigrationContext.configure(conn).get_current_revision()


def upgrade(url: str) -> Migrated:
    """Run the missing migrations. Creates an SQLite file that does not exist; its folder must.

    Raises NewerDatabase if the database has a revision that this version does not know.
    """
    with _alone(url) as conn:
        before = MigrationContext.configure(conn).get_current_revision()
        known = {step.revision for step in ScriptDirectory(str(FOLDER)).walk_revisions()}
        if before is not None and before not in known:
            raise NewerDatabase(f"the database has revision {before}, this version of the bot knows up to {head()}")
        if before != head():
            command.upgrade(configuration(conn), "head")
        return Migrated(before, head())


def configuration(conn: Connection) -> Config:
    """What Alembic needs to know to work inside the transaction that is open on this connection."""
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
