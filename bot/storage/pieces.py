"""Pieces of work on their way to the database thread, and their results on the way back to the event loop."""

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import structlog
from sqlalchemy import Connection

log = structlog.get_logger()


class Urgency(IntEnum):
    """Two queues: a job's slice never goes before a person's event."""

    EVENTS = 0
    JOBS = 1


class DatabaseClosedError(RuntimeError):
    """The bot is stopping: this piece of work was not done."""


class StrayExitError(RuntimeError):
    """Work has raised what is meant to end a generator, a task or the process."""


@dataclass(slots=True, eq=False)
class Piece:
    """Work to be done in a transaction, and who waits for it. result, error: once it has run."""

    work: Callable[[Connection], Any]
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None


class Pieces:
    """Pieces waiting for the database thread, events before jobs."""

    def __init__(self) -> None:
        self._lanes: tuple[deque[Piece], ...] = (deque(), deque())
        self._filled = threading.Condition()
        self.closed = False

    def put(self, piece: Piece, urgency: Urgency) -> None:
        """Queue a piece. Raises DatabaseClosedError once the queue is closed."""
        with self._filled:
            if self.closed:
                raise DatabaseClosedError("the database is closed")
            self._lanes[urgency].append(piece)
            self._filled.notify()

    def put_back(self, pieces: list[Piece]) -> None:
        """Queue pieces that have to run again before all others."""
        with self._filled:
            self._lanes[Urgency.EVENTS].extendleft(reversed(pieces))
            self._filled.notify()

    def take(self) -> Piece | None:
        """The next piece that somebody still waits for, or None at once."""
        with self._filled:
            for lane in self._lanes:
                while lane:
                    piece = lane.popleft()
                    if not piece.future.cancelled():
                        return piece
            return None

    def wait(self, timeout_s: float) -> bool:
        """Wait for a piece; False when there is none after timeout_s."""
        with self._filled:
            return self._filled.wait_for(lambda: self.closed or any(self._lanes), timeout_s) and any(self._lanes)

    def close(self) -> None:
        """Take nothing more in; what is queued is still handed out."""
        with self._filled:
            self.closed = True
            self._filled.notify_all()


def deliver(batch: list[Piece]) -> None:
    """Hand the results of one loop's pieces over, in one go."""
    if batch:
        in_loop(batch[0].loop, _set_results, batch)


def _set_results(batch: list[Piece]) -> None:
    for piece in batch:
        if piece.future.done():
            continue
        if piece.error is not None:
            piece.future.set_exception(_bearable(piece.error))
        else:
            piece.future.set_result(piece.result)


def _bearable(error: BaseException) -> Exception:
    """What a future can carry and a task survives: neither a StopIteration nor a SystemExit that work has raised."""
    if isinstance(error, Exception) and not isinstance(error, StopIteration):
        return error
    return StrayExitError(f"work raised {type(error).__name__}").with_traceback(error.__traceback__)


def in_loop(loop: asyncio.AbstractEventLoop, call: Callable[..., None], *args: Any) -> None:
    """Call something in the event loop, from the database thread."""
    try:
        loop.call_soon_threadsafe(call, *args)
    except RuntimeError:  # the loop has ended: nobody waits for this any more
        log.debug("result after the loop's end")
