"""The database thread: everything that writes comes through here, and what has queued up shares a commit.

A commit costs a disk flush, so fifty pieces a flush are fifty times cheaper; on PostgreSQL it also costs round trips,
and several threads would only wait for each other's locks and for the interpreter. How pieces share a transaction and
yet fail by themselves is in `commits.py`.

A piece of work may run more than once (a lost race, a full disk, another piece of its transaction that failed, a lost
connection whose commit may have arrived), so it must be repeatable: claim what it handles by a conditional update,
insert under a unique key.
"""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

import structlog
from sqlalchemy import Connection, Engine

from bot.storage.commits import Commits, PostgresqlCommits, SqliteCommits
from bot.storage.engines import Trouble, is_sqlite, reading_engine, trouble_of, writing_engine
from bot.storage.pieces import DatabaseClosedError, Piece, Pieces, Urgency, deliver, in_loop

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

P = ParamSpec("P")
T = TypeVar("T")
log = structlog.get_logger()

MOST_PER_COMMIT = 50
LONGEST_BATCH_S = 0.020
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.05, 2.0


class Database:
    """One database, its thread and its queue.

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
        self._thread = threading.Thread(target=self._serve, name="database")
        self._thread.start()

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
        """Finish what is queued, then end the thread. Work that waits for the world fails as closed."""
        self._queue.close()
        await asyncio.to_thread(self._thread.join)
        if self._reader is not None:
            await self._reader.dispose()
        self._engine.dispose()

    def _queued(self, urgency: Urgency, work: Callable[[Connection], T]) -> "asyncio.Future[T]":
        future: asyncio.Future[T] = self._loop.create_future()
        self._queue.put(Piece(work, self._loop, future), urgency)
        return future

    # --- on the database thread

    def _serve(self) -> None:
        commits: Commits = SqliteCommits(self._engine) if self.is_sqlite else PostgresqlCommits(self._engine)
        pause_s = 0.0
        alone = 0  # pieces of an abandoned batch that now run one a commit
        while True:
            waiting = self._queue.wait(commits.look_abroad_s)
            if not waiting and self._queue.closed:
                break
            batch: list[Piece] = []
            try:
                if commits.changed_abroad(busy=waiting):
                    self._notice_foreign_commit()
                self._commit_together(commits, batch, 1 if alone else MOST_PER_COMMIT)
            except BaseException as error:  # noqa: BLE001 - told apart by trouble_of
                commits.roll_back()
                if self._given_up(error, batch):
                    continue
                alone = len(batch)
                self._queue.put_back(batch)
                pause_s = self._pause(error, pause_s, of_a_piece=bool(batch))
                continue
            alone = max(0, alone - len(batch))
            pause_s = 0.0
            self._note_recovery()
            deliver(batch)
        commits.close()

    def _commit_together(self, commits: Commits, batch: list[Piece], most: int) -> None:
        if (piece := self._queue.take()) is None:
            return
        batch.append(piece)
        commits.begin()
        closes_at = time.monotonic() + LONGEST_BATCH_S
        while True:
            commits.run(piece, first=len(batch) == 1)
            if len(batch) >= most or time.monotonic() >= closes_at or (following := self._queue.take()) is None:
                break
            piece = following
            batch.append(piece)
        commits.commit()

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
