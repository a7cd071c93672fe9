"""The database threads: everything that writes comes through here, one transaction a piece of work.

SQLite has one writing thread. What has queued up while a commit ran shares the next one, each piece in its savepoint:
a commit costs a disk flush, so fifty pieces a flush are fifty times cheaper. PostgreSQL has several threads and one
transaction a piece: savepoint batches deadlock there, because ROLLBACK TO keeps the locks.

A piece of work may run more than once (a lost race, a full disk, a lost connection whose commit may have arrived), so
it must be repeatable: claim what it handles by a conditional update, insert under a unique key.
"""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import structlog
from sqlalchemy import Connection, Engine

from bot.storage import failpoints
from bot.storage.engines import Trouble, is_sqlite, reading_engine, trouble_of, writing_engine
from bot.storage.pieces import DatabaseClosedError, Piece, Pieces, Urgency, deliver, in_loop

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

P = ParamSpec("P")
T = TypeVar("T")
log = structlog.get_logger()

MOST_PER_COMMIT = 50
LONGEST_BATCH_S = 0.020
POSTGRESQL_THREADS = 4
RACES_ON_SQLITE = 1
RACES_ON_POSTGRESQL = 3
LOOK_ABROAD_S = 0.25  # SQLite: how often an idle thread asks whether another process has committed
# PostgreSQL: how often the listeners look without being told. Under load a look costs, and what it may find is rare.
LOOK_WHEN_IDLE_S, LOOK_WHEN_BUSY_S = 1.0, 10.0
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.05, 2.0


class Database:
    """One database, its threads and its queue.

    trouble: what the database waits for (full disk, lost connection), None while all is well.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = is_sqlite(url)
        self.trouble: str | None = None
        self._queue = Pieces()
        self._listeners: list[Callable[[], None]] = []
        self._engine: Engine = writing_engine(url)
        self._reader: AsyncEngine | None = None
        self._loop = asyncio.get_running_loop()
        target = self._serve_sqlite if self.is_sqlite else self._serve_postgresql
        count = 1 if self.is_sqlite else POSTGRESQL_THREADS
        self._threads = [threading.Thread(target=target, name=f"database-{n}", args=(n,)) for n in range(count)]
        for thread in self._threads:
            thread.start()

    async def write(self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run work(conn, ...) in a transaction and return its result after the commit.

        Raises what work raises, its changes undone; DatabaseClosedError when the bot stops before its turn. A caller
        that is cancelled meanwhile leaves the work either wholly done or not begun.
        """
        return await self._queued(Urgency.EVENTS, lambda conn: work(conn, *args, **kwargs))

    async def write_slice(self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """As `write`, for a slice (about 20 ms) of a job: after every waiting event."""
        return await self._queued(Urgency.JOBS, lambda conn: work(conn, *args, **kwargs))

    @asynccontextmanager
    async def reading(self) -> "AsyncIterator[AsyncConnection]":
        """A connection for pages and checks that can only read; keep it under a second."""
        if self._reader is None:
            self._reader = reading_engine(self.url)
        async with self._reader.connect() as conn:
            yield conn

    def on_foreign_commit(self, listener: Callable[[], None]) -> None:
        """Call listener in the event loop when another process has committed; PostgreSQL: every 1 to 10 s."""
        self._listeners.append(listener)

    async def close(self) -> None:
        """Finish what is queued, then end the threads. Work that waits for the world fails as closed."""
        self._queue.close()
        for thread in self._threads:
            await asyncio.to_thread(thread.join)
        if self._reader is not None:
            await self._reader.dispose()
        self._engine.dispose()

    def _queued(self, urgency: Urgency, work: Callable[[Connection], T]) -> "asyncio.Future[T]":
        future: asyncio.Future[T] = self._loop.create_future()
        self._queue.put(Piece(work, self._loop, future), urgency)
        return future

    # --- SQLite: one thread, shared commits

    def _serve_sqlite(self, number: int) -> None:
        conn: Connection | None = None
        seen_version = pause = 0.0
        alone = 0  # pieces of an abandoned batch that now run one a commit
        while True:
            if not self._queue.wait(LOOK_ABROAD_S) and self._queue.closed:
                break
            batch: list[Piece] = []
            try:
                conn = conn or self._engine.connect()
                seen_version = self._look_abroad(conn, seen_version)
                self._commit_together(conn, batch, 1 if alone else MOST_PER_COMMIT)
            except Exception as error:  # noqa: BLE001 - told apart by trouble_of
                _roll_back(conn)
                if self._given_up(error, batch):
                    continue
                alone = len(batch)
                self._queue.put_back(batch)
                pause = self._pause(error, pause, of_a_piece=bool(batch))
                continue
            alone = max(0, alone - len(batch))
            pause = 0.0
            self._note_recovery()
            deliver(batch)
        if conn is not None:
            conn.close()

    def _commit_together(self, conn: Connection, batch: list[Piece], most: int) -> None:
        if (piece := self._queue.take()) is None:
            return
        raw: Any = conn.connection.dbapi_connection
        batch.append(piece)
        raw.execute("BEGIN IMMEDIATE")
        closes_at = time.monotonic() + LONGEST_BATCH_S
        while True:
            _run_in_savepoint(conn, raw, piece)
            if len(batch) >= most or time.monotonic() >= closes_at or (following := self._queue.take()) is None:
                break
            piece = following
            batch.append(piece)
        failpoints.reached("before_commit")
        raw.execute("COMMIT")

    def _look_abroad(self, conn: Connection, seen: float) -> float:
        raw: Any = conn.connection.dbapi_connection
        version: int = raw.execute("PRAGMA data_version").fetchone()[0]
        if seen and version != seen:
            self._notice_foreign_commit()
        return version

    # --- PostgreSQL: several threads, a transaction a piece

    def _serve_postgresql(self, number: int) -> None:
        pause = 0.0
        looked_at = time.monotonic()
        while True:
            waiting = self._queue.wait(LOOK_WHEN_IDLE_S)
            patience_s = LOOK_WHEN_BUSY_S if waiting else LOOK_WHEN_IDLE_S
            if number == 0 and time.monotonic() - looked_at >= patience_s:
                looked_at = time.monotonic()
                self._notice_foreign_commit()
            if not waiting and self._queue.closed:
                return
            if (piece := self._queue.take()) is None:
                continue
            try:
                self._run_in_transaction(piece)
            except Exception as error:  # noqa: BLE001 - told apart by trouble_of
                if self._given_up(error, [piece]):
                    continue
                self._queue.put_back([piece])
                pause = self._pause(error, pause)
                continue
            pause = 0.0
            self._note_recovery()
            deliver([piece])

    def _run_in_transaction(self, piece: Piece) -> None:
        for race in range(RACES_ON_POSTGRESQL + 1):
            try:
                with self._engine.begin() as conn:
                    piece.result = piece.work(conn)
                    piece.error = None
                    failpoints.reached("before_commit")
                return
            except BaseException as error:
                kind = trouble_of(error)
                if kind is Trouble.WORLD:
                    raise
                piece.error = error
                if kind is Trouble.FAULT or race == RACES_ON_POSTGRESQL:
                    return

    # --- both

    def _pause(self, error: BaseException, pause_s: float, *, of_a_piece: bool = True) -> float:
        """Wait for the world; the log has one line per trouble, not one per attempt."""
        if of_a_piece and trouble_of(error) is not Trouble.WORLD:
            return pause_s  # the transaction vanished under a single statement: only the batch is repeated
        if self.trouble is None:
            self.trouble = f"{type(error).__name__}: {str(error).splitlines()[0]}"
            log.error("database unavailable, waiting", trouble=self.trouble)
        pause_s = min(max(pause_s * 2, FIRST_PAUSE_S), LONGEST_PAUSE_S)
        time.sleep(pause_s)
        return pause_s

    def _note_recovery(self) -> None:
        if self.trouble is not None:
            self.trouble = None
            log.info("database is back")
            # A commit whose confirmation was lost is repeated without effect: what it stored has to be read.
            self._notice_foreign_commit()

    def _given_up(self, error: BaseException, batch: list[Piece]) -> bool:
        """Whether the batch ends here: a single piece that destroys its transaction, or any while stopping."""
        if trouble_of(error) is not Trouble.WORLD:
            if len(batch) != 1:
                return False
            batch[0].error = error
        elif self._queue.closed:
            for piece in batch:
                piece.error = DatabaseClosedError(f"stopped while the database was unavailable: {error}")
        else:
            return False
        deliver(batch)
        return True

    def _notice_foreign_commit(self) -> None:
        for listener in self._listeners:
            in_loop(self._loop, listener)


def _run_in_savepoint(conn: Connection, raw: Any, piece: Piece) -> None:
    """Run one piece of a shared transaction; its failure is its own.

    Raises when the whole transaction is lost: disk full inside a savepoint ends it silently, and what followed would
    be committed piecemeal.
    """
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


def _roll_back(conn: Connection | None) -> None:
    raw: Any = conn.connection.dbapi_connection if conn is not None else None
    if raw is not None and raw.in_transaction:
        raw.execute("ROLLBACK")
