"""How pieces of work share a transaction, on each of the two databases.

On SQLite each piece has its savepoint, and its failure is its own. On PostgreSQL savepoints would cost two round trips
a piece, and ROLLBACK TO would keep the locks of what it undoes: there a failure takes the whole transaction back, and
the pieces run again, each in one of its own.
"""

import time
from contextlib import suppress
from typing import Any, Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from bot.storage import failpoints
from bot.storage.engines import Trouble, trouble_of
from bot.storage.pieces import Piece

RACES_ON_SQLITE = 1
RACES_ON_POSTGRESQL = 3
# PostgreSQL: how often the listeners look without being told. Under load a look costs, and what it may find is rare.
LOOK_WHEN_IDLE_S, LOOK_WHEN_BUSY_S = 1.0, 10.0


class Commits(Protocol):
    """The writing connection. look_abroad_s: how often an idle thread asks whether somebody else has committed."""

    look_abroad_s: float

    def changed_abroad(self, *, busy: bool) -> bool:
        """Whether another process has, or may have, committed since the last look."""

    def begin(self) -> None:
        """Begin a transaction."""

    def run(self, piece: Piece, *, first: bool) -> None:
        """Run a piece in it; its own failure becomes its error. first: no other piece has run in it yet.

        Raises when the transaction is lost with all that ran in it.
        """

    def commit(self) -> None:
        """End it."""

    def roll_back(self) -> None:
        """Take it back, if there is one."""

    def close(self) -> None:
        """Let go of the connection."""


class SqliteCommits:
    """One connection for good, with BEGIN, SAVEPOINT and COMMIT of our own."""

    look_abroad_s = 0.25

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._opened: Connection | None = None
        self._seen_version = 0

    def changed_abroad(self, *, busy: bool) -> bool:
        version: int = self._raw.execute("PRAGMA data_version").fetchone()[0]
        before, self._seen_version = self._seen_version, version
        return before not in (0, version)

    def begin(self) -> None:
        self._raw.execute("BEGIN IMMEDIATE")

    def run(self, piece: Piece, *, first: bool) -> None:
        """As `Commits.run`. A disk full inside a savepoint ends the transaction silently: what followed would be
        committed piecemeal."""
        conn, raw = self._conn, self._raw
        for race in range(RACES_ON_SQLITE + 1):
            raw.execute("SAVEPOINT piece")
            try:
                piece.result = piece.work(conn)
                piece.error = None
                raw.execute("RELEASE piece")
                return
            except BaseException as error:  # a handler's sys.exit() must not end the thread
                if not raw.in_transaction or trouble_of(error) is Trouble.WORLD:
                    raise
                raw.execute("ROLLBACK TO piece")
                raw.execute("RELEASE piece")
                piece.error = error
                if trouble_of(error) is Trouble.FAULT or race == RACES_ON_SQLITE:
                    return

    def commit(self) -> None:
        failpoints.reached("before_commit")
        self._raw.execute("COMMIT")

    def roll_back(self) -> None:
        if self._opened is not None and self._raw.in_transaction:
            self._raw.execute("ROLLBACK")

    def close(self) -> None:
        if self._opened is not None:
            self._opened.close()

    @property
    def _conn(self) -> Connection:
        if self._opened is None:
            self._opened = self._engine.connect()
        return self._opened

    @property
    def _raw(self) -> Any:
        return self._conn.connection.dbapi_connection


class PostgresqlCommits:
    """One connection until it is lost."""

    look_abroad_s = LOOK_WHEN_IDLE_S

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._opened: Connection | None = None
        self._looked_at = time.monotonic()

    def changed_abroad(self, *, busy: bool) -> bool:
        now = time.monotonic()
        if now - self._looked_at < (LOOK_WHEN_BUSY_S if busy else LOOK_WHEN_IDLE_S):
            return False
        self._looked_at = now
        return True

    def begin(self) -> None:
        if self._opened is None:
            self._opened = self._engine.connect()  # its first statement begins the transaction

    def run(self, piece: Piece, *, first: bool) -> None:
        assert self._opened is not None
        for race in range(RACES_ON_POSTGRESQL + 1):
            try:
                piece.result = piece.work(self._opened)
                piece.error = None
                return
            except BaseException as error:
                kind = trouble_of(error)
                if kind is Trouble.WORLD or not first:
                    raise
                self._opened.rollback()
                piece.error = error
                if kind is Trouble.FAULT or race == RACES_ON_POSTGRESQL:
                    return

    def commit(self) -> None:
        assert self._opened is not None
        failpoints.reached("before_commit")
        self._opened.commit()

    def roll_back(self) -> None:
        """As `Commits.roll_back`; the pool gives a new connection if this one is broken."""
        conn, self._opened = self._opened, None
        if conn is not None:
            with suppress(DBAPIError):
                conn.rollback()
            conn.close()

    def close(self) -> None:
        self.roll_back()
